"""Products of matrices and vectors."""

import numpy as np


def quadratic(A, B, x):
    y = A @ B.T @ x
    return x @ y + np.dot(y, y)


# ---- gradient of quadratic, wrt A, B, x ----------------------------------------------------------
# like: quadratic(np.ones((3, 2)), np.ones((3, 2)), np.ones(3))
# at: quadratic(normal(3, 2), normal(3, 2), normal(3))
# at: quadratic(normal(2, 4), normal(2, 4), normal(2))
