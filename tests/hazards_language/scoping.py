"""Which value a name means: closures, shadows, defaults, order of assignment, names that look generated."""

import functools
import math
from dataclasses import dataclass
from math import sin as cos

import numpy as np

from tests.stated import Collection

case = Collection()

_V = (np.array([0.5, -1.2, 2.0]),)
SCALE = 2.0
WEIGHTS = np.array([1.0, -2.0, 0.5])


def closures_bind_late(x: float):
    functions = [lambda: i * x for i in range(4)]
    return sum([g() for g in functions])


case(closures_bind_late, lambda w, x: 12 * w, (1.3,))


def defaults_bind_early(x: float):
    total = 0.0
    for i in range(4):
        g = lambda v, i=i: i * v
        total += g(x)
    return total


case(defaults_bind_early, lambda w, x: 6 * w, (1.3,))


def closure_sees_the_later_value(x: float):
    k = 2.0

    def g():
        return k * x

    first = g()
    k = 3.0 * x
    return first + g()


case(closure_sees_the_later_value, lambda w, x: w * (2 + 6 * x), (1.3,))


def closure_called_before_and_after_rebinding(x: float):
    def g():
        return y * y

    y = x
    a = g()
    y = x * x
    return a + g()


case(closure_called_before_and_after_rebinding, lambda w, x: w * (2 * x + 4 * x**3), (1.3,))


def parameter_rebound(x: float):
    x = x * x
    x = x + 1
    return x * x


case(parameter_rebound, lambda w, x: w * 4 * x * (x * x + 1), (1.3,))


def parameter_of_inner_function_shadows(x: float):
    def g(x):
        x = x * 3
        return x

    return g(x * x) * x


case(parameter_of_inner_function_shadows, lambda w, x: w * 9 * x * x, (1.3,))


def comprehension_variable_shadows(x: np.ndarray):
    total = sum([x * x for x in x])
    return total * x[0]


def _comprehension(w, x):
    d = 2 * x * x[0]
    d[0] += np.sum(x * x)
    return w * d


case(comprehension_variable_shadows, _comprehension, _V)


def builtins_are_shadowed(x: np.ndarray):
    sum = x[0] * x[1]
    max = sum + x[2]
    len = max * sum
    return len


def _builtins(w, x):
    s, m = x[0] * x[1], x[0] * x[1] + x[2]
    return w * np.array([x[1] * (s + m), x[0] * (s + m), s])


case(builtins_are_shadowed, _builtins, _V)


def names_that_look_generated(x: float, d_x: float, out: float, saved: float):
    d_out = x * d_x
    d_d_x = d_out * out
    _1 = d_d_x + saved
    x_1 = _1 * x
    return x_1


case(
    names_that_look_generated,
    lambda w, x, d_x, out, saved: (
        w * (2 * x * d_x * out + saved),
        w * x * x * out,
        w * x * x * d_x,
        w * x,
    ),
    (1.3, 0.7, -0.4, 2.0),
)


def incoming_name_is_a_parameter(x: float, d_out: float):
    return x * d_out * d_out


case(incoming_name_is_a_parameter, lambda w, x, d_out: (w * d_out**2, w * 2 * x * d_out), (1.3, 0.7))


def unbroadcast(v, a):
    return 3 * v * a


def helper_named_like_a_helper(x: np.ndarray, y: float):
    z = x + y
    return unbroadcast(z, y).sum()


case(
    helper_named_like_a_helper,
    lambda w, x, y: (w * 3 * y * np.ones(len(x)), w * (3 * np.sum(x) + 6 * len(x) * y)),
    (_V[0], 0.7),
)


def name_that_means_another_function(x: float):
    return cos(x) * x


case(name_that_means_another_function, lambda w, x: w * (math.cos(x) * x + math.sin(x)), (0.8,))


def import_inside(x: float):
    from math import exp as sin

    import numpy as math

    return sin(x) * math.cos(x)


case(import_inside, lambda w, x: w * math.exp(x) * (math.cos(x) - math.sin(x)), (0.8,))


def numpy_is_a_variable(x: float):
    np = x * x
    return np * math.sin(np)


case(
    numpy_is_a_variable,
    lambda w, x: w * 2 * x * (math.sin(x * x) + x * x * math.cos(x * x)),
    (0.8,),
)


def global_is_shadowed_by_a_local(x: float):
    SCALE = x * 5
    return SCALE * x


