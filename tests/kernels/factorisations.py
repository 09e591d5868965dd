"""Factorisations of dense matrices, by loops over columns with bounds that depend on outer indices."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def lu(N, A):
    for i in range(N):
        for j in range(i):
            A[i, j] -= A[i, :j] @ A[:j, j]
            A[i, j] /= A[j, j]
        for j in range(i, N):
            A[i, j] -= A[i, :i] @ A[:i, j]


def lu_outer(A):
    """Right-looking elimination with a rank-one update a step."""
    n = A.shape[0]
    L = np.eye(n)
    U = A.copy()
    for k in range(n - 1):
        L[k + 1 :, k] = U[k + 1 :, k] / U[k, k]
        U[k + 1 :, k:] -= np.outer(L[k + 1 :, k], U[k, k:])
    return L, U


def cholesky(A):
    A[0, 0] = np.sqrt(A[0, 0])
    for i in range(1, A.shape[0]):
        for j in range(i):
            A[i, j] -= np.dot(A[i, :j], A[j, :j])
            A[i, j] /= A[j, j]
        A[i, i] -= np.dot(A[i, :i], A[i, :i])
        A[i, i] = np.sqrt(A[i, i])


def cholesky_by_columns(A):
    """Left-looking, the lower triangle into a new matrix; returns it with the log-determinant."""
    n = len(A)
    L = np.zeros((n, n))
    logdet = 0.0
    for j in range(n):
        column = A[j:, j] - L[j:, :j] @ L[j, :j]
        L[j:, j] = column / np.sqrt(column[0])
        logdet += 2 * np.log(L[j, j])
    return L, logdet


def ldlt(A):
    n = A.shape[0]
    L = np.identity(n)
    d = np.empty(n)
    for j in range(n):
        d[j] = A[j, j] - np.sum(L[j, :j] ** 2 * d[:j])
        for i in range(j + 1, n):
            L[i, j] = (A[i, j] - np.sum(L[i, :j] * L[j, :j] * d[:j])) / d[j]
    return L, d


def gramschmidt(A, Q, R):
    """Modified Gram-Schmidt as in PolyBench: A is used up."""
    for k in range(A.shape[1]):
        nrm = np.dot(A[:, k], A[:, k])
        R[k, k] = np.sqrt(nrm)
        Q[:, k] = A[:, k] / R[k, k]
        for j in range(k + 1, A.shape[1]):
            R[k, j] = np.dot(Q[:, k], A[:, j])
            A[:, j] -= Q[:, k] * R[k, j]


def qr_classical(A: np.ndarray):
    """Classical Gram-Schmidt: all projections are taken from the original column."""
    m, n = A.shape
    Q = np.zeros((m, n))
    R = np.zeros((n, n))
    for j in range(n):
        v = A[:, j].copy()
        for i in range(j):
            R[i, j] = Q[:, i] @ A[:, j]
            v -= R[i, j] * Q[:, i]
        R[j, j] = np.linalg.norm(v)
        Q[:, j] = v / R[j, j]
    return Q, R


def qr_modified(A: np.ndarray):
    V = A.astype(float)
    n = A.shape[1]
    R = np.zeros((n, n))
    for i in range(n):
        R[i, i] = np.sqrt(np.sum(V[:, i] ** 2))
        V[:, i] /= R[i, i]
        R[i, i + 1 :] = V[:, i] @ V[:, i + 1 :]
        V[:, i + 1 :] -= np.outer(V[:, i], R[i, i + 1 :])
    return V, R


def givens(A):
    """Triangular form by plane rotations of pairs of rows, in place."""
    m, n = A.shape
    for j in range(n):
        for i in range(m - 1, j, -1):
            a, b = A[i - 1, j], A[i, j]
            r = np.hypot(a, b)
            c, s = a / r, -b / r
            top = c * A[i - 1, :] - s * A[i, :]
            A[i, :] = s * A[i - 1, :] + c * A[i, :]
            A[i - 1, :] = top
    return A


def householder(A, b):
    """Least squares by reflections of a matrix and a right-hand side."""
    R = A.copy()
    y = b.copy()
    m, n = R.shape
    for k in range(n):
        x = R[k:, k]
        v = x.copy()
        v[0] += np.sign(x[0]) * np.sqrt(x @ x)
        v /= np.sqrt(v @ v)
        R[k:, k:] -= 2 * np.outer(v, v @ R[k:, k:])
        y[k:] -= 2 * v * (v @ y[k:])
    x = np.zeros(n)
    for i in reversed(range(n)):
        x[i] = (y[i] - R[i, i + 1 : n] @ x[i + 1 : n]) / R[i, i]
    return x


def gauss_jordan(A):
    """The inverse, in place, without pivots."""
    n = len(A)
    for k in range(n):
        pivot = A[k, k]
        A[k, k] = 1.0
        A[k] /= pivot
        for i in range(n):
            if i != k:
                factor = A[i, k]
                A[i, k] = 0.0
                A[i] -= factor * A[k]


def determinant(A):
    """Elimination with row swaps by the largest pivot."""
    A = np.array(A)
    n = A.shape[0]
    det = 1.0
    for k in range(n):
        p = k + np.argmax(np.abs(A[k:, k]))
        if p != k:
            A[[k, p]] = A[[p, k]]
            det = -det
        det *= A[k, k]
        for i in range(k + 1, n):
            A[i, k:] -= A[i, k] / A[k, k] * A[k, k:]
    return det


def hessenberg(A):
    """Similarity to a matrix with one subdiagonal, by elimination."""
    H = A.copy()
    n = H.shape[0]
    for j in range(n - 2):
        for i in range(j + 2, n):
            m = H[i, j] / H[j + 1, j]
            H[i, :] -= m * H[j + 1, :]
            H[:, j + 1] += m * H[:, i]
    return H


def jacobi_eigenvalues(A, sweeps):
    """Cyclic rotations of a symmetric matrix towards a diagonal one."""
    A = A.copy()
    n = A.shape[0]
    for _ in range(sweeps):
        for p in range(n - 1):
            for q in range(p + 1, n):
                theta = 0.5 * np.arctan2(2 * A[p, q], A[q, q] - A[p, p])
                c, s = np.cos(theta), np.sin(theta)
                row_p, row_q = A[p].copy(), A[q].copy()
                A[p] = c * row_p - s * row_q
                A[q] = s * row_p + c * row_q
                col_p, col_q = A[:, p].copy(), A[:, q].copy()
                A[:, p] = c * col_p - s * col_q
                A[:, q] = s * col_p + c * col_q
    return np.diag(A)


rng = np.random.default_rng(102)
_M3 = rng.normal(size=(3, 3)) + 4 * np.eye(3)
_M5 = rng.normal(size=(5, 5)) + 6 * np.eye(5)
_G3 = rng.normal(size=(3, 3))
_G5 = rng.normal(size=(5, 5))
_S3 = _G3 @ _G3.T + np.eye(3)
_S5 = _G5 @ _G5.T + 2 * np.eye(5)
_T43 = rng.normal(size=(4, 3))
_T65 = rng.normal(size=(6, 5))
_T53 = rng.normal(size=(5, 3))
_b4, _b6 = rng.normal(size=4), rng.normal(size=6)
_Y3 = np.diag([1.0, 3.0, 6.0]) + 0.3 * (_G3 + _G3.T)
_Y4 = np.diag([1.0, 8.0, 4.0, -3.0]) + 0.2 * (_G5 + _G5.T)[:4, :4]

CASES = (
    Case(lu, ((3, _M3), (5, _M5)), mutated=("A",), of=("A",)),
    Case(lu_outer, ((_M3,), (_M5,)), scalar=False),
    Case(cholesky, ((_S3,), (_S5,)), mutated=("A",), of=("A",)),
    Case(cholesky_by_columns, ((_S3,), (_S5,)), scalar=False),
    Case(ldlt, ((_S3,), (_S5,)), scalar=False),
    Case(
        gramschmidt,
        ((_T43, np.zeros((4, 3)), np.zeros((3, 3))), (_T65, np.ones((6, 5)), np.ones((5, 5)))),
        mutated=("A", "Q", "R"),
        of=("Q", "R"),
    ),
    Case(qr_classical, ((_T43,), (_T65,)), scalar=False),
    Case(qr_modified, ((_T43,), (_T65,)), scalar=False),
    Case(givens, ((_T43,), (_T65,)), scalar=False, mutated=("A",)),
    Case(householder, ((_T43, _b4), (_T65, _b6)), scalar=False),
    Case(gauss_jordan, ((_M3,), (_M5,)), mutated=("A",), of=("A",)),
    Case(determinant, ((_G3,), (_G5,))),
    Case(hessenberg, ((_M3,), (_M5,)), scalar=False),
    Case(jacobi_eigenvalues, ((_Y3, 1), (_Y4, 3)), scalar=False),
)
