"""Products of vectors, matrices and higher arrays."""

import numpy as np

from s2sgrad.registry import bilinear, linear
from s2sgrad.rules.helpers import dot_left, dot_right, matmul_left, matmul_right


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


@linear(np.trace)
def trace(d, a, offset=0):
    y = np.trace(a, offset=offset)
    yield y
    d.a = np.eye(*np.shape(a), offset) * d.y
