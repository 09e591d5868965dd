"""What is passed to a function: its arguments one by one, those behind `*` and `**` as well."""

from __future__ import annotations

import inspect
import types

import gast

from s2sgrad.infer.functions import signature
from s2sgrad.program import Assign
from s2sgrad.source import MISSING, Source
from s2sgrad.trees import name
from s2sgrad.unfold.classes import how_it_is_made, is_plain_class
from s2sgrad.unfold.objects import Objects
from s2sgrad.unfold.values import Bound, Fixed, Nested, Plain, Record, Value

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
        for keyword in node.keywords:
            value = self.atom(keyword.value)
            if keyword.arg is not None:
                keywords[keyword.arg] = value
            elif isinstance(value, Record) and value.kind is dict:
                keywords.update({str(key): part for key, part in value.parts.items()})
            else:
                return None
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
        wanted = self.wanted_by(function)
        if wanted is None:
            return None
        named = {k.arg for k in node.keywords}
        left = [p for p in wanted[before:] if p not in named]
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

    def wanted_by(self, function: Value) -> list[str] | None:
        """The parameters of a function that has to be given all of them, None if some may be left out."""
        match function:
            case Fixed(object=type() as cls) if is_plain_class(cls):
                made = how_it_is_made(cls)
                if made is not None and made.fields is not None and made.initial is None:
                    inert = all(default is MISSING for default in made.fields.values())
                    return list(made.fields) if inert else None
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


def _all_of(source: Source, own: int) -> list[str] | None:
    """The parameters of a function behind its own first ones, None if some may be left out."""
    parameters = list(signature(source).parameters.values())
    plain = {inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD}
    if any(p.kind not in plain or p.default is not p.empty for p in parameters):
        return None
    return [p.name for p in parameters[own:]]
