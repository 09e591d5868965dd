"""Solutions, inverses, determinants, norms and factorisations, also where matrices are degenerate."""

import numpy as np
import scipy.linalg

from tests.stated import Collection

case = Collection()

rng = np.random.default_rng(79)
_3 = np.array([0.5, -1.2, 2.0])
_22 = np.array([[2.0, 0.5], [-1.0, 1.5]])
_33 = rng.normal(size=(3, 3)) + 2 * np.eye(3)
_32 = rng.normal(size=(3, 2))
_422 = rng.normal(size=(4, 2, 2)) + 3 * np.eye(2)
_S = _33 @ _33.T
_RANK1 = np.array([[1.0, 2.0], [2.0, 4.0]])


def solution(A: np.ndarray, b: np.ndarray):
    return np.linalg.solve(A, b)


def _solution(w, A, b):
    x = np.linalg.solve(A, b)
    db = np.linalg.solve(A.T, w)
    return (-np.outer(db, x) if b.ndim == 1 else -db @ x.T), db


case(solution, _solution, (_33, _3), (_33, _32), (np.array([[2.0]]), np.array([3.0])))


def solution_of_many(A: np.ndarray, b: np.ndarray):
    return np.linalg.solve(A, b)


def _many(w, A, b):
    x = np.linalg.solve(A, b)
    db = np.linalg.solve(np.swapaxes(A, -1, -2), w)
    return -db @ np.swapaxes(x, -1, -2), db if b.ndim == 3 else db.sum(0)


case(solution_of_many, _many, (_422, rng.normal(size=(4, 2, 3))), (_422, rng.normal(size=(2, 1))))


def solution_of_a_nilpotent_change(x: float):
    A = np.array([[1.0, x], [0.0, 1.0]])
    return np.linalg.solve(A, np.array([1.0, x]))


case(solution_of_a_nilpotent_change, lambda w, x: w @ np.array([-2 * x, 1.0]), (0.0,), (1.5,))


def inverse(A: np.ndarray):
    return np.linalg.inv(A)


def _inverse(w, A):
    T = np.swapaxes(np.linalg.inv(A), -1, -2)
    return -T @ w @ T


case(inverse, _inverse, (_33,), (_422,), (np.eye(2),))


def inverse_times_itself(A: np.ndarray):
    """A constant: its derivative is 0, up to rounding."""
    return np.linalg.inv(A) @ A


case(inverse_times_itself, lambda w, A: np.zeros(A.shape), (_33,))


def determinant(A: np.ndarray):
    return np.linalg.det(A)


def _determinant(w, A):
    """Cofactors: no inverse is needed."""
    n = A.shape[-1]
    d = np.empty(A.shape)
    for i in range(n):
        for j in range(n):
            minor = np.delete(np.delete(A, i, -2), j, -1)
            d[..., i, j] = (-1) ** (i + j) * np.linalg.det(minor) * w
    return d


case(determinant, _determinant, (_33,), (_422,), (np.array([[3.0]]),))


def determinant_of_rank_one(A: np.ndarray):
    return np.linalg.det(A) * 2 + A[0, 0]


def _rank_one(w, A):
    d = 2 * _determinant(w, A)
    d[0, 0] += w
    return d


case(
    determinant_of_rank_one,
    _rank_one,
    (_RANK1,),
    (np.zeros((2, 2)),),
    (np.diag([2.0, 0.0, 3.0]),),
    (np.diag([2.0, 0.0, 0.0]),),
    tolerance=1e-8,
)


def logarithm_of_the_determinant(A: np.ndarray):
    sign, value = np.linalg.slogdet(A)
    return sign * value


case(
    logarithm_of_the_determinant,
    lambda w, A: w * np.linalg.slogdet(A)[0] * np.linalg.inv(A).T,
    (_33,),
    (-np.eye(3),),
)


def length(x: np.ndarray):
    return np.linalg.norm(x)


case(length, lambda w, x: w * x / np.sqrt(np.sum(x * x)), (_3,), (_33,))


def length_of_zeros(x: np.ndarray):
    return np.linalg.norm(x)


case(length_of_zeros, lambda w, x: np.full(2, np.nan), (np.zeros(2),), smooth=False)


def squared_length_at_zero(x: np.ndarray):
    return np.sum(x**2) + x @ x


case(squared_length_at_zero, lambda w, x: 4 * w * x, (np.zeros(2),), (_3,))


def lengths_of_rows(A: np.ndarray):
    return np.linalg.norm(A, axis=1, keepdims=True) * A


def _lengths(w, A):
    r = np.linalg.norm(A, axis=1, keepdims=True)
    return w * r + A / r * np.sum(w * A, 1, keepdims=True)


case(lengths_of_rows, _lengths, (_32,))


