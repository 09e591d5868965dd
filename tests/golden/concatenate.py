"""Arrays are put together, and taken apart again."""

import numpy as np


def both_ends(x, y):
    z = np.concatenate([x, y, x[:1]])
    head, tail = z[: len(y)], z[len(y) :]
    return np.sum(head * y) + np.sum(tail**3)


# ---- gradient of both_ends, wrt x, y -------------------------------------------------------------
# like: both_ends(np.ones(3), np.ones(2))
# at: both_ends(normal(3), normal(2))
# at: both_ends(normal(2), normal(4))
import math

import numpy as np


def both_ends_grad(x, y, d_out=1.0):
    """Derivatives of both_ends with respect to x, y."""
    assert x.ndim == 1 and y.ndim == 1 and len(y) != 1
    items = [x, y, x[:1]]
    z = np.concatenate(items)
    head = z[: len(y)]
    tail = z[len(y) :]
    # return np.sum(head * y) + np.sum(tail**3)
    d_product = np.broadcast_to(d_out, y.shape)
    d_head = unbroadcast(y * d_product, head)
    d_y = head * d_product
    d_tail = 3 * tail**2 * d_out
    d_z = np.zeros(len(z))
    # head, tail = z[: len(y)], z[len(y) :]
    d_z[: len(y)] += d_head
    d_z[len(y) :] += d_tail
    # z = np.concatenate([x, y, x[:1]])
    d_items = unconcatenate(d_z, items)
    d_x = d_items[0].copy()
    d_y += d_items[1]
    d_x[:1] += d_items[2]
    return d_x, d_y


def unbroadcast(d, like):
    """Sum d over the axes along which like was broadcast, so that it has the shape of like."""
    shape = np.shape(like)
    if np.shape(d) == shape:
        return np.array(d)[()]
    added = np.ndim(d) - len(shape)
    stretched = tuple(
        i + added for i, n in enumerate(shape) if n == 1 != np.shape(d)[i + added]
    )
    d = np.sum(d, axis=(*range(added), *stretched))
    return np.reshape(d, shape) if shape else d[()]


def unconcatenate(d, arrays, axis=0):
    """Cut d, which belongs to the concatenation of arrays along axis, into one for each."""
    axis = axis or 0
    slab = max(math.prod(np.delete(np.shape(d), axis)), 1)
    ends = np.cumsum([np.size(a) // slab for a in arrays])
    parts = np.split(d, ends[:-1], axis)
    return [np.reshape(part, np.shape(a))[()] for part, a in zip(parts, arrays)]
