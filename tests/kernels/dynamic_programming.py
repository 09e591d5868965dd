"""Tables filled in order: shortest paths, alignments, values of states."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def floyd_warshall(path):
    for k in range(path.shape[0]):
        path[:] = np.minimum(path[:], np.add.outer(path[:, k], path[k, :]))


def floyd_warshall_rows(path):
    n = path.shape[0]
    for k in range(n):
        for i in range(n):
            path[i, :] = np.minimum(path[i, :], path[i, k] + path[k, :])


def nussinov(pairing):
    """The best score of nested pairs: the table is filled from the end, triangle by triangle."""
    n = pairing.shape[0]
    table = np.zeros((n, n))
    for i in range(n - 1, -1, -1):
        for j in range(i + 1, n):
            if j - 1 >= 0:
                table[i, j] = max(table[i, j], table[i, j - 1])
            if i + 1 < n:
                table[i, j] = max(table[i, j], table[i + 1, j])
            if i < j - 1:
                table[i, j] = max(table[i, j], table[i + 1, j - 1] + pairing[i, j])
            for k in range(i + 1, j):
                table[i, j] = max(table[i, j], table[i, k] + table[k + 1, j])
    return table


def time_warping(x, y):
    """Dynamic time warping of two signals with squared distances."""
    n, m = len(x), len(y)
    D = np.full((n + 1, m + 1), np.inf)
    D[0, 0] = 0.0
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            cost = (x[i - 1] - y[j - 1]) ** 2
            D[i, j] = cost + min(D[i - 1, j], D[i, j - 1], D[i - 1, j - 1])
    return D[n, m]


def soft_alignment(scores, gap):
    """Needleman-Wunsch with a smooth maximum."""
    n, m = scores.shape
    M = np.zeros((n + 1, m + 1))
    M[1:, 0] = -gap * np.arange(1, n + 1)
    M[0, 1:] = -gap * np.arange(1, m + 1)
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            M[i, j] = np.logaddexp(
                M[i - 1, j - 1] + scores[i - 1, j - 1],
                np.logaddexp(M[i - 1, j], M[i, j - 1]) - gap,
            )
    return M[-1, -1]


def viterbi(start, transition, emission):
    """The best score of a path, two columns swapped."""
    old = start + emission[0]
    new = np.empty_like(old)
    for t in range(1, emission.shape[0]):
        for j in range(len(old)):
            new[j] = np.max(old + transition[:, j]) + emission[t, j]
        old, new = new, old
    return np.max(old)


def value_iteration(reward, transition, discount, tolerance):
    """Sweeps of the soft Bellman equation until the values settle."""
    n = reward.shape[0]
    V = np.zeros(n)
    change = 1.0
    while change > tolerance:
        old = V.copy()
        for s in range(n):
            q = reward[s] + discount * transition[:, s] @ V
            V[s] = np.log(np.sum(np.exp(q)))
        change = np.max(np.abs(V - old))
    return V


def knapsack(values, sizes, capacity):
    """The best value for each capacity, items one by one, from the largest capacity down."""
    best = np.zeros(capacity + 1)
    for value, size in zip(values, sizes):
        for c in range(capacity, size - 1, -1):
            best[c] = max(best[c], best[c - size] + value)
    return best


def matrix_chain(dims):
    n = len(dims) - 1
    cost = np.zeros((n, n))
    for length in range(2, n + 1):
        for i in range(n - length + 1):
            j = i + length - 1
            cost[i, j] = np.inf
            for k in range(i, j):
                c = cost[i, k] + cost[k + 1, j] + dims[i] * dims[k + 1] * dims[j + 1]
                if c < cost[i, j]:
                    cost[i, j] = c
    return cost[0, n - 1]


def binomial_option(S, K, r, sigma, T, n):
    """American put on a tree, the values of one level overwritten by those of the one before."""
    dt = T / n
    up = np.exp(sigma * np.sqrt(dt))
    p = (np.exp(r * dt) - 1 / up) / (up - 1 / up)
    values = np.empty(n + 1)
    for i in range(n + 1):
        values[i] = max(K - S * up ** (2 * i - n), 0.0)
    for level in range(n - 1, -1, -1):
        for i in range(level + 1):
            hold = np.exp(-r * dt) * (p * values[i + 1] + (1 - p) * values[i])
            values[i] = max(hold, K - S * up ** (2 * i - level))
    return values[0]


rng = np.random.default_rng(110)


def _distinct(*shape):
    """Numbers of which no two are near each other."""
    n = int(np.prod(shape))
    return (rng.permutation(n).reshape(shape) + 1.0) * 3 / n + rng.uniform(0, 0.3 / n, shape)


_roads = np.random.default_rng(33)
_road3, _road5 = _roads.uniform(0.5, 6, (3, 3)), _roads.uniform(0.5, 6, (5, 5))

CASES = (
    Case(floyd_warshall, ((_road3,), (_road5,)), mutated=("path",), of=("path",)),
    Case(
        floyd_warshall_rows,
        ((_distinct(3, 3),), (_distinct(4, 4),)),
        mutated=("path",),
        of=("path",),
    ),
    Case(nussinov, ((_distinct(4, 4),), (_distinct(6, 6),)), scalar=False),
    Case(time_warping, ((_distinct(3), _distinct(4)), (_distinct(5), _distinct(5)))),
    Case(
        soft_alignment,
        ((rng.normal(size=(2, 3)), 0.4), (rng.normal(size=(4, 3)), 0.7)),
    ),
    Case(
        viterbi,
        (
            (_distinct(2), _distinct(2, 2), _distinct(3, 2)),
            (_distinct(3), _distinct(3, 3), _distinct(6, 3)),
        ),
    ),
    Case(
        value_iteration,
        (
            (rng.normal(size=(2, 2)), rng.dirichlet(np.ones(2), (2, 2)), 0.5, 0.2),
            (rng.normal(size=(3, 2)), rng.dirichlet(np.ones(3), (2, 3)), 0.6, 0.1),
        ),
        wrt=("reward", "transition", "discount"),
        scalar=False,
    ),
    Case(
        knapsack,
        (
            (np.array([1.0, 2.3, 1.7]), np.array([1, 3, 2]), 4),
            (np.array([1.0, 2.3, 1.9, 3.5, 0.7]), np.array([1, 3, 2, 4, 1]), 8),
        ),
        scalar=False,
    ),
    Case(matrix_chain, ((np.array([1.0, 3.0, 2.0, 1.5]),), (np.array([2, 3.5, 1, 2.5, 1.4, 3]),))),
    Case(binomial_option, ((10.0, 11.5, 0.3, 0.4, 1.0, 2), (11.0, 11.5, 0.3, 0.6, 2.0, 5))),
)
