"""The helpers: their rules, what they return for floats, and that each stands alone."""

from __future__ import annotations

import ast
import builtins
import inspect
import math

import numpy as np
import pytest

from s2sgrad.registry import lookup
from s2sgrad.rules import helpers
from s2sgrad.rules.helpers import HELPERS
from s2sgrad.testing import check_rule


def a(*shape):
    """Random numbers."""
    return np.random.default_rng(len(shape)).normal(size=shape)


LIST = [a(2, 2), a(1, 2)]
S = 3 * np.eye(3) + a(3, 3)
SYSTEMS = [((3,), S, a(3)), ((3, 2), S, a(3, 2)), ((5, 3, 2), S + a(5, 1, 1), a(3, 2))]
SYSTEMS += [((5, 3), S + a(5, 1, 1), a(3)), ((4, 3, 2), S, a(4, 3, 2))]
KRONS = [((2, 3), (4, 2)), ((3,), (2,)), ((2,), (3, 2)), ((2, 1, 2), (2,)), ((), (3,))]
PRODUCTS = [((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 3), (3, 4)), ((5, 2, 3), (5, 3, 2))]
MATRICES = [*PRODUCTS, ((2, 3), (5, 3, 4)), ((5, 2, 3), (3, 4)), ((5, 1, 2, 3), (4, 3, 2))]
CONTRACTIONS = [((2, 3), (3, 4), 1), ((2, 3, 4), (4, 3, 5), ([1, 2], [1, 0])), ((2,), (3,), 0)]

KNOTS = np.array([-1.0, -0.2, 0.4, 1.5])
LENGTHS = [(4, 4), (5, 2), (2, 5), (5, 3), (4, 5), (1, 3)]
CONVOLVED = [(m, n, mode) for m, n in LENGTHS for mode in ("full", "same", "valid")]

