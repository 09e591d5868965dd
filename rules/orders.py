"""Medians, quantiles and sorted: what depends on the order of numbers. Of ties, those that stand first come first."""

import numpy as np

from s2sgrad.registry import adjoint, inert, linear, tangent
from s2sgrad.rules.helpers import (
    pick_quantile,
    share_quantile,
    sorted_with,
    sorting_order,
    unsorted,
)


@adjoint(np.median)
def median(d, a, axis=None, *, keepdims=False):
    y = np.median(a, axis=axis, keepdims=keepdims)
    yield y
    d.a = share_quantile(d.y, a, 0.5, axis)


@tangent(np.median)
def median_tangent(d, a, axis=None, *, keepdims=False):
    y = np.median(a, axis=axis, keepdims=keepdims)
    yield y
    d.y = pick_quantile(d.a, a, 0.5, axis, keepdims)


@adjoint(np.quantile, without={"q"})
def quantile(d, a, q, axis=None, *, keepdims=False):
    y = np.quantile(a, q, axis=axis, keepdims=keepdims)
    yield y
    d.a = share_quantile(d.y, a, q, axis)


@tangent(np.quantile)
def quantile_tangent(d, a, q, axis=None, *, keepdims=False):
    y = np.quantile(a, q, axis=axis, keepdims=keepdims)
    yield y
    d.y = pick_quantile(d.a, a, q, axis, keepdims)


@adjoint(np.percentile, without={"q"})
def percentile(d, a, q, axis=None, *, keepdims=False):
    y = np.percentile(a, q, axis=axis, keepdims=keepdims)
    yield y
    d.a = share_quantile(d.y, a, np.divide(q, 100), axis)


@tangent(np.percentile)
def percentile_tangent(d, a, q, axis=None, *, keepdims=False):
    y = np.percentile(a, q, axis=axis, keepdims=keepdims)
    yield y
    d.y = pick_quantile(d.a, a, np.divide(q, 100), axis, keepdims)


@adjoint(sorted, shares=True)
def sorted_(d, iterable, *, reverse=False):
    y = sorted(iterable, reverse=reverse)
    yield y
    d.iterable = unsorted(d.y, iterable, reverse)


@tangent(sorted)
def sorted_tangent(d, iterable, *, reverse=False):
    y = sorted(iterable, reverse=reverse)
    yield y
    d.y = sorted_with(d.iterable, iterable, reverse)


# ---- the helpers ----

inert(sorting_order)


@linear(share_quantile, without={"q"})
def share_quantile_(d, g, a, q, axis=None):
    y = share_quantile(g, a, q, axis)
    yield y
    d.g = np.reshape(pick_quantile(d.y, a, q, axis), np.shape(g))[()]


@linear(pick_quantile, without={"q"})
def pick_quantile_(d, t, a, q, axis=None, keepdims=False):
    y = pick_quantile(t, a, q, axis, keepdims)
    yield y
    d.t = share_quantile(d.y, a, q, axis)


@linear(unsorted)
def unsorted_(d, g, x, reverse=False):
    y = unsorted(g, x, reverse)
    yield y
    d.g = sorted_with(d.y, x, reverse)


@linear(sorted_with)
def sorted_with_(d, t, x, reverse=False):
    y = sorted_with(t, x, reverse)
    yield y
    d.t = unsorted(d.y, x, reverse)
