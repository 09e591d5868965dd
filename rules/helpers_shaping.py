"""Helpers for functions that move, join and select elements. See `helpers`."""

import math

import numpy as np


def split_like(d, like):
    """Split the array d into nested lists where like has lists or tuples."""
    if isinstance(like, list | tuple):
        return [split_like(part, item) for part, item in zip(d, like)]
    if isinstance(like, np.ndarray):
        return np.asarray(d, np.result_type(like, 1.0))
    return d


def of_nested(d):
    """An array of the numbers in lists of lists, also where arrays stand for these."""
    if isinstance(d, list) or (isinstance(d, np.ndarray) and d.dtype == object):
        return np.array([of_nested(item) for item in d])
    return d


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


def inverse_axes(axes):
    """The order of axes that undoes np.transpose(a, axes)."""
    if axes is None or len(axes) == 0 or axes[0] is None:
        return None
    axes = axes[0] if np.ndim(axes[0]) else axes
    return [int(k) for k in np.argsort([axis % len(axes) for axis in axes])]


def undiagonal(d, a, offset=0, axis1=0, axis2=1):
    """Put d on a diagonal of zeros of the shape of a."""
    out = np.zeros(np.shape(a), np.result_type(d))
    matrices = np.moveaxis(out, (axis1, axis2), (-2, -1))
    k = np.arange(np.diagonal(matrices, offset, -2, -1).shape[-1])
    matrices[..., k + max(-offset, 0), k + max(offset, 0)] = d
    return out


def undiag(d, v, k=0):
    """The derivative in v of np.diag(v, k)."""
    return np.diagonal(d, k) if np.ndim(v) == 1 else undiagonal(d, v, k)


def writable(view):
    """A diagonal that may be written into, as other views may: NumPy gives it for reading only."""
    view.flags.writeable = True
    return view


def unrepeat(d, a, repeats, axis=None):
    """Add up, for each element of a, what belongs to its repetitions in np.repeat."""
    flat = np.ravel(a) if axis is None else a
    out = np.zeros(np.shape(flat), np.result_type(d))
    moved = np.moveaxis(out, axis or 0, 0)
    source = np.repeat(np.arange(len(moved)), repeats)
    np.add.at(moved, source, np.moveaxis(d, axis or 0, 0))
    return np.reshape(out, np.shape(a))[()]


def untile(d, a, reps):
    """Add up, for each element of a, what belongs to its repetitions in np.tile."""
    shape = (1,) * (np.ndim(d) - np.ndim(a)) + np.shape(a)
    split = [n for k, m in zip(np.shape(d), shape) for n in (k // max(m, 1), m)]
    total = np.sum(np.reshape(d, split), axis=tuple(range(0, len(split), 2)))
    return np.reshape(total, np.shape(a))[()]


def unpad(d, a, pad_width):
    """Cut away what np.pad has added to a."""
    widths = np.broadcast_to(pad_width, (np.ndim(a), 2))
    return d[tuple(slice(w[0], w[0] + n) for w, n in zip(widths, np.shape(a)))]


def undiff(d, a, n=1, axis=-1):
    """The derivative in a of np.diff(a, n, axis)."""
    if np.size(d) == 0:
        return np.zeros(np.shape(a), np.result_type(d))
    zeros = np.zeros_like(np.take(d, [0] * n, axis))
    return (-1) ** n * np.diff(np.concatenate([zeros, d, zeros], axis), n, axis)


def ungradient(d, f, spacings=(), axis=None):
    """The derivative in f of np.gradient(f, *spacings, axis=axis)."""
    axes = range(np.ndim(f)) if axis is None else np.atleast_1d(axis)
    steps = spacings if len(spacings) == len(axes) else [*spacings, 1.0][:1] * len(axes)
    parts = d if len(axes) > 1 else [d]
    out = np.zeros(np.shape(f), np.result_type(*parts, 1.0))
    for part, k, step in zip(parts, axes, steps):
        gaps = np.diff(step) if np.ndim(step) else np.full(np.shape(f)[k] - 1, step)
        of_axis, moved = np.moveaxis(part, k, -1), np.moveaxis(out, k, -1)
        inner = of_axis[..., 1:-1] / (gaps[:-1] + gaps[1:])
        slopes = np.zeros((*of_axis.shape[:-1], len(gaps)), out.dtype)
        slopes[..., :-1] += inner * gaps[1:]
        slopes[..., 1:] += inner * gaps[:-1]
        slopes[..., 0] += of_axis[..., 0]
        slopes[..., -1] += of_axis[..., -1]
        moved[..., 1:] += slopes / gaps
        moved[..., :-1] -= slopes / gaps
    return out


def last_written(d, i):
    """d[i], with 0 for what x[i] = v has written into an entry that it then wrote again."""
    order = np.empty(np.shape(d), int)
    steps = np.reshape(np.arange(np.size(d[i])), np.shape(d[i]))
    order[i] = steps
    return np.where(order[i] == steps, d[i], 0)[()]


def written(d, x, i):
    """Zeros in the shape of x, but d at x[i]."""
    out = np.zeros(np.shape(x), np.result_type(d))
    out[i] = d
    return out


def untake(d, a, indices, axis=None):
    """Add each element of d to that of a which np.take has read for it."""
    out = np.zeros(np.size(a) if axis is None else np.shape(a), np.result_type(d))
    before = (slice(None),) * (0 if axis is None else axis % np.ndim(a))
    np.add.at(out, (*before, np.asarray(indices, np.intp)), d)
    return np.reshape(out, np.shape(a))


def untake_along_axis(d, a, indices, axis):
    """Add each element of d to that of a which np.take_along_axis has read for it."""
    out = np.zeros(np.shape(a), np.result_type(d))
    places = list(np.ogrid[tuple(slice(n) for n in np.shape(a))])
    places[axis] = indices
    np.add.at(out, tuple(places), d)
    return out


def unmeshgrid(d, xi, indexing="xy"):
    """The derivatives in the vectors xi of np.meshgrid(*xi, indexing=indexing)."""
    axes = list(range(len(xi)))
    if indexing == "xy" and len(xi) > 1:
        axes[:2] = 1, 0
    others = [tuple(k for k in axes if k != axis) for axis in axes]
    totals = [np.sum(part, axis=axis) for part, axis in zip(d, others)]
    return [np.reshape(total, np.shape(x))[()] for total, x in zip(totals, xi)]
