"""Products of vectors, matrices and higher arrays."""

import numpy as np

from s2sgrad.registry import bilinear, linear, view
from s2sgrad.rules.helpers import (
    dot_left,
    dot_right,
    einsum_alone,
    einsum_left,
    einsum_right,
    inner_left,
    inner_right,
    matmul_left,
    matmul_right,
    tensordot_left,
    tensordot_right,
    unbroadcast,
    undiagonal,
)


@bilinear(np.matmul)
def matmul(d, a, b):
    y = a @ b
    yield y
    d.a = matmul_left(d.y, a, b)
    d.b = matmul_right(d.y, a, b)


@bilinear(np.dot)
def dot(d, a, b):
    y = np.dot(a, b)
    yield y
    d.a = dot_left(d.y, a, b)
    d.b = dot_right(d.y, a, b)


@bilinear(np.outer)
def outer(d, a, b):
    y = np.outer(a, b)
    yield y
    d.a = np.reshape(np.dot(d.y, np.ravel(b)), np.shape(a))
    d.b = np.reshape(np.dot(np.ravel(a), d.y), np.shape(b))


@bilinear(np.vdot)
def vdot(d, a, b):
    y = np.vdot(a, b)
    yield y
    d.a = np.reshape(b, np.shape(a)) * d.y
    d.b = np.reshape(a, np.shape(b)) * d.y


@bilinear(np.inner)
def inner(d, a, b):
    y = np.inner(a, b)
    yield y
    d.a = inner_left(d.y, a, b)
    d.b = inner_right(d.y, a, b)


@bilinear(np.tensordot)
def tensordot(d, a, b, axes=2):
    y = np.tensordot(a, b, axes)
    yield y
    d.a = tensordot_left(d.y, a, b, axes)
    d.b = tensordot_right(d.y, a, b, axes)


@view(np.einsum, without={"subscripts"})
def einsum_of_one(d, subscripts, a):
    y = np.einsum(subscripts, a)
    yield y
    d.a = einsum_alone(d.y, subscripts, a)


@bilinear(np.einsum, without={"subscripts"})
def einsum_of_two(d, subscripts, a, b):
    y = np.einsum(subscripts, a, b)
    yield y
    d.a = einsum_left(d.y, subscripts, a, b)
    d.b = einsum_right(d.y, subscripts, a, b)


@bilinear(np.cross)
def cross(d, a, b):
    y = np.cross(a, b)
    yield y
    d.a = unbroadcast(np.cross(b, d.y), a)
    d.b = unbroadcast(np.cross(d.y, a), b)


@linear(np.trace)
def trace(d, a, offset=0, axis1=0, axis2=1):
    y = np.trace(a, offset, axis1, axis2)
    yield y
    d.a = undiagonal(np.expand_dims(d.y, -1), a, offset, axis1, axis2)