CASES = {
    "cofactors": [(S,), (S + a(5, 1, 1),), (S[:1, :1],), (a(2, 2),)],
    "with_slope": [(a(2, 2), a(2, 2) + 1), (a(3, 1, 1), a(3, 1, 1) + 1)],
    "slope_of": [(a(4, 4),), (a(3, 2, 2),)],
    "share_quantile": [
        (1.5, a(5), 0.5),
        (a(2), a(2, 3), np.array([0.1, 0.8])),
        (a(2, 3), a(4, 3), np.array([0.0, 1.0]), 0),
        (a(2, 1), a(2, 3), 0.3, 1),
        (1.5, 2.0, 0.5),
    ],
    "pick_quantile": [
        (a(5), a(5) + 0.1, 0.5),
        (a(4, 3), a(4, 3) ** 2, np.array([0.0, 0.3]), 0),
        (a(2, 3), a(2, 3) + 0.1, 0.3, (0, 1), True),
        (1.5, 2.0, 0.5),
    ],
    "unsorted": [([1.5, 2.5, 3.5], [2.0, 3.0, 1.0]), ([1.5, 2.5], a(2), True), ([], [])],
    "sorted_with": [([1.5, 2.5, 3.5], (2.0, 3.0, 1.0), True), (a(4), a(4) + 1)],
    "on_matrices": [(1.5, a(2, 2)), (a(3), a(3, 2, 2)), (a(2, 1), a(2, 1, 2, 2))],
    "solve_right": [(a(*shape), matrix, b) for shape, matrix, b in SYSTEMS],
    "solve_left": [(a(*shape), matrix, b, a(*shape) + 1) for shape, matrix, b in SYSTEMS],
    "solve_apply": [(matrix, a(*shape), b) for shape, matrix, b in SYSTEMS],
    "kron_left": [(np.kron(a(*m), a(*n)) + 1, a(*m), a(*n)) for m, n in KRONS],
    "kron_right": [(np.kron(a(*m), a(*n)) + 1, a(*m), a(*n)) for m, n in KRONS],
    "unbroadcast": [
        (a(2, 3), a(3)),
        (a(2, 3), a(2, 1)),
        (a(2, 3), 1.5),
        (1.5, 2.5),
        (a(3), a(3)),
        (a(0, 2), a(1, 2)),
    ],
    "unreduce": [
        (1.5, a(3)),
        (a(3), a(2, 3), 0),
        (a(2, 1), a(2, 3), 1, True),
        (1.5, 2.5),
        (a(2), a(3, 2, 4), (0, -1)),
    ],
    "share_ties": [
        (1.5, 3.0, np.array([1.0, 3.0, 3.0])),
        (a(2), np.array([2.0, 3.0]), np.array([[2.0, 2.0], [3.0, 0.0]]), 1),
        (a(2, 1), np.array([[2.0], [3.0]]), np.array([[2.0, 2.0], [3.0, 0.0]]), 1, True),
        (1.5, 2.0, 2.0),
    ],
    "pick_ties": [
        (a(3), 3.0, np.array([1.0, 3.0, 3.0])),
        (a(2, 2), np.array([2.0, 3.0]), np.array([[2.0, 2.0], [3.0, 0.0]]), 1),
        (a(2, 2), np.array([[2.0], [3.0]]), np.array([[2.0, 2.0], [3.0, 0.0]]), 1, True),
        (1.5, 2.0, 2.0),
    ],
    "split_like": [
        (a(2), [1.0, 2.0]),
        (a(2, 3), (a(3), a(3))),
        (a(2), a(2)),
        (1.5, 2.5),
        (a(2, 1), [[1.0], [2.0]]),
    ],
    "added": [(1.5, 2.0), (a(2), a(2)), ([1.0, a(3)], [2.0, a(3)]), ([1.0, [a(2)]], [0.5, [a(2)]])],
    "copied": [(1.5,), (a(2, 3),), ([1.0, a(3)],), ([a(2), [a(2), 0.5]],)],
    "spread": [(1.5, [1.0, 2.0]), (a(2), (a(2), 1.0)), (1.5, a(3)), (a(3), a(2, 3))],
    "unconcatenate": [
        (a(3, 2), LIST),
        (a(5), [*LIST[:1], 1.5], None),
        (a(2, 3), [a(2, 2), a(2)], 1),
        (a(3), [1.5, a(2)]),
    ],
    "packed": [([1.5, 2.0], [0.0, 0.0]), ([a(2), a(2)], a(2, 2)), ([1.5], a(1))],
    "concatenate_like": [
        (LIST, a(3, 2)),
        ([a(2, 2), 1.5], a(5), None),
        ([a(2, 2), a(2)], a(2, 3), 1),
    ],
    "gather": [(a(2, 3, 4), 1), (a(2, 3, 4), (0, -1)), (a(2, 3),), (a(3), 0)],
    "scatter": [
        (a(2, 4, 3), a(2, 3, 4), 1),
        (a(3, 8), a(2, 3, 4), (0, -1)),
        (a(6), a(2, 3)),
        (a(1), 1.5),
    ],
    "shift_right": [(a(3),), (a(2, 3),), (a(0),)],
    "shift_left": [(a(3),), (a(2, 3),), (a(0),)],
    "product_before": [(a(4),), (a(2, 3),), (a(1),), (a(0),), (np.array([1.0, 0.0, 0.0, 2.0]),)],
    "recurrence": [(a(4), a(4)), (a(2, 3), a(2, 3)), (a(1), a(1)), (a(0), a(0))],
    "polygamma": [(0, 1.5), (1, 0.3), (2, 7.0), (0, -25.3), (1, -25.3)],
    "matmul_left": [(np.matmul(a(*m), a(*n)), a(*m), a(*n)) for m, n in MATRICES],
    "matmul_right": [(np.matmul(a(*m), a(*n)), a(*m), a(*n)) for m, n in MATRICES],
    "dot_left": [(np.dot(a(*m), a(*n)), a(*m), a(*n)) for m, n in [*PRODUCTS, ((2,), ())]]
    + [(1.5, 2.0, 3.0)],
    "dot_right": [(np.dot(a(*m), a(*n)), a(*m), a(*n)) for m, n in [*PRODUCTS, ((), (2,))]]
    + [(1.5, 2.0, 3.0)],
    "inner_left": [(a(2), a(2, 3), a(3)), (a(2, 4), a(2, 3), a(4, 3)), (a(2), 1.5, a(2))],
    "inner_right": [(a(2), a(2, 3), a(3)), (a(2, 4), a(2, 3), a(4, 3)), (a(2), 1.5, a(2))],
    "tensordot_left": [
        (np.tensordot(a(*m), a(*n), axes), a(*m), a(*n), axes) for m, n, axes in CONTRACTIONS
    ],
    "tensordot_right": [
        (np.tensordot(a(*m), a(*n), axes), a(*m), a(*n), axes) for m, n, axes in CONTRACTIONS
    ],
    "einsum_alone": [(a(2), "ij->i", a(2, 3)), (1.5, "ii", a(2, 2)), (a(3, 2), "ij->ji", a(2, 3))],
    "einsum_left": [(a(2, 4), "ij,jk->ik", a(2, 3), a(3, 4)), (a(2), "ii,i->i", a(2, 2), a(2))],
    "einsum_right": [(a(2, 4), "ij,jk->ik", a(2, 3), a(3, 4)), (a(2), "ii,i->i", a(2, 2), a(2))],
    "undiagonal": [
        (a(2), a(2, 3)),
        (a(2), a(2, 3), 1),
        (a(3, 2), a(2, 3, 2), -0, 0, 2),
        (a(3, 1), a(2, 3, 2), 0, 0, 2),
    ],
    "undiag": [(a(3, 3), a(3)), (a(2), a(2, 3)), (a(3, 3), a(2), -1), (a(2), a(2, 3), 1)],
    "writable": [(a(3),), (a(2, 3),)],
    "unrepeat": [
        (a(6), a(3), 2),
        (a(2, 6), a(2, 3), 2, 1),
        (a(3), a(3), [1, 0, 2]),
        (a(2), 1.5, 2),
    ],
    "untile": [
        (a(6), a(3), 2),
        (a(4, 3), a(2, 3), (2, 1)),
        (a(2, 6), a(3), (2, 2)),
        (a(2), 1.5, 2),
    ],
    "unpad": [(a(5), a(3), 1), (a(3, 5), a(2, 3), ((1, 0), (0, 2)))],
    "undiff": [(a(3), a(4)), (a(2, 1), a(2, 3), 2, 1), (a(0), a(2), 3)],
    "ungradient": [
        (a(4), a(4)),
        (a(2), a(2), (0.5,)),
        (a(4), a(4), (np.array([0.0, 0.5, 2.0, 2.5]),)),
        ([a(2, 3), a(2, 3) + 1], a(2, 3), (0.5, np.array([0.0, 0.5, 2.0]))),
        (a(2, 3), a(2, 3), (0.5,), -1),
    ],
    "last_written": [(a(4), 1), (a(4), [0, 2, 2]), (a(2, 3), (slice(None), 1))],
    "written": [(1.5, a(4), 1), (a(3), a(4), [0, 2, 2]), (a(2), a(2, 3), (slice(None), 1))],
    "untake": [
        (1.5, a(4), 2),
        (a(3), a(4), [0, 2, 2]),
        (a(3), a(4), [True, False, True]),
        (a(2, 2), a(2, 3), [1, 1], 1),
        (a(2), a(2, 3), -1, -1),
    ],
    "untake_along_axis": [
        (a(2, 1), a(2, 3), np.array([[0], [2]]), 1),
        (a(3), a(3), np.array([2, 2, 0]), 0),
    ],
    "of_nested": [([[1.5, 2.0], [0.5, 3.0]],), ([1.5, 2.0],), (a(2, 3),), (1.5,)],
    "undelete": [(a(3), a(4), 1), (a(2, 2), a(2, 3), -1, 1), (a(4), a(2, 3), [0, 2])],
    "uninsert": [
        (a(5), a(4), 1, 2.5),
        (a(6), a(4), [0, 2], a(2)),
        (a(2, 4), a(2, 3), 1, 0.5, 1),
        (a(3, 3), a(2, 3), 1, a(3), 0),
    ],
    "unselect": [
        (a(3), [a(3) > 0, a(3) > -1], [a(3), 1.5]),
        (a(2, 3), [a(2, 3) > 0, a(3) > 0], [a(2, 1), a(3)], a(3)),
    ],
    "unchoose": [
        (a(3), np.array([0, 1, 1]), [a(3), 1.5]),
        (a(2, 3), np.array([0, 1, 1]), [a(2, 1), a(3)]),
        (a(3), np.array([0, 1, 1]), a(2, 3)),
    ],
    "interp_slope": [(a(2, 3), KNOTS, a(4)), (0.3, KNOTS, a(4))],
    "interp_slope_values": [(a(2, 3), a(2, 3) + 0.1, KNOTS, a(4)), (1.5, 0.3, KNOTS, a(4))],
    "interp_values": [(a(2, 3), a(2, 3) + 0.1, KNOTS, a(4)), (1.5, 0.3, KNOTS, a(4))],
    "convolve_factor": [
        (np.convolve(a(m), a(n), mode) + 1, a(m), a(n), mode) for m, n, mode in CONVOLVED
    ],
    "correlate_left": [
        (np.correlate(a(m), a(n), mode) + 1, a(m), a(n), mode) for m, n, mode in CONVOLVED
    ],
    "correlate_right": [
        (np.correlate(a(m), a(n), mode) + 1, a(m), a(n), mode) for m, n, mode in CONVOLVED
    ],
    "unmeshgrid": [
        (np.meshgrid(a(2), a(3)), (a(2), a(3))),
        (np.meshgrid(a(2), a(3), indexing="ij"), (a(2), a(3)), "ij"),
    ],
}
FUNCTIONS = [HELPERS[name] for name in CASES]
WITHOUT_RULE = {"einsum_adjoint", "in_full"}  # only helpers call it