case(global_is_shadowed_by_a_local, lambda w, x: w * 10 * x, (0.8,))


def global_array_is_read(x: np.ndarray):
    return x @ WEIGHTS * SCALE


case(global_array_is_read, lambda w, x: 2 * w * WEIGHTS, _V)

LATER = 2.0


def default_is_evaluated_once(x: float, a=LATER):
    return a * x


LATER = 50.0

case(default_is_evaluated_once, lambda w, x: 2 * w, (0.8,))


def scaled(v, factor=LATER * 0.1, *, shift=1.0):
    return factor * v + shift * v * v


def defaults_of_a_helper(x: float):
    return scaled(x) + scaled(x, shift=0.5) + scaled(x, x)


case(defaults_of_a_helper, lambda w, x: w * (10 + 2 * x + x + 2 * x + 2 * x), (0.8,))


def multiplied(a):
    def inner(x: float):
        return a * x * x

    return inner


case(multiplied(3.0), lambda w, x: 6 * w * x, (0.8,), label="made_by_a_factory")

_functions = []
for _k in (1.0, 2.0, 3.0):

    def _kept(x: float):
        return _k * x

    _functions.append(_kept)
_k = 7.0

case(_functions[0], lambda w, x: 7 * w, (0.8,), label="made_in_a_loop")


def keyword_only(x: float, /, y: float, *, z=0.5):
    return x * y * z


case(keyword_only, lambda w, x, y: (w * y * 0.5, w * x * 0.5), (0.8, 1.5), wrt=("x", "y"))


def variable_arguments(*values):
    total = 1.0
    for v in values:
        total = total * v
    return total


def calls_with_a_star(x: float, y: float):
    pair = (x, y * y)
    return variable_arguments(*pair, x)


case(calls_with_a_star, lambda w, x, y: (w * 2 * x * y * y, w * 2 * x * x * y), (0.8, 1.5))


def first_and_rest(x: np.ndarray):
    a, *rest = [v * v for v in x]
    *start, b = rest
    return a * b + len(start)


case(
    first_and_rest,
    lambda w, x: w * np.array([2 * x[0] * x[2] ** 2, 0, 2 * x[2] * x[0] ** 2]),
    _V,
)


def both_sides_at_once(x: float, n: int):
    a, b = x, x * x
    for _ in range(n):
        a, b = b, a * b
    return a + 2 * b


def _both_sides(w, x, n):
    a, b, da, db = x, x * x, 1.0, 2 * x
    for _ in range(n):
        a, b, da, db = b, a * b, db, da * b + a * db
    return w * (da + 2 * db)


case(both_sides_at_once, _both_sides, (1.2, 0), (1.2, 1), (1.2, 4))


def chained_assignment(x: float):
    a = b = x * x
    b = b * x
    return a * b


case(chained_assignment, lambda w, x: w * 5 * x**4, (1.2,))


def targets_from_left_to_right(x: np.ndarray):
    a = np.zeros(3)
    i = 0
    i, a[i] = 2, x[0]
    a[i], i = x[1] * 3, 1
    a[i] += x[2]
    return a * a


def _targets(w, x):
    return np.array([0.0, 18 * x[1] * w[2], 2 * x[2] * w[1]])


case(targets_from_left_to_right, _targets, _V)


def conditional_definition(x: float, flag: bool):
    if flag:

        def g(v):
            return v * v

    else:

        def g(v):
            return v * 3

    return g(x)


case(conditional_definition, lambda w, x, flag: w * (2 * x if flag else 3.0), (1.2, True), (1.2, False))


def deleted_and_bound_again(x: float):
    y = x * x
    z = y * 2
    del y
    y = z * x
    return y


case(deleted_and_bound_again, lambda w, x: w * 6 * x * x, (1.2,))


def number_then_array(x: np.ndarray):
    y = x[0] * 2
    z = y * y
    y = x * y
    y = y + z
    return y


def _number_then_array(w, x):
    d = 2 * x[0] * w
    d[0] += 2 * np.sum(w * x) + 8 * x[0] * np.sum(w)
    return d


case(number_then_array, _number_then_array, _V)


def annotated_names(x: float):
    y: float
    y: float = x * x
    z: "unknown" = y * x
    return z


case(annotated_names, lambda w, x: w * 3 * x * x, (1.2,))


def names_that_unicode_makes_equal(x: float):
    µ = x * x
    return μ * ﬁx(x)


