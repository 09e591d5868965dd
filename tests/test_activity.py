"""Which names carry a derivative, and what a derivative can't pass through."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from s2sgrad.activity import Activity, carries
from s2sgrad.context import Analysis, Context
from s2sgrad.derive import derive
from s2sgrad.errors import TransformError
from s2sgrad.kinds import BOOL, FLOAT, INT, OTHER, UNKNOWN, Known, Sequence
from s2sgrad.transform import derived
from tests.test_aliasing import homes
from tests.test_infer import described

KINDS: dict[str, Any] = {"x": np.ones(3), "a": 0.5, "b": 1.5, "n": 3, "name": "text"}


def active(body: str, *inputs: str) -> tuple[Analysis, Activity]:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    _, source = described(f"def f({', '.join(KINDS)}):\n{lines}")
    context = Context()
    analysis = context.analyse(source, context.parameter_kinds(source, KINDS, ()))
    return analysis, context.active(analysis, inputs or ("x", "a", "b"))


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("c = a * b\nd = c + 1\nreturn d", "a b c d"),
        ("c = a * b\nd = b + 1\nreturn c", "a b c"),
        ("c = n * 2\nd = a * c\nreturn d", "a d"),
        ("c = a > b\nd = a if c else b\nreturn d", "a b d"),
        ("c = int(a)\nreturn c * b", "_ b"),
        ("c = len(x) * a\nreturn c", "a c"),
        ("c = x.shape[0] * a\nreturn c", "a c"),
        ("c = np.zeros(3)\nc[0] = a\nreturn c", "a c"),
        ("c = np.zeros(3)\nc[n] = a\nd = c * 2\nreturn b", "b"),
        ("c = [a, b]\nd = c[0] * c[1]\nreturn d", "_ a b c d"),
        ("c = []\nfor v in x:\n    c.append(v * a)\nreturn c[0]", "_ a c v x"),
        ("print(a)\nreturn b", "b"),
        ("c = a\nfor _ in range(n):\n    c = c * b\nreturn c", "a b c"),
        ("c = a\nc = 1.0\nreturn c * b", "_ b"),
        ("g = lambda t: t * a\nreturn g(b)", "_ a b"),
        ("c = f'{a}'\nprint(c)\nreturn b", "b"),
        ("d = {'k': 2.0}\nreturn a * len(d)", "_ a"),
    ],
)
def test_what_is_active(body: str, names: str) -> None:
    analysis, found = active(body)
    assert not found.blocked
    assert homes(analysis, found.active) == names


def test_only_what_depends_on_the_asked_parameters() -> None:
    analysis, found = active("c = a * 2\nd = b * 3\nreturn c * d", "b")
    assert homes(analysis, found.active) == "_ b d"


def test_what_is_asked_for_and_carries_nothing() -> None:
    analysis, found = active("return a, name, n", "a", "name", "n")
    assert homes(analysis, found.active) == "a"


def test_absolute_values_of_a_list_of_complex_numbers() -> None:
    with pytest.raises(TransformError, match="complex numbers aren't differentiated yet"):
        derived(_absolute, like=([1 + 2j, 0.5j],))


def _absolute(z: list[complex]) -> Any:
    return np.sum(np.abs(z))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("c = d = [a, b]\nc.sort()\nreturn d[0]", "the list method sort isn't differentiated"),
        ("c = d = [a]\nc.clear()\nreturn d", "the list method clear isn't differentiated"),
        (
            "c = d = [a, b]\nc[1:] = [b]\nreturn d[1]",
            "assigning to a slice of a list isn't differentiated",
        ),
        ("return list(iter([a, b]))", "iter has no derivative rule"),
        (
            "return np.interp(b, [0.0, a], [1.0, 2.0])",
            "np.interp has no derivative with respect to xp",
        ),
    ],
)
def test_what_nothing_passes_through(body: str, message: str) -> None:
    _, found = active(body)
    assert message in [unresolved.message for _, unresolved in found.blocked]


@pytest.mark.parametrize(
    "body",
    [
        "d = {'k': a}\nreturn d['k']",
        "d = {}\nd['k'] = a\nreturn d['k']",
        "d = dict(k=a)\nreturn d['k']",
        "c = (a, b)\nreturn math.atan2(*c)",
        "return sum(map(math.sin, [a, b]))",
        "return list(map(lambda t: t * a, [1.0]))",
    ],
)
def test_what_is_written_out_carries(body: str) -> None:
    analysis, found = active(body)
    assert not found.blocked
    assert "a" in homes(analysis, found.active).split()


@pytest.mark.parametrize(
    "body",
    [
        "d = {'k': n}\nfor k in d:\n    print(k)\nreturn a",
        "d = {'k': a}\nprint(d['k'])\nreturn a * b",
        "c = [n, 2, 1]\nc.sort()\nreturn a * c[0]",
        "import logging\nlogging.info(a)\nreturn a",
        "c = name.upper()\nprint(c)\nreturn a",
        "c = np.interp(b, [0.0, a], [1.0, 2.0])\nprint(c)\nreturn a",
        "return np.interp(a, [0.0, 1.0], [1.0, b])",
        "z = 1j * a\nprint(f'{z}')\nreturn a * b",
        "z = 1j * n\nprint(np.abs(z))\nreturn a * b",
    ],
)
def test_effects_are_not_in_the_way(body: str) -> None:
    assert not active(body)[1].blocked


def test_a_function_inside_that_is_passed_on_carries_what_it_reads() -> None:
    _, source = described(
        "def apply(g, t):\n    return g(t)\n\n"
        "def f(a):\n"
        "    def h(t):\n        return t * a\n"
        "    def k(t):\n        return h(t) + 1\n"
        "    return k(2.0)\n"
    )
    context = Context()
    analysis = context.analyse(source, context.parameter_kinds(source, {"a": 1.0}, ()))
    assert "a" in context.active(analysis, ("a",)).active


def test_kinds_that_carry() -> None:
    assert all(map(carries, (FLOAT, UNKNOWN, Sequence("list", None, FLOAT))))
    assert not any(map(carries, (INT, BOOL, OTHER, Known(math), Sequence("tuple", (INT,), INT))))


@pytest.mark.parametrize(
    "body",
    [
        "return float(str(a)) * b",
        "t = str(a)\nu = t\nreturn float(u)",
        "t = f'{a}'\nfor _ in range(n):\n    u = t\n    t = str(b)\nreturn float(u)",
        "texts = [str(a)]\nreturn float(texts[0])",
        "texts = []\ntexts.append('%f' % a)\nreturn float(texts[0])",
        "texts = {'a': str(a)}\nreturn float(texts['a'])",
        "first, second = str(a).split('.')\nreturn float(first)",
        "t = '{}'.format(a).replace('1', '2')\nreturn float(t)",
        "t = str(a) if n > 1 else '1'\nreturn np.float64(t)",
        "return np.array([str(v * a) for v in x]).astype(float)",
        "return sum(float(t) for t in (str(a), '1'))",
        "read = lambda t: float(t)\nreturn read(str(a))",
        "written = lambda v: str(v)\nreturn float(written(a))",
        "return (lambda: float(str(a)))()",
        "return float.fromhex(a.hex())",
        "return float(repr(a)) * b",
        "t = format(a)\ny = np.zeros(2)\ny[0] = float(t)\nreturn y",
    ],
)
def test_nothing_passes_through_text(body: str) -> None:
    with pytest.raises(TransformError, match=r"text carries no derivative|has no derivative rule"):
        refused_or_not(body)


@pytest.mark.parametrize(
    "body",
    [
        "t = f'{a}'\nprint(t)\nreturn a * b",
        "t = str(a)\nreturn a * len(t)",
        "kept = {'a': a, 'told': f'{a}'}\nprint(kept['told'])\nreturn kept['a'] * b",
        "y = np.zeros(n, dtype=x.dtype)\ny[0] = a\nreturn y",
        "y = np.empty((x.shape[0],), dtype=x.dtype)\ny[0] = a\nreturn y * x[0]",
        "y = np.full(n, a, dtype=np.result_type(x, 1.0))\nreturn y * b",
        "pairs = [(str(v), v * a) for v in x]\nreturn sum(value for _, value in pairs)",
        "assert a > 0, f'{a} is too small'\nreturn a * b",
        "g = lambda v: (v * b, '<' + str(v) + '>')\nv, t = g(a)\nprint(t)\nreturn v",
    ],
)
def test_texts_beside_what_is_differentiated(body: str) -> None:
    refused_or_not(body)


def refused_or_not(body: str) -> None:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    _, source = described(f"def f({', '.join(KINDS)}):\n{lines}")
    derive(source, ("a", "b"), tuple(KINDS.values()), "gradient")


@pytest.mark.parametrize(
    "body",
    [
        "n, d = float.as_integer_ratio(a)\nreturn n / d",
        "return np.dtype(float).type(a) * b",
        "return list({a: 1})[0]",
        "t = 0.0\nfor k in {a: 1, b: 2}:\n    t += k * k\nreturn t * b",
        "d = {}\nd[a] = 1.0\nreturn sum(d) * b",
        "return max({v: k for k, v in enumerate(x * a)}) * b",
    ],
)
def test_numbers_that_are_kept_where_no_derivative_is(body: str) -> None:
    with pytest.raises(TransformError):
        refused_or_not(body)
