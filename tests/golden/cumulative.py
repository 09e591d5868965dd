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
import numpy as np


def path_length_grad(steps, weights, d_out=1.0):
    """Derivatives of path_length with respect to steps, weights."""
    assert steps.ndim == 2 and weights.shape == (len(steps) - 1,)
    path = np.cumsum(steps, axis=0)
    edges = np.diff(path, axis=0)
    sqrt_sum_power = np.sqrt(np.sum(edges**2, axis=1))
    d_path = np.zeros(steps.shape)
    # return np.sum(np.sqrt(np.sum(edges**2, axis=1)) * weights) + path[-1, 0]
    d_edges = 2 * edges * (0.5 * weights * d_out / sqrt_sum_power)[:, None]
    d_weights = sqrt_sum_power * d_out
    d_path[-1, 0] += d_out
    # edges = np.diff(path, axis=0)
    d_path += undiff(d_edges, path, 1, 0)
    # path = np.cumsum(steps, axis=0)
    d_steps = d_path[::-1].cumsum(0)[::-1]
    return d_steps.copy(), d_weights


def undiff(d, a, n=1, axis=-1):
    """The derivative in a of np.diff(a, n, axis)."""
    if np.size(d) == 0:
        return np.zeros(np.shape(a), np.result_type(d))
    zeros = np.zeros_like(np.take(d, [0] * n, axis))
    return (-1) ** n * np.diff(np.concatenate([zeros, d, zeros], axis), n, axis)
