"""Layers and optimisers of neural networks that work in place."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax_in_place(x):
    x -= x.max()
    np.exp(x, out=x)
    x /= x.sum()


def softmax_rows(x):
    """Four axes as in NPBench; the temporary is reused."""
    tmp_max = np.max(x, axis=-1, keepdims=True)
    tmp_out = np.exp(x - tmp_max)
    tmp_out /= np.sum(tmp_out, axis=-1, keepdims=True)
    return tmp_out


def layer_norm(x, gain, bias, eps):
    x -= x.mean(axis=-1, keepdims=True)
    x /= np.sqrt((x * x).mean(axis=-1, keepdims=True) + eps)
    x *= gain
    x += bias
    return x


def batch_norm(x, gamma, beta, running_mean, running_var, momentum):
    """Normalises a batch and updates the running statistics in place."""
    mean = x.mean(axis=0)
    var = x.var(axis=0)
    running_mean *= 1 - momentum
    running_mean += momentum * mean
    running_var[:] = (1 - momentum) * running_var + momentum * var
    return gamma * (x - mean) / np.sqrt(var + 1e-5) + beta


def lstm(x, h, c, W, U, b):
    """One layer over time; the gates live in one array and are addressed by slices."""
    n = len(h)
    hs = np.zeros((len(x), n))
    for t in range(len(x)):
        gates = x[t] @ W + h @ U + b
        i = sigmoid(gates[:n])
        f = sigmoid(gates[n : 2 * n])
        g = np.tanh(gates[2 * n : 3 * n])
        o = sigmoid(gates[3 * n :])
        c = f * c + i * g
        h = o * np.tanh(c)
        hs[t] = h
    return hs


def lstm_in_place(x, h, c, W, U, b):
    """Gates, cell and state are overwritten at each time."""
    n = h.size
    gates = np.empty(4 * n)
    for xt in x:
        np.dot(xt, W, out=gates)
        gates += h @ U
        gates += b
        candidate = gates[2 * n : 3 * n]
        np.tanh(candidate, out=candidate)
        gates[: 2 * n] = sigmoid(gates[: 2 * n])
        gates[3 * n :] = sigmoid(gates[3 * n :])
        c *= gates[n : 2 * n]
        c += gates[:n] * candidate
        h[:] = gates[3 * n :] * np.tanh(c)


def gru(x, h, Wz, Wr, Wh, Uz, Ur, Uh):
    h = h.copy()
    total = 0.0
    for t in range(x.shape[0]):
        z = sigmoid(x[t] @ Wz + h @ Uz)
        r = sigmoid(x[t] @ Wr + h @ Ur)
        n = np.tanh(x[t] @ Wh + (r * h) @ Uh)
        h *= z
        h += (1 - z) * n
        total += h @ h
    return total, h


def mlp_preallocated(x, weights_1, weights_2, hidden, out):
    """Activations are written into buffers that the caller hands over."""
    np.matmul(x, weights_1, out=hidden)
    np.maximum(hidden, 0.1 * hidden, out=hidden)
    np.matmul(hidden, weights_2, out=out)
    out -= np.max(out, axis=1, keepdims=True)
    out -= np.log(np.sum(np.exp(out), axis=1, keepdims=True))


def attention(Q, K, V):
    """Causal: scores of later positions are removed by a mask."""
    n, d = Q.shape
    scores = Q @ K.T / np.sqrt(d)
    future = np.triu(np.ones((n, n), dtype=bool), 1)
    scores[future] = -1e9
    for row in scores:
        row -= row.max()
        row[:] = np.exp(row)
        row /= row.sum()
    return scores @ V


def sgd_momentum(w, X, y, rate, momentum, steps):
    """Least squares by gradient descent with a velocity, both updated in place."""
    velocity = np.zeros_like(w)
    loss = 0.0
    for _ in range(steps):
        residual = X @ w - y
        loss = np.mean(residual**2)
        gradient = 2 * X.T @ residual / len(y)
        velocity *= momentum
        velocity -= rate * gradient
        w += velocity
    return loss


def adam(w, target, rate, b1, b2, steps):
    m = np.zeros(w.shape)
    v = np.zeros(w.shape)
    for t in range(1, steps + 1):
        g = np.cos(w) - target
        m[:] = b1 * m + (1 - b1) * g
        v[:] = b2 * v + (1 - b2) * g * g
        w -= rate * m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + 1e-3)


def embedding_bag(table, tokens, offsets):
    """Gathers rows and sums them by bag."""
    bags = np.zeros((len(offsets) - 1, table.shape[1]))
    for i in range(len(offsets) - 1):
        for token in tokens[offsets[i] : offsets[i + 1]]:
            bags[i] += table[token]
    bags *= bags
    return bags


def hopfield(state, W, beta, sweeps):
    """Units settle one after the other; the energy is returned."""
    n = len(state)
    for s in range(sweeps):
        for i in range(n - 1, -1, -1):
            state[i] = np.tanh(beta * (W[i] @ state - W[i, i] * state[i]))
    return -0.5 * state @ W @ state


def residual_blocks(x, weights):
    """Adds the output of each block to the stream in place."""
    for W in weights:
        h = x @ W
        h[h < 0] *= 0.2
        x += h @ W.T
    return x


rng = np.random.default_rng(109)


def _n(*shape):
    return rng.normal(size=shape)


CASES = (
    Case(
        softmax_in_place,
        ((np.array([0.4, -1.2, 1.9]),), (np.array([0.4, -1.2, 0.9, 2.1, -0.3]),)),
        mutated=("x",),
        of=("x",),
    ),
    Case(softmax_rows, ((_n(1, 2, 2, 3),), (_n(2, 1, 2, 4),)), scalar=False),
    Case(
        layer_norm,
        ((_n(2, 3), _n(3), _n(3), 0.1), (_n(3, 5), _n(5), _n(5), 0.3)),
        scalar=False,
        mutated=("x",),
    ),
    Case(
        batch_norm,
        (
            (_n(3, 2), _n(2), _n(2), _n(2), _n(2) ** 2, 0.2),
            (_n(6, 4), _n(4), _n(4), _n(4), _n(4) ** 2, 0.3),
        ),
        scalar=False,
        mutated=("running_mean", "running_var"),
        of=("return", "running_mean", "running_var"),
    ),
    Case(
        lstm,
        (
            (_n(1, 2), _n(2), _n(2), _n(2, 8), _n(2, 8), _n(8)),
            (_n(3, 2), _n(3), _n(3), _n(2, 12), _n(3, 12), _n(12)),
        ),
        scalar=False,
    ),
    Case(
        lstm_in_place,
        (
            (_n(1, 2), _n(2), _n(2), _n(2, 8), _n(2, 8), _n(8)),
            (_n(3, 2), _n(3), _n(3), _n(2, 12), _n(3, 12), _n(12)),
        ),
        mutated=("h", "c"),
        of=("h", "c"),
    ),
    Case(
        gru,
        (
            (_n(1, 2), _n(2), *(_n(2, 2) for _ in range(6))),
            (_n(3, 2), _n(3), *(_n(2, 3) for _ in range(3)), *(_n(3, 3) for _ in range(3))),
        ),
        scalar=False,
    ),
    Case(
        mlp_preallocated,
        (
            (_n(2, 3), _n(3, 4), _n(4, 3), np.zeros((2, 4)), np.zeros((2, 3))),
            (_n(4, 2), _n(2, 5), _n(5, 4), np.ones((4, 5)), np.ones((4, 4))),
        ),
        wrt=("x", "weights_1", "weights_2"),
        mutated=("hidden", "out"),
        of=("out",),
    ),
    Case(attention, ((_n(3, 2), _n(3, 2), _n(3, 2)), (_n(4, 3), _n(4, 3), _n(4, 2))), scalar=False),
    Case(
        sgd_momentum,
        ((_n(2), _n(3, 2), _n(3), 0.1, 0.8, 1), (_n(3), _n(5, 3), _n(5), 0.05, 0.6, 3)),
        mutated=("w",),
        of=("return", "w"),
        scalar=False,
    ),
    Case(
        adam,
        ((_n(3), _n(3), 0.1, 0.8, 0.9, 1), (_n(2, 2), _n(2, 2), 0.05, 0.7, 0.95, 3)),
        mutated=("w",),
        of=("w",),
    ),
    Case(
        embedding_bag,
        (
            (_n(4, 2), np.array([2, 0, 2]), np.array([0, 1, 3])),
            (_n(5, 3), np.array([4, 1, 1, 0, 1, 3]), np.array([0, 3, 3, 5])),
        ),
        scalar=False,
    ),
    Case(
        hopfield,
        ((_n(3), _n(3, 3), 0.7, 1), (_n(5), 0.5 * _n(5, 5), 0.5, 3)),
        mutated=("state",),
        of=("return", "state"),
        scalar=False,
    ),
    Case(
        residual_blocks,
        ((_n(2, 3), 0.5 * _n(1, 3, 2)), (_n(2, 2), 0.5 * _n(3, 2, 3))),
        scalar=False,
        mutated=("x",),
    ),
)
