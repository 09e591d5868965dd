"""What is passed to a function: its arguments one by one, those behind `*` and `**` as well."""

from __future__ import annotations

import inspect
import types
from collections.abc import Collection

import gast

from s2sgrad.infer.functions import signature
from s2sgrad.program import Assign, Effect
from s2sgrad.source import MISSING, Source
from s2sgrad.trees import name
from s2sgrad.unfold.classes import how_it_is_made, is_plain_class
from s2sgrad.unfold.objects import Objects
from s2sgrad.unfold.values import Bound, Fixed, Nested, Plain, Record, Value, literal_key

__all__ = ["Arguments", "Given"]

Given = tuple[list[Value], dict[str, Value]]


class Arguments(Objects):
    """Writes what is unpacked into calls."""

    def given(self, node: gast.Call, function: Value) -> Given | None:
        """The arguments of a call, None where it isn't known which they are."""
        args: list[Value] = []
        for number, arg in enumerate(node.args):
            if isinstance(arg, gast.Starred):
                items = self.spread(arg.value)
                if items is None:
                    items = self.filling(node, number, len(args), function)
                if items is None:
                    return None
                args += items
            else:
                args.append(self.atom(arg))
        keywords: dict[str, Value] = {}
        named = {k.arg for k in node.keywords}
        for keyword in node.keywords:
            value = self.atom(keyword.value)
            if keyword.arg is not None:
                keywords[keyword.arg] = value
            elif isinstance(value, Record) and value.kind is dict:
                keywords.update({str(key): part for key, part in value.parts.items()})
            else:
                rest = self.in_rest(keyword.value, function, len(args), named)
                if rest is None:
                    return None
                keywords.update(rest)
        return args, keywords

    def filling(
        self, node: gast.Call, number: int, before: int, function: Value
    ) -> list[Value] | None:
        """The items of `*items`, of which it isn't known how many there are: as many as the function wants."""
        others = node.args[number + 1 :]
        if any(isinstance(a, gast.Starred) for a in others) or any(
            k.arg is None for k in node.keywords
        ):
            return None
        left = self.left_by(function, before, {k.arg for k in node.keywords})
        if left is None:
            return None
        left = left[: len(left) - len(others)]
        value = self.atom(node.args[number].value)
        if len(left) < 2 or not isinstance(value, Plain):
            return None
        targets = tuple(self.fresh(parameter) for parameter in left)
        for target in targets:
            self.binds[target] += 1
            self.ordinary.add(target)
        self.changed = True
        self.add(Assign(targets, value.atom, origin=self.origin))
        return [Plain(name(target)) for target in targets]

    def left_by(self, function: Value, before: int, named: Collection[str]) -> list[str] | None:
        """The parameters of a function that have to be given beside some; None if others may be given as well."""
        wanted = self.wanted_by(function)
        left = [(p, optional) for p, optional in (wanted or ())[before:] if p not in named]
        return None if wanted is None or any(o for _, o in left) else [p for p, _ in left]

    def in_rest(
        self, whole: gast.AST, function: Value, before: int, named: Collection[str]
    ) -> dict[str, Value] | None:
        """The arguments in `**whole`, what the caller gave by other names: those that the function still wants."""
        if not isinstance(whole, gast.Name) or whole.id != self.rest or self.binds[whole.id] > 1:
            return None
        left = self.left_by(function, before, named)
        if not left:
            return None
        self.changed = True
        self.tell_rest(whole, sorted(left))
        return {
            key: self.into(gast.Subscript(value=whole, slice=literal_key(key), ctx=gast.Load()))
            for key in left
        }

    def tell_rest(self, whole: gast.AST, keys: list[str]) -> None:
        """Assert which names the caller gave, if it isn't known yet."""
        if any(self.place[: len(place)] == place for place in self.rest_told.get(tuple(keys), ())):
            return
        self.rest_told.setdefault(tuple(keys), []).append(self.place)
        known = gast.Call(func=name("sorted"), args=[whole], keywords=[])
        wanted = gast.List(elts=[literal_key(key) for key in keys], ctx=gast.Load())
        test = gast.Compare(left=known, ops=[gast.Eq()], comparators=[wanted])
        self.add(Effect(gast.Assert(test=test, msg=None), origin=self.origin))

    def wanted_by(self, function: Value) -> list[tuple[str, bool]] | None:
        """The parameters of a function, each with whether it may be left out; None if there may be others."""
        match function:
            case Fixed(object=type() as cls) if is_plain_class(cls):
                made = how_it_is_made(cls)
                if made is not None and made.fields is not None and made.initial is None:
                    return [(key, default is not MISSING) for key, default in made.fields.items()]
                source = None if made is None else self.python_source(made.initial)
                return None if source is None else _all_of(source, 1)
            case Fixed(object=types.MethodType() as method):
                source = self.python_source(method.__func__)
                return None if source is None else _all_of(source, 1)
            case Fixed(object=found):
                source = self.python_source(found)
                return None if source is None else _all_of(source, 0)
            case Bound(function=Fixed(object=types.FunctionType() as found)):
                source = self.python_source(found)
                return None if source is None else _all_of(source, 1)
            case Nested(name=home):
                made_here = self.made_here.get(home)
                return None if made_here is None else _all_of(made_here, 0)
        return None


def _all_of(source: Source, own: int) -> list[tuple[str, bool]] | None:
    """The parameters of a function behind its own first ones."""
    parameters = list(signature(source).parameters.values())
    plain = {inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD}
    if any(p.kind not in plain for p in parameters):
        return None
    return [(p.name, p.default is not p.empty) for p in parameters[own:]]
