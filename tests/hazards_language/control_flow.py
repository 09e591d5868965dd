"""Loops with all their exits, branches, short circuits, recursion, exceptions."""

import math

import numpy as np

from tests.stated import Collection

case = Collection()

_V = (np.array([0.5, -1.2, 2.0, 0.8]),)
_W = (np.array([1.5, 0.3]),)


def while_with_else(x: float, n: int):
    y = x
    while n > 0:
        y = y * x
        n -= 1
        if y > 100:
            break
    else:
        y = y + 3 * x
    return y


case(
    while_with_else,
    lambda w, x, n: w * (2 * x if x > 10 else (n + 1) * x**n + 3),
    (1.5, 3),
    (0.7, 0),
    (20.0, 3),
)


def for_with_else(x: np.ndarray, limit: float):
    for i in range(len(x)):
        if x[i] > limit:
            y = x[i] ** 2
            break
    else:
        y = x.sum()
    return y


def _for_with_else(w, x, limit):
    d = np.ones(len(x))
    if limit < 2:
        d = np.where(np.arange(len(x)) == 2, 2 * x, 0)
    return w * d


case(for_with_else, _for_with_else, (_V[0], 1.0), (_V[0], 9.0), wrt=("x",))


def break_leaves_the_inner_loop_only(x: float, n: int):
    total = 0.0
    for i in range(n):
        term = x
        for j in range(10):
            if j > i:
                break
            term = term * x
        total += term
    return total


case(
    break_leaves_the_inner_loop_only,
    lambda w, x, n: w * sum((i + 2) * x ** (i + 1) for i in range(n)),
    (0.9, 3),
    (1.1, 0),
)


def continue_skips_the_rest(x: np.ndarray):
    total = 0.0
    for v in x:
        if v < 0:
            continue
        total = total * v + v
    return total


case(
    continue_skips_the_rest,
    lambda w, x: (
        w * np.array([(x[2] + 0) * x[3], 0, (x[0] + 1) * x[3], (x[0] * x[2] + x[2]) + 1])
        if len(x) == 4
        else w * np.array([x[1], x[0] + 1])
    ),
    _V,
    _W,
)


def return_from_nested_loops(A: np.ndarray, limit: float):
    total = 0.0
    for i in range(A.shape[0]):
        for j in range(A.shape[1]):
            total += A[i, j] ** 2
            if total > limit:
                return total * A[i, j]
    return total


def _return_from_nested_loops(w, A, limit):
    if limit > 100:
        return w * 2 * A
    d = np.zeros(A.shape)
    d[0] = 2 * A[0] * A[1, 0]
    d[1, 0] = 3 * A[1, 0] ** 2 + np.sum(A[0] ** 2)
    return w * d


case(
    return_from_nested_loops,
    _return_from_nested_loops,
    (np.array([[1.0, 0.5], [1.5, 2.0]]), 3.0),
    (np.array([[1.0, 0.5], [1.5, 2.0]]), 1000.0),
    wrt=("A",),
)


def loop_variable_after_the_loop(x: np.ndarray):
    for v in x:
        pass
    return v * v


def _last(w, x):
    d = np.zeros(len(x))
    d[-1] = 2 * x[-1] * w
    return d


case(loop_variable_after_the_loop, _last, _V, _W)


def counter_after_the_loop(x: float, n: int):
    i = 7
    for i in range(n):
        pass
    return x**i


case(
    counter_after_the_loop,
    lambda w, x, n: w * (7 * x**6 if n == 0 else (n - 1) * x ** (n - 2) if n > 1 else 0.0),
    (1.2, 0),
    (1.2, 1),
    (1.2, 4),
)


def loop_variable_assigned_inside(x: np.ndarray):
    total = 0.0
    for v in x:
        v = v * v
        total += v
        v = 5.0
    return total * v


case(loop_variable_assigned_inside, lambda w, x: w * 10 * x, _V, _W)


def counter_assigned_inside(x: float, n: int):
    y = x
    for i in range(n):
        i = i * 2
        y = y * x + i
    return y


def _counter_assigned_inside(w, x, n):
    y, d = x, 1.0
    for i in range(n):
        y, d = y * x + 2 * i, d * x + y
    return w * d


case(counter_assigned_inside, _counter_assigned_inside, (0.8, 3), (0.8, 0))


def range_is_evaluated_once(x: float, n: int):
    y = 1.0
    for _ in range(n):
        y = y * x
        n = n + 1
    return y * n


case(range_is_evaluated_once, lambda w, x, n: w * 2 * n * n * x ** (n - 1), (1.1, 3), (0.6, 1))


def trips_depend_on_the_value(x: float):
    y, k = x, 0
    while y < 50:
        y = y * x
        k += 1
    return y + k


case(trips_depend_on_the_value, lambda w, x: w * 3 * x**2 if x > 5 else w * 6 * x**5, (6.0,), (2.1,))


def and_gives_one_of_its_operands(x: float):
    return x and x * x


case(and_gives_one_of_its_operands, lambda w, x: w * (2 * x if x else 1.0), (1.5,), (0.0,), smooth=False)


