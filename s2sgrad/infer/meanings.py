"""What names mean: the objects that they stand for, and the kinds of what is known of them."""

from __future__ import annotations

import builtins
import math
import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import gast
import numpy as np

from s2sgrad.emit import expression
from s2sgrad.extents import Extent, Shape
from s2sgrad.infer.gone_through import items_of, key_at, keys_of
from s2sgrad.infer.overloaded import Overloaded
from s2sgrad.infer.plain import a_number
from s2sgrad.infer.resolution import Closure
from s2sgrad.infer.results import constant_kind
from s2sgrad.infer.slices import Slices
from s2sgrad.kinds import BOTTOM, UNKNOWN, Kind, Known, Number, Other, Unknown
from s2sgrad.rule_loader import helpers
from s2sgrad.source import MISSING, Source, resolve
from s2sgrad.source import Unknown as Unread
from s2sgrad.trees import name

__all__ = ["Meanings"]

Contracts = Iterable[tuple[Extent, Extent]]

_OWN = {
    "$np": np,
    "$math": math,
    "$operator": operator,
    "$a_number": a_number,
    "$items_of": items_of,
    "$key_at": key_at,
    "$keys_of": keys_of,
}


class Meanings:
    """What atoms mean, given a way to ask for the kinds of local names."""

    def __init__(
        self,
        source: Source,
        kind_of: Callable[[gast.AST], Kind],
        called: Callable[[Source, Mapping[str, Kind]], Kind],
        local_names: frozenset[str],
    ) -> None:
        self.source = source
        self.kind_of = kind_of
        self.called = called
        self.locals = local_names
        self.contracts: list[tuple[Extent, Extent]] = []
        self.slices = Slices(kind_of)
        self.likely: list[tuple[Extent, Extent]] = []
        self.agreed: Callable[[Source, Mapping[str, Kind]], tuple[Contracts, Contracts]] = (
            lambda *_: (
                (),
                (),
            )
        )
        self.kinds: Mapping[str, Kind] = {}
        self.lifted: dict[int, Closure] = {}
        self.overloaded = Overloaded(source)

    def unreached(self, local: str) -> bool:
        """Whether a name is local, and nothing that it holds has been reached yet."""
        if local not in self.locals or self.kinds.get(local, BOTTOM).__class__ is not Kind:
            return False
        return self.kind_of(name(local)) == BOTTOM

    def object(self, tree: gast.AST) -> Any:
        """The Python object that a name or a dotted name means, or MISSING."""
        match tree:
            case gast.Name(id=name) if name in self.locals:
                kind = self.kind_of(tree)
                return kind.value if isinstance(kind, Known) else MISSING
            case gast.Name(id=name) if name.startswith("$"):
                module, _, attribute = name.partition(".")
                own = helpers().get(module[1:], getattr(builtins, module[1:], MISSING))
                base = _OWN.get(module, own)
                return getattr(base, attribute, MISSING) if attribute else base
            case gast.Attribute(value=value, attr=attribute):
                root: gast.AST = value
                while isinstance(root, gast.Attribute):
                    root = root.value
                if isinstance(root, gast.Name) and root.id.startswith("$"):
                    base = self.object(value)
                    return getattr(base, attribute, MISSING)
                if isinstance(root, gast.Name) and root.id in self.locals:
                    return MISSING
        return resolve(tree, self.source.namespace)

    def constant(self, atom: gast.AST) -> Kind:
        """The kind of an atom that is no local name."""
        match atom:
            case gast.Constant(value=value):
                return constant_kind(value) if value is not Ellipsis else Known(...)
            case gast.UnaryOp(op=gast.USub(), operand=gast.Constant(value=value)) if isinstance(
                value, int | float | complex
            ):
                return constant_kind(-value)
            case gast.Name() | gast.Attribute():
                value = self.object(atom)
                if isinstance(value, Unread) and value.a_dict:
                    return Other("dict")
                if value is MISSING or isinstance(value, Unread):
                    looked_up = isinstance(atom, gast.Attribute)
                    overloads = value is not MISSING and value.overloads
                    return Unknown(
                        overloads=overloads or (looked_up and self.overloaded.gives(atom, self))
                    )
                return constant_kind(value, expression(atom))
        return UNKNOWN

    def number(self, atom: gast.AST) -> Number | None:
        """The kind of an atom as that of a number, if it can be one."""
        kind = self.kind_of(atom)
        if isinstance(kind, Unknown):
            return Number(None, Shape(("atom", expression(atom))), None)
        return kind if isinstance(kind, Number) else None
