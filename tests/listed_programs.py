"""One small program for each construct of Python that is differentiated, or refused with a reason."""

from __future__ import annotations

import collections
import functools
import itertools
import math
import operator
from collections import deque, namedtuple
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

__all__ = ["LISTED"]

LISTED: dict[str, tuple[Any, tuple[tuple[Any, ...], ...]]] = {}
"""Construct → the function that has it, and the arguments that it is tried with."""


def listed(construct: str, *inputs: tuple[Any, ...]):
    """Put a function into the list."""

    def add(function: Any) -> Any:
        assert construct not in LISTED
        LISTED[construct] = function, inputs
        return function

    return add


X = np.array([0.5, 1.5, 0.7])


# ---- 1. methods and state ------------------------------------------------------------------------


class Shape:
    def __init__(self, size):
        self.size = size

    def area(self):
        return self.size**2

    def describe(self):
        return self.area() * 2


class Disk(Shape):
    def __init__(self, size, factor):
        super().__init__(size)
        self.factor = factor

    def area(self):
        return math.pi * self.factor * super().area()


@listed("inheritance", (1.5, 0.3))
def inheritance(r: float, k: float):
    return Disk(r, k).describe() + Shape(k).describe()


@listed("super()", (1.5, 0.3))
def calls_super(r: float, k: float):
    return Disk(r, k).area()


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __matmul__(self, other):
        return self.x * other.x + self.y * other.y

    def __getitem__(self, k):
        return self.x if k == 0 else self.y

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k)

    __rmul__ = __mul__

    def __neg__(self):
        return Vector(-self.x, -self.y)


@listed("__add__", (1.5, 0.3))
def adds_objects(a: float, b: float):
    v = Vector(a, b) + Vector(b, a * a)
    return v.x * v.y


@listed("__matmul__", (1.5, 0.3))
def products_of_objects(a: float, b: float):
    return Vector(a, b) @ (2.0 * Vector(b, a * a))


@listed("__getitem__", (1.5, 0.3))
def items_of_objects(a: float, b: float):
    v = Vector(a, b)
    return v[0] * v[1] ** 2


class Layer:
    scale = 2.0

    def __init__(self, w, b=0.1):
        self.w = w
        self.b = b
        self.last = None

    def __call__(self, x):
        self.last = np.tanh(self.w * x + self.b)
        return self.last

    @property
    def norm(self):
        return self.w**2 + self.b**2

    @classmethod
    def unit(cls, b):
        return cls(1.0, b)

    @staticmethod
    def squash(x):
        return x / (1 + x * x)

    def loss(self, x):
        return self(x) * self.scale + self.norm


@listed("self.w", (1.5, 0.3))
def attribute_of_self(w: float, x: float):
    return Layer(w).loss(x)


@dataclass
class Params:
    a: float
    b: float = 0.5

    def energy(self):
        return self.a * self.b**2


@listed("dataclasses", (1.5, 0.3))
def dataclasses_made(a: float, b: float):
    p = Params(a, b)
    q = replace(p, a=p.b * 2)
    return p.energy() * q.energy()


@listed("dataclasses given", (Params(1.5, 0.3),))
def dataclasses_given(p: Params):
    return p.energy() + math.sin(p.a)


class Point(NamedTuple):
    x: float
    y: float

    def norm(self):
        return math.hypot(self.x, self.y)


Pair = namedtuple("Pair", ["first", "second"])


@listed("named tuples", (1.5, 0.3))
def named_tuples(a: float, b: float):
    p, q = Point(a, b), Pair(first=b, second=a)
    return p.norm() * q.second + p._replace(x=q.first).norm() + p[0]


@listed("attributes read and written", (1.5, 0.3))
def attributes_written(a: float, b: float):
    v = Vector(a, b)
    v.x *= v.y
    v.y = v.x + v.y
    return v.x * v.y


@listed("class methods", (0.4, 0.3))
def class_methods(b: float, x: float):
    return Layer.unit(b).loss(x)


@listed("static methods", (0.4,))
def static_methods(x: float):
    return Layer.squash(x) * Layer(1.0).squash(x * x)


@listed("properties", (1.5, 0.3))
def properties(w: float, b: float):
    return Layer(w, b).norm


def weighted(a, b, *, scale=1.0):
    return a * b**2 * scale