@pytest.mark.parametrize("name", CASES)
def test_rule(name):
    for args in CASES[name]:
        check_rule(HELPERS[name], *args)


@pytest.mark.parametrize("name", HELPERS)
def test_every_helper_has_a_rule(name):
    assert name in WITHOUT_RULE or lookup(HELPERS[name]) is not None


@pytest.mark.parametrize("name", HELPERS)
def test_stands_alone(name):
    """A helper reads its own names, np, math, builtins and other helpers."""
    text = inspect.getsource(HELPERS[name])
    (node,) = ast.parse(text).body
    assert isinstance(node, ast.FunctionDef)
    assert ast.get_docstring(node)
    names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    own = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own |= {argument.arg for argument in ast.walk(node) if isinstance(argument, ast.arg)}
    assert names - own - {"np", "math"} <= set(dir(builtins)) | HELPERS.keys()


def test_a_helper_applied_to_floats_returns_a_float():
    for value in (
        helpers.unbroadcast(1.5, 2.0),
        helpers.unreduce(1.5, 2.0),
        helpers.share_ties(1.5, 2.0, 2.0),
        helpers.pick_ties(1.5, 2.0, 2.0),
        helpers.split_like(1.5, 2.0),
        helpers.zeros_like(2.0),
        helpers.dot_left(1.5, 2.0, 3.0),
        helpers.dot_right(1.5, 2.0, 3.0),
        helpers.scatter(np.array([1.5]), 2.0),
        helpers.polygamma(0, 2.0),
    ):
        assert isinstance(value, float)


