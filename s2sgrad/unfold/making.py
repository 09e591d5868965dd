"""Functions that are made inside the function: names for them, or texts that are written wherever they are called."""

from __future__ import annotations

from dataclasses import replace

import gast

from s2sgrad.infer.functions import lift
from s2sgrad.normalize.nodes import bound_outside, nonlocal_names
from s2sgrad.program import Assign
from s2sgrad.source import Source
from s2sgrad.trees import loaded, nodes, with_fields
from s2sgrad.unfold.frame import root_of
from s2sgrad.unfold.optionals import Optionals
from s2sgrad.unfold.outliving import outliving
from s2sgrad.unfold.values import (
    Bound,
    Choice,
    Fixed,
    Nested,
    Partial,
    Plain,
    Record,
    Super,
    View,
)
from s2sgrad.unfold.whole import UnfoldingError

__all__ = ["Making"]


class Making(Optionals):
    """Writes the functions that are made."""

    def captures_parts(self, tree: gast.AST) -> bool:
        """Whether a function reads what has parts as a whole, or a function that reads names around it.

        It is written out wherever it is called.
        """
        known = {n: self.known.get(n) for n in loaded(tree)}
        held = {
            n
            for n, v in known.items()
            if isinstance(v, _WHOLE) or (isinstance(v, Nested) and v.name in self.closures)
        }
        named = {
            id(root_of(a))
            for a in nodes(tree)
            if isinstance(a, gast.Attribute | gast.Subscript)
            and isinstance(a.ctx, gast.Load)
            and isinstance(self.known_part(a), Plain | Fixed)
        }
        return any(
            isinstance(n, gast.Name) and n.id in held and id(n) not in named for n in nodes(tree)
        )

    def nested_function(self, statement: Assign, target: str, value: gast.AST) -> None:
        """A function that is made here."""
        if self.calling:
            found = outliving(value, self.known, self.binds, self.place, self.calling)
            if found is not None:
                if self.binds[target] != 1:
                    raise UnfoldingError
                self.outliving[target] = found
        writes, inside = bound_outside(value), nonlocal_names([value])
        if inside and (self.calling or self.binds[target] != 1 or target in writes):
            raise UnfoldingError
        own = target
        if self.binds[target] != 1:
            own = self.made_anew(target, value)
        if inside or (self.captures_parts(value) and (own != target or self.binds[target] == 1)):
            self.written_at_calls(own, value, writes)
            if own != target:
                self.choose(target, Nested(own))
            return
        tree = self.inside(value)
        self.add(replace(statement, targets=(own,), value=tree))
        if own == target and self.binds[target] != 1:
            self.ordinary.add(target)
            return
        self.known[own] = Nested(own)
        captured = [n for n in loaded(tree) if n in self.binds and n != target]
        if captured:
            self.closures.add(own)
            self.captured |= {*captured}
        source, _ = lift(tree, self.source, frozenset())
        self.made_here[own] = replace(source, around=self.read_around_it(source))
        if own != target:
            self.choose(target, Nested(own))

    def written_at_calls(self, own: str, tree: gast.AST, writes: set[str]) -> None:
        """Let a function be written out wherever it is called; writes: what it binds of the function around it."""
        self.known[own] = Nested(own)
        self.closures.add(own)
        self.unwritten.add(own)
        held = frozenset(n for n in loaded(tree) if isinstance(self.known.get(n), _WHOLE))
        made, self.captures[own] = lift(tree, self.source, held - writes)
        if writes:
            body = [s for s in made.tree.body if not isinstance(s, gast.Nonlocal)]
            made = replace(made, tree=with_fields(made.tree, {"body": body}))
            self.shared[id(made.tree)] = writes
        self.made_here[own] = replace(made, around=self.read_around_it(made))
        self.changed = True

    def read_around_it(self, made: Source) -> frozenset[str]:
        """What a function that is made here reads of the function around it."""
        return frozenset(n for n in loaded(made.tree) if n in self.binds)


_WHOLE = (Record, Bound, Partial, Super, Choice, View)
