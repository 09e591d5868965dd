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
import math

import numpy as np


def softmax_spread_grad(Z, d_out=1.0):
    """Derivative of softmax_spread with respect to Z."""
    assert Z.ndim == 2
    max_Z = np.max(Z, axis=1, keepdims=True)
    shifted = Z - max_Z
    exp_shifted = np.exp(shifted)
    exp_shifted_1 = np.exp(shifted)
    sum_exp_shifted = np.sum(exp_shifted_1, axis=1, keepdims=True)
    weights = exp_shifted / sum_exp_shifted
    centre = weights.mean(axis=0)
    diff = weights - centre
    flat = gather(centre)
    # return np.var(weights - centre) + np.prod(centre)
    d_diff = 2 * (diff - diff.mean(axis=None, keepdims=True)) * (d_out / Z.size)
    d_weights = d_diff
    d_centre = scatter(
        product_before(flat) * np.flip(product_before(np.flip(flat, -1)), -1), centre
    ) * d_out - d_diff.sum(axis=0)
    # centre = weights.mean(axis=0)
    d_weights = d_weights + d_centre / len(Z)
    # weights = np.exp(shifted) / np.sum(np.exp(shifted), axis=1, keepdims=True)
    d_exp_shifted = d_weights / sum_exp_shifted
    d_shifted = exp_shifted * d_exp_shifted - exp_shifted_1 * (
        weights * d_exp_shifted
    ).sum(axis=1, keepdims=True)
    # shifted = Z - np.max(Z, axis=1, keepdims=True)
    return d_shifted + share_ties(
        -d_shifted.sum(axis=1, keepdims=True), max_Z, Z, 1, True
    )


def gather(a, axis=None):
    """Move the axes of a that a reduction over axis removes to the end, as one."""
    a = np.asarray(a)
    axes = range(a.ndim) if axis is None or not a.ndim else np.atleast_1d(axis)
    axes = [int(k) % a.ndim for k in axes]
    kept = [k for k in range(a.ndim) if k not in axes]
    shape = [a.shape[k] for k in kept]
    return np.reshape(np.transpose(a, kept + axes), (*shape, count(a, axis)))


def count(a, axis=None):
    """How many elements of a go into each element of a reduction over axis."""
    shape = np.shape(a)
    axes = range(len(shape)) if axis is None or not shape else np.atleast_1d(axis)
    return math.prod(shape[int(k)] for k in axes)


def scatter(d, a, axis=None):
    """Move the last axis of d back to those of a that a reduction over axis removes."""
    ndim = np.ndim(a)
    axes = range(ndim) if axis is None or not ndim else np.atleast_1d(axis)
    axes = [int(k) % ndim for k in axes]
    order = [k for k in range(ndim) if k not in axes] + axes
    moved = np.reshape(d, [np.shape(a)[k] for k in order])
    return np.transpose(moved, inverse_axes(order))[()]


def inverse_axes(axes):
    """The order of axes that undoes np.transpose(a, axes)."""
    if axes is None or len(axes) == 0 or axes[0] is None:
        return None
    axes = axes[0] if np.ndim(axes[0]) else axes
    return [int(k) for k in np.argsort([axis % len(axes) for axis in axes])]


def product_before(a):
    """The products of the elements that stand before each element on the last axis."""
    return np.cumprod(np.concatenate([np.ones_like(a[..., :1]), a[..., :-1]], -1), -1)


def share_ties(d, y, a, axis=None, keepdims=False):
    """Give d to the elements of a that equal y, their extreme over axis, in equal shares."""
    if axis is not None and not keepdims and np.ndim(a):
        d, y = np.expand_dims(d, axis), np.expand_dims(y, axis)
    chosen = a == y
    ties = np.sum(chosen, axis=axis, keepdims=axis is not None)
    return np.where(chosen, d / np.asarray(ties, np.result_type(y)), 0)[()]
