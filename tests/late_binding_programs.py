"""Programs with functions inside whose variables get other values before they are called."""

from __future__ import annotations

from functools import partial

import numpy as np

X = np.array([0.3, 1.2, -0.7, 0.9])


class Linear:
    def __init__(self, a):
        self.a = a

    def use(self, v):
        return v * self.a

    def make(self):
        return lambda v: v * self.a


def scaling(w):
    return lambda v: v * w


def scaling_twice(w):
    w = w * 2

    def g(v):
        return v * w

    w = w + 1
    return g


def powers(x, n):
    v = 1.0
    for _ in range(n):
        yield v
        v = v * x


def hidden_by_a_local_name(x: np.ndarray):
    t = x[0]

    def multiples(n):
        for k in range(n):
            yield t * k

    def inner(u):
        t = u * 3
        s = 0.0
        for v in multiples(3):
            s += v * t
        return s

    return inner(x[1]) * t


def hidden_by_a_parameter(x: np.ndarray):
    def inner(powers):
        s = 0.0
        for v in powers(x[0], 3):
            s += v
        return s

    return inner(lambda a, n: [a * n, a * a])


def hidden_in_a_lambda(x: np.ndarray):
    f = lambda powers: sum(powers(x[0], 3)) * x[1]
    return f(lambda a, n: [a * n, a * a])


def default_at_the_definition(x: np.ndarray):
    w = x[0]

    def f(v, w=w):
        return v * w

    w = x[1]
    return f(2.0) * w


def default_of_a_lambda(x: np.ndarray):
    w = x[0]
    f = lambda v, w=w * x[2]: v * w
    w = x[1]
    return f(2.0) * w


def default_that_carries_nothing(x: np.ndarray):
    n = len(x)

    def f(v, n=n):
        return v * n

    n = n + 2

    def g(v):
        return v * n

    n = n + 3
    return f(2.0) + g(x[0]) * x[1] * n


def made_by_a_function(x: np.ndarray):
    f = scaling(x[0])
    g = scaling(x[1])
    h = scaling_twice(x[2])
    return f(2.0) * g(x[2]) + h(x[0])


def made_in_a_loop(x: np.ndarray):
    functions = []
    for k in range(3):
        functions.append(scaling(x[k]))
    return sum(f(2.0) for f in functions)


def called_in_the_next_trip(x: np.ndarray):
    f = scaling(1.0)
    s = 0.0
    for k in range(3):
        g = f
        f = scaling(x[k])
        s += g(x[0]) * f(2.0)
    return s


def called_in_its_trip(x: np.ndarray):
    s = 0.0
    for k in range(3):
        f = scaling(x[k])
        s += f(x[0]) * f(2.0)
    return s


def methods_of_several(x: np.ndarray):
    functions = [Linear(x[k]).make() for k in range(3)]
    return functions[0](x[1]) * functions[2](2.0)


def object_under_another_name(x: np.ndarray):
    layer = Linear(x[0])
    f = layer.make()
    layer = Linear(x[1])
    g = layer.make()
    return f(2.0) + g(x[2])


def object_that_is_changed(x: np.ndarray):
    layer = Linear(x[0])
    f = layer.make()
    layer.a = x[1]
    return f(2.0) + f(x[2])


def objects_that_change_places(x: np.ndarray):
    a, b = Linear(x[0]), Linear(x[1])
    f = a.make()
    a, b = b, a
    return f(x[2]) + a.a * b.a * 2


def object_that_is_passed(x: np.ndarray):
    def outer(layer):
        return lambda v: v * layer.a

    layer = Linear(x[0])
    f = outer(layer)
    layer = Linear(x[1])
    return f(x[2]) * layer.a


def dict_under_another_name(x: np.ndarray):
    def outer(d):
        return lambda v: v * d["a"]

    d = {"a": x[0]}
    f = outer(d)
    d = {"a": x[1]}
    g = outer(d)
    d["a"] = x[2]
    return f(2.0) * g(3.0)


def object_of_the_last_trip(x: np.ndarray):
    layer = Linear(x[0])
    s = 1.0
    for k in range(3):
        f = layer.make()
        layer = Linear(x[k] * s)
        s += f(x[1])
    return s


def method_of_the_first(x: np.ndarray):
    layer = Linear(x[0])
    f = layer.use
    layer = Linear(x[1])
    return f(2.0) * layer.a


def method_of_the_last_trip(x: np.ndarray):
    layer = Linear(x[0])
    s = 1.0
    for k in range(3):
        f = layer.use
        layer = Linear(x[k] * s)
        s += f(x[1])
    return s


def method_with_an_argument(x: np.ndarray):
    layer = Linear(x[0])
    f = partial(layer.use, x[2])
    layer = Linear(x[1])
    return f() * layer.a


def method_in_a_dict(x: np.ndarray):
    layer = Linear(x[0])
    d = {"f": layer.use}
    layer = Linear(x[1])
    return d["f"](2.0) * layer.a


def methods_that_are_used_at_once(x: np.ndarray):
    layer = Linear(x[0])
    s = sum(map(layer.use, x))
    f = layer.use
    layer.a = x[1]
    return s * f(2.0) * layer.use(3.0)


def what_a_loop_counts(x: np.ndarray):
    table = {}
    for k in range(3):
        table[k] = lambda v: v * x[k]
    return table[0](x[1]) + table[2](2.0)


def what_a_loop_runs_over(x: np.ndarray):
    functions = []
    for layer in (Linear(x[0]), Linear(x[1])):
        functions.append(lambda v: v * layer.a)
    return functions[0](x[2]) * functions[1](2.0)


def what_a_list_runs_over(x: np.ndarray):
    functions = [lambda v: v * layer.a for layer in (Linear(x[0]), Linear(x[1]))]
    return functions[0](x[2]) * functions[1](2.0)


def what_a_dict_runs_over(x: np.ndarray):
    functions = {n: (lambda v: v * x[k]) for k, n in enumerate(("a", "b"))}
    return functions["a"](x[2]) * functions["b"](2.0)


def kept_in_a_list(x: np.ndarray):
    functions = []
    for k in range(3):
        functions.append(lambda v: v * x[k])
    return functions[0](x[1]) + functions[2](2.0)


def doubled_by_the_test(x: np.ndarray):
    w = x[0]

    def doubled():
        nonlocal w
        w = w * 2
        return w

    while doubled() < 20:
        w = w + x[1]
    return w


def doubled_and_left(x: np.ndarray):
    w = x[0]

    def doubled():
        nonlocal w
        w = w * 2
        return w

    n = 0
    while doubled() < 20 and w > 0:
        n += 1
        if n == 2:
            continue
        w = w + x[1]
        if w > 15:
            break
    else:
        w = w * 3
    return w * x[1]


RIGHT = (
    hidden_by_a_parameter,
    hidden_in_a_lambda,
    default_that_carries_nothing,
    made_by_a_function,
    called_in_its_trip,
    object_that_is_changed,
    kept_in_a_list,
    methods_that_are_used_at_once,
    doubled_by_the_test,
    doubled_and_left,
)

REFUSED = (
    hidden_by_a_local_name,
    default_at_the_definition,
    default_of_a_lambda,
    made_in_a_loop,
    called_in_the_next_trip,
    methods_of_several,
    object_under_another_name,
    objects_that_change_places,
    object_that_is_passed,
    dict_under_another_name,
    object_of_the_last_trip,
    method_of_the_first,
    method_of_the_last_trip,
    method_with_an_argument,
    method_in_a_dict,
    what_a_loop_counts,
    what_a_loop_runs_over,
    what_a_list_runs_over,
    what_a_dict_runs_over,
)
