"""NumPy's elementwise functions: the partial derivatives, with y (or z) the result."""

import math

import numpy as np

from s2sgrad.registry import adjoint, elementwise, tangent

# ---- arithmetic ----

elementwise(np.add, lambda z, x, y: (1, 1))
elementwise(np.subtract, lambda z, x, y: (1, -1))
elementwise(np.multiply, lambda z, x, y: (y, x))
elementwise(np.negative, lambda y, x: -1)
elementwise(np.positive, lambda y, x: 1)
elementwise(np.square, lambda y, x: 2 * x)
elementwise(np.remainder, lambda z, x, y: (1, -(x // y)))
elementwise(np.fmod, lambda z, x, y: (1, -np.rint((x - z) / y)))


@elementwise(np.true_divide)
def true_divide(d, x, y):
    z = x / y
    yield z
    d.x = d.z / y
    d.y = -z * d.x


@elementwise(np.reciprocal)
def reciprocal(d, x):
    y = np.reciprocal(x)
    yield y
    d.x = -y * d.y / x


# The exponent n - 1 is 0 where n is 0, and log(x) is 0 where x is 0: no infinity is multiplied
# by 0.


@elementwise(np.power)
def power(d, x, n):
    z = x**n
    yield z
    d.x = n * x ** (n - (n != 0)) * d.z
    d.n = z * np.log(x + (x == 0)) * d.z


@elementwise(np.float_power)
def float_power(d, x, n):
    z = np.float_power(x, n)
    yield z
    d.x = n * np.float_power(x, n - (n != 0)) * d.z
    d.n = z * np.log(x + (x == 0)) * d.z


# ---- exponentials and logarithms ----

elementwise(np.exp, lambda y, x: y)
elementwise(np.exp2, lambda y, x: math.log(2) * y)
elementwise(np.expm1, lambda y, x: y + 1)
elementwise(np.log, lambda y, x: 1 / x)
elementwise(np.log2, lambda y, x: 1 / (x * math.log(2)))
elementwise(np.log10, lambda y, x: 1 / (x * math.log(10)))
elementwise(np.log1p, lambda y, x: 1 / (1 + x))
elementwise(np.logaddexp, lambda z, x, y: (np.exp(x - z), np.exp(y - z)))
elementwise(np.logaddexp2, lambda z, x, y: (np.exp2(x - z), np.exp2(y - z)))
elementwise(np.sqrt, lambda y, x: 0.5 / y)
elementwise(np.cbrt, lambda y, x: 1 / (3 * y * y))

# ---- trigonometric and hyperbolic functions ----

elementwise(np.sin, lambda y, x: np.cos(x))
elementwise(np.cos, lambda y, x: -np.sin(x))
elementwise(np.tan, lambda y, x: 1 + y * y)
elementwise(np.arcsin, lambda y, x: 1 / np.sqrt(1 - x**2))
elementwise(np.arccos, lambda y, x: -1 / np.sqrt(1 - x**2))
elementwise(np.arctan, lambda y, x: 1 / (1 + x * x))
elementwise(np.arctan2, lambda z, y, x: (x / (x * x + y * y), -y / (x * x + y * y)))
elementwise(np.sinh, lambda y, x: np.cosh(x))
elementwise(np.cosh, lambda y, x: np.sinh(x))
elementwise(np.tanh, lambda y, x: 1 - y**2)
elementwise(np.arcsinh, lambda y, x: 1 / np.sqrt(x * x + 1))
elementwise(np.arccosh, lambda y, x: 1 / np.sqrt(x * x - 1))
elementwise(np.arctanh, lambda y, x: 1 / (1 - x**2))
elementwise(np.hypot, lambda z, x, y: (x / z, y / z))
elementwise(np.sinc, lambda y, x: (np.cos(math.pi * x) - y) / (x + (x == 0)))


@elementwise(np.degrees)
def degrees(d, x):
    y = np.degrees(x)
    yield y
    d.x = np.degrees(d.y)


@elementwise(np.rad2deg)
def rad2deg(d, x):
    y = np.rad2deg(x)
    yield y
    d.x = np.rad2deg(d.y)


@elementwise(np.radians)
def radians(d, x):
    y = np.radians(x)
    yield y
    d.x = np.radians(d.y)


@elementwise(np.deg2rad)
def deg2rad(d, x):
    y = np.deg2rad(x)
    yield y
    d.x = np.deg2rad(d.y)


# ---- parts of numbers ----

elementwise(np.absolute, lambda y, x: np.sign(x))
elementwise(np.fabs, lambda y, x: np.sign(x))
elementwise(np.copysign, lambda z, x, y: np.copysign(np.sign(x), x * y))
elementwise(np.nextafter, lambda z, x, y: 1)
elementwise(np.heaviside, lambda y, x, at_zero: (None, x == 0))
elementwise(np.ldexp, lambda y, x, i: np.ldexp(np.ones_like(x), i))
elementwise(np.conjugate, lambda y, x: 1)


@adjoint(np.modf)
def modf(d, x):
    fraction, whole = np.modf(x)
    yield fraction, whole
    d.x = d.fraction


@tangent(np.modf)
def modf_tangent(d, x):
    fraction, whole = np.modf(x)
    yield fraction, whole
    d.fraction = d.x


@adjoint(np.frexp)
def frexp(d, x):
    mantissa, exponent = np.frexp(x)
    yield mantissa, exponent
    d.x = np.ldexp(d.mantissa, -exponent)


@tangent(np.frexp)
def frexp_tangent(d, x):
    mantissa, exponent = np.frexp(x)
    yield mantissa, exponent
    d.mantissa = np.ldexp(d.x, -exponent)


@elementwise(np.nan_to_num)
def nan_to_num(d, x):
    y = np.nan_to_num(x)
    yield y
    d.x = np.where(np.isfinite(x), d.y, 0)