@listed("functools.partial", (1.5, 0.3))
def partial_functions(a: float, b: float):
    f = functools.partial(weighted, a, scale=b)
    return f(b) + f(a)


def applied_twice(f, x):
    return f(f(x))


@listed("bound methods as arguments", (1.5, 0.3))
def bound_methods(w: float, x: float):
    layer = Layer(w)
    return applied_twice(layer.loss, x)


@listed("__call__", (1.5, 0.3))
def callable_objects(w: float, x: float):
    return applied_twice(Layer(w), x)


# ---- 2. containers -------------------------------------------------------------------------------


@listed("list.append", (X,), (X[:1],))
def list_append(x: np.ndarray):
    out = []
    for v in x:
        out.append(v * v)
    return sum(out) * out[0]


@listed("list.extend", (X,))
def list_extend(x: np.ndarray):
    out = [x[0]]
    out.extend([x[1] * 2, x[2] * x[0]])
    return out[0] * out[1] * out[2]


@listed("list.pop", (X,))
def list_pop(x: np.ndarray):
    stack = [x[0], x[1] * x[2]]
    last = stack.pop()
    stack.append(last * 2)
    return stack.pop() * stack.pop()


@listed("list.pop(0)", (X,))
def list_pop_first(x: np.ndarray):
    queue = [x[0], x[1] * x[2], x[2]]
    first = queue.pop(0)
    return first * queue[0] ** 2 * queue[1]


@listed("list.insert", (X,))
def list_insert(x: np.ndarray):
    out = [x[0], x[1]]
    out.insert(0, x[2] * 3)
    return out[0] * out[1] ** 2 * out[2] ** 3


@listed("slicing of lists", (X,))
def list_slices(x: np.ndarray):
    out = [x[0], x[1], x[2] ** 2]
    return sum(out[1:]) * sum(out[:-1])


@listed("list + list", (X,))
def list_plus(x: np.ndarray):
    out = [x[0] * 2] + [x[1], x[2]]
    return out[0] * out[2]


@listed("list * n", (1.5, 3))
def list_times(c: float, n: int):
    flows = [c] * n + [c * c]
    return sum(f / 1.1**k for k, f in enumerate(flows))


@listed("list comprehension", (X,))
def list_comprehension(x: np.ndarray):
    return sum([a * b for a in x for b in x if a > 0.6])


@listed("tuples", (1.5, 0.3))
def tuples(a: float, b: float):
    t = (a, b * a)
    u = (*t, a)
    return u[0] * u[1] + len(u) * u[-1]


@listed("dict literals", (1.5, 0.3))
def dict_literals(a: float, b: float):
    d = {"a": a * b, "b": b}
    return d["a"] ** 2 + d["b"]


@listed("dict.update", (1.5, 0.3))
def dict_update(a: float, b: float):
    d = {"a": a}
    d.update({"a": a * b, "b": b})
    d.update(c=a)
    return d["a"] * d["b"] * d["c"]


@listed("dict.items", (1.5, 0.3))
def dict_items(a: float, b: float):
    total = 0.0
    for key, value in {"a": a, "b": b}.items():
        total += value**2 if key == "a" else value
    return total


@listed("dict.get", (1.5, 0.3))
def dict_get(a: float, b: float):
    d = {"a": a}
    return d.get("a", 0.0) * b + d.get("c", b * b)


@listed("dict.setdefault", (1.5, 0.3))
def dict_setdefault(a: float, b: float):
    d = {"a": a}
    d.setdefault("b", b * a)
    d.setdefault("a", 5.0)
    return d["a"] * d["b"]


@listed("dict.popitem", (1.5, 0.3))
def dict_popitem(a: float, b: float):
    d = {"a": a, "b": b * a}
    same = d
    same["a"] = a * a
    key, last = d.popitem()
    same["c"] = last * b
    return d["c"] * last * len(same) * d["a"] * len(key)


@listed("dict.clear", (1.5, 0.3))
def dict_clear(a: float, b: float):
    d = {"a": a, "b": b * a}
    before, shown = dict(d), d.items()
    d.clear()
    d["b"], d["a"] = a * a * b, b
    total = 0.0
    for _, v in shown:
        total = total * 0.5 + v * v
    return total * before["b"] + d["a"] * len(d)


@listed("set.copy", (1.5, 2))
def set_copy(x: float, n: int):
    seen = {0, n}
    seen = seen.copy()
    seen.add(8)
    return x * x * len(seen)


