"""One forward abstract interpretation: what each name holds, which object each call means, which rule applies.

Receives a function after webs (one name, one value; variables are assigned by copies only) and the kinds of
its parameters. Gives `Facts`: the kind of every name and the resolution of every Assign. Nothing of the
user's is run; functions of the user's that are called are inferred in turn, through the context.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any

import gast

from s2sgrad.infer.calls import Calls
from s2sgrad.infer.resolution import Copy, Resolution
from s2sgrad.infer.results import constant_kind, joined
from s2sgrad.kinds import INT, UNKNOWN, Extent, Kind, Number, Sequence, Shape, Symbol, join
from s2sgrad.program import Assign, Effect, For, Return, Statement, Store, walk

if TYPE_CHECKING:
    from s2sgrad.errors import Finding
    from s2sgrad.parse import Source
    from s2sgrad.webs import Webs

__all__ = ["Facts", "infer"]

_VARYING = "varying"


@dataclass(eq=False)
class Facts:
    """The tables that infer gives.

    kinds: name → kind. calls: Assign or Store → what it means. result: the kind of the returned value.
    equal: pairs of extents of parameters that the program needs to be equal and NumPy wouldn't check.
    """

    kinds: dict[str, Kind]
    calls: dict[Statement, Resolution] = field(default_factory=dict)
    result: Kind = UNKNOWN
    findings: list[Finding] = field(default_factory=list)
    _fresh: Iterator[int] = field(default_factory=count)

    def kind(self, name: str, at: object = None) -> Kind:
        """The kind of a name; a shape that varies from trip to trip is equal only to itself at the same place."""
        return _unsettled(self.kinds.get(name, UNKNOWN), ("read", name, next(self._fresh) if at is None else at))


def infer(
    webs: Webs,
    source: Source,
    kinds: Mapping[str, Kind],
    called: Callable[[Source, Mapping[str, Kind]], Kind],
) -> Facts:
    """The facts of a function whose parameters have these kinds; `called` gives the kind of a user call's result."""
    return _Engine(webs, source, kinds, called).run()


class _Engine:
    def __init__(
        self,
        webs: Webs,
        source: Source,
        kinds: Mapping[str, Kind],
        called: Callable[[Source, Mapping[str, Kind]], Kind],
    ) -> None:
        self.function = webs.function
        self.variables = webs.variables
        self.facts = Facts(dict(kinds))
        self.statements = list(walk(self.function.body))
        self.current = 0
        self.calls = Calls(source, self.kind_of_atom, called, self.facts.findings)

    def run(self) -> Facts:
        """Repeat until nothing changes: kinds only ever become less precise."""
        for _ in range(20):
            before = dict(self.facts.kinds)
            self.facts.findings.clear()
            for self.current, statement in enumerate(self.statements):
                self.statement(statement)
            if self.facts.kinds == before:
                return self.facts
        return self.facts

    def statement(self, statement: Statement) -> None:
        match statement:
            case Assign(targets=targets, value=gast.Tuple(elts=atoms)) if len(targets) > 1:
                self.facts.calls[statement] = Copy(tuple(atoms))
                for target, atom in zip(targets, atoms, strict=True):
                    self.bind(target, self.kind_of_atom(atom), statement)
            case Assign(targets=targets, value=value):
                resolution, kind = self.calls.resolve(value, ("statement", self.current), statement.origin)
                self.facts.calls[statement] = resolution
                for index, target in enumerate(targets):
                    self.bind(target, kind if len(targets) == 1 else self.element(kind, index, statement), statement)
            case Store():
                resolution = self.calls.store(statement)
                self.facts.calls[statement] = resolution
            case For(target=target, iterable=iterable):
                self.bind(target, self.iterated(iterable, statement), statement)
            case Return(value=gast.Tuple(elts=atoms)):
                items = tuple(self.kind_of_atom(atom) for atom in atoms)
                self.facts.result = Sequence("tuple", items, joined(items))
            case Return(value=gast.AST() as value):
                self.facts.result = self.kind_of_atom(value)
            case Return():
                self.facts.result = constant_kind(None)
            case Effect():
                pass

    def bind(self, name: str, kind: Kind, statement: Statement) -> None:
        if name in self.variables:
            known = self.facts.kinds.get(name)
            kind = _settled(kind)
            kind = kind if known is None else _settled(join(known, kind, _VARYING))
        elif isinstance(statement, For):
            kind = _settled(kind)
        self.facts.kinds[name] = kind

    def kind_of_atom(self, atom: gast.AST) -> Kind:
        match atom:
            case gast.Name(id=name) if name in self.facts.kinds:
                kind = self.facts.kinds[name]
                return _unsettled(kind, ("read", name, self.current)) if _varies(kind) else kind
            case gast.Name(id=name) if name in self.calls.locals:
                return UNKNOWN
        return self.calls.constant(atom)

    def element(self, kind: Kind, index: int, statement: Statement) -> Kind:
        if isinstance(kind, Sequence):
            return kind.items[index] if kind.items is not None and index < len(kind.items) else kind.item
        if isinstance(kind, Number) and isinstance(kind.shape, tuple) and kind.shape:
            return replace(kind, shape=kind.shape[1:], array=True if len(kind.shape) > 1 else False, value=None)
        if isinstance(kind, Number):
            return Number(kind.dtype, Shape(("element", self.current, index)), None)
        return UNKNOWN

    def iterated(self, iterable: gast.AST, statement: Statement) -> Kind:
        match iterable:
            case gast.Call(func=gast.Name(id="range")):
                return INT
        return self.element(self.kind_of_atom(iterable), -1, statement)


def _varies(kind: Kind) -> bool:
    if isinstance(kind, Number):
        if isinstance(kind.shape, Shape):
            return kind.shape.key == _VARYING
        return any(extent.symbol is not None and extent.symbol.key == (_VARYING,) for extent in kind.shape)
    if isinstance(kind, Sequence):
        return _varies(kind.item) or any(_varies(item) for item in kind.items or ())
    return False


def _settled(kind: Kind) -> Kind:
    """The kind of something that is assigned again in each trip: extents that belong to one trip vary."""
    if isinstance(kind, Number):
        shape: Any = kind.shape
        if isinstance(shape, Shape):
            stable = isinstance(shape.key, tuple) and shape.key[0] == "parameter"
            return kind if stable else replace(kind, shape=Shape(_VARYING), value=None)
        fixed = tuple(
            Extent(Symbol("", axis, (_VARYING,))) if extent.symbol is not None and extent.symbol.key else extent
            for axis, extent in enumerate(shape)
        )
        value = kind.value if kind.value is None or kind.value.symbol is None or not kind.value.symbol.key else None
        return replace(kind, shape=fixed, value=value)
    if isinstance(kind, Sequence):
        items = None if kind.items is None else tuple(_settled(item) for item in kind.items)
        return Sequence(kind.type, items, _settled(kind.item))
    return kind


def _unsettled(kind: Kind, key: object) -> Kind:
    """The same with a key of its own in the place of what varies."""
    if not _varies(kind):
        return kind
    if isinstance(kind, Number):
        if isinstance(kind.shape, Shape):
            return replace(kind, shape=Shape(key))
        return replace(
            kind,
            shape=tuple(
                Extent(Symbol("", axis, (key,)))
                if extent.symbol is not None and extent.symbol.key == (_VARYING,)
                else extent
                for axis, extent in enumerate(kind.shape)
            ),
        )
    if isinstance(kind, Sequence):
        items = None if kind.items is None else tuple(_unsettled(item, key) for item in kind.items)
        return Sequence(kind.type, items, _unsettled(kind.item, key))
    return kind
