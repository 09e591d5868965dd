"""Straight-line functions of floats: operators, the `math` module, kinds of assignment."""

import math

from tests.zoo.case import Case


def polynomial(x: float):
    return 3 * x**3 - 2 * x**2 + x - 7


def rational(x, y):
    return (x * x + 1) / (y - 3) - y / x


def unary_signs(x):
    return -x * +x - (-(x + 1)) ** 3


def whole_and_rest(x: float, y: float):
    whole = x // y
    rest = x % y
    return whole * rest + rest**2


def wrap_angle(angle: float) -> float:
    """Bring an angle into [-pi, pi)."""
    wrapped = (angle + math.pi) % (2 * math.pi) - math.pi
    return wrapped * wrapped


def power_both(x, y):
    return x**y + y**x


def constant_powers(x: float):
    return x**-2 + x**0.5 + x**1 - x**0 + 2.0**x


def triangle_side(a: float, b: float, gamma: float):
    """The law of cosines."""
    return math.sqrt(a * a + b * b - 2 * a * b * math.cos(gamma))


def trigonometry(x):
    return math.sin(x) ** 2 * math.cos(3 * x) + math.tan(x / 2)


def inverse_trigonometry(x: float, y: float):
    a = math.asin(x) - math.acos(y)
    b = math.atan(x * y)
    return a * b + math.atan2(y, x)


def hyperbolic(x):
    return math.sinh(x) - math.cosh(x / 2) * math.tanh(x)


def inverse_hyperbolic(x, y):
    return math.asinh(x) * math.acosh(1 + y) + math.atanh(x / 4)


def exponentials(x: float):
    return math.exp(-x) + math.expm1(x) * math.exp2(x) + math.pow(x, 3) - math.pow(2.0, x)


def logarithms(x: float, base: float):
    return math.log(x) * math.log2(x + 1) - math.log10(x) / math.log1p(x) + math.log(x, base)


def roots(x, y, z):
    return math.sqrt(x) + math.cbrt(y) * math.hypot(x, y) - math.hypot(x, y, z)


def normal_tail(x, mean: float, deviation: float):
    z = (x - mean) / (deviation * math.sqrt(2))
    return 0.5 * math.erfc(z) - 0.1 * math.erf(z / 3)


def log_beta(a: float, b: float):
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def gamma_density(x: float, shape: float, rate: float = 1.5):
    return rate**shape * x ** (shape - 1) * math.exp(-rate * x) / math.gamma(shape)


def compass(east, north):
    """Bearing in degrees, then the sine of it again."""
    bearing = math.degrees(math.atan2(east, north))
    return bearing / 90 + math.sin(math.radians(2 * bearing))


def rounding(x: float):
    below = math.floor(x)
    above = math.ceil(x)
    return (x - below) * (above - x) + math.trunc(x) * x


def remainders(x: float, y: float):
    return math.fmod(x, y) ** 2 + math.remainder(x, y) * x


def magnitudes(x: float, y: float):
    return math.fabs(x) * math.copysign(y, x) + abs(y) ** 3


def split_number(x: float):
    fraction, whole = math.modf(x)
    mantissa, exponent = math.frexp(x)
    return fraction**2 + whole + mantissa * exponent + math.ldexp(x, 2)


def sums_and_products(x: float, y: float):
    total = math.fsum([x, y, x * y])
    product = math.prod((x, y, 3.0))
    return total * product + math.dist((x, y), (1.0, -2.0))


def binomial_probability(p: float, n: int, k: int) -> float:
    return math.comb(n, k) * p**k * (1 - p) ** (n - k)


def permutations_weight(x: float, n: int, k: int):
    return x * math.perm(n, k) / math.factorial(k) + math.gcd(n, k) * x**2 + math.isqrt(n) / x


def classified(x: float, y: float):
    if math.isnan(x) or math.isinf(x) or not math.isfinite(y):
        return 0.0
    if math.isclose(x, y, rel_tol=0.1) or abs(x - y) < 4 * math.ulp(x):
        return x * y
    return (x - y) ** 2 / math.lcm(2, 3)


def constants(x):
    return math.pi * x**2 + math.e**x - math.sin(math.tau * x)


def builtin_functions(x: float, y: float):
    return abs(x - y) + max(x, y) * min(x, 2 * y) + pow(x, 2) + float(y) * int(x)


def positional_only(x, y, /, scale: float = 2.0):
    return scale * math.atan(x * y)


def augmented(x: float, y: float):
    x += y
    x *= 3
    x -= y * x
    x /= 2 + y
    x **= 2
    return x


def augmented_local(x):
    result = 1.0
    result *= x
    result += x * result
    result -= 0.5
    result /= x
    return result


def chained_assignment(x, y):
    a = b = x * y
    a = a + x
    return a * b


def tuple_assignment(x, y):
    s, p = x + y, x * y
    (u, v), w = (s * p, s - p), p
    return u * v + w


def swaps(a, b):
    a, b = b, a + b
    a, b = b, a * b
    a, b = b, a
    return a - 2 * b


def three_way_rotation(x, y, z):
    x, y, z = y * z, z + x, x
    x, y, z = z, x, y
    return x * y - z * z


