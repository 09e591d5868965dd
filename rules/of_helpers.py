"""The rules of the helpers, so that generated text can be differentiated again.

The helpers are linear in what comes in, and pairs of them are each other's adjoints.
"""

import numpy as np

from s2sgrad.registry import adjoint, bilinear, elementwise, inert, linear, tangent, view
from s2sgrad.rules.helpers import (
    added,
    concatenate_like,
    contracted_axes,
    copied,
    count,
    dot_left,
    dot_right,
    einsum_alone,
    einsum_labels,
    einsum_left,
    einsum_right,
    gather,
    inner_left,
    inner_right,
    inverse_axes,
    last_written,
    matmul_left,
    matmul_right,
    of_nested,
    packed,
    pick_ties,
    polygamma,
    product_before,
    raised,
    recurrence,
    scatter,
    share_ties,
    shift_left,
    shift_right,
    split_like,
    spread,
    tensordot_left,
    tensordot_right,
    unbroadcast,
    unconcatenate,
    undiag,
    undiagonal,
    undiff,
    ungradient,
    unmeshgrid,
    unpad,
    unreduce,
    unrepeat,
    untake,
    untake_along_axis,
    untile,
    writable,
    written,
    zeros_like,
    zeros_of,
)

inert(raised, count, inverse_axes, zeros_like, zeros_of, contracted_axes, einsum_labels)

elementwise(polygamma, lambda y, n, x: (None, polygamma(n + 1, x)))


@linear(added)
def added_(d, x, y):
    z = added(x, y)
    yield z
    d.x = d.z
    d.y = d.z


@linear(copied)
def copied_(d, x):
    y = copied(x)
    yield y
    d.x = d.y


@linear(unbroadcast)
def unbroadcast_(d, g, like):
    y = unbroadcast(g, like)
    yield y
    d.g = np.broadcast_to(d.y, np.shape(g))[()]


@view(unreduce)
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


@view(split_like)
def split_like_(d, g, like):
    y = split_like(g, like)
    yield y
    d.g = np.array(d.y)


@view(of_nested)
def of_nested_(d, g):
    y = of_nested(g)
    yield y
    d.g = split_like(d.y, g)


@view(spread)
def spread_(d, g, values):
    y = spread(g, values)
    yield y
    d.g = sum(d.y)


@view(unconcatenate)
def unconcatenate_(d, g, arrays, axis=0):
    y = unconcatenate(g, arrays, axis)
    yield y
    d.g = concatenate_like(d.y, g, axis)


@linear(packed)
def packed_(d, items, x):
    y = packed(items, x)
    yield y
    d.items = list(d.y)


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


@view(gather)
def gather_(d, a, axis=None):
    y = gather(a, axis)
    yield y
    d.a = scatter(d.y, a, axis)


@view(scatter)
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


# ---- products ----


@bilinear(inner_left)
def inner_left_(d, g, a, b):
    y = inner_left(g, a, b)
    yield y
    d.g = np.inner(d.y, b)
    d.b = inner_right(g, d.y, b)


@bilinear(inner_right)
def inner_right_(d, g, a, b):
    y = inner_right(g, a, b)
    yield y
    d.g = np.inner(a, d.y)
    d.a = inner_left(g, a, d.y)


@bilinear(tensordot_left)
def tensordot_left_(d, g, a, b, axes=2):
    y = tensordot_left(g, a, b, axes)
    yield y
    d.g = np.tensordot(d.y, b, axes)
    d.b = tensordot_right(g, d.y, b, axes)


@bilinear(tensordot_right)
def tensordot_right_(d, g, a, b, axes=2):
    y = tensordot_right(g, a, b, axes)
    yield y
    d.g = np.tensordot(a, d.y, axes)
    d.a = tensordot_left(g, a, d.y, axes)


@linear(einsum_alone)
def einsum_alone_(d, g, subscripts, a):
    y = einsum_alone(g, subscripts, a)
    yield y
    d.g = np.einsum(subscripts, d.y)


@bilinear(einsum_left)
def einsum_left_(d, g, subscripts, a, b):
    y = einsum_left(g, subscripts, a, b)
    yield y
    d.g = np.einsum(subscripts, d.y, b)
    d.b = einsum_right(g, subscripts, d.y, b)


@bilinear(einsum_right)
def einsum_right_(d, g, subscripts, a, b):
    y = einsum_right(g, subscripts, a, b)
    yield y
    d.g = np.einsum(subscripts, a, d.y)
    d.a = einsum_left(g, subscripts, a, d.y)


# ---- moved elements ----


@linear(undiagonal)
def undiagonal_(d, g, a, offset=0, axis1=0, axis2=1):
    y = undiagonal(g, a, offset, axis1, axis2)
    yield y
    d.g = unbroadcast(np.diagonal(d.y, offset, axis1, axis2), g)


@view(undiag)
def undiag_(d, g, v, k=0):
    y = undiag(g, v, k)
    yield y
    d.g = np.diag(d.y, k)


@view(writable)
def writable_(d, view):
    y = writable(view)
    yield y
    d.view = d.y


@linear(unrepeat)
def unrepeat_(d, g, a, repeats, axis=None):
    y = unrepeat(g, a, repeats, axis)
    yield y
    d.g = np.repeat(d.y, repeats, axis)


@linear(untile)
def untile_(d, g, a, reps):
    y = untile(g, a, reps)
    yield y
    d.g = np.tile(d.y, reps)


@view(unpad)
def unpad_(d, g, a, pad_width):
    y = unpad(g, a, pad_width)
    yield y
    d.g = np.pad(d.y, pad_width)


@linear(undiff)
def undiff_(d, g, a, n=1, axis=-1):
    y = undiff(g, a, n, axis)
    yield y
    d.g = np.diff(d.y, n, axis)


@linear(ungradient, without={"spacings"})
def ungradient_(d, g, f, spacings=(), axis=None):
    y = ungradient(g, f, spacings, axis)
    yield y
    d.g = split_like(np.gradient(d.y, *spacings, axis=axis), g)


@linear(last_written)
def last_written_(d, g, i):
    y = last_written(g, i)
    yield y
    d.g = written(d.y, g, i)


@linear(written)
def written_(d, g, x, i):
    y = written(g, x, i)
    yield y
    d.g = last_written(d.y, i)


@linear(untake)
def untake_(d, g, a, indices, axis=None):
    y = untake(g, a, indices, axis)
    yield y
    d.g = np.take(d.y, indices, axis)


@linear(untake_along_axis)
def untake_along_axis_(d, g, a, indices, axis):
    y = untake_along_axis(g, a, indices, axis)
    yield y
    d.g = np.take_along_axis(d.y, indices, axis)


@linear(unmeshgrid)
def unmeshgrid_(d, g, xi, indexing="xy"):
    y = unmeshgrid(g, xi, indexing)
    yield y
    d.g = list(np.meshgrid(*d.y, indexing=indexing))
