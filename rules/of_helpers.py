"""The rules of the helpers, so that generated text can be differentiated again.

The helpers are linear in what comes in, and pairs of them are each other's adjoints.
"""

import numpy as np

from s2sgrad.registry import adjoint, bilinear, elementwise, inert, linear, tangent
from s2sgrad.rules.helpers import (
    concatenate_like,
    count,
    dot_left,
    dot_right,
    gather,
    inverse_axes,
    matmul_left,
    matmul_right,
    pick_ties,
    polygamma,
    product_before,
    recurrence,
    scatter,
    share_ties,
    shift_left,
    shift_right,
    split_like,
    spread,
    unbroadcast,
    unconcatenate,
    unreduce,
    zeros_like,
)

inert(count, inverse_axes, zeros_like)

elementwise(polygamma, lambda y, n, x: (None, polygamma(n + 1, x)))


@linear(unbroadcast)
def unbroadcast_(d, g, like):
    y = unbroadcast(g, like)
    yield y
    d.g = np.broadcast_to(d.y, np.shape(g))[()]


@linear(unreduce)
def unreduce_(d, g, a, axis=None, keepdims=False):
    y = unreduce(g, a, axis, keepdims)
    yield y
    d.g = np.sum(d.y, axis=axis, keepdims=keepdims)


@linear(share_ties)
def share_ties_(d, g, extreme, a, axis=None, keepdims=False):
    y = share_ties(g, extreme, a, axis, keepdims)
    yield y
    d.g = pick_ties(d.y, extreme, a, axis, keepdims)


@linear(pick_ties)
def pick_ties_(d, t, extreme, a, axis=None, keepdims=False):
    y = pick_ties(t, extreme, a, axis, keepdims)
    yield y
    d.t = share_ties(d.y, extreme, a, axis, keepdims)


@linear(split_like)
def split_like_(d, g, like):
    y = split_like(g, like)
    yield y
    d.g = np.array(d.y)


@linear(spread)
def spread_(d, g, values):
    y = spread(g, values)
    yield y
    d.g = sum(d.y)


@linear(unconcatenate)
def unconcatenate_(d, g, arrays, axis=0):
    y = unconcatenate(g, arrays, axis)
    yield y
    d.g = concatenate_like(d.y, g, axis)


@linear(concatenate_like)
def concatenate_like_(d, parts, like, axis=0):
    y = concatenate_like(parts, like, axis)
    yield y
    d.parts = unconcatenate(d.y, parts, axis)


@bilinear(matmul_left)
def matmul_left_(d, g, a, b):
    y = matmul_left(g, a, b)
    yield y
    d.g = np.matmul(d.y, b)
    d.b = matmul_right(g, d.y, b)


@bilinear(matmul_right)
def matmul_right_(d, g, a, b):
    y = matmul_right(g, a, b)
    yield y
    d.g = np.matmul(a, d.y)
    d.a = matmul_left(g, a, d.y)


@bilinear(dot_left)
def dot_left_(d, g, a, b):
    y = dot_left(g, a, b)
    yield y
    d.g = np.dot(d.y, b)
    d.b = dot_right(g, d.y, b)


@bilinear(dot_right)
def dot_right_(d, g, a, b):
    y = dot_right(g, a, b)
    yield y
    d.g = np.dot(a, d.y)
    d.a = dot_left(g, a, d.y)


# ---- products and recurrences ----


@linear(gather)
def gather_(d, a, axis=None):
    y = gather(a, axis)
    yield y
    d.a = scatter(d.y, a, axis)


@linear(scatter)
def scatter_(d, g, a, axis=None):
    y = scatter(g, a, axis)
    yield y
    d.g = gather(d.y, axis)


@linear(shift_right)
def shift_right_(d, a):
    y = shift_right(a)
    yield y
    d.a = shift_left(d.y)


@linear(shift_left)
def shift_left_(d, a):
    y = shift_left(a)
    yield y
    d.a = shift_right(d.y)


@adjoint(product_before)
def product_before_(d, a):
    y = product_before(a)
    yield y
    tail = np.flip(recurrence(np.flip(a, -1), np.flip(d.y, -1)), -1)
    d.a = y * shift_left(tail)


@tangent(product_before)
def product_before_tangent(d, a):
    y = product_before(a)
    yield y
    d.y = recurrence(shift_right(a), shift_right(y * d.a))


@adjoint(recurrence)
def recurrence_(d, a, b):
    s = recurrence(a, b)
    yield s
    d.b = np.flip(recurrence(np.flip(shift_left(a), -1), np.flip(d.s, -1)), -1)
    d.a = shift_right(s) * d.b


@tangent(recurrence)
def recurrence_tangent(d, a, b):
    s = recurrence(a, b)
    yield s
    d.s = recurrence(a, d.b + shift_right(s) * d.a)
