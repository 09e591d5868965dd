"""Helpers for functions that insert, delete and choose elements. See `helpers`."""

import numpy as np

from s2sgrad.rules.helpers_reductions import unbroadcast
from s2sgrad.rules.helpers_shaping import untake


def undelete(d, arr, obj, axis=None):
    """Put d where np.delete(arr, obj, axis) has left the elements, and zeros where it has taken one."""
    n = np.size(arr) if axis is None else np.shape(arr)[axis]
    return untake(d, arr, np.delete(np.arange(n), obj), axis)


def uninsert(d, arr, obj, values, axis=None):
    """The derivatives in arr and in values of np.insert(arr, obj, values, axis)."""
    n = np.size(arr)
    old = np.reshape(np.arange(n), np.shape(arr))
    new = np.reshape(np.arange(n, n + np.size(values)), np.shape(values))
    out = np.zeros(n + np.size(values), np.result_type(d))
    np.add.at(out, np.insert(old, obj, new, axis), d)
    return [np.reshape(out[:n], np.shape(arr)), np.reshape(out[n:], np.shape(values))[()]]


def unselect(d, condlist, choicelist, default=0):
    """The derivatives in the items of choicelist, and in default, of np.select."""
    parts = []
    for condition, choice in zip(condlist, choicelist):
        parts.append(unbroadcast(np.where(condition, d, 0), choice))
        d = np.where(condition, 0, d)
    return [parts, unbroadcast(d, default)]


def unchoose(d, a, choices):
    """The derivatives in the items of choices of np.choose(a, choices)."""
    parts = [
        unbroadcast(np.where(np.equal(a, k), d, 0), choice) for k, choice in enumerate(choices)
    ]
    return np.array(parts) if isinstance(choices, np.ndarray) else parts
