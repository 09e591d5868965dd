"""Entries are picked by an array of positions, in which some may repeat."""

import numpy as np


def embedding(table, rows, weights):
    picked = table[rows]
    return np.sum(picked**2, axis=1) @ weights


# ---- gradient of embedding, wrt table, weights ---------------------------------------------------
# like: embedding(np.ones((4, 2)), np.array([0, 1]), np.ones(2))
# at: embedding(normal(4, 2), np.array([0, 3, 0]), normal(3))
# at: embedding(normal(2, 3), np.array([1, 1]), normal(2))
