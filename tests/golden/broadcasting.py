"""Rows, columns and numbers are broadcast against a matrix."""

import numpy as np


def standardise(A, mean, scale, shift):
    return (A - mean) / scale[:, None] + shift


# ---- gradient of standardise, wrt A, mean, scale, shift ------------------------------------------
# like: standardise(np.ones((3, 4)), np.ones(4), np.ones(3), 1.0)
# at: standardise(normal(3, 4), normal(4), positive(3), 0.3)
# at: standardise(normal(2, 5), normal(5), positive(2), -0.3)
