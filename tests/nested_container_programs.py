"""Programs with rows of tables, with dicts that lose keys or have pairs for keys, and with sets that grow."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([0.3, 0.9, -0.4, 0.5])


# ---- lists in lists --------------------------------------------------------------------------------------


def rows_that_grow(x: np.ndarray, n: int):
    rows = [[x[0]], [x[1], x[2]]]
    for k in range(n):
        rows[0].append(x[k] * rows[1][-1])
        rows[1] += [rows[0][-1], x[0]]
    return sum(rows[0]) * sum(rows[1]) + len(rows[1])


def a_row_under_two_names(x: np.ndarray):
    first = [x[0]]
    rows = [first, [x[1]]]
    row = rows[1]
    row.append(x[2] * x[0])
    rows[0].append(row[-1] * x[3])
    rows[0], rows[1] = rows[1], rows[0]
    rows[0].append(x[3])
    return sum(first) * sum(row) * rows[1][-1] + rows[0][0]


def rows_before_and_after(x: np.ndarray):
    rows = [[x[0]], [x[1], x[2]]]
    old = rows[0][:]
    kept = [row[:] for row in rows]
    rows[0].append(x[3])
    rows[1] += old
    rows[1] = [x[0], x[1]]
    rows[1].append(x[1])
    return sum(rows[0]) * sum(rows[1]) * sum(old) * sum(kept[1])


def stored_in_rows(x: np.ndarray, n: int):
    cells = [[1.0, 0.0], [0.0, 1.0]]
    for k in range(n):
        cells[0][1] = cells[0][1] + x[k] * cells[1][1]
        cells[1][0] = cells[0][1] * x[0]
    return cells[0][0] + cells[0][1] * cells[1][0]


def a_table_that_loops_fill(x: np.ndarray):
    cells = [[0.0] * 2 for _ in range(2)]
    for i in range(2):
        for j in range(2):
            cells[i][j] = x[i] * x[j + 1]
    return cells[0][1] * cells[1][0] + cells[1][1]


def buckets(x: np.ndarray):
    parts = [[] for _ in range(3)]
    for k in range(4):
        parts[k % 3].append(x[k] * x[0])
    total = x[1]
    for part in parts:
        for v in part:
            total = total * v + x[2]
    return total + sum(parts[0]) * len(parts[1])


def a_row_that_a_run_chooses(x: np.ndarray, n: int):
    rows = [[x[0]], [x[1]]]
    rows[n % 2].append(x[2] * x[0])
    return sum(rows[0]) * sum(rows[1])


def a_row_of_what_is_given(rows: list, t: float):
    rows[0].append(t)
    return sum(rows[0]) * t


# ---- dicts -----------------------------------------------------------------------------------------------


def taken_out_if_it_is_there(x: np.ndarray, n: int):
    found: dict[str, float] = {}
    if n > 1:
        found["best"] = x[0] * x[1]
    first = found.pop("best", x[2] * x[0])
    return first * found.pop("best", x[3]) + len(found) * x[0]


def those_that_are_large(x: np.ndarray, limit: float):
    parts = {"a": x[0] * x[1], "b": x[1], "c": x[3]}
    large = {name: v for name, v in parts.items() if v > limit}
    total = sum(large.values()) + large.pop("b", x[2]) * x[0]
    return total + sum(large.values()) * len(large)


def keys_come_and_go(x: np.ndarray, n: int):
    parts: dict[int, float] = {}
    for k in range(4):
        parts[k % 3] = parts.get(k % 3, 1.0) * x[k] * x[0]
    total = x[1]
    for k in range(n):
        total = total + parts.pop(k, x[2]) * (total + 1)
    for v in parts.values():
        total = total * v + x[0]
    parts[7] = total
    del parts[7]
    for k, v in parts.items():
        total = total * v + k
    parts[8] = total * x[3]
    return total + parts[8] + len(parts) * x[0]


def pairs_are_keys(x: np.ndarray):
    weights = {(0, 1): x[0] * x[1], (1, 0): x[2], (-1, 2): x[3]}
    weights[0, 1] += x[2]
    weights[1, 2] = weights[-1, 2] * x[0]
    total = x[0]
    for (i, j), v in weights.items():
        total = total * v + i * x[1] + j
    return total * weights.pop((0, 1)) + (len(weights) if (0, 1) not in weights else 0.0)


def keys_of_edges(x: np.ndarray, n: int):
    edges = [(0, 1), (1, 2), (2, 0)]
    weights = {edge: x[edge[0]] * x[edge[1]] for edge in edges}
    total = x[0]
    for k in range(n):
        i, j = edges[k % 3]
        total = total + weights[i, j] * weights[edges[0]] * x[j]
    return total


def made_of_pairs(x: np.ndarray):
    parts = dict([("a", x[0]), ("b", x[1])], c=x[2])
    parts.update([("a", x[0] * x[1])])
    more = dict((f"{name}{name}", v * x[3]) for name, v in parts.items())  # noqa: C402
    either = dict([("a", x[0]), ("b", x[1] if x[0] > 0 else x[2])])  # noqa: C406
    return parts["a"] * parts["c"] + more["bb"] * more["aa"] * either["b"]


def the_first_of_a_dict(x: np.ndarray):
    parts = {"b": x[0] * x[1], "a": x[2]}
    name, value = next(iter(parts.items()))
    del parts["b"]
    return value * next(iter(parts.values())) + x[3] * len(name + next(iter(parts)))


def in_the_order_of_their_values(x: np.ndarray):
    parts = {"a": x[0] * x[1], "b": x[1], "c": x[2]}
    ranked = sorted(parts.items(), key=lambda part: part[1], reverse=True)
    total = ranked[0][1] * x[3]
    for _, v in ranked:
        total = total * 0.5 + v
    for _, v in sorted(parts.items(), key=lambda part: -part[1])[:2]:
        total = total * v
    least = min(parts.items(), key=lambda part: part[1])
    return total * least[1]


# ---- sets, deques ----------------------------------------------------------------------------------------


def a_set_of_a_comprehension(x: np.ndarray):
    words = {word for word in ("a", "bc", "a")}  # noqa: C416
    words.add("d")
    places = {k % 3 for k in range(5)}
    places.discard(1)
    total = x[0]
    for k in sorted(places):
        total = total * x[k + 1] + len(words)
    return total * len(words) * len(places)


RIGHT: list[tuple[Any, ...]] = [
    *((rows_that_grow, X, n) for n in (0, 1, 4)),
    (a_row_under_two_names, X),
    (rows_before_and_after, X),
    *((stored_in_rows, X, n) for n in (0, 1, 3)),
    (a_table_that_loops_fill, X),
    (buckets, X),
    (taken_out_if_it_is_there, X, 1),
    (taken_out_if_it_is_there, X, 2),
    (those_that_are_large, X, 0.4),
    (those_that_are_large, X, 5.0),
    *((keys_come_and_go, X, n) for n in (0, 1, 4)),
    (pairs_are_keys, X),
    (keys_of_edges, X, 0),
    (keys_of_edges, X, 4),
    (made_of_pairs, X),
    (the_first_of_a_dict, X),
    (in_the_order_of_their_values, X),
    (a_set_of_a_comprehension, X),
]

REFUSED: list[tuple[Any, ...]] = [
    (a_row_that_a_run_chooses, X, 3),
    (a_row_of_what_is_given, [[0.7], [0.3]], 0.5),
]
