"""Values that are used once are put back where they are used, as the user had written them.

What the user named stays; what a pass or a nested expression named goes, where that repeats no work. A value is
moved only past statements that write nothing that it reads, and never into a loop.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import gast

from s2sgrad.program import (
    Accumulate,
    Assign,
    Block,
    Clear,
    Effect,
    Return,
    Save,
    Statement,
    Store,
    Update,
    While,
    trees_of,
)
from s2sgrad.renaming import renamed_block
from s2sgrad.rewrite import as_block, with_blocks
from s2sgrad.simplify.expressions import binary, count, number_of, substitute
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.order import Order, Spot, memory_written
from s2sgrad.simplify.statements import with_reads
from s2sgrad.trees import calls_inside, loaded, nodes, times_loaded
from s2sgrad.trees import name as load

__all__ = ["inlined", "last_returned"]

_CHEAP = 7
"""The most nodes of an expression of scalars that is written twice."""
_LONGEST = 60
"""The most nodes of an expression that is put into another."""


def inlined(block: Block, known: Knowledge) -> Block:
    """The block with values put back into the expressions that use them."""
    found = known.order(block)
    reads = {name: [*spots] for name, spots in found.reads.items()}
    own = replace(found, reads=reads, touched=dict(found.touched))
    return _Inlining(known, own).block(block)


@dataclass(eq=False)
class _Inlining:
    """The walk; order: with the reads and the writes that come about by putting values back."""

    known: Knowledge
    order: Order
    replaced: dict[Statement, dict[str, gast.AST]] = field(default_factory=dict)
    tests: dict[Statement, dict[str, gast.AST]] = field(default_factory=dict)
    gone: set[Statement] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)

    def block(self, block: Block) -> Block:
        for statement in self.order.spots:
            if isinstance(statement, Assign) and len(statement.targets) == 1:
                self.consider(statement)
        block = self.rebuilt(block)
        return renamed_block(block, self.titles) if self.titles else block

    # ---- deciding -----------------------------------------------------------------------------------

    def consider(self, statement: Assign) -> None:
        """Put a value back, if that may be done at each of its uses."""
        (target,) = statement.targets
        mine = self.known.temporary(target)
        mine = mine or (target in self.known.named and self.known.scalar(target))
        derivative = self.known.derivative(target)
        if not mine and not derivative:
            return
        values = self.replaced.get(statement)
        value = substitute(statement.value, values) if values else statement.value
        copy = isinstance(value, gast.Name) or number_of(value) is not None
        if isinstance(value, gast.FunctionDef) or target in self.known.parameters:
            return
        if not mine and not (copy and derivative):
            return
        if not self.known.pure(statement) or self.known.writes(statement):
            return
        spot = self.order.spots[statement]
        uses = self.order.owned_reads(target, spot)
        if not uses:
            return
        if not copy and not self.worth(value, target, uses):
            return
        if target in self.known.shared and not copy and any(map(_keeps, uses)):
            return
        if all(self.movable(value, target, spot, use, copy=copy) for use in uses):
            for use in uses:
                table = self.tests if use.test else self.replaced
                table.setdefault(use.statement, {})[target] = value
                for name in loaded(value):
                    insort(self.order.reads.setdefault(name, []), use, key=lambda s: s.number)
            if self.known.written_by_user(statement.value) and value is not statement.value:
                self.known.adopt(value)
            self.gone.add(statement)
            if copy and isinstance(value, gast.Name):
                self.touch(value.id, target)
                self.title(value.id, target)

    def touch(self, source: str, target: str) -> None:
        """Note that what wrote into the memory of a copy writes into that of its source: it has its name now."""
        touched = self.order.touched
        for name in (source, *self.known.aliases(source)) if target in touched else ():
            touched[name] = sorted({*touched.get(name, ()), *touched[target]})

    def title(self, source: str, target: str) -> None:
        """Call a derivative that has no name of the user's what its only copy was called: `d_A` for `d_num`."""
        known = self.known
        bindings = [*self.order.binds.get(source, ()), *self.order.binds.get(target, ())]
        plain = all(isinstance(spot.statement, Assign) for spot in bindings)
        fixed = {*known.parameters, *known.shared, *known.roots, *self.titles}
        if (
            plain
            and len(bindings) == 2
            and known.derivative(source)
            and known.derivative(target)
            and known.temporary(source)
            and not known.temporary(target)
            and known.kind(source) == known.kind(target)
            and fixed.isdisjoint((source, target))
            and target not in self.titles.values()
        ):
            self.titles[source] = target

    def worth(self, value: gast.AST, target: str, uses: list[Spot]) -> bool:
        """Whether writing the value at its uses repeats no work, or little."""
        if sum(self.occurrences(use, target) for use in uses) == 1:
            return count(value, _LONGEST) <= _LONGEST
        if target in self.known.named:
            return False
        if self.known.derivative(target):
            return isinstance(value, gast.UnaryOp) and isinstance(value.operand, gast.Name)
        return self.cheap(value)

    def occurrences(self, use: Spot, target: str) -> int:
        """How often a statement reads a name."""
        statement = use.statement
        if use.test:
            assert isinstance(statement, While)  # noqa: S101
            return times_loaded(statement.test, target)
        times = 0
        for value in vars(statement).values():
            for part in value if value.__class__ is tuple else (value,):
                if isinstance(part, gast.AST):
                    times += times_loaded(part, target)
        return times

    def cheap(self, value: gast.AST) -> bool:
        """Whether computing a value twice costs next to nothing: an element, a view, a little arithmetic."""
        match value:
            case gast.Name():
                return True
            case gast.Tuple():
                return _literal(value)
            case gast.Subscript(value=gast.Name(), slice=index):
                return count(index, _CHEAP) <= _CHEAP and all(
                    self.known.scalar(n) for n in loaded(index)
                )
            case gast.Attribute(value=gast.Name(), attr="T" | "shape" | "size" | "ndim"):
                return True
            case gast.Subscript(value=gast.Attribute(value=gast.Name(), attr="shape"), slice=index):
                return number_of(index) is not None
            case gast.Call(
                func=gast.Name(id="len" | "min" | "max" | "$len" | "$min"), args=args, keywords=[]
            ):
                most = 2 * _CHEAP
                return count(value, most) <= most and all(map(self.cheap_length, args))
        if count(value, _CHEAP) > _CHEAP:
            return False
        return self.cheap_scalar(value)

    def cheap_scalar(self, node: gast.AST) -> bool:
        """Whether a value is made of scalars and constants by arithmetic."""
        match node:
            case gast.Name(id=name):
                return self.known.scalar(name)
            case gast.Attribute(value=gast.Name(id=module)):
                return module not in self.known.home and isinstance(
                    self.known.function_of(node), float
                )
            case gast.Constant():
                return True
            case gast.BinOp(left=left, right=right) | gast.Compare(left=left, comparators=[right]):
                return self.cheap_scalar(left) and self.cheap_scalar(right)
            case gast.UnaryOp(operand=operand):
                return self.cheap_scalar(operand)
        return False

    def cheap_length(self, value: gast.AST) -> bool:
        """Whether a value is an integer, a name, or the length of something that has a name."""
        match value:
            case gast.Name() | gast.Constant():
                return True
            case gast.Call(func=gast.Name(id="len" | "$len"), args=[gast.Name()]):
                return True
        return _literal(value)

    def movable(self, value: gast.AST, target: str, spot: Spot, use: Spot, *, copy: bool) -> bool:
        """Whether a value can be computed at a use as well."""
        statement = use.statement
        if use.loops != spot.loops and not _literal(value):
            return False
        if isinstance(statement, Save) and not copy:
            return False
        if not copy and _asks_which(statement, target):
            return False
        if isinstance(statement, Effect) and not self.known.written_by_user(value) and not copy:
            return False
        written = memory_written(statement, self.known.writes)
        if target in written and (
            not isinstance(value, gast.Name) or isinstance(statement, Accumulate | Clear | Update)
        ):
            return False
        if isinstance(value, gast.Lambda | gast.JoinedStr) and not isinstance(
            statement, Assign | Effect
        ):
            return False
        if isinstance(value, gast.Lambda) and self.acts(statement, target):
            return False
        view = self.is_view(value)
        for name in loaded(value):
            if self.order.bound_between(name, spot.number, use.number):
                return False
            if (
                not view
                and not self.known.scalar(name)
                and self.order.touched_between(name, spot.number, use.number)
            ):
                return False
        return True

    def acts(self, statement: Statement, function: str) -> bool:
        """Whether a statement calls a function for more than its result, which is known by the function's name."""
        calls = calls_inside(statement.value) if isinstance(statement, Assign) else ()
        called = any(isinstance(c.func, gast.Name) and c.func.id == function for c in calls)
        return called and (bool(self.known.writes(statement)) or not self.known.pure(statement))

    def is_view(self, value: gast.AST) -> bool:
        """Whether a value is certainly a view: it shows at each time what the memory holds then."""
        match value:
            case gast.Name():
                return True
            case gast.Attribute(value=gast.Name(), attr="T"):
                return True
            case gast.Subscript(value=gast.Name() as base, slice=index):
                parts = index.elts if isinstance(index, gast.Tuple) else [index]
                if not all(isinstance(p, gast.Slice) or self.known.scalar_index(p) for p in parts):
                    return False
                shapes = self.known.shapes()
                return shapes.array(value) and shapes.array(base)
        return False

    # ---- rebuilding -----------------------------------------------------------------------------------

    def rebuilt(self, block: Block) -> Block:
        out: list[Statement] = []
        for statement in block:
            if statement in self.gone:
                continue
            new = with_blocks(statement, self.rebuilt)
            values = self.replaced.get(statement)
            if values and isinstance(new, While):
                values = None
            if statement in self.tests:
                assert isinstance(new, While)  # noqa: S101
                new = _with_test(new, substitute(new.test, self.tests[statement]))
            if values:
                new = self.changed(statement, new, values)
            out.append(new)
        return as_block(out, block)

    def changed(self, old: Statement, new: Statement, values: dict[str, gast.AST]) -> Statement:
        """A statement with values put in; what was the user's stays the user's."""
        result = with_reads(new, values)
        for field_name in ("value", "test", "index", "iterable"):
            before, after = getattr(old, field_name, None), getattr(result, field_name, None)
            if isinstance(before, gast.AST) and isinstance(after, gast.AST) and after is not before:
                inside = all(self.known.written_by_user(v) for v in values.values())
                if self.known.written_by_user(before) and inside:
                    self.known.adopt(after)
        return result