@listed("dict comprehension", (1.5, 0.3))
def dict_comprehension(a: float, b: float):
    d = {k: a * n for k, n in zip("pq", (2, 3))}
    return d["p"] * d["q"] * b


@listed("dicts given", ({"a": 1.5, "b": 0.3},))
def dicts_given(p: dict):
    return p["a"] ** 2 * p["b"]


@listed("sets of constants", ("a", 1.5), ("c", 1.5))
def sets_of_constants(kind: str, x: float):
    known = {"a", "b"}
    return x * x if kind in known else x


@listed("unpacking with *", (X,))
def unpacking(x: np.ndarray):
    first, *others = x
    return first * sum(others) + math.hypot(*others)


@listed("len", (X,))
def length(x: np.ndarray):
    return sum(x) / len(x) + len([x[0], x[1]]) * x[0]


@listed("in", (1.5, 2))
def membership(x: float, k: int):
    return x * x if k in [1, 2] and "a" not in {"b": 1} else x


@listed("sum", (X,))
def sums(x: np.ndarray):
    return sum(x) * sum([x[0], x[1]], start=x[2])


@listed("max, min", (1.5, 0.3))
def extremes(a: float, b: float):
    return max(a * b, b, a) * min([a, b]) + max([a, b])


@listed("max with a key", (X,))
def extremes_with_key(x: np.ndarray):
    items = [x[0], -x[1], x[2]]
    return max(items, key=abs) ** 2 + min(items, key=lambda v: (v - 0.55) ** 2)


@listed("abs", (-1.5,))
def absolutes(a: float):
    return abs(a) * a


@listed("sorted", (X,))
def sorting(x: np.ndarray):
    small, *_, large = sorted(x)
    return small * large**2


@listed("sorted with a key", (X,))
def sorting_by_key(x: np.ndarray):
    s = sorted([x[0], -x[1], x[2]], key=abs, reverse=True)
    return s[0] * s[1] ** 2 * s[2] ** 3


@listed("map", (X,))
def maps(x: np.ndarray):
    return sum(map(math.sin, x)) + sum(map(lambda a, b: a * b, x, x[1:]))


@listed("filter", (X,))
def filters(x: np.ndarray):
    return sum(filter(lambda v: v > 0.6, x)) * x[0]


@listed("any, all", (X,))
def truths(x: np.ndarray):
    if any(v > 1 for v in x) and all(v > 0 for v in x):
        return x[0] * x[1]
    return x[0]


@listed("isinstance", (1.5,))
def types_asked(x: float):
    return x * x if isinstance(x, (float, np.floating)) else x * 2


@listed("getattr", (1.5, 0.3))
def attributes_by_name(a: float, b: float):
    v = Vector(a, b)
    return getattr(v, "x") * getattr(v, "y") + getattr(v, "z", a)


@listed("divmod", (7.3,))
def quotients(x: float):
    q, r = divmod(x, 2.0)
    return q * x + r * r


@listed("round", (7.3,))
def rounding(x: float):
    return round(x) * x


@listed("pow", (1.5, 2.2))
def powers(x: float, y: float):
    return pow(x, y) + pow(x, 3)


@listed("float", (1.5,))
def to_float(x: float):
    return float(x) * x


@listed("int", (2.5,))
def to_int(x: float):
    return int(x) * x


# ---- 3. functions --------------------------------------------------------------------------------


@listed("nested definitions", (1.5, 0.3))
def nested_definitions(a: float, b: float):
    def inner(u):
        def innermost(v):
            return v * v

        return innermost(u) + u

    return inner(a) * inner(b)


@listed("closures that capture active values", (1.5, 0.3))
def closures(a: float, b: float):
    def f(u):
        return u * a + b

    return f(f(b))


@listed("nonlocal", (X,), (X[:1],))
def nonlocal_names(x: np.ndarray):
    total = 0.0

    def add(v):
        nonlocal total
        total += v * v
        return total

    return sum([add(v) for v in x]) * total


@listed("nonlocal in a loop", (X,), (X[:1],))
def nonlocal_in_a_loop(x: np.ndarray):
    state = 1.0
    count = 0

    def step(v):
        nonlocal state, count
        state = state * 0.5 + v
        count += 1

    for v in x:
        step(v)
    step(state)
    return state * count


