"""Loops: counted where they can be, with the user's header kept.

`for w in xs` becomes a count over `range(n)` with `n = len(xs)` before it and `w = xs[k]` first in
its body. What is known to be no sequence (`d.items()`, `map(...)`, a list that grows in its loop)
is iterated as it is; of anything else it is only known later, and `uncounted` takes the counting
back. So it does where `xs += v` in the loop makes a list longer, while it leaves an array as long
as it is.
"""

from __future__ import annotations

import builtins
import itertools
from collections.abc import Iterable, Iterator

import gast

from s2sgrad.normalize.assignments import Assignments
from s2sgrad.normalize.counted import iterates_otherwise
from s2sgrad.normalize.nodes import (
    at,
    binary,
    bound_names,
    constant,
    has_own_break,
    integer,
    load,
    negated,
    own_scope,
    target_names,
)
from s2sgrad.normalize.streams import Joined, Ranged, Reversed, Sequence, Stream
from s2sgrad.program import For, Header, If, Jump, While
from s2sgrad.trees import children

__all__ = ["Loops"]

_ITERATORS = frozenset({"zip", "map", "filter", "iter", "enumerate", "reversed"})
_ITERTOOLS = (*filter(callable, vars(itertools).values()), itertools.chain.from_iterable)
_ENDLESS = (itertools.count, itertools.cycle, itertools.repeat)
_VIEWS = frozenset({"items", "keys", "values"})
_MUTATORS = frozenset(
    {
        *("add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem"),
        *("popleft", "remove", "resize", "reverse", "setdefault", "sort", "update"),
    }
)


