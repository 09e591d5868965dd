"""Whether kinds hold at run time: every value is compared with the kind of its name.

`Observer(analysis)` makes the program tell each value that it assigns. Names whose kinds have an
extent in common have to have axes of one length at the same time: what a loop assigned in an
earlier trip is forgotten when the next one starts.
"""

from __future__ import annotations

import copy
import operator
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import gast
import numpy as np

from s2sgrad import program
from s2sgrad.context import Analysis
from s2sgrad.extents import Extent, Shape, Symbol
from s2sgrad.infer.resolution import Closure, UserCall
from s2sgrad.kinds import VARYING, Kind, Known, Number, Other, Sequence
from tests.running import compiled, with_plain_names

__all__ = ["KindError", "Observer"]

_DTYPES = {"bool": "b", "int": "iu", "float": "f", "float64": "f", "float32": "f", "complex": "c"}
_NUMBERS = bool | int | float | complex | np.generic | np.ndarray


class KindError(AssertionError):
    """A name held something that its kind doesn't allow."""


@dataclass
class _Claims:
    """What holding one value says of symbols and shapes: the least and the greatest it can be."""

    symbols: list[tuple[Symbol, int, float]] = field(default_factory=list)
    shapes: list[tuple[Shape, tuple[int, ...]]] = field(default_factory=list)

    def contradicts(self, other: _Claims) -> bool:
        for symbol, low, high in self.symbols:
            for same, low_there, high_there in other.symbols:
                if symbol == same and max(low, low_there) > min(high, high_there):
                    return True
        return any(s == t and a != b for s, a in self.shapes for t, b in other.shapes)


class Observer:
    """An analysed function that checks itself while it runs; calls: the calls of user functions."""

    def __init__(self, analysis: Analysis, namespace: Mapping[str, object]) -> None:
        self.analysis = analysis
        self.kinds = analysis.facts.kinds
        self.claims: dict[str, _Claims] = {}
        self.loops: list[tuple[str, ...]] = []
        self.calls: list[tuple[UserCall, dict[str, Any]]] = []
        plain = with_plain_names(replace(analysis.function, name="observed_"))
        body = self.block(plain.body, analysis.function.body)
        entry = [_note(f"see_({name!r}, {name})") for name in self.parameters]
        observed = replace(plain, body=(*entry, *body))
        names = {**namespace, "operator_": operator, "see_": self.see, "trip_": self.trip}
        self.function = compiled(observed, {**names, "call_": self.call}, raw=True)

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(parameter.name for parameter in self.analysis.function.parameters)

    def run(self, arguments: dict[str, Any]) -> Any:
        """Run it; KindError where a value isn't what its kind says."""
        self.claims = {}
        own = copy.deepcopy(arguments)
        parameters = self.analysis.function.parameters
        only = [p.name for p in parameters if p.kind == "positional_only"]
        first = [own.pop(name) for name in only]
        result = self.function(*first, **own)
        claims = _Claims()
        _check(result, self.analysis.facts.result, "the result", claims)
        return result

    # ---- instrumenting ----------------------------------------------------------------------

    def block(self, plain: program.Block, original: program.Block) -> program.Block:
        written: list[program.Statement] = []
        for statement, there in zip(plain, original, strict=True):
            match statement, there:
                case program.If(), program.If():
                    body = self.block(statement.body, there.body)
                    orelse = self.block(statement.orelse, there.orelse)
                    written.append(replace(statement, body=body, orelse=orelse))
                case program.For(), program.For():
                    start = [self.tick(there.body, there.target), *_seen((statement.target,))]
                    body = (*start, *self.block(statement.body, there.body))
                    written.append(replace(statement, body=body, header=None))
                case program.While(), program.While():
                    start = [self.tick((*there.head, *there.body))]
                    head = (*start, *self.block(statement.head, there.head))
                    body = self.block(statement.body, there.body)
                    written.append(replace(statement, head=head, body=body))
                case program.Assign(targets=targets), _:
                    call = self.analysis.facts.calls.get(there)
                    if isinstance(call, UserCall) and not _itself(call, self.analysis):
                        number = len(self.calls)
                        self.calls.append((call, {}))
                        written.append(_note_call(number, call))
                    written += [statement, *_seen(targets)]
                case _:
                    written.append(statement)
        return tuple(written)

    def tick(self, block: program.Block, *targets: str) -> program.Statement:
        names = [*targets]
        for statement in program.walk(block):
            match statement:
                case program.Assign(targets=bound):
                    names += bound
                case program.For(target=target):
                    names.append(target)
        self.loops.append(tuple(names))
        return _note(f"trip_({len(self.loops) - 1})")

    # ---- while it runs ----------------------------------------------------------------------

    def trip(self, loop: int) -> None:
        """A trip starts: what the last one assigned is no longer there."""
        for name in self.loops[loop]:
            self.claims.pop(name, None)

    def see(self, name: str, value: Any) -> None:
        """A name has a new value."""
        kind = self.kinds.get(name)
        if kind is None:
            msg = f"{name} has no kind, but is {value!r}"
            raise KindError(msg)
        claims = _Claims()
        _check(value, kind, name, claims)
        if claims.contradicts(claims):
            msg = f"{name} is {value!r}, and not {kind}"
            raise KindError(msg)
        if not claims.symbols and not claims.shapes:
            self.claims.pop(name, None)
            return
        for other, there in self.claims.items():
            if other != name and claims.contradicts(there):
                msg = f"{name} is {value!r} and not {kind}, for {other} is {self.kinds[other]}"
                raise KindError(msg)
        self.claims[name] = claims

    def call(self, number: int, arguments: dict[str, Any]) -> None:
        """A user function is called."""
        _, known = self.calls[number]
        if not known:
            known.update(_copied(arguments))


