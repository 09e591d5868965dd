"""The functions of a lecture on automatic differentiation, with their textbook derivatives.

Prints for each of them the textbook's formula and the function that s2sgrad writes, and compares
both with the numerical derivative (f(x + ε) - f(x - ε)) / 2ε:

    python examples/lecture.py
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import s2sgrad


def sin_of_double(x: float):
    return math.sin(2 * x)


def times_five(x: float):
    return x * 5


def weighted_sum(x: float, y: float):
    return x + 2 * y


def log_squared(x: float):
    return math.log(x) ** 2


def product_squared(x: float, y: float):
    return (x * y) ** 2


def two_paths(x: float, y: float):
    z = x * y
    return math.log(z) + math.exp(z)


def sigmoid(m: float):
    return 1 / (1 + math.exp(-m))


def linear_model(w1: float, w2: float, b: float, x1: float, x2: float):
    m = x1 * w1 + x2 * w2 + b
    return -math.log(sigmoid(m))


class Example(NamedTuple):
    """A function, its derivative as a formula and by hand, and where they are compared."""

    function: Callable
    wrt: str | tuple
    formula: str
    derivative: Callable
    point: tuple


def by_two_paths(x, y):
    dz = 1 / (x * y) + math.exp(x * y)
    return y * dz, x * dz


def by_linear_model(w1, w2, b, x1, x2):
    dm = sigmoid(x1 * w1 + x2 * w2 + b) - 1
    return x1 * dm, x2 * dm, dm


EXAMPLES = [
    Example(
        sin_of_double,
        "x",
        "d/dx sin(2x) = 2 cos(2x)",
        lambda x: 2 * math.cos(2 * x),
        (0.7,),
    ),
    Example(
        times_five,
        "x",
        "d/dx 5x = 5",
        lambda _x: 5,
        (-1.3,),
    ),
    Example(
        weighted_sum,
        ("x", "y"),
        "d/dx (x + 2y) = 1,  d/dy (x + 2y) = 2",
        lambda _x, _y: (1, 2),
        (0.4, -0.9),
    ),
    Example(
        log_squared,
        "x",
        "d/dx log(x)^2 = 2 log(x) / x",
        lambda x: 2 * math.log(x) / x,
        (2.5,),
    ),
    Example(
        product_squared,
        ("x", "y"),
        "d/dx (xy)^2 = 2xy y,  d/dy (xy)^2 = 2xy x",
        lambda x, y: (2 * x * y * y, 2 * x * y * x),
        (1.2, -0.8),
    ),
    Example(
        two_paths,
        ("x", "y"),
        "h = log(z) + exp(z), z = xy:  dh/dx = y (1/z + exp(z)),  dh/dy = x (1/z + exp(z))",
        by_two_paths,
        (0.5, 1.5),
    ),
    Example(
        linear_model,
        ("w1", "w2", "b"),
        "L = -log s, s = sigmoid(x1 w1 + x2 w2 + b):  "
        "dL/dw1 = x1 (s - 1),  dL/dw2 = x2 (s - 1),  dL/db = s - 1",
        by_linear_model,
        (0.3, -0.6, 0.2, 1.5, 0.5),
    ),
]


def central_difference(function, point, position, epsilon=1e-5):
    """The numerical derivative by one of the arguments."""

    def at(step):
        moved = [x + step * (i == position) for i, x in enumerate(point)]
        return function(*moved)

    return (at(epsilon) - at(-epsilon)) / (2 * epsilon)


def compare(function, point, derivatives):
    """Compare the derivatives by the first arguments, each given with its name, ours first."""
    for position, (name, ours, textbook) in enumerate(derivatives):
        numerical = central_difference(function, point, position)
        print(f"# d_{name}: {ours:.9f}   textbook {textbook:.9f}   numerical {numerical:.9f}")
        assert math.isclose(ours, textbook, rel_tol=1e-12)
        assert math.isclose(ours, numerical, rel_tol=1e-8, abs_tol=1e-8)


def main():
    """Print every example, and compare its three derivatives."""
    for function, wrt, formula, derivative, point in EXAMPLES:
        written = s2sgrad.transform(function, wrt=wrt)
        print(formula, written.source, sep="\n\n")
        ours, textbook = written(*point), derivative(*point)
        if isinstance(wrt, str):  # one derivative comes as it is, several as a tuple
            compare(function, point, [(wrt, ours, textbook)])
        else:
            compare(function, point, zip(wrt, ours, textbook, strict=True))
        print()


if __name__ == "__main__":
    main()
