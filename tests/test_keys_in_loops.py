"""Loops over the keys of dicts and the items of sets, alone and beside something else; such keys taken apart."""

from __future__ import annotations

import collections
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import pytest

from s2sgrad.transform import derived
from tests.checked_in_every_way import check_in_every_way


def filled(x: float, n: int):
    memo = {}
    for i in range(n):
        memo[(i + 2) % 3] = x + i
    total = 0.0
    for k, key in enumerate(memo, 1):
        total = total + k * memo[key] ** 2
    return total


def filled_and_backwards(x: float, n: int):
    memo = {}
    for i in range(n):
        memo[(i + 2) % 3] = x + i
    total = 0.0
    for key in reversed(memo):
        total = total * x + memo[key]
    for k, key in enumerate(reversed(memo)):
        total = total * x + memo[key] * k
    return total


def filled_beside_numbers(x: float, n: int):
    memo = {}
    for i in range(n):
        memo[(i + 2) % 3] = x + i
    total = 0.0
    for k, key in zip(range(1, n + 1), memo, strict=False):
        total = total * x + k * memo[key] * key
    for key, w in zip(memo, [x, 2.0, x * x], strict=False):
        total = total * x + w * memo[key] * key
    return total


def filled_in_loops(x: float, n: int):
    memo = {}
    total = 0.0
    for i in range(n):
        memo[(i + 2) % 3] = x + i
        for key in memo:  # noqa: PLC0206  as users do
            for other in memo:
                total = total * x + key * other * memo[key]
    for i in range(2):
        for k, key in enumerate(memo):
            total = total * x + key * i + k
    return total


def filled_with_pairs(x: float, n: int):
    memo = {}
    for i in range(n):
        memo[i + 1, (i + 2) % 3] = x + i
    total = 0.0
    for k, (a, b) in enumerate(memo, 1):
        total = total * x + k * a * b * memo[a, b]
    return total


def filled_again(x: float, n: int):
    memo = {}
    for i in range(n):
        memo[(i + 2) % 3] = x + i
    total = 0.0
    for k, key in enumerate(memo, 1):
        total = total * x + k * key * memo[key]
    memo[17] = total
    memo.pop(2)
    for k, key in enumerate(memo, 1):
        total = total * x + k * key * memo[key]
    return total


def filled_by_default(x: float, n: int):
    memo = collections.defaultdict(float)
    for i in range(n):
        memo[(i * 2 + 1) % 3] += x * i
    total = 0.0
    for k, key in enumerate(memo, 1):
        total = total * x + k * key * memo[key]
    return total


def by_numbers(memo, x):
    total = 0.0
    for k, key in enumerate(memo, 1):
        total = total * x + k * key * memo[key]
    first, *_ = memo
    return total * first


def filled_for_a_helper(x: float, n: int):
    memo = {}
    for i in range(n):
        memo[(i + 2) % 3] = x * i + 1
    return by_numbers(memo, x) * x


def numbered(memo):
    for k, key in enumerate(memo, 1):
        yield k * key


def filled_for_a_generator(x: float, n: int):
    memo = {}
    for i in range(n):
        memo[(i + 2) % 3] = x * i + 1
    total = 0.0
    for number in numbered(memo):
        total = total * x + number
    for number, key in zip(numbered(memo), reversed(memo), strict=False):
        total = total * x + number * key * memo[key]
    return total


def filled_and_left(x: float, n: int):
    memo = {}
    for i in range(n):
        memo[(i + 2) % 3] = x * i + 1
    total = 0.0
    for k, key in enumerate(memo, 1):
        if key == 0:
            continue
        total = total * x + k * memo[key]
        if k == 3:
            break
    else:
        total = total * 3
    return total


def made_with_keys(x: float, n: int):
    memo = {2: x, 0: x * x}
    if n > 2:
        memo[1] = 3 * x
    total = 0.0
    for k, key in enumerate(memo, 1):
        total = total * x + k * key * memo[key]
    first, *others = memo
    return total * memo[first] + others[0]


def filled_and_taken_apart(x: float, n: int):
    memo = {}
    for i in range(n):
        memo[(i + 2) % 3] = x + i
    first, *others = memo
    *_, last = memo
    return x * first * memo[first] + memo[others[0]] * last


FILLED = (
    *(filled, filled_and_backwards, filled_beside_numbers, filled_in_loops, filled_with_pairs),
    *(filled_again, filled_by_default, filled_for_a_helper, filled_for_a_generator),
    *(filled_and_left, made_with_keys, filled_and_taken_apart),
)


@pytest.mark.parametrize("function", FILLED, ids=lambda f: f.__name__)
def test_dicts_that_are_filled(function: Callable[..., Any]) -> None:
    check_in_every_way(function, (0.7, 3), (-0.4, 5), wrt=("x",))


def given(x: float, d: dict):
    total = 0.0
    for k, key in enumerate(d, 1):
        total += x * k * key
    return total


def given_by_what_it_maps(x: float, d: dict[int, float]):
    total = 0.0
    for key in reversed(d):
        total = total * x + key
    return total