@listed("lambdas stored", (1.5, 0.3))
def lambdas_stored(a: float, b: float):
    steps = [lambda v: v * a, math.sin, lambda v: v + b]
    y = a
    for step in steps:
        y = step(y)
    return y


@listed("lambdas in a dict", (1.5, 0.3, "mul"), (1.5, 0.3, "sub"))
def lambdas_in_a_dict(a: float, b: float, kind: str):
    operations = {"mul": lambda u, v: u * v * a, "sub": operator.sub, "pow": math.pow}
    return operations[kind](a, b) * b


@listed("lambdas passed", (1.5, 0.3))
def lambdas_passed(a: float, b: float):
    return applied_twice(lambda v: v * a + b, b)


@listed("functions chosen by a condition", (1.5, True), (1.5, False))
def functions_chosen(x: float, smooth: bool):
    f = math.sin if smooth else weighted_square
    return f(x) * f(x * x)


def weighted_square(v):
    return v * v * 0.5


@listed("functions chosen in branches", (1.5, 0), (1.5, 1), (1.5, 5))
def functions_chosen_in_branches(x: float, kind: int):
    if kind == 0:
        f = math.sin
    elif kind == 1:
        f = lambda v: v * x
    else:
        f = weighted_square
    return f(x) + 1


def line(slope, offset):
    def value(x):
        return slope * x + offset

    return value


@listed("functions returned", (1.5, 0.3))
def functions_returned(a: float, b: float):
    f = line(a, b)
    g = line(b, 1.0)
    return f(g(a)) * g(b)


def activation(kind):
    if kind == "tanh":
        return math.tanh
    return weighted_square


@listed("functions returned from branches", (1.5, "tanh"), (1.5, "square"))
def functions_returned_from_branches(x: float, kind: str):
    f = activation(kind)
    return f(x) * x


def integrate(f, a, b, n=4):
    h = (b - a) / n
    return h * sum(f(a + (k + 0.5) * h) for k in range(n))


@listed("higher-order functions", (1.5, 0.3))
def higher_order(a: float, b: float):
    return integrate(lambda t: math.exp(-a * t), 0.0, b) + integrate(math.sin, a, b)


@listed("functools.reduce", (X,))
def reductions(x: np.ndarray):
    return functools.reduce(lambda u, v: u * v + 1, x) + functools.reduce(operator.mul, x, 2.0)


@listed("itertools.accumulate", (X,))
def accumulated(x: np.ndarray):
    total = 0.0
    for s in itertools.accumulate(x):
        total += s * s
    return total + sum(itertools.accumulate(x, operator.mul)) + list(itertools.accumulate(x))[-1]


@listed("itertools.combinations", (X,))
def pairs_of(x: np.ndarray):
    return sum(a * b for a, b in itertools.combinations(x, 2))


@listed("itertools.product", (X,))
def products_of(x: np.ndarray):
    total = 0.0
    for a, b in itertools.product(x, repeat=2):
        total += a * b * b
    return total + sum(a * b for a, b in itertools.product(x, [1.0, 2.0]))


@listed("itertools.permutations", (X,))
def permuted(x: np.ndarray):
    return sum(a * b * b for a, b in itertools.permutations(x, 2))


@listed("itertools.cycle", (X,))
def cycled(x: np.ndarray):
    return sum(v * s for v, s in zip(x, itertools.cycle([1.0, -1.0])))


@listed("itertools.chain", (X,))
def chained(x: np.ndarray):
    total = 0.0
    for v in itertools.chain(x, x[1:], [x[0] * 2]):
        total = total * 0.5 + v * v
    return total


@listed("itertools.chain.from_iterable", (X,))
def chained_from_iterable(x: np.ndarray):
    rows = [[x[0], x[1]], [x[2]]]
    return sum(v * v for v in itertools.chain.from_iterable(rows))


@listed("itertools.islice", (X,))
def sliced(x: np.ndarray):
    return sum(v * v for v in itertools.islice(x, 1, None)) + sum(itertools.islice(x, 2))


@listed("itertools.pairwise", (X,), (X[:1],))
def pairwise(x: np.ndarray):
    return x[0] * sum((b - a) ** 2 for a, b in itertools.pairwise(x)) + x[0]


@listed("itertools.repeat", (X,))
def repeated(x: np.ndarray):
    return sum(a * b for a, b in zip(x, itertools.repeat(x[0])))


