"""Reading and writing parts of arrays."""

import operator

import numpy as np

from s2sgrad.registry import adjoint, linear, tangent, view
from s2sgrad.rules.helpers import last_written, unbroadcast, untake, untake_along_axis


@view(operator.getitem)
def getitem(d, x, i):
    y = x[i]
    yield y
    np.add.at(d.x, i, d.y)


@adjoint(operator.setitem)
def setitem(d, x, i, v):
    old = np.copy(x[i])
    x[i] = v
    yield
    x[i] = old
    d.v = unbroadcast(last_written(d.x, i), v)
    d.x[i] = 0


@tangent(operator.setitem)
def setitem_tangent(d, x, i, v):
    x[i] = v
    yield
    d.x[i] = d.v


@adjoint(np.add.at)
def add_at(d, x, i, v):
    old = np.copy(x[i])
    np.add.at(x, i, v)
    yield
    x[i] = old
    d.v = unbroadcast(d.x[i], v)


@tangent(np.add.at)
def add_at_tangent(d, x, i, v):
    np.add.at(x, i, v)
    yield
    np.add.at(d.x, i, d.v)


@linear(np.bincount)
def bincount(d, x, weights=None, minlength=0):
    y = np.bincount(x, weights, minlength)
    yield y
    d.weights = np.take(d.y, x)


@linear(np.take)
def take(d, a, indices, axis=None):
    y = np.take(a, indices, axis)
    yield y
    d.a = untake(d.y, a, indices, axis)


@linear(np.take_along_axis)
def take_along_axis(d, arr, indices, axis):
    y = np.take_along_axis(arr, indices, axis)
    yield y
    d.arr = untake_along_axis(d.y, arr, indices, axis)


@adjoint(np.sort)
def sort(d, a, axis=-1):
    y = np.sort(a, axis)
    yield y
    d.a = untake_along_axis(d.y, a, np.argsort(a, axis), axis)


@tangent(np.sort)
def sort_tangent(d, a, axis=-1):
    y = np.sort(a, axis)
    yield y
    d.y = np.take_along_axis(d.a, np.argsort(a, axis), axis)