def given_as_a_mapping(x: float, d: Mapping[int, float]):
    return sum(x**k * key for k, key in enumerate(d, 1))


def given_or_none(x: float, d: dict | None = None):
    total = x
    if d is not None:
        for a, b in zip(d, [x, 2.0, x * x], strict=False):
            total = total * x + a * b
    return total


def given_in_order(x: float, d: collections.OrderedDict):
    total = 0.0
    n = len(d)
    for key in d:
        total = total * x + key / n
    for k, key in enumerate(d):
        total = total * x + key * k
    return total * key


def given_and_asked(x: float, d: dict):
    total = 0.0
    for i in range(3):
        total = total * x + d[i] * i
    for i, key in enumerate(d, 0):
        total = total * x + d[i] * key  # noqa: PLR1736  what belongs to i
    return total


def given_and_taken_apart(x: float, d: dict):
    first, *others = d
    *_, last = d
    return x * first * d[first] + x * x * d[others[1]] * last


def given_inside_of_targets(x: float, d: dict):
    total = 0.0
    for k, (first, *others) in enumerate([d, d], 1):
        total = total * x + first * k + others[0]
    return total


def given_under_one_of_two_names(x: float, d: dict):
    other = {4: 1.0, 1: 2.0} if x > 100.0 else d
    total = 0.0
    for k, key in enumerate(other, 1):
        total = total * x + key * k
    return total


GIVEN = (
    *(given, given_by_what_it_maps, given_as_a_mapping, given_or_none, given_and_asked),
    given_and_taken_apart,
)
WITHOUT_EXAMPLES = (given_in_order, given_inside_of_targets, given_under_one_of_two_names)
NUMBERS = {2: 0.3, 0: 2.5, 1: 0.9}


@pytest.mark.parametrize("function", GIVEN, ids=lambda f: f.__name__)
def test_dicts_that_are_given(function: Callable[..., Any]) -> None:
    check_in_every_way(function, (0.7, NUMBERS), (-0.4, NUMBERS), wrt=("x",))


@pytest.mark.parametrize("function", [*GIVEN, *WITHOUT_EXAMPLES], ids=lambda f: f.__name__)
@pytest.mark.parametrize("simplified", [True, False])
def test_dicts_that_are_only_told(function: Callable[..., Any], *, simplified: bool) -> None:
    x, step = 0.7, 1e-6
    difference = (function(x + step, NUMBERS) - function(x - step, NUMBERS)) / (2 * step)
    made, _ = derived(function, "x", simplified=simplified)
    assert made(x, NUMBERS) == pytest.approx(difference, rel=1e-6)
    made, _ = derived(function, "x", form="tangent", simplified=simplified)
    assert made(x, NUMBERS, d_x=1.0) == pytest.approx((function(x, NUMBERS), difference), rel=1e-6)


def of_a_set(x: float, s: set):
    total = 0.0
    for k, v in enumerate(s, 1):
        total = total * x + k * v
    for v in s:
        total = total + x * v
    return total * v


def of_a_set_that_stays(x: float, s: frozenset[int]):
    total = 0.0
    for i in range(2):
        for v in s:
            total = total * x + v * i
    first, *others = s
    return total * first + others[0] * x


def of_any_set(x: float, s: AbstractSet[int]):
    return sum([a * b for a, b in zip(s, [x, x * x, 2.0], strict=False)])


@pytest.mark.parametrize("function", [of_a_set, of_a_set_that_stays, of_any_set])
def test_sets(function: Callable[..., Any]) -> None:
    kind = frozenset if function is of_a_set_that_stays else set
    check_in_every_way(function, (0.7, kind({4, 2, 7})), (-0.4, kind({40, 9, 1})), wrt=("x",))


class Model:
    """Something of which no part is a parameter."""

    def __init__(self) -> None:
        self.scale = {2: 0.3, 0: 2.5, 1: 0.9}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Model)

    __hash__ = None  # type: ignore[assignment]


def of_an_object(x: float, model):
    total = 0.0
    for k, key in enumerate(model.scale, 1):
        total = total * x + key * k
    first, *_ = model.scale
    return total * first


def test_a_dict_of_an_object() -> None:
    check_in_every_way(of_an_object, (0.7, Model()), (-0.4, Model()), wrt=("x",))


def same_name_twice(x: float, d: dict):
    total = 0.0
    for key, key in zip([x, x, x], d, strict=True):
        total = total * x + key
    return total


def test_a_target_that_says_one_name_twice() -> None:
    made, _ = derived(same_name_twice, "x")
    assert made(0.7, NUMBERS) == pytest.approx(2 * 0.7 * 2)


def test_the_header_is_printed_where_it_says_the_loop() -> None:
    """Elsewhere the keys are listed before the loop."""
    made, _ = derived(given_in_order, "x")
    assert "    for k, key in enumerate(d):" in made.source
    assert "list(d)" not in made.source
    made, _ = derived(given, "x")
    assert "    keys = list(d)\n    for k_2 in range(len(d)):" in made.source
    assert "key = keys[k_2]" in made.source
    made, _ = derived(given, "x", simplified=False)
    assert "    for k, key in enumerate(d, 1):" in made.source
