"""Programs in which a name that gets several values is read behind a loop, or stands in something with parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass
class Layer:
    """A weight and a bias."""

    w: float
    b: float


def read_behind_the_loop(x: float, n: int):
    for q in [{"a": x}, {"a": x * x}]:
        x = x * q["a"]
    return x * q["a"]


def bound_before_the_loop(x: float, n: int):
    q = {"a": x**3}
    if n > 1:
        for q in [{"a": x}, {"a": x * x}]:
            x = x * q["a"]
    return x * q["a"]


def read_before_the_loop_in_the_next_trip(x: float, n: int):
    q = {"a": x**3}
    s = 0.0
    for _ in range(n):
        s = s + q["a"] * x
        for q in [{"a": x}, {"a": x * x}]:
            x = x * 0.5 * q["a"]
    return s + x


def left_early(x: float, n: int):
    def found(dicts):
        for d in dicts:
            if d["a"] > n:
                break
        return d["a"] ** 2

    return found([{"a": x}, {"a": 3 * x}]) * found(({"a": 2 * x},))


def otherwise(x: float, n: int):
    for k, q in enumerate([{"a": x}, {"a": x * x}, {"a": 2 * x}]):
        x = x * q["a"]
        if k == n:
            break
    else:
        x = x * 5 * q["a"]
    return x * q["a"] * (k + 1)


def key_behind_the_loop(x: float, n: int):
    for k in ("u", "v"):
        x = x * {"u": 2.0, "v": x}[k]
    return x * {"u": 3 * x, "v": 5 * x}[k]


def written_behind_the_loop(x: float, n: int):
    for q in [{"a": x}, {"a": x * x}, {"a": 2 * x}]:
        if x > n:
            continue
        q["a"] = q["a"] * x
        x = x * q["a"]
    q["a"] += 1
    return x * q["a"]


def put_into_a_dict(x: float, n: int):
    d: dict[str, Any] = {}
    y = {"a": x}
    d["u"] = y
    r = d["u"]
    y = {"a": x * x}
    d["u"] = y
    y = {"a": x**3}
    return x * r["a"] + d["u"]["a"] ** 2 * y["a"]


def put_into_a_dict_in_each_trip(x: float, n: int):
    d = {}
    for k, q in (("u", {"a": x}), ("v", {"a": x * x}), ("w", {"a": 2 * x})):
        y = {"a": q["a"] * x}
        x = x + y["a"]
        d[k] = y
    return x * y["a"] + d["u"]["a"] * d["v"]["a"]


def in_a_display_in_each_trip(x: float, n: int):
    d = {}
    for k in ("a", "b"):
        t = {"v": x}
        d[k] = {"t": t, "w": x}
        x = x * t["v"]
    return d["a"]["t"]["v"] * d["b"]["w"] * d["b"]["t"]["v"]


def items_of_a_list(x: float, n: int):
    d = {"u": [1.0, {"a": 1.0}]}
    y = [x, {"a": x}]
    d["u"] = y
    y = [x**3, {"a": x * x}]
    return x * y[0] + d["u"][1]["a"]


def layer_replaced_in_a_loop(layer: Layer, n: int):
    for _ in range(n):
        layer = Layer(layer.w * layer.b, layer.b * 1.1)
    return layer.w * layer.b


def layer_replaced_in_a_branch(layer: Layer, n: int):
    if n > 1:
        layer = Layer(layer.w * layer.b, layer.b * 1.1)
    return layer.w * layer.b


def dict_replaced_in_a_loop(d: dict, n: int):
    for _ in range(n):
        d = {**d, "w": d["w"] * d["b"]}
    return d["w"] * d["b"]


def step(d, g):
    for k in d:
        d[k] = d[k] - 0.1 * g[k]
    return d


def dict_given_back_by_a_step(d: dict, n: int):
    for _ in range(n):
        d = step(d, {k: v * v for k, v in d.items()})
    return d["w"] * d["b"]


def step_of_another_name(d: dict, n: int):
    e = d
    for _ in range(n):
        d = step(d, {"w": e["b"], "b": e["w"]})
        if n > 1:
            e = step(e, d)
    return d["w"] * e["b"]


def two_that_change_places(d: dict, n: int):
    e = {"w": 2.0, "b": 0.7}
    for _ in range(n):
        d, e = e, d
        d["w"] = d["w"] * e["b"]
    return d["w"] * d["b"] + e["w"] ** 2 * e["b"]


def another_name_of_what_is_replaced(d: dict, n: int):
    e = d
    for _ in range(n):
        d = {"w": e["w"] * d["b"], "b": d["w"]}
        e["b"] = d["b"] * e["w"]
    return d["w"] * d["b"] + e["b"]


def parameter_that_a_loop_binds(d: dict, x: float):
    for d in [d, {"w": x, "b": x * x}]:  # noqa: B020, PLR1704
        x = x * d["w"]
    return x * d["b"]


RIGHT: list[Any] = [
    read_behind_the_loop,
    bound_before_the_loop,
    read_before_the_loop_in_the_next_trip,
    left_early,
    otherwise,
    key_behind_the_loop,
    written_behind_the_loop,
    put_into_a_dict,
    put_into_a_dict_in_each_trip,
    in_a_display_in_each_trip,
    items_of_a_list,
]
GIVEN: list[Any] = [
    layer_replaced_in_a_loop,
    layer_replaced_in_a_branch,
    dict_replaced_in_a_loop,
    dict_given_back_by_a_step,
    parameter_that_a_loop_binds,
]
RIGHT_OR_REFUSED: list[Any] = [
    step_of_another_name,
    two_that_change_places,
    another_name_of_what_is_replaced,
]
