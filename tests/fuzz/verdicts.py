"""What is found out about a program: right, wrong, refused with a location, or a crash.

Each way of differentiating it (form, with examples or not, simplified or not) is called twice with each of its inputs
and held against the reference.
"""

from __future__ import annotations

import copy
import inspect
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from s2sgrad.errors import TransformError
from s2sgrad.transform import derived, transform_source
from tests.differentiating import cotangent
from tests.fuzz.effects import called, left, same_left, same_text
from tests.fuzz.ending import TooLongError, limited
from tests.fuzz.program import Program, is_made, over, part_at, values
from tests.fuzz.reference import Reference, RejectedError, reference
from tests.running import same

__all__ = ["ALL_WAYS", "READ_WAYS", "Verdict", "Way", "checked", "references"]

_TOLERANCE = 1e-8


@dataclass(frozen=True)
class Way:
    """A way of differentiating a program; read: its file is only read."""

    form: str
    like: bool
    simplified: bool
    read: bool = False

    def __str__(self) -> str:
        told = "like" if self.like else "only read" if self.read else "no examples"
        return f"{self.form}, {told}, {'simplified' if self.simplified else 'raw'}"


FORMS = ("gradient", "value_and_gradient", "tangent")
ALL_WAYS = tuple(Way(*way) for way in product(FORMS, (False, True), (False, True)))
READ_WAYS = tuple(Way(form, like=False, simplified=True, read=True) for form in FORMS)


@dataclass(frozen=True)
class Verdict:
    """kind: right, wrong, refused, crash, slow or rejected; reason says why, in words that many programs share."""

    kind: str
    reason: str = ""
    way: Way | None = None
    told: str = ""


class _WrongError(Exception):
    """A derivative that isn't what it has to be."""


def references(program: Program, seed: int = 0) -> list[Reference]:
    """The derivatives that the calls have to have; RejectedError where nothing can be asked."""
    try:
        with limited():
            if not set(program.of) <= {"return", *program.written()}:
                raise RejectedError("leaves what counts as output as it is")
            return [
                reference(program, which, np.random.default_rng([seed, which]))
                for which in range(len(program.inputs))
            ]
    except TooLongError as error:
        raise RejectedError("too slow") from error


def checked(
    program: Program, ways: Sequence[Way] = ALL_WAYS, found: list[Reference] | None = None
) -> list[Verdict]:
    """The verdicts of a program, one for each way; one only where it is rejected."""
    try:
        expected = found if found is not None else references(program)
    except RejectedError as error:
        return [Verdict("rejected", str(error))]
    return [_of_a_way(program, way, expected) for way in ways]


def _of_a_way(program: Program, way: Way, expected: list[Reference]) -> Verdict:
    try:
        with limited():
            made = _made(program, way)
    except TransformError as error:
        if not all(f.line for f in error.findings):
            return Verdict("crash", "refused without a place", way, str(error))
        reasons = sorted({_shared_words(f.message) for f in error.findings})
        return Verdict("refused", "; ".join(reasons), way, str(error))
    except TooLongError:
        return Verdict("slow", "transform", way)
    except Exception as error:  # noqa: BLE001
        return Verdict("crash", f"transform: {type(error).__name__}", way, _told(error))
    try:
        with limited():
            for which, wanted in enumerate(expected):
                _compare(program, way, made, which, wanted)
    except _WrongError as error:
        return Verdict("wrong", str(error), way, made.source)
    except TooLongError:
        return Verdict("slow", "call", way, made.source)
    except AssertionError as error:
        if _laid_out_otherwise(program):
            return Verdict("right", "asserted", way)
        return Verdict("crash", "call: AssertionError", way, f"{_told(error)}\n{made.source}")
    except Exception as error:  # noqa: BLE001
        return Verdict(
            "crash", f"call: {type(error).__name__}", way, f"{_told(error)}\n{made.source}"
        )
    return Verdict("right", "", way)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _made(program: Program, way: Way) -> Callable[..., Any]:
    program.restored()
    args = program.arguments(0)
    told = any(_is_nested(a) for a in args) or not all(path.isidentifier() for path in program.wrt)
    like = args if way.like or told else None  # without examples nobody knows their parts
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        if way.read and not told and not _of_objects(program):
            return _of_a_file(program, way)
        made, _ = derived(
            program.function,
            program.wrt,
            of=program.of,
            like=like,
            form=way.form,
            simplified=way.simplified,
        )
    return made


