"""Iterators of itertools as the loops that they stand for.

`for a, b in combinations(xs, 2)` is a loop in a loop, `pairwise(xs)` is `zip(xs, xs[1:])`, `zip(xs, cycle(ys))` reads
`ys[k % len(ys)]`. What an iterator gives while something else happens can be told from what a loop gives only where
the body writes into containers: those stay as they are, and are refused.
"""

from __future__ import annotations

import itertools

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
)
from s2sgrad.normalize.pools import Pools, is_display

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
_LIVE = frozenset({"accumulate", "takewhile", "starmap", "filterfalse", "repeat", "from_iterable"})
"""What is asked for its items one after the other by the loop that it becomes, too."""
_POOLS = frozenset({"combinations", "permutations", "product"})
"""What begins by putting all that it is given into tuples."""


class Iterators(Pools):
    """What iterators stand for."""

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

    def is_live(self, node: gast.Call) -> bool:
        """Whether what an iterator stands for reads what it reads when it does, whatever is written meanwhile."""
        kind = self.kind(node)
        if kind in _LIVE or (kind == "islice" and len(node.args) == 2):
            return True
        return self.is_held(node)

    def is_held(self, node: gast.Call) -> bool:
        """Whether an iterator gives the same if all that it gives is put into a list first."""
        kind = self.kind(node)
        if kind in _POOLS:
            return all(_is_plain(a) or self.is_range(a) for a in node.args)
        if kind in _LIVE:
            return False
        fixed = [a for a in node.args if kind != "zip" or self.endless(a) == "cycle"]
        if kind == "zip":
            fixed = [part for a in fixed for part in a.args]
        if kind == "islice":
            fixed = fixed[:1]
        return all(map(is_display, fixed))

    def is_range(self, node: gast.AST) -> bool:
        """Whether an expression is a range."""
        return isinstance(node, gast.Call) and self.resolved(node.func) is range

    def is_ordered(self, node: gast.Call) -> bool:
        """Whether it doesn't matter in which order the arguments of an iterator are evaluated."""
        parts = [*node.args, *(k.value for k in node.keywords)]
        inner = [p.args if self.endless(p) else [p] for p in parts]
        return sum(not _is_plain(p) for each in inner for p in each) <= 1

    @staticmethod
    def is_none(node: gast.AST) -> bool:
        """Whether a bound isn't given."""
        return _is_none(node)

    # ---- each of them -----------------------------------------------------------------------

    def _combinations(self, node: gast.Call, target: gast.AST) -> Nest | None:
        count = integer(node.args[1]) if len(node.args) == 2 else None
        if count not in {2, 3}:
            return None
        nest = Nest([])
        items = self.pool(nest, node.args[0])
        *outer, last = self.apart(nest, target, count)
        number: str | None = None
        for inner in outer:
            behind = None if number is None else binary(load(number), gast.Add(), constant(1))
            number = self.numbered(nest, inner, self.behind(items, number), behind)
        nest.levels.append(Level(last, self.behind(items, number)))
        return nest

    def _permutations(self, node: gast.Call, target: gast.AST) -> Nest | None:
        if len(node.args) != 2 or integer(node.args[1]) != 2:
            return None
        nest = Nest([])
        items = self.pool(nest, node.args[0])
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
        others = [a for a in node.args if not self.endless(a)]
        if not others or node.keywords:
            return None
        nest, whole = Nest([]), Nest([])
        targets = self.apart(whole, target, len(node.args))
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
                    nest.given.append((each, self.counted(nest, argument, load(number))))
                case "repeat":
                    nest.given.append((each, self.once(nest, argument.args[0])))
        nest.given += whole.given
        return nest

    def counted(self, nest: Nest, node: gast.Call, number: gast.AST) -> gast.AST:
        """Item number `number` of `count(start, step)`."""
        named = {k.arg: k.value for k in node.keywords}
        start = node.args[0] if node.args else named.get("start", constant(0))
        step = node.args[1] if len(node.args) > 1 else named.get("step", constant(1))
        start, step = (
            p if integer(p) is not None else self.once(nest, p, wanted)
            for p, wanted in ((start, "start"), (step, "step"))
        )
        if integer(step) != 1:
            number = binary(number, gast.Mult(), step)
        return number if integer(start) == 0 else binary(start, gast.Add(), number)

    def _zip_longest(self, node: gast.Call, target: gast.AST) -> Nest | None:
        fill: gast.AST = constant(None)
        for keyword in node.keywords:
            if keyword.arg != "fillvalue":
                return None
            fill = keyword.value
        if len(node.args) < 2 or not isinstance(fill, gast.Name | gast.Constant):
            return None
        nest, whole, number = Nest([]), Nest([]), self.fresh("k")
        targets = self.apart(whole, target, len(node.args))
        fill = self.once(nest, fill)
        pools = [self.held(nest, a) for a in node.args]
        lengths = [call(self.builtin("len"), pool) for pool in pools]
        longest = call(self.builtin("max"), *lengths)
        nest.levels.append(Level(store(number), call(self.builtin("range"), longest)))
        for each, pool, length in zip(targets, pools, lengths, strict=True):
            inside = gast.Compare(left=load(number), ops=[gast.Lt()], comparators=[length])
            value = gast.IfExp(test=inside, body=subscript(pool, load(number)), orelse=fill)
            nest.given.append((each, value))
        nest.given += whole.given
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
        nest = Nest([])
        value = self.applied(nest, function, [load(n) for n in names])
        if value is None:
            return None
        pair = gast.Tuple(elts=[store(n) for n in names], ctx=gast.Store())
        nest.levels.append(Level(pair, items))
        nest.given.append((target, value))
        return nest

    def _filterfalse(self, node: gast.Call, target: gast.AST) -> Nest | None:
        function, items = node.args
        name = self.fresh("item")
        nest = Nest([], [(target, load(name))])
        test = self.applied(nest, function, [load(name)])
        if test is None:
            return None
        nest.levels.append(Level(store(name), items, (negated(test),)))
        return nest

    def _repeat(self, node: gast.Call, target: gast.AST) -> Nest | None:
        if len(node.args) != 2 or node.keywords:
            return None
        counted = call(self.builtin("range"), node.args[1])
        nest = Nest([Level(store(self.fresh("_")), counted)])
        nest.given.append((target, self.once(nest, node.args[0])))
        return nest

    def _takewhile(self, node: gast.Call, target: gast.AST) -> Nest | None:
        function, items = node.args
        name = self.fresh("item")
        nest = Nest([Level(store(name), items)], [(target, load(name))])
        test = self.applied(nest, function, [load(name)])
        if test is None:
            return None
        nest.leaves = negated(test)
        return nest

    def _accumulate(self, node: gast.Call, target: gast.AST) -> Nest | None:
        named = {k.arg: k.value for k in node.keywords}
        items, *more = node.args
        function = more[0] if more else named.pop("func", None)
        if len(more) > 1 or named:
            return None
        item, total = self.fresh("item"), self.fresh("total")
        nest = Nest([])
        step = (
            binary(load(total), gast.Add(), load(item))
            if function is None or _is_none(function)
            else self.applied(nest, function, [load(total), load(item)])
        )
        if step is None:
            return None
        number = self.numbered(nest, store(item), items, None)
        begun = gast.Compare(left=load(number), ops=[gast.Eq()], comparators=[constant(0)])
        value = gast.IfExp(test=begun, body=load(item), orelse=step)
        nest.first = [at(gast.Assign(targets=[store(total)], value=value, type_comment=None), node)]
        nest.given.append((target, load(total)))
        return nest


def _is_none(node: gast.AST) -> bool:
    return isinstance(node, gast.Constant) and node.value is None


def _is_plain(node: gast.AST) -> bool:
    return isinstance(node, gast.Name | gast.Constant) or is_display(node)
