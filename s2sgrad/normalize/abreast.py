"""Generators beside each other, or beside other things that a loop runs over: one loop in which each does a step.

`for a, b in zip(powers(x, 3), powers(y, 4))` becomes a loop over `zip(range(3), range(4))`, with what both do around
its body. Python goes on with them at the beginning of the next trip, the loop at the end of this one. That is the same
as long as they only compute, whatever the body does: they read what it has written.
"""

from __future__ import annotations

import gast

from s2sgrad.normalize.nodes import at, call, constant, load, negated, store, target_names, tuple_of
from s2sgrad.normalize.stepping import Stepping
from s2sgrad.normalize.yields import Strides, with_steps
from s2sgrad.trees import loaded, with_fields

__all__ = ["Abreast"]


class Abreast(Stepping):
    """Writes loops over several things."""

    def beside(self, node: gast.For, *, filling: bool = False) -> list[gast.AST] | None:
        """A loop over `zip(xs, generator())` or `enumerate(generator())`; filling: all it does is to fill a list."""
        call, target = node.iter, node.target
        if not isinstance(call, gast.Call) or node.orelse or call.keywords:
            return None
        function = self.resolved(call.func)
        if function is enumerate and call.args and self.gens.called(call.args[0]) is not None:
            number, item = self.fresh("number"), self.fresh("item")
            start = call.args[1] if len(call.args) > 1 else constant(0)
            pair = gast.Tuple(elts=[load(number), load(item)], ctx=gast.Load())
            more = gast.BinOp(left=load(number), op=gast.Add(), right=constant(1))
            body = [
                self.assigned(target, pair, node),
                self.assigned(store(number), more, node),
                *node.body,
            ]
            inner = with_fields(node, {"target": store(item), "iter": call.args[0], "body": body})
            found = self.gens.loop(inner)
            return None if found is None else [self.assigned(store(number), start, node), *found]
        if function is not zip or not any(self.gens.called(a) is not None for a in call.args):
            return None
        return self.abreast(node, call, filling=filling)

    def abreast(self, node: gast.For, zipped: gast.Call, *, filling: bool) -> list[gast.AST] | None:
        """A loop over several things, some of which are generators; None where that isn't the same."""
        given: list[gast.AST | Strides] = []
        for argument in zipped.args:
            if self.gens.called(argument) is None:
                if isinstance(argument, gast.Starred) or not self.is_at_hand(argument):
                    return None
                given.append(argument)
                continue
            strides = self.gens.strides(argument)
            if strides is None:
                return None
            given.append(strides)
        others = [g for g in given if not isinstance(g, Strides | gast.Name)]
        if others and not self.calm(zipped):
            return None
        if filling and all(isinstance(g, Strides) and g.endless for g in given):
            return None
        whole = self.its.items(node.target, len(given)) is None
        targets = [store(self.fresh("item")) for _ in given] if whole else list(node.target.elts)
        read = {n for g in given if isinstance(g, Strides) for n in self.read_by(g)}
        if not read.isdisjoint(target_names(node.target)):
            return None
        steps = [s for g in given if isinstance(g, Strides) for s in g.rest]
        body = with_steps(node.body, steps)
        if body is None:
            return None
        if whole:
            values = tuple_of([load(t.id) for t in targets])
            body = [self.assigned(node.target, values, node), *body]
        first = [s for g in given if isinstance(g, Strides) for s in g.first]
        return [*first, self.together(node, given, targets, body)]

    def together(
        self,
        node: gast.For,
        given: list[gast.AST | Strides],
        targets: list[gast.AST],
        body: list[gast.AST],
    ) -> gast.AST:
        """The loop in which each of them does a step."""
        over: list[tuple[gast.AST, gast.AST]] = []
        tests: list[gast.AST] = []
        for each, target in zip(given, targets, strict=True):
            if not isinstance(each, Strides):
                over.append((target, each))
            elif isinstance(each.loop, gast.For):
                over.append((each.loop.target, each.loop.iter))
            elif each.test is not None:
                tests.append(each.test)
        trip: list[gast.AST] = []
        for each, target in zip(given, targets, strict=True):
            if isinstance(each, Strides):
                if over and each.test is not None:
                    leave = gast.If(test=negated(each.test), body=[gast.Break()], orelse=[])
                    trip.append(at(leave, each.loop))
                trip += [*each.lead, self.assigned(target, each.item, node)]
        trip += body
        if not over:
            test = tests[0] if tests else constant(value=True)
            if len(tests) > 1:
                test = gast.BoolOp(op=gast.And(), values=tests)
            return at(gast.While(test=test, body=trip, orelse=[]), node)
        target, items = over[0]
        if len(over) > 1:
            target = gast.Tuple(elts=[t for t, _ in over], ctx=gast.Store())
            items = at(call(self.builtin("zip"), *(i for _, i in over)), node)
        return with_fields(node, {"target": target, "iter": items, "body": trip})

    def is_at_hand(self, node: gast.AST) -> bool:
        """Whether something that a loop runs over may be evaluated a bit later, and isn't used up by others."""
        if isinstance(node, gast.Name):
            return node.id not in self.iterators
        plain = isinstance(node, gast.Call) and self.resolved(node.func) is range
        if plain or not isinstance(node, gast.Call):
            return self.calm(node)
        return False

    @staticmethod
    def read_by(strides: Strides) -> set[str]:
        """The names that the trips of a generator read."""
        parts = [strides.item, *strides.lead, *strides.rest]
        parts += [p for p in (strides.test, getattr(strides.loop, "iter", None)) if p is not None]
        return {n for part in parts for n in loaded(part)}
