"""The rules of products of vectors, matrices and stacks of matrices."""

from __future__ import annotations

import numpy as np
import pytest

from s2sgrad.testing import check_rule

MATMUL = [
    ((3,), (3,)),
    ((3,), (3, 2)),
    ((2, 3), (3,)),
    ((2, 3), (3, 4)),
    ((1, 3), (3, 1)),
    ((2, 1), (1, 3)),
    ((5, 2, 3), (3,)),
    ((3,), (5, 3, 2)),
    ((5, 2, 3), (3, 4)),
    ((2, 3), (5, 3, 4)),
    ((5, 2, 3), (5, 3, 4)),
    ((5, 1, 2, 3), (4, 3, 2)),
    ((1, 2, 3), (5, 3, 2)),
    ((0, 3), (3, 2)),
    ((2, 0), (0, 3)),
    ((1,), (1,)),
]
DOT = [
    *[pair for pair in MATMUL if len(pair[0]) < 4],
    (None, None),
    (None, (3,)),
    ((2, 3), None),
    ((), (3,)),
    ((2, 3), ()),
    ((4, 2, 3), (5, 3, 2)),
]
OUTER = [((3,), (2,)), ((2, 2), (3,)), ((1,), (3,)), ((0,), (2,)), ((2,), (2, 1))]
FUNCTIONS = [
    np.matmul,
    np.dot,
    np.outer,
    np.vdot,
    np.inner,
    np.tensordot,
    np.trace,
    np.einsum,
    np.cross,
]


def numbers(shape, seed):
    """Random numbers: a float for the shape None."""
    random = np.random.default_rng(seed)
    return random.normal(size=shape) if shape is not None else float(random.normal())


@pytest.mark.parametrize(("left", "right"), MATMUL)
def test_matmul(left, right):
    check_rule(np.matmul, numbers(left, 1), numbers(right, 2))


@pytest.mark.parametrize(("left", "right"), DOT)
def test_dot(left, right):
    check_rule(np.dot, numbers(left, 1), numbers(right, 2))


@pytest.mark.parametrize(("left", "right"), OUTER)
def test_outer(left, right):
    check_rule(np.outer, numbers(left, 1), numbers(right, 2))


def test_vdot():
    check_rule(np.vdot, numbers((3,), 1), numbers((3,), 2))
    check_rule(np.vdot, numbers((2, 3), 1), numbers((6,), 2))


def test_trace():
    check_rule(np.trace, numbers((2, 3, 4), 1), 1, -1, 0)
    for offset in (0, 1, -1):
        check_rule(np.trace, numbers((3, 4), 1), offset)
        check_rule(np.trace, numbers((3, 3), 1), offset=offset)


@pytest.mark.parametrize(
    ("left", "right"),
    [((3,), (3,)), ((2, 3), (3,)), ((2, 3), (4, 2, 3)), (None, (2,)), ((2,), None)],
)
def test_inner(left, right):
    check_rule(np.inner, numbers(left, 1), numbers(right, 2))


def test_cross():
    for left, right in [((3,), (3,)), ((2, 3), (3,)), ((3,), (4, 3)), ((2, 1, 3), (4, 3))]:
        check_rule(np.cross, numbers(left, 1), numbers(right, 2))


TENSORDOT = [
    ((2, 3, 4), (3, 4, 5), 2),
    ((2, 3), (3, 4), 1),
    ((2,), (3,), 0),
    ((2, 3, 4), (4, 3, 5), ([1, 2], [1, 0])),
    ((2, 3, 4), (5, 4, 2), ((-1, 0), (1, 2))),
    ((2, 3, 4), (4, 2, 3), ([2, 0, 1], [0, 1, 2])),
    ((2, 3), (4, 3), (1, 1)),
    ((2, 0), (0, 3), 1),
]


@pytest.mark.parametrize(("left", "right", "axes"), TENSORDOT)
def test_tensordot(left, right, axes):
    check_rule(np.tensordot, numbers(left, 1), numbers(right, 2), axes)
    check_rule(np.tensordot, numbers(left, 1), numbers(right, 2), axes=axes)


EINSUM = [
    ("ij->ji", (2, 3)),
    ("ij->i", (2, 3)),
    ("ij->", (2, 3)),
    ("ij", (2, 3)),
    ("ii", (3, 3)),
    ("ii->i", (3, 3)),
    ("iij->j", (3, 3, 2)),
    ("...ij->...ji", (2, 3, 4)),
    ("ij,jk->ik", (2, 3), (3, 4)),
    ("ij, jk", (2, 3), (3, 4)),
    ("ij,ij->i", (2, 3), (2, 3)),
    ("ij,k->", (2, 3), (4,)),
    ("i,j->ij", (2,), (3,)),
    ("ii,i->i", (3, 3), (3,)),
    ("...ij,...jk->...ik", (5, 2, 3), (5, 3, 4)),
    ("...ij,jk", (5, 2, 3), (3, 4)),
    ("...i,...i->...", (4, 1, 3), (2, 3)),
    ("bij,bjk->bik", (2, 2, 3), (2, 3, 2)),
    ("ij,jk->ik", (1, 3), (1, 3)),
]


@pytest.mark.parametrize("case", EINSUM, ids=lambda case: case[0])
def test_einsum(case):
    subscripts, *shapes = case
    check_rule(np.einsum, subscripts, *(numbers(shape, k) for k, shape in enumerate(shapes)))
