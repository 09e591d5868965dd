"""`collections.deque`, written as a list.

Receives a function's tree, and gives one with lists in the place of the deques that nobody can tell from lists: those
that are made here, have one name, and are asked only for what lists give as well. One that has a largest length loses
its first item where it has got too long:

    recent = deque(maxlen=n)         recent = []
    recent.append(v)                 recent.append(v)
                                     if len(recent) > n:
                                         recent.pop(0)
"""

from __future__ import annotations

import builtins
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import gast

from s2sgrad.names import claimed
from s2sgrad.normalize.nodes import at, call, constant, load, own_scope, store
from s2sgrad.source import resolve_outside
from s2sgrad.trees import names_bound_in, nodes, of_kind, with_fields

__all__ = ["builtin", "given", "like_a_list", "queued", "stored"]

_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
_READING = (len, sum, list, tuple, max, min, sorted, enumerate, zip, reversed, any, all)
_ANYWHERE = frozenset({"pop", "popleft", "count", "index"})
_OF_ANY_LENGTH = frozenset({"appendleft", "append", "extend", "clear", "reverse", "insert"})


def queued(tree: gast.FunctionDef, namespace: Mapping[str, object]) -> gast.FunctionDef:
    """The function with lists in the place of deques; the same tree where it has none."""
    bound = {n for s in tree.body for n in names_bound_in(s)}
    bound |= _parameters(tree)

    def resolved(node: gast.AST) -> object:
        return resolve_outside(node, bound, namespace)

    if not any(resolved(call.func) is deque for call in of_kind(tree, gast.Call)):
        return tree
    lists = {
        name: most
        for name, most in _made(tree, resolved).items()
        if _is_list(name, most, tree, resolved)
    }
    if not lists:
        return tree
    work = _Queues(lists, resolved)
    taken = {n.id for n in nodes(tree) if isinstance(n, gast.Name)} | bound
    for name, most in lists.items():
        if most is not None and not _is_steady(most, tree):
            lists[name] = load(claimed(f"{name}_maxlen", taken))
            work.lengths[name] = most
    return with_fields(tree, {"body": work.block(tree.body)})


def _made(
    tree: gast.FunctionDef, resolved: Callable[[gast.AST], object]
) -> dict[str, gast.AST | None]:
    """The names that are given nothing but deques of one largest length, and that; None: of any length."""
    found: dict[str, list[gast.Call]] = {}
    for node in own_scope(tree.body):
        name, value = given(node)
        if isinstance(value, gast.Call) and resolved(value.func) is deque:
            found.setdefault(name, []).append(value)
    times = Counter(stored(tree, augmented=False))
    always = {given(statement)[0] for statement in tree.body}
    out: dict[str, gast.AST | None] = {}
    for name, made in found.items():
        most = _largest(made[0])
        same = len({each and gast.dump(each) for each in map(_largest, made)}) == 1
        once = len(made) == 1 and name in always
        known = most is None or once or _is_steady(most, tree)
        fits = all(_length_is_known(each, most) for each in made)
        if times[name] == len(made) and same and known and fits:
            out[name] = most
    return out


def builtin(name: str, resolved: Callable[[gast.AST], object]) -> str:
    """How a builtin is called whatever its name means in a function."""
    return name if resolved(load(name)) is getattr(builtins, name) else f"${name}"


def given(node: gast.AST) -> tuple[str, gast.AST | None]:
    """The name that a statement gives a value, and the value."""
    match node:
        case gast.Assign(targets=[gast.Name(id=name)], value=value):
            return name, value
        case gast.AnnAssign(target=gast.Name(id=name), value=value):
            return name, value
    return "", None


def _is_steady(most: gast.AST, tree: gast.FunctionDef) -> bool:
    """Whether a length is a constant, or a parameter that is given no other value."""
    if isinstance(most, gast.Constant):
        return type(most.value) is int
    changed = {*stored(tree, augmented=True)}
    return isinstance(most, gast.Name) and most.id in _parameters(tree) - changed


def _parameters(tree: gast.FunctionDef) -> set[str]:
    own = (n for n in nodes(tree.args) if isinstance(n, gast.Name))
    return {n.id for n in own if isinstance(n.ctx, gast.Param)}


