"""Functions that store what carries a derivative in an array of the module, and call what writes there, too."""

import contextlib
import functools
import operator

import numpy as np

W = np.ones(4)


def reset():
    W[:] = 0.5


def sort():
    W.sort()


def fill():
    W.fill(2.0)


def scale_out():
    np.multiply(W, 2.0, out=W)


def by_another_function(v=0.0):
    def inner():
        W[0] = 0.5

    inner()
    return v


def to_an_argument(values=W):
    values[0] = 2.0


def by_exec():
    exec("W[0] = 2.0")


class Table:
    def __init__(self):
        self.v = 1.0

    def reset(self):
        W[:] = 0.5

    @property
    def level(self):
        W[0] = 0.5
        return 1.0

    def __call__(self, v):
        W[0] = 0.5
        return v

    def __len__(self):
        W[0] = 0.5
        return 2


class Making:
    def __init__(self):
        W[0] = 0.75


def numbers():
    W[:] = 0.5
    yield 1.0
    W[1] = 0.25
    yield 2.0


@contextlib.contextmanager
def lowered():
    W[:] = 0.5
    yield
    W[2] = 0.75


table = Table()
PARTIAL = functools.partial(by_another_function, 2.0)
FUNCTIONS = {"a": reset}
W[:] = 1.0


def before(x, s):
    reset()
    W[0] = s
    return np.sum(W) * x


def after(x, s):
    W[0] = s
    reset()
    return np.sum(W) * x


def before_and_after(x, s):
    for k in range(3):
        reset()
        W[k] = s * x[k]
        x = x * np.sum(W)
    return x


def in_a_branch(x, s):
    if x[0] > 0:
        W[0] = s
    else:
        reset()
    return W[0] * x


def sorted_after(x, s):
    W[0] = s
    sort()
    return W[3] * x


def filled_after(x, s):
    W[0] = s
    fill()
    return W[0] * x


def scaled_after(x, s):
    W[0] = s
    scale_out()
    return W[0] * x


def by_its_other_name(x, s):
    values = W
    values[0] = s
    reset()
    return values[0] * x


def under_its_other_name(x, s):
    values = W
    values[0] = s
    return W[0] * x * values[1]


def chosen_name(x, s):
    values = W if x[0] > 0 else np.zeros(4)
    values[0] = s
    return np.sum(W * x)


def as_condition(x, s):
    W[0] = s
    if by_another_function(s) > 0:
        return W[0] * x * s
    return x


def among_items(x, s):
    W[0] = s
    r = [by_another_function(v) for v in x]
    return W[0] * x * r[0]


def mapped(x, s):
    W[0] = s
    list(map(by_another_function, x))
    return W[0] * x


def along_an_axis(x, s):
    W[0] = s
    np.apply_along_axis(by_another_function, 0, x)
    return W[0] * x


def taken_from_a_list(x, s):
    W[0] = s
    next(iter([reset]))()
    return W[0] * x


def of_a_dict(x, s):
    W[0] = s
    FUNCTIONS["a"]()
    return W[0] * x


def partial(x, s):
    W[0] = s
    PARTIAL()
    return W[0] * x


def default(x, s):
    W[0] = s
    to_an_argument()
    return W[0] * x


def run_from_text(x, s):
    W[0] = s
    by_exec()
    return W[0] * x


def method(x, s):
    W[0] = s
    table.reset()
    return W[0] * x


def method_called(x, s):
    W[0] = s
    operator.methodcaller("reset")(table)
    return W[0] * x


def measured(x, s):
    W[0] = s
    return W[0] * x * len(table)


def printed(x, s):
    W[0] = s
    f"{table.level}"
    return W[0] * x


def called(x, s):
    W[0] = s
    return W[0] * x * table(s) * W[0]


def made(x, s):
    W[0] = s
    Making()
    return W[0] * x


def generated(x, s):
    W[2] = s
    for v in numbers():
        x = x * W[2] * v
    return x


def in_a_context(x, s):
    W[2] = s
    with lowered():
        x = x * W[0]
    return x * W[2]
