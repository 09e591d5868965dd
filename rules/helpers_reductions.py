"""Helpers for broadcasting, reductions and cumulative functions. See `helpers`."""

import math

import numpy as np

from s2sgrad.rules.helpers_shaping import inverse_axes


def unbroadcast(d, like):
    """Sum d over the axes along which like was broadcast, so that it has the shape of like."""
    shape = np.shape(like)
    if np.shape(d) == shape:
        return np.array(d)[()]
    added = np.ndim(d) - len(shape)
    stretched = tuple(i + added for i, n in enumerate(shape) if n == 1 != np.shape(d)[i + added])
    d = np.sum(d, axis=(*range(added), *stretched))
    return np.reshape(d, shape) if shape else d[()]


def unreduce(d, a, axis=None, keepdims=False):
    """Spread d, which belongs to a reduction of a over axis, to the shape of a."""
    if axis is not None and not keepdims and np.ndim(a):
        d = np.expand_dims(d, axis)
    return np.broadcast_to(d, np.shape(a))[()]


def count(a, axis=None):
    """How many elements of a go into each element of a reduction over axis."""
    shape = np.shape(a)
    axes = range(len(shape)) if axis is None or not shape else np.atleast_1d(axis)
    return math.prod(shape[int(k)] for k in axes)


def share_ties(d, y, a, axis=None, keepdims=False):
    """Give d to the elements of a that equal y, their extreme over axis, in equal shares."""
    if axis is not None and not keepdims and np.ndim(a):
        d, y = np.expand_dims(d, axis), np.expand_dims(y, axis)
    chosen = a == y
    ties = np.sum(chosen, axis=axis, keepdims=axis is not None)
    return np.where(chosen, d / np.asarray(ties, np.result_type(y)), 0)[()]


def pick_ties(t, y, a, axis=None, keepdims=False):
    """The mean of t over the elements of a that equal y, their extreme over axis."""
    chosen = a == unreduce(y, a, axis, keepdims)
    total = np.sum(np.where(chosen, t, 0), axis=axis, keepdims=keepdims)
    ties = np.sum(chosen, axis=axis, keepdims=keepdims)
    return total / np.asarray(ties, np.result_type(y))


def spread(d, values):
    """Give d, which belongs to the sum of values, to each of them."""
    if isinstance(values, list | tuple):
        return [unbroadcast(d, value) for value in values]
    return np.broadcast_to(d, np.shape(values))


def zeros_like(x):
    """Zeros in the structure of x: tuples become lists, what is no array becomes 0.0."""
    if isinstance(x, list | tuple):
        return [zeros_like(item) for item in x]
    return np.zeros_like(x, np.result_type(x, 1.0)) if isinstance(x, np.ndarray) else 0.0


def copied(x):
    """x with arrays and lists of its own: a list of copies for a list of arrays."""
    if isinstance(x, list | tuple):
        return type(x)([copied(item) for item in x])
    return x.copy() if isinstance(x, np.ndarray) else x


def zeros_of(x):
    """Zeros in the shape of x, 0.0 for a number; for a list an array, of arrays if need be."""
    if isinstance(x, dict):
        return {key: zeros_of(item) for key, item in x.items()}
    if isinstance(x, list | tuple):
        return packed([zeros_of(item) for item in x], x)
    return np.zeros(x.shape, np.result_type(x, 1.0)) if isinstance(x, np.ndarray) else 0.0


def packed(items, x):
    """Items, one for each of x, in an array; in one of arrays where x is a list of such."""
    if isinstance(x, np.ndarray) or not any(map(np.ndim, items)):
        return np.array(items)
    out = np.empty(len(items), object)
    for k, item in enumerate(items):
        out[k] = item
    return out


def added(x, y):
    """x + y; lists are added item by item, a number is added to every item."""
    if not isinstance(x, list | tuple):
        return np.asarray(x + y) if isinstance(x, np.ndarray) else x + y
    parts = [y] * len(x) if isinstance(y, int | float) else y
    return [added(item, part) for item, part in zip(x, parts)]


def gather(a, axis=None):
    """Move the axes of a that a reduction over axis removes to the end, as one."""
    a = np.asarray(a)
    axes = range(a.ndim) if axis is None or not a.ndim else np.atleast_1d(axis)
    axes = [int(k) % a.ndim for k in axes]
    kept = [k for k in range(a.ndim) if k not in axes]
    shape = [a.shape[k] for k in kept]
    return np.reshape(np.transpose(a, kept + axes), (*shape, count(a, axis)))


def scatter(d, a, axis=None):
    """Move the last axis of d back to those of a that a reduction over axis removes."""
    ndim = np.ndim(a)
    axes = range(ndim) if axis is None or not ndim else np.atleast_1d(axis)
    axes = [int(k) % ndim for k in axes]
    order = [k for k in range(ndim) if k not in axes] + axes
    moved = np.reshape(d, [np.shape(a)[k] for k in order])
    return np.transpose(moved, inverse_axes(order))[()]


def shift_right(a):
    """Move the elements of a by one along the last axis; a zero enters at the start."""
    return np.concatenate([np.zeros_like(a[..., :1]), a[..., :-1]], -1)


def shift_left(a):
    """Move the elements of a by one along the last axis; a zero enters at the end."""
    return np.concatenate([a[..., 1:], np.zeros_like(a[..., :1])], -1)


def product_before(a):
    """The products of the elements that stand before each element on the last axis."""
    return np.cumprod(np.concatenate([np.ones_like(a[..., :1]), a[..., :-1]], -1), -1)


def recurrence(a, b):
    """The s with s[k] = b[k] + a[k] * s[k - 1] along the last axis."""
    s = np.array(b)
    for k in range(1, s.shape[-1]):
        s[..., k] += a[..., k] * s[..., k - 1]
    return s
