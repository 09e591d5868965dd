"""The rules of eigenvalues of symmetric matrices, of Cholesky's factor and of pseudoinverses."""

from __future__ import annotations

import numpy as np
import pytest

from s2sgrad.testing import check_rule, gradient
from tests.rules.test_matrices import numbers

FUNCTIONS = [np.linalg.eigvalsh, np.linalg.eigh, np.linalg.cholesky, np.linalg.pinv]

SHAPES = [(1, 1), (2, 2), (3, 3), (4, 3, 3), (2, 1, 2, 2)]


@pytest.mark.parametrize("shape", SHAPES)
def test_of_symmetric_matrices(shape):
    """Only the lower triangle is read, so that the upper one may be anything."""
    n = shape[-1]
    spread = np.diag(3.0 * np.arange(1, n + 1))
    check_rule(np.linalg.eigvalsh, spread + numbers(*shape))
    check_rule(np.linalg.eigh, spread + numbers(*shape))
    check_rule(np.linalg.cholesky, 6 * np.eye(n) + numbers(*shape))


def test_equal_eigenvalues():
    found = gradient(np.linalg.eigvalsh, np.eye(3))["a"]
    np.testing.assert_allclose(found, np.eye(3), atol=1e-12)


@pytest.mark.parametrize("shape", [(3, 3), (4, 2), (2, 4), (1, 3), (4, 3, 2)])
def test_pinv(shape):
    check_rule(np.linalg.pinv, numbers(*shape))
