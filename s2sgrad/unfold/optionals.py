"""Names that stand for a function, or for None: `g = None if plain else np.tanh`, and what `g is None` asks.

None is one of the functions then that the name stands for, one that can't be called. Where a test has found out whether
it is None, it isn't asked for again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import gast

from s2sgrad.program import Assign
from s2sgrad.unfold.alternatives import Alternatives
from s2sgrad.unfold.values import Choice, Columns, Fixed, Plain, Value
from s2sgrad.unfold.whole import Again

__all__ = ["Optionals"]


class Optionals(Alternatives):
    """Writes what names stand for that may be None."""

    def give(self, target: str, value: Value) -> None:
        """Let a name stand for a value; None is one of the functions of a name that stands for functions."""
        if target not in self.whole.solid and isinstance(value, Plain) and self.is_none(value.atom):
            if target in self.whole.alternatives or self.is_function(self.known.get(target)):
                self.choose(target, Fixed(None, value.atom))
                return
            self.given_none.add(target)
        super().give(target, value)

    def choose(self, target: str, value: Value) -> None:
        """Let a name stand for one of the functions that it is given anywhere; it may have been given None before."""
        self.chosen_from_none(target)
        super().choose(target, value)

    def made_anew(self, target: str, tree: gast.AST) -> str:
        """The name for a function that is made here."""
        if target not in self.whole.solid:
            self.chosen_from_none(target)
        return super().made_anew(target, tree)

    def chosen_from_none(self, target: str) -> None:
        """Have None be one of the functions that a name stands for, if it was given None before."""
        if target in self.given_none and target not in self.whole.alternatives:
            none = Fixed(None, gast.Constant(value=None, kind=None))
            self.whole.alternatives[target] = [none]
            raise Again

    def value(self, node: gast.AST) -> Value | gast.AST:
        """What a primitive gives; `not g` asks whether a name stands for None."""
        if isinstance(node, gast.UnaryOp) and isinstance(node.op, gast.Not):
            value = self.atom(node.operand) if isinstance(node.operand, gast.Name) else None
            asked = self.asked(value, is_none=True) if isinstance(value, Choice) else None
            if asked is not None:
                return asked
        return super().value(node)

    def comparison(
        self, node: gast.Compare, op: str, left: gast.AST, right: gast.AST
    ) -> Value | gast.AST:
        """A comparison; `g is None` asks which function it is."""
        if op in {"Is", "IsNot", "Eq", "NotEq"}:
            one, two = self.atom(left), self.atom(right)
            choice = one if isinstance(one, Choice) else two
            none = two if choice is one else one
            if isinstance(choice, Choice) and isinstance(none, Plain) and self.is_none(none.atom):
                asked = self.asked(choice, is_none=op in {"Is", "Eq"})
                if asked is not None:
                    return asked
        return super().comparison(node, op, left, right)

    def asked(self, choice: Choice, *, is_none: bool) -> Value | gast.AST | None:
        """Whether one of several functions is None, or is none; None where that isn't among them."""
        key = _key_of_none(choice)
        if key is None:
            return None
        self.changed = True
        if choice.now is not None and self.comes_from(choice.place):
            return Plain(gast.Constant(value=_is_absent(choice.now) == is_none, kind=None))
        order = gast.Eq() if is_none else gast.NotEq()
        constant = gast.Constant(value=key, kind=None)
        return gast.Compare(left=choice.subject, ops=[order], comparators=[constant])

    def truth(self, atom: gast.AST) -> bool | None:
        """Whether an atom is true, where that is known."""
        value = self.atom(atom) if isinstance(atom, gast.Name) else None
        if isinstance(value, Choice):
            asked = self.asked(value, is_none=False)
            if asked is not None:
                return asked.atom.value if isinstance(asked, Plain) else None
        return super().truth(atom)

    def tested(self, test: gast.AST) -> gast.AST:
        """A test with ordinary atoms; of a list of objects, one of its lists is asked."""
        if isinstance(test, gast.UnaryOp) and isinstance(test.op, gast.Not):
            return gast.UnaryOp(op=test.op, operand=self.tested(test.operand))
        value = self.atom(test) if isinstance(test, gast.Name) else None
        asked = self.asked(value, is_none=False) if isinstance(value, Choice) else None
        if isinstance(asked, gast.AST):
            held = self.into(asked)
            assert isinstance(held, Plain)  # noqa: S101
            return held.atom
        first = value.first if isinstance(value, Columns) else None
        return self.with_whole_atoms(test) if first is None else first

    @contextmanager
    def found_out(self, test: gast.AST, *, holds: bool) -> Iterator[None]:
        """A block in which a test that was written just before holds, or doesn't: which functions are left is known."""
        left = {n: self.left(value, test, holds=holds) for n, value in self.known.items()}
        narrowed = {n: value for n, value in left.items() if value is not None}
        before = {n: self.known[n] for n in narrowed}
        self.known.update(narrowed)
        yield
        for n, value in narrowed.items():
            if self.known.get(n) is value:
                self.known[n] = before[n]

    def left(self, value: Value, test: gast.AST, *, holds: bool) -> Choice | None:
        """What a choice is where a test holds, or doesn't, if that asks whether it is None."""
        while isinstance(test, gast.UnaryOp) and isinstance(test.op, gast.Not):
            test, holds = test.operand, not holds
        if not isinstance(value, Choice) or not isinstance(value.subject, gast.Name):
            return None
        last = self.out[-1] if self.out else None
        match last:
            case Assign(
                targets=(target,),
                value=gast.Compare(
                    left=gast.Name(id=which), ops=[order], comparators=[gast.Constant(value=key)]
                ),
            ) if isinstance(test, gast.Name) and target == test.id and which == value.subject.id:
                if key is None or key != _key_of_none(value):
                    return None
                none = isinstance(order, gast.Eq) == holds
                options = [(k, o) for k, o in value.options if _is_absent(o) == none]
                return replace(value, options=options) if options else None
        return None


def _is_absent(option: Value) -> bool:
    return isinstance(option, Fixed) and option.object is None


def _key_of_none(choice: Choice) -> object:
    """What says of several functions that it is None; None where it can't be."""
    return next((key for key, option in choice.options if _is_absent(option)), None)