def test_zeros_of():
    assert helpers.zeros_of(2.0) == 0.0
    assert helpers.zeros_of(np.ones((2, 1), np.float32)).dtype == np.float32
    np.testing.assert_array_equal(helpers.zeros_of([1, 2.0]), np.zeros(2))
    zeros = helpers.zeros_of((a(2, 2), [1.0, 2.0], 3.0))
    assert zeros.dtype == object
    assert [np.shape(item) for item in zeros] == [(2, 2), (2,), ()]
    assert [np.sum(item) for item in zeros] == [0.0, 0.0, 0.0]


def test_zeros_like():
    structure = [1.5, (2, "text"), np.ones((2, 1), np.float32), None]
    zeros = helpers.zeros_like(structure)
    assert zeros[:2] == [0.0, [0.0, 0.0]]
    assert zeros[2].shape == (2, 1)
    assert zeros[2].dtype == np.float32
    assert zeros[3] == 0.0


def test_count():
    assert [helpers.count(np.ones((2, 3, 4)), axis) for axis in (None, 0, -1, (0, 2))] == [
        24,
        2,
        4,
        8,
    ]
    assert helpers.count(1.5) == 1
    assert helpers.count(np.ones((0, 3)), 0) == 0


def test_inverse_axes():
    assert helpers.inverse_axes(None) is None
    assert helpers.inverse_axes(()) is None
    assert helpers.inverse_axes((None,)) is None
    assert helpers.inverse_axes((2, 0, 1)) == [1, 2, 0]
    assert helpers.inverse_axes((-1, 0, 1)) == [1, 2, 0]
    assert helpers.inverse_axes(((1, 0),)) == [1, 0]


def test_only_the_last_of_several_writes_counts():
    x = np.zeros(3)
    x[[0, 1, 1]] = [4.0, 5.0, 6.0]
    assert x.tolist() == [4, 6, 0]
    assert helpers.last_written(np.array([1.0, 2.0, 3.0]), [0, 1, 1]).tolist() == [1, 0, 2]


def test_polygamma_of_a_float_is_a_float():
    assert math.isclose(helpers.polygamma(0, 100), math.log(100) - 1 / 200, rel_tol=1e-5)