@listed("itertools.count", (X,))
def counted(x: np.ndarray):
    return sum(a * k for k, a in zip(itertools.count(1), x))


@listed("itertools.zip_longest", (X,))
def zipped_longest(x: np.ndarray):
    return sum(a * b for a, b in itertools.zip_longest(x, x[:1], fillvalue=0.5))


@listed("itertools.takewhile", (X,))
def taken_while(x: np.ndarray):
    return sum(v * v for v in itertools.takewhile(lambda v: v < 1, x))


@listed("itertools.starmap", (X,))
def starred(x: np.ndarray):
    return sum(itertools.starmap(lambda a, b: a * b, zip(x, x[1:])))


def factorial_like(x, n):
    return x if n == 0 else x * n * factorial_like(x * 0.5, n - 1)


@listed("recursion", (1.5, 3), (1.5, 0))
def recursion(x: float, n: int):
    return factorial_like(x, n)


def even_steps(x, n):
    return x if n == 0 else odd_steps(x * x, n - 1)


def odd_steps(x, n):
    return x + 1 if n == 0 else even_steps(math.sin(x), n - 1)


@listed("mutual recursion", (1.5, 3), (1.5, 0))
def mutual_recursion(x: float, n: int):
    return even_steps(x, n)


def simpson(f, a, b, depth):
    c = (a + b) / 2
    whole = (b - a) / 6 * (f(a) + 4 * f(c) + f(b))
    if depth == 0:
        return whole
    return simpson(f, a, c, depth - 1) + simpson(f, c, b, depth - 1)


@listed("recursion with a function", (1.5, 0.3))
def recursion_with_a_function(k: float, b: float):
    return simpson(lambda t: 1 / (1 + k * t * t), 0.0, b, 2)


def summed(*values, scale=1.0):
    return scale * sum(v * v for v in values)


@listed("*args", (1.5, 0.3))
def variadic(a: float, b: float):
    values = (a, b, a * b)
    return summed(a, b) * summed(*values, scale=b) + summed()


def configured(x, **options):
    y = x * options["gain"]
    return y + options.get("offset", 0.0)


@listed("**kwargs", (1.5, 0.3))
def keywords(a: float, b: float):
    options = {"gain": b, "offset": a}
    return configured(a, gain=b) * configured(b, **options)


@listed("**kwargs handed on", (1.5, 0.3))
def keywords_handed_on(a: float, b: float):
    def outer(x, **kw):
        return configured(x, **kw) + configured(x * 2, **kw)

    return outer(a, gain=b, offset=a)


def positional_only(a, b, /, c, *, d=2.0):
    return a * b + c * d


@listed("positional-only parameters", (1.5, 0.3))
def positional(a: float, b: float):
    return positional_only(a, b, c=a)


@listed("keyword-only parameters", (1.5, 0.3))
def keyword_only(a: float, b: float):
    return positional_only(a, b, a, d=b) + positional_only(a, b, b)


def with_mutable_default(x, history=[1.0, 2.0]):
    return x * history[0] + x**2 * history[1]


@listed("mutable defaults", (1.5,))
def mutable_defaults(x: float):
    return with_mutable_default(x)


@functools.cache
def cached_square(k):
    return k * k


@listed("functools.cache", (1.5, 3))
def cached(x: float, n: int):
    return sum(cached_square(k) * x**k for k in range(n))


