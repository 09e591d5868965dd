"""Small functions that generated text calls, and copies, so that nothing imports s2sgrad.

Each stands alone: it uses np and math and other helpers, and is applied to floats, arrays, or unknown things.
Its own derivative is in `of_helpers`. What is generated with them belongs to the user.
"""

import math

import numpy as np


def unbroadcast(d, like):
    """Sum d over the axes along which like was broadcast, so that it has the shape of like."""
    shape = np.shape(like)
    added = np.ndim(d) - len(shape)
    stretched = tuple(
        i + added for i, n in enumerate(shape) if n == 1 != np.shape(d)[i + added]
    )
    d = np.sum(d, axis=(*range(added), *stretched))
    return np.reshape(d, shape) if shape else d[()]


def unreduce(d, a, axis=None, keepdims=False):
    """Spread d, which belongs to a reduction of a over axis, to the shape of a."""
    if axis is not None and not keepdims:
        d = np.expand_dims(d, axis)
    return np.broadcast_to(d, np.shape(a))[()]


def count(a, axis=None):
    """How many elements of a go into each element of a reduction over axis."""
    shape = np.shape(a)
    axes = range(len(shape)) if axis is None else np.atleast_1d(axis)
    return math.prod(shape[int(k)] for k in axes)


def share_ties(d, y, a, axis=None, keepdims=False):
    """Give d to the elements of a that equal y, their extreme over axis, in equal shares."""
    chosen = a == unreduce(y, a, axis, keepdims)
    d = d / np.sum(chosen, axis=axis, keepdims=keepdims, dtype=np.result_type(y))
    return np.where(chosen, unreduce(d, a, axis, keepdims), 0)[()]


def pick_ties(t, y, a, axis=None, keepdims=False):
    """The mean of t over the elements of a that equal y, their extreme over axis."""
    chosen = a == unreduce(y, a, axis, keepdims)
    total = np.sum(np.where(chosen, t, 0), axis=axis, keepdims=keepdims)
    return total / np.sum(chosen, axis=axis, keepdims=keepdims, dtype=np.result_type(y))


def zeros_like(x):
    """Zeros in the structure of x: arrays keep their dtype, tuples become lists, the rest is 0.0."""
    if isinstance(x, list | tuple):
        return [zeros_like(item) for item in x]
    return np.zeros_like(x) if isinstance(x, np.ndarray) else 0.0


def split_like(d, like):
    """Split the array d into nested lists where like has lists or tuples."""
    if isinstance(like, list | tuple):
        return [split_like(part, item) for part, item in zip(d, like)]
    return np.asarray(d, like.dtype) if isinstance(like, np.ndarray) else d


def spread(d, values):
    """Give d, which belongs to the sum of values, to each of them."""
    if isinstance(values, list | tuple):
        return [unbroadcast(d, value) for value in values]
    return np.broadcast_to(d, np.shape(values))


