"""Products of matrices and vectors that update what they are given, as in the BLAS."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def gemm(alpha, beta, C, A, B):
    C[:] = alpha * A @ B + beta * C


def gemm_loops(alpha, beta, C, A, B):
    for i in range(C.shape[0]):
        C[i, :] *= beta
        for k in range(A.shape[1]):
            C[i, :] += alpha * A[i, k] * B[k, :]


def syrk(alpha, beta, C, A):
    for i in range(A.shape[0]):
        C[i, : i + 1] *= beta
        for k in range(A.shape[1]):
            C[i, : i + 1] += alpha * A[i, k] * A[: i + 1, k]


def syr2k(alpha, beta, C, A, B):
    for i in range(A.shape[0]):
        C[i, : i + 1] *= beta
        for k in range(A.shape[1]):
            C[i, : i + 1] += A[: i + 1, k] * alpha * B[i, k] + B[: i + 1, k] * alpha * A[i, k]


def symm(alpha, beta, C, A, B):
    temp2 = np.empty((C.shape[1],), dtype=C.dtype)
    C *= beta
    for i in range(C.shape[0]):
        for j in range(C.shape[1]):
            C[:i, j] += alpha * B[i, j] * A[i, :i]
            temp2[j] = B[:i, j] @ A[i, :i]
        C[i, :] += alpha * B[i, :] * A[i, i] + alpha * temp2


def trmm(alpha, A, B):
    for i in range(B.shape[0]):
        for j in range(B.shape[1]):
            B[i, j] += np.dot(A[i + 1 :, i], B[i + 1 :, j])
    B *= alpha


def gemver(alpha, beta, A, u1, v1, u2, v2, w, x, y, z):
    A += np.outer(u1, v1) + np.outer(u2, v2)
    x += beta * y @ A + z
    w += alpha * A @ x


def gesummv(alpha, beta, A, B, x):
    return alpha * A @ x + beta * B @ x


def gesummv_loops(alpha, beta, A, B, tmp, x, y):
    n = len(x)
    for i in range(n):
        tmp[i] = 0.0
        y[i] = 0.0
        for j in range(n):
            tmp[i] = A[i, j] * x[j] + tmp[i]
            y[i] = B[i, j] * x[j] + y[i]
        y[i] = alpha * tmp[i] + beta * y[i]


def atax(A, x):
    return (A @ x) @ A


def atax_loops(A, x):
    m, n = A.shape
    y = np.zeros(n)
    tmp = np.empty(m)
    for i in range(m):
        tmp[i] = 0.0
        for j in range(n):
            tmp[i] += A[i, j] * x[j]
        for j in range(n):
            y[j] += A[i, j] * tmp[i]
    return y


def bicg(A, p, r):
    n, m = A.shape
    s = np.zeros(m)
    q = np.zeros(n)
    for i in range(n):
        s += r[i] * A[i]
        q[i] += A[i] @ p
    return s, q


def mvt(x1, x2, y_1, y_2, A):
    x1 += A @ y_1
    x2 += y_2 @ A


def two_mm(alpha, beta, A, B, C, D):
    D[:] = alpha * A @ B @ C + beta * D


def three_mm(A, B, C, D, E, F, G):
    """E := A B, F := C D, G := E F."""
    np.matmul(A, B, out=E)
    np.matmul(C, D, out=F)
    np.matmul(E, F, out=G)


def doitgen(A, C4):
    for r in range(A.shape[0]):
        for q in range(A.shape[1]):
            tmp = A[r, q, :] @ C4
            A[r, q, :] = tmp


def doitgen_reshaped(NR, NQ, NP, A, C4):
    A[:] = np.reshape(np.reshape(A, (NR, NQ, 1, NP)) @ C4, (NR, NQ, NP))


def matrix_power_in_place(A, power):
    """Repeated squaring with two buffers that are overwritten."""
    base = A.copy()
    result = np.eye(len(A))
    scratch = np.empty_like(A)
    while power > 0:
        if power % 2 == 1:
            np.dot(result, base, out=scratch)
            result[:] = scratch
        np.dot(base, base, out=scratch)
        base, scratch = scratch, base
        power //= 2
    return result


def batched_matmul(Q, K, heads):
    """Scores of attention heads by reshaping and swapping axes."""
    n, d = Q.shape
    q = Q.reshape(n, heads, d // heads).swapaxes(0, 1)
    k = K.reshape(n, heads, d // heads).swapaxes(0, 1)
    scores = q @ np.transpose(k, (0, 2, 1))
    scores /= np.sqrt(d // heads)
    for h in range(heads):
        scores[h] -= np.mean(scores[h])
        scores[h] *= h + 1
    return scores.reshape(heads * n, n)


def blocked_matmul(A, B, block):
    n, m = A.shape[0], B.shape[1]
    C = np.zeros((n, m))
    for i in range(0, n, block):
        for j in range(0, m, block):
            tile = C[i : i + block, j : j + block]
            for k in range(0, A.shape[1], block):
                tile += A[i : i + block, k : k + block] @ B[k : k + block, j : j + block]
            tile *= tile
    return C


def symmetric_outer(x, A):
    """A symmetric matrix filled by chained targets, then a rank-one update."""
    n = len(x)
    S = np.empty((n, n))
    for i in range(n):
        S[i, i] = A[i, i]
        for j in range(i):
            S[i, j] = S[j, i] = A[i, j] * A[j, i]
    S += np.outer(x, x)
    return S @ x


rng = np.random.default_rng(104)


def _n(*shape):
    return rng.normal(size=shape)


CASES = (
    Case(
        gemm,
        ((1.5, 1.2, _n(2, 3), _n(2, 4), _n(4, 3)), (0.7, -0.4, _n(4, 5), _n(4, 3), _n(3, 5))),
        mutated=("C",),
        of=("C",),
    ),
    Case(
        gemm_loops,
        ((1.5, 1.2, _n(2, 3), _n(2, 4), _n(4, 3)), (0.7, -0.4, _n(4, 5), _n(4, 3), _n(3, 5))),
        mutated=("C",),
        of=("C",),
    ),
    Case(
        syrk,
        ((1.5, 1.2, _n(3, 3), _n(3, 2)), (0.7, -0.4, _n(5, 5), _n(5, 4))),
        mutated=("C",),
        of=("C",),
    ),
    Case(
        syr2k,
        ((1.5, 1.2, _n(3, 3), _n(3, 2), _n(3, 2)), (0.7, -0.4, _n(5, 5), _n(5, 4), _n(5, 4))),
        mutated=("C",),
        of=("C",),
    ),
    Case(
        symm,
        ((1.5, 1.2, _n(3, 2), _n(3, 3), _n(3, 2)), (0.7, -0.4, _n(4, 5), _n(4, 4), _n(4, 5))),
        mutated=("C",),
        of=("C",),
    ),
    Case(
        trmm, ((1.5, _n(3, 3), _n(3, 2)), (0.7, _n(5, 5), _n(5, 4))), mutated=("B",), of=("B",)
    ),
    Case(
        gemver,
        tuple(
            (a, b, _n(n, n), *(_n(n) for _ in range(8)))
            for a, b, n in ((1.5, 1.2, 3), (0.7, -0.4, 5))
        ),
        mutated=("A", "w", "x"),
        of=("A", "w", "x"),
    ),
    Case(
        gesummv,
        ((1.5, 1.2, _n(3, 3), _n(3, 3), _n(3)), (0.7, -0.4, _n(5, 5), _n(5, 5), _n(5))),
        scalar=False,
    ),
    Case(
        gesummv_loops,
        tuple(
            (a, b, _n(n, n), _n(n, n), _n(n), _n(n), _n(n))
            for a, b, n in ((1.5, 1.2, 3), (0.7, -0.4, 5))
        ),
        mutated=("tmp", "y"),
        of=("y",),
    ),
    Case(atax, ((_n(2, 3), _n(3)), (_n(5, 4), _n(4))), scalar=False),
    Case(atax_loops, ((_n(2, 3), _n(3)), (_n(5, 4), _n(4))), scalar=False),
    Case(bicg, ((_n(2, 3), _n(3), _n(2)), (_n(5, 4), _n(4), _n(5))), scalar=False),
    Case(
        mvt,
        ((_n(3), _n(3), _n(3), _n(3), _n(3, 3)), (_n(5), _n(5), _n(5), _n(5), _n(5, 5))),
        mutated=("x1", "x2"),
        of=("x1", "x2"),
    ),
    Case(
        two_mm,
        (
            (1.5, 1.2, _n(2, 3), _n(3, 2), _n(2, 3), _n(2, 3)),
            (0.7, -0.4, _n(3, 5), _n(5, 4), _n(4, 2), _n(3, 2)),
        ),
        mutated=("D",),
        of=("D",),
    ),
    Case(
        three_mm,
        (
            (_n(2, 3), _n(3, 2), _n(2, 3), _n(3, 2), _n(2, 2), _n(2, 2), _n(2, 2)),
            (_n(3, 2), _n(2, 4), _n(4, 3), _n(3, 5), _n(3, 4), _n(4, 5), _n(3, 5)),
        ),
        mutated=("E", "F", "G"),
        of=("E", "G"),
    ),
    Case(doitgen, ((_n(2, 2, 3), _n(3, 3)), (_n(3, 4, 2), _n(2, 2))), mutated=("A",), of=("A",)),
    Case(
        doitgen_reshaped,
        ((2, 2, 3, _n(2, 2, 3), _n(3, 3)), (3, 4, 2, _n(3, 4, 2), _n(2, 2))),
        mutated=("A",),
        of=("A",),
    ),
    Case(matrix_power_in_place, ((_n(3, 3), 2), (0.5 * _n(4, 4), 7)), scalar=False),
    Case(batched_matmul, ((_n(3, 4), _n(3, 4), 2), (_n(4, 6), _n(4, 6), 3)), scalar=False),
    Case(blocked_matmul, ((_n(3, 2), _n(2, 4), 2), (_n(5, 4), _n(4, 5), 3)), scalar=False),
    Case(symmetric_outer, ((_n(3), _n(3, 3)), (_n(5), _n(5, 5))), scalar=False),
)