def _itself(call: UserCall, analysis: Analysis) -> bool:
    return call.source.tree is analysis.source.tree


def _copied(arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: copy.deepcopy(value) for name, value in arguments.items()}


def _seen(names: tuple[str, ...]) -> Iterator[program.Statement]:
    return (_note(f"see_({name!r}, {name})") for name in names)


def _note(text: str) -> program.Effect:
    return program.Effect(gast.parse(text).body[0])


def _note_call(number: int, call: UserCall) -> program.Effect:
    names = list(call.arguments)
    shown = ", ".join(f"{name!r}: None" for name in names)
    note = _note(f"call_({number}, {{{shown}}})")
    values = note.node.value.args[1].values  # type: ignore[attr-defined]
    values[:] = list(call.arguments.values())
    return note


# ---- one value and one kind ----------------------------------------------------------------------


def _check(value: Any, kind: Kind, name: str, claims: _Claims) -> None:
    """Fail where value isn't of this kind, and note what it says of extents."""
    if not _holds(value, kind, name, claims):
        msg = f"{name} is {value!r} of {type(value)}, and not {kind}"
        raise KindError(msg)


def _holds(value: Any, kind: Kind, name: str, claims: _Claims) -> bool:
    match kind:
        case Number():
            return _number(value, kind, claims)
        case Sequence(type=type_, items=items, item=item):
            if type(value).__name__ != type_:
                return False
            if items is not None:
                if len(items) != len(value):
                    return False
                for number, (part, each) in enumerate(zip(value, items, strict=True)):
                    _check(part, each, f"{name}[{number}]", claims)
            parts = value.values() if isinstance(value, dict) else value
            for number, part in enumerate(parts):
                _check(part, item, f"{name}[{number}]", claims)
            return True
        case Known(value=Closure()):
            return callable(value)
        case Known(value=known):
            return value is known or value == known
        case Other():
            return not isinstance(value, float | complex | np.inexact | np.ndarray)
    return type(kind) is not Kind


def _number(value: Any, kind: Number, claims: _Claims) -> bool:
    if kind.dtype is None and isinstance(kind.shape, Shape) and kind.array is None:
        if isinstance(value, _NUMBERS) and kind.shape.key != VARYING:
            claims.shapes.append((kind.shape, np.shape(value)))
        return True  # nothing is known: it may be no number
    if not isinstance(value, _NUMBERS):
        return False
    dtype = np.asarray(value).dtype
    if kind.dtype is not None and dtype.kind not in _DTYPES[kind.dtype]:
        return False
    if kind.dtype in {"float64", "float32"} and dtype.name != kind.dtype:
        return False
    shape = np.shape(value)
    without_axes = isinstance(kind.shape, Shape) and isinstance(value, np.generic)
    if kind.array is True and not isinstance(value, np.ndarray) and not without_axes:
        return False
    if kind.array is False and isinstance(value, np.ndarray):
        return False
    if isinstance(kind.shape, Shape):
        if kind.shape.key != VARYING:
            claims.shapes.append((kind.shape, shape))
    elif len(shape) != len(kind.shape):
        return False
    else:
        for length, extent in zip(shape, kind.shape, strict=True):
            if not _length(length, extent, claims):
                return False
    if kind.value is None:
        return True
    if kind.value.symbol is None:
        return int(value) == kind.value.offset
    exact = int(value) - kind.value.offset
    claims.symbols.append((kind.value.symbol, exact, exact))
    return True


def _length(length: int, extent: Extent, claims: _Claims) -> bool:
    if extent.symbol is None:
        return length == extent.offset
    if extent.solid and length == 1:
        return False
    if extent.symbol.key != (VARYING,):
        least = length - extent.offset
        low, high = (least, float(least)) if length else (-(10**9), float(least))
        claims.symbols.append((extent.symbol, low, high))
    return True
