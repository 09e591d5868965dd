"""What the derivative of a program along a direction is, from its own text: dual numbers, held against differences.

Where it has functions that dual numbers don't have, it is differences alone, which have to be much better then.
"""

from __future__ import annotations

import ast
import math
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from tests.differentiating import direction
from tests.fuzz.dual import Dual, NotSmoothError, lifted, value_of, watched
from tests.fuzz.effects import called, left
from tests.fuzz.ends import names as watched_names
from tests.fuzz.program import Program, over, values, with_only
from tests.fuzz.shims import NUMPY, names
from tests.running import same

__all__ = ["Reference", "RejectedError", "reference"]

_SIZES = tuple(2.0**-power for power in (7, 8, 9, 10))
_TOLERANCE = 1e-5
_ALONE = 1e-9
_LARGE = 1e4


class RejectedError(Exception):
    """A program of which nothing can be asked: it fails, it isn't smooth there, or the references disagree."""


@dataclass(frozen=True)
class Reference:
    """The outputs of a call, and how they move along a direction; result: what is returned.

    printed: what the call prints. left: what the module has afterwards. slack: how many times less
    close than to others a derivative has to come.
    """

    result: Any
    outputs: tuple[Any, ...]
    moves: tuple[Any, ...]
    speeds: list[Any]
    printed: str
    left: dict[str, Any]
    slack: float = 1.0


def reference(program: Program, which: int, rng: np.random.Generator) -> Reference:
    """The derivative of one call along a random direction."""
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        result, outputs, printed, remains = _primal(program, which)
        with np.errstate(all="ignore"):  # as the derivative is called
            if not same(outputs, _primal(program, which)[1]):
                raise RejectedError("catches what NumPy raises only where it is told to")
        args = program.arguments(which)
        moves = tuple(
            with_only(over(lambda part: direction(part, rng), a), program.asked(name))
            if program.asked(name)
            else None
            for name, a in zip(program.parameters, args, strict=True)
        )
        if program.wider:
            speeds = _speeds_by_differences(program, which, moves, outputs)
            return Reference(result, outputs, moves, speeds, printed, remains, 100.0)
        speeds = _speeds(program, which, moves, outputs)
        _held_against_differences(program, which, moves, speeds)
    return Reference(result, outputs, moves, speeds, printed, remains)


def _primal(program: Program, which: int) -> tuple[Any, tuple[Any, ...], str, dict[str, Any]]:
    try:
        args = program.arguments(which)
        result, printed = called(program.function, *args)
        remains = left(program.function.__globals__)
    except Exception as error:
        raise RejectedError(f"fails: {type(error).__name__}") from error
    outputs = program.outputs(result, args)
    numbers = [np.asarray(part) for part in values(outputs)]
    if not all(part.dtype.kind in "fiub" and np.all(np.isfinite(part)) for part in numbers):
        raise RejectedError("not finite")
    if not _stores_at_once(program, which, outputs):
        raise RejectedError("stores into what it reads")
    if program.shared != "None" and not same(args, program.arguments(which)):
        raise RejectedError("writes into what overlaps")
    return result, outputs, printed, remains


class _Buffered(ast.NodeTransformer):
    """Stores of parts of arrays with what is stored copied first."""

    def visit_Assign(self, node: ast.Assign) -> ast.Assign:
        for target in node.targets:
            if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
                base = ast.Name(target.value.id, ast.Load())
                node.value = ast.Call(ast.Name("buffered_", ast.Load()), [node.value, base], [])
        return node


def _buffered(value: Any, base: Any) -> Any:
    """A copy of what is stored in an array; lists hold what they are given."""
    arrays = isinstance(value, np.ndarray) and isinstance(base, np.ndarray)
    return np.copy(value) if arrays else value


def _stores_at_once(program: Program, which: int, outputs: tuple[Any, ...]) -> bool:
    """Whether stores give what they say: NumPy writes `a[2] = a[1:, 2]` while it reads."""
    tree = ast.fix_missing_locations(_Buffered().visit(ast.parse(program.text)))
    known = {"np": np, "math": math, "buffered_": _buffered}
    function = replace(program, text=ast.unparse(tree)).run(known)
    args = program.arguments(which, module=function.__globals__)
    result, _ = called(function, *args)
    parts = values(program.outputs(result, args))
    return all(np.array_equal(p, o) for p, o in zip(parts, values(outputs), strict=True))


def _moving(value: Any, move: Any) -> Any:
    """A number or an array of the language of duals that moves."""
    if isinstance(value, np.ndarray):
        value[...] = np.frompyfunc(Dual, 2, 1)(np.frompyfunc(value_of, 1, 1)(value), move)
        return value
    return Dual(float(value_of(value)), move)


