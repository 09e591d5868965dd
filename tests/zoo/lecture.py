"""Every function of the autodifferentiation lecture."""

import math

import numpy as np

from tests.zoo.case import Case


def sin_of_double(x):
    return math.sin(2 * x)


def sin_of_double_annotated(x: float) -> float:
    return math.sin(2 * x)


def log_squared(x):
    return math.log(x) ** 2


def log_squared_in_steps(x: float):
    z = math.log(x)
    return z * z


def times_five(x):
    return x * 5


def x_plus_two_y(x, y):
    return x + 2 * y


def square_of_product(x: float, y: float):
    return (x * y) ** 2


def square_of_product_in_steps(x, y):
    z = x * y
    return z * z


def two_paths(x, y):
    """h = log(z) + exp(z) with z = x y: z is used twice."""
    z = x * y
    return math.log(z) + math.exp(z)


def logistic(m):
    return 1 / (1 + math.exp(-m))


def linear_model(w1, w2, b, x1, x2):
    return x1 * w1 + x2 * w2 + b


def linear_model_loss(w1, w2, b, x1, x2):
    """-log sigmoid(x1 w1 + x2 w2 + b)"""
    m = linear_model(w1, w2, b, x1, x2)
    return -math.log(logistic(m))


def logistic_regression(w: np.ndarray, b: float, features: np.ndarray, labels: np.ndarray):
    """Mean of -log of the probability of the right label, labels 0 or 1."""
    m = features @ w + b
    p = 1 / (1 + np.exp(-m))
    return -np.mean(labels * np.log(p) + (1 - labels) * np.log(1 - p))


def logistic_regression_loop(w1: float, w2: float, b: float, points: list):
    loss = 0.0
    for x1, x2, label in points:
        p = logistic(linear_model(w1, w2, b, x1, x2))
        if label == 1:
            loss = loss - math.log(p)
        else:
            loss = loss - math.log(1 - p)
    return loss


def relu(x):
    if x > 0:
        return x
    return 0.0


def two_layer_network(w1: float, w2: float, b1: float, b2: float, x: float):
    hidden = relu(w1 * x + b1)
    return logistic(w2 * hidden + b2)


def chain_of_three(x: float):
    """f(g(h(x))) with f = exp, g = sin, h = the square."""
    h = x * x
    g = math.sin(h)
    f = math.exp(g)
    return f


def shared_subexpression(x: float, y: float):
    a = x + y
    b = a * x
    c = a * y
    return b * c + a


rng = np.random.default_rng(21)
_POINTS = [(0.5, 1.2, 1), (-0.7, 0.3, 0), (1.1, -0.4, 1)]
_FEATURES = rng.normal(size=(5, 2))
_LABELS = np.array([0, 1, 1, 0, 1])

CASES = (
    Case(sin_of_double, ((0.7,), (-1.3,))),
    Case(sin_of_double_annotated, ((0.7,), (-1.3,))),
    Case(log_squared, ((0.7,), (2.3,))),
    Case(log_squared_in_steps, ((0.7,), (2.3,))),
    Case(times_five, ((0.7,), (-1.3,))),
    Case(x_plus_two_y, ((0.7, 0.4), (-1.3, 2.2))),
    Case(square_of_product, ((0.7, 0.4), (-1.3, 2.2))),
    Case(square_of_product_in_steps, ((0.7, 0.4), (-1.3, 2.2))),
    Case(two_paths, ((0.7, 0.4), (1.3, 0.9))),
    Case(
        linear_model_loss,
        ((0.7, 0.4, -0.2, 1.5, -0.6), (-1.3, 0.8, 0.4, 0.3, 0.9)),
        wrt=("w1", "w2", "b"),
    ),
    Case(
        logistic_regression,
        (
            (rng.normal(size=2), 0.3, _FEATURES, _LABELS),
            (np.array([0.4]), -0.2, _FEATURES[:, :1], _LABELS),
        ),
        wrt=("w", "b"),
    ),
    Case(
        logistic_regression_loop,
        ((0.7, 0.4, -0.2, []), (0.7, 0.4, -0.2, _POINTS[:1]), (-0.3, 0.8, 0.4, _POINTS)),
    ),
    Case(
        two_layer_network,
        ((0.7, 0.4, -0.2, 0.1, 1.5), (0.7, 0.4, -0.2, 0.1, -1.5)),
        wrt=("w1", "w2", "b1", "b2"),
    ),
    Case(chain_of_three, ((0.7,), (-1.3,))),
    Case(shared_subexpression, ((0.7, 0.4), (-1.3, 2.2))),
)
