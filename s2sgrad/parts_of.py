"""What a parameter is made of: the structure of an example, or the one that an annotation says."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from s2sgrad.infer.parameters import annotated_kind
from s2sgrad.kinds import carries
from s2sgrad.names import claimed
from s2sgrad.numeric import has_reals, is_real
from s2sgrad.settled import as_literal
from s2sgrad.source import MISSING, Source
from s2sgrad.structure import Part, Structure
from s2sgrad.unfold.classes import (
    attributes_in,
    fields_of,
    is_plain_class,
)

__all__ = ["Maker"]


@dataclass(eq=False)
class Maker:
    """Finds the structure of a parameter.

    settled: whole numbers, texts, True, False and None are what they are in the example, which the text asserts.
    objects: objects have parts, too, whatever their class does when they are made; around: those that it is in.
    """

    taken: set[str]
    given: dict[str, Any]
    annotations: dict[str, object]
    source: Source
    settled: bool = False
    objects: bool = False
    around: list[object] = field(default_factory=list)

    def fresh(self, wanted: str) -> str:
        wanted = unicodedata.normalize("NFKC", wanted)  # as Python reads names
        return claimed(wanted if wanted.isidentifier() else "part", self.taken)

    def of_value(self, path: str, value: Any) -> Structure | None:
        """The structure of an example; a name of its own for a part that has none."""
        parts = None if any(value is a for a in self.around) else self.parts_of(value)
        if parts is None:
            return None
        self.around.append(value)
        found: dict[object, Part] = {}
        real: set[str] = set()
        hints = _hints(type(value)) if is_plain_class(type(value)) else {}
        for key, part in parts.items():
            literal = as_literal(part) if self.settled and type(part) in _SETTLED else None
            if literal is not None:
                found[key] = literal
                continue
            inner = self.of_value(f"{path}_{key}", part)
            if inner is not None:
                found[key] = inner
                real |= inner.real
                continue
            new = found[key] = self.fresh(f"{path}_{key}")
            self.given[new] = part
            if hints.get(str(key)) is float:
                self.annotations[new] = float
            if _is_differentiable(part):
                real.add(new)
        self.around.pop()
        kind = self.kind_of(value)
        opaque = kind not in {dict, list, tuple} and fields_of(kind) != list(found)
        real = set() if opaque else real
        return Structure(
            kind,
            found,
            frozenset(real),
            settled=self.settled,
            opaque=opaque,
            identity=frozenset() if isinstance(value, tuple) else frozenset({id(value)}),
        )

    @staticmethod
    def kind_of(value: Any) -> type:
        return type(value)

    def parts_of(self, value: Any) -> dict[object, Any] | None:
        """The parts of a value, None where it is taken as a whole."""
        if type(value) is dict and value and all(type(k) in {str, int} for k in value):
            return dict(value)
        if type(value) in {list, tuple} and value:
            whole = all(isinstance(v, int | float | str | np.ndarray | np.generic) for v in value)
            return None if whole and type(value) is list else dict(enumerate(value))
        cls = type(value)
        if not is_plain_class(cls) or not self.visible(cls):
            return None
        fields = fields_of(cls)
        if fields is not None:
            return {field: getattr(value, field) for field in fields}
        return attributes_in(value) if self.objects else None

    def visible(self, cls: type) -> bool:
        """Whether the class can be called by its name."""
        return self.source.namespace.get(cls.__name__, MISSING) is cls

    def of_annotation(self, path: str, annotation: object) -> Structure | None:
        """The structure that a class with fields says."""
        if (
            not isinstance(annotation, type)
            or not is_plain_class(annotation)
            or not self.visible(annotation)
        ):
            return None
        fields = fields_of(annotation)
        if not fields:
            return None
        found: dict[object, Part] = {}
        real: set[str] = set()
        hints = _hints(annotation)
        for each in fields:
            inner = self.of_annotation(f"{path}_{each}", hints.get(each))
            if inner is not None:
                found[each] = inner
                real |= inner.real
                continue
            new = found[each] = self.fresh(f"{path}_{each}")
            hint = hints.get(each)
            if hint is not None:
                self.annotations[new] = hint
            kind = annotated_kind(hint, new)
            if kind is not None and carries(kind):
                real.add(new)
        return Structure(annotation, found, frozenset(real))


def _is_differentiable(part: Any) -> bool:
    """Whether one may differentiate by something that is given whole: by a list without items, too."""
    return not part or has_reals(part) if type(part) is list else is_real(part)


def _hints(cls: type) -> dict[str, object]:
    import typing  # noqa: PLC0415

    try:
        return typing.get_type_hints(cls)
    except (NameError, TypeError):
        return {}


_SETTLED = (bool, int, str, type(None))
