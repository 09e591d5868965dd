"""Jumps wherever the user wrote them → guard jumps, and one Return at the end.

Receives a block whose Ifs hold Jumps and Exits (`return`) anywhere. Gives one in which

- a `break` or `continue` is the last statement of a branch that definitely jumps (*guard*: `if c:
  S; break`, the rest of the block comes after it), or nothing follows the If that it stands in;
- where a branch only may jump and the rest R follows, a flag is set in the branch and tested by a
  guard before R;
- `return` outside loops is an assignment to the result, the rest of the block going into the other
  branch; inside a loop it also sets `returned`, breaks, and is tested behind each loop that it
  leaves.

Statements that can't be reached are dropped. Nothing else is changed, and no statement is copied,
except that a lone `return` of an atom is repeated in branches rather than guarded by a flag.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Flag, auto
from typing import TYPE_CHECKING

import gast

from s2sgrad.normalize.nodes import constant, load, negated
from s2sgrad.normalize.statements import Exit
from s2sgrad.program import (
    Assign,
    Block,
    Effect,
    For,
    If,
    Jump,
    Origin,
    Return,
    Statement,
    While,
    walk,
)

if TYPE_CHECKING:
    from s2sgrad.normalize.scope import Scope

__all__ = ["Jumps"]


class Ends(Flag):
    """How control may leave a statement or a block: to the next one, or by a jump.

    Raising doesn't count.
    """

    FALL = auto()
    BREAK = auto()
    CONTINUE = auto()
    RETURN = auto()


_NONE = Ends(0)
_JUMPS = Ends.BREAK | Ends.CONTINUE | Ends.RETURN
_FLAGS = {Ends.BREAK: "stopped", Ends.CONTINUE: "skipped"}


@dataclass(frozen=True)
class Place:
    """Where a block stands.

    At the end of the function or of a loop's body, or before statements that a jump skips.

    kind: 'function', 'loop' or 'flagged'. top: directly in a loop's body. ready: `returned` has a
    value. flags: the flag that stands for each jump, in a flagged block.
    """

    kind: str
    top: bool = False
    ready: bool = False
    flags: dict[Ends, str] = field(default_factory=dict)


class Jumps:
    """Rewrites one function's body."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.ends: dict[Statement, Ends] = {}
        self.out: str | None = None
        self.returned: str | None = None
        self.returned_read = False
        self.flags: set[str] = set()

    def function(self, block: Block) -> Block:
        """The body of the function, ending in its Return."""
        exits = [statement for statement in walk(block) if isinstance(statement, Exit)]
        if len(exits) == 1 and block[-1] is exits[0]:
            return (
                *self.sequence(block[:-1], Place("function")),
                Return(exits[0].value, origin=exits[0].origin),
            )
        values = {_spelling(exit_.value) for exit_ in exits}
        result: gast.AST | None = None
        if values - {None}:
            only = next(iter(values))
            if len(values) == 1 and only is not None and not self.block_ends(block) & Ends.FALL:
                result = exits[0].value
            else:
                self.out = self.scope.fresh("out")
                result = load(self.out)
        body = self.sequence(block, Place("function"))
        if not self.returned_read and self.returned is not None:
            body = self.without(self.returned, body)
        return (*body, Return(result))

    # ---- how control leaves -----------------------------------------------------------------

    def ends_of(self, statement: Statement) -> Ends:
        """How control may leave a statement."""
        known = self.ends.get(statement)
        if known is None:
            known = self.ends[statement] = self._ends_of(statement)
        return known

    def _ends_of(self, statement: Statement) -> Ends:
        match statement:
            case Exit():
                return Ends.RETURN
            case Jump(kind=kind):
                return Ends.BREAK if kind == "break" else Ends.CONTINUE
            case Effect(node=gast.Raise()):
                return _NONE
            case If():
                return self.block_ends(statement.body) | self.block_ends(statement.orelse)
            case For():
                return Ends.FALL | (self.block_ends(statement.body) & Ends.RETURN)
            case While():
                inner = self.block_ends(statement.body)
                endless = _is_true(statement.test) and not inner & Ends.BREAK
                return (_NONE if endless else Ends.FALL) | (inner & Ends.RETURN)
        return Ends.FALL

    def block_ends(self, block: Sequence[Statement]) -> Ends:
        """How control may leave a block."""
        ends = Ends.FALL
        for statement in block:
            ends = (ends & ~Ends.FALL) | self.ends_of(statement)
            if not ends & Ends.FALL:
                break
        return ends

    # ---- rewriting --------------------------------------------------------------------------

    def sequence(self, block: Sequence[Statement], place: Place) -> Block:
        """The block without anything but guard jumps."""
        written: list[Statement] = []
        rest = list(reversed(block))
        while rest:
            statement = rest.pop()
            ends = self.ends_of(statement)
            done = False
            match statement:
                case Jump() | Exit():
                    new, done = self.jump(statement, place), True
                case If() if ends & _JUMPS:
                    new, done = self.branch(statement, place, rest)
                case If():
                    body = self.sequence(statement.body, _INSIDE)
                    orelse = self.sequence(statement.orelse, _INSIDE)
                    new = [replace(statement, body=body, orelse=orelse)]
                case For() | While():
                    new, done = self.loop(statement, place, rest)
                case _:
                    new = [statement]
            written.extend(new)
            if done or not ends & Ends.FALL:
                return tuple(written)
        if place.kind == "function" and self.out is not None:
            written.append(Assign((self.out,), constant(None)))
        return tuple(written)

    def jump(self, statement: Statement, place: Place) -> list[Statement]:
        """What stands for a jump."""
        origin = statement.origin
        if isinstance(statement, Exit):
            written: list[Statement] = []
            if self.out is not None:
                value = constant(None) if statement.value is None else statement.value
                written.append(Assign((self.out,), value, origin=origin))
            if place.kind != "function":
                written.append(Assign((self.return_flag(),), constant(value=True), origin=origin))
            if place.kind == "loop":
                written.extend(_break(place, origin))
            return written
        if place.kind == "flagged":
            kind = self.ends_of(statement)
            return [Assign((place.flags[kind],), constant(value=True), origin=origin)]
        if isinstance(statement, Jump) and statement.kind == "break":
            return _break(place, origin)
        return [] if place.top else [statement]

    def branch(
        self, statement: If, place: Place, rest: list[Statement]
    ) -> tuple[list[Statement], bool]:
        """What stands for an If with jumps, and whether that takes in the rest of its block.

        The rest is a stack.
        """
        body, orelse = statement.body, statement.orelse
        body_ends, orelse_ends = self.block_ends(body), self.block_ends(orelse)
        inner = replace(place, top=False)
        if not rest or not (body_ends | orelse_ends) & Ends.FALL:
            return [self.rebuilt(statement, body, inner, orelse, inner)], True
        if place.kind == "loop":
            if not body_ends & Ends.FALL and not orelse_ends & _JUMPS:
                return [self.rebuilt(statement, body, inner, orelse, _INSIDE)], False
            if not orelse_ends & Ends.FALL and not body_ends & _JUMPS:
                return [self.rebuilt(statement, body, _INSIDE, orelse, inner)], False
            if not body_ends & Ends.FALL:
                rest.extend(reversed(orelse))
                return [self.rebuilt(statement, body, inner, (), inner)], False
        if not body_ends & Ends.FALL:
            return [self.rebuilt(statement, body, inner, (*orelse, *reversed(rest)), inner)], True
        if not orelse_ends & Ends.FALL:
            return [self.rebuilt(statement, (*body, *reversed(rest)), inner, orelse, inner)], True
        if place.kind == "function" and isinstance(rest[-1], Exit):
            return [
                self.rebuilt(statement, (*body, rest[-1]), inner, (*orelse, rest[-1]), inner)
            ], True
        return self.flagged(statement, (body_ends | orelse_ends) & _JUMPS, place, rest)

    def flagged(
        self, statement: If, ends: Ends, place: Place, rest: list[Statement]
    ) -> tuple[list[Statement], bool]:
        """What stands for an If that may jump before a rest that its jumps skip."""
        origin = statement.origin
        if place.kind == "flagged":
            new = self.rebuilt(statement, statement.body, place, statement.orelse, place)
            following = self.sequence(rest[::-1], place)
            for kind in _JUMPS:
                if ends & kind:
                    following = (
                        If(negated(load(self.read(place.flags[kind]))), following, origin=origin),
                    )
            return [new, *following], True
        written: list[Statement] = []
        flags: dict[Ends, str] = {}
        for kind in ends:
            if kind is Ends.RETURN:
                flags[kind] = self.return_flag()
                written.extend(self.start(place, origin))
            else:
                flags[kind] = self.scope.fresh(_FLAGS[kind])
                self.flags.add(flags[kind])
                written.append(Assign((flags[kind],), constant(value=False), origin=origin))
        inside = Place("flagged", flags=flags)
        written.append(self.rebuilt(statement, statement.body, inside, statement.orelse, inside))
        if place.kind == "function":
            written.append(self.unless_returned(rest, place, origin))
            return written, True
        for kind, flag in flags.items():
            jump = Jump("continue" if kind is Ends.CONTINUE else "break", origin=origin)
            written.append(If(load(self.read(flag)), (jump,), origin=origin))
        return written, False

    def loop(
        self, loop: For | While, place: Place, rest: list[Statement]
    ) -> tuple[list[Statement], bool]:
        """What stands for a loop, and whether that takes in the rest of its block."""
        ends = self.ends_of(loop)
        new = replace(loop, body=self.sequence(loop.body, Place("loop", top=True)))
        if not ends & Ends.RETURN:
            return [new], False
        written = [*self.start(place, loop.origin), new]
        if not ends & Ends.FALL:
            return [*written, *(_break(place, loop.origin) if place.kind == "loop" else ())], True
        if place.kind == "loop":
            flag = load(self.read(self.return_flag()))
            written.append(If(flag, (Jump("break", origin=loop.origin),), origin=loop.origin))
            return written, False
        if rest or (place.kind == "function" and self.out is not None):
            written.append(self.unless_returned(rest, place, loop.origin))
        return written, True

    def unless_returned(self, rest: list[Statement], place: Place, origin: Origin | None) -> If:
        """`if not returned:` around the rest of a block."""
        flag = self.read(self.return_flag())
        return If(
            negated(load(flag)),
            self.sequence(rest[::-1], replace(place, ready=True)),
            origin=origin,
        )

    def rebuilt(
        self,
        statement: If,
        body: Sequence[Statement],
        body_place: Place,
        orelse: Sequence[Statement],
        orelse_place: Place,
    ) -> If:
        """The If with other branches, each rewritten for its place."""
        new_body = self.sequence(body, body_place)
        return replace(statement, body=new_body, orelse=self.sequence(orelse, orelse_place))

    # ---- flags ------------------------------------------------------------------------------

    def return_flag(self) -> str:
        """The flag that a `return` inside a loop sets."""
        if self.returned is None:
            self.returned = self.scope.fresh("returned")
            self.flags.add(self.returned)
        return self.returned

    def read(self, flag: str) -> str:
        """Note that a flag is read."""
        self.returned_read = self.returned_read or flag == self.returned
        return flag

    def start(self, place: Place, origin: Origin | None) -> list[Statement]:
        """`returned = False` where that is not yet said."""
        if place.kind != "function" or place.ready:
            return []
        return [Assign((self.return_flag(),), constant(value=False), origin=origin)]

    def without(self, flag: str, block: Block) -> Block:
        """The block without the assignments to a flag that nothing reads."""
        written: list[Statement] = []
        for statement in block:
            match statement:
                case Assign(targets=(target,)) if target == flag:
                    continue
                case If(body=body, orelse=orelse):
                    body, orelse = self.without(flag, body), self.without(flag, orelse)
                    written.append(replace(statement, body=body, orelse=orelse))
                case For(body=body) | While(body=body):
                    written.append(replace(statement, body=self.without(flag, body)))
                case _:
                    written.append(statement)
        return tuple(written)


_INSIDE = Place("flagged")


def _break(place: Place, origin: Origin | None) -> list[Statement]:
    jump = Jump("break", origin=origin)
    return [If(constant(value=True), (jump,), origin=origin)] if place.top else [jump]


def _is_true(test: gast.AST) -> bool:
    return isinstance(test, gast.Constant) and bool(test.value)


def _spelling(value: gast.AST | None) -> str | None:
    """What tells returned atoms apart; None for no value."""
    return None if value is None else gast.dump(value)
