"""What a program does besides its result: once, in the same order, before the same exceptions.

Each call of a test begins with random numbers of the same seed and an empty journal.
"""

import contextlib
import logging
import random
import time
import warnings

import numpy as np

from tests.stated import JOURNAL, Collection

case = Collection()

_V = (np.array([0.5, -1.2, 2.0]),)
COUNTS = {"calls": 0}
log = logging.getLogger("tests.hazards_language")


def prints_what_it_computes(x: float):
    y = x * x
    print("y is", y)
    return y * x


case(prints_what_it_computes, lambda w, x: w * 3 * x * x, (1.5,))


def prints_what_nothing_needs(x: float):
    print(f"{x * x:.3f} and {x + 1}")
    return 4 * x


case(prints_what_nothing_needs, lambda w, x: 4 * w, (1.5,))


def prints_in_a_loop_with_break(x: np.ndarray):
    total = 0.0
    for i, v in enumerate(x):
        print(i, end=" ")
        if v < 0:
            print("stop")
            break
        total += v * v
    return total


case(prints_in_a_loop_with_break, lambda w, x: w * np.array([2 * x[0], 0, 0]), _V)


def told(name, v):
    print(name, v)
    return v * v


def prints_in_order_of_evaluation(x: float, y: float):
    return told("first", x) + told("second", y) * told("third", x * y)


case(
    prints_in_order_of_evaluation,
    lambda w, x, y: (w * (2 * x + 2 * x * y**4), w * 4 * y**3 * x * x),
    (1.5, 0.7),
)


def prints_before_it_is_overwritten(x: np.ndarray):
    a = x * x
    print(a)
    a[0] = 0.0
    print(a)
    a *= x
    print(a.sum())
    return a


case(prints_before_it_is_overwritten, lambda w, x: w * np.array([0, 1, 1]) * 3 * x * x, _V)


def prints_the_middle_of_a_chain_once(x: float):
    if 0 < told("middle", x) < 10:
        return 2 * x
    return x


case(prints_the_middle_of_a_chain_once, lambda w, x: 2 * w if x < 3 else w, (1.5,), (4.0,))


def prints_only_where_it_gets_to(x: float, flag: bool):
    flag and print("flag")
    flag or told("no flag", x)
    return told("then", x) if flag else x


case(prints_only_where_it_gets_to, lambda w, x, flag: w * (2 * x if flag else 1), (1.5, True), (1.5, False))


def prints_in_the_test_of_a_loop(x: float):
    y = x
    while told("test", y) < 20:
        y = y * x
    return y


case(prints_in_the_test_of_a_loop, lambda w, x: w * 4 * x**3, (1.5,))


def result_of_a_helper_is_dropped(x: float):
    told("dropped", x)
    told("dropped too", 2.0)
    return x * x


case(result_of_a_helper_is_dropped, lambda w, x: w * 2 * x, (1.5,))


def next_index():
    JOURNAL.append("index")
    return 1


def index_of_an_update_is_evaluated_once(x: np.ndarray):
    a = x * x
    a[next_index()] += 3 * x[0]
    return a


case(
    index_of_an_update_is_evaluated_once,
    lambda w, x: w * 2 * x + np.array([3 * w[1], 0, 0]),
    _V,
)


def writes_a_journal(x: float):
    y = x * x
    JOURNAL.append(y)
    z = y * x
    JOURNAL.append(z)
    return z + y


case(writes_a_journal, lambda w, x: w * (3 * x * x + 2 * x), (1.5,))


def writes_a_journal_in_a_loop(x: np.ndarray):
    total = 0.0
    for i in range(len(x)):
        total = total * x[i] + 1.0
        JOURNAL.append((i, float(total)))
    return total


case(writes_a_journal_in_a_loop, lambda w, x: w * np.array([0, x[2], 1 + x[1]]), _V)


def counts_its_calls(x: float):
    COUNTS["calls"] += 1
    return x * x


case(counts_its_calls, lambda w, x: 2 * w * x, (1.5,))


class Counter:
    def __init__(self):
        self.count = 0
        self.last = None

    def square(self, v):
        self.count += 1
        JOURNAL.append(self.count)
        return v * v


def object_counts(x: float):
    counter = Counter()
    y = counter.square(x) + counter.square(2 * x)
    return y * counter.count


case(object_counts, lambda w, x: 20 * w * x, (1.5,))


def warns(x: float):
    if x > 1:
        warnings.warn("large", UserWarning, stacklevel=1)
    return x**3


case(warns, lambda w, x: 3 * w * x * x, (1.5,), (0.5,))


def logs(x: float):
    log.debug("x is %s", x)
    y = x * x
    log.info("y is %s", y)
    return y


case(logs, lambda w, x: 2 * w * x, (1.5,))


def takes_the_time(x: float):
    start = time.perf_counter()
    y = x * x
    elapsed = time.perf_counter() - start
    if elapsed < 0:
        y = -y
    return y


case(takes_the_time, lambda w, x: 2 * w * x, (1.5,))


def draws_a_factor(x: np.ndarray):
    return (x * np.random.rand(3)).sum()


case(draws_a_factor, lambda w, x: w * np.random.rand(3), _V)


def draws_twice(x: float):
    a = random.random()
    y = x * a
    b = random.random()
    return y * y + b * x


