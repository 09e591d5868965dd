"""A linear stencil in two arguments that are written in place: nothing is saved, and no forward half is needed."""

import numpy as np


def jacobi(steps, A, B):
    for t in range(1, steps):
        B[1:-1] = (A[:-2] + A[1:-1] + A[2:]) / 3
        A[1:-1] = (B[:-2] + B[1:-1] + B[2:]) / 3


# ---- gradient of jacobi, of A, B, wrt A, B -------------------------------------------------------
# like: jacobi(2, np.ones(4), np.ones(4))
# at: jacobi(4, normal(6), normal(6))
# at: jacobi(2, normal(3), normal(3))
# at: jacobi(1, normal(5), normal(5))
import numpy as np


def jacobi_grad(steps, A, B, d_A, d_B):
    """Derivatives of jacobi with respect to the initial A, B, given those of the final ones.

    A and B must not overlap.
    """
    assert A.ndim == 1 and B.shape == A.shape
    d_A = np.broadcast_to(d_A, A.shape).copy()
    d_B = np.broadcast_to(d_B, B.shape).copy()
    for t in range(1, steps):
        # A[1:-1] = (B[:-2] + B[1:-1] + B[2:]) / 3
        d_num = d_A[1:-1] / 3
        d_A[1:-1] = 0
        d_B[:-2] += d_num
        d_B[1:-1] += d_num
        d_B[2:] += d_num
        # B[1:-1] = (A[:-2] + A[1:-1] + A[2:]) / 3
        d_num = d_B[1:-1] / 3
        d_B[1:-1] = 0
        d_A[:-2] += d_num
        d_A[1:-1] += d_num
        d_A[2:] += d_num
    return d_A, d_B
