"""The logarithm of a mixture of Gaussians with diagonal covariances."""

import numpy as np


def log_likelihood(logits, means, log_scales, X):
    scaled = (X[:, None, :] - means) * np.exp(-log_scales)
    log_density = logits - np.sum(log_scales, axis=1) - 0.5 * np.sum(scaled**2, axis=2)
    largest = np.max(log_density, axis=1)
    inner = np.sum(np.exp(log_density - largest[:, None]), axis=1)
    return np.sum(largest + np.log(inner)) - len(X) * np.log(np.sum(np.exp(logits)))


# ---- gradient of log_likelihood, wrt logits, means, log_scales -----------------------------------
# like: log_likelihood(np.ones(3), np.ones((3, 2)), np.ones((3, 2)), np.ones((5, 2)))
# at: log_likelihood(normal(3), normal(3, 2), normal(3, 2), normal(5, 2))
# at: log_likelihood(normal(2), normal(2, 3), normal(2, 3), normal(4, 3))
import numpy as np


def log_likelihood_grad(logits, means, log_scales, X, d_out=1.0):
    """Derivatives of log_likelihood with respect to logits, means, log_scales."""
    assert (
        logits.ndim == 1
        and means.ndim == 2
        and len(means) == len(logits)
        and log_scales.shape == (len(logits), means.shape[1])
        and X.ndim == 2
        and X.shape[1] == means.shape[1]
    )
    diff = X[:, None, :] - means
    exp_log_scales = np.exp(-log_scales)
    scaled = diff * exp_log_scales
    log_density = logits - np.sum(log_scales, axis=1) - 0.5 * np.sum(scaled**2, axis=2)
    largest = np.max(log_density, axis=1)
    exp_diff = np.exp(log_density - largest[:, None])
    inner = np.sum(exp_diff, axis=1)
    exp_logits = np.exp(logits)
    # return np.sum(largest + np.log(inner)) - len(X) * np.log(np.sum(np.exp(logits)))
    d_total = np.broadcast_to(d_out, (len(X),))
    d_largest = d_total
    d_inner = d_total / inner
    d_logits = -exp_logits * (len(X) * d_out / np.sum(exp_logits))
    # inner = np.sum(np.exp(log_density - largest[:, None]), axis=1)
    d_diff = exp_diff * d_inner[:, None]
    d_log_density = d_diff
    d_largest = d_largest - d_diff.sum(axis=1)
    # largest = np.max(log_density, axis=1)
    d_log_density = d_log_density + share_ties(d_largest, largest, log_density, 1)
    # log_density = logits - np.sum(log_scales, axis=1) - 0.5 * np.sum(scaled**2, axis=2)
    d_diff = d_log_density.sum(axis=0)
    d_logits += d_diff
    d_log_scales = np.broadcast_to((-d_diff)[:, None], log_scales.shape)
    d_scaled = 2 * scaled * (-0.5 * d_log_density)[:, :, None]
    # scaled = (X[:, None, :] - means) * np.exp(-log_scales)
    d_means = -(exp_log_scales * d_scaled).sum(axis=0)
    d_log_scales = d_log_scales - exp_log_scales * (diff * d_scaled).sum(axis=0)
    return d_logits, d_means, d_log_scales


def share_ties(d, y, a, axis=None, keepdims=False):
    """Give d to the elements of a that equal y, their extreme over axis, in equal shares."""
    if axis is not None and not keepdims and np.ndim(a):
        d, y = np.expand_dims(d, axis), np.expand_dims(y, axis)
    chosen = a == y
    ties = np.sum(chosen, axis=axis, keepdims=axis is not None)
    return np.where(chosen, d / np.asarray(ties, np.result_type(y)), 0)[()]
