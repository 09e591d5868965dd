"""Iterators of itertools as the loops that they stand for.

`for a, b in combinations(xs, 2)` is a loop in a loop, `pairwise(xs)` is `zip(xs, xs[1:])`, `zip(xs, cycle(ys))` reads
`ys[k % len(ys)]`. What an iterator gives while something else happens can be told from what a loop gives only where
the body writes into containers: those stay as they are, and are refused.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import gast

from s2sgrad.normalize.nests import Level, Nest
from s2sgrad.normalize.nodes import (
    at,
    binary,
    call,
    constant,
    integer,
    load,
    negated,
    store,
    subscript,
    tuple_of,
)
from s2sgrad.trees import renamed

__all__ = ["Iterators"]

_KINDS: dict[object, str] = {
    itertools.combinations: "combinations",
    itertools.permutations: "permutations",
    itertools.product: "product",
    itertools.pairwise: "pairwise",
    itertools.chain: "chain",
    itertools.chain.from_iterable: "from_iterable",
    itertools.islice: "islice",
    itertools.zip_longest: "zip_longest",
    itertools.starmap: "starmap",
    itertools.filterfalse: "filterfalse",
    itertools.accumulate: "accumulate",
    itertools.takewhile: "takewhile",
    itertools.repeat: "repeat",
    zip: "zip",
}
_ENDLESS: dict[object, str] = {
    itertools.cycle: "cycle",
    itertools.count: "count",
    itertools.repeat: "repeat",
}


@dataclass(eq=False)
class Iterators:
    """What iterators stand for.

    resolved: what a node names; fresh: an unused name; builtin: how a builtin is called.
    """

    resolved: Callable[[gast.AST], object]
    fresh: Callable[[str], str]
    builtin: Callable[[str], str]

    def kind(self, node: gast.AST) -> str | None:
        """Which iterator a call makes, None where it is none of those that are known."""
        if not isinstance(node, gast.Call) or any(isinstance(a, gast.Starred) for a in node.args):
            return None
        known = self.resolved(node.func)
        for function, kind in _KINDS.items():
            if known is function or (kind == "from_iterable" and known == function):
                if kind == "zip" and not any(self.endless(a) for a in node.args):
                    return None
                return kind
        return None

    def endless(self, node: gast.AST) -> str | None:
        """Whether a call is `cycle`, `count` or `repeat` without an end, and which."""
        if not isinstance(node, gast.Call) or any(isinstance(a, gast.Starred) for a in node.args):
            return None
        known = self.resolved(node.func)
        kind = next((k for f, k in _ENDLESS.items() if known is f), None)
        if kind == "repeat" and (len(node.args) != 1 or node.keywords):
            return None
        most = 2 if kind == "count" else 1
        named = {k.arg for k in node.keywords} - ({"start", "step"} if kind == "count" else set())
        return kind if len(node.args) <= most and not named else None

    def nest(self, node: gast.Call, target: gast.AST) -> Nest | None:
        """The loops that an iterator stands for, whose items target gets; None where that isn't known."""
        kind = self.kind(node)
        method = getattr(self, f"_{kind}", None)
        plain = kind in {"accumulate", "zip_longest", "product", "repeat"} or not node.keywords
        return method(node, target) if method is not None and plain else None

    @staticmethod
    def is_none(node: gast.AST) -> bool:
        """Whether a bound isn't given."""
        return _is_none(node)

    # ---- parts ------------------------------------------------------------------------------

    def held(self, nest: Nest, node: gast.AST, wanted: str = "items") -> gast.AST:
        """Something that is read several times: a name, or one that holds a list of it."""
        if isinstance(node, gast.Name):
            return node
        name = self.fresh(wanted)
        display = isinstance(node, gast.List | gast.Tuple | gast.ListComp)
        nest.before.append((name, node if display else call(self.builtin("list"), node)))
        return load(name)

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

    def applied(self, function: gast.AST, arguments: list[gast.AST]) -> gast.AST | None:
        """A call of a function, the body of a lambda."""
        match function:
            case gast.Lambda(args=own, body=body):
                others = (own.vararg, own.kwarg, *own.defaults, *own.kwonlyargs, *own.posonlyargs)
                if len(own.args) != len(arguments) or any(others):
                    return None
                return renamed(
                    body, {a.id: value for a, value in zip(own.args, arguments, strict=True)}
                )
            case gast.Name() | gast.Attribute():
                return at(gast.Call(func=function, args=arguments, keywords=[]), function)
        return None

    # ---- each of them -----------------------------------------------------------------------

    def _combinations(self, node: gast.Call, target: gast.AST) -> Nest | None:
        count = integer(node.args[1]) if len(node.args) == 2 else None
        if count not in {2, 3}:
            return None
        nest = Nest([])
        items = self.held(nest, node.args[0])
        *outer, last = self.apart(nest, target, count)
        number: str | None = None
        for inner in outer:
            behind = None if number is None else binary(load(number), gast.Add(), constant(1))
            number = self.numbered(nest, inner, self.behind(items, number), behind)
        nest.levels.append(Level(last, self.behind(items, number)))
        return nest

    @staticmethod
    def behind(items: gast.AST, number: str | None) -> gast.AST:
        """The items behind that of some number."""
        if number is None:
            return items
        lower = binary(load(number), gast.Add(), constant(1))
        return subscript(items, gast.Slice(lower=lower, upper=None, step=None))

    def _permutations(self, node: gast.Call, target: gast.AST) -> Nest | None:
        if len(node.args) != 2 or integer(node.args[1]) != 2:
            return None
        nest = Nest([])
        items = self.held(nest, node.args[0])
        first, second = self.apart(nest, target, 2)
        one = self.numbered(nest, first, items, None)
        two = self.numbered(nest, second, items, None)
        other = gast.Compare(left=load(one), ops=[gast.NotEq()], comparators=[load(two)])
        nest.levels[-1] = Level(nest.levels[-1].target, nest.levels[-1].iterable, (other,))
        return nest

    def _product(self, node: gast.Call, target: gast.AST) -> Nest | None:
        times = 1
        for keyword in node.keywords:
            repeat = integer(keyword.value)
            if keyword.arg != "repeat" or repeat is None or not 1 <= repeat <= 4:
                return None
            times = repeat
        nest = Nest([])
        pools = [self.again(nest, pool) for pool in node.args] * times
        if not pools:
            return None
        targets = self.apart(nest, target, len(pools))
        nest.levels += [Level(t, pool) for t, pool in zip(targets, pools, strict=True)]
        return nest

    def again(self, nest: Nest, node: gast.AST) -> gast.AST:
        """What may be looped over several times: a range or an enumeration of names is made anew each time."""
        if isinstance(node, gast.Call) and self.resolved(node.func) in {range, enumerate, zip}:
            args = [*node.args, *(k.value for k in node.keywords)]
            if all(isinstance(a, gast.Name | gast.Constant) for a in args):
                return node
        return self.held(nest, node)

    def _pairwise(self, node: gast.Call, target: gast.AST) -> Nest | None:
        nest = Nest([])
        items = self.held(nest, node.args[0])
        rest = subscript(items, gast.Slice(lower=constant(1), upper=None, step=None))
        nest.levels.append(Level(target, call(self.builtin("zip"), items, rest)))
        return nest

    def _chain(self, node: gast.Call, target: gast.AST) -> Nest | None:
        if not node.args:
            return None
        parts = [
            a if isinstance(a, gast.List) else call(self.builtin("list"), a) for a in node.args
        ]
        whole = parts[0]
        for part in parts[1:]:
            whole = binary(whole, gast.Add(), part)
        return Nest([Level(target, whole)])

    def _from_iterable(self, node: gast.Call, target: gast.AST) -> Nest | None:
        inner = self.fresh("part")
        return Nest([Level(store(inner), node.args[0]), Level(target, load(inner))])

    def _islice(self, node: gast.Call, target: gast.AST) -> Nest | None:
        items, *bounds = node.args
        if len(bounds) == 1 and not _is_none(bounds[0]):
            unused = self.fresh("_")
            pair = gast.Tuple(elts=[store(unused), target], ctx=gast.Store())
            counted = call(self.builtin("range"), bounds[0])
            zipped = at(call(self.builtin("zip"), counted, items), node)
            return self.nest(zipped, pair) if self.endless(items) else Nest([Level(pair, zipped)])
        if len(bounds) not in {2, 3} or self.endless(items):
            return None
        nest = Nest([])
        given = [None if _is_none(b) else b for b in (*bounds, constant(None))[:3]]
        part = gast.Slice(lower=given[0], upper=given[1], step=given[2])
        nest.levels.append(Level(target, subscript(self.held(nest, items), part)))
        return nest

    def _zip(self, node: gast.Call, target: gast.AST) -> Nest | None:
        """`zip(xs, cycle(ys))`: the items of ys by their numbers."""
        targets = self.items(target, len(node.args))
        others = [a for a in node.args if not self.endless(a)]
        if targets is None or not others or node.keywords:
            return None
        nest = Nest([])
        ends = [t for t, a in zip(targets, node.args, strict=True) if not self.endless(a)]
        inner: gast.AST = ends[0] if len(ends) == 1 else gast.Tuple(elts=ends, ctx=gast.Store())
        over = others[0] if len(others) == 1 else call(self.builtin("zip"), *others)
        counts = [self.endless(a) for a in node.args]
        if {"cycle", "count"}.isdisjoint(counts):
            nest.levels.append(Level(inner, over))
            number = ""
        else:
            number = self.numbered(nest, inner, over, None)
        for each, argument in zip(targets, node.args, strict=True):
            match self.endless(argument):
                case "cycle":
                    items = self.held(nest, argument.args[0])
                    length = call(self.builtin("len"), items)
                    place = binary(load(number), gast.Mod(), length)
                    nest.given.append((each, subscript(items, place)))
                case "count":
                    nest.given.append((each, _counted(argument, load(number))))
                case "repeat":
                    value = argument.args[0]
                    if not isinstance(value, gast.Name | gast.Constant):
                        name = self.fresh("value")
                        nest.before.append((name, value))
                        value = load(name)
                    nest.given.append((each, value))
        return nest

    def _zip_longest(self, node: gast.Call, target: gast.AST) -> Nest | None:
        fill: gast.AST = constant(None)
        for keyword in node.keywords:
            if keyword.arg != "fillvalue":
                return None
            fill = keyword.value
        targets = self.items(target, len(node.args))
        if targets is None or len(targets) < 2:
            return None
        if not isinstance(fill, gast.Name | gast.Constant):
            return None
        nest, number = Nest([]), self.fresh("k")
        pools = [self.held(nest, a) for a in node.args]
        lengths = [call(self.builtin("len"), pool) for pool in pools]
        longest = call(self.builtin("max"), *lengths)
        nest.levels.append(Level(store(number), call(self.builtin("range"), longest)))
        for each, pool, length in zip(targets, pools, lengths, strict=True):
            inside = gast.Compare(left=load(number), ops=[gast.Lt()], comparators=[length])
            value = gast.IfExp(test=inside, body=subscript(pool, load(number)), orelse=fill)
            nest.given.append((each, value))
        return nest

    def _starmap(self, node: gast.Call, target: gast.AST) -> Nest | None:
        function, items = node.args
        zipped = isinstance(items, gast.Call) and self.resolved(items.func) is zip
        if isinstance(function, gast.Lambda):
            count = len(function.args.args)
        elif zipped:
            count = len(items.args)
        else:
            return None
        names = [self.fresh("item") for _ in range(count)]
        value = self.applied(function, [load(n) for n in names])
        if value is None:
            return None
        pair = gast.Tuple(elts=[store(n) for n in names], ctx=gast.Store())
        return Nest([Level(pair, items)], [(target, value)])

    def _filterfalse(self, node: gast.Call, target: gast.AST) -> Nest | None:
        function, items = node.args
        name = self.fresh("item")
        test = self.applied(function, [load(name)])
        if test is None:
            return None
        return Nest([Level(store(name), items, (negated(test),))], [(target, load(name))])

    def _repeat(self, node: gast.Call, target: gast.AST) -> Nest | None:
        if len(node.args) != 2 or node.keywords:
            return None
        name = self.fresh("value")
        counted = call(self.builtin("range"), node.args[1])
        value = node.args[0]
        nest = Nest([Level(store(self.fresh("_")), counted)])
        if not isinstance(value, gast.Name | gast.Constant):
            nest.before.append((name, value))
            value = load(name)
        nest.given.append((target, value))
        return nest

    def _takewhile(self, node: gast.Call, target: gast.AST) -> Nest | None:
        function, items = node.args
        name = self.fresh("item")
        test = self.applied(function, [load(name)])
        if test is None:
            return None
        return Nest([Level(store(name), items)], [(target, load(name))], leaves=negated(test))

    def _accumulate(self, node: gast.Call, target: gast.AST) -> Nest | None:
        named = {k.arg: k.value for k in node.keywords}
        items, *more = node.args
        function = more[0] if more else named.pop("func", None)
        if len(more) > 1 or named:
            return None
        item, total = self.fresh("item"), self.fresh("total")
        step = (
            binary(load(total), gast.Add(), load(item))
            if function is None or _is_none(function)
            else self.applied(function, [load(total), load(item)])
        )
        if step is None:
            return None
        nest = Nest([])
        number = self.numbered(nest, store(item), items, None)
        begun = gast.Compare(left=load(number), ops=[gast.Eq()], comparators=[constant(0)])
        value = gast.IfExp(test=begun, body=load(item), orelse=step)
        nest.first = [at(gast.Assign(targets=[store(total)], value=value, type_comment=None), node)]
        nest.given.append((target, load(total)))
        return nest


def _is_none(node: gast.AST) -> bool:
    return isinstance(node, gast.Constant) and node.value is None


def _counted(node: gast.Call, number: gast.AST) -> gast.AST:
    """Item number `number` of `count(start, step)`."""
    named = {k.arg: k.value for k in node.keywords}
    start = node.args[0] if node.args else named.get("start", constant(0))
    step = node.args[1] if len(node.args) > 1 else named.get("step", constant(1))
    if integer(step) != 1:
        number = binary(number, gast.Mult(), step)
    return number if integer(start) == 0 else binary(start, gast.Add(), number)
