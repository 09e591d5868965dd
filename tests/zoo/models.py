"""Losses of machine learning and kernels of scientific computing on arrays."""

import numpy as np
from numpy.typing import NDArray

from tests.zoo.case import Case


def softmax_cross_entropy(scores: np.ndarray, targets: np.ndarray) -> float:
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    log_norm = np.log(np.sum(np.exp(shifted), axis=1))
    return np.mean(log_norm - np.sum(targets * shifted, axis=1))


def softmax_of_labels(scores: np.ndarray, labels: np.ndarray):
    exp_scores = np.exp(scores)
    p = exp_scores / exp_scores.sum(axis=1)[:, None]
    return -np.log(p[np.arange(len(labels)), labels]).mean()


def perceptron(W1, b1, W2, b2, X, Y):
    H = np.tanh(X @ W1 + b1)
    Z = H @ W2 + b2
    log_norm = np.log(np.sum(np.exp(Z), axis=1))
    return np.mean(log_norm - np.sum(Y * Z, axis=1))


def perceptron_mse(W1, b1, W2, b2, x, y):
    h = np.tanh(np.dot(x, W1) + b1)
    out = np.dot(h, W2) + b2
    return np.mean((out - y) ** 2)


def relu_network(
    x: NDArray[np.float64],
    w1: NDArray[np.float64],
    b1: NDArray[np.float64],
    w2: NDArray[np.float64],
    b2: NDArray[np.float64],
):
    hidden = np.maximum(0.0, x @ w1 + b1)
    hidden = np.where(hidden > 1, 1 + np.log(np.maximum(hidden, 1)), hidden)
    return hidden @ w2 + b2


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def lstm_cell(x, h, c, W, U, b):
    n = len(h)
    gates = W @ x + U @ h + b
    i = sigmoid(gates[:n])
    f = sigmoid(gates[n : 2 * n])
    o = sigmoid(gates[2 * n : 3 * n])
    g = np.tanh(gates[3 * n :])
    c = f * c + i * g
    h = o * np.tanh(c)
    return h, c


def lstm_loss(xs: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray):
    n = U.shape[1]
    h = np.zeros(n)
    c = np.zeros(n)
    loss = 0.0
    for x in xs:
        h, c = lstm_cell(x, h, c, W, U, b)
        loss += np.sum(h**2)
    return loss


def recurrent_states(xs: np.ndarray, w: np.ndarray, u: np.ndarray):
    steps, n = len(xs), len(u)
    states = np.zeros((steps + 1, n))
    for t in range(steps):
        states[t + 1] = np.tanh(w @ xs[t] + u @ states[t])
    return states[1:]


def gaussian_mixture(means: np.ndarray, log_scales: np.ndarray, weights: np.ndarray, x: np.ndarray):
    """Log likelihood of points under a mixture of spherical normals."""
    dimension = x.shape[1]
    distances = np.sum((x[:, None, :] - means[None, :, :]) ** 2, axis=2)
    exponents = weights - dimension * log_scales - 0.5 * distances * np.exp(-2 * log_scales)
    largest = np.max(exponents, axis=1, keepdims=True)
    log_sum = largest[:, 0] + np.log(np.sum(np.exp(exponents - largest), axis=1))
    return np.sum(log_sum) - len(x) * np.log(np.sum(np.exp(weights)))


def attention(q: np.ndarray, k: np.ndarray, v: np.ndarray):
    scores = q @ k.T / np.sqrt(q.shape[-1])
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ v


def layer_norm(x: np.ndarray, gain: np.ndarray, bias: np.ndarray):
    mean = x.mean(axis=-1, keepdims=True)
    variance = ((x - mean) ** 2).mean(axis=-1, keepdims=True)
    return (x - mean) / np.sqrt(variance + 1e-2) * gain + bias


def variational_bound(mean: np.ndarray, log_variance: np.ndarray, noise: np.ndarray):
    z = mean + np.exp(0.5 * log_variance) * noise
    divergence = -0.5 * np.sum(1 + log_variance - mean**2 - np.exp(log_variance))
    return np.sum((z - 1) ** 2) + divergence


def convolution(signal: np.ndarray, kernel: np.ndarray):
    n, k = len(signal), len(kernel)
    result = np.zeros(n - k + 1)
    for i in range(n - k + 1):
        result[i] = np.dot(signal[i : i + k], kernel)
    return result


def heat_equation(u0: np.ndarray, conductivity: float, steps: int):
    u = u0.copy()
    for _ in range(steps):
        u[1:-1] = u[1:-1] + conductivity * (u[2:] - 2 * u[1:-1] + u[:-2])
    return u


