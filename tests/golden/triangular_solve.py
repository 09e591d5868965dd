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
import numpy as np


def misfit_grad(L, b, target, d_out=1.0):
    """Derivatives of misfit with respect to L, b."""
    assert L.ndim == 2 and b.ndim == 1 and target.shape == b.shape
    x = b.copy()
    saved_ratio = []
    saved_x = []
    for i in range(len(b)):
        saved_x.append(x[i])
        ratio = (x[i] - L[i, :i] @ x[:i]) / L[i, i]
        x[i] = ratio
        saved_ratio.append(ratio)
    diff = x - target
    # return np.sqrt(np.sum((x - target) ** 2)) + log_det
    d_x = (diff * (d_out / np.sqrt(np.sum(diff**2)))).copy()
    # log_det = np.sum(np.log(np.diag(L)))
    d_L = undiag(d_out / np.diag(L), L).copy()
    for i in range(len(b) - 1, -1, -1):
        x[i] = saved_x.pop()
        # x[i] = (x[i] - L[i, :i] @ x[:i]) / L[i, i]
        d_num = d_x[i] / L[i, i]
        d_x[i] = d_num
        d_L[i, :i] -= x[:i] * d_num
        d_x[:i] -= L[i, :i] * d_num
        ratio = saved_ratio.pop()
        d_L[i, i] -= ratio * d_num
    return d_L, d_x


def undiag(d, v, k=0):
    """The derivative in v of np.diag(v, k)."""
    return np.diagonal(d, k) if np.ndim(v) == 1 else undiagonal(d, v, k)


def undiagonal(d, a, offset=0, axis1=0, axis2=1):
    """Put d on a diagonal of zeros of the shape of a."""
    out = np.zeros(np.shape(a), np.result_type(d))
    matrices = np.moveaxis(out, (axis1, axis2), (-2, -1))
    k = np.arange(np.diagonal(matrices, offset, -2, -1).shape[-1])
    matrices[..., k + max(-offset, 0), k + max(offset, 0)] = d
    return out