def or_gives_one_of_its_operands(x: float):
    return x or 3 * x


case(or_gives_one_of_its_operands, lambda w, x: w * (1.0 if x else 3.0), (1.5,), (0.0,), smooth=False)


def not_and_or_mixed(x: float, y: float, flag: bool):
    return (flag and x * y) or (not flag and x + y)


case(
    not_and_or_mixed,
    lambda w, x, y, flag: (w * y, w * x) if flag else (w, w),
    (1.5, 2.0, True),
    (1.5, 2.0, False),
)


def short_circuit_guards_a_division(x: float):
    if x != 0 and 1 / x > 0.5:
        return 1 / x
    return x * 3


case(
    short_circuit_guards_a_division,
    lambda w, x: w * (3.0 if x in (0.0, 4.0) else -1 / x**2),
    (0.0,),
    (1.0,),
    (4.0,),
    smooth=False,
)


def chained_comparison(x: float):
    if 0 < x < 1 < 2 * x:
        return x * x
    return 5 * x


case(chained_comparison, lambda w, x: w * (2 * x if x == 0.75 else 5.0), (0.75,), (0.25,), (1.5,))


def nested_conditional_expressions(x: float):
    return x**2 if x > 1 else x**3 if x > 0 else -x


case(
    nested_conditional_expressions,
    lambda w, x: w * (2 * x if x > 1 else 3 * x * x if x > 0 else -1),
    (2.0,),
    (0.5,),
    (-1.0,),
)


def walrus_in_a_condition(x: float):
    y = x
    while (y := y * x) < 30:
        pass
    return y


case(walrus_in_a_condition, lambda w, x: w * 4 * x**3, (3.0,))


def value_of_the_branch_that_is_taken(x: float):
    """The derivative is that of the branch, though both sides have x * x for their limit."""
    if x == 1.0:
        return x
    return x * x


case(
    value_of_the_branch_that_is_taken,
    lambda w, x: w * (1.0 if x == 1 else 2 * x),
    (1.0,),
    (2.0,),
    smooth=False,
)


def constant_on_one_branch(x: float):
    if x < 0:
        return 0.0
    y = x * x
    return y


case(constant_on_one_branch, lambda w, x: w * (2 * x if x > 0 else 0.0), (1.5,), (-1.5,))


def same_counter_in_both_loops(x: float):
    total = 0.0
    for i in range(3):
        for i in range(2):
            total += x**i
        total *= i + x
    return total


def _same_counter_in_both_loops(w, x):
    t, d = 0.0, 0.0
    for _ in range(3):
        t, d = t + 1 + x, d + 1
        t, d = t * (1 + x), d * (1 + x) + t
    return w * d


case(same_counter_in_both_loops, _same_counter_in_both_loops, (0.7,))


def zip_stops_at_the_shorter(x: np.ndarray, y: np.ndarray):
    total = 0.0
    for a, b in zip(x, y):
        total += a * b
    return total


def _zip_stops_at_the_shorter(w, x, y):
    n = min(len(x), len(y))
    dx, dy = np.zeros(len(x)), np.zeros(len(y))
    dx[:n], dy[:n] = w * y[:n], w * x[:n]
    return dx, dy


case(zip_stops_at_the_shorter, _zip_stops_at_the_shorter, (_V[0], _W[0]), (_W[0], _V[0]))


def enumerate_from_three(x: np.ndarray):
    total = 0.0
    for k, v in enumerate(x, start=3):
        total += k * v * v
    return total


case(enumerate_from_three, lambda w, x: w * 2 * np.arange(3, 3 + len(x)) * x, _V, _W)


def reversed_recurrence(x: np.ndarray):
    y = 1.0
    for v in reversed(x):
        y = y * 0.5 + v * v * y
    return y


def _reversed_recurrence(w, x):
    f = 0.5 + x * x
    return w * np.array([2 * x[i] * np.prod(np.delete(f, i)) for i in range(len(x))])


case(reversed_recurrence, _reversed_recurrence, _V, _W)


def loop_over_functions(x: float):
    total = 0.0
    for g in (math.sin, math.cos, math.exp):
        total += g(x)
    return total


case(loop_over_functions, lambda w, x: w * (math.cos(x) - math.sin(x) + math.exp(x)), (0.4,))


def even(n, x):
    if n == 0:
        return x
    return odd(n - 1, x * x)


def odd(n, x):
    if n == 0:
        return 2 * x
    return even(n - 1, x + 1)


def mutual_recursion(x: float, n: int):
    return even(n, x)


case(
    mutual_recursion,
    lambda w, x, n: w * {0: 1.0, 1: 4 * x, 2: 2 * x, 3: 8 * x * (x * x + 1)}[n],
    (1.3, 0),
    (1.3, 1),
    (1.3, 2),
    (1.3, 3),
)