def burgers_equation(u: np.ndarray, dt: float, steps: int):
    u = u.copy()
    for _ in range(steps):
        flux = 0.5 * u**2
        u[1:] -= dt * (flux[1:] - flux[:-1])
        u[0] = u[-1]
    return np.sum(u**2)


def jacobi_iteration(f: np.ndarray, steps: int):
    """Poisson's equation on a grid with zero boundary."""
    n, m = f.shape
    u = np.zeros((n + 2, m + 2))
    for _ in range(steps):
        new = np.zeros((n + 2, m + 2))
        new[1:-1, 1:-1] = 0.25 * (
            u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2] + f * np.cos(u[1:-1, 1:-1])
        )
        u = new
    return u[1:-1, 1:-1]


def gauss_seidel(b: np.ndarray, steps: int):
    x = np.zeros(len(b) + 2)
    for _ in range(steps):
        for i in range(1, len(b) + 1):
            x[i] = (b[i - 1] + x[i - 1] + x[i + 1] ** 2) / 4
    return x


def n_body_potential(positions: np.ndarray, masses: np.ndarray):
    energy = 0.0
    for i in range(len(masses)):
        for j in range(i):
            r = positions[i] - positions[j]
            energy -= masses[i] * masses[j] / np.sqrt(np.sum(r * r) + 0.01)
    return energy


def n_body_forces(positions: np.ndarray, masses: np.ndarray):
    n = len(masses)
    forces = np.zeros((n, 3))
    for i in range(n):
        for j in range(n):
            if i == j:
                continue
            r = positions[j] - positions[i]
            distance = np.sqrt(r @ r + 0.01)
            forces[i] += masses[i] * masses[j] * r / distance**3
    return forces


def leapfrog(position: np.ndarray, velocity: np.ndarray, dt: float, steps: int):
    for _ in range(steps):
        radius = np.sqrt(np.dot(position, position))
        velocity = velocity - dt * position / radius**3
        position = position + dt * velocity
    return 0.5 * velocity @ velocity - 1 / np.sqrt(position @ position)


def cholesky(a: np.ndarray):
    n = len(a)
    lower = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1):
            s = a[i, j]
            for k in range(j):
                s = s - lower[i, k] * lower[j, k]
            if i == j:
                lower[i, j] = np.sqrt(s)
            else:
                lower[i, j] = s / lower[j, j]
    return lower


def forward_substitution(lower: np.ndarray, b: np.ndarray):
    x = np.zeros(len(b))
    for i in range(len(b)):
        x[i] = (b[i] - lower[i, :i] @ x[:i]) / lower[i, i]
    return x


def thomas_algorithm(lower: np.ndarray, diagonal: np.ndarray, upper: np.ndarray, b: np.ndarray):
    """Solve a tridiagonal system."""
    n = len(diagonal)
    d = diagonal.copy()
    x = b.copy()
    for i in range(1, n):
        factor = lower[i - 1] / d[i - 1]
        d[i] -= factor * upper[i - 1]
        x[i] -= factor * x[i - 1]
    x[n - 1] /= d[n - 1]
    for i in range(n - 2, -1, -1):
        x[i] = (x[i] - upper[i] * x[i + 1]) / d[i]
    return x


def gauss_elimination(a: np.ndarray, b: np.ndarray):
    n = len(b)
    u = a.copy()
    y = b.copy()
    for k in range(n):
        for i in range(k + 1, n):
            factor = u[i, k] / u[k, k]
            u[i, k:] -= factor * u[k, k:]
            y[i] -= factor * y[k]
    x = np.zeros(n)
    for i in reversed(range(n)):
        x[i] = (y[i] - np.dot(u[i, i + 1 :], x[i + 1 :])) / u[i, i]
    return x


def conjugate_gradient(a: np.ndarray, b: np.ndarray, steps: int):
    x = np.zeros(len(b))
    r = b - a @ x
    p = r
    rs = r @ r
    for _ in range(steps):
        ap = a @ p
        alpha = rs / (p @ ap)
        x = x + alpha * p
        r = r - alpha * ap
        rs_new = r @ r
        p = r + rs_new / rs * p
        rs = rs_new
    return x


