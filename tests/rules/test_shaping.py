"""The rules of functions that move, join, make, read and write elements."""

from __future__ import annotations

import operator

import numpy as np
import pytest

from s2sgrad.testing import check_rule


def a(*shape):
    """Distinct numbers."""
    return np.reshape(np.arange(float(np.prod(shape))) * 1.25 + 0.5, shape)


CASES = {
    np.reshape: [
        (a(2, 3), (3, 2)),
        (a(2, 3), -1),
        (a(6), (1, 2, 3), "F"),
        (2.5, (1, 1)),
        (a(0, 3), (0,)),
        (a(1), ()),
    ],
    np.ndarray.reshape: [(a(2, 3), 3, 2), (a(2, 3), (3, 2)), (a(2, 3), -1)],
    np.ravel: [(a(2, 3),), (a(2, 3), "F"), (2.5,), (a(),), (a(0, 2),)],
    np.ndarray.flatten: [(a(2, 3),), (a(2, 3), "F"), (a(),)],
    np.transpose: [
        (a(2, 3),),
        (a(2, 3, 4), (2, 0, 1)),
        (a(2, 3, 4), (-1, 0, 1)),
        (a(3),),
        (2.5,),
        (a(0, 2),),
    ],
    np.ndarray.transpose: [
        (a(2, 3),),
        (a(2, 3, 4), 2, 0, 1),
        (a(2, 3, 4), (1, -1, 0)),
        (a(2, 3), None),
    ],
    np.swapaxes: [(a(2, 3, 4), 0, 2), (a(2, 3), -1, -2)],
    np.moveaxis: [(a(2, 3, 4), 0, 2), (a(2, 3, 4), (0, 1), (-1, 0))],
    np.expand_dims: [(a(2, 3), 0), (a(2, 3), -1), (a(3), (0, 2)), (2.5, 0)],
    np.squeeze: [(a(2, 1, 3, 1),), (a(2, 1, 3, 1), 1), (a(1),), (a(1, 1, 2), (0, 1))],
    np.atleast_1d: [(2.5,), (a(),), (a(2),)],
    np.atleast_2d: [(2.5,), (a(2),), (a(2, 3),)],
    np.atleast_3d: [(2.5,), (a(2),), (a(2, 3),), (a(2, 3, 2),)],
    np.broadcast_to: [
        (2.5, (3,)),
        (a(3), (2, 3)),
        (a(2, 1), (4, 2, 3)),
        (a(1), (0,)),
        (a(3), (3,)),
        (a(), ()),
    ],
    np.flip: [(a(3),), (a(2, 3),), (a(2, 3), 0), (a(2, 3, 2), (0, -1))],
    np.ndarray.conj: [(a(2, 3),), (a(3),)],
    np.ndarray.conjugate: [(a(2, 3),), (a(3),)],
    np.fliplr: [(a(2, 3),)],
    np.flipud: [(a(2, 3),), (a(3),)],
    np.rot90: [(a(2, 3),), (a(2, 3), 2), (a(2, 3, 2), -1, (1, 2))],
    np.roll: [
        (a(4), 1),
        (a(2, 3), -2),
        (a(2, 3), 1, 1),
        (a(2, 3), (1, 2), (0, 1)),
        (a(2, 3), 1, (0, 1)),
    ],
    np.tril: [(a(3, 3),), (a(3, 4), 1), (a(2, 3, 3), -1), (a(3),)],
    np.triu: [(a(3, 3),), (a(3, 4), 1), (a(2, 3, 3), -1), (a(3),)],
    np.diag: [(a(3),), (a(3), 1), (a(3), -2), (a(3, 3),), (a(3, 4), 1), (a(3, 2), -1)],
    np.diagonal: [(a(3, 3),), (a(3, 4), 1), (a(2, 3, 4), 0, 1, 2), (a(2, 3, 4), -1, 0, -1)],
    np.repeat: [
        (a(3), 2),
        (a(2, 3), 2),
        (a(2, 3), 3, 1),
        (a(3), [1, 0, 2]),
        (a(2, 3), [2, 1], 0),
        (2.5, 3),
    ],
    np.tile: [(a(3), 2), (a(2, 3), (2, 1)), (a(3), (2, 2)), (a(2, 3), 3), (2.5, 4)],
    np.pad: [(a(3), 1), (a(2, 3), ((1, 0), (0, 2))), (a(2, 3), (1, 2)), (a(3), (2, 0))],
    np.diff: [(a(4) ** 2,), (a(4) ** 2, 2), (a(2, 3), 1, 0), (a(3, 3) ** 3, 2, 1)],
    np.concatenate: [
        ([a(2), a(3)],),
        ((a(2, 3), a(1, 3)),),
        ([a(2, 1), a(2, 0), a(2, 2)], 1),
        ([a(2, 1), a(2, 2)], -1),
        ([a(2, 2), a(3)], None),
        ([a(0, 2), a(0, 2)],),
    ],
    np.stack: [([a(3), a(3)],), ([a(2, 3), a(2, 3)], 1), ((a(2), a(2)), -1), ([1.5, 2.5],)],
    np.vstack: [([a(3), a(2, 3)],), ([a(2), a(2)],), ([1.5, 2.5],)],
    np.hstack: [
        ([a(3), a(2)],),
        ([a(2, 1), a(2, 2)],),
        ([1.5, a(2), 2.5],),
        ([a(0), a(), a(1)],),
        ([a(2, 1, 2), a(2, 3, 2)],),
    ],
    np.dstack: [
        ([a(3), a(3)],),
        ([a(2, 3), a(2, 3)],),
        ([a(2, 3, 1), a(2, 3)],),
        ([a(2, 3, 2), a(2, 3, 0)],),
        ([1.5, 2.5],),
    ],
    np.hsplit: [(a(6), 3), (a(2, 4), 2), (a(2, 5, 2), [1, 3])],
    np.vsplit: [(a(4, 2), 2), (a(5, 1), [1, 3])],
    np.dsplit: [(a(2, 3, 4), 2), (a(1, 2, 3), [1])],
    np.delete: [
        (a(4), 1),
        (a(4), -1),
        (a(4), [0, 2]),
        (a(4), slice(1, None, 2)),
        (a(2, 3), 1),
        (a(2, 3), 1, 1),
        (a(2, 3), [0, -1], -1),
        (a(3), np.array([True, False, True])),
        (a(1), 0),
    ],
    np.insert: [
        (a(4), 1, 2.5),
        (a(4), -1, a(2)),
        (a(4), [0, 2], a(2)),
        (a(4), [3, 1, 1], 0.5),
        (a(4), slice(1, None, 2), 0.5),
        (a(2, 3), 1, 0.5),
        (a(2, 3), 1, 0.5, 1),
        (a(2, 3), 0, a(3), 0),
        (a(2, 3), [1, 3], a(2, 1), -1),
        (a(2, 3), 1, a(2), 1),
        (a(0), 0, 1.5),
    ],
    np.select: [
        ([a(3) > 1, a(3) > 0], [a(3), a(3) ** 2], 0.5),
        ([a(3) > 1, a(3) > 2], [a(3), 2.5]),
        ([a(2, 3) > 1, a(3) > 0.5], [a(2, 1), a(3)], a(3)),
        ([a(3) > 1], (a(3),), a(1)),
    ],
    np.choose: [
        (np.array([0, 1, 1]), [a(3), a(3) ** 2]),
        (np.array([0, 1, 2, 0]), a(3, 4)),
        (np.array([[0, 1, 1], [2, 0, 0]]), [a(3), a(2, 1), 1.5]),
        (np.array([0, 1, 1]), a(2)),
        (1, (a(3), a(3) + 1)),
        ([0, 1, 1], [a(3), a(3) ** 2]),
        (((0, 1), (1, 0)), [a(2, 2), a(2)]),
    ],
    np.partition: [
        (np.sin(a(7)), 2),
        (a(3, 4)[[1, 2, 0]], 1, 0),
        (a(3, 4)[:, [2, 0, 3, 1]], (0, 2)),
        (a(41)[np.arange(41) * 7 % 41], 11),
        (a(1), 0),
    ],
    np.column_stack: [
        ([a(3), a(3)],),
        ([a(3), a(3, 2)],),
        ([1.5, a(), a(1)],),
        ([a(0), a(0, 2)],),
        ([a(3, 0), a(3)],),
    ],
    np.append: [(a(3), 2.5), (a(3), a(2)), (a(2, 2), a(1, 2), 0)],
    np.split: [(a(6), 3), (a(2, 4), 2, 1), (a(5), [1, 3])],
    np.array: [
        ([1.5, 2.5],),
        (a(2, 3),),
        ([[1.5], [2.5]],),
        ([a(2), a(2)],),
        (2.5,),
        ((1.5, a()),),
    ],
    np.asarray: [([1.5, 2.5],), (a(2, 3),), (2.5,), (a(2), float)],
    np.ascontiguousarray: [(a(2, 3).T,), (2.5,), (a(3),)],
    np.copy: [(a(2, 3),), (2.5,), (a(),)],
    np.ndarray.astype: [(a(2, 3), float), (a(2), np.float64)],
    np.ndarray.tolist: [(a(2, 3),), (a(0),), (a(3),)],
    np.ndarray.item: [(a(1),), (a(),), (a(1, 1),), (a(4), 2), (a(2, 3), -1)],
    np.full: [((2, 3), 1.5), (3, a(3)), ((2, 3), a(2, 1))],
    np.full_like: [(a(2, 3), 1.5), (a(2, 3), a(3))],
    np.arange: [(1.5, 4.2), (0.5, 3.1, 0.7), (3.0, -1.1, -0.5)],
    np.linspace: [(0.5, 2.0), (0.5, 2.0, 5), (0.5, 2.0, 4, False), (a(2), 3.5, 3), (1.5, a(2), 1)],
    np.meshgrid: [(a(2), a(3)), (a(2),), (a(2), a(3), a(1))],
    np.bincount: [(np.array([0, 2, 2, 1]), a(4)), (np.array([1, 1]), a(2), 5)],
    np.take: [
        (a(4), 2),
        (a(4), [0, 3, 3]),
        (a(4), [True, False, True]),
        (a(2, 3), [[1, 1], [0, 2]], 1),
        (a(2, 3), [0, 5, 5]),
        (a(2, 3), 1, 0),
        (a(2, 3), -1, -1),
    ],
    np.take_along_axis: [
        (a(2, 3), np.array([[0], [2]]), 1),
        (a(3), np.array([2, 2, 0]), 0),
        (a(2, 3), np.array([[1, 0, 1]]), 0),
    ],
    np.sort: [(np.sin(a(5)),), (np.sin(a(2, 3)),), (np.sin(a(2, 3)), 0)],
    sorted: [
        ([2.0, 3.0, 1.0],),
        ((2.0, 0.5),),
        (np.sin(a(5)),),
        ([2.0, 2.5, 1.0],),
        ([],),
        ([1.5],),
    ],
    np.gradient: [
        (a(4),),
        (a(2), 0.5),
        (a(5), np.array([0.0, 0.5, 2.0, 2.25, 4.0])),
        (a(3, 4),),
        (a(3, 4), 0.5),
        (a(3, 4), 0.5, np.array([0.0, 0.5, 2.0, 2.25])),
        ([1.0, 4.0, 2.0],),
    ],
    np.diagflat: [(a(3),), (a(2, 2),), (a(2), 1), (a(2), -1), (2.5,), ([1.0, 2.0],)],
    list: [(a(3),), (a(0),), (a(2, 3),)],
    tuple: [(a(3),), (a(2, 3),)],
    np.array_split: [(a(5), 3), (a(2, 3), 2, 1)],
    np.real: [(2.5,), (a(3),)],
    np.imag: [(2.5,), (a(3),)],
}
INDEXES = [
    ((4,), 1),
    ((4,), -1),
    ((4,), slice(1, None, 2)),
    ((4,), slice(None, None, -1)),
    ((2, 3), (1, 2)),
    ((2, 3), 1),
    ((2, 3), (slice(None), 1)),
    ((2, 3), (slice(None), slice(0, 2))),
    ((2, 3), (..., None, 0)),
    ((2, 3), [1, 0, 1]),
    ((2, 3), ([1, 0, 1], [2, 2, 2])),
    ((4,), np.array([True, False, True, True])),
    ((2, 3), np.array([[True, False, True], [False, False, True]])),
    ((4,), slice(2, 2)),
    ((), ()),
]
MEMORY = [operator.getitem, operator.setitem, np.add.at]
FUNCTIONS = [*CASES, *MEMORY]


