"""Cases whose right derivative is stated beside the function, and how derivatives are held against it.

`right(w, *args)` is written by hand: the derivative of the result, times w (the derivative that comes in,
of the structure of what counts as output), by each parameter that is differentiated; bare for one parameter,
a tuple for several. Where the function is smooth the statement itself is held against differences.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import inspect
import io
import random
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from s2sgrad.errors import TransformError
from s2sgrad.numeric import flat, richardson_directional
from s2sgrad.transform import derived
from tests.corpus import WITHOUT, Corpus
from tests.differentiating import generator, positions
from tests.memory_case import MemoryCase
from tests.running import same

__all__ = ["JOURNAL", "Collection", "StatedCase", "StatedCorpus", "check_statement"]

JOURNAL: list[Any] = []
"""What programs write down outside of themselves; empty when a call begins."""

PLACE = re.compile(r"^\S+\.py:\d+:\d+: ")


@dataclass(frozen=True, eq=False)
class StatedCase(MemoryCase):
    """A function and its right derivative.

    smooth False: differences say nothing at these inputs (kinks, ends of domains, infinite values,
    derivatives by convention). dtype is that of every derivative, where it is asked for. fails has
    inputs for which the function raises, and so does its derivative. refused: it has to be refused,
    whatever is told. unsupported has the words of the documentation that leave it out.
    """

    right: Callable[..., Any] = lambda w, *_: w
    smooth: bool = True
    dtype: str | None = None
    fails: tuple[tuple[tuple[Any, ...], type[BaseException]], ...] = ()
    forward: Callable[..., Any] | None = None
    refused: bool = False
    unsupported: str | None = None
    tolerance: float | None = None

    def statement(self, w: Any, args: tuple[Any, ...], *, forward: bool = False) -> tuple[Any, ...]:
        """The right derivative by each variable."""
        right = self.forward if forward and self.forward else self.right
        with np.errstate(all="ignore"):
            found = _fresh(lambda: right(w, *copy.deepcopy(args), **self.kwargs))[0]
        return found if len(self.variables) > 1 else (found,)

    def call(self, args: tuple[Any, ...]) -> Any:
        """What counts as output, with random numbers and the journal as at any other call."""
        with np.errstate(all="ignore"):
            return _fresh(lambda: MemoryCase.call(self, args))[0]


class Collection:
    """The cases of a module, each added below its function: `case(f, right, *inputs)`."""

    def __init__(self) -> None:
        self.all: list[StatedCase] = []

    def __call__(
        self,
        function: Callable[..., Any],
        right: Callable[..., Any],
        *inputs: tuple[Any, ...],
        **facts: Any,
    ) -> None:
        self.all.append(StatedCase(function, inputs, scalar=False, right=right, **facts))


class StatedCorpus(Corpus):
    """A corpus of stated cases."""

    def check(self, case: Any, form: str, *, simplified: bool) -> None:
        check = {"gradient": check_gradient, "tangent": check_tangent}[form]
        for way, like, inputs in self.ways(case):
            if case.refused:
                with pytest.raises(TransformError) as caught:
                    self.made_now(case, form, like, simplified=simplified)
                assert PLACE.match(str(caught.value)), str(caught.value)
                continue
            function = self.made(case, form, way, like, simplified=simplified)
            for args in inputs if function else ():
                check(case, args, function)
            if function and way == WITHOUT:
                for args, expected in case.fails:
                    check_failure(case, form, args, function, expected)

    def made(self, case: Any, form: str, way: str, like: Any, *, simplified: bool) -> Any:
        known = self.refusals.get(self.title(case, form, way))
        if known is None:
            return self.made_now(case, form, like, simplified=simplified)
        assert PLACE.match(known), known
        return super().made(case, form, way, like, simplified=simplified)

    def made_now(self, case: Any, form: str, like: Any, *, simplified: bool) -> Any:
        """The derivative of a case; nothing is told with it, except that it is zero."""
        function, told = derived(
            case.function,
            case.variables,
            of=case.of,
            like=like,
            form=form,
            simplified=simplified,
        )
        for name, args in [(name, args) for name in case.variables for args in case.inputs]:
            if any(f" on {name} " in words for words in told):
                stated = case.statement(_seed(case, args), args)[case.variables.index(name)]
                assert not np.any(flat(stated)), told
        return function

    def write(self) -> None:
        own = StatedCorpus([c for c in self.cases if not c.refused], "hazards_language")
        Corpus.write(own)


def check_statement(case: StatedCase, args: tuple[Any, ...]) -> None:
    """Hold what is stated against differences; numbers of single precision are widened."""
    args = _widened(args)
    rng = generator(case)
    result = case.call(args)
    seed = _random(result, rng)
    stated = case.statement(seed, args)
    places = positions(case, args)
    for _ in range(2):
        moves = [_random(args[p], rng) if p in places else None for p in range(len(args))]

        def weighted(*arguments: Any) -> float:
            return _product(seed, case.call(arguments))

        expected = float(richardson_directional(weighted, args, moves)[0])
        found = sum(_product(d, moves[p]) for p, d in zip(places, stated, strict=True))
        assert abs(found - expected) <= 1e-6 * max(1.0, abs(expected)), f"{found}, not {expected}"


def check_gradient(case: StatedCase, args: tuple[Any, ...], gradient: Callable[..., Any]) -> None:
    """Compare a gradient with what is stated; look for shared memory, changes, effects, a second call."""
    before = copy.deepcopy(args)
    outputs, effects = _outcome(case, args)
    seed = _seed(case, args)
    seed_before = copy.deepcopy(seed)
    expected = case.statement(seed, args)
    incoming, own = _incoming(case, gradient, seed), _receiver(case)
    with np.errstate(all="ignore"):
        found, seen = _fresh(lambda: gradient(*own, *args, **case.kwargs, **incoming))
        kept = copy.deepcopy(found)
        again, seen_again = _fresh(lambda: gradient(*own, *args, **case.kwargs, **incoming))
    assert same(args, before), "the arguments were changed"
    assert same(seed, seed_before), "the derivative that came in was changed"
    assert same(_widened(found), _widened(kept)), "the second call changed the results of the first"
    assert same(_widened(found), _widened(again)), "the second call gave something else"
    assert seen == effects, "the effects are others"
    assert seen_again == effects, "the effects of the second call are others"
    places = positions(case, args)
    tolerance = _tolerance(case, args, outputs)
    for number, (place, d, right) in enumerate(zip(places, found, expected, strict=True)):
        _compare(d, right, args[place], case.dtype, tolerance)
        others = [*found[:number], *found[number + 1 :]]
        _own_memory(d, [args, seed, others])


def check_tangent(case: StatedCase, args: tuple[Any, ...], tangent: Callable[..., Any]) -> None:
    """Compare a tangent function with what is stated, along random directions."""
    before = copy.deepcopy(args)
    outputs, effects = _outcome(case, args)
    seed = _seed(case, args)
    expected = case.statement(seed, args, forward=True)
    places = positions(case, args)
    own = inspect.signature(getattr(case.function, "__func__", case.function)).parameters
    names = [name for name in inspect.signature(tangent).parameters if name not in own]
    tolerance = _tolerance(case, args, outputs)
    rng = generator(case, 1)
    for _ in range(2):
        moves = [_random(args[p], rng) for p in places]
        moves_before = copy.deepcopy(moves)
        given = dict(zip(names, moves, strict=True))
        whole = functools.partial(tangent, *_receiver(case), *args, **case.kwargs, **given)
        with np.errstate(all="ignore"):
            (value, d_value), seen = _fresh(whole)
        assert same(args, before), "the arguments were changed"
        assert same(moves, moves_before), "the directions were changed"
        assert seen == effects, "the effects are others"
        np.testing.assert_allclose(flat(value), flat(outputs), rtol=1e-5, atol=1e-12)
        with np.errstate(all="ignore"):
            total = _product(seed, d_value)
            wanted = sum(_product(d, v) for d, v in zip(expected, moves, strict=True))
        np.testing.assert_allclose(total, wanted, rtol=10 * tolerance, atol=10 * tolerance)


def check_failure(
    case: StatedCase,
    form: str,
    args: tuple[Any, ...],
    function: Callable[..., Any],
    expected: type[BaseException],
) -> None:
    """A derivative raises what the function raises, after the same effects."""

    def failing(called: Callable[..., Any], own: tuple[Any, ...] = (), *more: Any) -> None:
        with pytest.raises(expected):
            called(*own, *copy.deepcopy(args), *more)

    moves = (
        [1.0]
        if form == "gradient"
        else [_random(args[p], generator(case)) for p in positions(case, args)]
    )
    _, effects = _fresh(lambda: failing(case.function))
    _, seen = _fresh(lambda: failing(function, _receiver(case), *moves))
    assert seen == effects


def _receiver(case: StatedCase) -> tuple[Any, ...]:
    """The object that the function is bound to, which its derivative takes first."""
    return (case.function.__self__,) if inspect.ismethod(case.function) else ()


def _outcome(case: StatedCase, args: tuple[Any, ...]) -> tuple[Any, Any]:
    """What counts as output of the function itself, and its effects."""
    with np.errstate(all="ignore"):
        return _fresh(lambda: MemoryCase.call(case, args))


def _fresh(call: Callable[[], Any]) -> tuple[Any, Any]:
    """What a call gives, and its effects: what it prints, warns of and draws, and the journal."""
    JOURNAL.clear()
    random.seed(11)
    np.random.seed(11)  # noqa: NPY002
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        result = call()
    told = [str(w.message) for w in warned if w.category is UserWarning]
    _, key, position, *_ = np.random.get_state()  # noqa: NPY002
    drawn = random.getstate(), key.tobytes(), position
    return result, (printed.getvalue(), told, copy.deepcopy(JOURNAL), drawn)


def _incoming(case: StatedCase, gradient: Callable[..., Any], seed: Any) -> dict[str, Any]:
    if case.of == ("return",):
        return {list(inspect.signature(gradient).parameters)[-1]: seed}
    seeds = (seed,) if len(case.of) == 1 else seed
    names = ["d_out" if name == "return" else f"d_{name}" for name in case.of]
    return dict(zip(names, seeds, strict=True))


def _seed(case: StatedCase, args: tuple[Any, ...]) -> Any:
    """A random derivative that comes in, of the structure and the precision of the output."""
    return _random(case.call(args), generator(case, 2))


def _random(value: Any, rng: np.random.Generator) -> Any:
    """Random numbers of the structure of a value, none of them near 0."""
    if isinstance(value, list | tuple):
        return type(value)(_random(item, rng) for item in value)
    if isinstance(value, dict):
        return {key: _random(item, rng) for key, item in value.items()}
    size = np.shape(value)
    numbers = rng.uniform(0.5, 2.0, size) * rng.choice([-1.0, 1.0], size)
    if isinstance(value, np.ndarray | np.floating) and value.dtype.kind == "f":
        kind = value.dtype
        return numbers.astype(kind) if isinstance(value, np.ndarray) else kind.type(numbers)
    return numbers if isinstance(value, np.ndarray) else float(numbers)


def _product(first: Any, second: Any) -> float:
    """The sum of the products of the numbers of two values of the same structure."""
    if isinstance(second, list | tuple):
        return float(sum(_product(a, b) for a, b in zip(first, second, strict=True)))
    if isinstance(second, dict):
        return float(sum(_product(first[key], second[key]) for key in second))
    if np.asarray(second).dtype.kind != "f":
        return 0.0
    return float(np.sum(np.asarray(first, float) * np.asarray(second, float)))


def _widened(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return type(value)(_widened(item) for item in value)
    if isinstance(value, np.floating):
        return float(value)
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return value.astype(float)
    return copy.deepcopy(value)


def _tolerance(case: StatedCase, args: tuple[Any, ...], outputs: Any) -> float:
    """Which differences are rounding: it depends on the least precise number."""
    if case.tolerance is not None:
        return case.tolerance
    sizes = [a.dtype.itemsize for a in _leaves([args, outputs]) if a.dtype.kind == "f"]
    return {2: 1e-2, 4: 1e-5}.get(min(sizes, default=8), 1e-9)


def _compare(d: Any, right: Any, argument: Any, dtype: str | None, tolerance: float) -> None:
    """One derivative against what is stated."""
    if isinstance(argument, list | tuple):
        assert len(d) == len(argument)
        for part, expected, item in zip(d, right, argument, strict=True):
            _compare(part, expected, item, dtype, tolerance)
        return
    if isinstance(argument, dict):
        for key, item in argument.items():
            _compare(d[key], right[key], item, dtype, tolerance)
        return
    if np.asarray(argument).dtype.kind != "f":
        return
    assert np.shape(d) == np.shape(argument), f"shape {np.shape(d)} of {np.shape(argument)}"
    if dtype is not None:
        assert np.asarray(d).dtype == dtype, f"{np.asarray(d).dtype}, not {dtype}"
    np.testing.assert_allclose(
        d, np.broadcast_to(right, np.shape(d)), rtol=tolerance, atol=tolerance
    )


def _own_memory(d: Any, others: list[Any]) -> None:
    """A derivative may be written into, and nothing else changes with it."""
    for array in _leaves(d):
        if array.size and array.ndim:
            assert array.flags.writeable, "a result can't be written"
            assert all(s or n < 2 for s, n in zip(array.strides, array.shape)), (
                "elements share memory"
            )
        for other in _leaves(others):
            assert not np.shares_memory(array, other), "a result shares memory"


def _leaves(value: Any) -> list[np.ndarray]:
    """The arrays in a value, and its NumPy numbers as arrays."""
    if isinstance(value, list | tuple):
        return [leaf for item in value for leaf in _leaves(item)]
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in _leaves(item)]
    if isinstance(value, np.generic):
        return [np.array(value)]
    return [value] if isinstance(value, np.ndarray) else []
