"""Matrices of SciPy, whose `*` is a product of matrices: refused, wherever they are from; arrays of them are taken."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from s2sgrad import TransformError, transform

sparse = pytest.importorskip("scipy.sparse")

K = sparse.csr_matrix(np.array([[1.0, 2.0], [0.0, 3.0]]))
MATRICES = [K, K.T]
U, D_OUT = np.array([0.7, 1.2]), np.array([0.4, -1.1])


def laplacian(n: int):
    return sparse.diags([np.full(n, 2.0), np.ones(n - 1)], [0, 1])


def one_of_two(u: np.ndarray, k: int):
    return MATRICES[k] * u


def each(u: np.ndarray, k: int):
    for matrix in MATRICES:
        u = matrix * u
    return u


def by_a_helper(u: np.ndarray, k: int):
    return laplacian(len(u)) * u


def made_here(u: np.ndarray, k: int):
    matrix = sparse.identity(2) * 2.0 + sparse.csr_matrix(np.eye(2, k=1))
    return matrix * u


def transposed(u: np.ndarray, k: int):
    return K.T @ u


class Solver:
    def __init__(self):
        self.matrix, self.levels, self.by_name = K, MATRICES, {"K": K}

    def step(self, u: np.ndarray, k: int):
        return self.matrix * u

    def by_level(self, u: np.ndarray, k: int):
        return self.levels[k] * u

    def named(self, u: np.ndarray, k: int):
        return self.by_name["K"] * u


SOLVER = Solver()


def default(u: np.ndarray, k: int, matrix=K):
    return matrix * u


METHODS = [SOLVER.step, SOLVER.by_level, SOLVER.named]


@pytest.mark.parametrize(
    "function", [*METHODS, default, one_of_two, each, by_a_helper, made_here, transposed]
)
@pytest.mark.parametrize("like", [None, (U, 1)])
def test_refused(function: Callable[..., np.ndarray], like: tuple[np.ndarray, int] | None) -> None:
    with pytest.raises(TransformError, match="operator of a class") as refused:
        transform(function, wrt="u", like=like)
    assert all(finding.line for finding in refused.value.findings)


def given(u: np.ndarray, solver: Solver, pair: tuple):
    return solver.levels[0] * u + pair[0] * u


def test_examples() -> None:
    with pytest.raises(TransformError, match="operator of a class"):
        transform(given, wrt="u", like=(U, SOLVER, (K, 2.0)))


def made_an_array(u: np.ndarray):
    return laplacian(len(u)).toarray() @ u


def array_of_the_module(u: np.ndarray):
    return K.toarray() @ u


@pytest.mark.parametrize("function", [made_an_array, array_of_the_module])
def test_arrays(function: Callable[[np.ndarray], np.ndarray]) -> None:
    expected = [D_OUT @ function(unit) for unit in np.eye(2)]
    np.testing.assert_allclose(transform(function)(U, D_OUT), expected)
