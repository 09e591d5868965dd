"""Products of matrices and vectors."""

import numpy as np


def quadratic(A, B, x):
    y = A @ B.T @ x
    return x @ y + np.dot(y, y)


# ---- gradient of quadratic, wrt A, B, x ----------------------------------------------------------
# like: quadratic(np.ones((3, 2)), np.ones((3, 2)), np.ones(3))
# at: quadratic(normal(3, 2), normal(3, 2), normal(3))
# at: quadratic(normal(2, 4), normal(2, 4), normal(2))
import numpy as np


def quadratic_grad(A, B, x, d_out=1.0):
    """Derivatives of quadratic with respect to A, B, x."""
    assert A.ndim == 2 and B.ndim == 2 and x.ndim == 1
    product = A @ B.T
    y = product @ x
    # return x @ y + np.dot(y, y)
    d_x = y * d_out
    d_y = x * d_out + 2 * y * d_out
    # y = A @ B.T @ x
    d_product = np.outer(d_y, x)
    d_A = d_product @ B
    d_B = d_product.T @ A
    d_x += product.T @ d_y
    return d_A, d_B, d_x
