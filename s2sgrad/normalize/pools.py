"""What iterators stand for is made of: items that are read again and again, numbers, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import gast

from s2sgrad.normalize.nests import Level, Nest
from s2sgrad.normalize.nodes import at, binary, call, constant, load, store, subscript, tuple_of
from s2sgrad.source import MISSING
from s2sgrad.trees import renamed

__all__ = ["Pools", "is_display"]


@dataclass(eq=False)
class Pools:
    """What loops read.

    resolved: what a node names; fresh: an unused name; builtin: how a builtin is called; rebound: the names that the
    loop binds which is written; writes: whether it may write into something.
    """

    resolved: Callable[[gast.AST], object]
    fresh: Callable[[str], str]
    builtin: Callable[[str], str]
    rebound: frozenset[str] = frozenset()
    writes: bool = False

    def once(self, nest: Nest, node: gast.AST, wanted: str = "value") -> gast.AST:
        """Something that is evaluated once, and read in each trip: a name that nobody binds meanwhile, or a new one."""
        if isinstance(node, gast.Constant) or self.stays(node):
            return node
        name = self.fresh(wanted)
        nest.before.append((name, node))
        return load(name)

    def stays(self, node: gast.AST) -> bool:
        """Whether an expression is a name that means the same in all trips."""
        return isinstance(node, gast.Name) and node.id not in self.rebound

    def is_steady(self, function: gast.AST) -> bool:
        """Whether a name, or an attribute, means the same function in all trips."""
        if isinstance(function, gast.Name) or self.resolved(function) is not MISSING:
            return isinstance(function, gast.Attribute) or self.stays(function)
        root = function
        while isinstance(root, gast.Attribute):
            root = root.value
        return not self.writes and self.stays(root)

    def held(self, nest: Nest, node: gast.AST, wanted: str = "items") -> gast.AST:
        """Something that is read several times: a name, or one that holds a list of it."""
        if self.stays(node):
            return node
        name = self.fresh(wanted)
        plain = is_display(node) or isinstance(node, gast.ListComp | gast.Name)
        nest.before.append((name, node if plain else call(self.builtin("list"), node)))
        return load(name)

    def pool(self, nest: Nest, node: gast.AST) -> gast.AST:
        """What an iterator puts into a tuple before it gives anything."""
        if not self.writes or is_display(node):
            return self.held(nest, node)
        name = self.fresh("items")
        nest.before.append((name, call(self.builtin("list"), node)))
        return load(name)

    def again(self, nest: Nest, node: gast.AST) -> gast.AST:
        """What may be looped over several times: a range or an enumeration of names is made anew each time."""
        if isinstance(node, gast.Call) and self.resolved(node.func) in {range, enumerate, zip}:
            args = [*node.args, *(k.value for k in node.keywords)]
            plain = self.resolved(node.func) is range or not self.writes
            if plain and all(isinstance(a, gast.Constant) or self.stays(a) for a in args):
                return node
        return self.pool(nest, node)

    @staticmethod
    def items(target: gast.AST, count: int) -> list[gast.AST] | None:
        """The targets of the items of a tuple, None where they aren't written out."""
        if not isinstance(target, gast.Tuple | gast.List) or len(target.elts) != count:
            return None
        starred = any(isinstance(e, gast.Starred) for e in target.elts)
        return None if starred else list(target.elts)

    def apart(self, nest: Nest, target: gast.AST, count: int) -> list[gast.AST]:
        """Targets for the items of a tuple that target gets."""
        targets = self.items(target, count)
        if targets is None:
            names = [self.fresh("item") for _ in range(count)]
            nest.given.append((target, tuple_of([load(n) for n in names])))
            targets = [store(n) for n in names]
        return targets

    def numbered(
        self, nest: Nest, target: gast.AST, items: gast.AST, start: gast.AST | None
    ) -> str:
        """A level whose items are numbered, and the name of the number."""
        number = self.fresh("i")
        pair = gast.Tuple(elts=[store(number), target], ctx=gast.Store())
        more = [] if start is None else [start]
        nest.levels.append(Level(pair, call(self.builtin("enumerate"), items, *more)))
        return number

    def applied(self, nest: Nest, function: gast.AST, arguments: list[gast.AST]) -> gast.AST | None:
        """A call of a function, which is asked for once, or the body of a lambda."""
        match function:
            case gast.Lambda(args=own, body=body):
                others = (own.vararg, own.kwarg, *own.defaults, *own.kwonlyargs, *own.posonlyargs)
                if len(own.args) != len(arguments) or any(others):
                    return None
                return renamed(
                    body, {a.id: value for a, value in zip(own.args, arguments, strict=True)}
                )
            case gast.Name() | gast.Attribute():
                if not self.is_steady(function):
                    function = at(self.once(nest, function, "function"), function)
                return at(gast.Call(func=function, args=arguments, keywords=[]), function)
        return None

    @staticmethod
    def behind(items: gast.AST, number: str | None) -> gast.AST:
        """The items behind that of some number."""
        if number is None:
            return items
        lower = binary(load(number), gast.Add(), constant(1))
        return subscript(items, gast.Slice(lower=lower, upper=None, step=None))


def is_display(node: gast.AST) -> bool:
    """Whether an expression is a new list or tuple, whose items stand there."""
    return isinstance(node, gast.List | gast.Tuple)
