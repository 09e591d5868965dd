"""Functions that insert, delete and choose elements."""

import numpy as np

from s2sgrad.registry import adjoint, inert, linear, tangent
from s2sgrad.rules.helpers import (
    unchoose,
    undelete,
    uninsert,
    unselect,
    untake_along_axis,
)


@linear(np.delete)
def delete(d, arr, obj, axis=None):
    y = np.delete(arr, obj, axis)
    yield y
    d.arr = undelete(d.y, arr, obj, axis)


@linear(np.insert)
def insert(d, arr, obj, values, axis=None):
    y = np.insert(arr, obj, values, axis)
    yield y
    parts = uninsert(d.y, arr, obj, values, axis)
    d.arr = parts[0]
    d.values = parts[1]


@linear(np.select)
def select(d, condlist, choicelist, default=0):
    y = np.select(condlist, choicelist, default)
    yield y
    parts = unselect(d.y, condlist, choicelist, default)
    d.choicelist = parts[0]
    d.default = parts[1]


@linear(np.choose)
def choose(d, a, choices):
    y = np.choose(a, choices)
    yield y
    d.choices = unchoose(d.y, a, choices)


# What np.partition leaves in which order is its own affair: elements are found by their ranks.

inert(np.argpartition)


@adjoint(np.partition)
def partition(d, a, kth, axis=-1):
    y = np.partition(a, kth, axis)
    yield y
    in_order = np.take_along_axis(d.y, np.argsort(y, axis), axis)
    d.a = untake_along_axis(in_order, a, np.argsort(a, axis), axis)


@tangent(np.partition)
def partition_tangent(d, a, kth, axis=-1):
    y = np.partition(a, kth, axis)
    yield y
    in_order = np.take_along_axis(d.a, np.argsort(a, axis), axis)
    d.y = untake_along_axis(in_order, y, np.argsort(y, axis), axis)


# ---- the helpers ----


@linear(undelete)
def undelete_(d, g, arr, obj, axis=None):
    y = undelete(g, arr, obj, axis)
    yield y
    d.g = np.delete(d.y, obj, axis)


@linear(uninsert)
def uninsert_(d, g, arr, obj, values, axis=None):
    y = uninsert(g, arr, obj, values, axis)
    yield y
    d.g = np.insert(d.y[0], obj, d.y[1], axis)


@linear(unselect)
def unselect_(d, g, condlist, choicelist, default=0):
    y = unselect(g, condlist, choicelist, default)
    yield y
    d.g = np.select(condlist, d.y[0], d.y[1])


@linear(unchoose)
def unchoose_(d, g, a, choices):
    y = unchoose(g, a, choices)
    yield y
    d.g = np.choose(a, d.y)
