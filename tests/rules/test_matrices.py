"""The rules of norms, determinants, inverses, solutions and Kronecker products."""

from __future__ import annotations

import numpy as np
import pytest

from s2sgrad.testing import check_rule, gradient

FUNCTIONS = [
    np.linalg.norm,
    np.linalg.inv,
    np.linalg.det,
    np.linalg.slogdet,
    np.linalg.solve,
    np.linalg.matrix_power,
    np.kron,
]


def numbers(*shape, seed=1):
    """Random numbers."""
    return np.random.default_rng(seed).normal(size=shape)


def regular(*shape):
    """Matrices that are far from singular, some with a negative determinant."""
    return 3 * np.eye(shape[-1])[::-1] + numbers(*shape)


@pytest.mark.parametrize("shape", [(1,), (4,), (3, 2), (2, 3, 4)])
def test_norm(shape):
    check_rule(np.linalg.norm, numbers(*shape))
    check_rule(np.linalg.norm, numbers(*shape), keepdims=True)
    for axis in range(len(shape)):
        check_rule(np.linalg.norm, numbers(*shape), axis=axis)
        check_rule(np.linalg.norm, numbers(*shape), axis=-1 - axis, keepdims=True)


def test_norm_of_matrices():
    check_rule(np.linalg.norm, numbers(2, 3, 4), axis=(0, 2))
    check_rule(np.linalg.norm, numbers(2, 3, 4), axis=(-1, 1), keepdims=True)


def test_norm_has_no_derivative_at_zero():
    with np.errstate(invalid="ignore"):
        assert np.all(np.isnan(gradient(np.linalg.norm, np.zeros(3))["x"]))


@pytest.mark.parametrize("shape", [(1, 1), (2, 2), (3, 3), (4, 3, 3), (2, 1, 2, 2)])
def test_of_one_matrix(shape):
    for function in (np.linalg.inv, np.linalg.det, np.linalg.slogdet):
        check_rule(function, regular(*shape))


@pytest.mark.parametrize("n", [0, 1, 2, 5, -1, -2])
def test_powers(n):
    check_rule(np.linalg.matrix_power, regular(2, 2), n)
    check_rule(np.linalg.matrix_power, regular(4, 3, 3), n)
    check_rule(np.linalg.matrix_power, regular(1, 1), n)


def test_determinants_of_singular_matrices():
    """The derivative of a determinant is its cofactors, for which nothing is inverted."""
    check_rule(np.linalg.det, np.array([[1.0, 2.0], [2.0, 4.0]]))
    check_rule(np.linalg.det, np.zeros((3, 3)))
    check_rule(np.linalg.det, np.stack([np.diag([2.0, 0.0, 3.0]), np.diag([2.0, 0.0, 0.0])]))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ((3, 3), (3,)),
        ((1, 1), (1,)),
        ((3, 3), (3, 2)),
        ((3, 3), (4, 3, 2)),
        ((4, 3, 3), (3, 2)),
        ((4, 3, 3), (4, 3, 2)),
        ((3, 3, 3), (3,)),
    ],
)
def test_solve(left, right):
    check_rule(np.linalg.solve, regular(*left), numbers(*right, seed=2))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ((3,), (2,)),
        ((2, 3), (3, 2)),
        ((2,), (3, 2)),
        ((1, 3), (2,)),
        ((2, 1, 2), (3, 2)),
        ((), (3,)),
    ],
)
def test_kron(left, right):
    check_rule(np.kron, numbers(*left), numbers(*right, seed=2))
