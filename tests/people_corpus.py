"""How the derivatives of the corpus are held against differences, and what its functions do against what theirs do."""

from __future__ import annotations

import copy
import inspect
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from s2sgrad.numeric import richardson_directional
from s2sgrad.transform import derived
from tests.corpus import REFUSED, WITHOUT, Corpus, Inputs, message_of
from tests.differentiating import TOLERANCE, generator
from tests.people.case import PeopleCase, Run
from tests.structures import (
    as_lists,
    assert_shaped,
    moved,
    numbers,
    product,
    random_like,
    same,
)

__all__ = ["PeopleCorpus", "difference"]


def _read(given: dict[str, Any], path: str) -> Any:
    return eval(path, {}, given)


def _moved(given: dict[str, Any], moves: dict[str, Any], t: float) -> dict[str, Any]:
    """What is given, moved by t along directions of some paths."""
    out = dict(given)
    for root in {_root(path) for path in moves}:
        out[root] = copy.deepcopy(given[root])
    for path, direction in moves.items():
        value = moved(_read(given, path), direction, t)
        exec(f"{path} = value_", {"value_": value}, out)
    out.pop("__builtins__", None)
    return out


def _root(path: str) -> str:
    return path.partition(".")[0].partition("[")[0]


def difference(case: PeopleCase, given: dict[str, Any], moves: dict[str, Any], seed: Any) -> float:
    """The derivative of a case along moves, times seed."""
    like = case.run(given).result

    def weighted(t: float) -> float:
        return product(seed, case.run(_moved(given, moves, t)).result, like)

    return float(richardson_directional(weighted, (0.0,), (1.0,))[0])


def directions(case: PeopleCase, given: dict[str, Any], salt: int = 0) -> dict[str, Any]:
    """A random direction of each variable."""
    rng = generator(case, salt)
    return {path: random_like(_read(given, path), rng) for path in case.variables}


def _assert_same_effects(found: Run, expected: Run) -> None:
    assert found.printed == expected.printed, f"printed {found.printed!r}, not {expected.printed!r}"
    assert found.drawn == expected.drawn, "other random numbers were drawn"
    assert same(found.around, expected.around), f"{found.around} is not {expected.around}"


def _incoming(function: Callable[..., Any], count: int) -> list[str]:
    """The last parameters of a function, those being the derivatives that come in; `**kw` stands behind them."""
    parameters = inspect.signature(function).parameters.values()
    return [p.name for p in parameters if p.kind is not p.VAR_KEYWORD][-count:]


def check_gradient(
    case: PeopleCase, args: tuple[Any, ...], gradient: Callable[..., Any], *, told: bool
) -> None:
    """Compare a gradient (a tuple over `case.variables`) with differences, its effects with the function's.

    told: it was made with examples; without, the derivative by a list is an array.
    """
    given = case.given(args)
    primal = case.run(given)
    seed = random_like(primal.result, generator(case, 1))
    moves = directions(case, given)
    expected = difference(case, given, moves, seed)
    (incoming,) = _incoming(gradient, 1)

    def seeded(*own: Any, **kwargs: Any) -> Any:
        return gradient(*own, **kwargs, **{incoming: copy.deepcopy(seed)})

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        first = case.run(given, seeded)
        kept = copy.deepcopy(first.result)
        second = case.run(given, seeded)
    _assert_same_effects(first, primal)
    _assert_same_effects(second, primal)
    assert same(first.result, kept), "the second call changed the results of the first"
    assert same(first.result, second.result), "the second call gave something else"
    assert isinstance(first.result, tuple)
    total = 0.0
    arrays: list[np.ndarray] = [a for a in numbers(list(given.values())) if np.ndim(a)]
    for path, d in zip(case.variables, first.result, strict=True):
        like = _read(given, path)
        d = d if told else as_lists(d, like)  # noqa: PLW2901
        assert_shaped(d, like, f"the derivative by {path}")
        own = [a for a in numbers(d) if isinstance(a, np.ndarray)]
        assert not any(np.shares_memory(a, b) for a in own for b in arrays), "memory is shared"
        arrays += own
        total += product(d, moves[path], like)
    assert abs(total - expected) <= TOLERANCE * max(1.0, abs(expected)), f"{total}, not {expected}"


def check_tangent(
    case: PeopleCase, args: tuple[Any, ...], tangent: Callable[..., Any], *, told: bool
) -> None:
    """Compare a tangent function with differences, its value and its effects with the function's."""
    given = case.given(args)
    primal = case.run(given)
    seed = random_like(primal.result, generator(case, 1))
    moves = directions(case, given)
    expected = difference(case, given, moves, seed)
    names = _incoming(tangent, len(moves))

    def along(*own: Any, **kwargs: Any) -> Any:
        return tangent(
            *own, **kwargs, **copy.deepcopy(dict(zip(names, moves.values(), strict=True)))
        )

    first, second = case.run(given, along), case.run(given, along)
    _assert_same_effects(first, primal)
    assert same(first.result, second.result), "the second call gave something else"
    value, d_value = first.result
    assert same(value, primal.result), f"{value} is not {primal.result}"
    d_value = d_value if told else as_lists(d_value, primal.result)
    assert_shaped(d_value, primal.result, "d_out")
    total = product(seed, d_value, primal.result)
    assert abs(total - expected) <= TOLERANCE * max(1.0, abs(expected)), f"{total}, not {expected}"


class PeopleCorpus(Corpus):
    """The corpus: cases whose arguments may be objects."""

    def check(self, case: Any, form: str, *, simplified: bool) -> None:
        check = {"gradient": check_gradient, "tangent": check_tangent}[form]
        for way, like, inputs in self.ways(case):
            function = self.made(case, form, way, like, simplified=simplified)
            for args in inputs if function else ():
                check(case, args, function, told=like is not None)
            self.check_text(case, form, way, function, simplified=simplified)

    def made(self, case: Any, form: str, way: str, like: Any, *, simplified: bool) -> Any:
        """The derivative of a case, None where it is refused in the words that are known."""
        known = self.refusals.get(self.title(case, form, way))
        if known is None:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                return self._derived(case, form, like, simplified=simplified)
        with pytest.raises(REFUSED) as caught:
            self._derived(case, form, like, simplified=simplified)
        assert message_of(caught.value) == known
        return None

    def _derived(self, case: PeopleCase, form: str, like: Any, *, simplified: bool) -> Any:
        function, told = derived(
            case.function, case.variables, like=like, form=form, simplified=simplified
        )
        for message in told:
            _assert_independent(case, like, message)
        return function

    def ways(self, case: Any) -> Iterator[tuple[str, tuple[Any, ...] | None, Inputs]]:
        """Without examples, and with each input as an example for itself."""
        yield WITHOUT, None, case.inputs
        own = () if case.receiver is None else (case.receiver,)
        for number, args in enumerate(case.inputs):
            yield f"like {number}", (*own, *args), (args,)

    def derivative(self, case: Any, form: str, like: Any, *, simplified: bool) -> Any:
        with warnings.catch_warnings(action="ignore"):
            return self._derived(case, form, like, simplified=simplified)


def _assert_independent(case: PeopleCase, like: Any, message: str) -> None:
    """Who is told that the result doesn't depend on a variable gave an example of which that is true."""
    assert like is not None, message
    given = case.given(like if case.receiver is None else like[1:])
    seed = random_like(case.run(given).result, generator(case, 1))
    path = next(p for p in case.variables if f" doesn't depend on {p} differentiably" in message)
    moves = {path: directions(case, given)[path]}
    assert difference(case, given, moves, seed) == 0, message
