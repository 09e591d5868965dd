"""The modules `np` and `math` of a program that runs on dual numbers.

Arrays of floats are NumPy arrays of objects: views, stores, broadcasting, masks and copies are NumPy's own. Only what
NumPy can't do for objects stands here: elementary functions, what makes arrays, and a little linear algebra.
"""

from __future__ import annotations

import builtins
import cmath
import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from tests.fuzz.dual import Dual, lifted, power, value_of

__all__ = ["MATH", "NUMPY", "names"]


def _chain(value: Callable[[float], float], slope: Callable[[float], float]) -> Any:
    def applied(x: Any) -> Any:
        if isinstance(x, np.ndarray):
            x = x.item()
        if not isinstance(x, Dual):
            return Dual(value(float(x)))
        return Dual(value(x.v), slope(x.v) * x.d if x.d else 0.0)

    return applied


def _dual(x: Any) -> Dual:
    if isinstance(x, np.ndarray):
        x = x.item()
    if isinstance(x, complex):
        return Dual(x)
    return x if isinstance(x, Dual) else Dual(float(x))


def _hypot(x: Any, y: Any) -> Dual:
    return (_dual(x) * x + _dual(y) * y).sqrt()


def _arctan2(y: Any, x: Any) -> Dual:
    x, y = _dual(x), _dual(y)
    scale = Dual(1.0) / (x * x + y * y)
    return Dual(math.atan2(y.v, x.v), scale.v * (x.v * y.d - y.v * x.d))


def _logaddexp(x: Any, y: Any) -> Dual:
    x, y = _dual(x), _dual(y)
    total = np.logaddexp(x.v, y.v)
    return Dual(float(total), math.exp(x.v - total) * x.d + math.exp(y.v - total) * y.d)


def _log(x: Any) -> Dual:
    x = _dual(x)
    inverse = Dual(1.0) / x
    return Dual(math.log(x.v), inverse.v * x.d)


def _sign(x: Any) -> Dual:
    x = _dual(x)
    return Dual(float((x > 0) - (x < 0)))


_real_exp = _chain(math.exp, math.exp)


def _exp(x: Any) -> Dual:
    x = _dual(x)
    if not isinstance(x.v, complex):
        return _real_exp(x)
    value = cmath.exp(x.v)
    return Dual(value, value * x.d)


_UNARY = {
    "sin": _chain(math.sin, math.cos),
    "cos": _chain(math.cos, lambda x: -math.sin(x)),
    "tan": _chain(math.tan, lambda x: 1 + math.tan(x) ** 2),
    "exp": _exp,
    "expm1": _chain(math.expm1, math.exp),
    "sinh": _chain(math.sinh, math.cosh),
    "cosh": _chain(math.cosh, math.sinh),
    "tanh": _chain(math.tanh, lambda x: 1 - math.tanh(x) ** 2),
    "log": _log,
    "log1p": lambda x: _log(1 + _dual(x)),
    "sqrt": lambda x: _dual(x).sqrt(),
    "fabs": lambda x: abs(_dual(x)),
}
_arctan = _chain(math.atan, lambda x: 1 / (1 + x * x))

ELEMENTWISE: dict[str, tuple[Callable[..., Any], int]] = {
    **{name: (f, 1) for name, f in _UNARY.items()},
    "arctan": (_arctan, 1),
    "abs": (abs, 1),
    "absolute": (abs, 1),
    "sign": (_sign, 1),
    "real": (lambda x: _dual(x).real, 1),
    "imag": (lambda x: _dual(x).imag, 1),
    "square": (lambda x: _dual(x) * x, 1),
    "reciprocal": (lambda x: 1.0 / _dual(x), 1),
    "hypot": (_hypot, 2),
    "arctan2": (_arctan2, 2),
    "logaddexp": (_logaddexp, 2),
    "power": (lambda x, y: power(_dual(x), _dual(y)), 2),
}
_REAL = ("add", "subtract", "multiply", "true_divide", "divide", "negative", "maximum", "minimum")


def _plain(value: Any) -> bool:
    """Whether a value is made of integers and booleans only."""
    if isinstance(value, list | tuple):
        return all(map(_plain, value)) and len(value) > 0
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "iub"
    return isinstance(value, int | np.integer | np.bool_)


def _array(value: Any, *, copy: bool) -> Any:
    if _plain(value):
        return np.array(value)
    if isinstance(value, np.ndarray) and value.dtype == object:
        return np.array(value) if copy else value
    made = np.array(value, dtype=object)
    if made.size and not isinstance(made.flat[0], Dual):
        made[...] = np.frompyfunc(_dual, 1, 1)(made)
    return np.array(made)


