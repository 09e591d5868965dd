"""Programs with functions inside that bind names of the function around them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np


def order_of_operands(x: np.ndarray):
    total = x[0]

    def add(v):
        nonlocal total
        total = total * 0.5 + v
        return total

    a = total + add(x[1])
    b = add(x[2]) - total
    c = total * add(total) * total
    return a + 2 * b + 3 * c


def added_to_while_it_changes(x: np.ndarray):
    total = 1.0

    def add(v):
        nonlocal total
        total = total + v * v
        return v * total

    total += add(x[0])
    total = total * add(x[1])
    pair = (total, add(x[2]))
    return pair[0] * pair[1] + total


def given_its_own_name(x: np.ndarray):
    state = x[0]

    def step(v):
        nonlocal state
        state = state + x[1]
        return v * state

    return step(state) * step(state) + state


def two_names(x: np.ndarray):
    low, high = x[0], x[0]

    def see(v):
        nonlocal low, high
        if v < low:
            low = v
        if v > high:
            high = v

    for v in x:
        see(v)
    return high**2 - low


def in_branches(x: np.ndarray):
    last = x[0]
    count = 0

    def note(v):
        nonlocal last, count
        count += 1
        if v > 0.5:
            last = v * last
            return 1.0
        return 0.5

    weight = 0.0
    for v in x:
        if count < 2:
            weight += note(v) * v
    return last * weight * count


def read_by_another(x: np.ndarray):
    rate = x[0]

    def decay():
        nonlocal rate
        rate = rate * 0.9

    def flow(v):
        return rate * v

    out = flow(x[1])
    decay()
    out += flow(x[2])
    decay()
    return out * rate


def called_in_another(x: np.ndarray):
    total = 0.0

    def add(v):
        nonlocal total
        total += v * v

    def both(a, b):
        add(a)
        add(b * total)

    both(x[0], x[1])
    both(x[1], x[2])
    return total


def of_arrays(x: np.ndarray):
    state = x * 1.0

    def push(k):
        nonlocal state
        state = np.roll(state, 1) * x[k]

    for k in range(3):
        push(k)
    return np.sum(state * x)


def in_short_circuits(x: np.ndarray):
    total = x[0]

    def more(v):
        nonlocal total
        total = total + v
        return total > 1

    if more(x[1]) and more(x[2]):
        total = total * 2
    return total * total


def passed_on(x: np.ndarray):
    total = 0.0

    def add(v):
        nonlocal total
        total += v * v
        return v

    return sum(map(add, x)) * total


X = np.array([0.6, 1.7, 0.4])
def a_parameter(x: np.ndarray):
    def scaled(q):
        nonlocal x
        x = x * q
        return x[0]

    first = x[1] * scaled(x[2])
    return first + scaled(2.0) + x.sum()


def in_a_branch(x: np.ndarray):
    s, y = x[0], x[1]
    if x[2] > 0:

        def grow(q):
            nonlocal s
            s = s * q + y
            return s * q

        y = grow(grow(x[1])) + s
    return y * s


def in_a_loop(x: np.ndarray):
    y, s = 0.0, x[0]
    for i in range(4):

        def add(q):
            nonlocal y
            y += s * q * i  # noqa: B023
            return y

        s = s * add(x[1]) + x[2]
        if i == 2:
            break
    return y * s


def with_one_inside(x: np.ndarray):
    s = x[0]

    def grow(q):
        nonlocal s

        def inner(r):
            return r * s

        s = inner(q)
        return s + inner(q)

    def twice(f, q):
        return f(q) * f(2.0)

    return twice(grow, x[1]) * s


RIGHT: list[Any] = [order_of_operands, added_to_while_it_changes, given_its_own_name, two_names]
RIGHT += [in_branches, read_by_another, called_in_another, of_arrays, in_short_circuits]
RIGHT += [passed_on, a_parameter, in_a_branch, in_a_loop, with_one_inside]


def kept(x: np.ndarray):
    total = 0.0

    def add(v):
        nonlocal total
        total += v * v

    functions = []
    for _ in range(2):
        functions.append(add)
    for f in functions:
        f(x[0])
    return total + x[1]


def recursive(x: np.ndarray):
    total = x[0]

    def down(n):
        nonlocal total
        total = total * x[1]
        if n > 0:
            down(n - 1)

    down(2)
    return total


def looped_over(x: np.ndarray):
    items = [x[0], x[1]]

    def renew():
        nonlocal items
        items = [x[2], x[2]]

    total = 0.0
    for v in items:
        renew()
        total += v
    return total + items[0]


def two_deep(x: np.ndarray):
    def outer():
        total = x[0]

        def add():
            nonlocal total
            total = total * x[1]

        add()
        return total

    return outer() * x[2]


def looped_over_beside_calls(x: np.ndarray):
    w = x[0]

    def renew(v):
        nonlocal w
        w = w * x[1] + v
        return w

    total = x[2]
    for v in [x[1], w]:
        total = total * 1.3 + np.tanh(v)
    renew(total)
    for v in (w, x[1], w * w):
        total = total * 1.3 + np.tanh(v)
    values = [v * w for v in (w, total)]
    renew(values[0])
    return total * w + values[1]


def looped_over_in_a_loop_with_calls(x: np.ndarray):
    w = x[0]
    rows = [x[1], x[2]]

    def renew(v):
        nonlocal w, rows
        w = w * x[2] + v
        rows = [rows[1] * v, w]

    total = 0.5
    for k in range(3):
        for v in [w, x[k]]:
            total = total * 0.7 + np.tanh(v)
        if k != 1:
            renew(x[k])
        for v in rows:
            total += v * w
    return total * w


def looped_over_and_bound_by_another(x: np.ndarray):
    items = [x[0], x[1]]

    def renew(v):
        nonlocal items
        items = [items[1] * v, x[2]]

    def again():
        renew(x[1])

    total = 0.0
    for v in items:
        again()
        total += v
    return total + items[0]


def looped_over_and_bound_by_a_lambda(x: np.ndarray):
    items = [x[0], x[1]]

    def renew(v):
        nonlocal items
        items = [items[1] * v, x[2]]
        return v

    again = lambda: renew(x[1])  # noqa: E731
    other = again
    total = 0.0
    for v in items:
        other()
        total += v
    return total + items[0]


def looped_over_by_what_binds_it(x: np.ndarray):
    items = x[:2]

    def renew(v):
        nonlocal items
        items = items * v
        return v

    values = [renew(v) * 2 for v in items]
    return values[0] * items[0] + values[1]


RIGHT += [looped_over_beside_calls, looped_over_in_a_loop_with_calls]
REFUSED = [kept, recursive, looped_over, two_deep, looped_over_and_bound_by_another]
REFUSED += [looped_over_and_bound_by_a_lambda, looped_over_by_what_binds_it]


def in_a_function_inside(x: np.ndarray):
    q = x[2]

    def g(q):
        q *= x.sum()

        def inner(k):
            nonlocal q
            q += k
            return q

        return inner(x[0]) * q

    r = g(math.tanh(x[1]))
    return r * q * g(r)


def counted_in_a_function_inside(x: np.ndarray):
    t = x[0] * 2

    def g(v):
        t = 0.0

        def add(k):
            nonlocal t
            t = t + k * v
            return t

        total = sum([add(u) for u in x])
        for i in range(2):
            add(x[i])
        return total * t

    r = g(x[1])
    t = t * r
    return r * t + g(t)


def in_a_function_inside_that_is_passed_on(x: np.ndarray):
    parts = {"a": x[0], "b": x[1]}

    def g(v):
        c = v

        def inner(k):
            nonlocal c
            if k > 0.5:
                c = c * k
                return c * 2
            c = c + parts["a"] * k
            return c

        return inner(x[2]) * c

    first = sum(map(g, [x[0], x[1]]))
    parts["a"] = first
    return first * g(first)


def made_in_a_loop(x: np.ndarray):
    y = 1.0 * x
    s = x[0]
    for _ in range(len(x)):

        def g(q):
            q *= y.sum()

            def inner(k):
                nonlocal q
                q += k
                return q

            return inner(s) * q

        s = g(s * 0.1)
        y[0] = s
    return s * y[1]


def _with_a_function_inside(x, s):
    def g(q):
        def inner(k):
            nonlocal q
            q = q + k
            return q

        return inner(s) * q

    return g(x[0])


def in_a_helper(x: np.ndarray):
    y = 1.0 * x
    y[0] = _with_a_function_inside(y, x[1])
    return _with_a_function_inside(y, x[2])


def written_where_it_is_made(x: np.ndarray):
    def g(v):
        c = v
        fs = []

        def inner(k):
            nonlocal c
            c = c + k
            return c

        fs.append(inner)
        return fs[0](x[0]) * c

    return g(x[1])


RIGHT += [in_a_function_inside, counted_in_a_function_inside, made_in_a_loop, in_a_helper]
RIGHT += [in_a_function_inside_that_is_passed_on]
REFUSED += [written_where_it_is_made]
