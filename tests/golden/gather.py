"""Entries are picked by an array of positions, in which some may repeat."""

import numpy as np


def embedding(table, rows, weights):
    picked = table[rows]
    return np.sum(picked**2, axis=1) @ weights


# ---- gradient of embedding, wrt table, weights ---------------------------------------------------
# like: embedding(np.ones((4, 2)), np.array([0, 1]), np.ones(2))
# at: embedding(normal(4, 2), np.array([0, 3, 0]), normal(3))
# at: embedding(normal(2, 3), np.array([1, 1]), normal(2))
import numpy as np


def embedding_grad(table, rows, weights, d_out=1.0):
    """Derivatives of embedding with respect to table, weights."""
    assert table.ndim == 2 and rows.ndim == 1 and weights.ndim == 1
    picked = table[rows]
    # return np.sum(picked**2, axis=1) @ weights
    d_picked = 2 * picked * (weights * d_out)[:, None]
    d_weights = np.sum(picked**2, axis=1) * d_out
    d_table = np.zeros(table.shape)
    # picked = table[rows]
    np.add.at(d_table, rows, d_picked)
    return d_table, d_weights