def stored(tree: gast.FunctionDef, *, augmented: bool) -> Iterator[str]:
    """The names that the statements of a function give values, as often as they do; augmented: also by `+=`."""
    updated = {id(n.target) for n in nodes(tree) if isinstance(n, gast.AugAssign)}
    for part in (n for s in tree.body for n in nodes(s)):
        if isinstance(part, gast.Name) and isinstance(part.ctx, gast.Store | gast.Del):
            if augmented or id(part) not in updated:
                yield part.id
        elif isinstance(part, gast.FunctionDef | gast.ClassDef):
            yield part.name
        elif isinstance(part, gast.Nonlocal):
            yield from part.names


def _largest(made: gast.Call) -> gast.AST | None:
    """The largest length that a deque may have, None if there is none."""
    given = made.args[1:2] or [k.value for k in made.keywords if k.arg == "maxlen"]
    none = not given or (isinstance(given[0], gast.Constant) and given[0].value is None)
    return None if none else given[0]


def _length_is_known(made: gast.Call, most: gast.AST | None) -> bool:
    """Whether what a deque is begun with is no longer than it may be."""
    odd = any(isinstance(a, gast.Starred) for a in made.args) or any(
        k.arg != "maxlen" for k in made.keywords
    )
    if odd or len(made.args) > 2:
        return False
    if most is None or not made.args:
        return True
    match made.args[0]:
        case gast.List(elts=[]) | gast.Tuple(elts=[]):
            return True
        case gast.BinOp(left=gast.List(elts=[one]), op=gast.Mult(), right=times):
            return not isinstance(one, gast.Starred) and gast.dump(times) == gast.dump(most)
        case gast.List(elts=elts) | gast.Tuple(elts=elts):
            starred = any(isinstance(e, gast.Starred) for e in elts)
            known = isinstance(most, gast.Constant) and len(elts) <= most.value
            return known and not starred
    return False


def _is_list(
    name: str,
    most: gast.AST | None,
    tree: gast.FunctionDef,
    resolved: Callable[[gast.AST], object],
) -> bool:
    """Whether a deque is only asked for what a list would give as well."""
    uses = [n for n in nodes(tree) if isinstance(n, gast.Name) and n.id == name]
    own = {id(n) for n in own_scope(tree.body)}
    fine = {id(use) for use in like_a_list(most, tree, resolved)}
    return all(id(use) in own and id(use) in fine for use in uses)


def like_a_list(
    most: gast.AST | None,
    tree: gast.FunctionDef,
    resolved: Callable[[gast.AST], object],
) -> Iterator[gast.AST]:
    """The places where a deque is used like a list."""
    for node in own_scope(tree.body):
        match node:
            case gast.Assign(targets=[gast.Name() as target]) | gast.AnnAssign(target=target):
                yield target
            case gast.Assign(targets=[gast.Tuple() | gast.List()], value=value):
                yield value
            case gast.AugAssign(target=target, op=gast.Add()) if most is None:
                yield target
            case gast.Expr(
                value=gast.Call(
                    func=gast.Attribute(value=base, attr=("append" | "appendleft")), args=[_]
                )
            ):
                yield base
            case gast.Call(func=gast.Attribute(value=base, attr=attr), keywords=[]) if (
                attr in _ANYWHERE or (most is None and attr in _OF_ANY_LENGTH)
            ):
                yield base
            case gast.Call(func=func, args=args, keywords=keywords):
                known = resolved(func)
                module = (getattr(known, "__module__", None) or "").partition(".")[0]
                if (
                    known is deque
                    or module in {"numpy", "math"}
                    or any(known is f for f in _READING)
                ):
                    yield from args
                    yield from (k.value for k in keywords)
            case gast.Subscript(value=base, slice=index) if not isinstance(index, gast.Slice):
                yield base
            case gast.For(iter=iterable) | gast.comprehension(iter=iterable):
                yield iterable
            case gast.Starred(value=value):
                yield value
            case gast.Compare(ops=[gast.In() | gast.NotIn()], comparators=[container]):
                yield container
            case gast.If(test=test) | gast.While(test=test) | gast.IfExp(test=test):
                yield from _asked(test)
            case gast.UnaryOp(op=gast.Not(), operand=test) | gast.Assert(test=test):
                yield from _asked(test)


