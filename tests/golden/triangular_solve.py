"""A triangular system is solved row by row, in place."""

import numpy as np


def misfit(L, b, target):
    x = b.copy()
    for i in range(len(b)):
        x[i] = (x[i] - L[i, :i] @ x[:i]) / L[i, i]
    log_det = np.sum(np.log(np.diag(L)))
    return np.sqrt(np.sum((x - target) ** 2)) + log_det


# ---- gradient of misfit, wrt L, b ----------------------------------------------------------------
# like: misfit(np.ones((3, 3)), np.ones(3), np.ones(3))
# at: misfit(normal(3, 3) + 4 * np.eye(3), normal(3), normal(3))
# at: misfit(normal(2, 2) + 4 * np.eye(2), normal(2), normal(2))
