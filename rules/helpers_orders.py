"""Helpers for quantiles and for what is put in order. See `helpers`."""

import math

import numpy as np

from s2sgrad.rules.helpers_reductions import gather, scatter


def share_quantile(d, a, q, axis=None):
    """Give d, the quantiles q of a over axis, to the elements between which each of them lies."""
    flat = gather(a, axis)
    order = np.argsort(flat, -1)
    out = np.zeros(flat.shape, np.result_type(d))
    for part, place in zip(np.reshape(d, (np.size(q), *flat.shape[:-1])), np.ravel(q)):
        low = math.floor(place * (flat.shape[-1] - 1))
        weight = place * (flat.shape[-1] - 1) - low
        rows = np.ogrid[tuple(slice(n) for n in flat.shape[:-1])]
        out[(*rows, order[..., low])] += (1 - weight) * part
        if weight:
            out[(*rows, order[..., low + 1])] += weight * part
    return scatter(out, a, axis)


def pick_quantile(t, a, q, axis=None, keepdims=False):
    """How the quantiles q of a over axis move where a moves by t."""
    order = np.argsort(gather(a, axis), -1)
    ordered = np.take_along_axis(gather(t, axis), order, -1)
    parts = []
    for place in np.ravel(q):
        low = math.floor(place * (order.shape[-1] - 1))
        weight = place * (order.shape[-1] - 1) - low
        part = (1 - weight) * ordered[..., low]
        parts.append(part + weight * ordered[..., low + 1] if weight else part)
    kept = np.shape(np.any(a, axis=axis, keepdims=keepdims))
    return np.reshape(parts, np.shape(q) + kept)[()]


def unsorted(d, x, reverse=False):
    """Put the items of d, which belong to sorted(x), where those of x were."""
    order = sorted(range(len(x)), key=lambda k: x[k], reverse=reverse)
    items = [d[int(k)] for k in np.argsort(order)]
    return np.array(items) if isinstance(x, np.ndarray) else items


def sorted_with(t, x, reverse=False):
    """The items of t in the order that sorted(x) has."""
    return [t[k] for k in sorted(range(len(x)), key=lambda k: x[k], reverse=reverse)]


def sorting_order(keys, reverse=False):
    """The order in which sorted puts what has these keys."""
    return sorted(range(len(keys)), key=lambda k: keys[k], reverse=reverse)
