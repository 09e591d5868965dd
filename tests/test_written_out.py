"""Helpers that are given memory which they write twice, or that return parts of it: written out at the call."""

from __future__ import annotations

import contextlib
import linecache
import types
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.differentiating import check_gradient, check_tangent
from tests.zoo import Case

# ruff: noqa: SIM108


def blend(u, v, w):
    for i in range(1, len(u)):
        if v[i] > 0:
            u[i] += w * v[i - 1] * u[i]
        else:
            u[i] = v[i] * w
    return u[1:]


def mirrored(x, w):
    a = x * x - 0.5
    r = blend(a, a[::-1], w)
    r[0] *= 3
    return np.sum(a * x)


def smooth(a, k=0.5):
    t = a[1:-1]
    t *= k
    t += a[:-2] * a[2:]
    return t


def turned_every_step(x, n):
    a = np.sin(x)
    for _ in range(n):
        t = smooth(a)
        t[0] += a[0] * a[1]
        a = a[::-1]
    return a @ x


def inner(v, w):
    v[0] += w[1] * w[0]
    return w


def outer(v, w):
    q = inner(v, w)
    q[1] = v[0] * 2
    return q


def one_in_the_other(x):
    a = x * 1.0
    b = outer(a, a[1:])
    b[0] += 1 * a[2]
    return a * x


def captured_and_rebound(x, s):
    def scale(v):
        v *= s
        return v[1:]

    a = x + 1.0
    s2 = scale(a)
    s = s2[0] * 2 + s
    s3 = scale(s2)
    s3[0] += s
    return np.sum(a * a)


def exchanged(u, v):
    t = u.copy()
    u[:] = v
    v[:] = t * 0.5


def rows_with_columns(x, n):
    A = np.outer(x, x)
    for i in range(n):
        exchanged(A[i], A[:, i])
    return A @ x


def first_below(v, limit):
    for i in range(len(v)):
        if v[i] < limit:
            return v[i:]
    return v[:1]


def early_return(x, limit):
    a = x * x
    part = first_below(a, limit)
    part *= x[0]
    return np.sum(a * x)


def two_parts(v, *, at=2):
    return v[:at], v[at:]


def names_of_the_caller(x):
    v = x * x
    at = 1
    t, u = two_parts(v, at=at)
    t += u[0]
    u, t = two_parts(v)
    u[0] = t[0] * at
    return v * x


def total_of(v):
    v[0] = v[1:].sum()
    return v


def in_a_branch(x, flag):
    a = x * 2.0
    if flag:
        b = total_of(a)
    else:
        b = two_parts(a)[1]
    b[1] *= a[0]
    return np.sum(a * x)


_4 = np.array([0.7, -1.1, 0.4, 1.3])
_5 = np.array([-0.3, 0.9, 1.2, -0.8, 0.5])

CASES = (
    Case(mirrored, ((_5, 0.7), (_4, -0.4))),
    Case(turned_every_step, ((_5, 0), (_5, 1), (_4, 3))),
    Case(one_in_the_other, ((_5,), (_4,)), scalar=False),
    Case(captured_and_rebound, ((_5, 0.3), (_4, -1.2))),
    Case(rows_with_columns, ((_4, 0), (_4, 1), (_5, 4)), scalar=False),
    Case(early_return, ((_5, 0.2), (_4, 5.0), (_4, -1.0)), ("x",)),
    Case(names_of_the_caller, ((_5,), (_4,)), scalar=False),
    Case(in_a_branch, ((_5, True), (_4, False)), ("x",)),
)


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_derivatives(case: Case, simplified: bool) -> None:
    for form, check in ("gradient", check_gradient), ("tangent", check_tangent):
        made, _ = derived(
            case.function, case.variables, like=case.inputs[0], form=form, simplified=simplified
        )
        for args in case.inputs:
            check(case, args, made)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_gradients_are_differentiated_again(case: Case) -> None:
    """The text is a program like any other; refused at most, and then by name."""
    first, _ = derived(case.function, case.variables, like=case.inputs[0])
    with contextlib.suppress(TransformError):
        derived(first, like=case.inputs[0])


def module(name: str, text: str) -> types.ModuleType:
    """A module with a text that can be found."""
    made = types.ModuleType(name)
    filename = f"<{name}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    exec(compile(text, filename, "exec"), vars(made))
    return made


SHIFT = """import numpy as np
FACTOR = 3.0
def shift(v, w):
    v[0] = np.sum(w) * FACTOR
    return v[1:]
"""
USE = """import numpy as np
from_elsewhere = None
{more}
def f(x):
    a = x * x
    b = shift(a, a[1:])
    b[0] *= {factor}
    return np.sum(a * x)
"""


def use(factor: str, **more: Any) -> Callable[..., Any]:
    """A function that calls a helper of another module."""
    names = module(f"uses_{len(more)}_{factor}", USE.format(more="", factor=factor))
    vars(names)["shift"] = module("shifting", SHIFT).shift
    vars(names).update(more)
    found: Callable[..., Any] = names.f
    return found


def test_helper_of_another_module() -> None:
    """Its names have to mean the same where it is written out."""
    function = use("2.0", FACTOR=3.0)
    with pytest.raises(TransformError, match="shares memory with"):
        derived(use("2.0", FACTOR=4.0), like=(_5,))
    with pytest.raises(TransformError, match="shares memory with"):
        derived(use("2.0"), like=(_5,))
    shared = module("shifting_too", SHIFT)
    vars(shared)["f"] = function
    vars(shared)["FACTOR"] = function.__globals__["FACTOR"]
    function.__globals__["shift"] = shared.shift
    gradient, _ = derived(function, ("x",), like=(_5,))
    check_gradient(Case(function, ((_5,),), label="other module"), (_5,), gradient)
    assert "# b = shift(a, a[1:])" in gradient.source  # type: ignore[attr-defined]


def rest(v, n):
    if n == 0:
        return v
    v[0] += v[1] * v[-1]
    return rest(v[1:], n - 1)


def recursive(x):
    a = x * x
    b = rest(a, 2)
    b[0] = a[0] * a[1]
    return np.sum(a * x)


def test_recursion_at_the_end_is_a_loop() -> None:
    gradient, _ = derived(recursive, ("x",), like=(_5,))
    check_gradient(Case(recursive, ((_5,),)), (_5,), gradient)


def rest_and_more(v, n):
    if n == 0:
        return v
    v[0] += v[1] * v[-1]
    w = rest_and_more(v[1:], n - 1)
    w[0] *= 2.0
    return w


def recursive_before_the_end(x):
    a = x * x
    b = rest_and_more(a, 2)
    b[0] = a[0] * a[1]
    return np.sum(a * x)


def test_recursion_is_refused() -> None:
    with pytest.raises(TransformError, match="returns may share memory with its argument"):
        derived(recursive_before_the_end, like=(_5,))
