"""A comprehension, and a sum over a generator."""

import math


def mixture(x: float, sigma: float, centres: list):
    terms = [math.exp(-(((x - c) / sigma) ** 2)) for c in centres if c != 0]
    return math.log(sum(terms)) + sum(sigma * c for c in centres)


# ---- gradient of mixture, wrt x, sigma -----------------------------------------------------------
# at: mixture(0.3, 0.8, [0.1, 0.5, -0.4])
# at: mixture(0.3, 1.8, [0.0, 0.5])
import math

import numpy as np


def mixture_grad(x: float, sigma: float, centres: list, d_out=1.0):
    """Derivatives of mixture with respect to x, sigma."""
    terms = []
    saved_exp_power = []
    for k in range(len(centres)):
        if centres[k] != 0:
            exp_power = math.exp(-(((x - centres[k]) / sigma) ** 2))
            terms.append(exp_power)
            saved_exp_power.append(exp_power)
    sum_terms = sum(terms)
    items = []
    for k in range(len(centres)):
        items.append(sigma * centres[k])
    out = math.log(sum_terms) + sum(items)
    # return math.log(sum(terms)) + sum(sigma * c for c in centres)
    d_out = np.broadcast_to(d_out, np.shape(out))
    d_items = added(zeros_like(items), spread(d_out, items))
    d_sigma = 0.0
    for k in range(len(centres) - 1, -1, -1):
        d_item = d_items.pop()
        # return math.log(sum(terms)) + sum(sigma * c for c in centres)
        d_sigma += np.sum(centres[k] * d_item)
    # return math.log(sum(terms)) + sum(sigma * c for c in centres)
    d_item = np.sum(d_out) / sum_terms
    d_x = 0.0
    for k in range(len(centres) - 1, -1, -1):
        if centres[k] != 0:
            ratio = (x - centres[k]) / sigma
            exp_power = saved_exp_power.pop()
            # terms = [math.exp(-(((x - c) / sigma) ** 2)) for c in centres if c != 0]
            d_num = -2 * exp_power * ratio * d_item / sigma
            d_x += np.sum(d_num)
            d_sigma -= np.sum(ratio * d_num)
    return d_x, d_sigma


def added(x, y):
    """x + y; lists are added item by item, a number is added to every item."""
    if not isinstance(x, list | tuple):
        return np.asarray(x + y) if isinstance(x, np.ndarray) else x + y
    parts = [y] * len(x) if isinstance(y, int | float) else y
    return [added(item, part) for item, part in zip(x, parts)]


def zeros_like(x):
    """Zeros in the structure of x: tuples become lists, what is no array becomes 0.0."""
    if isinstance(x, list | tuple):
        return [zeros_like(item) for item in x]
    return (
        np.zeros_like(x, np.result_type(x, 1.0)) if isinstance(x, np.ndarray) else 0.0
    )


def spread(d, values):
    """Give d, which belongs to the sum of values, to each of them."""
    if isinstance(values, list | tuple):
        return [unbroadcast(d, value) for value in values]
    return np.broadcast_to(d, np.shape(values))


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
