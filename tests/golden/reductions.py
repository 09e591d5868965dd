"""Sums, means, the largest entry, along axes that are kept or not."""

import numpy as np


def softmax_spread(Z):
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    weights = np.exp(shifted) / np.sum(np.exp(shifted), axis=1, keepdims=True)
    centre = weights.mean(axis=0)
    return np.var(weights - centre) + np.prod(centre)


# ---- gradient of softmax_spread ------------------------------------------------------------------
# like: softmax_spread(np.ones((3, 4)))
# at: softmax_spread(normal(3, 4))
# at: softmax_spread(normal(2, 2))
