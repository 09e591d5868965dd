"""Tests that are one expression: `0 <= i < n and j < m` of plain numbers, computed at once instead of by branches.

Receives a function after webs, and its facts. Normalize evaluates each comparison of a test in a branch of its own,
`t = a` and then `if t: t = b`. Where the operands are plain numbers and texts the whole is a value, `t = a and b`: it
can be computed again in the backward half, where a variable would be recorded in each trip. What has become of the
function is inferred anew.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import gast

from s2sgrad.flow import bound, read
from s2sgrad.infer.engine import Facts
from s2sgrad.kinds import BOOL, Number, Other, Sequence
from s2sgrad.program import Assign, Block, If, Statement, walk
from s2sgrad.rewrite import as_block, with_blocks
from s2sgrad.trees import name, of_kind, renamed, times_loaded
from s2sgrad.webs import Webs

__all__ = ["both", "joined_tests"]

_ARITHMETIC = gast.Add | gast.Sub | gast.Mult | gast.Div | gast.FloorDiv | gast.Mod
_BY_VALUE = gast.Eq | gast.NotEq | gast.Lt | gast.LtE | gast.Gt | gast.GtE


def joined_tests(split: Webs, facts: Facts) -> Webs:
    """The function in which tests of plain numbers are one expression each; itself where none has several parts."""
    function, variables = split.function, split.variables
    while True:
        work = _Joining(replace(split, function=function, variables=variables), facts)
        body = work.block(function.body)
        if not work.values:
            break
        function, variables = replace(function, body=body), variables - work.values
    same = function is split.function
    return split if same else replace(split, function=function, variables=variables)


def both(first: gast.AST, op: gast.AST, second: gast.AST) -> gast.AST:
    """`first and second`, or with `or`; a chain where one comparison goes on where the other ends."""
    values = _operands(first, op)
    for other in _operands(second, op):
        match values[-1], other:
            case (
                gast.Compare(left=left, ops=ops, comparators=[*inner, gast.Name(id=last) as end]),
                gast.Compare(left=gast.Name(id=same), ops=more, comparators=others),
            ) if isinstance(op, gast.And) and last == same:
                comparators = [*inner, end, *others]
                values[-1] = gast.Compare(left=left, ops=[*ops, *more], comparators=comparators)
            case _:
                values.append(other)
    return gast.BoolOp(op=op, values=values) if len(values) > 1 else values[0]


def _operands(test: gast.AST, op: gast.AST) -> list[gast.AST]:
    alike = isinstance(test, gast.BoolOp) and isinstance(test.op, type(op))
    return list(test.values) if alike else [test]


def _reads(statement: Statement) -> list[str]:
    """The names that a statement itself reads, in a plain assignment each as often as it does."""
    if isinstance(statement, Assign):
        return [node.id for node in of_kind(statement.value, gast.Name)]
    return list(read(statement))


class _Joining:
    """One way through a function; values: the variables that have become values on it."""

    def __init__(self, split: Webs, facts: Facts) -> None:
        self.facts = facts
        self.open = {v for v in split.variables if split.home.get(v, v).startswith("_")}
        statements = walk(split.function.body)
        self.reads = Counter(n for statement in statements for n in _reads(statement))
        self.bindings = Counter(n for statement in statements for n in bound(statement))
        self.values: set[str] = set()

    def block(self, block: Block) -> Block:
        """A block with the tests in it joined."""
        out: list[Statement] = []
        for statement in block:
            new = with_blocks(statement, self.block)
            found = self.joined(new, out) if isinstance(new, If) else None
            out = [*out, new] if found is None else found
        return as_block(out, block)

    def joined(self, branch: If, above: list[Statement]) -> list[Statement] | None:
        """What stands above a branch that only goes on with its test, and behind it the test as a whole."""
        opposite = isinstance(branch.test, gast.UnaryOp)
        asked = branch.test.operand if opposite else branch.test
        *above, stays = [*above, *branch.orelse] or [branch]
        match asked, stays, branch.body:
            case (
                gast.Name(id=test),
                Assign(targets=(variable,), value=gast.Name(id=copied)),
                (*steps, Assign(targets=(same,), value=gast.Name() as end)),
            ) if same == variable in self.open and self.bindings[same] == 2:
                second = self.second_part(end, steps)
                first = self.first_part(test, copied, above)
                if first is None or second is None:
                    return None
            case _:
                return None
        whole = both(first[0], gast.Or() if opposite else gast.And(), second)
        self.values.add(variable)
        return [*first[1], Assign((variable,), whole, origin=branch.origin)]

    def first_part(
        self, test: str, copied: str, above: list[Statement]
    ) -> tuple[gast.AST, list[Statement]] | None:
        """What a name stands for that is only asked to go on with the test, and what stands above that.

        copied: the name of the test where it doesn't go on.
        """
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

    def second_part(self, end: gast.Name, steps: list[Statement]) -> gast.AST | None:
        """What the statements of a branch compute, as one expression that may be asked."""
        whole: gast.AST = end
        for step in reversed(steps):
            match step:
                case Assign(targets=(target,), value=value) if (
                    self.is_value(target)
                    and self.reads[target] == times_loaded(whole, target) == 1
                    and self.is_plain(value)
                ):
                    whole = renamed(whole, {target: value})
                case _:
                    return None
        return whole if self.is_test(whole) else None

    def is_value(self, target: str) -> bool:
        """Whether a name is assigned once."""
        return self.bindings[target] == 1 or target in self.values

    def is_test(self, value: gast.AST) -> bool:
        """Whether an expression is True or False, whatever comes of its operands, and nothing else."""
        match value:
            case gast.Name(id=n):
                return self.facts.kinds.get(n) == BOOL
            case gast.UnaryOp(op=gast.Not(), operand=operand):
                return self.is_plain(operand)
            case gast.BoolOp(values=values):
                return all(map(self.is_test, values))
            case gast.Compare(left=left, ops=ops, comparators=others):
                by_value = all(isinstance(op, _BY_VALUE) for op in ops)
                return by_value and all(map(self.is_plain, (left, *others)))
        return False

    def is_plain(self, value: gast.AST) -> bool:
        """Whether an expression is a plain number or a text, made of nothing but such and of lengths."""
        match value:
            case gast.Name() | gast.Attribute() | gast.Constant():
                kind = self.facts.atom(value)
                number = isinstance(kind, Number) and kind.scalar and kind.array is False
                return number or (isinstance(kind, Other) and kind.name == "str")
            case gast.BinOp(left=left, op=op, right=right):
                return isinstance(op, _ARITHMETIC) and self.is_plain(left) and self.is_plain(right)
            case gast.UnaryOp(op=gast.USub(), operand=operand):
                return self.is_plain(operand)
            case gast.Call(func=gast.Name(id="len" | "$len"), args=[gast.Name() as of]):
                kind = self.facts.atom(of)
                return isinstance(kind, Sequence) or (
                    isinstance(kind, Number) and kind.array is True
                )
        return self.is_test(value)
