"""Eigenvalues of symmetric matrices, Cholesky's factor, and pseudoinverses.

NumPy reads the lower triangle of a symmetric matrix only, and so do the derivatives: what stands above the
diagonal has none, and what stands below has that of both of its places. The formulas are those of M. B. Giles
(2008), section 3.1, of I. Murray (2016), "Differentiation of the Cholesky decomposition", and of G. H. Golub and
V. Pereyra (1973), "The differentiation of pseudo-inverses and nonlinear least squares problems", for
matrices whose rank doesn't change. Eigenvectors of equal eigenvalues have no derivative: what depends on them is
infinite or nan, except where it depends on the space that they span alone.
"""

import numpy as np

from s2sgrad.registry import adjoint, tangent


@adjoint(np.linalg.eigvalsh)
def eigvalsh(d, a):
    y = np.linalg.eigvalsh(a)
    yield y
    v = np.linalg.eigh(a)[1]
    s = v * np.expand_dims(d.y, -2) @ np.swapaxes(v, -1, -2)
    d.a = np.tril(s) + np.tril(s, -1)


@tangent(np.linalg.eigvalsh)
def eigvalsh_tangent(d, a):
    y = np.linalg.eigvalsh(a)
    yield y
    v = np.linalg.eigh(a)[1]
    s = np.tril(d.a) + np.swapaxes(np.tril(d.a, -1), -1, -2)
    d.y = np.sum(v * (s @ v), axis=-2)


@adjoint(np.linalg.eigh)
def eigh(d, a):
    w, v = np.linalg.eigh(a)
    yield w, v
    n = np.shape(a)[-1]
    turn = np.swapaxes(v, -1, -2) @ d.v * (1 - np.eye(n, dtype=v.dtype))
    gaps = np.expand_dims(w, -2) - np.expand_dims(w, -1)
    turned = v @ np.where(turn == 0, 0, turn / (gaps + (turn == 0)))
    stretched = v * np.expand_dims(d.w, -2)
    both = stretched + turned
    m = both @ np.swapaxes(v, -1, -2)
    s = (m + np.swapaxes(m, -1, -2)) / 2
    d.a = np.tril(s) + np.tril(s, -1)


@tangent(np.linalg.eigh)
def eigh_tangent(d, a):
    w, v = np.linalg.eigh(a)
    yield w, v
    n = np.shape(a)[-1]
    s = np.tril(d.a) + np.swapaxes(np.tril(d.a, -1), -1, -2)
    d.w = np.sum(v * (s @ v), axis=-2)
    turn = np.swapaxes(v, -1, -2) @ s @ v * (1 - np.eye(n, dtype=v.dtype))
    gaps = np.expand_dims(w, -2) - np.expand_dims(w, -1)
    d.v = v @ np.where(turn == 0, 0, turn / (gaps + (turn == 0)))


@adjoint(np.linalg.cholesky)
def cholesky(d, a):
    y = np.linalg.cholesky(a)
    yield y
    g = np.swapaxes(y, -1, -2) @ d.y
    half = np.tril(g) - g * np.eye(np.shape(a)[-1], dtype=y.dtype) / 2
    inverse = np.linalg.inv(y)
    m = np.swapaxes(inverse, -1, -2) @ half @ inverse
    s = (m + np.swapaxes(m, -1, -2)) / 2
    d.a = np.tril(s) + np.tril(s, -1)


@tangent(np.linalg.cholesky)
def cholesky_tangent(d, a):
    y = np.linalg.cholesky(a)
    yield y
    s = np.tril(d.a) + np.swapaxes(np.tril(d.a, -1), -1, -2)
    inverse = np.linalg.inv(y)
    m = inverse @ s @ np.swapaxes(inverse, -1, -2)
    d.y = y @ (np.tril(m) - m * np.eye(np.shape(a)[-1], dtype=y.dtype) / 2)


@adjoint(np.linalg.pinv)
def pinv(d, a):
    y = np.linalg.pinv(a)
    yield y
    transposed = np.swapaxes(y, -1, -2)
    g = np.swapaxes(d.y, -1, -2)
    of_rows = (g - a @ (y @ g)) @ y @ transposed
    of_columns = transposed @ y @ (g - g @ y @ a)
    d.a = of_rows + of_columns - transposed @ d.y @ transposed


@tangent(np.linalg.pinv)
def pinv_tangent(d, a):
    y = np.linalg.pinv(a)
    yield y
    transposed = np.swapaxes(y, -1, -2)
    g = np.swapaxes(d.a, -1, -2)
    of_rows = y @ transposed @ (g - g @ a @ y)
    of_columns = (g - y @ (a @ g)) @ transposed @ y
    d.y = of_rows + of_columns - y @ d.a @ y
