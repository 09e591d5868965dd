"""One name, one value: names are split by which assignment reaches which read.

Receives a normalised function. Gives the same function in which every name is either

- a *value*: assigned by exactly one statement, and read only where that assignment came before in
  the same trip of every loop around it, or behind a loop whose last trip has left it; or
- a *variable*: assigned by copies only (`x = x_2`, or a parallel copy), at every place that may
  reach one of its reads. What a loop carries and what two branches assign are variables.

So a primitive never overwrites anything, and only copies do: what the backward half has to restore
is decided over variables alone. A plain copy of a value (`y = x`) disappears: both names are that
value. Tuples that are only taken apart go first (`apart.py`). Which of the user's names each new
name stands for is kept in `home`; printing gives it back where lifetimes allow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import gast

from s2sgrad.apart import taken_apart
from s2sgrad.headers import iterated, read_by_number
from s2sgrad.lowered_copies import with_lowered_copies
from s2sgrad.program import (
    Assign,
    Block,
    Effect,
    For,
    Function,
    Header,
    If,
    Return,
    Statement,
    Store,
    Update,
    While,
    walk,
)
from s2sgrad.reaching import UNBOUND, Reaching, left_by_loops, targets_of
from s2sgrad.rewrite import altered
from s2sgrad.trees import identifiers, loaded, renamed
from s2sgrad.trees import name as load

__all__ = ["Webs", "webs"]


@dataclass(frozen=True, eq=False)
class Webs:
    """The renamed function.

    home: new name → the user's; variables: the names that copies overwrite; made: those that no
    normal form has, of what calls were found to stand for. left: the values that are read behind a loop around
    their assignment → their names before; captured: those that functions inside read → their names before; again:
    makes it anew, with variables for some of these.
    """

    function: Function
    home: dict[str, str]
    variables: frozenset[str]
    made: frozenset[str] = frozenset()
    left: Mapping[str, str] = field(default_factory=dict)
    captured: Mapping[str, str] = field(default_factory=dict)
    again: Callable[[frozenset[str]], Webs] | None = None


def webs(function: Function, *, returned: int = 0) -> Webs:
    """Split the names of a normalised function into values and variables.

    returned: how many items the tuples have that it returns, if each item is to get a name, as those of tuples do that
    are only taken apart.
    """
    reaching = Reaching(function)
    reaching.run()
    apart, items = taken_apart(function, reaching, returned=returned)
    if apart is not function:
        reaching = Reaching(apart)
        reaching.run()

    left = left_by_loops(apart, reaching)

    def made(carried: frozenset[str]) -> Webs:
        found = _Renaming(apart, reaching, items, left, carried).run()
        return replace(found, again=lambda more: made(carried | more))

    return made(frozenset())


class _Renaming:
    """Rewrites the function once it is known which assignments each read may see."""

    def __init__(
        self,
        function: Function,
        reaching: Reaching,
        items: dict[str, str],
        left: frozenset[tuple[Statement, str]],
        carried: frozenset[str],
    ) -> None:
        self.function = function
        self.reaching = reaching
        self.items = items
        self.home: dict[str, str] = {}
        self.given = frozenset(parameter.name for parameter in function.parameters)
        self.taken = set(identifiers(function))
        self.variable: dict[int, str] = {}
        self.value: dict[int, gast.AST] = {}
        self.direct: set[int] = set()
        self.late: list[Statement] | None = None
        self.owner = {number: name for (_, name), number in reaching.definitions.items()}
        self.stored = {name for s in walk(function.body) for name in _written_into(s)}
        self.carried = {use for use in left | reaching.captures if use[1] in carried}
        self.left = left - self.carried

    def run(self) -> Webs:
        for parameter in self.function.parameters:
            self.home[parameter.name] = parameter.name
        self.group()
        entry = []
        for parameter in self.function.parameters:
            number = self.reaching.definitions[None, parameter.name]
            self.value[number] = load(parameter.name)
            if number in self.variable:
                entry.append(Assign((self.variable[number],), load(parameter.name)))
        variables = frozenset(self.variable.values())
        body = with_lowered_copies((*entry, *self.block(self.function.body)), variables)
        left = self.values(self.left)
        captured = self.values(self.reaching.captures - self.carried)
        function = replace(self.function, body=body)
        return Webs(function, self.home, variables, left=left, captured=captured)

    def values(self, uses: Iterable[tuple[Statement, str]]) -> dict[str, str]:
        """The values that are read there, and their names before."""
        found: dict[str, str] = {}
        for use in uses:
            numbers = self.reaching.uses[use]
            if len(numbers) == 1 and UNBOUND not in numbers:
                (number,) = numbers
                found.update(dict.fromkeys(loaded(self.value[number]), use[1]))
        return found

    def group(self) -> None:
        """Assignments that meet at a read share a variable."""
        parent = list(range(len(self.owner)))

        def find(number: int) -> int:
            while parent[number] != number:
                parent[number] = parent[parent[number]]
                number = parent[number]
            return number

        met = set()
        for use, numbers in self.reaching.uses.items():
            if len(numbers) == 1 and use not in self.carried:
                self.direct |= numbers
                continue
            first, *others = sorted(numbers - {UNBOUND})
            met.add(first)
            for other in others:
                met.add(other)
                parent[find(other)] = find(first)
        names: dict[int, str] = {}
        for number in sorted(met):
            root = find(number)
            if root not in names:
                names[root] = self.fresh(self.owner[number])
            self.variable[number] = names[root]

    def fresh(self, name: str) -> str:
        new = name
        if new in self.home:
            count = 1
            while (new := f"{name}_{count}") in self.taken:
                count += 1
        self.taken.add(new)
        self.home[new] = self.items.get(name, name)
        return new

    def rename(
        self, statement: Statement, tree: gast.AST, names: Iterable[str] | None = None
    ) -> gast.AST:
        new = {}
        for name in loaded(tree) if names is None else names:
            numbers = self.reaching.uses.get((statement, name))
            if numbers is not None:
                carried = (statement, name) in self.carried
                new[name] = self.seen(name, numbers, carried=carried)
        return renamed(tree, new)

    def seen(self, name: str, numbers: frozenset[int], *, carried: bool) -> gast.AST:
        if len(numbers) == 1 and not carried:
            (number,) = numbers
            if number in self.variable and name in self.stored:
                return load(self.variable[number])  # so that memory is written under one name
            return load(name) if number == UNBOUND else self.value[number]
        return load(self.variable[min(numbers - {UNBOUND})])

    def block(self, block: Block) -> Block:
        out: list[Statement] = []
        for statement in block:
            self.statement(statement, out)
        return tuple(out)

    def statement(self, statement: Statement, out: list[Statement]) -> None:
        match statement:
            case Assign(targets=targets, value=gast.Tuple(elts=atoms)) if len(targets) > 1:
                self.parallel(statement, [self.rename(statement, atom) for atom in atoms], out)
            case Assign(targets=(_,), value=gast.Name() | gast.Constant()):
                self.parallel(statement, [self.rename(statement, statement.value)], out)
            case Assign(targets=targets, value=gast.FunctionDef() | gast.Lambda() as value):
                new = self.define(statement, targets)  # which its body may read
                value = self.rename(statement, value)
                out.append(altered(statement, targets=new, value=value))
                self.copies(statement, targets, out)
            case Assign(value=value):
                value = self.rename(statement, value)
                new = self.define(statement, statement.targets)
                out.append(altered(statement, targets=new, value=value))
                self.copies(statement, statement.targets, out)
            case Update(target=target, operator=operator, value=value):
                old = self.rename(statement, load(target))
                value = self.rename(statement, value)
                made = self.define(statement, (target,))
                in_place = gast.Call(
                    func=load(IN_PLACE[type(operator).__name__]), args=[old, value], keywords=[]
                )
                out.append(Assign(made, in_place, origin=statement.origin))
                self.copies(statement, (target,), out)
            case Store(base=base, index=index, value=value):
                if not isinstance(index, str):
                    index = self.rename(statement, index)
                base, value = self.rename(statement, base), self.rename(statement, value)
                out.append(altered(statement, base=base, index=index, value=value))
            case Effect(node=gast.Delete(targets=targets)):
                kept = [self.rename(statement, t) for t in targets if not isinstance(t, gast.Name)]
                if kept:
                    out.append(altered(statement, node=gast.Delete(targets=kept)))
            case Effect(node=node):
                out.append(altered(statement, node=self.rename(statement, node)))
            case If(test=test, body=body, orelse=orelse):
                test = self.rename(statement, test)
                out.append(
                    altered(statement, test=test, body=self.block(body), orelse=self.block(orelse))
                )
            case For():
                self.for_loop(statement, out)
            case While(head=head, test=test, body=body):
                head = self.block(head)
                out.append(
                    altered(
                        statement,
                        head=head,
                        test=self.rename(statement, test),
                        body=self.block(body),
                    )
                )
            case Return(value=value):
                out.append(
                    altered(
                        statement, value=None if value is None else self.rename(statement, value)
                    )
                )
            case _:
                out.append(statement)

    def for_loop(self, loop: For, out: list[Statement]) -> None:
        """A loop; what its header covers are values, variables are assigned behind it."""
        iterable = self.rename(loop, loop.iterable)
        index = self.value[self.reaching.definition(loop, loop.target)] = load(
            self.fresh(_name_of_index(loop))
        )
        copies: list[Statement] = []
        self.copies(loop, (loop.target,), copies)
        if loop.header is None:
            body = (*copies, *self.block(loop.body))
            out.append(replace(loop, target=index.id, iterable=iterable, body=body))
            return
        count = loop.header.bindings
        self.late = copies
        covered = self.block(loop.body[:count])
        self.late = None
        held = {loop.target: index}
        for statement in loop.body[:count]:
            for name in targets_of(statement):
                held[name] = self.value[self.reaching.definition(statement, name)]
        target = _renamed_target(loop.header.target, held)
        header = None
        if target is not None:
            written = self.rename(loop, loop.header.iterable)
            header = replace(loop.header, target=target, iterable=written, bindings=len(covered))
        else:
            bases = [self.rename(loop, base) for base in iterated(loop.header.iterable)]
            covered = tuple(read_by_number(each, bases) for each in covered)
        body = (*covered, *copies, *self.block(loop.body[count:]))
        out.append(replace(loop, target=index.id, iterable=iterable, body=body, header=header))

    def define(self, statement: Statement, targets: tuple[str, ...]) -> tuple[str, ...]:
        """Fresh values for what a statement assigns."""
        names = []
        for target in targets:
            name = self.fresh(target)
            self.value[self.reaching.definition(statement, target)] = load(name)
            names.append(name)
        return tuple(names)

    def copies(self, statement: Statement, targets: tuple[str, ...], out: list[Statement]) -> None:
        """Copy the new values into the variables that they reach."""
        pairs = {}
        for target in targets:
            number = self.reaching.definition(statement, target)
            if number in self.variable:
                pairs[self.variable[number]] = self.value[number]
        _append_copy(pairs, statement, out if self.late is None else self.late)

    def parallel(self, statement: Assign, atoms: list[gast.AST], out: list[Statement]) -> None:
        """Plain copies: a value keeps its name, what a variable holds is kept where it is read."""
        pairs = {}
        variables = set(self.variable.values())
        for target, atom in zip(statement.targets, atoms, strict=True):
            number = self.reaching.definition(statement, target)
            keeps = (
                isinstance(atom, gast.Name)
                and atom.id in self.home
                and atom.id not in variables
                and target not in self.reaching.captured
            )
            self.value[number] = atom
            named = keeps and target in self.items and atom.id not in self.given
            if named and self.home[atom.id].startswith("_"):
                self.home[atom.id] = self.items[target]
            if not keeps and (number in self.direct or number not in self.variable):
                name = self.fresh(target)
                out.append(Assign((name,), atom, origin=statement.origin))
                self.value[number] = load(name)
            if number in self.variable:
                pairs[self.variable[number]] = atom
        _append_copy(pairs, statement, out if self.late is None else self.late)


IN_PLACE = {
    "Add": "$operator.iadd",
    "Sub": "$operator.isub",
    "Mult": "$operator.imul",
    "Div": "$operator.itruediv",
    "Pow": "$operator.ipow",
    "MatMult": "$operator.imatmul",
    "FloorDiv": "$operator.ifloordiv",
    "Mod": "$operator.imod",
    "LShift": "$operator.ilshift",
    "RShift": "$operator.irshift",
    "BitAnd": "$operator.iand",
    "BitOr": "$operator.ior",
    "BitXor": "$operator.ixor",
}
"""An Update becomes a call of this name: what it does is decided by infer, over the kinds."""


def _append_copy(pairs: dict[str, gast.AST], statement: Statement, out: list[Statement]) -> None:
    pairs = {
        new: old for new, old in pairs.items() if not (isinstance(old, gast.Name) and old.id == new)
    }
    if len(pairs) == 1:
        ((name, value),) = pairs.items()
        out.append(Assign((name,), value, origin=statement.origin))
    elif pairs:
        value = gast.Tuple(elts=list(pairs.values()), ctx=gast.Load())
        out.append(Assign(tuple(pairs), value, origin=statement.origin))


def _written_into(statement: Statement) -> tuple[str, ...]:
    """The names whose memory a statement certainly writes, or whose list it changes."""
    match statement:
        case Store(base=gast.Name(id=name)):
            return (name,)
        case Effect(node=gast.Delete(targets=targets)):
            return tuple(n for t in targets for n in loaded(t)[:1])
        case Assign(
            value=gast.Call(
                func=gast.Attribute(
                    value=gast.Name(id=name),
                    attr="append"
                    | "pop"
                    | "extend"
                    | "insert"
                    | "reverse"
                    | "fill"
                    | "sort"
                    | "put",
                )
            )
        ):
            return (name,)
        case Assign(value=gast.Call(keywords=keywords)):
            given = [keyword.value for keyword in keywords if keyword.arg == "out"]
            return tuple(out.id for out in given if isinstance(out, gast.Name))
    return ()


def _name_of_index(loop: For) -> str:
    """After what the index of a loop is named: `for i in range(n)` has i, also where i changes."""
    match loop:
        case For(
            target=index,
            header=Header(target=gast.Name(id=name), bindings=1),
            body=(Assign(targets=(bound,), value=gast.Name(id=value)), *_),
        ) if bound == name and value == index:
            return str(name)
    return loop.target


def _renamed_target(target: gast.AST, held: dict[str, gast.AST]) -> gast.AST | None:
    """A loop's target with the names of values; None where it can't be written with them."""
    names: list[str] = []

    def new(part: gast.AST) -> gast.AST:
        match part:
            case gast.Name(id=name):
                value = held.get(name)
                names.append(value.id if isinstance(value, gast.Name) else "")
                return gast.Name(id=names[-1], ctx=gast.Store(), annotation=None, type_comment=None)
            case gast.Tuple(elts=parts) | gast.List(elts=parts):
                return type(part)(elts=[new(inner) for inner in parts], ctx=gast.Store())
        names.append("")
        return part

    written = new(target)
    return written if "" not in names and len(set(names)) == len(names) else None