def length_of_order_one(x: np.ndarray):
    return np.linalg.norm(x, 1) + np.linalg.norm(x, np.inf) * 3 + np.linalg.norm(x, 2)


def _order_one(w, x):
    return w * (np.sign(x) + 3 * np.sign(x) * (np.abs(x) == np.abs(x).max()) + x / np.linalg.norm(x))


case(length_of_order_one, _order_one, (_3,))


def length_of_order_three(x: np.ndarray):
    return np.linalg.norm(x, ord=3)


case(
    length_of_order_three,
    lambda w, x: w * np.sign(x) * x * x / np.linalg.norm(x, 3) ** 2,
    (_3,),
)


def frobenius(A: np.ndarray):
    return np.linalg.norm(A, "fro") ** 2


case(frobenius, lambda w, A: 2 * w * A, (_33,))


def factor_of_cholesky(A: np.ndarray):
    return np.linalg.cholesky((A + A.T) / 2)


def _cholesky(w, A):
    L = np.linalg.cholesky((A + A.T) / 2)
    P = np.tril(L.T @ w)
    P[np.diag_indices(len(L))] /= 2
    inv = np.linalg.inv(L)
    S = inv.T @ P @ inv
    return (S + S.T) / 2


case(factor_of_cholesky, _cholesky, (_S,), (np.eye(2),), (np.array([[4.0]]),))


def eigenvalues_of_a_symmetric_matrix(A: np.ndarray):
    return np.linalg.eigvalsh((A + A.T) / 2)


def _eigenvalues(w, A):
    _, V = np.linalg.eigh((A + A.T) / 2)
    return V @ np.diag(w) @ V.T


case(eigenvalues_of_a_symmetric_matrix, _eigenvalues, (_S,), (_33,))


def sum_of_equal_eigenvalues(A: np.ndarray):
    """Symmetric functions of equal eigenvalues are smooth: here the trace of A @ A."""
    e = np.linalg.eigvalsh((A + A.T) / 2)
    return np.sum(e * e)


case(sum_of_equal_eigenvalues, lambda w, A: w * (A + A.T), (np.eye(3),), (np.diag([1.0, 1.0, 2.0]),), (_S,))


def projector_on_an_eigenvector(A: np.ndarray):
    e, V = np.linalg.eigh((A + A.T) / 2)
    v = V[:, -1]
    return np.outer(v, v) * e[-1]


def _projector(w, A):
    e, V = np.linalg.eigh((A + A.T) / 2)
    v = V[:, -1]
    de = v @ w @ v
    dv = e[-1] * (w + w.T) @ v
    d = de * np.outer(v, v)
    for k in range(len(e) - 1):
        d += (V[:, k] @ dv) / (e[-1] - e[k]) * np.outer(V[:, k], v)
    return (d + d.T) / 2


case(projector_on_an_eigenvector, _projector, (_S,))


def singular_values(A: np.ndarray):
    return np.linalg.svd(A, compute_uv=False)


def _singular(w, A):
    U, _, V = np.linalg.svd(A, full_matrices=False)
    return U @ np.diag(w) @ V


case(singular_values, _singular, (_32,), (_33,))


def low_rank_approximation(A: np.ndarray):
    U, s, V = np.linalg.svd(A, full_matrices=False)
    return s[0] * np.outer(U[:, 0], V[0])


def _low_rank(w, A):
    """By differences of the eigenvectors of A.T @ A, in closed form: the best approximation is A v v.T."""
    M = A.T @ A
    e, V = np.linalg.eigh(M)
    v = V[:, -1]
    d = np.outer(w @ v, v)
    dv = (A.T @ w + w.T @ A) @ v
    dM = np.zeros(M.shape)
    for k in range(len(e) - 1):
        dM += (V[:, k] @ dv) / (e[-1] - e[k]) * np.outer(V[:, k], v)
    return d + A @ (dM + dM.T)


case(low_rank_approximation, _low_rank, (_32,))


def pseudoinverse(A: np.ndarray, b: np.ndarray):
    return np.linalg.pinv(A) @ b


def _pseudoinverse(w, A, b):
    """Of full column rank: x = (A.T A)⁻¹ A.T b."""
    M = np.linalg.inv(A.T @ A)
    x = M @ A.T @ b
    r = b - A @ x
    u = M @ w
    return np.outer(r, u) - np.outer(A @ u, x), A @ u


case(pseudoinverse, _pseudoinverse, (_32, _3))


def least_squares(A: np.ndarray, b: np.ndarray):
    x, *_ = np.linalg.lstsq(A, b, rcond=None)
    return x


case(least_squares, _pseudoinverse, (_32, _3))


def triangular_from_qr(A: np.ndarray):
    R = np.linalg.qr(A, mode="r")
    return R.T @ R