def _is_nested(argument: Any) -> bool:
    """Whether an argument is a tuple, or a container that has containers in it."""
    if isinstance(argument, dict):
        argument = list(argument.values())
    inner = isinstance(argument, list) and any(isinstance(a, dict | list | tuple) for a in argument)
    return inner or isinstance(argument, tuple)


def _of_objects(program: Program) -> bool:
    """Whether what is differentiated by are objects, of which a file that is only read doesn't tell the parts."""
    given = dict(zip(program.parameters, program.arguments(0), strict=True))
    return any(is_made(given[name]) for name in program.wrt)


class _OfAFile:
    """What the text that is generated of a file defines; source: the text."""

    def __init__(self, text: str, function: Callable[..., Any]) -> None:
        self.source = text
        self.function = function
        self.__signature__ = inspect.signature(function)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.function(*args, **kwargs)


def _of_a_file(program: Program, way: Way) -> Callable[..., Any]:
    made = transform_source(program.read(), wrt=program.wrt, of=program.of, form=way.form)
    names: dict[str, Any] = {}
    exec(compile(made.text, "<derivative>", "exec", dont_inherit=True), names)
    return _OfAFile(made.text, names[made.name])


def _shared_words(message: str) -> str:
    """A message without the program's names and numbers."""
    return re.sub(r"\b(?!of\b|in\b|is\b|it\b|a\b)[A-Za-z]\w?\d*\b|'[^']*'|\d+", "_", message)[:110]


def _laid_out_otherwise(program: Program) -> bool:
    """Whether arguments aren't in C order, which texts that reshape what they write into assert."""
    arrays = [a for w in range(len(program.inputs)) for a in values(program.arguments(w))]
    return not all(a.flags.c_contiguous for a in arrays if isinstance(a, np.ndarray))


# ---- calls ---------------------------------------------------------------------------------------


def _compare(program: Program, way: Way, made: Any, which: int, wanted: Reference) -> None:
    args = program.arguments(which)
    rng = np.random.default_rng(7)
    if way.form == "tangent":
        moves = dict(zip(program.parameters, copy.deepcopy(wanted.moves), strict=True))
        words = {path: re.findall(r"\w+", path) for path in program.wrt}
        given = {"_".join(["d", *words[path]]): part_at(path, moves) for path in program.wrt}
    else:
        seeds = over(lambda part: cotangent(part, rng), wanted.outputs)
        given = {
            "d_out" if name == "return" else f"d_{name}": seed
            for name, seed in zip(program.of, seeds, strict=True)
        }
    given = _as_called(made, program, given)
    before = copy.deepcopy(given)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("error")
        found, printed = called(made, *args, **given)
        remains = left(program.function.__globals__)
        kept = copy.deepcopy(found)
        program.restored()
        again, printed_again = called(made, *args, **given)
    if not same(found, kept):
        raise _WrongError("the second call changed the results of the first")
    if not same(found, again):
        raise _WrongError("the second call gave something else")
    as_given = program.arguments(which)  # from here on an array of the module is as it was before
    if not same(args, as_given):
        raise _WrongError("the arguments were changed")
    if not same(given, before):
        raise _WrongError("the derivative that came in was changed")
    if not (same_text(printed, wanted.printed) and same_text(printed_again, wanted.printed)):
        raise _WrongError("something else is printed")
    if not same_left(remains, wanted.left):
        raise _WrongError("something else is left in the module")
    if way.form == "tangent":
        value, speeds = kept
        _same_values(value, wanted)
        _close(values(speeds), wanted, "tangent")
        return
    gradient = found
    if way.form == "value_and_gradient":
        _same_values(kept[0], wanted)
        gradient = found[1]
    _hold_gradient(program, way, args, gradient, seeds, wanted)


