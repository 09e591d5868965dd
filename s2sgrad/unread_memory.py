"""Names of files that are only read: whether what is written under one may be read under another, only a run can tell.

`W = np.ones(4)` has its memory for itself. `V = W[1:]` or `table = Table(W)` may have that of anything else.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import gast

from s2sgrad.errors import Finding, TransformError
from s2sgrad.infer.resolution import Primitive, Unresolved
from s2sgrad.outward import leads_to, roots_outside
from s2sgrad.program import Assign, Statement, Store, trees_of, walk
from s2sgrad.source import MISSING, FileModule, Unknown, resolve
from s2sgrad.static_names import StaticNamespace
from s2sgrad.trees import loaded, nodes
from s2sgrad.whole_numbers import UNSURE

if TYPE_CHECKING:
    from s2sgrad.activity import Activity
    from s2sgrad.context import Analysis

__all__ = ["cut_off_unseen", "refuse_unread_memory"]


def refuse_unread_memory(called: Iterable[Analysis]) -> None:
    """Refuse writes into what may have another name, by which one of some functions reads it.

    A function and those that it calls; parameters that were left out are names of what their defaults stand for.
    """
    analyses = list(called)
    written = [found for analysis in analyses for found in _written(analysis)]
    if not written:
        return
    read = {id(value): (name, value) for a in analyses for name, value in _read(a)}
    for analysis, statement, name, value in written:
        for other, of in read.values():
            if of is not value and not (_is_new(value) and _is_new(of)):
                message = (
                    f"only when the file runs it's known whether {name} and {other} share memory"
                )
                raise TransformError(
                    [analysis.finding(statement, message, "Pass one of them as an argument.")]
                )


def _written(analysis: Analysis) -> Iterator[tuple[Analysis, Statement, str, object]]:
    outer = analysis.source.namespace
    for statement in walk(analysis.function.body):
        asked = _asked(statement, analysis)
        for name in roots_outside(statement, analysis):
            value = outer.get(name, MISSING)
            imported = isinstance(value, Unknown) and value.home is not None
            if _is_unread(value) and not (imported and name in asked):
                yield analysis, statement, name, value


def _asked(statement: Statement, analysis: Analysis) -> tuple[str, ...]:
    """The names by which a statement calls something of which nothing is known."""
    call, value = analysis.facts.calls.get(statement), getattr(statement, "value", None)
    if not isinstance(call, Unresolved) or not isinstance(value, gast.Call):
        return ()
    return loaded(value.func)


def _read(analysis: Analysis) -> Iterator[tuple[str, object]]:
    """What isn't known of that a function reads around itself, but for functions and objects that it only calls."""
    outer, own = analysis.source.namespace, analysis.facts.kinds
    for name, value in analysis.source.defaults.items():
        if _is_unread(value):
            yield name, value
    for tree in (tree for s in walk(analysis.function.body) for tree in trees_of(s)):
        called = {
            id(part)
            for call in nodes(tree)
            if isinstance(call, gast.Call)
            for part in nodes(call.func)
        }
        for node in nodes(tree):
            if id(node) in called or not isinstance(node, gast.Name | gast.Attribute):
                continue
            if any(name in own for name in loaded(node)):
                continue
            if isinstance(node, gast.Attribute) and not isinstance(
                resolve(node.value, outer), FileModule
            ):
                continue
            value, root = resolve(node, outer), next(iter(loaded(node)))
            if _is_unread(value) or (isinstance(value, list | dict) and root in _filled(outer)):
                yield root, value


def _filled(outer: Mapping[str, object]) -> Container[str]:
    """The names of a file that is only read into whose values it may put something by statements of its own."""
    return outer.changed if isinstance(outer, StaticNamespace) else ()


def _is_unread(value: object) -> bool:
    """Whether something, or a part of it, is known to a run only."""
    if isinstance(value, list | tuple | dict):
        return any(isinstance(inner, Unknown) for inner in leads_to(value))
    return isinstance(value, Unknown) and value.generator is None


def _is_new(value: object) -> bool:
    return isinstance(value, Unknown) and value.new


def cut_off_unseen(analysis: Analysis, active: Activity) -> Iterator[Finding]:
    """The stores of what carries a derivative into what may be an array of integers, which only a run can tell."""
    outer = analysis.source.namespace
    for statement in walk(analysis.function.body):
        match statement:
            case Store(value=value, index=gast.AST()):
                carried = loaded(value)
            case Assign(value=gast.Call(args=args)) if isinstance(
                analysis.facts.calls.get(statement), Primitive
            ):
                carried = tuple(n for arg in args for n in loaded(arg))
            case _:
                continue
        if not active.active.isdisjoint(carried):
            roots = (outer.get(name) for name in roots_outside(statement, analysis))
            if any(isinstance(v, Unknown) and not v.floats for v in roots):
                yield analysis.finding(statement, UNSURE.message, UNSURE.remedy)
