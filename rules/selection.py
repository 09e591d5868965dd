"""Choosing among values: derivatives are selected, never masked by a factor; ties share evenly."""

import numpy as np

from s2sgrad.registry import adjoint, elementwise, tangent
from s2sgrad.rules.helpers import pick_ties, share_ties, split_like


@elementwise(np.where)
def where(d, condition, x, y):
    z = np.where(condition, x, y)
    yield z
    d.x = np.where(condition, d.z, 0)
    d.y = np.where(condition, 0, d.z)


@elementwise(np.maximum)
def maximum(d, x, y):
    z = np.maximum(x, y)
    yield z
    d.x = np.where(x > y, d.z, np.where(x == y, d.z / 2, 0))
    d.y = np.where(y > x, d.z, np.where(x == y, d.z / 2, 0))


@elementwise(np.minimum)
def minimum(d, x, y):
    z = np.minimum(x, y)
    yield z
    d.x = np.where(x < y, d.z, np.where(x == y, d.z / 2, 0))
    d.y = np.where(y < x, d.z, np.where(x == y, d.z / 2, 0))


@elementwise(np.fmax)
def fmax(d, x, y):
    z = np.fmax(x, y)
    yield z
    d.x = np.where(x == y, d.z / 2, np.where(x == z, d.z, 0))
    d.y = np.where(x == y, d.z / 2, np.where(y == z, d.z, 0))


@elementwise(np.fmin)
def fmin(d, x, y):
    z = np.fmin(x, y)
    yield z
    d.x = np.where(x == y, d.z / 2, np.where(x == z, d.z, 0))
    d.y = np.where(x == y, d.z / 2, np.where(y == z, d.z, 0))


@elementwise(np.clip)
def clip(d, a, a_min=None, a_max=None):
    y = np.clip(a, a_min, a_max)
    yield y
    d.a = np.where(a == y, d.y, 0)
    d.a_min = np.where((a < y) & (y != a_max), d.y, 0)
    d.a_max = np.where((a != y) & (y == a_max), d.y, 0)


@elementwise(np.ndarray.clip)
def clip_method(d, a, min=None, max=None):
    y = a.clip(min, max)
    yield y
    d.a = np.where(a == y, d.y, 0)
    d.min = np.where((a < y) & (y != max), d.y, 0)
    d.max = np.where((a != y) & (y == max), d.y, 0)


# ---- extremes of arrays ----


@adjoint(np.max)
@adjoint(np.amax)
def max_(d, a, axis=None, *, keepdims=False):
    y = np.max(a, axis=axis, keepdims=keepdims)
    yield y
    d.a = share_ties(d.y, y, a, axis, keepdims)


@tangent(np.max)
@tangent(np.amax)
def max_tangent(d, a, axis=None, *, keepdims=False):
    y = np.max(a, axis=axis, keepdims=keepdims)
    yield y
    d.y = pick_ties(d.a, y, a, axis, keepdims)


@adjoint(np.min)
@adjoint(np.amin)
def min_(d, a, axis=None, *, keepdims=False):
    y = np.min(a, axis=axis, keepdims=keepdims)
    yield y
    d.a = share_ties(d.y, y, a, axis, keepdims)


@tangent(np.min)
@tangent(np.amin)
def min_tangent(d, a, axis=None, *, keepdims=False):
    y = np.min(a, axis=axis, keepdims=keepdims)
    yield y
    d.y = pick_ties(d.a, y, a, axis, keepdims)


@adjoint(np.nanmax)
def nanmax(d, a, axis=None, *, keepdims=False):
    y = np.nanmax(a, axis=axis, keepdims=keepdims)
    yield y
    d.a = share_ties(d.y, y, a, axis, keepdims)


@tangent(np.nanmax)
def nanmax_tangent(d, a, axis=None, *, keepdims=False):
    y = np.nanmax(a, axis=axis, keepdims=keepdims)
    yield y
    d.y = pick_ties(d.a, y, a, axis, keepdims)


@adjoint(np.nanmin)
def nanmin(d, a, axis=None, *, keepdims=False):
    y = np.nanmin(a, axis=axis, keepdims=keepdims)
    yield y
    d.a = share_ties(d.y, y, a, axis, keepdims)


@tangent(np.nanmin)
def nanmin_tangent(d, a, axis=None, *, keepdims=False):
    y = np.nanmin(a, axis=axis, keepdims=keepdims)
    yield y
    d.y = pick_ties(d.a, y, a, axis, keepdims)


# ---- Python's max and min: of two numbers, of a sequence, of several numbers ----


@elementwise(max)
def max_of_two(d, x, y):
    z = max(x, y)
    yield z
    d.x = np.where(x > y, d.z, np.where(x == y, d.z / 2, 0))
    d.y = np.where(y > x, d.z, np.where(x == y, d.z / 2, 0))


@elementwise(min)
def min_of_two(d, x, y):
    z = min(x, y)
    yield z
    d.x = np.where(x < y, d.z, np.where(x == y, d.z / 2, 0))
    d.y = np.where(y < x, d.z, np.where(x == y, d.z / 2, 0))


@adjoint(max)
def max_of_sequence(d, iterable):
    y = max(iterable)
    yield y
    d.iterable = split_like(share_ties(d.y, y, np.array(iterable)), iterable)


@tangent(max)
def max_of_sequence_tangent(d, iterable):
    y = max(iterable)
    yield y
    d.y = pick_ties(np.array(d.iterable), y, np.array(iterable))


@adjoint(min)
def min_of_sequence(d, iterable):
    y = min(iterable)
    yield y
    d.iterable = split_like(share_ties(d.y, y, np.array(iterable)), iterable)


@tangent(min)
def min_of_sequence_tangent(d, iterable):
    y = min(iterable)
    yield y
    d.y = pick_ties(np.array(d.iterable), y, np.array(iterable))


@adjoint(max)
def max_of_several(d, *values):
    y = max(*values)
    yield y
    d.values = split_like(share_ties(d.y, y, np.array(values)), values)


@tangent(max)
def max_of_several_tangent(d, *values):
    y = max(*values)
    yield y
    d.y = pick_ties(np.array(d.values), y, np.array(values))


@adjoint(min)
def min_of_several(d, *values):
    y = min(*values)
    yield y
    d.values = split_like(share_ties(d.y, y, np.array(values)), values)


@tangent(min)
def min_of_several_tangent(d, *values):
    y = min(*values)
    yield y
    d.y = pick_ties(np.array(d.values), y, np.array(values))
