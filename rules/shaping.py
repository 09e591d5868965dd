"""Functions that move elements and leave their values alone."""

import numpy as np

from s2sgrad.registry import linear, view
from s2sgrad.rules.helpers import (
    inverse_axes,
    split_like,
    unbroadcast,
    unconcatenate,
    undiag,
    undiagonal,
    undiff,
    ungradient,
    unpad,
    unrepeat,
    untile,
)


@view(np.reshape)
def reshape(d, a, shape, order="C"):
    y = np.reshape(a, shape, order=order)
    yield y
    d.a = np.reshape(d.y, np.shape(a), order=order)


@view(np.ndarray.reshape)
def reshape_method(d, a, *shape, order="C"):
    y = a.reshape(*shape, order=order)
    yield y
    d.a = np.reshape(d.y, np.shape(a), order=order)


@view(np.ravel)
def ravel(d, a, order="C"):
    y = np.ravel(a, order=order)
    yield y
    d.a = np.reshape(d.y, np.shape(a), order=order)


@linear(np.ndarray.flatten)
def flatten(d, a, order="C"):
    y = a.flatten(order=order)
    yield y
    d.a = np.reshape(d.y, np.shape(a), order=order)


@view(np.transpose)
def transpose(d, a, axes=None):
    y = np.transpose(a, axes)
    yield y
    d.a = np.transpose(d.y, inverse_axes(axes))


@view(np.ndarray.transpose)
def transpose_method(d, a, *axes):
    y = a.transpose(*axes)
    yield y
    d.a = np.transpose(d.y, inverse_axes(axes))


@view(np.swapaxes)
def swapaxes(d, a, axis1, axis2):
    y = np.swapaxes(a, axis1, axis2)
    yield y
    d.a = np.swapaxes(d.y, axis1, axis2)


@view(np.moveaxis)
def moveaxis(d, a, source, destination):
    y = np.moveaxis(a, source, destination)
    yield y
    d.a = np.moveaxis(d.y, destination, source)


@view(np.expand_dims)
def expand_dims(d, a, axis):
    y = np.expand_dims(a, axis)
    yield y
    d.a = np.reshape(d.y, np.shape(a))


@view(np.squeeze)
def squeeze(d, a, axis=None):
    y = np.squeeze(a, axis)
    yield y
    d.a = np.reshape(d.y, np.shape(a))


@view(np.atleast_1d)
def atleast_1d(d, a):
    y = np.atleast_1d(a)
    yield y
    d.a = np.reshape(d.y, np.shape(a))


@view(np.atleast_2d)
def atleast_2d(d, a):
    y = np.atleast_2d(a)
    yield y
    d.a = np.reshape(d.y, np.shape(a))


@view(np.atleast_3d)
def atleast_3d(d, a):
    y = np.atleast_3d(a)
    yield y
    d.a = np.reshape(d.y, np.shape(a))


@view(np.broadcast_to)
def broadcast_to(d, array, shape):
    y = np.broadcast_to(array, shape)
    yield y
    d.array = unbroadcast(d.y, array)


@view(np.flip)
def flip(d, m, axis=None):
    y = np.flip(m, axis)
    yield y
    d.m = np.flip(d.y, axis)


@view(np.fliplr)
def fliplr(d, m):
    y = np.fliplr(m)
    yield y
    d.m = np.fliplr(d.y)


@view(np.flipud)
def flipud(d, m):
    y = np.flipud(m)
    yield y
    d.m = np.flipud(d.y)


@linear(np.roll)
def roll(d, a, shift, axis=None):
    y = np.roll(a, shift, axis)
    yield y
    d.a = np.roll(d.y, np.negative(shift), axis)


@linear(np.tril)
def tril(d, m, k=0):
    y = np.tril(m, k)
    yield y
    d.m = unbroadcast(np.tril(d.y, k), m)


@linear(np.triu)
def triu(d, m, k=0):
    y = np.triu(m, k)
    yield y
    d.m = unbroadcast(np.triu(d.y, k), m)


@view(np.rot90)
def rot90(d, m, k=1, axes=(0, 1)):
    y = np.rot90(m, k, axes)
    yield y
    d.m = np.rot90(d.y, -k, axes)


@linear(np.imag)
def imag(d, val):
    """Of real numbers 0; it has a derivative for the sake of complex ones, which are refused."""
    y = np.imag(val)
    yield y
    d.val = np.zeros_like(val)[()]