class Loops(Assignments):
    """Lowering of `for` and `while`."""

    def for_loop(self, node: gast.For) -> None:
        """Write a `for` loop and its else."""
        self.stand_at(node, node.iter)
        self.refuse_changed_views(node)
        origin = self.origin
        broke = self.flag_for_else(node)
        node = at(
            gast.For(
                target=node.target,
                iter=self.listed(node.iter),
                body=node.body,
                orelse=node.orelse,
                type_comment=None,
            ),
            node,
        )
        stream = self.stream(node.iter)
        closed = self.closed_range(stream)
        if closed is not None:
            self.indexed_loop(node, stream, closed, broke)
        elif self.is_opaque(node, stream):
            atom = self.atom(stream.expression)
            self.indexed_loop(node, Sequence(atom), atom, broke)
        else:
            self.counted_loop(node, stream, broke)
        self.origin = origin
        self.loop_else(node, broke)

    def indexed_loop(
        self, node: gast.For, stream: Stream, iterable: gast.AST, broke: str | None
    ) -> None:
        """Write a loop whose elements come from the iterable itself."""
        own = isinstance(node.target, gast.Name) and node.target.id not in bound_names(node.body)
        index = (
            node.target.id
            if own
            else self.scope.fresh("item" if stream.expression is iterable else "k")
        )
        origin = self.origin
        with self.nested() as body:
            if not own:
                self.assign_atom(node.target, load(index))
            bindings = len(body)
            self.loop_body(node.body, broke)
        plain = own and (stream.expression is iterable or isinstance(stream, Ranged))
        header = None if plain else Header(node.target, stream.expression, bindings)
        self.add(For(index, iterable, tuple(body), header, origin=origin))

    def counted_loop(self, node: gast.For, stream: Stream, broke: str | None) -> None:
        """Write a loop that counts the elements of a stream."""
        growing = _changes_length(_names(stream), node.body, lists=True)
        rebound = bound_names([node.target, *node.body])
        stream = stream.mapped(lambda atom: self.captured(atom, rebound))
        count, known = self.length(stream)
        names = target_names(node.target)
        distinct = len(set(names)) == len(names)
        index = None
        if distinct:
            inner = bound_names(node.body)
            index = next(
                (name for name in _counting(node.target, known) if name not in inner), None
            )
        if index is None:
            index = self.scope.fresh("k")
        origin = self.origin
        with self.nested() as body:
            self.bind_element(node.target, known, index, distinct=distinct)
            bindings = len(body)
            self.loop_body(node.body, broke)
        header = Header(node.target, stream.expression, bindings, growing)
        self.add(For(index, self.builtin("range", count), tuple(body), header, origin=origin))

    def bind_element(self, target: gast.AST, stream: Stream, index: str, *, distinct: bool) -> None:
        """Write `target = element of stream`."""
        if isinstance(target, gast.Name):
            if target.id != index:
                self.assign((target.id,), self.element(stream, load(index)))
        elif isinstance(stream, Joined) and len(target.elts) == len(stream.inner):
            if distinct:
                for element, part in zip(target.elts, stream.inner, strict=True):
                    self.bind_element(element, part, index, distinct=True)
            else:
                values = [self.held_element(part, load(index)) for part in stream.inner]
                self.parallel(target.elts, values)
        else:
            self.assign_atom(target, self.held_element(stream, load(index)))

    def closed_range(self, stream: Stream) -> gast.AST | None:
        """The `range(...)` of a range, or of a reversed one with steps of 1 or -1."""
        if isinstance(stream, Ranged):
            return stream.expression
        if not isinstance(stream, Reversed) or not isinstance(stream.inner, Ranged):
            return None
        step = integer(stream.inner.step)
        if step not in {1, -1}:
            return None
        first = self.shifted(stream.inner.stop, -step)
        return self.builtin(
            "range", first, self.shifted(stream.inner.start, -step), _literal(-step)
        )

    def shifted(self, atom: gast.AST, offset: int) -> gast.AST:
        """The atom that holds `atom + offset`."""
        value = integer(atom)
        if value is not None:
            return _literal(value + offset)
        operator = gast.Add() if offset > 0 else gast.Sub()
        return self.temporary(binary(atom, operator, constant(abs(offset))))

    def is_opaque(self, node: gast.For, stream: Stream) -> bool:
        """Whether it is certain that a loop can't be counted beforehand."""
        leaves: list[gast.AST] = []
        self.leaves(node.iter, leaves)
        if any(self.is_iterator(leaf) for leaf in leaves):
            return True
        return _changes_length(_names(stream), node.body)

    def listed(self, node: gast.AST, *, joined: bool = False) -> gast.AST:
        """An iterable in which what `zip` and `enumerate` take from an iterator that ends is a list."""
        if self._kind(node) in {"zip", "enumerate"}:
            first = 1 if node.func.id == "enumerate" else len(node.args)
            args = [self.listed(a, joined=True) for a in node.args[:first]] + node.args[first:]
            return at(gast.Call(func=node.func, args=args, keywords=node.keywords), node)
        if self._kind(node) == "reversed":  # of a sequence: its items are counted, too
            return node
        endless = isinstance(node, gast.Call) and self.scope.resolved_static(node.func) in _ENDLESS
        made = isinstance(node, gast.Call) or self.scope.is_static(node)
        if joined and made and self.is_iterator(node) and not endless:
            return at(self.builtin("list", node), node)
        return node

    def refuse_changed_views(self, node: gast.For) -> None:
        """Refuse to change a dict while a loop takes its items together with something else: they'd be old ones."""
        for call in _views(node.iter) if self._kind(node.iter) in {"zip", "enumerate"} else ():
            others = {gast.dump(load(n)) for n in self.other_names(call.func.value)}
            if _changes({gast.dump(call.func.value), *others}, node.body):
                self.refuse(
                    call,
                    "this changes a dict while a loop runs over it together with something else",
                    "Loop over a list of what is in it: for key, value in list(d.items()).",
                )

    def other_names(self, value: gast.AST) -> set[str]:
        """The names that may be given what a name has, or that it may be given."""
        found = {value.id} if isinstance(value, gast.Name) else set[str]()
        while True:
            pairs = [(n, v.id) for n, vs in self.scope.given.items() for v in vs if _is_name(v)]
            more = {n for pair in pairs if not found.isdisjoint(pair) for n in pair}
            if more <= found:
                return found
            found |= more

    def is_iterator(self, node: gast.AST, met: frozenset[str] = frozenset()) -> bool:
        """Whether node is a call that gives an iterator or a view of a dict, or a name of what may be one."""
        match node:
            case gast.Name(id=name) if name not in met and not self.scope.is_static(node):
                values = self.scope.given.get(name, ())
                return any(self.is_iterator(value, met | {name}) for value in values)
            case gast.IfExp(body=body, orelse=orelse):
                return self.is_iterator(body, met) or self.is_iterator(orelse, met)
            case gast.Name() | gast.Attribute() if self.scope.is_static(node):
                return iterates_otherwise(self.scope.resolved_static(node))
        if not isinstance(node, gast.Call):
            return False
        if isinstance(node.func, gast.Attribute):
            return (
                node.func.attr in _VIEWS and not node.args and not self.scope.is_static(node.func)
            ) or self.scope.resolved_static(node.func) in _ITERTOOLS
        name = node.func.id if isinstance(node.func, gast.Name) else ""
        if name in _ITERATORS and self.scope.means_builtin(name):
            return True
        return self.scope.resolved_static(node.func) in _ITERTOOLS

    def while_loop(self, node: gast.While) -> None:
        """Write a `while` loop and its else.

        A test that assigns a name of the user's or changes a list is part of each trip: `while
        True`, with a `break` where it fails.
        """
        self.stand_at(node, node.test)
        origin = self.origin
        broke = self.flag_for_else(node)
        with self.nested() as head:
            test = self.test(node.test)
        with self.nested() as body:
            if head and _has_effects(node.test):
                self.block.extend(head)
                head = []
                self.add(If(negated(test), (Jump("break", origin=origin),), origin=origin))
                test = constant(value=True)
            self.loop_body(node.body, broke)
        self.origin = origin
        self.add(While(tuple(head), test, tuple(body), origin=origin))
        self.loop_else(node, broke)

    # ---- break and else ---------------------------------------------------------------------

    def flag_for_else(self, node: gast.For | gast.While) -> str | None:
        """Write `broke = False` where a loop's else depends on a `break`."""
        if not node.orelse or not has_own_break(node.body):
            return None
        broke = self.scope.fresh("broke")
        self.flags.add(broke)
        self.assign((broke,), constant(value=False))
        return broke

    def loop_body(self, body: list[gast.AST], broke: str | None) -> None:
        """Write the statements of a loop's body."""
        self.breaks.append(broke)
        for statement in body:
            self.statement(statement)
        self.breaks.pop()

    def loop_else(self, node: gast.For | gast.While, broke: str | None) -> None:
        """Write what runs after a loop that wasn't left by `break`."""
        if broke is None:
            for statement in node.orelse:
                self.statement(statement)
            return
        with self.nested() as block:
            for statement in node.orelse:
                self.statement(statement)
        self.add(If(negated(load(broke)), tuple(block), origin=self.origin))

    def leave(self, kind: str) -> None:
        """Write `break` or `continue`."""
        broke = self.breaks[-1]
        if kind == "break" and broke is not None:
            self.assign((broke,), constant(value=True))
        self.add(Jump(kind, origin=self.origin))


