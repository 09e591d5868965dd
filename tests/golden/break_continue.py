"""break and continue: the trips that ran are made again backwards, and no others."""

import math


def score(x, weights, limit):
    total = 0.0
    for weight in weights:
        if weight < 0:
            continue
        total = total * x + math.sin(weight * x)
        if total > limit:
            break
    return total


# ---- gradient of score, wrt x --------------------------------------------------------------------
# at: score(0.8, [0.5, -1.0, 1.5, 0.2], 10.0)
# at: score(0.8, [0.5, -1.0, 1.5, 0.2], 0.6)
# at: score(0.8, [-0.5], 0.6)
# at: score(0.8, [], 0.6)
import math

import numpy as np


def score_grad(x, weights, limit, d_out=1.0):
    """Derivative of score with respect to x."""
    total = 0.0
    saved_total = []
    trips = 0
    for weight in weights:
        trips += 1
        if weight < 0:
            continue
        saved_total.append(total)
        total = total * x + math.sin(weight * x)
        if total > limit:
            break
    # return total
    d_total = np.broadcast_to(d_out, np.shape(total))
    d_x = zeros_of(x)
    for k in range(trips - 1, -1, -1):
        weight = weights[k]
        if not weight < 0:
            total = saved_total.pop()
            # total = total * x + math.sin(weight * x)
            d_x += unbroadcast(total * d_total, x) + math.cos(weight * x) * unbroadcast(
                weight, x
            ) * np.sum(d_total)
            d_total = unbroadcast(x * d_total, total)
    return d_x


def zeros_of(x):
    """Zeros in the shape of x, 0.0 for a number; for a list an array, of arrays if need be."""
    if isinstance(x, dict):
        return {key: zeros_of(item) for key, item in x.items()}
    if isinstance(x, list | tuple):
        return packed([zeros_of(item) for item in x], x)
    return (
        np.zeros(x.shape, np.result_type(x, 1.0)) if isinstance(x, np.ndarray) else 0.0
    )


def packed(items, x):
    """Items, one for each of x, in an array; in one of arrays where x is a list of such."""
    if isinstance(x, np.ndarray) or not any(map(np.ndim, items)):
        return np.array(items)
    out = np.empty(len(items), object)
    for k, item in enumerate(items):
        out[k] = item
    return out


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
