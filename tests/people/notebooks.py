"""Teaching notebooks: short cells that show one thing at a time."""

import functools
import math
import operator
import time
from collections import OrderedDict
from types import SimpleNamespace

import numpy as np

from tests.people.case import Collection

case = Collection()

data = [0.5, 1.5, 2.5]
history = []


def mse(w: float, b: float):
    """Mean squared error of a line through the data of the notebook."""
    targets = [1.0, 2.1, 2.9]
    errors = [(w * x + b - t) ** 2 for x, t in zip(data, targets)]
    return sum(errors) / len(errors)


case(mse, (1.0, 0.5), (-0.3, 2.0))


def mse_with_history(w: float, b: float):
    value = mse(w, b)
    history.append("evaluated")
    return value


case(mse_with_history, (1.0, 0.5), (-0.3, 2.0))


def counter():
    count = 0

    def increment(by=1):
        nonlocal count
        count += by
        return count

    return increment


def weighted_by_counter(x: float, n: int):
    tick = counter()
    total = 0.0
    for _ in range(n):
        total += tick() * x**2
    return total


case(weighted_by_counter, (1.5, 3), (0.4, 1), wrt=("x",))


def running_total(xs: list):
    total = 0.0

    def add(x):
        nonlocal total
        total += x * x
        return total

    partial_sums = [add(x) for x in xs]
    return sum(partial_sums)


case(running_total, ([1.0, 2.0, 3.0],), ([0.5],), wrt=("xs",))


def operate(a: float, b: float, op: str):
    ops = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
    return ops[op](a, b)


case(operate, (2.0, 3.0, "+"), (2.0, 3.0, "*"), (1.0, 4.0, "/"), wrt=("a", "b"))


def rpn(expression: str, x: float, y: float):
    """Evaluate an expression in reverse Polish notation."""
    stack = []
    for token in expression.split():
        if token == "x":
            stack.append(x)
        elif token == "y":
            stack.append(y)
        elif token in {"+", "*", "-"}:
            b, a = stack.pop(), stack.pop()
            if token == "+":
                stack.append(a + b)
            elif token == "*":
                stack.append(a * b)
            else:
                stack.append(a - b)
        else:
            stack.append(float(token))
    return stack.pop()


case(rpn, ("x y * 2 +", 1.5, 2.0), ("x x * y 3 * -", 0.7, 1.1), wrt=("x", "y"))


class Dual:
    """A dual number, to show forward mode; here it is itself differentiated."""

    def __init__(self, value, deriv=0.0):
        self.value, self.deriv = value, deriv

    def __add__(self, other):
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.value + other.value, self.deriv + other.deriv)

    __radd__ = __add__

    def __mul__(self, other):
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.value * other.value, self.value * other.deriv + self.deriv * other.value)

    __rmul__ = __mul__


def derivative_of_polynomial(x: float):
    d = Dual(x, 1.0)
    return (3 * d * d + 2 * d + 1).deriv


case(derivative_of_polynomial, (1.5,), (-0.4,))


def polyval(x: float, *coeffs: float):
    return functools.reduce(lambda acc, c: acc * x + c, coeffs, 0.0)


def cubic(x: float, a: float, b: float):
    return polyval(x, a, b, 0.0, 1.0)


case(cubic, (0.5, 1.0, -2.0), (1.3, 0.2, 0.7))


def summarize(x: np.ndarray):
    result = OrderedDict()
    result["mean"] = x.mean()
    result["norm"] = np.sqrt((x**2).sum())
    result.update(range=x.max() - x.min())
    return result["mean"] + result["norm"] * result["range"]


case(summarize, (np.array([1.0, 2.0, 4.0]),), (np.array([-1.0, 0.5]),))


def make_config(**kwargs):
    defaults = {"scale": 1.0, "shift": 0.0, "name": "default"}
    return SimpleNamespace(**{**defaults, **kwargs})


def configured(x: float, scale: float):
    cfg = make_config(scale=scale, name="mine")
    return cfg.scale * x**2 + cfg.shift


case(configured, (1.5, 2.0), (0.3, -1.0))


def safe_log(x: float):
    try:
        return math.log(x)
    except ValueError:
        return -10.0 + x
    finally:
        history.append("log")


case(safe_log, (2.0,), (-1.5,))


def safe_divide(a: float, b: float):
    try:
        result = a / b
    except ZeroDivisionError:
        print("division by zero")
        result = a
    else:
        print("fine")
    return result * 2


case(safe_divide, (1.0, 4.0), (3.0, -0.5))


def timed_norm(x: np.ndarray):
    start = time.perf_counter()
    n = np.sqrt(sum(v**2 for v in x))
    elapsed = time.perf_counter() - start
    assert elapsed >= 0, "time runs backwards"
    return n


case(timed_norm, (np.array([3.0, 4.0]),), (np.array([1.0, 2.0, 2.0]),))


