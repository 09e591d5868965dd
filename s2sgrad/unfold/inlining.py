"""Functions written in the place of their calls."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import replace
from types import FunctionType
from typing import Any

import gast

from s2sgrad.flow import bound, read
from s2sgrad.infer.functions import signature
from s2sgrad.normalize import Normalized
from s2sgrad.program import Assign, For, If, Return, Statement, While, walk
from s2sgrad.renaming import renamed_block
from s2sgrad.rewrite import rewritten
from s2sgrad.settled import is_literal
from s2sgrad.source import MISSING, Source
from s2sgrad.trees import identifiers, loaded, nodes
from s2sgrad.unfold.cells import settled
from s2sgrad.unfold.mapped import InMaps
from s2sgrad.unfold.operators import changed_only
from s2sgrad.unfold.read_later import read_around, spread_only
from s2sgrad.unfold.values import Fixed, Nested, Plain, Record, Shown, Value, unnamed
from s2sgrad.unfold.whole import Again
from s2sgrad.written_out import joined_contexts

__all__ = ["Inlining"]


class Inlining(InMaps):
    """Writes functions out."""

    def default(self, value: object) -> Value | None:
        """The default of a parameter or a field."""
        raise NotImplementedError

    def written_out(
        self,
        source: Source,
        args: Sequence[Value],
        keywords: dict[str, Value],
        owner: type | None,
        *,
        here: bool = False,
    ) -> Value | gast.AST | None:
        """What a function gives for some arguments, its statements being written here; None where that can't be."""
        key = id(source.tree)
        if key in self.whole.recursive or len(self.calling) > DEEPEST:
            return None
        if any(k == key for k, _, _ in self.calling):
            self.whole.recursive.add(key)
            raise Again
        normal = self.normal(source)
        bound_values = self.arguments(source, args, keywords)
        if normal is not None and bound_values is not None and not here:
            bound_values |= self.from_cells(normal, source, bound_values)
        if (
            normal is None
            or bound_values is None
            or not self.fits(normal, source, bound_values, here=here)
        ):
            return None
        self.changed = True
        self.wanted = ""
        *statements, end = normal.function.body
        assert isinstance(end, Return)  # noqa: S101
        nones = {n for n, value in bound_values.items() if _is_none(value)} - set(normal.captured)
        inside = _with_nones(statements, nones)
        shared = self.shared.get(key, set())
        rebound = [n for s in walk(tuple(inside)) for n in bound(s) if n not in shared]
        self.taken |= identifiers(normal.function) - {*rebound, *bound_values}
        self.taken |= {n for s in walk(tuple(inside)) for n in _inner_names(s)}
        names = {n: self.fresh(n) for n in sorted({*rebound, *bound_values})}
        self.arrived |= {names[n] for n in bound_values}
        self.whole.in_place |= {
            names[parameter]
            for parameter, value in bound_values.items()
            if isinstance(value, Record) and changed_only(parameter, value.kind, tuple(inside))
        }
        rebound = [
            n for s in walk(tuple(inside)) for n in self.whole.bound(s, names) if n not in shared
        ]
        for n in rebound:
            self.binds[names[n]] += 1
        self.note(normal, names)
        atoms: dict[str, gast.AST] = {}
        outer = self.origin
        for parameter, value in bound_values.items():
            self.pass_on(parameter, value, names, rebound, normal, atoms)
        renaming = {n: new for n, new in names.items() if n not in atoms}
        body = (*inside, Return(end.value, origin=end.origin))
        written = renamed_block(body, renaming, atoms)
        if (source.filename, source.lines) != (self.source.filename, self.source.lines):
            written = rewritten(written, lambda s: _placed(s, outer))
        receiver = args[0] if args and owner is not None else None
        self.calling.append((key, owner, receiver))
        *before, last = written
        self.coming.append((last,))
        self.block(tuple(before))
        self.coming.pop()
        self.calling.pop()
        assert isinstance(last, Return)  # noqa: S101
        self.origin = outer
        return self.result(last.value)

    def result(self, value: gast.AST | None) -> Value | gast.AST:
        """What is returned."""
        if value is None:
            return Plain(gast.Constant(value=None, kind=None))
        return self.value(value)

    def pass_on(
        self,
        parameter: str,
        value: Value,
        names: dict[str, str],
        rebound: list[str],
        normal: Normalized,
        atoms: dict[str, gast.AST],
    ) -> None:
        """Let a parameter stand for an argument."""
        new = names[parameter]
        again = parameter in rebound
        self.binds[new] += 1
        if isinstance(value, Shown) and value.view is not None:
            if again:
                self.solidify(value.view.record.root)
            self.known[new] = value.view
        elif isinstance(value, Plain):
            atom = value.atom
            changes = (
                isinstance(atom, gast.Name)
                and self.binds[atom.id] != 1
                and parameter in normal.captured
            )
            if again:
                self.give(new, value)
            elif changes or (isinstance(atom, gast.Name) and atom.id in self.nonlocals):
                self.assign((new,), atom)
            else:
                atoms[parameter] = atom
        elif again:
            self.give(new, value)
        else:
            atom = self.as_atom(value)
            if atom is not None and not isinstance(atom, gast.Constant):
                atoms[parameter] = atom
                if isinstance(value, Nested):
                    self.known.setdefault(value.name, value)
                    return
                names.pop(parameter, None)
                del atoms[parameter]
                names[parameter] = new
            if isinstance(value, Record) and not value.root:
                self.give(new, value)
            else:
                self.known[new] = value

    def arguments(
        self, source: Source, args: Sequence[Value], keywords: dict[str, Value]
    ) -> dict[str, Value] | None:
        """Parameter → what is passed for it."""
        try:
            found = signature(source).bind(*args, **keywords)
        except TypeError:
            return None
        given = set(found.arguments)
        found.apply_defaults()
        out: dict[str, Value] = {}
        for parameter, value in found.arguments.items():
            kind = found.signature.parameters[parameter].kind
            if kind is inspect.Parameter.VAR_POSITIONAL:
                out[parameter] = self.varying(list(value))
            elif kind is inspect.Parameter.VAR_KEYWORD:
                out[parameter] = Record(dict, dict(value))
            elif parameter in given:
                out[parameter] = value
            elif is_literal(value):
                out[parameter] = Plain(value)
            else:
                default = self.default(source.defaults.get(parameter, MISSING))
                if default is None:
                    return None
                out[parameter] = default
        return out

    def varying(self, values: list[Value]) -> Value:
        """What `*args` is: a tuple like any other where nothing in it has parts."""
        if not all(isinstance(value, Plain) for value in values):
            return self.sequence(tuple, values)
        atoms = [kept.atom for kept in map(self.kept, values) if isinstance(kept, Plain)]
        held = self.into(gast.Tuple(elts=atoms, ctx=gast.Load()))
        assert isinstance(held, Plain)  # noqa: S101
        if all(map(self.is_steady, atoms)):
            self.displays[held.atom.id] = atoms
            self.displayed_at[held.atom.id] = self.place
            self.read_only.add(held.atom.id)
        return held

    def fits(
        self, normal: Normalized, source: Source, given: dict[str, Value], *, here: bool
    ) -> bool:
        """Whether the text of a function means here what it means there."""
        body = normal.function.body
        if normal.imports or not isinstance(body[-1], Return):
            return False
        rebound = {n for s in walk(body) for n in bound(s)}
        others = {n for s in walk(body) for n in read(s)} - rebound - given.keys()
        if here:
            return all(n in self.binds or self.means_the_same(n, source) for n in others)
        return all(n not in self.binds and self.means_the_same(n, source) for n in others)

    def from_cells(
        self, normal: Normalized, source: Source, given: dict[str, Value]
    ) -> dict[str, Value]:
        """What a function reads from the function around it, where that is a function or a number."""
        cells = getattr(source.namespace, "cells", {})
        body = normal.function.body
        rebound = {n for s in walk(body) for n in bound(s)}
        found: dict[str, Value] = {}
        for free in {
            n for s in walk(body) for n in read(s)
        } & cells.keys() - rebound - given.keys():
            value = source.namespace.get(free, MISSING)
            if isinstance(value, FunctionType):
                found[free] = Fixed(value, unnamed())
            elif (literal := settled(free, value, source)) is not None:
                found[free] = Plain(literal)
        return found

    def means_the_same(self, root: str, callee: Source) -> bool:
        """Whether a name that isn't local is the same object here and there."""
        here = self.source.namespace.get(root, MISSING)
        there = callee.namespace.get(root, MISSING)
        return root.startswith("$") or (here is there and here is not MISSING)

    def note(self, normal: Normalized, names: dict[str, str]) -> None:
        """Remember what the names are that come from another function."""
        self.taken |= {n for s in walk(normal.function.body) for n in read(s)}
        self.made |= {names[n] for n in normal.temporaries if n in names}
        self.flags |= {names[n] for n in normal.flags if n in names}
        self.unused |= {names[n] for n in normal.unused if n in names}
        self.spread_only |= {names.get(n, n) for n in spread_only(normal.function.body)}
        self.read_around |= {names.get(n, n) for n in read_around(normal.function.body)}
        self.contexts = joined_contexts(self.contexts, normal.contexts)
        self.captured |= {names[n] for n in normal.captured if n in names}


DEEPEST = 12
"""How deep calls are written out in calls."""


def _placed(statement: Statement, origin: Any) -> Statement:

    return replace(statement, origin=origin)


def _inner_names(statement: Statement) -> set[str]:
    """The names in functions that are made inside a function: those stay as they are."""
    value = statement.value if isinstance(statement, Assign) else None
    inner = isinstance(value, gast.FunctionDef | gast.Lambda)
    return (
        {n.id for n in nodes(value) if isinstance(n, gast.Name)} - {*loaded(value)}
        if inner
        else set()
    )


def _is_none(value: Value) -> bool:
    return isinstance(value, Plain) and Inlining.is_none(value.atom)


def _with_nones(block: Sequence[Statement], names: set[str]) -> list[Statement]:
    """Statements with None in the place of parameters that are None, up to where these are given something else."""
    none = gast.Constant(value=None, kind=None)
    out: list[Statement] = []
    for statement in block:
        new = {n for inner in walk((statement,)) for n in bound(inner)}
        simple = not isinstance(statement, If | For | While)
        held = names if simple else names - new
        out += renamed_block((statement,), {}, dict.fromkeys(held, none)) if held else [statement]
        names = names - new
    return out
