"""Calls that stand for stores, written as what they stand for.

Receives a function after webs, and its facts. Where infer found that a call stands for something
else (`Stands`), gives the function with that in its place: `y = np.exp(x, out=x)` becomes `t =
np.exp(x); x[...] = t; y = x`, and `np.add(x, y, out=c[1:])` becomes `c[1:] = np.add(x, y)`. What
gives several results has as many names: `t = np.modf(x)` becomes `f, w = np.modf(x); t = (f, w)`.
`values[k] += v` on a list of arrays changes the array: it becomes `a = values[k]; a += v`. `H[t] = v` becomes
`a = v[0]; H[t] = a` where v has an axis more than the part, which NumPy takes where it has length 1. `del
values[k]` becomes `values.pop(k)` where values is a list. Other statements stay as they are. What
has become of the function is inferred anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import gast

from s2sgrad.flow import bound, read
from s2sgrad.infer.engine import changes_in_a_list
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Primitive, Repeated, Resolution, Stands
from s2sgrad.infer.wording import part
from s2sgrad.kinds import Number, Sequence
from s2sgrad.program import Assign, Block, Effect, For, Statement, Store, walk
from s2sgrad.renaming import renamed_block
from s2sgrad.rewrite import with_blocks
from s2sgrad.simplify.expressions import call, method, subscript, tuple_of
from s2sgrad.trees import identifiers, loaded, name, renamed
from s2sgrad.webs import IN_PLACE, Webs

__all__ = ["spelled_out"]


def spelled_out(split: Webs, facts: Facts) -> Webs:
    """The function with what its calls stand for; itself where they stand for themselves."""
    statements = list(walk(split.function.body))
    if not any(_is_spelled(s, facts.calls.get(s), facts) for s in statements):
        return split
    work = _StandIns(
        facts,
        _changed_in_lists(statements, facts),
        Counter(n for statement in statements for n in read(statement)),
        {n for n in split.home if split.home[n].startswith("_")},
        {*identifiers(split.function), *split.home},
    )
    body = renamed_block(work.block(split.function.body), _other_names(statements, facts))
    function = replace(split.function, body=body)
    made = frozenset(work.made)
    home = {**split.home, **{new: new for new in made}}
    return replace(split, function=function, home=home, made=split.made | made)


def _other_names(statements: Iterable[Statement], facts: Facts) -> dict[str, str]:
    """The names of calls that stand for a name as it is, and that name, where both are assigned once at most."""
    times = Counter(n for statement in statements for n in bound(statement))
    found: dict[str, str] = {}
    for statement in statements:
        match statement, facts.calls.get(statement):
            case (
                Assign(targets=(target,)),
                Stands(values=(), store=None, result=gast.Name(id=same)),
            ) if times[target] == 1 and times[same] <= 1 and same not in found:
                found[target] = same
    return found


def _is_spelled(statement: Statement, resolution: Resolution | None, facts: Facts) -> bool:
    return (
        isinstance(resolution, Stands | Repeated)
        or _results(statement, resolution) > 1
        or _changes_in_a_list(statement, facts)
        or _deleted(statement, facts) is not None
        or _axes_too_many(statement, facts) > 0
    )


def _axes_too_many(statement: Statement, facts: Facts) -> int:
    """How many axes what is stored has more than the part that it goes into."""
    if not isinstance(statement, Store) or statement.operator is not None:
        return 0
    if not isinstance(facts.atom(statement.base, statement), Number):
        return 0  # an item of a list is as it was given
    value, place = facts.atom(statement.value, statement), facts.stored.get(statement)
    if not isinstance(value, Number) or not isinstance(place, Number):
        return 0
    return 0 if value.ndim is None or place.ndim is None else value.ndim - place.ndim


def _deleted(statement: Statement, facts: Facts) -> gast.Subscript | None:
    """The item of a list that a statement deletes."""
    match statement:
        case Effect(
            node=gast.Delete(
                targets=[gast.Subscript(value=gast.Name() as base, slice=index) as item]
            )
        ) if not isinstance(index, gast.Slice):
            kind = facts.atom(base, statement)
            return item if isinstance(kind, Sequence) and kind.type == "list" else None
    return None


def _changes_in_a_list(statement: Statement, facts: Facts) -> bool:
    return isinstance(statement, Store) and changes_in_a_list(statement, facts.atom(statement.base))


def _changed_in_lists(statements: Iterable[Statement], facts: Facts) -> set[str]:
    """What is computed for `values[k] += v` on lists of arrays."""
    return {
        statement.value.id
        for statement in statements
        if _changes_in_a_list(statement, facts)
        and isinstance(statement, Store)
        and isinstance(statement.value, gast.Name)
    }


def _results(statement: Statement, resolution: Resolution | None) -> int:
    """How many results a primitive gives that one name takes."""
    if not isinstance(statement, Assign) or len(statement.targets) > 1:
        return 1
    return len(resolution.rule.results) if isinstance(resolution, Primitive) else 1


@dataclass(eq=False)
class _StandIns:
    """facts: of the function; reads: how often each name is read; unnamed: names that aren't the user's.

    changed: what is computed in the memory of an array in a list.
    """

    facts: Facts
    changed: set[str]
    reads: Counter[str]
    unnamed: set[str]
    taken: set[str]
    made: list[str] = field(default_factory=list)

    def block(self, block: Block) -> Block:
        out: list[Statement] = []
        for statement in block:
            resolution = self.facts.calls.get(statement)
            if isinstance(statement, Assign) and isinstance(resolution, Stands):
                self.spell(statement, resolution, out)
            elif isinstance(statement, Assign) and isinstance(resolution, Repeated):
                self.repeat(statement, resolution, out)
            elif isinstance(statement, Assign) and _results(statement, resolution) > 1:
                targets = tuple(self.fresh() for _ in range(_results(statement, resolution)))
                display = gast.Tuple(elts=[name(new) for new in targets], ctx=gast.Load())
                out.append(replace(statement, targets=targets))
                out.append(replace(statement, value=display))
            elif isinstance(statement, Assign) and statement.targets[0] in self.changed:
                out.append(self.in_place(statement))
            elif (item := _deleted(statement, self.facts)) is not None:
                taken = method(item.value, "pop", item.slice)
                out.append(Assign((self.fresh(),), taken, origin=statement.origin))
            elif (
                isinstance(statement, Store) and (more := _axes_too_many(statement, self.facts)) > 0
            ):
                self.first_of(statement, more, out)
            elif not _changes_in_a_list(statement, self.facts):
                out.append(with_blocks(statement, self.block))
        same = len(out) == len(block) and all(a is b for a, b in zip(out, block, strict=True))
        return block if same else tuple(out)

    def first_of(self, statement: Store, axes: int, out: list[Statement]) -> None:
        """Write a store of what is in the only place on the first axes of a value."""
        zeros: list[gast.AST] = [gast.Constant(value=0, kind=None) for _ in range(axes)]
        index = tuple_of(zeros) if axes > 1 else zeros[0]
        item = self.fresh()
        out.append(Assign((item,), subscript(statement.value, index), origin=statement.origin))
        out.append(replace(statement, value=name(item)))

    def in_place(self, statement: Assign) -> Assign:
        """The operation of an augmented assignment, in the memory of its first operand."""
        operation = statement.value
        assert isinstance(operation, gast.BinOp)  # noqa: S101
        function = IN_PLACE[type(operation.op).__name__]
        value = gast.Call(func=name(function), args=[operation.left, operation.right], keywords=[])
        return replace(statement, value=value)

    def repeat(self, statement: Assign, meant: Repeated, out: list[Statement]) -> None:
        """Write a loop over the places that a call changes."""
        origin = statement.origin
        new = {part(k).id: name(self.fresh()) for k in range(len(meant.values))}
        for target, value in zip(new.values(), meant.values, strict=True):
            out.append(Assign((target.id,), value, origin=origin))
        index, value = renamed(meant.index, new), renamed(meant.value, new)
        step = self.fresh("k")
        count, place, factor, old, made = (self.fresh() for _ in range(5))
        body = [Assign((place,), subscript(index, name(step)), origin=origin)]
        if meant.each:
            body.append(Assign((factor,), subscript(value, name(step)), origin=origin))
            value = name(factor)
        part_of = subscript(meant.base, name(place))
        changed = gast.BinOp(left=name(old), op=meant.operator, right=value)
        body.append(Assign((old,), part_of, origin=origin))
        body.append(Assign((made,), changed, origin=origin))
        store = Store(meant.base, name(place), name(made), meant.operator, origin=origin)
        out.append(Assign((count,), call("$len", index), origin=origin))
        steps = call("$range", name(count))
        out.append(For(step, steps, (*body, store), origin=origin))

    def spell(self, statement: Assign, meant: Stands, out: list[Statement]) -> None:
        """Write what the call of a statement stands for."""
        new = {part(k).id: name(self.fresh()) for k in range(len(meant.values))}
        values = [renamed(value, new) for value in meant.values]
        *_, last = ["", *(n.id for n in new.values())]
        targets = (last,) if meant.result is not None else statement.targets
        for target, value in zip([*(n.id for n in new.values())][:-1], values, strict=False):
            out.append(Assign((target,), value, origin=statement.origin))
        if values:
            out.append(Assign(targets, values[-1], origin=statement.origin))
        if meant.store is not None:
            base, index, value = (renamed(tree, new) for tree in meant.store)
            unread = not any(self.reads[target] for target in statement.targets)
            if unread and isinstance(base, gast.Name):
                base, index = self.place(base, index, [*values, value], out)
            out.append(Store(base, index, value, origin=statement.origin))
            if not unread and meant.result is not None:
                out.append(Assign(statement.targets, meant.result, origin=statement.origin))
        elif meant.result is not None:
            out.append(Assign(statement.targets, meant.result, origin=statement.origin))

    def place(
        self, base: gast.Name, index: gast.AST, values: list[gast.AST], out: list[Statement]
    ) -> tuple[gast.AST, gast.AST]:
        """The part that is written: `c[1:]` instead of the whole of a view that was just taken."""
        whole = isinstance(index, gast.Constant) and index.value is Ellipsis
        if not whole or base.id not in self.unnamed or self.reads[base.id] != 1:
            return base, index
        for position in reversed(range(len(out))):
            taken = out[position]
            if base.id not in bound(taken):
                continue
            match taken:
                case Assign(value=gast.Subscript(value=gast.Name() as array, slice=inner)) if (
                    self.is_view(array, inner)
                    and not any(
                        n in bound(later)
                        for later in out[position + 1 :]
                        for n in (array.id, *loaded(inner))
                    )
                ):
                    if not any(base.id in loaded(value) for value in values):
                        del out[position]
                    return array, inner
            break
        return base, index

    def is_view(self, array: gast.Name, index: gast.AST) -> bool:
        """Whether a part of an array is certainly a view, and no element."""
        kind = self.facts.kinds.get(array.id)
        return (
            isinstance(kind, Number)
            and kind.array is True
            and self.facts.plain_index(index)
            and self.facts.item_is_scalar(array.id, index) is False
        )

    def fresh(self, wanted: str = "_w1") -> str:
        new, count = wanted, 1
        while new in self.taken:
            count += 1
            new = f"{wanted.rstrip('1')}{count}"
        self.taken.add(new)
        self.made.append(new)
        return new