def _speeds(
    program: Program, which: int, moves: tuple[Any, ...], outputs: tuple[Any, ...]
) -> list[Any]:
    text = program.text.replace(".conj()", ".view()")  # which is what it is of floats
    function = replace(program, text=text).run(names())
    args = program.arguments(which, NUMPY, function.__globals__)
    if program.shared != "None":  # these don't move together, and nothing is written into them
        args = tuple(np.copy(a) if isinstance(a, np.ndarray) else a for a in args)
    args = tuple(
        over(_moving, a, m) if m is not None else over(lifted, a)
        for a, m in zip(args, moves, strict=True)
    )
    try:
        with watched():
            found = program.outputs(called(function, *args)[0], args)
    except NotSmoothError as error:
        raise RejectedError(f"not smooth: {error}") from error
    except Exception as error:
        raise RejectedError(f"reference fails: {type(error).__name__}: {error}") from error
    pairs = list(zip(values(found), values(outputs), strict=True))
    for part, expected in pairs:
        if any(isinstance(item, np.ndarray) for item in np.ravel(part)):
            raise RejectedError("reference: an array of objects has an array as an item")
        number = np.frompyfunc(value_of, 1, 1)(part)
        if np.shape(number) != np.shape(expected):
            raise RejectedError("reference: shape")
        if not np.allclose(np.asarray(number, float), expected, rtol=1e-9, atol=1e-9):
            raise RejectedError("reference: value")
    speed = np.frompyfunc(lambda x: x.d if isinstance(x, Dual) else 0.0, 1, 1)
    return [np.asarray(speed(part), float) for part, _ in pairs]


def _held_against_differences(
    program: Program, which: int, moves: tuple[Any, ...], speeds: list[Any]
) -> None:
    best, error = _extrapolated(
        (_moved(program, which, moves, step) - _moved(program, which, moves, -step)) / step / 2
        for step in _SIZES
    )
    wanted = np.concatenate([np.ravel(s) for s in speeds] or [np.zeros(0)])
    if best.shape != wanted.shape:
        raise RejectedError("differences: shape")
    scale = 1.0 + np.abs(wanted).max(initial=0.0)
    if error > _TOLERANCE * scale:
        raise RejectedError("differences: inexact")
    if np.abs(best - wanted).max(initial=0.0) > 10 * _TOLERANCE * scale:
        raise RejectedError("differences: disagree")


def _speeds_by_differences(
    program: Program, which: int, moves: tuple[Any, ...], outputs: tuple[Any, ...]
) -> list[Any]:
    """What differences say alone; a kink in the very middle is seen by the second ones, which grow there."""
    _kept_off_ends(program, which)
    middle = _moved(program, which, moves, 0.0)
    sides = [[_moved(program, which, moves, sign * step) for sign in (1, -1)] for step in _SIZES]
    if any(part.shape != middle.shape for pair in sides for part in pair):
        raise RejectedError("differences: shape")
    steps = list(zip(_SIZES, sides, strict=True))
    best, error = _extrapolated((one - other) / step / 2 for step, (one, other) in steps)
    _, bend = _extrapolated((one - 2 * middle + other) / step**2 for step, (one, other) in steps)
    scale = 1.0 + np.abs(best).max(initial=0.0)
    if scale > _LARGE or np.abs(middle).max(initial=0.0) > _LARGE:
        raise RejectedError("not smooth: large")
    if error > _ALONE * scale or bend > 1e4 * _ALONE * scale:
        raise RejectedError("differences: inexact")
    parts = values(outputs)
    ends = np.cumsum([np.size(part) for part in parts])[:-1]
    return [
        np.reshape(speed, np.shape(part))
        for speed, part in zip(np.split(best, ends), parts, strict=True)
    ]


def _kept_off_ends(program: Program, which: int) -> None:
    function = program.run(watched_names())
    args = program.arguments(which, module=function.__globals__)
    try:
        called(function, *args)
    except NotSmoothError as error:
        raise RejectedError(f"not smooth: {error}") from error
    except Exception as error:
        raise RejectedError(f"fails: {type(error).__name__}") from error


def _extrapolated(quotients: Iterable[np.ndarray]) -> tuple[np.ndarray, float]:
    """Richardson's limit of quotients of even order, each for half of the step before, and how far it is off."""
    table: list[np.ndarray] = []
    best, error = np.zeros(0), np.inf
    for level, quotient in enumerate(quotients):
        row = [quotient]
        for power, previous in enumerate(table, 1):
            factor = 4.0**power
            row.append((factor * row[-1] - previous) / (factor - 1))
        if level:
            best, error = row[-1], float(np.abs(row[-1] - row[-2]).max(initial=0.0))
        table = row
    return best, error


def _moved(program: Program, which: int, moves: tuple[Any, ...], step: float) -> np.ndarray:
    args = program.arguments(which)
    if program.shared != "None":
        args = tuple(np.copy(a) if isinstance(a, np.ndarray) else a for a in args)
    args = tuple(
        a if m is None else over(partial(_stepped, step), a, m)
        for a, m in zip(args, moves, strict=True)
    )
    try:
        outputs = program.outputs(called(program.function, *args)[0], args)
    except Exception as error:
        raise RejectedError("fails nearby") from error
    return np.concatenate(
        [np.ravel(np.asarray(v, float)) for v in values(outputs)] or [np.zeros(0)]
    )


def _stepped(step: float, value: Any, move: Any) -> Any:
    if isinstance(value, np.ndarray):
        value += step * move
        return value
    return value + step * move
