"""What is done with lists of arrays and of numbers that are given in something else: in dicts, objects and tuples.

Each program is written once for each way of giving them: {W} and {b} are lists of arrays, {c} one of numbers, {s} is a
number.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.fuzz.program import Program

__all__ = ["BODIES", "GIVEN", "PROGRAMS"]

_CLASS = """
@dataclass
class Net:
    W: list
    b: list
    c: list
    s: float
"""
_NAMED = """
class Net(NamedTuple):
    W: list
    b: list
    c: list
    s: float
"""
_HELPER = """
def through(layers, v):
    for layer in layers:
        v = np.tanh(layer @ v)
    return v
"""

GIVEN = {
    "dict": ("", '{{"W": {W}, "b": {b}, "c": {c}, "s": {s}}}', 'p["W"] p["b"] p["c"] p["s"]'),
    "nested": (
        "",
        '{{"net": {{"W": {W}, "b": {b}}}, "c": {c}, "head": {{"s": {s}}}}}',
        'p["net"]["W"] p["net"]["b"] p["c"] p["head"]["s"]',
    ),
    "dataclass": (_CLASS, "Net({W}, {b}, {c}, {s})", "p.W p.b p.c p.s"),
    "named_tuple": (_NAMED, "Net({W}, {b}, {c}, {s})", "p.W p.b p.c p.s"),
    "tuple": ("", "({W}, {b}, {c}, {s})", "p[0] p[1] p[2] p[3]"),
    "list": ("", "[{W}, {b}, {c}, {s}]", "p[0] p[1] p[2] p[3]"),
    "tuple_in_dict": (
        "",
        '{{"all": ({W}, {b}), "rest": ({c}, {s})}}',
        'p["all"][0] p["all"][1] p["rest"][0] p["rest"][1]',
    ),
    "object_in_dict": (
        _CLASS,
        '{{"m": Net({W}, {b}, {c}, {s})}}',
        'p["m"].W p["m"].b p["m"].c p["m"].s',
    ),
}

BODIES = {
    "loop": """
    h = x
    for layer in {W}:
        h = np.tanh(layer @ h)
    return h * {s}
""",
    "zipped": """
    h = x
    for layer, bias in zip({W}, {b}):
        h = np.tanh(layer @ h + bias)
    return h
""",
    "enumerated": """
    h = x * {s}
    for k, layer in enumerate({W}):
        h = layer @ h + {b}[k] * {c}[k]
    return h
""",
    "backwards": """
    h = x
    for layer in reversed({W}):
        h = np.sin(layer @ h)
    return h
""",
    "by_numbers": """
    return {W}[0] @ x + {b}[-1] * {c}[1]
""",
    "summed": """
    return sum(np.sum(layer * layer) for layer in {W}) * x[0] + sum({c})
""",
    "unpacked": """
    first, second = {W}
    low, high = {c}
    return first @ x * low + second @ x * high
""",
    "counted": """
    h = x
    for k in range(len({W})):
        h = {W}[k] @ h + {b}[k]
        if h[0] > 1.0:
            break
    return h
""",
    "from_the_second_on": """
    h = x
    for layer in {W}[1:]:
        h = layer @ h
    return h * {c}[0]
""",
    "stored_into_an_item": """
    {W}[0][0, 1] = x[0] * {s}
    return {W}[0] @ x + {W}[1] @ x
""",
    "an_item_replaced": """
    {c}[0] = {c}[0] * x[0]
    return sum(v * v for v in {c}) * {s}
""",
    "added_to_it": """
    {c}.append({s} * x[1])
    return sum(v * v for v in {c})
""",
    "given_on": """
    return through({W}, x) * {c}[0]
""",
    "copied": """
    mine = list({W})
    mine[0] = mine[0] * {s}
    return mine[0] @ x + {W}[0] @ x
""",
    "changed_in_a_loop": """
    for bias in {b}:
        bias *= {s}
    return {b}[0] * x + {b}[1]
""",
    "under_another_name": """
    q = {c}
    q[1] += x[0]
    return {c}[1] * {c}[0]
""",
    "made_an_array": """
    return np.dot(np.array({c}), x) * {s}
""",
    "stacked": """
    return np.stack({b}) @ x
""",
    "largest": """
    return max({c}) * x + min({c})
""",
    "spread_out": """
    whole = [*{c}, {s}]
    return whole[0] * whole[2] * x
""",
    "a_list_comes_back": """
    return [layer @ x for layer in {W}]
""",
    "chosen": """
    bias = {b}[0] if {s} > 0.5 else {b}[1]
    return bias * x
""",
    "only_its_length": """
    return len({c}) * x * {s}
""",
    "used_up": """
    left = list({c})
    total = x[0]
    while left:
        total = total * left.pop() + {s}
    return total
""",
}

_FIRST = {
    "x": "np.array([0.3, -0.7])",
    "W": "[np.array([[0.5, -0.2], [0.1, 0.9]]), np.array([[0.3, 0.8], [-0.6, 0.4]])]",
    "b": "[np.array([0.2, 0.4]), np.array([-0.3, 0.6])]",
    "c": "[1.3, 0.4]",
    "s": "0.7",
}
_SECOND = {
    "x": "np.array([1.4, 0.2])",
    "W": "[np.array([[1.5, 0.3], [0.2, 0.1]]), np.array([[0.1, 0.2], [0.7, -0.5]])]",
    "b": "[np.array([0.9, -0.4]), np.array([0.3, 0.1])]",
    "c": "[0.2, 0.9]",
    "s": "0.3",
}


def _programs() -> Iterator[tuple[str, Program]]:
    """All programs, by the name of what is done and how it is given."""
    for done, body in BODIES.items():
        for way, (head, made, read) in GIVEN.items():
            names = dict(zip("Wbcs", read.split(), strict=True))
            text = f"{head}{_HELPER}\n\ndef f(x, p):{body.format(**names)}"
            imports = "from dataclasses import dataclass\n" if head is _CLASS else ""
            imports += "from typing import NamedTuple\n" if head is _NAMED else ""
            inputs = tuple((given["x"], made.format(**given)) for given in (_FIRST, _SECOND))
            yield f"{done}_{way}", Program(f"{imports}{text}", inputs, ("x", "p"), ("x", "p"))


PROGRAMS = dict(_programs())
