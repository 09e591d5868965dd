"""All of the module math: the partial derivatives, with y (or z) the result.

Squares are products, as a float to a power raises an OverflowError where a product is infinite.
"""

import math

import numpy as np

from s2sgrad.registry import adjoint, bilinear, elementwise, inert, linear, tangent
from s2sgrad.rules.helpers import polygamma, product_before, split_like, spread

# ---- exponentials, logarithms, powers ----

elementwise(math.exp, lambda y, x: y)
elementwise(math.exp2, lambda y, x: math.log(2) * y)
elementwise(math.expm1, lambda y, x: y + 1)
elementwise(math.log, lambda y, x: 1 / x)
elementwise(math.log2, lambda y, x: 1 / (x * math.log(2)))
elementwise(math.log10, lambda y, x: 1 / (x * math.log(10)))
elementwise(math.log1p, lambda y, x: 1 / (1 + x))
elementwise(math.sqrt, lambda y, x: 0.5 / y)
elementwise(math.cbrt, lambda y, x: 1 / (3 * y * y))


@elementwise(math.log)
def log_to_base(d, x, base):
    z = math.log(x, base)
    yield z
    d.x = d.z / (x * math.log(base))
    d.base = -z * d.z / (base * math.log(base))


@elementwise(math.pow)
def power(d, x, n):
    z = math.pow(x, n)
    yield z
    d.x = n * math.pow(x, n - (n != 0)) * d.z
    d.n = z * math.log(x + (x == 0)) * d.z


# ---- trigonometric and hyperbolic functions ----

elementwise(math.sin, lambda y, x: math.cos(x))
elementwise(math.cos, lambda y, x: -math.sin(x))
elementwise(math.tan, lambda y, x: 1 + y * y)
elementwise(math.asin, lambda y, x: 1 / math.sqrt(1 - x * x))
elementwise(math.acos, lambda y, x: -1 / math.sqrt(1 - x * x))
elementwise(math.atan, lambda y, x: 1 / (1 + x * x))
elementwise(math.atan2, lambda z, y, x: (x / (x * x + y * y), -y / (x * x + y * y)))
elementwise(math.sinh, lambda y, x: math.cosh(x))
elementwise(math.cosh, lambda y, x: math.sinh(x))
elementwise(math.tanh, lambda y, x: 1 - y * y)
elementwise(math.asinh, lambda y, x: 1 / math.sqrt(x * x + 1))
elementwise(math.acosh, lambda y, x: 1 / math.sqrt(x * x - 1))
elementwise(math.atanh, lambda y, x: 1 / (1 - x * x))


@elementwise(math.degrees)
def degrees(d, x):
    y = math.degrees(x)
    yield y
    d.x = math.degrees(d.y)


@elementwise(math.radians)
def radians(d, x):
    y = math.radians(x)
    yield y
    d.x = math.radians(d.y)


# ---- special functions ----

elementwise(math.erf, lambda y, x: 2 * math.exp(-x * x) / math.sqrt(math.pi))
elementwise(math.erfc, lambda y, x: -2 * math.exp(-x * x) / math.sqrt(math.pi))
elementwise(math.gamma, lambda y, x: y * polygamma(0, x))
elementwise(math.lgamma, lambda y, x: polygamma(0, x))

# ---- parts of numbers ----

elementwise(math.fabs, lambda y, x: math.copysign(x != 0, x))
elementwise(math.copysign, lambda z, x, y: math.copysign(x != 0, x * y))
elementwise(math.nextafter, lambda z, x, y: 1)
elementwise(math.fmod, lambda z, x, y: (1, -round((x - z) / y)))
elementwise(math.remainder, lambda z, x, y: (1, -round((x - z) / y)))


@elementwise(math.ldexp)
def ldexp(d, x, i):
    y = math.ldexp(x, i)
    yield y
    d.x = math.ldexp(d.y, i)


@adjoint(math.modf)
def modf(d, x):
    fraction, whole = math.modf(x)
    yield fraction, whole
    d.x = d.fraction


@tangent(math.modf)
def modf_tangent(d, x):
    fraction, whole = math.modf(x)
    yield fraction, whole
    d.fraction = d.x


@adjoint(math.frexp)
def frexp(d, x):
    mantissa, exponent = math.frexp(x)
    yield mantissa, exponent
    d.x = math.ldexp(d.mantissa, -exponent)


@tangent(math.frexp)
def frexp_tangent(d, x):
    mantissa, exponent = math.frexp(x)
    yield mantissa, exponent
    d.mantissa = math.ldexp(d.x, -exponent)


# ---- several numbers ----

elementwise(math.hypot, lambda z, x, y: (x / z, y / z))


@adjoint(math.hypot)
def hypot(d, *coordinates):
    y = math.hypot(*coordinates)
    yield y
    d.coordinates = split_like(np.array(coordinates) * d.y / y, coordinates)


@tangent(math.hypot)
def hypot_tangent(d, *coordinates):
    y = math.hypot(*coordinates)
    yield y
    d.y = np.dot(coordinates, d.coordinates) / y


@adjoint(math.dist)
def dist(d, p, q):
    y = math.dist(p, q)
    yield y
    away = np.subtract(p, q) * d.y / y
    d.p = split_like(away, p)
    d.q = split_like(-away, q)


@tangent(math.dist)
def dist_tangent(d, p, q):
    y = math.dist(p, q)
    yield y
    d.y = np.dot(np.subtract(p, q), np.subtract(d.p, d.q)) / y


@linear(math.fsum)
def fsum(d, seq):
    y = math.fsum(seq)
    yield y
    d.seq = spread(d.y, seq)


@adjoint(math.prod)
def prod(d, iterable, *, start=1):
    y = math.prod(iterable, start=start)
    yield y
    factors = np.array(iterable)
    others = product_before(factors) * np.flip(product_before(np.flip(factors)))
    d.iterable = split_like(start * others * d.y, iterable)
    d.start = np.prod(factors) * d.y


@tangent(math.prod)
def prod_tangent(d, iterable, *, start=1):
    y = math.prod(iterable, start=start)
    yield y
    factors = np.array(iterable)
    others = product_before(factors) * np.flip(product_before(np.flip(factors)))
    d.y = start * np.dot(others, d.iterable) + np.prod(factors) * d.start


if hasattr(math, "sumprod"):  # Python 3.12

    @bilinear(math.sumprod)
    def sumprod(d, p, q):
        y = math.sumprod(p, q)
        yield y
        d.p = split_like(np.array(q) * d.y, p)
        d.q = split_like(np.array(p) * d.y, q)


if hasattr(math, "fma"):  # Python 3.13
    elementwise(math.fma, lambda y, a, b, c: (b, a, 1))

# ---- no derivative ----

inert(math.ceil, math.floor, math.trunc, math.ulp)
inert(math.isclose, math.isfinite, math.isinf, math.isnan)
inert(math.comb, math.factorial, math.gcd, math.isqrt, math.lcm, math.perm)
