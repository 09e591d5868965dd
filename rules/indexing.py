"""Reading and writing parts of arrays."""

import operator

import numpy as np

from s2sgrad.registry import adjoint, linear, tangent, view
from s2sgrad.rules.helpers import unbroadcast


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
    d.v = unbroadcast(d.x[i], v)
    d.x[i] = 0


@tangent(operator.setitem)
def setitem_tangent(d, x, i, v):
    x[i] = v
    yield
    d.x[i] = d.v


@adjoint(np.add.at)
def add_at(d, x, i, v):
    np.add.at(x, i, v)
    yield
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
    d.weights = d.y[x]