def _as_called(made: Any, program: Program, given: dict[str, Any]) -> dict[str, Any]:
    """Derivatives that come in under their names in the text: d_x for `_x`, d_x_1 where there is a d_x already."""
    taken = set(program.parameters)
    own = [name for name in inspect.signature(made).parameters if name not in taken]
    found = {}
    for name, value in given.items():
        known = rf"d_{name.removeprefix('d_').strip('_')}(_\d+)?"
        called_so = next((n for n in own if re.fullmatch(known, n) and n not in found), name)
        found[called_so] = value
    return found


def _same_values(value: Any, wanted: Reference) -> None:
    for expected in (
        wanted.outputs[0] if len(wanted.outputs) == 1 else wanted.outputs,
        wanted.result,
    ):
        parts, others = values(value), values(expected)
        if len(parts) == len(others) and all(
            np.shape(p) == np.shape(o) and np.allclose(p, o, rtol=1e-10, atol=1e-10)
            for p, o in zip(parts, others, strict=True)
        ):
            return
    raise _WrongError("value")


def _close(found: list[Any], wanted: Reference, what: str) -> None:
    expected, tolerance = wanted.speeds, _TOLERANCE * wanted.slack
    if [np.shape(f) for f in found] != [np.shape(e) for e in expected]:
        raise _WrongError(f"shape of a {what}")
    for f, e in zip(found, expected, strict=True):
        if not np.allclose(f, e, rtol=tolerance, atol=tolerance * (1 + np.abs(e).max(initial=0))):
            raise _WrongError(what)


def _hold_gradient(
    program: Program, way: Way, args: tuple[Any, ...], gradient: Any, seeds: Any, wanted: Reference
) -> None:
    if not isinstance(gradient, tuple) or len(gradient) != len(program.wrt):
        raise _WrongError("not one derivative for each parameter")
    given = dict(zip(program.parameters, args, strict=True))
    moves = dict(zip(program.parameters, wanted.moves, strict=True))
    total, size = 0.0, 1.0
    for name, d in zip(program.wrt, gradient, strict=True):
        argument, move = part_at(name, given), part_at(name, moves)
        if isinstance(argument, list | tuple) and isinstance(d, np.ndarray) and not way.like:
            d = list(d)  # noqa: PLW2901 - what isn't told is an array
        parts, own = values(d), values(argument)
        if [np.shape(p) for p in parts] != [np.shape(a) for a in own]:
            raise _WrongError("shape of a derivative")
        for part, a, m in zip(parts, own, values(move), strict=True):
            if np.asarray(part).dtype != np.float64:
                raise _WrongError("dtype of a derivative")
            if np.ndim(a) and not isinstance(part, np.ndarray):
                raise _WrongError("a number for an array")
            terms = np.ravel(part) * np.ravel(m)
            total += float(terms.sum())
            size += float(np.abs(terms).sum())
    terms = [np.sum(s * v) for s, v in zip(values(seeds), wanted.speeds, strict=True)]
    expected = float(np.sum(terms))
    if not abs(total - expected) <= _TOLERANCE * wanted.slack * (size + sum(map(abs, terms))):
        raise _WrongError("gradient")
    arrays = [a for a in values(gradient) if isinstance(a, np.ndarray)]
    others = [a for a in values([list(args), seeds]) if isinstance(a, np.ndarray)]
    for number, array in enumerate(arrays):
        if any(np.shares_memory(array, o) for o in [*others, *arrays[:number]]):
            raise _WrongError("a result shares memory")
