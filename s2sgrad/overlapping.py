"""What is around a function and has several names there: memory that is written under one and read under another.

Names of the function's own that share memory are known from its text. That two names of the module do, or a parameter
that was left out and one of these, only the objects tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING

import gast

from s2sgrad.around import changed_outside, changed_unfollowed
from s2sgrad.emit import expression
from s2sgrad.errors import Finding, TransformError
from s2sgrad.flow import read
from s2sgrad.infer.resolution import Unresolved, UserCall
from s2sgrad.kinds import Number, Unknown
from s2sgrad.other_items import refuse_other_items
from s2sgrad.outward import augmented_by, is_kept, reached, roots_outside, variable
from s2sgrad.program import Assign, Effect, Statement, Store, trees_of, walk
from s2sgrad.source import MISSING, FileModule, Source, resolve
from s2sgrad.trees import loaded, names_bound_in, nodes
from s2sgrad.unfollowed import is_library_module
from s2sgrad.unread_memory import refuse_unread_memory

if TYPE_CHECKING:
    from s2sgrad.context import Analysis, Context

__all__ = ["refuse_changed_examples", "under_two_names"]


def under_two_names(analysis: Analysis) -> Iterator[Finding]:
    """The writes into what another name of the module leads to, too, which is read by that name."""
    outer = analysis.source.namespace
    known: dict[str, frozenset[int]] = {}
    for statement in walk(analysis.function.body):
        roots = roots_outside(statement, analysis)
        if variable_of := _of_a_module(statement, analysis):
            yield analysis.finding(
                statement,
                f"this gives {variable_of} another value, a variable of another module",
                "Pass the value as an argument.",
            )
        augmented = {n for n in augmented_by(statement) if _may_change(n, analysis)}
        for name in augmented.union(analysis.aliasing.writes.get(statement, ())):
            if path := _path_of(name, analysis):
                yield analysis.finding(
                    statement,
                    f"this writes into what {path} is, too",
                    "Import it by its name, and write into that.",
                )
        if roots and not known:
            known = {
                name: _memory(outer[name])
                for s in walk(analysis.function.body)
                for name in read(s)
                if name not in analysis.facts.kinds and name in outer
            }
            known |= {path: _memory(value) for path, value in _paths(analysis)}
        for root in roots:
            written = _written(statement, root, outer)
            inherited = _inherited(statement, root, analysis)
            for name, memory in known.items():
                if name not in roots and (name in inherited or not written.isdisjoint(memory)):
                    yield analysis.finding(
                        statement,
                        f"this writes into what {name} leads to, too",
                        "Use one name for it in a function.",
                    )


def _may_change(name: str, analysis: Analysis) -> bool:
    """Whether `+=` may change what a name holds, instead of giving it another value."""
    kind = analysis.facts.kinds.get(name)
    return isinstance(kind, Unknown) or (isinstance(kind, Number) and kind.array is not False)


def _paths(analysis: Analysis) -> Iterator[tuple[str, object]]:
    """The variables of modules that a function reads as attributes of these, as it writes them."""
    for statement in walk(analysis.function.body):
        for tree in trees_of(statement):
            for node in nodes(tree):
                if isinstance(node, gast.Attribute) and _module_of(node, analysis):
                    value = resolve(node, analysis.source.namespace)
                    yield expression(node), value


def _module_of(node: gast.Attribute, analysis: Analysis) -> bool:
    """Whether an attribute is a variable of a module of the user's."""
    if any(name in analysis.facts.kinds for name in loaded(node.value)):
        return False
    module = resolve(node.value, analysis.source.namespace)
    if isinstance(module, ModuleType):
        return not is_library_module(module)
    return isinstance(module, FileModule)


def _path_of(name: str, analysis: Analysis) -> str | None:
    """The variable of a module that a name of the function's own is given as an attribute of that."""
    for statement in walk(analysis.function.body):
        match statement:
            case Assign(targets=targets, value=gast.Attribute() as node) if (
                not analysis.aliasing.aliases(name).isdisjoint(targets)
                and _module_of(node, analysis)
            ):
                return expression(node)
    return None


def _of_a_module(statement: Statement, analysis: Analysis) -> str | None:
    """The variable of a module to which a statement gives another value as an attribute of that."""
    match statement:
        case Effect(node=gast.Assign(targets=[gast.Attribute() as node])):
            return expression(node) if _module_of(node, analysis) else None
        case Store(base=gast.AST() as base, index=str(attr)):
            node = gast.Attribute(value=base, attr=attr, ctx=gast.Load())
            return expression(node) if _module_of(node, analysis) else None
    return None


def _written(statement: Statement, root: str, outer: Mapping[str, object]) -> frozenset[int]:
    """The identities of what a statement may write into by a name from outside."""
    value = outer.get(root, MISSING)
    return frozenset({id(value)}) if _attribute(statement, root) else _memory(value)


def _attribute(statement: Statement, root: str) -> str | None:
    """The attribute that a statement writes of what a name stands for."""
    match statement:
        case Store(base=gast.Name(id=name), index=str(attr)) if name == root:
            return attr
        case Effect(
            node=gast.Assign(targets=[gast.Attribute(value=gast.Name(id=name), attr=attr)])
        ):
            return attr if name == root else None
    return None


