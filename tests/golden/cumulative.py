"""Running sums and differences along an axis."""

import numpy as np


def path_length(steps, weights):
    path = np.cumsum(steps, axis=0)
    edges = np.diff(path, axis=0)
    return np.sum(np.sqrt(np.sum(edges**2, axis=1)) * weights) + path[-1, 0]


# ---- gradient of path_length, wrt steps, weights -------------------------------------------------
# like: path_length(np.ones((4, 2)), np.ones(3))
# at: path_length(normal(4, 2), normal(3))
# at: path_length(normal(3, 3), normal(2))