def unconcatenate(d, arrays, axis=0):
    """Cut d, which belongs to the concatenation of arrays along axis, into one for each."""
    axis = axis or 0
    slab = max(math.prod(np.delete(np.shape(d), axis)), 1)
    ends = np.cumsum([np.size(a) // slab for a in arrays])
    parts = np.split(d, ends[:-1], axis)
    return [np.reshape(part, np.shape(a))[()] for part, a in zip(parts, arrays)]


def concatenate_like(parts, d, axis=0):
    """Join parts to the shape of d: the inverse of unconcatenate(d, parts, axis)."""
    axis = axis or 0
    shape = list(np.shape(d))
    slab = max(math.prod(np.delete(shape, axis)), 1)
    blocks = []
    for part in parts:
        shape[axis] = np.size(part) // slab
        blocks.append(np.reshape(part, shape))
    return np.concatenate(blocks, axis)


def gather(a, axis=None):
    """Move the axes of a that a reduction over axis removes to the end, as one."""
    a = np.asarray(a)
    axes = [int(k) % a.ndim for k in np.atleast_1d(range(a.ndim) if axis is None else axis)]
    kept = [k for k in range(a.ndim) if k not in axes]
    shape = [a.shape[k] for k in kept]
    return np.reshape(np.transpose(a, kept + axes), (*shape, count(a, axis)))


def scatter(d, a, axis=None):
    """Move the last axis of d back to those of a that a reduction over axis removes."""
    ndim = np.ndim(a)
    axes = [int(k) % ndim for k in np.atleast_1d(range(ndim) if axis is None else axis)]
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


def polygamma(n, x):
    """The derivative n of the digamma function at x: Abramowitz & Stegun 6.4.6, .7, .11."""
    sign = -1 if n % 2 else 1
    if x < -20:
        c, powers = 1 / math.tan(math.pi * (x % 1)), [0.0, math.pi]
        for _ in range(n):
            slopes = [-math.pi * k * p for k, p in enumerate(powers)] + [0.0]
            powers = [
                (slopes[k + 1] if k < len(powers) else 0.0) + (slopes[k - 1] if k else 0.0)
                for k in range(len(powers) + 1)
            ]
        cotangent = sum(p * c**k for k, p in enumerate(powers))
        return sign * polygamma(n, 1 - x) - cotangent
    total = 0.0
    while x < 20:
        total -= sign * math.factorial(n) / x ** (n + 1)
        x += 1
    series = -math.log(x) if n == 0 else math.factorial(n - 1) / x**n
    series += math.factorial(n) / (2 * x ** (n + 1))
    for k, bernoulli in enumerate(
        (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510), 1
    ):
        terms = math.factorial(2 * k + n - 1) / math.factorial(2 * k)
        series += bernoulli * terms / x ** (2 * k + n)
    return total - sign * series


def inverse_axes(axes):
    """The order of axes that undoes np.transpose(a, axes)."""
    if axes is None or len(axes) == 0:
        return None
    axes = axes[0] if np.ndim(axes[0]) else axes
    return [int(k) for k in np.argsort([axis % len(axes) for axis in axes])]


def matmul_left(d, a, b):
    """The derivative in a of a @ b, for d of the shape of a @ b."""
    if np.ndim(b) == 1:
        return unbroadcast(np.expand_dims(d, -1) * b, a)
    if np.ndim(a) == 1:
        return unbroadcast(np.matmul(b, np.expand_dims(d, -1))[..., 0], a)
    return unbroadcast(np.matmul(d, np.swapaxes(b, -1, -2)), a)


def matmul_right(d, a, b):
    """The derivative in b of a @ b, for d of the shape of a @ b."""
    if np.ndim(a) == 1:
        return unbroadcast(np.expand_dims(a, -1) * np.expand_dims(d, -2), b)
    if np.ndim(b) == 1:
        return unbroadcast(np.matmul(np.expand_dims(d, -2), a)[..., 0, :], b)
    return unbroadcast(np.matmul(np.swapaxes(a, -1, -2), d), b)


def dot_left(d, a, b):
    """The derivative in a of np.dot(a, b), for d of the shape of np.dot(a, b)."""
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return unbroadcast(d * b, a)
    after = range(np.ndim(a) - 1, np.ndim(d))
    others = [k for k in range(np.ndim(b)) if k != max(np.ndim(b) - 2, 0)]
    return np.tensordot(d, b, (after, others))


def dot_right(d, a, b):
    """The derivative in b of np.dot(a, b), for d of the shape of np.dot(a, b)."""
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return unbroadcast(a * d, b)
    before = range(np.ndim(a) - 1)
    summed = np.tensordot(a, d, (before, before))
    return np.moveaxis(summed, 0, max(np.ndim(b) - 2, 0))


HELPERS = {
    name: helper
    for name, helper in globals().copy().items()
    if callable(helper) and getattr(helper, "__module__", None) == __name__
}
