"""What a function that `transform` has made relies on around it, asked whenever it is called.

Its text reads numbers and arrays of the module where it runs, but is made for what they were: for the shape of an
array, and for which of them share memory. Where something else is there by now, the text is made once more. If it is
the same one, it holds for that, too; if not, the call is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import CellType, FunctionType, ModuleType
from typing import Any

import gast
import numpy as np

from s2sgrad.alone import TURN
from s2sgrad.arguments import described
from s2sgrad.derive import Derivative
from s2sgrad.emit import expression
from s2sgrad.errors import TransformError
from s2sgrad.followed import Meaning, form_of, shared
from s2sgrad.source import MISSING
from s2sgrad.trees import nodes

__all__ = ["relied_on"]

_NUMBERS = {bool, int, float, complex}
_MANY = 16
"""Longer lists of numbers may have any length: no text has a line for each of them."""


def relied_on(made: Derivative, again: Callable[[], Derivative]) -> Callable[[], None] | None:
    """What is called before each run of a text: raises TransformError where it doesn't hold any more.

    again: makes the derivative once more. None where there is nothing to ask for.
    """
    names = _constants(made.followed.names)
    asked = made.followed.asked
    return _Relied(made, again, names, asked) if names or asked else None


def _nothing() -> None:
    """What is asked of a function that was pickled by value: it has what it reads with it."""


class _Relied:
    """names: what is looked at; known: what it may be, so that the text is the same."""

    def __init__(
        self,
        made: Derivative,
        again: Callable[[], Derivative],
        names: tuple[Meaning, ...],
        asked: tuple[Callable[[], None], ...],
    ) -> None:
        self.text, self.again, self.asked = made.memory_text, again, asked
        self.names, self.name = names, made.name
        self.known = {_facts(m.value for m in names)}

    def __call__(self) -> None:
        for ask in self.asked:
            ask()
        for meaning in self.names:
            if not meaning.is_as_it_was(meaning.now()):
                self.look()
                return

    def look(self) -> None:
        """Look at what has changed, and refuse it if the text isn't right for it."""
        with TURN:
            names = tuple(Meaning.of(m.space, m.name, m.source, m.node) for m in self.names)
            facts = _facts(m.value for m in names)
            if facts not in self.known:
                try:
                    text = self.again().memory_text
                except TransformError as error:
                    raise self.refused(names) from error
                if text != self.text:
                    raise self.refused(names)
                self.known.add(facts)
            self.names = names

    def refused(self, names: tuple[Meaning, ...]) -> TransformError:
        """What has changed since the text was made."""
        changed = [
            (before, now)
            for before, now in zip(self.names, names, strict=True)
            if not before.is_as_it_was(now.value)
        ]
        return TransformError(
            before.source.finding(
                before.node, self.message(before, now), "Transform the function again."
            )
            for before, now in changed
        )

    def message(self, before: Meaning, now: Meaning) -> str:
        """What is wrong with what a name means now."""
        name = expression(before.node)
        was, is_now = _told(before), _told(now)
        if was == is_now:
            return f"{name} isn't the one that it was when {self.name} was made, or shares other memory"
        return f"{name} is {is_now}, and was {was} when {self.name} was made"

    def __reduce__(self) -> tuple[Any, ...]:
        return _silent, ()


def _told(meaning: Meaning) -> str:
    if meaning.form is not None:
        _, shape, dtype = meaning.form
        return f"an array of {dtype} with shape {shape}"
    return "not there" if meaning.value is MISSING else described(meaning.value)


def _silent() -> Callable[[], None]:
    return _nothing


def _constants(names: Iterable[Meaning]) -> tuple[Meaning, ...]:
    """The names of what is no function, class or module, and that no function that was followed binds."""
    names = tuple(names)
    bound = {
        name
        for source in {id(m.source): m.source for m in names}.values()
        for node in nodes(source.tree)
        for name in _bound_outside(node)
    }
    return tuple(
        m
        for m in names
        if not (callable(m.value) or isinstance(m.value, ModuleType))
        and not (m.value is MISSING and isinstance(m.space, CellType))
        and m.name not in bound
    )


def _bound_outside(node: gast.AST) -> list[str]:
    """The names around a function that a statement of it says it gives a value, or the attribute that it does."""
    match node:
        case gast.Global(names=names) | gast.Nonlocal(names=names):
            return list(names)
        case gast.Attribute(attr=attr, ctx=gast.Store()):
            return [attr]
    return []


def _facts(values: Iterable[Any]) -> tuple[Any, ...]:
    """What a text may depend on of what names around a function mean."""
    values = list(values)
    return (*map(_fact, values), shared(values))


def _fact(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return form_of(value)
    if type(value) in {list, tuple}:
        facts = tuple(map(_fact, value))
        numbers = len(facts) > _MANY and set(facts) <= _NUMBERS
        return type(value), frozenset(facts) if numbers else facts
    if type(value) is dict:
        return dict, tuple((repr(key), _fact(part)) for key, part in value.items())
    if value is None or isinstance(value, str | bytes):
        return value
    return id(value) if isinstance(value, FunctionType | type | ModuleType) else type(value)
