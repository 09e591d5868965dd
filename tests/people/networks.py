"""Small neural networks, with classes, as in lectures and from-scratch repositories."""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

import numpy as np

from tests.people.case import Collection

case = Collection()

_rng = np.random.default_rng(42)
X3 = _rng.normal(size=(4, 3))
Y1 = _rng.normal(size=(4, 1))
LABELS = np.array([0, 2, 1, 0])


class Layer(ABC):
    @abstractmethod
    def forward(self, x):
        """The output of the layer."""

    def __call__(self, x):
        return self.forward(x)


class Linear(Layer):
    def __init__(self, w, b):
        self.w = w
        self.b = b

    def forward(self, x):
        return x @ self.w + self.b


class Tanh(Layer):
    def forward(self, x):
        return np.tanh(x)


class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


def mlp_loss(w1: np.ndarray, b1: np.ndarray, w2: np.ndarray, b2: np.ndarray, x: np.ndarray, y: np.ndarray):
    model = Sequential(Linear(w1, b1), Tanh(), Linear(w2, b2))
    return np.mean((model(x) - y) ** 2)


case(
    mlp_loss,
    (0.5 * _rng.normal(size=(3, 5)), np.zeros(5), _rng.normal(size=(5, 1)), np.array([0.1]), X3, Y1),
    (_rng.normal(size=(3, 2)), 0.1 * np.ones(2), _rng.normal(size=(2, 1)), np.zeros(1), X3[:2], Y1[:2]),
    wrt=("w1", "b1", "w2", "b2"),
)


class MLP:
    """Two layers; the loss is a method, the parameters are attributes."""

    def __init__(self, n_in, n_hidden, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, 0.5, (n_in, n_hidden))
        self.b1 = np.zeros(n_hidden)
        self.W2 = rng.normal(0, 0.5, (n_hidden, 1))
        self.b2 = np.zeros(1)

    def forward(self, X):
        self.h = np.tanh(X @ self.W1 + self.b1)
        return self.h @ self.W2 + self.b2

    def loss(self, X, y):
        return 0.5 * np.mean((self.forward(X) - y) ** 2)


case(MLP.loss, (MLP(3, 4), X3, Y1), (MLP(3, 2, seed=5), X3[:3], Y1[:3]), wrt=("self.W1", "self.b1", "self.W2", "self.b2"), label="mlp_by_its_weights")
case(MLP(3, 4, seed=1).loss, (X3, Y1), (X3[1:], Y1[1:]), wrt=("X",), label="mlp_by_its_input")
case(MLP(3, 3, seed=2).loss, (X3, Y1), (X3[1:], Y1[1:]), wrt=("self.W1", "self.W2"), label="mlp_bound_by_its_weights")


def init_params(sizes, seed):
    rng = np.random.default_rng(seed)
    return [{"W": rng.normal(0, 0.7, (m, n)), "b": np.zeros(n)} for m, n in zip(sizes, sizes[1:])]


def forward(params, x):
    *hidden, last = params
    for layer in hidden:
        x = np.maximum(0.01 * (x @ layer["W"] + layer["b"]), x @ layer["W"] + layer["b"])
    return x @ last["W"] + last["b"]


def regression_loss(params: list, x: np.ndarray, y: np.ndarray):
    err = forward(params, x) - y
    return (err**2).mean()


case(
    regression_loss,
    (init_params([3, 4, 1], 0), X3, Y1),
    (init_params([3, 2, 2, 1], 1), X3[:2], Y1[:2]),
    wrt=("params",),
)


def log_softmax(z):
    z = z - z.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


def cross_entropy(params: dict, x: np.ndarray, labels: np.ndarray):
    h = x
    for i in range(params["depth"]):
        h = np.tanh(h @ params[f"W{i}"] + params[f"b{i}"])
    logp = log_softmax(h @ params["V"])
    return -logp[np.arange(len(labels)), labels].mean()