def ﬁx(v):
    return fix_factor * v


fix_factor = 4.0

case(names_that_unicode_makes_equal, lambda w, x: w * 12 * x * x, (1.2,))


def walrus_leaks_from_a_comprehension(x: np.ndarray):
    squares = [(last := v * v) for v in x]
    return squares[0] + last * 3


case(walrus_leaks_from_a_comprehension, lambda w, x: w * np.array([2 * x[0], 0, 6 * x[2]]), _V)


class Model:
    """A model with a private attribute, a property, a static method and a call."""

    def __init__(self, rate):
        self.__rate = rate
        self.weights = np.array([1.0, 2.0, -0.5])

    @property
    def rate(self):
        return self.__rate

    @staticmethod
    def squash(v):
        return np.tanh(v)

    def __call__(self, x):
        return self.squash(x * self.weights).sum() * self.__rate

    def loss(self, x: np.ndarray):
        return self(x) * self.rate


_MODEL = Model(3.0)


def _model(w, x):
    return 9 * w * (1 - np.tanh(x * _MODEL.weights) ** 2) * _MODEL.weights


case(_MODEL.loss, _model, _V, label="method_with_private_attribute")


def calls_an_object(x: np.ndarray):
    return _MODEL(x) * 3


case(calls_an_object, _model, _V)


@dataclass
class Line:
    slope: float
    offset: float

    def at(self, t):
        return self.slope * t + self.offset * self.offset


def object_made_inside(x: float, y: float):
    line = Line(x, y)
    return line.at(x)


case(
    object_made_inside,
    lambda w, x, y: (w * 2 * x, w * 2 * y),
    (1.2, 0.7),
    unsupported="attributes of objects that would carry a derivative",
)


def attribute_written(x: float):
    line = Line(1.0, 2.0)
    line.slope = x * x
    return line.at(x)


case(
    attribute_written,
    lambda w, x: w * 3 * x * x,
    (1.2,),
    unsupported="attributes of objects that would carry a derivative",
)


def affine(a, b, x):
    return a * x + b


def partial_application(x: float):
    g = functools.partial(affine, 3.0, b=x)
    return g(x=x * x)


case(partial_application, lambda w, x: w * (6 * x + 1), (1.2,))


def reduced(x: np.ndarray):
    return functools.reduce(lambda a, b: a * b + 1, x)


case(reduced, lambda w, x: w * np.array([x[1] * x[2], x[0] * x[2], x[0] * x[1] + 1]), _V)


def sorted_by_a_key(x: np.ndarray):
    a, b, c = sorted(x, key=lambda v: -v)
    return a * 1.0 + b * 10.0 + c * 100.0


case(sorted_by_a_key, lambda w, x: w * np.array([10.0, 100.0, 1.0]), _V)


def inner_recursion(x: float, n: int):
    def g(k):
        return x if k == 0 else x * g(k - 1) + k

    return g(n)


def _inner_recursion(w, x, n):
    y, d = x, 1.0
    for k in range(1, n + 1):
        y, d = x * y + k, y + x * d
    return w * d


case(inner_recursion, _inner_recursion, (0.8, 0), (0.8, 3))


def nonlocal_total(x: float):
    total = 0.0

    def add(v):
        nonlocal total
        total += v * v

    add(x)
    add(2 * x)
    return total


case(nonlocal_total, lambda w, x: 10 * w * x, (1.2,), unsupported="names of an enclosing function are written")


def writes_a_global(x: float):
    global SCALE
    SCALE = x
    return x * x


case(writes_a_global, lambda w, x: 2 * w * x, (1.2,), refused=True, smooth=False)


def one_name_for_two_functions(x: float):
    g = math.sin
    y = g(x)
    g = math.exp
    return g(y)


case(one_name_for_two_functions, lambda w, x: w * math.exp(math.sin(x)) * math.cos(x), (0.8,))


def lambda_called_at_once(x: float):
    return (lambda y, z: y * z)(x, x + 1) + (lambda: x)()


case(lambda_called_at_once, lambda w, x: w * (2 * x + 2), (0.8,))


def unused_parameter_and_variable(x: float, unused: float):
    nothing = unused * 5
    return x * 2


case(unused_parameter_and_variable, lambda w, x, unused: 2 * w, (0.8, 1.0), wrt=("x",))

CASES = tuple(case.all)
