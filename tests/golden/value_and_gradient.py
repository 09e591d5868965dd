"""The value is returned with the gradient; one parameter gives a bare derivative."""

import numpy as np


def least_squares(w, X, y):
    residual = X @ w - y
    return residual @ residual / (2 * len(y))


# ---- value and gradient of least_squares, wrt w --------------------------------------------------
# like: least_squares(np.ones(3), np.ones((4, 3)), np.ones(4))
# at: least_squares(normal(3), normal(4, 3), normal(4))
# at: least_squares(normal(2), normal(5, 2), normal(5))
