"""Reductions: sums, means, products, variances, cumulative sums."""

import numpy as np

from s2sgrad.registry import adjoint, linear, tangent
from s2sgrad.rules.helpers import (
    count,
    gather,
    product_before,
    recurrence,
    scatter,
    shift_left,
    spread,
    unbroadcast,
    unreduce,
)


@linear(np.sum)
def sum_(d, a, axis=None, *, keepdims=False):
    y = np.sum(a, axis=axis, keepdims=keepdims)
    yield y
    d.a = unreduce(d.y, a, axis, keepdims)


@linear(np.mean)
def mean(d, a, axis=None, *, keepdims=False):
    y = np.mean(a, axis=axis, keepdims=keepdims)
    yield y
    d.a = unreduce(d.y / count(a, axis), a, axis, keepdims)


@adjoint(np.nansum)
def nansum(d, a, axis=None, *, keepdims=False):
    y = np.nansum(a, axis=axis, keepdims=keepdims)
    yield y
    d.a = np.where(np.isnan(a), 0, unreduce(d.y, a, axis, keepdims))


@tangent(np.nansum)
def nansum_tangent(d, a, axis=None, *, keepdims=False):
    y = np.nansum(a, axis=axis, keepdims=keepdims)
    yield y
    d.y = np.sum(np.where(np.isnan(a), 0, d.a), axis=axis, keepdims=keepdims)


@adjoint(np.nanmean)
def nanmean(d, a, axis=None, *, keepdims=False):
    y = np.nanmean(a, axis=axis, keepdims=keepdims)
    yield y
    share = d.y / np.sum(~np.isnan(a), axis=axis, keepdims=keepdims, dtype=y.dtype)
    d.a = np.where(np.isnan(a), 0, unreduce(share, a, axis, keepdims))


@tangent(np.nanmean)
def nanmean_tangent(d, a, axis=None, *, keepdims=False):
    y = np.nanmean(a, axis=axis, keepdims=keepdims)
    yield y
    total = np.sum(np.where(np.isnan(a), 0, d.a), axis=axis, keepdims=keepdims)
    d.y = total / np.sum(~np.isnan(a), axis=axis, keepdims=keepdims, dtype=y.dtype)


@linear(sum)
def sum_of_sequence(d, iterable, start=0):
    y = sum(iterable, start)
    yield y
    d.iterable = spread(d.y, iterable)
    d.start = unbroadcast(d.y, start)


@adjoint(np.var)
def var(d, a, axis=None, *, ddof=0, keepdims=False):
    y = np.var(a, axis=axis, ddof=ddof, keepdims=keepdims)
    yield y
    away = a - np.mean(a, axis=axis, keepdims=True)
    d.a = 2 * away * unreduce(d.y / (count(a, axis) - ddof), a, axis, keepdims)


@tangent(np.var)
def var_tangent(d, a, axis=None, *, ddof=0, keepdims=False):
    y = np.var(a, axis=axis, ddof=ddof, keepdims=keepdims)
    yield y
    away = a - np.mean(a, axis=axis, keepdims=True)
    d.y = 2 * np.sum(away * d.a, axis=axis, keepdims=keepdims) / (count(a, axis) - ddof)


@adjoint(np.std)
def std(d, a, axis=None, *, ddof=0, keepdims=False):
    y = np.std(a, axis=axis, ddof=ddof, keepdims=keepdims)
    yield y
    away = a - np.mean(a, axis=axis, keepdims=True)
    d.a = away * unreduce(d.y / ((count(a, axis) - ddof) * y), a, axis, keepdims)


@tangent(np.std)
def std_tangent(d, a, axis=None, *, ddof=0, keepdims=False):
    y = np.std(a, axis=axis, ddof=ddof, keepdims=keepdims)
    yield y
    away = a - np.mean(a, axis=axis, keepdims=True)
    d.y = np.sum(away * d.a, axis=axis, keepdims=keepdims) / ((count(a, axis) - ddof) * y)


# A product is differentiated by the products of the others, from both sides: nothing is divided.


@adjoint(np.prod)
def prod(d, a, axis=None, *, keepdims=False):
    y = np.prod(a, axis=axis, keepdims=keepdims)
    yield y
    flat = gather(a, axis)
    others = product_before(flat) * np.flip(product_before(np.flip(flat, -1)), -1)
    d.a = scatter(others, a, axis) * unreduce(d.y, a, axis, keepdims)


@tangent(np.prod)
def prod_tangent(d, a, axis=None, *, keepdims=False):
    y = np.prod(a, axis=axis, keepdims=keepdims)
    yield y
    flat = gather(a, axis)
    others = product_before(flat) * np.flip(product_before(np.flip(flat, -1)), -1)
    d.y = np.sum(scatter(others, a, axis) * d.a, axis=axis, keepdims=keepdims)


@linear(np.cumsum)
def cumsum(d, a, axis=None):
    y = np.cumsum(a, axis=axis)
    yield y
    d.a = np.reshape(np.flip(np.cumsum(np.flip(d.y, axis), axis), axis), np.shape(a))


@adjoint(np.cumprod)
def cumprod(d, a, axis=None):
    y = np.cumprod(a, axis=axis)
    yield y
    flat = gather(a, axis)
    tail = recurrence(np.flip(shift_left(flat), -1), np.flip(gather(d.y, axis), -1))
    d.a = scatter(product_before(flat) * np.flip(tail, -1), a, axis)


@tangent(np.cumprod)
def cumprod_tangent(d, a, axis=None):
    y = np.cumprod(a, axis=axis)
    yield y
    flat = gather(a, axis)
    d.y = scatter(recurrence(flat, product_before(flat) * gather(d.a, axis)), y, axis)
