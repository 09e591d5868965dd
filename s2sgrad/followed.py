"""What a derivative takes from outside of its function, and whether it is still so.

A text is made for what names mean at that moment: the helpers that are called, `np` and other modules, constants that
are numbers or arrays. Constants are read when the text runs, and may be others of the same kind then: arrays of the
same shape and dtype, of which those share memory that did. Who keeps what was made asks before it is used again:
modules are reloaded, names are bound again, and notebooks put new code into functions that are there already.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import CellType, CodeType, FunctionType
from typing import Any, TypeAlias

import gast
import numpy as np

from s2sgrad.load import STILL
from s2sgrad.memory_around import owners, sharing
from s2sgrad.outward import leads_to
from s2sgrad.parse import LiveNamespace
from s2sgrad.source import MISSING, Source
from s2sgrad.trees import nodes, of_kind

__all__ = ["Followed", "Meaning", "followed", "form_of", "shared"]

Space: TypeAlias = Mapping[str, Any] | CellType | type
"""Where a name is bound: the variables of a module, the attributes of an object, a cell, a class."""

_NUMBERS = (bool, int, float, complex)


@dataclass(frozen=True, eq=False)
class Meaning:
    """What a name meant. space: where it is bound; source, node: where it is read; form: the shape of an array."""

    space: Space
    name: str
    value: Any
    source: Source
    node: gast.AST
    form: tuple[object, ...] | None = None

    @classmethod
    def of(cls, space: Space, name: str, source: Source, node: gast.AST) -> Meaning:
        """What it means now."""
        value = _now(space, name)
        return cls(space, name, value, source, node, form_of(value))

    def now(self) -> Any:
        """What the name means at present."""
        return _now(self.space, self.name)

    def is_as_it_was(self, now: Any) -> bool:
        """Whether it means the same, or another number: nothing else has to be asked then."""
        if now is self.value:
            return self.form is None or form_of(now) == self.form
        return type(now) is type(self.value) and isinstance(now, _NUMBERS)


@dataclass(frozen=True, eq=False)
class Followed:
    """codes: functions, and what they did; names: what names meant; asked: what functions made by s2sgrad rely on."""

    codes: tuple[tuple[FunctionType, CodeType], ...] = ()
    names: tuple[Meaning, ...] = ()
    asked: tuple[Callable[[], None], ...] = ()
    _shared: list[frozenset[tuple[int, int]]] = field(default_factory=list)

    def still(self) -> bool:
        """Whether all is as it was."""
        for ask in self.asked:
            ask()
        for function, code in self.codes:
            if function.__code__ is not code:
                return False
        moved = False
        for meaning in self.names:
            now = meaning.now()
            if not meaning.is_as_it_was(now):
                if meaning.form is None or form_of(now) != meaning.form:
                    return False
                moved = True
        if not moved:
            return True
        if not self._shared:
            self._shared.append(shared(m.value for m in self.names))
        return shared(m.now() for m in self.names) == self._shared[0]

    def __add__(self, other: Followed) -> Followed:
        """Both together."""
        return Followed(
            self.codes + other.codes, self.names + other.names, self.asked + other.asked
        )


def followed(sources: Iterable[Source]) -> Followed:
    """What live functions take from outside of them."""
    codes: dict[int, tuple[FunctionType, CodeType]] = {}
    names: dict[tuple[int, str], Meaning] = {}
    asked: dict[int, Callable[[], None]] = {}

    def note(space: Space, name: str, source: Source, node: gast.AST) -> None:
        if (id(space), name) not in names:
            names[id(space), name] = Meaning.of(space, name, source, node)

    live = [(s, s.namespace) for s in sources if isinstance(s.namespace, LiveNamespace)]
    stored = {
        node.attr
        for source, _ in live
        for node in of_kind(source.tree, gast.Attribute)
        if isinstance(node.ctx, gast.Store)
    }
    for source, space in live:
        codes[id(space.function)] = space.function, space.code
        if STILL in space.cells:
            ask = space.cells[STILL].cell_contents
            asked[id(ask)] = ask
        read = _names_read(space.code)
        for node in nodes(source.tree):
            match node:
                case gast.Name(id=name) if name in space.cells:
                    note(space.cells[name], name, source, node)
                case gast.Name(id=name) if name in space.globals:
                    value = space.globals[name]
                    if name in read or not (isinstance(value, _NUMBERS) or form_of(value)):
                        note(space.globals, name, source, node)
                    for key in _functions(value):
                        note(value, key, source, node)
                case gast.Attribute(value=base, attr=name) if name not in stored:
                    places = _places(_meant(base, space), name)
                    known = _now(places[-1], name) if places else None
                    if isinstance(known, (FunctionType, np.ndarray, *_NUMBERS)):
                        for place in places:
                            note(place, name, source, node)
    return Followed(tuple(codes.values()), tuple(names.values()), tuple(asked.values()))


def shared(values: Iterable[object]) -> frozenset[tuple[int, int]]:
    """Which of some values share memory, as pairs of their positions."""
    return sharing([list(_arrays(value)) for value in values])


def _arrays(value: object) -> Iterator[np.ndarray[Any, Any]]:
    """The arrays that a value leads to, but for what functions keep."""
    for inner in () if isinstance(value, FunctionType | type) else leads_to(value, classes=False):
        yield from [a for a in owners(inner) if isinstance(a, np.ndarray)][:1]


def form_of(value: object) -> tuple[object, ...] | None:
    """What a text relies on of an array; None for anything else."""
    return (type(value), value.shape, value.dtype) if isinstance(value, np.ndarray) else None


def _names_read(code: CodeType) -> Collection[str]:
    """The names by which code, and that of functions inside, may read what is around it."""
    inner = (_names_read(c) for c in code.co_consts if isinstance(c, CodeType))
    return {*code.co_names}.union(*inner)


def _functions(value: object) -> list[str]:
    """The keys of the functions in a dict of such."""
    if type(value) is not dict:
        return []
    return [k for k, v in value.items() if isinstance(k, str) and callable(v)]


def _meant(tree: gast.AST, space: LiveNamespace) -> object:
    """The module, the class or the object that an expression means; None if that isn't known."""
    match tree:
        case gast.Name(id=name):
            return space.get(name)
        case gast.Attribute(value=base, attr=name):
            places = _places(_meant(base, space), name)
            return _now(places[-1], name) if places else None
    return None


def _places(owner: object, name: str) -> list[Space]:
    """Where an attribute is looked for, up to where it is; nothing if it isn't found."""
    places: list[Space] = [vars(owner)] if hasattr(owner, "__dict__") else []
    if isinstance(owner, type):
        places = [*owner.__mro__]
    found = next((k for k, place in enumerate(places) if _now(place, name) is not MISSING), None)
    return [] if found is None else places[: found + 1]


def _now(space: Space, name: str) -> Any:
    if isinstance(space, CellType):
        try:
            return space.cell_contents
        except ValueError:
            return MISSING
    return (vars(space) if isinstance(space, type) else space).get(name, MISSING)
