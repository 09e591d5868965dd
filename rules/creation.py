"""Functions that make arrays."""

import numpy as np

from s2sgrad.registry import adjoint, inert, linear, tangent, view
from s2sgrad.rules.helpers import of_nested, split_like, unbroadcast, unmeshgrid, written

inert(np.zeros, np.ones, np.empty, np.eye, np.identity, np.tri)
inert(np.zeros_like, np.ones_like, np.empty_like, np.indices)


@linear(np.full)
def full(d, shape, fill_value, dtype=None):
    y = np.full(shape, fill_value, dtype)
    yield y
    d.fill_value = unbroadcast(d.y, fill_value)


@linear(np.full_like)
def full_like(d, a, fill_value, dtype=None):
    y = np.full_like(a, fill_value, dtype)
    yield y
    d.fill_value = unbroadcast(d.y, fill_value)


@linear(np.array)
def array(d, object, dtype=None):
    y = np.array(object, dtype)
    yield y
    d.object = split_like(d.y, object)


@view(np.asarray)
def asarray(d, a, dtype=None):
    y = np.asarray(a, dtype)
    yield y
    d.a = split_like(d.y, a)


@view(np.ascontiguousarray)
def ascontiguousarray(d, a, dtype=None):
    y = np.ascontiguousarray(a, dtype)
    yield y
    d.a = split_like(np.reshape(d.y, np.shape(a)), a)


@linear(np.copy)
def copy(d, a, order="K"):
    y = np.copy(a, order)
    yield y
    d.a = split_like(d.y, a)


@linear(np.ndarray.astype)
def astype(d, a, dtype):
    y = a.astype(dtype)
    yield y
    d.a = split_like(d.y, a)


@linear(np.ndarray.tolist)
def tolist(d, a):
    y = a.tolist()
    yield y
    d.a = split_like(of_nested(d.y), a)


@view(list)
def list_(d, iterable):
    y = list(iterable)
    yield y
    d.iterable = split_like(np.array(d.y), iterable)


@view(tuple)
def tuple_(d, iterable):
    y = tuple(iterable)
    yield y
    d.iterable = split_like(np.array(d.y), iterable)


@linear(np.ndarray.item)
def item(d, a):
    y = a.item()
    yield y
    d.a = np.full_like(a, d.y, np.result_type(a, 1.0))


@linear(np.ndarray.item)
def item_at(d, a, index):
    y = a.item(index)
    yield y
    d.a = np.reshape(written(d.y, np.ravel(a), index), np.shape(a))


@linear(np.arange)
def arange(d, stop, *, dtype=None):
    y = np.arange(stop, dtype=dtype)
    yield y


@adjoint(np.arange)
def arange_between(d, start, stop, step=1, *, dtype=None):
    y = np.arange(start, stop, step, dtype=dtype)
    yield y
    d.start = np.sum(d.y)
    d.step = np.dot(np.arange(len(y)), d.y)


@tangent(np.arange)
def arange_between_tangent(d, start, stop, step=1, *, dtype=None):
    y = np.arange(start, stop, step, dtype=dtype)
    yield y
    d.y = d.start + np.arange(len(y)) * d.step


@linear(np.linspace)
def linspace(d, start, stop, num=50, endpoint=True, *, dtype=None):
    y = np.linspace(start, stop, num, endpoint, dtype=dtype)
    yield y
    part = np.linspace(0, 1, num, endpoint, dtype=y.dtype)
    d.start = unbroadcast(np.tensordot(1 - part, d.y, 1), start)
    d.stop = unbroadcast(np.tensordot(part, d.y, 1), stop)


@linear(np.meshgrid)
def meshgrid(d, *xi, indexing="xy"):
    y = np.meshgrid(*xi, indexing=indexing)
    yield y
    d.xi = unmeshgrid(d.y, xi, indexing)