def collatz_like(x: float, n: int):
    trace = []
    while n != 1:
        n, x = (n // 2, x / 2) if n % 2 == 0 else (3 * n + 1, 1.5 * x + 1)
        trace.append(x)
    return trace[-1] if trace else x


case(collatz_like, (1.0, 6), (2.5, 4), (0.7, 1), wrt=("x",))


def matrix_chain(*matrices):
    out = matrices[0]
    for m in matrices[1:]:
        out = out @ m
    return out


def trace_of_product(A: np.ndarray, B: np.ndarray):
    mats = [A, B, A.T]
    return np.trace(matrix_chain(*mats))


case(trace_of_product, (np.array([[1.0, 2.0], [0.5, 1.0]]), np.eye(2)), (np.array([[0.3]]), np.array([[2.0]])))


def nested_params(params: dict, x: float):
    h = params["layer1"]["w"] * x + params["layer1"]["b"]
    out = params["layer2"]["w"] * math.tanh(h)
    return out + sum(v**2 for v in params["layer1"].values())


case(
    nested_params,
    ({"layer1": {"w": 0.5, "b": 0.1}, "layer2": {"w": 1.5}}, 0.7),
    ({"layer1": {"w": -1.2, "b": 0.4}, "layer2": {"w": 0.3}}, 1.1),
    wrt=("params", "x"),
)
case(
    nested_params,
    ({"layer1": {"w": 0.5, "b": 0.1}, "layer2": {"w": 1.5}}, 0.7),
    ({"layer1": {"w": -1.2, "b": 0.4}, "layer2": {"w": 0.3}}, 1.1),
    wrt=("params['layer2']['w']", "x"),
    label="nested_params_by_an_element",
)


def flatten(tree):
    if isinstance(tree, (list, tuple)):
        out = []
        for item in tree:
            out.extend(flatten(item))
        return out
    return [tree]


def norm_of_tree(tree: list):
    return math.sqrt(sum(v * v for v in flatten(tree)))


case(norm_of_tree, ([1.0, [2.0, [0.5]], 3.0],), ([0.3, 0.4],), wrt=("tree",))


def is_prime(n):
    return n > 1 and all(n % k for k in range(2, int(n**0.5) + 1))


def prime_zeta(s: float, limit: int):
    return sum(p**-s for p in filter(is_prime, range(limit)))


case(prime_zeta, (2.0, 20), (1.5, 8), wrt=("s",))


def piecewise(x: float, table: list):
    """Evaluate by the first row whose interval holds x."""
    for row in table:
        match row:
            case (lo, hi, "const", c) if lo <= x < hi:
                return c + 0 * x
            case (lo, hi, "linear", a, b) if lo <= x < hi:
                return a * x + b
            case (_, _, "square", a):
                return a * x * x
    return 0.0 * x


TABLE = [(0, 1, "const", 2.0), (1, 2, "linear", 3.0, -1.0), (2, 3, "square", 0.5)]

case(piecewise, (0.5, TABLE), (1.4, TABLE), (2.7, TABLE), wrt=("x",))


def first_and_last(xs: list):
    first, *middle, last = xs
    return first * last + sum(middle)


case(first_and_last, ([1.0, 2.0, 3.0, 4.0],), ([0.5, 1.5],), wrt=("xs",))


def swap_sort(xs: list):
    """Bubble sort, in place on a copy, then a weighted sum."""
    a = xs[:]
    for i in range(len(a)):
        for j in range(len(a) - 1 - i):
            if a[j] > a[j + 1]:
                a[j], a[j + 1] = a[j + 1], a[j]
    return sum((i + 1) * v for i, v in enumerate(a))


case(swap_sort, ([3.0, 1.0, 2.0],), ([0.5, -0.5],), wrt=("xs",))


def divmod_angle(x: float):
    turns, rest = divmod(x, 2 * math.pi)
    return rest**2 + turns


case(divmod_angle, (7.0,), (1.0,))


def best_of(x: float):
    candidates = {"linear": x, "square": x**2, "root": math.sqrt(x)}
    name = max(candidates, key=candidates.get)
    print(name)
    return candidates[name]


case(best_of, (0.4,), (2.0,))


def pipeline(x: float):
    steps = [math.sin, math.exp, lambda v: v**2]
    for step in steps:
        x = step(x)
    return x


case(pipeline, (0.5,), (1.2,))


def grid_search(f, grid):
    best, best_value = None, math.inf
    for p in grid:
        v = f(p)
        if v < best_value:
            best, best_value = p, v
    return best, best_value


def cheapest(a: float, b: float):
    p, value = grid_search(lambda t: a * (t - 1) ** 2 + b * t, [0, 1, 2])
    return value


case(cheapest, (1.0, 0.3), (0.5, 2.0))


def average_of_columns(table: np.ndarray, skip: int):
    means = {}
    for j, col in enumerate(table.T):
        if j == skip:
            continue
        means[f"col{j}"] = col.mean()
    return means


case(average_of_columns, (np.array([[1.0, 2.0], [3.0, 5.0]]), 0), (np.array([[1.0, 2.0, 0.5]]), 5), wrt=("table",))

CASES = case.all