def power(x, n):
    if n == 0:
        return 1.0
    half = power(x, n // 2)
    return half * half * x if n % 2 else half * half


def recursion_by_halves(x: float, n: int):
    return power(x, n)


case(recursion_by_halves, lambda w, x, n: w * (n * x ** (n - 1) if n else 0.0), (1.3, 0), (1.3, 1), (0.8, 6), (0.8, 11))


def finally_runs_after_return(x: float):
    y = x * x
    try:
        return y * x
    finally:
        y = 0.0


case(finally_runs_after_return, lambda w, x: w * 3 * x * x, (1.2,))


def exception_is_caught(x: float, d: float):
    try:
        y = x / d
    except ZeroDivisionError:
        y = x * x
    return y * 2


case(
    exception_is_caught,
    lambda w, x, d: w * 2 / d if d else w * 4 * x,
    (1.2, 2.0),
    (1.2, 0.0),
    wrt=("x",),
)


def raises_where_told(x: float):
    if x < 0:
        raise ValueError("negative")
    return x * x * x


case(raises_where_told, lambda w, x: w * 3 * x * x, (1.2,), fails=(((-1.0,), ValueError),))


def asserts_what_it_needs(x: float):
    assert x > 0, "positive"
    return 5 * x


case(asserts_what_it_needs, lambda w, x: 5 * w, (1.2,), fails=(((-1.0,), AssertionError),))


def loop_with_exit_in_the_middle(x: float):
    y, total = x, 0.0
    while True:
        y = y * y
        if y > 20:
            break
        total += y
    return total + y


case(loop_with_exit_in_the_middle, lambda w, x: w * (2 * x + 4 * x**3 + 8 * x**7), (1.9,))


def no_trip_at_all(x: np.ndarray):
    y = x[0]
    for v in x[:0]:
        y = v * y
    while y > 1e9:
        y = y * y
    return y


case(no_trip_at_all, lambda w, x: w * np.eye(len(x))[0], _V, _W)


def nested_comprehension_with_conditions(x: np.ndarray):
    return sum([a * b for i, a in enumerate(x) if a > 0 for j, b in enumerate(x) if i < j])


def _nested_comprehension(w, x):
    d = np.zeros(len(x))
    for i, a in enumerate(x):
        for j, b in enumerate(x):
            if a > 0 and i < j:
                d[i] += b
                d[j] += a
    return w * d


case(nested_comprehension_with_conditions, _nested_comprehension, _V, _W)


def branch_on_all_of_an_array(x: np.ndarray):
    if (x > 0).all():
        return np.log(x).sum()
    if np.any(x < -1):
        return (x * x).sum()
    return x.sum()


case(branch_on_all_of_an_array, lambda w, x: w * (1 / x if len(x) == 2 else 2 * x), _V, _W)


def match_on_a_number(x: float, kind: int):
    match kind:
        case 0:
            return x * x
        case 1 | 2:
            return 3 * x
    return x


def down_by_twos(x: float, n: int):
    y = x
    for i in range(n, 0, -2):
        y = y * x + i
    return y


def _down_by_twos(w, x, n):
    y, d = x, 1.0
    for i in range(n, 0, -2):
        y, d = y * x + i, d * x + y
    return w * d


case(down_by_twos, _down_by_twos, (0.8, 5), (0.8, 4), (0.8, 0), (0.8, -3))

case(
    match_on_a_number,
    lambda w, x, kind: w * (2 * x if kind == 0 else 3.0 if kind < 3 else 1.0),
    (1.2, 0),
    (1.2, 2),
    (1.2, 5),
)


def bisection_has_no_derivative_through_its_tests(c: float):
    """What is returned depends on c by its comparisons only: each trip halves constants."""
    low, high = 0.0, 4.0
    for _ in range(20):
        mid = (low + high) / 2
        if mid * mid < c:
            low = mid
        else:
            high = mid
    return low * c


def _bisection(w, c):
    low, high = 0.0, 4.0
    for _ in range(20):
        mid = (low + high) / 2
        low, high = (mid, high) if mid * mid < c else (low, mid)
    return w * low


case(bisection_has_no_derivative_through_its_tests, _bisection, (3.0,), smooth=False)


def index_chosen_by_the_values(x: np.ndarray):
    k = 0
    for i in range(1, len(x)):
        if x[i] > x[k]:
            k = i
    return x[k] ** 3


case(
    index_chosen_by_the_values,
    lambda w, x: w * np.where(np.arange(len(x)) == np.argmax(x), 3 * x * x, 0),
    _V,
    _W,
)


def continue_before_the_counter_moves(x: float, n: int):
    y, i = 1.0, 0
    while i < n:
        i += 1
        if i % 2:
            continue
        y = y * x
        if i == 6:
            break
    else:
        return y
    return -y


case(
    continue_before_the_counter_moves,
    lambda w, x, n: w * {0: 0.0, 5: 2 * x, 9: -3 * x * x}[n],
    (1.4, 0),
    (1.4, 5),
    (1.4, 9),
)


def bound_on_one_branch_only(x: float, flag: bool):
    if flag:
        y = x * x
    z = x * 3
    if flag:
        z = z + y
    return z


case(bound_on_one_branch_only, lambda w, x, flag: w * (3 + 2 * x * flag), (1.4, True), (1.4, False))

CASES = tuple(case.all)
