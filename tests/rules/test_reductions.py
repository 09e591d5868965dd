"""The rules of reductions, over all axes, with and without keepdims."""

from __future__ import annotations

import numpy as np
import pytest

from s2sgrad.testing import check_rule, gradient

# Shapes with the axes to reduce: None, one, several, from the end.
AXES = [
    (None, [None]),
    ((), [None]),
    ((1,), [None, 0]),
    ((3,), [None, 0, -1, (0,), ()]),
    ((2, 1), [None, 0, 1, -1, (0, 1)]),
    ((2, 3, 2), [None, 0, -2, (0, 2), (2, 0), (-1, 1), (0, 1, 2)]),
]
EMPTY = [((0,), [None, 0]), ((0, 3), [None, 0, 1, (0, 1)]), ((3, 0), [1, -1])]

REDUCTIONS = [np.sum, np.mean, np.prod, np.var, np.std, np.max, np.min, np.amax, np.amin]
REDUCTIONS += [np.nansum, np.nanmean, np.nanmax, np.nanmin, np.median]
CUMULATIVE = [np.cumsum, np.cumprod]
SEQUENCES = [sum, max, min]
QUANTILES = [np.quantile, np.percentile]
FUNCTIONS = [*REDUCTIONS, *CUMULATIVE, *SEQUENCES, *QUANTILES]


def numbers(shape):
    """Distinct numbers: a float for the shape None."""
    random = np.random.default_rng(3)
    if shape is None:
        return 1.7
    return np.reshape(random.permutation(int(np.prod(shape))) / 3 + random.uniform(0.5, 0.7), shape)


@pytest.mark.parametrize("function", REDUCTIONS, ids=lambda f: f.__name__)
def test_reduction(function):
    for shape, axes in AXES:
        a = numbers(shape)
        if function is not np.std or np.size(a) > 1:
            check_rule(function, a)
        for axis in axes:
            for keepdims in (False, True):
                extents = (
                    np.array(np.shape(a), int)[list(np.atleast_1d(axis))]
                    if axis is not None
                    else np.shape(a)
                )
                if function is np.std and np.prod(extents) == 1:
                    continue  # it has no derivative where it is 0
                if not (keepdims and np.ndim(a) == 0):
                    check_rule(function, a, axis=axis, keepdims=keepdims)
            check_rule(function, a, axis) if function is not np.std else None


@pytest.mark.parametrize("function", [np.sum, np.prod], ids=lambda f: f.__name__)
def test_reduction_of_nothing(function):
    for shape, axes in EMPTY:
        for axis in axes:
            for keepdims in (False, True):
                check_rule(function, np.zeros(shape), axis, keepdims=keepdims)


@pytest.mark.parametrize("function", [np.mean, np.max, np.min, np.var], ids=lambda f: f.__name__)
def test_reduction_to_nothing(function):
    check_rule(function, np.zeros((0, 3)), axis=1)
    check_rule(function, np.zeros((3, 0, 2)), axis=(0, 2))


@pytest.mark.parametrize("function", QUANTILES, ids=lambda f: f.__name__)
@pytest.mark.parametrize("q", [0, 0.3, 0.5, 1.0, [0.25, 0.75], np.array([[0.1, 0.6]])], ids=str)
def test_quantiles(function, q):
    q = np.multiply(q, 1 if function is np.quantile else 100)
    for shape, axes in AXES:
        check_rule(function, numbers(shape), q)
        for axis in axes if shape else [None]:
            check_rule(function, numbers(shape), q, axis)
            if shape:
                check_rule(function, numbers(shape), q, axis=axis, keepdims=True)


def test_ties_of_a_median():
    """Of numbers that are equal, one is in the middle."""
    assert gradient(np.median, np.array([2.0, 1.0, 2.0, 2.0, 3.0]))["a"].sum() == 1.0
    assert gradient(np.median, np.array([[2.0, 1.0, 2.0, 3.0]]))["a"].tolist() == [[0.5, 0, 0.5, 0]]


@pytest.mark.parametrize("function", [np.var, np.std], ids=lambda f: f.__name__)
def test_degrees_of_freedom(function):
    check_rule(function, numbers((4, 3)), axis=0, ddof=1)
    check_rule(function, numbers((4, 3)), ddof=1, keepdims=True)


@pytest.mark.parametrize("function", CUMULATIVE, ids=lambda f: f.__name__)
def test_cumulative(function):
    for shape, axes in [*AXES[1:], *EMPTY]:
        check_rule(function, numbers(shape))
        for axis in axes:
            if not isinstance(axis, tuple) and shape != ():
                check_rule(function, numbers(shape), axis)


@pytest.mark.parametrize("function", [np.prod, np.cumprod], ids=lambda f: f.__name__)
def test_products_with_zeros(function):
    a = np.array([[2.0, 0.0, 3.0], [0.0, 0.0, 4.0], [1.0, 5.0, 6.0]])
    for axis in (None, 0, 1):
        check_rule(function, a, axis)


def test_ties_share_evenly():
    assert gradient(np.max, np.array([1.0, 3.0, 3.0]))["a"].tolist() == [0.0, 0.5, 0.5]
    assert gradient(np.min, np.array([[1.0, 3.0], [1.0, 0.0]]), axis=0)["a"].tolist() == [
        [0.5, 0],
        [0.5, 1],
    ]
    assert gradient(max, 2.0, 2.0, 2.0, 1.0)["values"] == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0])


def test_extremes_beside_nan():
    a = np.array([[1.0, np.nan, 3.0], [3.0, 0.5, np.nan]])
    assert gradient(np.nanmax, a)["a"].tolist() == [[0, 0, 0.5], [0.5, 0, 0]]
    assert gradient(np.nanmin, a, axis=1)["a"].tolist() == [[1, 0, 0], [0, 1, 0]]


def test_sum_of_a_sequence():
    check_rule(sum, [1.0, 2.0, 4.0])
    check_rule(sum, (1.0,), 2.5)
    check_rule(sum, [np.array([1.0, 2.0]), np.array([[3.0], [4.0]]), 5.0], 1.0)
    check_rule(sum, np.arange(6.0).reshape(3, 2))
    check_rule(sum, [1.0, 2.0], np.array([3.0, 4.0]))


@pytest.mark.parametrize("function", [max, min], ids=lambda f: f.__name__)
def test_extreme_of_a_sequence(function):
    check_rule(function, [1.0, 3.0, -2.0])
    check_rule(function, (1.0,))
    check_rule(function, np.array([1.0, 3.0]))
    check_rule(function, 1.0, 2.0)
    check_rule(function, 2.0, 3.5)
    check_rule(function, 1.0, 3.0, 2.0)
    check_rule(function, 1.0, 3.0, 2.0, -5.0)


@pytest.mark.parametrize("function", [np.nansum, np.nanmean], ids=lambda f: f.__name__)
def test_nan_is_left_out(function):
    a = numbers((3, 4))
    a[1, 2] = a[0, 0] = np.nan
    for axis in (None, 0, 1):
        full = gradient(function, a, axis=axis)["a"]
        assert np.all(full[np.isnan(a)] == 0)
        ones = np.where(np.isnan(a), 0, 1)
        counts = np.broadcast_to(np.sum(ones, axis=axis, keepdims=True), a.shape)
        np.testing.assert_allclose(full, ones / (counts if function is np.nanmean else 1))