def soft_alignment(x: np.ndarray, y: np.ndarray, gamma: float):
    """Dynamic time warping with a smooth minimum."""
    n, m = len(x), len(y)
    cost = np.zeros((n + 1, m + 1))
    cost[0, 1:] = 1e3
    cost[1:, 0] = 1e3
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            diagonal = cost[i - 1, j - 1]
            up = cost[i - 1, j]
            left = cost[i, j - 1]
            least = min(diagonal, up, left)
            total = np.exp((least - diagonal) / gamma)
            total += np.exp((least - up) / gamma)
            total += np.exp((least - left) / gamma)
            cost[i, j] = (x[i - 1] - y[j - 1]) ** 2 + least - gamma * np.log(total)
    return cost[n, m]


def cheapest_path(grid: np.ndarray):
    """Dynamic programming over a grid: right or down."""
    rows, columns = grid.shape
    best = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            if i == 0 and j == 0:
                before = 0.0
            elif i == 0:
                before = best[i, j - 1]
            elif j == 0:
                before = best[i - 1, j]
            else:
                before = min(best[i - 1, j], best[i, j - 1])
            best[i, j] = before + grid[i, j] ** 2
    return best[-1, -1]


def hidden_markov_model(
    initial: np.ndarray, transition: np.ndarray, emission: np.ndarray, seen: list
):
    alpha = initial / initial.sum()
    log_likelihood = 0.0
    for symbol in seen:
        alpha = (alpha @ transition) * emission[:, symbol]
        norm = np.sum(alpha)
        log_likelihood += np.log(norm)
        alpha = alpha / norm
    return log_likelihood


def matrix_factorisation(u: np.ndarray, v: np.ndarray, ratings: list, strength: float):
    loss = 0.0
    for row, column, rating in ratings:
        error = rating - np.dot(u[row], v[column])
        loss += error**2
    return loss + strength * (np.sum(u**2) + np.sum(v**2))


def kernel_regression(x: np.ndarray, y: np.ndarray, width: float, at: float):
    weights = np.exp(-(((x - at) / width) ** 2) / 2)
    return np.sum(weights * y) / np.sum(weights)


rng = np.random.default_rng(23)


def _normal(*shape):
    return rng.normal(size=shape) * 0.7


_SPD = np.array([[2.0, 0.3, -0.4], [0.3, 1.5, 0.2], [-0.4, 0.2, 1.8]])
_LOWER = np.array([[1.2, 0.0, 0.0], [0.4, -0.9, 0.0], [-0.3, 0.5, 1.4]])
_ONE_HOT = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
_6 = np.array([0.4, -1.2, 0.7, 1.9, -0.3, 0.8])
_11 = np.array([[1.3]])
_1 = np.array([0.6])
_0 = np.zeros(0)
_SCORES = _normal(4, 3)
_GRID = np.array([[0.4, 1.2, 0.7], [0.9, 0.3, 1.4], [1.1, 0.6, 0.8]])