case(
    cross_entropy,
    ({"depth": 1, "W0": 0.5 * np.eye(3), "b0": np.zeros(3), "V": _rng.normal(size=(3, 3))}, X3, LABELS),
    (
        {
            "depth": 2, "W0": np.eye(3), "b0": np.ones(3),
            "W1": _rng.normal(size=(3, 2)), "b1": np.zeros(2), "V": _rng.normal(size=(2, 3)),
        },
        X3[:2], LABELS[:2],
    ),
    wrt=("params",),
)


class Neuron:
    """The scalar kind."""

    def __init__(self, weights, bias, nonlin=True):
        self.weights = weights
        self.bias = bias
        self.nonlin = nonlin

    def __call__(self, inputs):
        act = sum((wi * xi for wi, xi in zip(self.weights, inputs)), self.bias)
        return math.tanh(act) if self.nonlin else act


def xor_net(weights: list, biases: list, x1: float, x2: float):
    hidden = [Neuron(w, b) for w, b in zip(weights[:-1], biases[:-1])]
    out = Neuron(weights[-1], biases[-1], nonlin=False)
    return out([n([x1, x2]) for n in hidden])


case(
    xor_net,
    ([[0.5, -0.4], [1.0, 0.3], [0.7, -0.2]], [0.1, 0.0, -0.3], 1.0, 0.0),
    ([[0.5, 0.2], [0.6]], [0.3, 0.1], 0.4, 0.9),
    wrt=("weights", "biases"),
)


class RNNCell:
    def __init__(self, Wx, Wh, b):
        self.Wx, self.Wh, self.b = Wx, Wh, b

    def step(self, x, h):
        return np.tanh(x @ self.Wx + h @ self.Wh + self.b)


class RNN:
    def __init__(self, cell):
        self.cell = cell
        self.states = []

    def run(self, xs):
        h = np.zeros(self.cell.Wh.shape[0])
        for x in xs:
            h = self.cell.step(x, h)
            self.states.append(h)
        return h


def rnn_norm(Wx: np.ndarray, Wh: np.ndarray, b: np.ndarray, xs: np.ndarray):
    rnn = RNN(RNNCell(Wx, Wh, b))
    h = rnn.run(xs)
    return h @ h + 0.1 * sum(np.sum(s**2) for s in rnn.states)


case(
    rnn_norm,
    (0.3 * _rng.normal(size=(3, 2)), np.eye(2), np.zeros(2), X3),
    (_rng.normal(size=(3, 3)), 0.5 * np.eye(3), 0.1 * np.ones(3), X3[:1]),
    wrt=("Wx", "Wh", "b"),
)


@dataclass
class AttentionParams:
    wq: np.ndarray
    wk: np.ndarray
    wv: np.ndarray
    heads: int = 1
    dropout: float = field(default=0.0, repr=False)


def attention(p: AttentionParams, x: np.ndarray):
    q, k, v = x @ p.wq, x @ p.wk, x @ p.wv
    outs = []
    for qh, kh, vh in zip(np.split(q, p.heads, axis=1), np.split(k, p.heads, axis=1), np.split(v, p.heads, axis=1)):
        s = qh @ kh.T / math.sqrt(qh.shape[1])
        a = np.exp(s - s.max(axis=1, keepdims=True))
        outs.append(a / a.sum(axis=1, keepdims=True) @ vh)
    return np.concatenate(outs, axis=1)


case(
    attention,
    (AttentionParams(0.5 * _rng.normal(size=(3, 4)), 0.5 * _rng.normal(size=(3, 4)), _rng.normal(size=(3, 4)), heads=2), X3),
    (AttentionParams(np.eye(3), 0.5 * np.eye(3), _rng.normal(size=(3, 3))), X3[:2]),
    wrt=("p", "x"),
)


class SGD:
    def __init__(self, lr=0.1, momentum=0.0):
        self.lr = lr
        self.momentum = momentum
        self.velocity = {}

    def step(self, params, grads):
        for name in params:
            v = self.momentum * self.velocity.get(name, 0.0) - self.lr * grads[name]
            self.velocity[name] = v
            params[name] = params[name] + v


