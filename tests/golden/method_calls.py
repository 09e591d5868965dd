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
import numpy as np


def spread_grad(X: np.ndarray, weights: np.ndarray, d_out=1.0):
    """Derivatives of spread with respect to X, weights."""
    assert X.ndim == 2 and weights.shape == X.shape[1:]
    flat = X.reshape(-1)
    centred = flat - flat.mean()
    sum_X_T = X.T.sum(axis=1)
    product = sum_X_T * weights
    # return centred.dot(centred) / X.size + (X.T.sum(axis=1) * weights).max()
    d_centred = 2 * centred * (d_out / X.size)
    d_product = share_ties(d_out, product.max(), product)
    d_X = np.broadcast_to((weights * d_product)[:, None], (X.shape[1], len(X))).T
    d_weights = sum_X_T * d_product
    # centred = flat - flat.mean()
    d_flat = d_centred - d_centred.sum() / len(flat)
    # flat = X.reshape(-1)
    d_X = d_X + d_flat.reshape(X.shape)
    return d_X, d_weights


def share_ties(d, y, a, axis=None, keepdims=False):
    """Give d to the elements of a that equal y, their extreme over axis, in equal shares."""
    if axis is not None and not keepdims and np.ndim(a):
        d, y = np.expand_dims(d, axis), np.expand_dims(y, axis)
    chosen = a == y
    ties = np.sum(chosen, axis=axis, keepdims=axis is not None)
    return np.where(chosen, d / np.asarray(ties, np.result_type(y)), 0)[()]