def doubled(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        return 2 * fn(*args, **kwargs)

    return wrapper


@doubled
def decorated_square(x, k=1.0):
    return k * x * x


@listed("decorators", (1.5, 0.3))
def decorated(a: float, b: float):
    return decorated_square(a) + decorated_square(b, k=a)


@listed("decorators inside a function", (1.5, 4))
def decorated_inside(x: float, n: int):
    @functools.lru_cache(maxsize=None)
    def binomial(m, k):
        return 1 if k in (0, m) else binomial(m - 1, k - 1) + binomial(m - 1, k)

    @doubled
    def cube(v):
        return v**3

    return sum(binomial(n, k) * x**k for k in range(n + 1)) + cube(x)


# ---- 4. control ----------------------------------------------------------------------------------


@listed("match", (1.5, "a"), (1.5, ("b", 2)), (1.5, None))
def matches(x: float, command: object):
    match command:
        case "a":
            return x * x
        case ("b", k):
            return x * k
        case _:
            return x


@listed("try of one expression", (1.5, 2), (1.5, 0))
def tries(x: float, y: int):
    try:
        return x / y
    except ZeroDivisionError:
        return x * x


@listed("try of several statements", (1.5, 2), (1.5, 0))
def tries_several(x: float, y: int):
    total = x
    try:
        u = x * y
        v = u / y
        total = total + v * math.log(y)
    except (ValueError, ZeroDivisionError):
        total = total + x * x
    return total


@listed("try in a loop", (X,), (-X,))
def tries_in_a_loop(x: np.ndarray):
    total = 0.0
    for v in x:
        try:
            w = math.sqrt(v)
            total += w * v
        except ValueError:
            total += v
            continue
    return total


@listed("raise and except", (1.5, 0.3), (0.3, 1.5))
def raises(x: float, limit: float):
    try:
        y = x * x
        if y > limit:
            raise ValueError("too large")
        z = y * 3
    except ValueError:
        z = limit * x
    return z


@listed("else", (1.5, 2), (1.5, 0))
def tries_else(x: float, y: int):
    try:
        q = x / y
    except ZeroDivisionError:
        q = x
    else:
        q = q * 2
    return q * x


@listed("finally", (1.5,))
def tries_finally(x: float):
    y = x
    try:
        y = y * x
        return y
    finally:
        print("done")


@listed("with np.errstate", (X,))
def with_errstate(x: np.ndarray):
    with np.errstate(divide="ignore"):
        y = 1 / x
    return np.sum(y * x * x)


@contextmanager
def scaled(log):
    log.append("in")
    yield 2.0
    log.append("out")


@listed("with a generator", (1.5,))
def with_generator(x: float):
    log = []
    with scaled(log) as factor:
        y = x * factor
    return y * y * len(log)


class Timer:
    def __init__(self):
        self.count = 0

    def __enter__(self):
        self.count += 1
        return self

    def __exit__(self, *error):
        self.count += 1
        return False


@listed("with an object", (1.5,))
def with_object(x: float):
    with Timer() as timer:
        y = x * x
    return y * timer.count


@listed("while True with several exits", (1.5, 3), (0.1, 3), (30.0, 3))
def several_exits(x: float, n: int):
    k = 0
    while True:
        if x > 20:
            return x * 2
        k += 1
        if k > n:
            break
        if x < 0.2:
            x = x + 0.5
            continue
        x = x * 1.5
    return x * x


@listed("break, continue, return out of two loops", (X,), (X * 3,))
def two_loops(x: np.ndarray):
    total = 0.0
    for a in x:
        for b in x:
            if a * b > 5:
                return total * a
            if b < 0.6:
                continue
            if b > 1:
                break
            total += a * b
    return total


@listed("walrus", (1.5, 3))
def walrus(x: float, n: int):
    k = 0
    while (k := k + 1) < n and (y := x * k) < 10:
        x = x + y
    return x * (z := x * 2) + z


@listed("del", (X,))
def deletes(x: np.ndarray):
    y = x * 2
    z = y[0] * y[1]
    del y
    y = z * z
    return y


@listed("pass", (1.5,))
def passes(x: float):
    if x > 1:
        pass
    else:
        x = x * 2
    return x * x


@listed("assert with effects", (X,))
def asserts(x: np.ndarray):
    seen = [x[0]]
    assert seen.append(x[1]) is None, "appended"
    return seen[0] * seen[1]


@listed("generator expressions consumed at once", (X,))
def generator_expressions(x: np.ndarray):
    return sum(v * v for v in x) * max(v for v in x if v < 1)


def squares(x, n):
    for k in range(n):
        yield x**k


@listed("generators in a for", (1.5, 3), (1.5, 0))
def generators(x: float, n: int):
    total = 0.0
    for v in squares(x, n):
        total = total * x + v
    return total


def fibonacci(a, b):
    while True:
        yield a
        a, b = b, a + b * 0.5


@listed("endless generators", (X, 1.5))
def endless_generators(x: np.ndarray, a: float):
    return sum(v * f for v, f in zip(x, fibonacci(a, 1.0)))


def pairs(values):
    previous = values[0]
    for v in values[1:]:
        yield previous, v
        previous = v


@listed("generators of pairs", (X,), (X[:1],))
def generators_of_pairs(x: np.ndarray):
    return x[0] + sum((b - a) ** 2 for a, b in pairs(x)) + sum([a * b for a, b in pairs(x)])


@listed("generators inside a function", (1.5, 4))
def generators_inside(x: float, n: int):
    def orbit():
        v = x
        while v < 20:
            yield v
            v = v * v

    total = 0.0
    for k, v in enumerate(orbit()):
        if k == n:
            break
        total += v
    return total


@listed("chained comparisons", (0.5, 1.0), (2.0, 1.0))
def chained_comparisons(x: float, high: float):
    return x * x if 0 < x < high else x * high


@listed("short circuits", (1.5, 0.3, 2), (1.5, 0.3, 0))
def short_circuits(x: float, y: float, k: int):
    z = (k and x) or y * 2
    return z * (x and y)


@listed("conditional definition", (1.5,), (0.5,))
def conditional_definition(x: float):
    if x > 1:
        extra = x * x
    if x > 1:
        return extra * x
    return x


@listed("collections.deque", (np.array([1.0, 2.0, 4.0, 3.0]), 2))
def queues(x: np.ndarray, n: int):
    window = deque(maxlen=n)
    total = 0.0
    for v in x:
        window.append(v)
        total += sum(window) * v / len(window)
    waiting = collections.deque([x[0], x[1]])
    waiting.append(x[2])
    return total * waiting.popleft() * waiting[0]


class Heavy(Shape):
    def area(self):
        return super(Heavy, self).area() * 1.5


class Heaviest(Heavy):
    def area(self):
        return super(Heavy, self).area() * self.size + super(Heaviest, self).area()


@listed("super with arguments", (1.5,))
def methods_of_certain_bases(x: float):
    p = Heaviest(x)
    return p.describe() * super(Heavy, p).area()


@listed("type", (1.5, 2), (0.3, 0))
def classes_asked(x: float, n: int):
    p, q = Heavy(x), Shape(x * x)
    for _ in range(n):
        if type(p) is Shape or type(q) == Heavy:
            return x
        if type(p) is not type(q) and type(p) in (Heavy, Disk):
            q.size *= p.size
    return p.area() + q.area()


@listed("getattr with a default", (1.5,))
def attributes_that_may_be_missing(x: float):
    p = Shape(x)
    before = getattr(p, "width", x * 3)
    p.width = x * x
    return before * getattr(p, "width", x * 3) * (2.0 if hasattr(p, "depth") else x)


@listed("setattr in a loop", (1.5, 0.3, 3), (1.5, 0.3, 1))
def attributes_by_name_in_a_loop(a: float, b: float, n: int):
    v = Vector(a, b)
    same = v
    for k in range(n):
        for key in ("x", "y"):
            if k == 1:
                break
            setattr(same, key, getattr(v, key) * v.x)
    return v.x * same.y


@listed("_asdict", (1.5, 0.3))
def named_tuples_as_dicts(a: float, b: float):
    p = Point(a, b)
    for k in range(3):
        p = p._replace(x=p.norm() * b)
        if k == 1:
            continue
        p = p._replace(y=p.x, x=a)
    parts = p._asdict()
    parts["x"] *= a
    return sum(parts.values()) * p.x


@listed("next with a default", (X, 0.6), (X, 5.0))
def first_of_a_kind(x: np.ndarray, low: float):
    total = low
    for k in range(3):
        total = total * next((v * low for v in x if v > low + 0.1 * k), total)
        if total > 2:
            break
    v = next((v for v in x if v > 1), None)
    return total if v is None else total * v


@listed("list.copy", (X, 0.6))
def copies_of_lists(x: np.ndarray, a: float):
    values = [a, x[0]]
    for k in range(3):
        others = values.copy()
        others.append(a * others[-1])
        others[0] = others[1] * x[k]
        values[1] = values[1] * 2
        if k != 1:
            values = others
    return sum(values) * values[0]


@listed("stars of iterators", (X, 0.6))
def displays_of_iterators(x: np.ndarray, a: float):
    values = [a, *itertools.islice([x[1], a * a, x[0]], 1, None), *itertools.accumulate(x)]
    return values[1] * values[-1] * sum(values)


@listed("dict.fromkeys", (X, 0.6))
def dicts_of_equal_values(x: np.ndarray, a: float):
    rows = dict.fromkeys("ab", x * a)
    rows["a"][1] *= a
    rows["b"] = rows["b"] * 2
    return np.sum(rows["a"] * rows["b"])
