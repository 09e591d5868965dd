"""Dual numbers, which notice when a computation is close to a kink, a tie, or the end of a domain."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

__all__ = ["Dual", "NotSmoothError", "lifted", "value_of", "watched"]

_GAP = 1e-3
_LARGE = 1e4


class NotSmoothError(Exception):
    """A computation that is near a place where it has no derivative, or where differences are inexact."""


_on = [False]


@contextmanager
def watched() -> Iterator[None]:
    """Raise NotSmoothError where a computation inside comes too close."""
    before, _on[0] = _on[0], True
    try:
        yield
    finally:
        _on[0] = before


def _near(distance: float, what: str) -> None:
    if _on[0] and not abs(distance) > _GAP:
        raise NotSmoothError(what)


class Dual:
    """The number v, which moves with speed d; both may be complex on the way."""

    __slots__ = ("d", "v")

    def __init__(self, v: Any, d: Any = 0.0) -> None:
        if _on[0] and not (abs(v) < _LARGE and abs(d) < 100 * _LARGE):
            raise NotSmoothError("large")
        self.v = v
        self.d = d

    def __repr__(self) -> str:
        """A text from which `of_text` makes the number again, with its speed."""
        return f"{self.v!r}~{self.d!r}"

    def __format__(self, how: str) -> str:
        return format(self.v, how) if how else repr(self)

    @staticmethod
    def of_text(text: str) -> Dual:
        """The number that a text is of."""
        value, _, speed = text.partition("~")
        return Dual(float(value), float(speed or 0.0))

    def __add__(self, other: Any) -> Any:
        return self._both(other, lambda x, y: Dual(x.v + y.v, x.d + y.d))

    def __sub__(self, other: Any) -> Any:
        return self._both(other, lambda x, y: Dual(x.v - y.v, x.d - y.d))

    def __mul__(self, other: Any) -> Any:
        return self._both(other, lambda x, y: Dual(x.v * y.v, x.d * y.v + x.v * y.d))

    def __truediv__(self, other: Any) -> Any:
        return self._both(other, _quotient)

    def __pow__(self, other: Any) -> Any:
        return self._both(other, power)

    def __mod__(self, other: Any) -> Any:
        return self._both(other, _remainder)

    def __floordiv__(self, other: Any) -> Any:
        return self._both(other, lambda x, y: Dual((x.v - _remainder(x, y).v) / y.v))

    def __divmod__(self, other: Any) -> Any:
        return self // other, self % other

    def __round__(self, digits: None = None) -> int:
        if self.d:
            _near(self.v - math.floor(self.v) - 0.5, "step")
        return round(self.v)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: Any) -> Any:
        return self._both(other, lambda x, y: Dual(y.v - x.v, y.d - x.d))

    def __rtruediv__(self, other: Any) -> Any:
        return self._both(other, lambda x, y: _quotient(y, x))

    def __rpow__(self, other: Any) -> Any:
        return self._both(other, lambda x, y: power(y, x))

    def _both(self, other: Any, f: Callable[[Any, Any], Any]) -> Any:
        if isinstance(other, Dual):
            return f(self, other)
        if isinstance(other, complex):
            return f(self, Dual(other))
        if isinstance(other, int | float | np.number | np.bool_):
            return f(self, Dual(float(other)))
        return NotImplemented

    def __neg__(self) -> Dual:
        return Dual(-self.v, -self.d)

    def __pos__(self) -> Dual:
        return self

    def __abs__(self) -> Dual:
        if self.d:
            _near(abs(self.v), "abs at 0")
        if isinstance(self.v, complex):
            size = abs(self.v)
            return Dual(size, (self.v.conjugate() * self.d).real / size if self.d else 0.0)
        return self if self.v >= 0 else -self

    def __lt__(self, other: Any) -> Any:
        return self._compared(other, lambda x, y: x < y)

    def __le__(self, other: Any) -> Any:
        return self._compared(other, lambda x, y: x <= y)

    def __gt__(self, other: Any) -> Any:
        return self._compared(other, lambda x, y: x > y)

    def __ge__(self, other: Any) -> Any:
        return self._compared(other, lambda x, y: x >= y)

    def __eq__(self, other: object) -> Any:
        return self._compared(other, lambda x, y: x == y)

    def __ne__(self, other: object) -> Any:
        return self._compared(other, lambda x, y: x != y)

    def __hash__(self) -> int:
        return hash(self.v)

    def _compared(self, other: Any, f: Callable[[float, float], bool]) -> Any:
        if not isinstance(other, Dual | int | float | np.number | np.bool_):
            return NotImplemented
        other = other if isinstance(other, Dual) else Dual(float(other))
        if self.d != other.d:
            _near(self.v - other.v, "tie")
        return f(self.v, other.v)

    def __bool__(self) -> bool:
        return bool(self != 0.0)

    def __int__(self) -> int:
        if self.d:
            _near(self.v - round(self.v), "step")
        return int(self.v)

    def __floor__(self) -> int:
        int(self)
        return math.floor(self.v)

    def conjugate(self) -> Dual:
        return Dual(self.v.conjugate(), self.d.conjugate())

    @property
    def real(self) -> Dual:
        return Dual(self.v.real, self.d.real)

    @property
    def imag(self) -> Dual:
        return Dual(self.v.imag, self.d.imag)

    def sqrt(self) -> Dual:
        _near(max(self.v, 0.0) / 20, "end of a domain")
        root = math.sqrt(self.v)
        return Dual(root, self.d / (2 * root) if self.d else 0.0)


def power(x: Dual, y: Dual) -> Dual:
    """x to the power of y."""
    d = 0.0
    if x.d and y.v:
        if y.v < 1 or y.v != round(y.v):
            _near(x.v / 20, "end of a domain")
        d += y.v * x.v ** (y.v - 1) * x.d
    if y.d:
        _near(max(x.v, 0) / 20, "end of a domain")
        d += x.v**y.v * math.log(x.v) * y.d
    return Dual(x.v**y.v, d)


def _quotient(x: Dual, y: Dual) -> Dual:
    _near(y.v / 50, "division by zero")
    return Dual(x.v / y.v, (x.d - x.v / y.v * y.d) / y.v)


def _remainder(x: Dual, y: Dual) -> Dual:
    turns = x.v / y.v
    if x.d or y.d:
        _near(turns - round(turns), "step")
    return Dual(x.v % y.v, x.d - math.floor(turns) * y.d)


def value_of(x: Any) -> Any:
    """The number that moves, or x itself."""
    return x.v if isinstance(x, Dual) else x


def lifted(value: Any) -> Any:
    """A value of the language of duals: arrays of floats are arrays of objects, in the same layout."""
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        made = np.empty_like(value, dtype=object)
        made[...] = np.frompyfunc(Dual, 1, 1)(value)
        return made
    if isinstance(value, np.floating):
        return Dual(float(value))
    return value
