"""Helpers for solutions of linear systems and for Kronecker products. See `helpers`."""

import numpy as np

from s2sgrad.rules.helpers_reductions import unbroadcast


def solve_right(d, a, b):
    """The derivative in what np.linalg.solve(a, b) takes as b, for d of the shape of that."""
    if np.ndim(b) == 1:
        d = np.expand_dims(d, -1)
    y = np.linalg.solve(np.swapaxes(a, -1, -2), d)
    return y[..., 0] if np.ndim(b) == 1 else y


def solve_left(d, a, b, y):
    """The derivative in a of y = np.linalg.solve(a, b), for the derivative d in b."""
    if np.ndim(b) == 1:
        d, y = np.expand_dims(d, -1), np.expand_dims(y, -1)
    return unbroadcast(-np.matmul(d, np.swapaxes(y, -1, -2)), a)


def solve_apply(a, y, b):
    """What np.linalg.solve(a, b) has to be multiplied with to give b: a @ y."""
    if np.ndim(b) == 1:
        return np.matmul(a, np.expand_dims(y, -1))[..., 0]
    return np.matmul(a, y)


def on_matrices(d, a):
    """One number for each of the matrices a, so that it multiplies all of them."""
    return np.expand_dims(d, (-2, -1)) if np.ndim(a) > 2 else d


def cofactors(a):
    """The cofactors of matrices, det(a) times the transpose of the inverse; also of singular ones."""
    u, s, v = np.linalg.svd(a)
    others = [np.prod(np.delete(s, k, -1), axis=-1) for k in range(np.shape(s)[-1])]
    sign = on_matrices(np.linalg.det(u) * np.linalg.det(v), a)
    return sign * (u * np.expand_dims(np.stack(others, -1), -2)) @ v


def kron_left(d, a, b):
    """The derivative in a of np.kron(a, b), for d of the shape of that."""
    n = max(np.ndim(a), np.ndim(b))
    of_a = (1,) * (n - np.ndim(a)) + np.shape(a)
    of_b = (1,) * (n - np.ndim(b)) + np.shape(b)
    blocks = np.reshape(d, [k for pair in zip(of_a, of_b) for k in pair])
    inside = np.reshape(b, [k for size in of_b for k in (1, size)])
    return np.reshape(np.sum(blocks * inside, axis=tuple(range(1, 2 * n, 2))), np.shape(a))


def kron_right(d, a, b):
    """The derivative in b of np.kron(a, b), for d of the shape of that."""
    n = max(np.ndim(a), np.ndim(b))
    of_a = (1,) * (n - np.ndim(a)) + np.shape(a)
    of_b = (1,) * (n - np.ndim(b)) + np.shape(b)
    blocks = np.reshape(d, [k for pair in zip(of_a, of_b) for k in pair])
    outside = np.reshape(a, [k for size in of_a for k in (size, 1)])
    return np.reshape(np.sum(blocks * outside, axis=tuple(range(0, 2 * n, 2))), np.shape(b))


def with_slope(a, t):
    """The matrix [[a, t], [0, a]]: its powers hold those of a, and how they move where a moves by t."""
    upper = np.concatenate([a, t], -1)
    return np.concatenate([upper, np.concatenate([np.zeros_like(a), a], -1)], -2)


def slope_of(y):
    """The block of a power of with_slope(a, t) that says how that of a moves."""
    half = np.shape(y)[-1] // 2
    return y[..., :half, half:]