def _inherited(statement: Statement, root: str, analysis: Analysis) -> set[str]:
    """The names by which an attribute of a class is read that a statement writes."""
    outer, attr = analysis.source.namespace, _attribute(statement, root)
    cls = outer.get(root)
    if attr is None or not isinstance(cls, type):
        return set()
    trees = (tree for s in walk(analysis.function.body) for tree in trees_of(s))
    reading = (
        loaded(node)[0]
        for tree in trees
        for node in nodes(tree)
        if isinstance(node, gast.Attribute) and node.attr == attr and loaded(node)
    )
    return {n for n in reading if n not in analysis.facts.kinds and _is_of(outer.get(n), cls)}


def _is_of(value: object, cls: type) -> bool:
    """Whether something is an object of a class, or a class that inherits from it."""
    return cls in (value if isinstance(value, type) else type(value)).__mro__


def _memory(value: object) -> frozenset[int]:
    """The identities of what a name leads to; those of what a function keeps are known where it is called."""
    if not is_kept(value) or isinstance(value, FunctionType):
        return frozenset()
    return frozenset(reached(value, classes=isinstance(value, type)))


def refuse_changed_examples(
    context: Context, analysis: Analysis, given: Mapping[str, object]
) -> None:
    """Refuse that a parameter is what the function changes without having been given it, or a name that it calls.

    given: what is known of the parameters by examples.
    """
    changed = changed_outside(analysis, context.effects.changed_outside)
    called = _called(context, analysis)
    replaced = frozenset().union(*map(_changed_plainly, called))
    refuse_other_items(called)
    refuse_unread_memory(called)
    for inner in called:
        source = inner.source
        for statement in _written_behind(inner, context):
            raise TransformError(
                [
                    inner.finding(
                        statement,
                        "this writes into what an object of the module holds, and a function that is called reads",
                        "Pass it to that function as an argument.",
                    )
                ]
            )
        for node in nodes(source.tree):
            if isinstance(node, gast.Call) and (name := _replaced(node.func, source, replaced)):
                raise TransformError(
                    [
                        source.finding(
                            node,
                            f"{name} may mean something else meanwhile",
                            "Choose between functions by a condition.",
                        )
                    ]
                )
    values = {**analysis.source.defaults, **given}
    for name, value in values.items() if changed else ():
        if is_kept(value) and not changed.isdisjoint(reached(value, classes=True)):
            raise TransformError(
                [
                    analysis.source.finding(
                        analysis.source.tree,
                        f"{name} is, or holds, something of the module that is changed meanwhile",
                        "Give a copy of it, or write into the argument.",
                    )
                ]
            )


def _called(context: Context, analysis: Analysis) -> list[Analysis]:
    """A function, and those that it calls."""
    waiting, found = [analysis], {}
    for inner in waiting:  # which grows
        if id(inner.source.tree) in found:
            continue
        found[id(inner.source.tree)] = inner
        waiting += (
            context.analyse(call.source, call.kinds)
            for call in inner.facts.calls.values()
            if isinstance(call, UserCall) and id(call.source.tree) not in found
        )
    return list(found.values())


def _written_behind(analysis: Analysis, context: Context) -> Iterator[Statement]:
    """The writes by a name of the function's own into what is around it and is read by a function that it calls."""
    behind = analysis.aliasing.around
    writes = {
        statement: frozenset().union(*(behind.get(name, frozenset()) for name in names))
        for statement, names in (analysis.aliasing.writes.items() if behind else ())
    }
    if any(writes.values()):
        calls = analysis.facts.calls.values()
        seen = frozenset().union(
            *(context.effects.seen_outside(c) for c in calls if isinstance(c, UserCall))
        )
        yield from (s for s, written in writes.items() if not written.isdisjoint(seen))


def _changed_plainly(analysis: Analysis) -> frozenset[int]:
    """The identities of what a function itself changes, but for what it takes a function from to call it."""
    found: set[int] = set()
    for statement in walk(analysis.function.body):
        call, value = analysis.facts.calls.get(statement), getattr(statement, "value", None)
        found |= changed_unfollowed(statement, call, analysis)
        func = value.func if isinstance(value, gast.Call) else None
        taken = isinstance(func, gast.Subscript) or (
            isinstance(func, gast.Name) and func.id in analysis.facts.kinds
        )
        if not (taken and isinstance(call, Unresolved)):
            for root in roots_outside(statement, analysis):
                found |= reached(analysis.source.namespace.get(root, MISSING))
    return frozenset(found)


def _replaced(func: gast.AST, source: Source, changed: frozenset[int]) -> str | None:
    """The name that is called, or that leads to what is called, if something may give it another value."""
    outer = source.namespace
    root, *_ = loaded(func) or ("",)
    if root not in outer or root in {n for s in source.tree.body for n in names_bound_in(s)}:
        return None
    held = isinstance(func, gast.Subscript) and id(outer[root]) in changed
    return root if held or variable(outer, root) in changed else None