def _filled(shape: Any, value: Any, dtype: Any = None, order: str = "C") -> Any:
    if dtype in {int, bool}:
        return np.full(shape, value, dtype=dtype)
    made = np.empty(shape, dtype=object, order=order)  # type: ignore[call-overload]
    made[...] = np.frompyfunc(_dual, 1, 1)(value)
    return made


def _like(value: Any) -> Any:
    def made(prototype: Any, fill: Any = value) -> Any:
        empty = np.empty_like(prototype, dtype=object)
        empty[...] = np.frompyfunc(_dual, 1, 1)(fill)
        return empty

    return made


def _speeds(a: Any) -> np.ndarray:
    return np.frompyfunc(lambda x: x.d if isinstance(x, Dual) else 0.0, 1, 1)(a).astype(float)


def _numbers(a: Any) -> np.ndarray:
    return np.frompyfunc(value_of, 1, 1)(a).astype(float)


def _paired(value: Any, speed: Any) -> Any:
    return np.frompyfunc(Dual, 2, 1)(np.asarray(value), np.asarray(speed))


def _solve(A: Any, b: Any) -> Any:
    x = np.linalg.solve(_numbers(A), _numbers(b))
    return _paired(x, np.linalg.solve(_numbers(A), _speeds(b) - _speeds(A) @ x))


def _inv(A: Any) -> Any:
    inverse = np.linalg.inv(_numbers(A))
    return _paired(inverse, -inverse @ _speeds(A) @ inverse)


def _det(A: Any) -> Any:
    determinant = np.linalg.det(_numbers(A))
    return Dual(
        float(determinant),
        float(determinant * np.trace(np.linalg.solve(_numbers(A), _speeds(A)))),
    )


def _norm(a: Any, axis: Any = None) -> Any:
    return NUMPY.sqrt(np.sum(a * a, axis=axis))


def _std(a: Any, **keywords: Any) -> Any:
    return NUMPY.sqrt(np.var(a, **keywords))


class _Joined:
    """`np.r_` and `np.c_`."""

    def __init__(self, original: Any) -> None:
        self.original = original

    def __getitem__(self, parts: Any) -> Any:
        made = self.original[parts]
        return made if _plain(made) else np.frompyfunc(_dual, 1, 1)(made)


class _Numpy:
    """NumPy, with arrays of duals for those of floats."""

    linalg = SimpleNamespace(solve=_solve, inv=_inv, det=_det, norm=_norm)
    newaxis, pi, e, ndarray = None, math.pi, math.e, np.ndarray
    r_, c_ = _Joined(np.r_), _Joined(np.c_)

    def __init__(self) -> None:
        for name, (f, count) in ELEMENTWISE.items():
            setattr(self, name, np.frompyfunc(f, count, 1))
        for name in _REAL:
            setattr(self, name, getattr(np, name))
        self.array = lambda value: _array(value, copy=True)
        self.asarray = lambda value: _array(value, copy=False)
        self.zeros = lambda shape, dtype=None, order="C": _filled(shape, 0, dtype, order)
        self.ones = lambda shape, dtype=None: _filled(shape, 1, dtype)
        self.empty = lambda shape: _filled(shape, 0.123)
        self.full = _filled
        self.std = _std
        self.eye = lambda n: _array(np.eye(n), copy=False)
        self.zeros_like, self.ones_like = _like(0), _like(1)
        self.empty_like, self.full_like = _like(0.123), _like(None)
        self.random = np.random

    def __getattr__(self, name: str) -> Any:
        original = getattr(np, name)

        def applied(*args: Any, **kwargs: Any) -> Any:
            return lifted(original(*args, **kwargs))

        return applied


class _Math:
    """The module math, for duals."""

    pi, e = math.pi, math.e

    def __init__(self) -> None:
        for name, f in _UNARY.items():
            setattr(self, name, f)
        self.atan = _arctan
        self.hypot = _hypot
        self.atan2 = _arctan2
        self.prod, self.fsum = math.prod, sum
        self.pow = lambda x, y: power(_dual(x), _dual(y))


class _Numbers(type):
    """Makes a class stand for `float`: called it gives a dual number, and these are of it."""

    def __call__(cls, value: Any = 0.0) -> Any:
        return Dual.of_text(value) if isinstance(value, str) else _dual(value)

    def __instancecheck__(cls, value: Any) -> bool:
        return isinstance(value, Dual | float)


class _Float(metaclass=_Numbers):
    """`float` of a program that runs on dual numbers."""


NUMPY = _Numpy()
MATH = _Math()


def names() -> dict[str, Any]:
    """What a program sees when it runs on duals."""
    return {
        "np": NUMPY,
        "math": MATH,
        "float": _Float,
        "abs": builtins.abs,
        "complex": lambda real, imag=0.0: _dual(real) + 1j * _dual(imag),
    }
