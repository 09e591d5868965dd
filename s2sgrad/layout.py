"""Where the layout of arrays decides what a program does: `reshape` gives a view where it can, or else a copy.

If something is then written into what it gives, the derivative has to do the same. So its memory is made with the
layout of what it belongs to, and arguments are taken to be in C order, which the text asserts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

import gast
import numpy as np

from s2sgrad.flow import bound
from s2sgrad.infer.engine import Facts
from s2sgrad.infer.resolution import Primitive, UserCall
from s2sgrad.kinds import Kind, Number
from s2sgrad.mirror import may_copy
from s2sgrad.program import Assign, Block, walk
from s2sgrad.simplify.expressions import attribute, call, real_dtype
from s2sgrad.trees import loaded, name

__all__ = [
    "are_in_c_order",
    "contiguous",
    "in_c_order",
    "is_in_c_order",
    "laid_out",
    "zeros_laid_out",
]


def laid_out(
    body: Block,
    facts: Facts,
    joint: frozenset[str],
    classes: Mapping[str, frozenset[str]],
    called: Callable[[UserCall], frozenset[str]],
) -> frozenset[str]:
    """The names of joint memory whose layout matters; called: the parameters of a call whose layout does."""
    found: set[str] = set()
    in_one_piece = contiguous(body, facts)
    for statement in walk(body):
        resolution = facts.calls.get(statement)
        if may_copy(resolution, in_one_piece):
            found.update(bound(statement))
        elif isinstance(resolution, UserCall):
            found.update(n for p in called(resolution) for n in loaded(resolution.arguments[p]))
    arrays = {n for n in joint if isinstance(facts.kinds.get(n), Number)}
    return frozenset(
        alias for n in found & joint for alias in classes.get(n, frozenset({n})) & arrays
    )


_IN_ORDER: tuple[object, ...] = (np.zeros, np.ones, np.empty, np.full, np.arange, np.linspace)


def contiguous(body: Block, facts: Facts) -> frozenset[str]:
    """The names of arrays that certainly lie in one piece and in C order, so that a `reshape` is a view.

    So does what is made with one axis, and what `np.zeros` and its like make.
    """
    found: set[str] = set()
    times = Counter(n for statement in walk(body) for n in bound(statement))
    for statement in walk(body):
        resolution = facts.calls.get(statement)
        if not isinstance(statement, Assign) or len(statement.targets) != 1:
            continue
        (target,) = statement.targets
        if times[target] != 1 or not isinstance(resolution, Primitive) or resolution.in_place:
            continue
        kind = facts.kinds.get(target)
        row = isinstance(kind, Number) and kind.array is True and kind.ndim == 1
        made = resolution.rule.kind in {"elementwise", "bilinear"} or isinstance(
            statement.value, gast.BinOp
        )
        ordered = resolution.rule.function in _IN_ORDER and "order" not in resolution.arguments
        again = may_copy(resolution) and not may_copy(resolution, found)
        if (row and made) or ordered or again:
            found.add(target)
    return frozenset(found)


def zeros_laid_out(value: str, kind: Kind | None) -> gast.AST:
    """Zeros that lie in memory as an array of that kind does."""
    dtype = kind.dtype if isinstance(kind, Number) else None
    wanted = () if dtype == "float64" else (real_dtype(name(value), dtype),)
    order = gast.Constant(value="K", kind=None)
    return call("$np.zeros_like", name(value), *wanted, order=order)


def in_c_order(value: gast.AST, *dtype: gast.AST) -> gast.AST:
    """A copy in C order."""
    return call("$np.array", value, *dtype, order=gast.Constant(value="C", kind=None))


def is_in_c_order(parameter: str) -> gast.AST:
    """The condition under which an argument lies in memory as it is taken to."""
    return attribute(attribute(name(parameter), "flags"), "c_contiguous")


def are_in_c_order(parameter: str) -> gast.AST:
    """The condition under which the arrays in a list do."""
    item = gast.Name(id="item", ctx=gast.Store(), annotation=None, type_comment=None)
    each = gast.comprehension(target=item, iter=name(parameter), ifs=[], is_async=0)
    return call("$all", gast.GeneratorExp(elt=is_in_c_order("item"), generators=[each]))
