"""Rules with statements that mean nothing where they stand are refused when they are registered."""

from __future__ import annotations

import itertools
import linecache
from typing import Any

import numpy as np
import pytest

from s2sgrad import registry
from s2sgrad.registry import adjoint, bilinear, elementwise, linear, lookup, tangent

_COUNT = itertools.count()


def first(x, s=1.0):
    return x[0] * s


def scale(x, s):
    x *= s


@pytest.fixture(autouse=True)
def as_before():
    registry.rules()
    before = {key: list(table) for key, table in registry._rules.items()}
    yield
    registry._rules.clear()
    registry._rules.update(before)


def rule_of(text: str, parameters: str = "d, x, s") -> Any:
    """The function of a rule of these lines."""
    file = f"<rule {next(_COUNT)}>"
    lines = [
        f"def rule({parameters}):\n",
        *(f"    {line.strip()}\n" for line in text.strip().split("\n")),
    ]
    linecache.cache[file] = (sum(map(len, lines)), None, lines, file)
    space = {"np": np, "first": first, "scale": scale, "__name__": __name__}
    exec(compile("".join(lines), file, "exec"), space)
    return space["rule"]


GIVING = "y = first(x, s)\nyield y\n"
WRITING = "x[...] = s * x\nyield\nx[...] = x / s\n"

OF_WHAT_GIVES = [
    ("d.x[0] = d.y", r"replaces a part of d.x, .* write `d.x\[0\] \+= d.y`"),
    ("d.x[0, 1] = d.y", r"write `d.x\[0, 1\] \+= d.y`"),
    ("d.x[0] = 0", r"write `d.x\[0\] \+= 0`"),
    ("d.x = np.zeros(np.shape(x))\nd.x[0] = d.y", r":5: `d.x\[0\] = d.y` replaces a part"),
    ("d.x = d.y * x\nd.x[0] += d.y", "stands beside another statement about d.x"),
    ("d.x[0] += d.y\nd.x = d.y * x", "stands beside another statement about d.x"),
    ("d.x[0] *= d.y", "otherwise than by adding to it: write `d.x = ...`"),
    ("d.x *= 1 / 3", "changes all of d.x: write `d.x = ...`"),
    ("d.x += d.y", "changes all of d.x: write `d.x = ...`"),
    ("np.subtract.at(d.x, 0, d.y)", r"can't stand below the yield .* `np.add.at\(d.x, i, ...\)`"),
    ("np.add.at(d.x, indices=0, b=d.y)", "can't stand below the yield"),
    ("np.copyto(d.x, d.y)", "can't stand below the yield"),
    ("d.y[0] = 0\nd.x = d.y", "changes d.y, which comes in"),
    ("d.y = 2 * d.y\nd.x = d.y", "changes d.y, which comes in"),
    ("d.y *= 2\nd.x = d.y", "changes d.y, which comes in"),
    ("d.t = 2 * d.y\nd.x = d.t", "has no argument t"),
    ("x[0] = 1.0\nd.x = d.y * x", "changes x, into which nothing is written above the yield"),
    ("t = np.zeros(3)\nt[0] = 1.0\nd.x = d.y * t", "changes t below the yield"),
    ("t = 2 * d.y\nt += 1.0\nd.x = t", "can't stand below the yield"),
    ("t = np.zeros(3)\nnp.add.at(t, 0, d.y)\nd.x = t", "changes t below the yield"),
    ("d.x[0][1] += d.y", "can't stand below the yield"),
    ("x.T[0] += d.y", "can't stand below the yield"),
    ("d.s = np.sum(d.x)\nd.x = d.y * x", "reads d.x, which isn't known there"),
    ("np.add.at(d.x, 0, d.y)\nd.s = d.x[0]", "reads d.x, which isn't known there"),
    ("d.x = d.z * s", "reads d.z, which isn't known"),
    ("d.x = first(d, s)", "reads d itself"),
    ("d.x = (t := d.y) * t", "binds a name inside an expression"),
]

OF_WHAT_WRITES = [
    ("d.x = s * d.x", r"while x is written into: write `d.x\[\.\.\.\] = s \* d.x`"),
    ("d.x *= s", r"changes all of d.x: write `d.x\[\.\.\.\] = \.\.\.`"),
    ("d.x[...] *= s", r"write `d.x\[\.\.\.\] = d.x\[\.\.\.\] \* \(s\)`"),
    ("d.x[...] = s * d.x\nd.s = np.sum(x)", "stands below what changes d.x"),
    ("d.x[0] = 0\nd.x[1:] = d.x[1:] * s", "reads d.x where it is changed already"),
    ("t = d.x\nd.x[0] = 0\nd.x[1:] = t[1:] * s", "reads t, which may be a view"),
    ("k = 0\nd.x[k] = 0", "says a place by what is no argument"),
    ("d.s = np.sum(x * d.x)\nx[...] = x / s", "changes x below the yield, .* first of all"),
]