CASES = (
    Case(
        softmax_cross_entropy,
        ((_SCORES, _ONE_HOT), (_SCORES[:1], _ONE_HOT[:1])),
        wrt=("scores",),
    ),
    Case(softmax_of_labels, ((_SCORES, np.array([0, 2, 1, 2])), (_SCORES[:1], np.array([1])))),
    Case(
        perceptron,
        (
            (_normal(2, 5), _normal(5), _normal(5, 3), _normal(3), _normal(4, 2), _ONE_HOT),
            (_normal(1, 1), _normal(1), _normal(1, 3), _normal(3), _normal(1, 1), _ONE_HOT[:1]),
        ),
        wrt=("W1", "b1", "W2", "b2"),
    ),
    Case(
        perceptron_mse,
        (
            (_normal(2, 5), _normal(5), _normal(5, 3), _normal(3), _normal(4, 2), _normal(4, 3)),
            (_normal(2, 1), _normal(1), _normal(1, 1), _normal(1), _normal(4, 2), _normal(4, 1)),
        ),
    ),
    Case(
        relu_network,
        (
            (_normal(4, 2), _normal(2, 5), _normal(5), _normal(5, 3), _normal(3)),
            (_normal(2), _normal(2, 5) * 3, _normal(5), _normal(5, 1), _normal(1)),
        ),
        scalar=False,
    ),
    Case(
        lstm_loss,
        (
            (_normal(0, 2), _normal(12, 2), _normal(12, 3), _normal(12)),
            (_normal(1, 2), _normal(12, 2), _normal(12, 3), _normal(12)),
            (_normal(4, 2), _normal(12, 2), _normal(12, 3), _normal(12)),
        ),
    ),
    Case(
        recurrent_states,
        (
            (_normal(0, 2), _normal(3, 2), _normal(3, 3)),
            (_normal(1, 2), _normal(3, 2), _normal(3, 3)),
            (_normal(4, 1), _normal(1, 1), _normal(1, 1)),
        ),
        scalar=False,
    ),
    Case(
        gaussian_mixture,
        (
            (_normal(3, 2), _normal(3), _normal(3), _normal(6, 2)),
            (_normal(1, 1), _normal(1), _normal(1), _normal(4, 1)),
        ),
    ),
    Case(
        attention,
        (
            (_normal(3, 4), _normal(5, 4), _normal(5, 2)),
            (_normal(1, 1), _normal(1, 1), _normal(1, 1)),
        ),
        scalar=False,
    ),
    Case(
        layer_norm,
        (
            (_normal(4, 3), _normal(3), _normal(3)),
            (_normal(2, 4, 3), _normal(1), _normal(3)),
            (_normal(3), _normal(3), _normal(1)),
        ),
        scalar=False,
    ),
    Case(variational_bound, ((_normal(4), _normal(4), _normal(4)), (_1, _1, _1), (_0, _0, _0))),
    Case(convolution, ((_6, _6[:3]), (_6, _1), (_6, _6)), scalar=False),
    Case(heat_equation, ((_6, 0.2, 0), (_6, 0.2, 1), (_6, 0.3, 5), (_6[:2], 0.2, 2)), scalar=False),
    Case(burgers_equation, ((_6, 0.1, 0), (_6, 0.1, 1), (_6, 0.2, 4), (_1, 0.2, 2))),
    Case(jacobi_iteration, ((_SCORES, 0), (_SCORES, 1), (_SCORES, 4), (_11, 3)), scalar=False),
    Case(gauss_seidel, ((_6, 0), (_6, 1), (_6, 3), (_0, 2)), scalar=False),
    Case(
        n_body_potential,
        ((_normal(4, 3), _normal(4)), (_normal(1, 3), _normal(1)), (_normal(0, 3), _0)),
    ),
    Case(
        n_body_forces,
        ((_normal(4, 3), _normal(4)), (_normal(2, 3), _normal(2)), (_normal(1, 3), _1)),
        scalar=False,
    ),
    Case(
        leapfrog,
        (
            (np.array([1.0, 0.2]), np.array([-0.1, 0.9]), 0.1, 0),
            (np.array([1.0, 0.2]), np.array([-0.1, 0.9]), 0.1, 1),
            (np.array([0.8, 0.1, 0.3]), np.array([0.1, 1.1, -0.2]), 0.1, 6),
        ),
    ),
    Case(cholesky, ((_SPD,), (_11,), (_SPD[:2, :2],)), scalar=False),
    Case(forward_substitution, ((_LOWER, _6[:3]), (_11, _1), (_LOWER[:0, :0], _0)), scalar=False),
    Case(
        thomas_algorithm,
        (
            (_normal(3), _normal(4) + 3, _normal(3), _normal(4)),
            (_0, _1, _0, _1),
            (_1, np.array([2.0, 1.5]), _1, np.array([0.3, -0.8])),
        ),
        scalar=False,
    ),
    Case(
        gauss_elimination, ((_SPD, _6[:3]), (_11, _1), (_SPD[:2, :2] - 0.3, _6[1:3])), scalar=False
    ),
    Case(
        conjugate_gradient,
        ((_SPD, _6[:3], 0), (_SPD, _6[:3], 1), (_SPD, _6[3:], 2)),
        scalar=False,
    ),
    Case(soft_alignment, ((_6[:4], _6[2:], 0.8), (_1, _6[:2], 1.3), (_1, _1 * 2, 0.5))),
    Case(cheapest_path, ((_GRID,), (_GRID[:1],), (_GRID[:, :1],), (_11,))),
    Case(
        hidden_markov_model,
        (
            (_GRID[0], _GRID, _GRID, []),
            (_GRID[0], _GRID, _GRID, [1]),
            (_GRID[1], _GRID, _GRID[:, :2], [0, 1, 1, 0, 1]),
        ),
    ),
    Case(
        matrix_factorisation,
        (
            (_normal(3, 2), _normal(4, 2), [], 0.1),
            (_normal(3, 2), _normal(4, 2), [(0, 1, 3.0), (2, 3, 1.0), (0, 2, -1.0)], 0.2),
            (_normal(1, 1), _normal(1, 1), [(0, 0, 2.0)], 0.3),
        ),
    ),
    Case(kernel_regression, ((_6, _6**2, 0.7, 0.3), (_1, _1, 1.2, 0.1))),
)
