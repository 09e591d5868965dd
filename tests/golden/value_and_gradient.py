"""The value is returned with the gradient; one parameter gives a bare derivative."""

import numpy as np


def least_squares(w, X, y):
    residual = X @ w - y
    return residual @ residual / (2 * len(y))


# ---- value and gradient of least_squares, wrt w --------------------------------------------------
# like: least_squares(np.ones(3), np.ones((4, 3)), np.ones(4))
# at: least_squares(normal(3), normal(4, 3), normal(4))
# at: least_squares(normal(2), normal(5, 2), normal(5))
def least_squares_value_and_grad(w, X, y, d_out=1.0):
    """Value of least_squares, and its derivative with respect to w."""
    assert w.ndim == 1 and X.ndim == 2 and y.shape == X.shape[:1]
    residual = X @ w - y
    den = 2 * len(y)
    # return residual @ residual / (2 * len(y))
    d_residual = 2 * residual * (d_out / den)
    # residual = X @ w - y
    d_w = X.T @ d_residual
    return residual @ residual / den, d_w