@view(np.real)
def real(d, val):
    y = np.real(val)
    yield y
    d.val = d.y


@view(np.ndarray.conj)
def conj(d, a):
    """Of a real array it is the array itself."""
    y = a.conj()
    yield y
    d.a = d.y


@view(np.ndarray.conjugate)
def conjugate(d, a):
    """Of a real array it is the array itself."""
    y = a.conjugate()
    yield y
    d.a = d.y


@view(np.diag)
def diag(d, v, k=0):
    y = np.diag(v, k)
    yield y
    d.v = undiag(d.y, v, k)


@linear(np.diagflat)
def diagflat(d, v, k=0):
    y = np.diagflat(v, k)
    yield y
    d.v = split_like(np.reshape(np.diagonal(d.y, k), np.shape(v)), v)


@view(np.diagonal)
def diagonal(d, a, offset=0, axis1=0, axis2=1):
    y = np.diagonal(a, offset, axis1, axis2)
    yield y
    d.a = undiagonal(d.y, a, offset, axis1, axis2)


@linear(np.repeat)
def repeat(d, a, repeats, axis=None):
    y = np.repeat(a, repeats, axis)
    yield y
    d.a = unrepeat(d.y, a, repeats, axis)


@linear(np.tile)
def tile(d, A, reps):
    y = np.tile(A, reps)
    yield y
    d.A = untile(d.y, A, reps)


@linear(np.pad)
def pad(d, array, pad_width):
    y = np.pad(array, pad_width)
    yield y
    d.array = unpad(d.y, array, pad_width)


@linear(np.diff)
def diff(d, a, n=1, axis=-1):
    y = np.diff(a, n, axis)
    yield y
    d.a = undiff(d.y, a, n, axis)


@linear(np.gradient, without={"varargs"})
def gradient(d, f, *varargs, axis=None):
    y = np.gradient(f, *varargs, axis=axis)
    yield y
    d.f = split_like(ungradient(d.y, f, varargs, axis), f)


# ---- joining ----


@linear(np.concatenate)
def concatenate(d, arrays, axis=0):
    y = np.concatenate(arrays, axis)
    yield y
    d.arrays = unconcatenate(d.y, arrays, axis)


@linear(np.stack)
def stack(d, arrays, axis=0):
    y = np.stack(arrays, axis)
    yield y
    d.arrays = split_like(np.moveaxis(d.y, axis, 0), arrays)


@linear(np.vstack)
def vstack(d, tup):
    y = np.vstack(tup)
    yield y
    d.tup = unconcatenate(d.y, tup)


@linear(np.hstack)
def hstack(d, tup):
    y = np.hstack(tup)
    yield y
    d.tup = unconcatenate(d.y, tup, min(np.ndim(y) - 1, 1))


@linear(np.dstack)
def dstack(d, tup):
    y = np.dstack(tup)
    yield y
    d.tup = unconcatenate(d.y, tup, 2)


@linear(np.column_stack)
def column_stack(d, tup):
    y = np.column_stack(tup)
    yield y
    d.tup = unconcatenate(d.y, tup, 1)


@linear(np.append)
def append(d, arr, values, axis=None):
    y = np.append(arr, values, axis)
    yield y
    parts = unconcatenate(d.y, [arr, values], axis)
    d.arr = parts[0]
    d.values = parts[1]


# ---- splitting ----


@view(np.split)
def split(d, ary, indices_or_sections, axis=0):
    y = np.split(ary, indices_or_sections, axis)
    yield y
    d.ary = np.concatenate(d.y, axis)


@view(np.array_split)
def array_split(d, ary, indices_or_sections, axis=0):
    y = np.array_split(ary, indices_or_sections, axis)
    yield y
    d.ary = np.concatenate(d.y, axis)


@view(np.hsplit)
def hsplit(d, ary, indices_or_sections):
    y = np.hsplit(ary, indices_or_sections)
    yield y
    d.ary = np.concatenate(d.y, min(np.ndim(ary) - 1, 1))


@view(np.vsplit)
def vsplit(d, ary, indices_or_sections):
    y = np.vsplit(ary, indices_or_sections)
    yield y
    d.ary = np.concatenate(d.y)


@view(np.dsplit)
def dsplit(d, ary, indices_or_sections):
    y = np.dsplit(ary, indices_or_sections)
    yield y
    d.ary = np.concatenate(d.y, 2)
