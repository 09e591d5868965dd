"""Methods of arrays instead of functions of NumPy."""

import numpy as np


def spread(X: np.ndarray, weights: np.ndarray):
    flat = X.reshape(-1)
    centred = flat - flat.mean()
    return centred.dot(centred) / X.size + (X.T.sum(axis=1) * weights).max()


# ---- gradient of spread, wrt X, weights ----------------------------------------------------------
# like: spread(np.ones((3, 2)), np.ones(2))
# at: spread(normal(3, 2), normal(2))
# at: spread(normal(2, 4), normal(4))
