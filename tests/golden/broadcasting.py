"""Rows, columns and numbers are broadcast against a matrix."""

import numpy as np


def standardise(A, mean, scale, shift):
    return (A - mean) / scale[:, None] + shift


# ---- gradient of standardise, wrt A, mean, scale, shift ------------------------------------------
# like: standardise(np.ones((3, 4)), np.ones(4), np.ones(3), 1.0)
# at: standardise(normal(3, 4), normal(4), positive(3), 0.3)
# at: standardise(normal(2, 5), normal(5), positive(2), -0.3)
import numpy as np


def standardise_grad(A, mean, scale, shift, d_out=1.0):
    """Derivatives of standardise with respect to A, mean, scale, shift."""
    assert (
        A.ndim == 2
        and mean.shape == A.shape[1:]
        and scale.shape == A.shape[:1]
        and np.ndim(shift) == 0
    )
    # return (A - mean) / scale[:, None] + shift
    d_out = np.broadcast_to(d_out, A.shape)
    d_A = d_out / scale[:, None]
    d_mean = -d_A.sum(axis=0)
    d_scale = -((A - mean) / scale[:, None] * d_A).sum(axis=1)
    d_shift = d_out.sum()
    return d_A, d_mean, d_scale, d_shift
