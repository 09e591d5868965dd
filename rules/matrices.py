"""Norms, determinants, inverses, solutions of linear systems, and Kronecker products.

The formulas of inverses, determinants and solutions are those of M. B. Giles (2008), "An extended
collection of matrix derivative results for forward and reverse mode algorithmic differentiation",
section 2.2 and 2.3. Matrices are invertible; `slogdet` of others has no derivative. That of
a determinant is its cofactors, which need no inverse.
"""

import numpy as np

from s2sgrad.registry import adjoint, bilinear, linear, tangent, view
from s2sgrad.rules.helpers import (
    cofactors,
    kron_left,
    kron_right,
    on_matrices,
    slope_of,
    solve_apply,
    solve_left,
    solve_right,
    unbroadcast,
    unreduce,
    with_slope,
)


@adjoint(np.linalg.norm)
def norm(d, x, *, axis=None, keepdims=False):
    """The Euclidean or Frobenius norm; nan at 0, as elsewhere (autograd, JAX)."""
    y = np.linalg.norm(x, axis=axis, keepdims=keepdims)
    yield y
    d.x = unreduce(d.y / y, x, axis, keepdims) * x


@tangent(np.linalg.norm)
def norm_tangent(d, x, *, axis=None, keepdims=False):
    y = np.linalg.norm(x, axis=axis, keepdims=keepdims)
    yield y
    d.y = np.sum(x * d.x, axis=axis, keepdims=keepdims) / y


@adjoint(np.linalg.inv)
def inv(d, a):
    y = np.linalg.inv(a)
    yield y
    transposed = np.swapaxes(y, -1, -2)
    d.a = -(transposed @ d.y @ transposed)


@tangent(np.linalg.inv)
def inv_tangent(d, a):
    y = np.linalg.inv(a)
    yield y
    d.y = -(y @ d.a @ y)


@adjoint(np.linalg.det)
def det(d, a):
    y = np.linalg.det(a)
    yield y
    d.a = on_matrices(d.y, a) * cofactors(a)


@tangent(np.linalg.det)
def det_tangent(d, a):
    y = np.linalg.det(a)
    yield y
    d.y = np.sum(cofactors(a) * d.a, axis=(-2, -1))


@adjoint(np.linalg.slogdet)
def slogdet(d, a):
    sign, logabsdet = np.linalg.slogdet(a)
    yield sign, logabsdet
    d.a = on_matrices(d.logabsdet, a) * np.swapaxes(np.linalg.inv(a), -1, -2)


@tangent(np.linalg.slogdet)
def slogdet_tangent(d, a):
    sign, logabsdet = np.linalg.slogdet(a)
    yield sign, logabsdet
    d.sign = np.zeros_like(sign)
    d.logabsdet = np.trace(np.linalg.solve(a, d.a), 0, -2, -1)


@adjoint(np.linalg.solve)
def solve(d, a, b):
    y = np.linalg.solve(a, b)
    yield y
    d_right = solve_right(d.y, a, b)
    d.b = unbroadcast(d_right, b)
    d.a = solve_left(d_right, a, b, y)


@tangent(np.linalg.solve)
def solve_tangent(d, a, b):
    y = np.linalg.solve(a, b)
    yield y
    d.y = solve_right(d.b - solve_apply(d.a, y, b), np.swapaxes(a, -1, -2), b)


@bilinear(np.kron)
def kron(d, a, b):
    y = np.kron(a, b)
    yield y
    d.a = kron_left(d.y, a, b)
    d.b = kron_right(d.y, a, b)


@adjoint(np.linalg.matrix_power, shares=True)
def matrix_power(d, a, n):
    y = np.linalg.matrix_power(a, n)
    yield y
    d.a = slope_of(np.linalg.matrix_power(with_slope(np.swapaxes(a, -1, -2), d.y), n))


@tangent(np.linalg.matrix_power)
def matrix_power_tangent(d, a, n):
    y = np.linalg.matrix_power(a, n)
    yield y
    d.y = slope_of(np.linalg.matrix_power(with_slope(a, d.a), n))


# ---- the helpers ----


@bilinear(kron_left)
def kron_left_(d, g, a, b):
    y = kron_left(g, a, b)
    yield y
    d.g = np.kron(d.y, b)
    d.b = kron_right(g, d.y, b)


@bilinear(kron_right)
def kron_right_(d, g, a, b):
    y = kron_right(g, a, b)
    yield y
    d.g = np.kron(a, d.y)
    d.a = kron_left(g, a, d.y)


@adjoint(cofactors)
def cofactors_(d, a):
    """Of regular matrices: a second derivative of a determinant needs the inverse."""
    y = cofactors(a)
    yield y
    inverse = np.linalg.inv(a)
    along = np.expand_dims(np.sum(d.y * y, axis=(-2, -1)), (-2, -1))
    d.a = np.swapaxes(along * inverse - np.swapaxes(y, -1, -2) @ d.y @ inverse, -1, -2)


@tangent(cofactors)
def cofactors_tangent(d, a):
    y = cofactors(a)
    yield y
    inverse = np.linalg.inv(a)
    trace = np.expand_dims(np.trace(inverse @ d.a, 0, -2, -1), (-2, -1))
    d.y = trace * y - np.swapaxes(inverse @ d.a @ np.swapaxes(y, -1, -2), -1, -2)


@view(on_matrices)
def on_matrices_(d, g, a):
    y = on_matrices(g, a)
    yield y
    d.g = np.reshape(d.y, np.shape(g))[()]


@adjoint(solve_right)
def solve_right_(d, g, a, b):
    y = solve_right(g, a, b)
    yield y
    d.g = solve_right(d.y, np.swapaxes(a, -1, -2), b)
    d.a = solve_left(y, a, b, d.g)


@tangent(solve_right)
def solve_right_tangent(d, g, a, b):
    y = solve_right(g, a, b)
    yield y
    d.y = solve_right(d.g - solve_apply(np.swapaxes(d.a, -1, -2), y, b), a, b)


@bilinear(solve_left)
def solve_left_(d, g, a, b, y):
    z = solve_left(g, a, b, y)
    yield z
    d.g = -solve_apply(d.z, y, b)
    d.y = -solve_apply(np.swapaxes(d.z, -1, -2), g, b)


@bilinear(solve_apply)
def solve_apply_(d, a, y, b):
    z = solve_apply(a, y, b)
    yield z
    d.a = -solve_left(d.z, a, b, y)
    d.y = solve_apply(np.swapaxes(a, -1, -2), d.z, b)


@linear(with_slope)
def with_slope_(d, a, t):
    y = with_slope(a, t)
    yield y
    half = np.shape(y)[-1] // 2
    d.a = d.y[..., :half, :half] + d.y[..., half:, half:]
    d.t = slope_of(d.y)


@view(slope_of)
def slope_of_(d, y):
    z = slope_of(y)
    yield z
    d.y = with_slope(np.zeros_like(d.z), d.z)