def _literal(value: gast.AST) -> bool:
    """Whether a value is a number, or a short tuple of them: as good inside a loop as outside."""
    if isinstance(value, gast.Tuple):
        return len(value.elts) < _CHEAP and all(
            isinstance(item, gast.Constant) or number_of(item) is not None for item in value.elts
        )
    return number_of(value) is not None


def _asks_which(statement: Statement, name: str) -> bool:
    """Whether a statement asks whether what a name stands for is one and the same as something."""
    compared = (
        n for tree in trees_of(statement) for n in nodes(tree) if isinstance(n, gast.Compare)
    )
    return any(
        isinstance(operand, gast.Name) and operand.id == name
        for node in compared
        if any(isinstance(op, gast.Is | gast.IsNot) for op in node.ops)
        for operand in (node.left, *node.comparators)
    )


def _with_test(loop: While, test: gast.AST) -> While:
    return While(loop.head, test, loop.body, origin=loop.origin)


def _keeps(use: Spot) -> bool:
    """Whether a statement puts what it reads into a list or a tuple, where it is written into later."""
    match use.statement:
        case Assign(value=gast.List() | gast.Tuple()):
            return True
        case Assign(value=gast.Call(func=gast.Attribute(attr="append"))):
            return True
    return isinstance(use.statement, Store)


def last_returned(block: Block, number: Callable[[str], bool] = lambda _: False) -> Block:
    """`d_x = e; return d_x` as `return e`, and `d_x += e; return d_x` as `return d_x + e`.

    number: whether a name certainly holds a number; to an array is added in place.
    """
    match block:
        case [*before, last, Return(value=gast.Name(id=result))]:
            match last:
                case Assign(targets=(target,), value=value) if target == result:
                    return (*before, Return(value, origin=last.origin))
                case Update(target=target, operator=operator, value=value) if (
                    target == result and number(target)
                ):
                    total = binary(load(target), operator, value)
                    return (*before, Return(total, origin=last.origin))
    return block