ABOVE = [
    ("x *= s\nyield\nd.x[...] = s * d.x", r"write `x\[\.\.\.\] \*= s` if it is"),
    ("x[0] = s\nyield\nd.x[0] = 0", r"overwrites what isn't put back: write `x\[0\] = old`"),
    ("x[0] = s\nyield\nx[1] = s\nd.x[0] = 0", "overwrites what isn't put back"),
    ("scale(x, s)\nyield\nd.x[...] = s * d.x", "can't stand above the yield"),
    ("np.multiply.at(x, 0, s)\nyield\nd.x[0] *= s", "can't stand above the yield"),
    ("x[...] = s * x\ny = np.sum(x)\nyield y\nx[...] = x / s", "writes into x and yields a result"),
    ("t = x * s\nyield\nd.x = d.x", "yields nothing, and that writes into no argument"),
    ("t = np.zeros(3)\nt[0] = s\ny = first(x, t)\nyield y\nd.x = t", "changes t after it was made"),
    ("y = x * 1.0\nt = y\ny[0] = s\nyield y\nd.x = t", "changes y after it was made"),
    ("y = x * 1.0\ny *= s\nyield y\nd.x = s * d.y", "doesn't tell whether memory is written"),
    (
        "x[...] = s * x\nt = 2 * x\nyield\nx[...] = x / s\nd.s = np.sum(t * d.x)",
        "reads t, which is",
    ),
    ("k = 0\nx[k] = s\nyield\nx[k] = 1.0", "says a place by what is no argument"),
    ("y = first(d.x, s)\nyield y\nd.x = d.y", "reads d.x, which isn't known there"),
]


@pytest.mark.parametrize(("text", "message"), OF_WHAT_GIVES)
def test_below_the_yield_of_what_gives(text, message):
    with pytest.raises(ValueError, match=message) as found:
        adjoint(first)(rule_of(GIVING + text))
    assert str(found.value).startswith("<rule ")
    assert lookup(first) is None


@pytest.mark.parametrize(("text", "message"), OF_WHAT_WRITES)
def test_below_the_yield_of_what_writes(text, message):
    with pytest.raises(ValueError, match=message):
        adjoint(scale)(rule_of(WRITING + text))
    assert lookup(scale) is None


@pytest.mark.parametrize(("text", "message"), ABOVE)
def test_above_the_yield(text, message):
    with pytest.raises(ValueError, match=message):
        adjoint(scale)(rule_of(text))


def test_of_other_kinds():
    with pytest.raises(ValueError, match=r"register it with @s2sgrad.adjoint"):
        bilinear(scale)(rule_of(WRITING))
    with pytest.raises(ValueError, match=r"says a part of d.x: write `d.x = ...`"):
        elementwise(first)(rule_of(GIVING + "d.x[0] += d.y"))
    with pytest.raises(ValueError, match=r"says a part of d.values: write `d.values = ...`"):
        linear(first)(rule_of("y = first(*values)\nyield y\nd.values[0] += d.y", "d, *values"))


OF_FORWARD_MODE = [
    (GIVING + "d.y[0] = np.sum(d.x)", r"forward mode, .* said: `d.y = ...`"),
    (GIVING + "d.x = 2 * d.x\nd.y = d.x[0]", "has no result x"),
    (GIVING + "d.y = first(d.z, s)", "reads d.z, which isn't known"),
    (GIVING + "t = d.y\nd.y = t", "reads d.y, which isn't known"),
]


@pytest.mark.parametrize(("text", "message"), OF_FORWARD_MODE)
def test_in_forward_mode(text, message):
    adjoint(first)(rule_of(GIVING + "d.x[0] += s * d.y"))
    with pytest.raises(ValueError, match=message):
        tangent(first)(rule_of(text))
    assert lookup(first).tangent is None


OF_WRITES_IN_FORWARD_MODE = [
    ("x[...] = s * x\nyield\nd.x = s * d.x", r"write `d.x\[\.\.\.\] = s \* d.x`"),
    ("x[...] = s * x\nyield\nd.x[...] *= s", r"said: `d.x\[i\] = ...`"),
    ("x[...] = s * x\nt = 2 * x\nyield\nd.x[...] = t", "reads t, which is made after"),
    (GIVING + "d.y = d.x", "yields or writes something else than its adjoint rule"),
]


@pytest.mark.parametrize(("text", "message"), OF_WRITES_IN_FORWARD_MODE)
def test_of_what_writes_in_forward_mode(text, message):
    adjoint(scale)(rule_of(WRITING + "d.s = np.sum(x * d.x)\nd.x[...] = s * d.x"))
    with pytest.raises(ValueError, match=message):
        tangent(scale)(rule_of(text))
    assert lookup(scale).tangent is None
