"""dot, matmul and @ in all combinations of axes, outer products, transposes."""

import numpy as np
from numpy.typing import NDArray

from tests.zoo.case import Case


def inner_product(x: np.ndarray, y: np.ndarray) -> float:
    return np.dot(x, y)


def squared_length(x: np.ndarray):
    return x @ x


def cosine_similarity(x: np.ndarray, y: np.ndarray):
    return x.dot(y) / np.sqrt(x.dot(x) * y.dot(y))


def matrix_times_vector(a: np.ndarray, x: np.ndarray):
    return np.dot(a, x) + a @ x


def vector_times_matrix(x: np.ndarray, a: np.ndarray):
    return x @ a * 2 + x.dot(a)


def quadratic_form(x: np.ndarray, a: np.ndarray):
    return x @ a @ x


def matrix_product(a: NDArray[np.float64], b: NDArray[np.float64]):
    return a @ b


def product_chain(a: np.ndarray, b: np.ndarray, x: np.ndarray):
    return np.dot(np.dot(a, b), x) - a.dot(b.dot(x)) * 0.5


def gram_matrix(a: np.ndarray):
    return a.T @ a


def batched_product(a: np.ndarray, b: np.ndarray):
    return np.matmul(a, b)


def batched_times_vector(a: np.ndarray, x: np.ndarray):
    return np.tanh(a @ x)


def batched_broadcast(a: np.ndarray, b: np.ndarray):
    """A stack of matrices by one matrix, and by a stack of one."""
    return a @ b + a @ b[np.newaxis]


def dot_with_scalar(x: np.ndarray, s: float):
    return np.dot(x, s) + np.dot(s, x) * x


def dot_unknown(a, b):
    return np.dot(a, b)


def outer_product(x: np.ndarray, y: np.ndarray):
    return np.outer(x, y) + np.outer(np.sin(x), x[0] * y)


def rank_one_update(a: np.ndarray, x: np.ndarray, y: np.ndarray):
    return a - np.outer(a @ x, y @ a) / (1 + y @ a @ x)


def least_squares(a: np.ndarray, x: np.ndarray, b: np.ndarray):
    r = a @ x - b
    return 0.5 * r @ r


def ridge_loss(w: np.ndarray, features: np.ndarray, target: np.ndarray, strength: float):
    prediction = np.dot(features, w)
    return np.mean((prediction - target) ** 2) + strength * np.dot(w, w)


def power_iteration(a: np.ndarray, n: int):
    v = np.ones(len(a))
    for _ in range(n):
        w = a @ v
        v = w / np.sqrt(w @ w)
    return v @ a @ v


def matrix_power(a: np.ndarray, n: int):
    result = a
    for _ in range(1, n):
        result = result @ a
    return result


def gradient_descent(a: np.ndarray, b: np.ndarray, rate: float, steps: int):
    x = np.zeros(a.shape[1])
    for _ in range(steps):
        x = x - rate * (a.T @ (a @ x - b))
    return x


def symmetric_part(a: np.ndarray):
    s = (a + a.T) / 2
    return np.sum(s * s) - np.sum(np.dot(s, s))


def trace_of_product(a: np.ndarray, b: np.ndarray):
    total = 0.0
    for i in range(a.shape[0]):
        total += a[i, :] @ b[:, i]
    return total


def determinant_two(a: np.ndarray):
    return a[0, 0] * a[1, 1] - a[0, 1] * a[1, 0]


def matrix_function(a: np.ndarray, terms: int):
    """exp(a) by its series."""
    total = np.zeros(a.shape)
    for i in range(len(a)):
        total[i, i] = 1.0
    term = total
    for k in range(1, terms):
        term = term @ a / k
        total = total + term
    return total


rng = np.random.default_rng(16)
_1 = rng.uniform(0.2, 0.9, 1)
_2 = rng.normal(size=2)
_3 = rng.normal(size=3)
_U3 = rng.normal(size=3)
_4 = rng.normal(size=4)
_23 = rng.normal(size=(2, 3))
_34 = rng.normal(size=(3, 4))
_33 = rng.normal(size=(3, 3))
_P33 = _33 @ _33.T / 3 + np.eye(3)
_11 = rng.uniform(0.2, 0.9, (1, 1))
_31 = rng.normal(size=(3, 1))
_523 = rng.normal(size=(5, 2, 3))
_534 = rng.normal(size=(5, 3, 4))
_134 = rng.normal(size=(1, 3, 4))
_0 = np.zeros(0)
_03 = np.zeros((0, 3))
_30 = np.zeros((3, 0))

CASES = (
    Case(inner_product, ((_3, _U3), (_1, _1 + 1), (_0, _0))),
    Case(squared_length, ((_3,), (_1,), (_0,))),
    Case(cosine_similarity, ((_3, _U3), (_4, _4**2))),
    Case(matrix_times_vector, ((_23, _3), (_31, _1), (_03, _3), (_30, _0)), scalar=False),
    Case(vector_times_matrix, ((_2, _23), (_3, _31), (_3, _30), (_0, _03)), scalar=False),
    Case(quadratic_form, ((_3, _33), (_1, _11))),
    Case(
        matrix_product, ((_23, _34), (_31, _31.T), (_23, _31), (_03, _34), (_30, _03)), scalar=False
    ),
    Case(product_chain, ((_23, _34, _4), (_23, _31, _1)), scalar=False),
    Case(gram_matrix, ((_23,), (_31,), (_03,)), scalar=False),
    Case(batched_product, ((_523, _534), (_523, _34), (_523, _134), (_23, _534)), scalar=False),
    Case(batched_times_vector, ((_523, _3), (_23, _3), (_3, _U3 / 9)), scalar=False),
    Case(batched_broadcast, ((_523, _34), (_523[:1], _31), (_523[:0], _34)), scalar=False),
    Case(dot_with_scalar, ((_3, 0.7), (_1, 0.7), (_0, 0.7)), scalar=False),
    Case(
        dot_unknown,
        ((_3, _U3), (_23, _3), (_2, _23), (_23, _34), (0.7, _3), (0.7, 1.2)),
        scalar=False,
    ),
    Case(outer_product, ((_3, _4), (_1, _4), (_3, _0)), scalar=False),
    Case(rank_one_update, ((_33, _3, _U3), (_11, _1, _1)), scalar=False),
    Case(least_squares, ((_34, _4, _3), (_31, _1, _3))),
    Case(ridge_loss, ((_3, _23, _2, 0.4), (_1, _31, _3, 0.1))),
    Case(power_iteration, ((_P33, 0), (_P33, 1), (_P33, 6), (_11, 2))),
    Case(matrix_power, ((_33, 1), (_33, 2), (_33, 4), (_11, 3)), scalar=False),
    Case(
        gradient_descent,
        ((_34, _3, 0.02, 0), (_34, _3, 0.02, 1), (_34[:, :3], _3, 0.05, 6)),
        scalar=False,
    ),
    Case(symmetric_part, ((_33,), (_11,))),
    Case(trace_of_product, ((_23, _34[:, :2]), (_31, _31.T), (_03, _30))),
    Case(determinant_two, ((_33[:2, :2],), (_33,))),
    Case(matrix_function, ((_33 / 2, 1), (_33 / 2, 2), (_33 / 2, 7), (_11, 4)), scalar=False),
)