def _literal(value: int) -> gast.AST:
    literal = constant(abs(value))
    return literal if value >= 0 else gast.UnaryOp(op=gast.USub(), operand=literal)


def _sequences(stream: Stream) -> Iterator[gast.AST]:
    """The atoms of a stream that are taken for sequences."""
    match stream:
        case Sequence():
            yield stream.atom
        case Reversed():
            yield from _sequences(stream.inner)
        case Joined():
            for part in stream.inner:
                yield from _sequences(part)


def _names(stream: Stream) -> set[str]:
    """The names of what is taken for a sequence."""
    return {atom.id for atom in _sequences(stream) if isinstance(atom, gast.Name)}


def _counting(target: gast.AST, stream: Stream) -> Iterator[str]:
    """The names in a loop's target that run through 0, 1, 2, ..."""
    if isinstance(target, gast.Name):
        if stream.counts:
            yield target.id
    elif (
        isinstance(stream, Joined)
        and isinstance(target, gast.Tuple | gast.List)
        and len(target.elts) == len(stream.inner)
    ):
        for element, part in zip(target.elts, stream.inner, strict=True):
            yield from _counting(element, part)


def _has_effects(test: gast.AST) -> bool:
    """Whether a loop's test assigns a name or makes a call that is known to change an object."""
    return any(
        isinstance(node, gast.NamedExpr) or _mutates(node) or _writes(node)
        for node in own_scope([test])
    )


def _writes(node: gast.AST) -> bool:
    """Whether a call is given what it writes into, as `out`."""
    return isinstance(node, gast.Call) and any(k.arg == "out" for k in node.keywords)


def _changes_length(names: set[str], body: Iterable[gast.AST], *, lists: bool = False) -> bool:
    """Whether a loop's body changes the length of one of the things that it runs over.

    lists: whether it does so if they are lists: `xs += v` and `xs[i:j] = v` leave arrays as long as they are.
    """
    for node in own_scope(body) if names else ():
        match node:
            case gast.Call(func=gast.Attribute(value=gast.Name(id=name))):
                changed = _mutates(node)
            case gast.Subscript(value=gast.Name(id=name), ctx=gast.Del()):
                changed = True
            case gast.AugAssign(target=gast.Name(id=name)):
                changed = lists
            case gast.Subscript(value=gast.Name(id=name), slice=gast.Slice(), ctx=gast.Store()):
                changed = lists
            case _:
                continue
        if changed and name in names:
            return True
    return False


def _views(node: gast.AST) -> Iterator[gast.Call]:
    """The calls that give a view of a dict, but for those of which a list is made at once."""
    match node:
        case gast.Call(func=gast.Name(id="list" | "tuple" | "sorted")):
            return
        case gast.Call(func=gast.Attribute(attr=attr), args=[]) if attr in _VIEWS:
            yield node
    for child in children(node):
        yield from _views(child)


def _changes(dicts: set[str], body: Iterable[gast.AST]) -> bool:
    """Whether a loop's body changes one of some dicts, given as texts, or hands it to something that may."""
    for node in own_scope(body):
        match node:
            case gast.Subscript(value=base, ctx=gast.Store() | gast.Del()):
                changed = [base]
            case gast.Call(func=gast.Attribute(value=base)) if _mutates(node):
                changed = [base]
            case gast.Call(func=func, args=args, keywords=keywords) if not _is_builtin(func):
                changed = [*args, *(k.value for k in keywords)]
            case _:
                continue
        if any(_read(base) in dicts for base in changed):
            return True
    return False


def _read(node: gast.AST) -> str:
    """A name or a dotted name as a text, read."""
    return str(gast.dump(load(node.id) if _is_name(node) else node))


def _is_builtin(func: gast.AST) -> bool:
    return isinstance(func, gast.Name) and hasattr(builtins, func.id)


def _is_name(node: gast.AST) -> bool:
    return isinstance(node, gast.Name)


def _mutates(node: gast.AST) -> bool:
    return (
        isinstance(node, gast.Call)
        and isinstance(node.func, gast.Attribute)
        and node.func.attr in _MUTATORS
    )