def annotated_assignment(x: float, y: float) -> float:
    ratio: float
    product: float = x * y
    ratio = product / (x + y)
    return ratio - product


def rebinding(x: float):
    value = x * x
    value = (value, x)
    first, second = value
    value = "nothing but a string"
    length = len(value)
    value = first * second / length
    return value


def same_name_many_times(x):
    y = math.sin(x)
    y = y * x
    y = math.exp(y) - y
    y = y / (1 + y * y)
    return y


def quadratic_roots(a: float, b: float, c: float):
    d = math.sqrt(b * b - 4 * a * c)
    return (-b - d) / (2 * a), (-b + d) / (2 * a)


def polar(x, y):
    r = math.hypot(x, y)
    phi = math.atan2(y, x)
    return r, phi


def identity(x: float):
    return x


def many_uses(x):
    a = x * x
    b = a * x
    c = a * b
    d = c - a * b + b
    return a + b * c - d * a + x


def dead_code(x, y):
    z = x * y
    unused = math.exp(z) * 17
    label = "the unused one"
    z = z + x
    unused = label
    return z


def long_sum(x, y, z):
    return (
        x * y * z
        + math.sin(x) * math.cos(y)
        - (x + y) * (y + z) * (z + x)
        + math.exp(-x * x - y * y - z * z)
    )


CASES = (
    Case(polynomial, ((0.7,), (-1.3,), (0.0,))),
    Case(rational, ((0.7, 1.2), (-1.5, 4.0))),
    Case(unary_signs, ((0.4,), (-2.2,))),
    Case(whole_and_rest, ((7.3, 2.1), (-3.4, 1.5), (0.4, 3.0))),
    Case(wrap_angle, ((0.5,), (4.0,), (-9.1,))),
    Case(power_both, ((1.7, 2.3), (0.6, 1.1))),
    Case(constant_powers, ((1.4,), (0.8,))),
    Case(triangle_side, ((2.0, 3.0, 1.1), (1.0, 1.5, 2.5))),
    Case(trigonometry, ((0.3,), (-1.9,))),
    Case(inverse_trigonometry, ((0.3, 0.6), (-0.5, 0.2))),
    Case(hyperbolic, ((0.9,), (-1.2,))),
    Case(inverse_hyperbolic, ((0.8, 0.9), (-1.5, 2.0))),
    Case(exponentials, ((0.6,), (1.9,))),
    Case(logarithms, ((2.5, 3.0), (0.7, 10.0))),
    Case(roots, ((1.3, 2.1, -0.4), (0.8, 0.5, 3.0))),
    Case(normal_tail, ((0.3, 0.1, 1.4), (-1.0, 0.5, 0.7))),
    Case(log_beta, ((1.5, 2.25), (4.0, 0.8))),
    Case(gamma_density, ((1.2, 2.5), (0.7, 1.5))),
    Case(compass, ((1.0, 2.0), (-0.5, 1.5))),
    Case(rounding, ((2.3,), (-1.6,))),
    Case(remainders, ((7.3, 2.1), (-3.4, 1.5))),
    Case(magnitudes, ((1.3, 0.7), (-0.8, 1.9), (0.5, -1.1))),
    Case(split_number, ((2.6,), (-0.3,), (11.2,))),
    Case(sums_and_products, ((0.4, 1.3), (-2.0, 0.5))),
    Case(binomial_probability, ((0.3, 7, 2), (0.8, 4, 4), (0.5, 3, 0))),
    Case(permutations_weight, ((1.3, 6, 4), (-0.7, 10, 5))),
    Case(classified, ((0.7, 0.3), (-1.2, -1.2))),
    Case(constants, ((0.3,), (-0.7,))),
    Case(builtin_functions, ((1.4, 0.5), (-0.6, 2.3))),
    Case(positional_only, ((0.7, 0.3), (-1.2, 0.4))),
    Case(augmented, ((0.7, 1.1), (-1.4, 0.3))),
    Case(augmented_local, ((0.7,), (-1.4,))),
    Case(chained_assignment, ((0.7, 1.1), (-1.4, 0.3))),
    Case(tuple_assignment, ((0.7, 1.1), (-1.4, 0.3))),
    Case(swaps, ((0.7, 1.1), (-1.4, 0.3))),
    Case(three_way_rotation, ((0.7, 1.1, -0.3), (-1.4, 0.3, 2.0))),
    Case(annotated_assignment, ((0.7, 1.1), (2.0, 0.3))),
    Case(rebinding, ((0.7,), (-1.1,))),
    Case(same_name_many_times, ((0.7,), (-1.1,))),
    Case(quadratic_roots, ((1.0, 4.0, 2.0), (-2.0, 1.0, 3.0)), scalar=False),
    Case(polar, ((1.0, 2.0), (-0.5, 1.5)), scalar=False),
    Case(identity, ((0.7,), (-1.1,))),
    Case(many_uses, ((0.7,), (-1.1,))),
    Case(dead_code, ((0.7, 0.2), (-1.1, 0.5))),
    Case(long_sum, ((0.7, 0.2, -0.4), (-1.1, 0.5, 0.9))),
)
