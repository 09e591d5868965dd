"""Where the layout of arrays decides what a program does: `reshape` gives a view where it can, or else a copy.

If something is then written into what it gives, the derivative has to do the same. So its memory is made with the
layout of what it belongs to, and arguments are taken to be in C order, which the text asserts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import gast
import numpy as np

from s2sgrad.flow import bound
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Primitive, UserCall, reads
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
    mutated: Iterable[str],
    facts: Facts,
    joint: frozenset[str],
    classes: Mapping[str, frozenset[str]],
    called: Callable[[UserCall], frozenset[str]],
) -> frozenset[str]:
    """The names of joint memory whose layout matters, and the parameters that are copied and on which that depends.

    mutated: the parameters that are written into; called: those of a call whose layout matters.
    """
    found: set[str] = set()
    given: set[str] = set()
    in_one_piece = contiguous(body, facts)
    for statement in walk(body):
        resolution = facts.calls.get(statement)
        if may_copy(resolution, in_one_piece):
            found.update(bound(statement))
        elif isinstance(resolution, UserCall):
            given.update(n for p in called(resolution) for n in loaded(resolution.arguments[p]))
    arrays = {n for n in joint if isinstance(facts.kinds.get(n), Number)}
    shared = {
        alias for n in (found | given) & joint for alias in classes.get(n, frozenset({n})) & arrays
    }
    made = _made_like(shared | given, body, facts, in_one_piece)
    return frozenset(shared) | {p for p in mutated if p in made and _has_a_layout(p, facts)}


def _made_like(
    names: set[str], body: Block, facts: Facts, in_one_piece: frozenset[str]
) -> set[str]:
    """The names from which others may have their layout: NumPy's functions make arrays like what they are given."""
    sources: dict[str, set[str]] = {}
    for statement in walk(body):
        found = facts.calls.get(statement)
        ordered = isinstance(found, Primitive) and found.rule.function in _IN_ORDER
        if isinstance(statement, Assign) and not ordered:
            for target in statement.targets:
                if target not in in_one_piece:
                    sources.setdefault(target, set()).update(reads(statement, found))
    made, waiting = set(names), list(names)
    while waiting:
        more = sources.get(waiting.pop(), set()) - made
        made |= more
        waiting += more
    return made


def _has_a_layout(parameter: str, facts: Facts) -> bool:
    """Whether an argument may lie in memory in several ways that are kept by what is made of it."""
    kind = facts.kinds.get(parameter)
    return isinstance(kind, Number) and kind.array is True and kind.ndim not in {0, 1}


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