case(triangular_from_qr, lambda w, A: A @ (w + w.T), (_32,), (_33,))


def orthonormal_from_qr(A: np.ndarray):
    Q, R = np.linalg.qr(A)
    return Q @ R * 2 + Q @ Q.T @ np.ones((3, 2))


def _orthonormal(w, A):
    """Q Q.T is A (A.T A)⁻¹ A.T."""
    G = w @ np.ones((2, 3))
    M = np.linalg.inv(A.T @ A)
    P = A @ M @ A.T
    S = G + G.T
    return 2 * w + (np.eye(3) - P) @ S @ A @ M


case(orthonormal_from_qr, _orthonormal, (_32,))


def integer_power_of_a_matrix(A: np.ndarray):
    return np.linalg.matrix_power(A, 3)


def _matrix_power(w, A):
    T = A.T
    return w @ T @ T + T @ w @ T + T @ T @ w


case(integer_power_of_a_matrix, _matrix_power, (_33,), (np.zeros((2, 2)),))


def chain_of_products(A: np.ndarray, B: np.ndarray, x: np.ndarray):
    return np.linalg.multi_dot([A, B, x])


def _chain(w, A, B, x):
    return np.outer(w, B @ x), np.outer(A.T @ w, x), B.T @ (A.T @ w)


case(chain_of_products, _chain, (_22, _32.T, _3))


def trace_of_a_product(A: np.ndarray, B: np.ndarray):
    return np.trace(A @ B) + np.trace(A)


case(trace_of_a_product, lambda w, A, B: (w * (B.T + np.eye(3)), w * A.T), (_33, _S))


def quadratic_form(A: np.ndarray, x: np.ndarray):
    return x @ A @ x / (x @ x)


def _quadratic(w, A, x):
    n, q = x @ x, x @ A @ x
    return w * np.outer(x, x) / n, w * ((A + A.T) @ x / n - 2 * q * x / n**2)


case(quadratic_form, _quadratic, (_33, _3))


def cross_product(a: np.ndarray, b: np.ndarray):
    return np.cross(a, b) * a


case(
    cross_product,
    lambda w, a, b: (np.cross(b, w * a) + w * np.cross(a, b), np.cross(w * a, a)),
    (_3, _33[0]),
    (_3, _3),
)


def elimination(A: np.ndarray, b: np.ndarray):
    """Gauss with pivots, in place, in copies."""
    A, b = A.copy(), b.copy()
    n = len(b)
    for k in range(n):
        p = k + np.argmax(np.abs(A[k:, k]))
        if p != k:
            A[[k, p]] = A[[p, k]]
            b[[k, p]] = b[[p, k]]
        for i in range(k + 1, n):
            f = A[i, k] / A[k, k]
            A[i, k:] -= f * A[k, k:]
            b[i] -= f * b[k]
    for k in range(n - 1, -1, -1):
        b[k] = (b[k] - A[k, k + 1 :] @ b[k + 1 :]) / A[k, k]
    return b


case(elimination, _solution, (_33, _3), (np.array([[0.0, 2.0], [1.0, 1.0]]), np.array([1.0, 3.0])), (_22[::-1].copy(), _3[:2]))


def largest_eigenvalue_by_iteration(A: np.ndarray):
    v = np.ones(3)
    for _ in range(200):
        v = A @ v
        v = v / np.linalg.norm(v)
    return v @ A @ v


def _iteration(w, A):
    """At the fixed point the vector's own change doesn't count: A is symmetric."""
    _, V = np.linalg.eigh(A)
    return w * np.outer(V[:, -1], V[:, -1])


case(largest_eigenvalue_by_iteration, _iteration, (_S,), smooth=False, tolerance=1e-6)


def singular_system_raises(A: np.ndarray, b: np.ndarray):
    return np.linalg.solve(A, b)


case(
    singular_system_raises,
    _solution,
    (_22, _3[:2]),
    fails=(((np.zeros((2, 2)), np.ones(2)), np.linalg.LinAlgError),),
)


def triangular_solution(L: np.ndarray, b: np.ndarray):
    return scipy.linalg.solve_triangular(L, b, lower=True)


def _triangular(w, L, b):
    T = np.tril(L)
    x = np.linalg.solve(T, b)
    db = np.linalg.solve(T.T, w)
    return -np.tril(np.outer(db, x)), db


case(triangular_solution, _triangular, (_33, _3))


def kronecker(A: np.ndarray, B: np.ndarray):
    return np.kron(A, B)


def _kronecker(w, A, B):
    (m, n), (p, q) = A.shape, B.shape
    W = w.reshape(m, p, n, q)
    return np.einsum("ipjq,pq->ij", W, B), np.einsum("ipjq,ij->pq", W, A)


case(kronecker, _kronecker, (_22, _32))

CASES = tuple(case.all)