def _draws_twice(w, x):
    a, b = random.random(), random.random()
    return w * (2 * x * a * a + b)


case(draws_twice, _draws_twice, (1.5,))


def draws_until(x: float):
    y, n = x, 0
    while random.random() < 0.8:
        y = y * x
        n += 1
    return y * n


def _draws_until(w, x):
    n = 0
    while random.random() < 0.8:
        n += 1
    return w * n * (n + 1) * x**n


case(draws_until, _draws_until, (1.1,))


def dropout(x: np.ndarray, keep: float):
    mask = np.random.random(x.shape) < keep
    return x * mask / keep


def _dropout(w, x, keep):
    return w * (np.random.random(3) < keep) / keep


case(dropout, _dropout, (_V[0], 0.5), wrt=("x",))


def generator_of_its_own(x: np.ndarray, seed: int):
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal(3)
    y = x * noise
    return y * rng.random()


def _own_generator(w, x, seed):
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal(3)
    return w * noise * rng.random()


case(generator_of_its_own, _own_generator, (_V[0], 3), (_V[0], 4))


def reparameterised(mu: float, sigma: float):
    z = np.random.normal(mu, sigma)
    return z * z


def _reparameterised(w, mu, sigma):
    e = np.random.standard_normal()
    return 2 * w * (mu + sigma * e), 2 * w * (mu + sigma * e) * e


case(reparameterised, _reparameterised, (0.5, 1.2))


def uniform_between(low: float, high: float):
    z = np.random.uniform(low, high, 3)
    return z


def _uniform(w, low, high):
    u = np.random.random(3)
    return np.sum(w * (1 - u)), np.sum(w * u)


case(uniform_between, _uniform, (0.5, 1.2))


def shuffled(x: np.ndarray):
    order = np.random.permutation(len(x))
    return x[order] * np.arange(3)


def _shuffled(w, x):
    order = np.random.permutation(3)
    d = np.zeros(3)
    d[order] = w * np.arange(3)
    return d


case(shuffled, _shuffled, _V)


def seeds_inside(x: float):
    np.random.seed(5)
    return x * np.random.rand()


def _seeds(w, x):
    np.random.seed(5)
    return w * np.random.rand()


case(seeds_inside, _seeds, (1.5,))


def silent_division(x: np.ndarray):
    with np.errstate(divide="ignore", invalid="ignore"):
        y = 1 / x
    print("divided")
    return y * y


case(silent_division, lambda w, x: -2 * w / x**3, _V)


def suppressed(x: float):
    with contextlib.suppress(ZeroDivisionError):
        print("inside")
        y = x * x
    return y


case(suppressed, lambda w, x: 2 * w * x, (1.5,))


def pops_from_a_list_of_its_own(x: np.ndarray):
    work = [x[0], x[1], x[2]]
    total = 0.0
    while work:
        v = work.pop()
        print("popped", v)
        total = total * v + v * v
        if len(work) == 1 and total > 0:
            work.append(x[0] * 0.5)
            total = -total
    return total


def _pops(w, x):
    work, t, dt = [(x[0], np.eye(3)[0]), (x[1], np.eye(3)[1]), (x[2], np.eye(3)[2])], 0.0, np.zeros(3)
    while work:
        v, dv = work.pop()
        t, dt = t * v + v * v, dt * v + t * dv + 2 * v * dv
        if len(work) == 1 and t > 0:
            work.append((x[0] * 0.5, np.eye(3)[0] * 0.5))
            t, dt = -t, -dt
    return w * dt


case(pops_from_a_list_of_its_own, _pops, _V, (np.array([0.5, 1.2, 2.0]),))


def iterator_is_advanced(x: np.ndarray):
    values = iter(x)
    first = next(values)
    total = first * first
    for v in values:
        total = total * v
    return total


case(
    iterator_is_advanced,
    lambda w, x: w * np.array([2 * x[0] * x[1] * x[2], x[0] ** 2 * x[2], x[0] ** 2 * x[1]]),
    _V,
)


def prints_and_raises(x: float):
    print("start")
    y = x * x
    print("squared")
    if y > 4:
        print("too large")
        raise RuntimeError(f"too large: {y}")
    return y


case(prints_and_raises, lambda w, x: 2 * w * x, (1.5,), fails=(((3.0,), RuntimeError),))


def comprehension_prints(x: np.ndarray):
    squares = [told(i, v) for i, v in enumerate(x)]
    return squares[0] * squares[2]


case(
    comprehension_prints,
    lambda w, x: w * np.array([2 * x[0] * x[2] ** 2, 0, 2 * x[2] * x[0] ** 2]),
    _V,
)


def recursive_prints(n, x):
    print(n)
    if n == 0:
        return x
    y = recursive_prints(n - 1, x) * x
    print("back", n)
    return y


def prints_in_a_recursion(x: float, n: int):
    return recursive_prints(n, x)


case(prints_in_a_recursion, lambda w, x, n: w * (n + 1) * x**n, (1.5, 0), (1.5, 3))


def asserts_after_printing(x: float):
    print("checking", x)
    assert x != 3.0
    return x * x


case(asserts_after_printing, lambda w, x: 2 * w * x, (1.5,), fails=(((3.0,), AssertionError),))

CASES = tuple(case.all)