@pytest.mark.parametrize("function", CASES, ids=lambda f: f.__name__)
def test_rule(function):
    for args in CASES[function]:
        check_rule(function, *args)


def test_keywords():
    check_rule(np.reshape, a(2, 3), shape=(3, 2), order="F")
    check_rule(sorted, [2.0, 3.0, 1.0], reverse=True)
    check_rule(sorted, np.sin(a(5)), reverse=True)
    check_rule(np.gradient, a(3, 4), axis=0)
    check_rule(np.gradient, a(3, 4), 0.5, axis=-1)
    check_rule(np.gradient, a(3, 4), 0.5, axis=(1, 0))
    check_rule(np.ndarray.reshape, a(2, 3), 3, 2, order="F")
    check_rule(np.concatenate, [a(2, 1), a(2, 2)], axis=1)
    check_rule(np.stack, [a(2), a(2)], axis=1)
    check_rule(np.linspace, 0.5, 2.0, num=3, endpoint=False)
    check_rule(np.meshgrid, a(2), a(3), indexing="ij")
    check_rule(np.array, [1.5, 2.5], dtype=float)
    check_rule(np.pad, a(2), pad_width=1)
    check_rule(np.broadcast_to, a(3), shape=(2, 3))


@pytest.mark.parametrize(("shape", "index"), INDEXES, ids=repr)
def test_getitem(shape, index):
    check_rule(operator.getitem, a(*shape), index)


@pytest.mark.parametrize(("shape", "index"), INDEXES, ids=repr)
def test_setitem(shape, index):
    x = a(*shape)
    check_rule(operator.setitem, x, index, 2.5)
    check_rule(operator.setitem, x, index, 7)
    check_rule(
        operator.setitem,
        x,
        index,
        x[index] * 3 + np.reshape(np.arange(np.size(x[index])), np.shape(x[index])),
    )


@pytest.mark.parametrize(("shape", "index"), INDEXES, ids=repr)
def test_add_at(shape, index):
    x = a(*shape)
    check_rule(np.add.at, x, index, 2.5)
    check_rule(np.add.at, x, index, x[index] * 3 + 1)


def test_setitem_broadcasts():
    check_rule(operator.setitem, a(2, 3), slice(None), a(3))
    check_rule(operator.setitem, a(2, 3), (slice(None), slice(1, 3)), a(2, 1))
