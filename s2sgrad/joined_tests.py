"""Tests that are one expression: `0 <= i < n and x[i] > 0` of numbers, computed at once instead of by branches.

Receives a function after webs, and its facts. Normalize evaluates each comparison of a test in a branch of its own,
`t = a` and then `if t: t = b`. Where the operands are numbers, arrays and texts the whole is a value, `t = a and b`: it
can be computed again in the backward half, where a variable would be recorded in each trip. No other operands: what
objects do when they are compared stays a statement of its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import gast

from s2sgrad.flow import bound, read
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Inert
from s2sgrad.kinds import Number, Other, Sequence
from s2sgrad.program import Assign, Block, If, Statement, walk
from s2sgrad.rewrite import as_block, with_blocks
from s2sgrad.simplify.connectives import both
from s2sgrad.trees import name, of_kind, renamed, times_loaded
from s2sgrad.webs import Webs

__all__ = ["joined_tests"]

_ARITHMETIC = gast.Add | gast.Sub | gast.Mult | gast.Div | gast.FloorDiv | gast.Mod
_BY_VALUE = gast.Eq | gast.NotEq | gast.Lt | gast.LtE | gast.Gt | gast.GtE


def joined_tests(split: Webs, facts: Facts) -> tuple[Webs, Facts]:
    """The function in which tests of numbers are one expression each, and what is known of it."""
    function, variables, calls = split.function, split.variables, dict(facts.calls)
    while True:
        work = _Joining(replace(split, function=function, variables=variables), facts)
        body = work.block(function.body)
        if not work.values:
            break
        function, variables = replace(function, body=body), variables - work.values.keys()
        calls |= dict.fromkeys(work.values.values(), Inert())
    if function is split.function:
        return split, facts
    return replace(split, function=function, variables=variables), replace(facts, calls=calls)


def _reads(statement: Statement) -> list[str]:
    """The names that a statement itself reads, in a plain assignment each as often as it does."""
    if isinstance(statement, Assign):
        return [node.id for node in of_kind(statement.value, gast.Name)]
    return list(read(statement))


def _asked(test: gast.AST) -> tuple[str | None, gast.AST]:
    """The name that a branch asks, and how it goes on with it: with `and`, with `or` where it asks for the opposite."""
    opposite = isinstance(test, gast.UnaryOp)
    asked = test.operand if opposite else test
    return asked.id if isinstance(asked, gast.Name) else None, gast.Or() if opposite else gast.And()


class _Joining:
    """One way through a function; values: what the variables are assigned that have become values."""

    def __init__(self, split: Webs, facts: Facts) -> None:
        self.facts = facts
        self.open = {v for v in split.variables if split.home.get(v, v).startswith("_")}
        statements = walk(split.function.body)
        self.reads = Counter(n for statement in statements for n in _reads(statement))
        self.bindings = Counter(n for statement in statements for n in bound(statement))
        self.values: dict[str, Statement] = {}

    def block(self, block: Block) -> Block:
        """A block with the tests in it joined."""
        left = [with_blocks(statement, self.block) for statement in block]
        out: list[Statement] = []
        while left:
            found = self.joined(left, out)
            out, left = ([*out, left[0]], left[1:]) if found is None else found
        return as_block(out, block)

    def joined(
        self, left: list[Statement], above: list[Statement]
    ) -> tuple[list[Statement], list[Statement]] | None:
        """What stands above branches that only go on with a test, with the test as a whole, and what is left below.

        left: the branches, and what is below them; above: what is above them.
        """
        match left[0]:
            case If(test=test, orelse=(stays,)) as branch:
                pass
            case If(test=test, orelse=()) as branch if above:
                *above, stays = above
            case _:
                return None
        asked, op = _asked(test)
        match stays:
            case Assign(targets=(variable,), value=gast.Name(id=copied)) if variable in self.open:
                second = self.second_part(branch.body, variable)
                found = self.first_part(asked, copied, above)
            case _:
                return None
        if found is None or second is None:
            return None
        whole, above = found
        whole = both(whole, op, second)
        more = self.bindings[variable] - 1
        for other in left[1:more]:
            if not isinstance(other, If) or other.orelse or _asked(other.test)[0] != variable:
                return None
            part = self.second_part(other.body, variable)
            if part is None:
                return None
            whole = both(whole, _asked(other.test)[1], part)
        if len(left) < more:
            return None
        made = self.values[variable] = Assign((variable,), whole, origin=branch.origin)
        return [*above, made], left[more:]

    def first_part(
        self, test: str | None, copied: str, above: list[Statement]
    ) -> tuple[gast.AST, list[Statement]] | None:
        """What a name stands for that is only asked to go on with the test, and what stands above that.

        copied: the name of the test where it doesn't go on.
        """
        if test is None:
            return None
        names, gone = [test], Counter((test, copied))
        value: gast.AST = name(test)
        while isinstance(value, gast.Name) and above:
            match above[-1]:
                case Assign(targets=(target,), value=made) if (
                    target == value.id
                    and self.is_value(target)
                    and self.reads[target] == gone[target]
                    and self.is_test(made)
                ):
                    above, value = above[:-1], made
                case _:
                    break
            if isinstance(value, gast.Name):
                names.append(value.id)
                gone[value.id] += 1
        return (value, above) if copied in names and self.is_test(value) else None

    def second_part(self, body: Block, variable: str) -> gast.AST | None:
        """What a branch binds a variable to, as one expression that may be asked; None where it does more."""
        match body:
            case (*steps, Assign(targets=(target,), value=gast.Name() as whole)) if (
                target == variable
            ):
                pass
            case _:
                return None
        for step in reversed(steps):
            match step:
                case Assign(targets=(target,), value=value) if (
                    self.is_value(target)
                    and self.reads[target] == times_loaded(whole, target) == 1
                    and self.is_plain(value)
                    and (not isinstance(value, gast.Call) or self.only_asks(step))
                ):
                    whole = renamed(whole, {target: value})
                case _:
                    return None
        return whole if self.is_test(whole) else None

    def only_asks(self, step: Statement) -> bool:
        """Whether a call does nothing but give an answer, as Python's own len."""
        call = self.facts.calls.get(step)
        return isinstance(call, Inert) and not call.effect

    def is_value(self, target: str) -> bool:
        """Whether a name is assigned once."""
        return self.bindings[target] == 1 or target in self.values

    def is_test(self, value: gast.AST) -> bool:
        """Whether an expression says what is true of numbers, and does nothing else."""
        match value:
            case gast.Name(id=n):
                kind = self.facts.kinds.get(n)
                return isinstance(kind, Number) and kind.dtype == "bool"
            case gast.UnaryOp(op=gast.Not(), operand=operand):
                return self.is_plain(operand)
            case gast.BoolOp(values=values):
                return all(map(self.is_test, values))
            case gast.Compare(left=left, ops=ops, comparators=others):
                by_value = all(isinstance(op, _BY_VALUE) for op in ops)
                return by_value and all(map(self.is_plain, (left, *others)))
        return False

    def is_plain(self, value: gast.AST) -> bool:
        """Whether an expression is a number, an array or a text, made of such, of elements and of lengths."""
        match value:
            case gast.Name() | gast.Attribute() | gast.Constant():
                kind = self.facts.atom(value)
                return isinstance(kind, Number) or (isinstance(kind, Other) and kind.name == "str")
            case gast.BinOp(left=left, op=op, right=right):
                return isinstance(op, _ARITHMETIC) and self.is_plain(left) and self.is_plain(right)
            case gast.UnaryOp(op=gast.USub(), operand=operand):
                return self.is_plain(operand)
            case gast.Subscript(value=gast.Name() as base, slice=index):
                return self.is_array(base) and self.facts.plain_index(index)
            case gast.Call(func=gast.Name(id="len" | "$len"), args=[gast.Name() as of]):
                return self.is_array(of) or isinstance(self.facts.atom(of), Sequence)
        return self.is_test(value)

    def is_array(self, base: gast.Name) -> bool:
        """Whether a name certainly holds an array."""
        kind = self.facts.atom(base)
        return isinstance(kind, Number) and kind.array is True