def loss_after_training(w0: np.ndarray, b0: float, lr: float, x: np.ndarray, y: np.ndarray, steps: int):
    """The loss after some steps of gradient descent: differentiated by where it started, and by the rate."""
    params = {"w": w0, "b": b0}
    opt = SGD(lr, momentum=0.5)
    for _ in range(steps):
        err = x @ params["w"] + params["b"] - y
        grads = {"w": 2 * x.T @ err / len(y), "b": 2 * np.mean(err)}
        opt.step(params, grads)
    return np.mean((x @ params["w"] + params["b"] - y) ** 2)


case(
    loss_after_training,
    (np.array([0.1, -0.2, 0.3]), 0.05, 0.1, X3, Y1[:, 0], 3),
    (np.zeros(3), 0.0, 0.05, X3[:2], Y1[:2, 0], 1),
    wrt=("w0", "b0", "lr"),
)


class BatchNorm:
    def __init__(self, dim, eps=1e-3, momentum=0.9):
        self.eps = eps
        self.momentum = momentum
        self.running_mean = np.zeros(dim)
        self.training = True

    def __call__(self, x, gamma, beta):
        if self.training:
            mean = x.mean(0)
            var = x.var(0)
            self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * mean
        else:
            mean = self.running_mean
            var = 1.0
        return gamma * (x - mean) / np.sqrt(var + self.eps) + beta


bn = BatchNorm(3)


def normalized_output(x: np.ndarray, gamma: np.ndarray, beta: np.ndarray):
    return bn(x, gamma, beta)


case(
    normalized_output,
    (X3, np.array([1.0, 0.5, 2.0]), np.zeros(3)),
    (X3[:2], np.ones(3), np.array([0.1, 0.2, 0.3])),
)

ACTIVATIONS = {
    "tanh": np.tanh,
    "softplus": lambda z: np.log1p(np.exp(z)),
    "swish": lambda z: z / (1 + np.exp(-z)),
}


def make_mlp(activation, residual=False):
    act = ACTIVATIONS[activation]

    def mlp(x, weights):
        for W in weights:
            h = act(W @ x)
            x = x + h if residual else h
        return x.sum()

    return mlp


case(make_mlp("softplus"), (X3[0], [np.eye(3), 0.5 * np.ones((2, 3))]), (X3[1], [np.ones((3, 3))]), wrt=("x", "weights"), label="mlp_from_a_factory")
case(make_mlp("swish", residual=True), (X3[0], [np.eye(3)]), (X3[1], [0.3 * np.ones((3, 3)), np.eye(3)]), wrt=("x", "weights"), label="residual_mlp_from_a_factory")


def lstm_unroll(params: dict, xs: np.ndarray):
    sig = lambda z: 1 / (1 + np.exp(-z))
    n = params["b"].shape[0] // 4
    h, c = np.zeros(n), np.zeros(n)
    for x in xs:
        z = params["W"] @ np.concatenate([x, h]) + params["b"]
        i, f, o, g = sig(z[:n]), sig(z[n : 2 * n]), sig(z[2 * n : 3 * n]), np.tanh(z[3 * n :])
        c = f * c + i * g
        h = o * np.tanh(c)
    return np.sum(h**2)


case(
    lstm_unroll,
    ({"W": 0.4 * _rng.normal(size=(8, 5)), "b": np.zeros(8)}, X3),
    ({"W": 0.4 * _rng.normal(size=(4, 4)), "b": np.ones(4)}, X3[:1]),
    wrt=("params",),
)


class Perceptron:
    activation = staticmethod(np.tanh)

    def __init__(self, w):
        self._w = np.asarray(w)

    @property
    def w(self):
        return self._w

    def predict(self, x):
        return self.activation(x @ self.w)


perceptron = Perceptron([0.3, -0.5, 0.8])

case(perceptron.predict, (X3[0],), (X3,), wrt=("x",), label="perceptron_predict")

CASES = case.all