def _asked(test: gast.AST) -> Iterator[gast.AST]:
    """The expressions of which a test only asks whether they are true."""
    yield test
    if isinstance(test, gast.BoolOp):
        for value in test.values:
            yield from _asked(value)


@dataclass(eq=False)
class _Queues:
    """Writes statements with lists.

    lists: the names of deques, and how long each may be. lengths: what has to be computed for that.
    """

    lists: Mapping[str, gast.AST | None]
    resolved: Callable[[gast.AST], object]
    lengths: dict[str, gast.AST] = field(default_factory=dict)

    def block(self, statements: list[gast.AST]) -> list[gast.AST]:
        return [new for statement in statements for new in self.statement(statement)]

    def statement(self, node: gast.AST) -> list[gast.AST]:
        """What a statement is written as."""
        changed: dict[str, object] = {}
        for each in node._fields:
            value = getattr(node, each, None)
            if each in _BLOCKS and isinstance(value, list):
                changed[each] = self.block(value)
            elif isinstance(value, gast.AST):
                changed[each] = self.expression(value)
            elif isinstance(value, list):
                changed[each] = [
                    self.expression(v) if isinstance(v, gast.AST) else v for v in value
                ]
        name, _ = given(node)
        if name in self.lists:
            new_values = {name: self.begun(changed["value"])}
            most = self.lists[name]
            if name in self.lengths and isinstance(most, gast.Name):
                new_values = {most.id: self.lengths[name], **new_values}
            return [
                at(gast.Assign(targets=[store(n)], value=v, type_comment=None), node)
                for n, v in new_values.items()
            ]
        new = with_fields(node, changed)
        match node:
            case gast.Expr(
                value=gast.Call(func=gast.Attribute(value=gast.Name(id=queue), attr=attr))
            ) if attr in {"append", "appendleft"} and self.lists.get(queue) is not None:
                return [new, self.shortened(queue, node, first=attr == "append")]
        return [new]

    def begun(self, made: object) -> gast.AST:
        """The list that a deque is begun as."""
        assert isinstance(made, gast.Call)  # noqa: S101
        if not made.args:
            return at(gast.List(elts=[], ctx=gast.Load()), made)
        items = made.args[0]
        match items:
            case gast.List() | gast.ListComp() | gast.BinOp(left=gast.List(), op=gast.Mult()):
                return items
        return at(call(builtin("list", self.resolved), items), made)

    def shortened(self, queue: str, node: gast.AST, *, first: bool) -> gast.AST:
        """Take an item out of a list that has got too long."""
        pop = gast.Attribute(value=load(queue), attr="pop", ctx=gast.Load())
        args = [constant(0)] if first else []
        taken = at(gast.Call(func=pop, args=args, keywords=[]), node)
        length = call(builtin("len", self.resolved), load(queue))
        longer = gast.Compare(left=length, ops=[gast.Gt()], comparators=[self.lists[queue]])
        body = [at(gast.Expr(value=taken), node)]
        return at(gast.If(test=at(longer, node), body=body, orelse=[]), node)

    def expression(self, node: gast.AST) -> gast.AST:
        """What an expression is written as."""
        changed: dict[str, object] = {}
        for each in node._fields:
            value = getattr(node, each, None)
            if isinstance(value, gast.AST):
                changed[each] = self.expression(value)
            elif isinstance(value, list):
                changed[each] = [
                    self.expression(v) if isinstance(v, gast.AST) else v for v in value
                ]
        new = with_fields(node, changed) if changed else node
        match new:
            case gast.Call(
                func=gast.Attribute(value=gast.Name(id=queue), attr="popleft") as func
            ) if queue in self.lists:
                named = with_fields(func, {"attr": "pop"})
                return with_fields(new, {"func": named, "args": [constant(0)]})
            case gast.Call(
                func=gast.Attribute(value=gast.Name(id=queue), attr="appendleft") as func
            ) if queue in self.lists:
                named = with_fields(func, {"attr": "insert"})
                return with_fields(new, {"func": named, "args": [constant(0), *new.args]})
        return new
