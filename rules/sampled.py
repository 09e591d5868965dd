"""Interpolation, convolutions and polynomials: what is made of samples and of coefficients."""

import numpy as np

from s2sgrad.registry import adjoint, bilinear, inert, linear, tangent
from s2sgrad.rules.helpers import (
    convolve_factor,
    correlate_left,
    correlate_right,
    interp_slope,
    interp_slope_values,
    interp_values,
    interval_of,
    unbroadcast,
)


@adjoint(np.interp, without={"xp"})
def interp(d, x, xp, fp):
    y = np.interp(x, xp, fp)
    yield y
    d.x = interp_slope(x, xp, fp) * d.y
    d.fp = interp_values(d.y, x, xp, fp)


@tangent(np.interp)
def interp_tangent(d, x, xp, fp):
    y = np.interp(x, xp, fp)
    yield y
    d.y = interp_slope(x, xp, fp) * d.x + np.interp(x, xp, d.fp)


@bilinear(np.convolve)
def convolve(d, a, v, mode="full"):
    y = np.convolve(a, v, mode)
    yield y
    d.a = convolve_factor(d.y, a, v, mode)
    d.v = convolve_factor(d.y, v, a, mode)


@bilinear(np.correlate)
def correlate(d, a, v, mode="valid"):
    y = np.correlate(a, v, mode)
    yield y
    d.a = correlate_left(d.y, a, v, mode)
    d.v = correlate_right(d.y, a, v, mode)


# ---- polynomials ----


@adjoint(np.polyval)
def polyval(d, p, x):
    y = np.polyval(p, x)
    yield y
    d.p = np.dot(np.ravel(d.y), np.asarray(np.vander(np.ravel(x), len(p)), y.dtype))
    d.x = np.polyval(np.asarray(np.polyder(p), y.dtype), x) * d.y


@tangent(np.polyval)
def polyval_tangent(d, p, x):
    y = np.polyval(p, x)
    yield y
    d.y = np.polyval(d.p, x) + np.polyval(np.asarray(np.polyder(p), y.dtype), x) * d.x


@linear(np.polyder)
def polyder(d, p):
    y = np.polyder(p)
    yield y
    d.p = np.append(np.arange(len(p) - 1, 0, -1) * d.y, np.zeros_like(p[:1]))


@adjoint(np.vander)
def vander(d, x, N=None):
    y = np.vander(x, N)
    yield y
    powers = np.arange(np.shape(y)[1] - 1, 0, -1)
    d.x = np.sum(d.y[:, :-1] * powers * y[:, 1:], axis=1)


@tangent(np.vander)
def vander_tangent(d, x, N=None):
    y = np.vander(x, N)
    yield y
    powers = np.arange(np.shape(y)[1] - 1, 0, -1)
    slopes = powers * y[:, 1:] * np.expand_dims(d.x, 1)
    d.y = np.concatenate([slopes, np.zeros_like(y[:, :1])], 1)


@adjoint(np.geomspace)
def geomspace(d, start, stop, num=50, endpoint=True):
    y = np.geomspace(start, stop, num, endpoint)
    yield y
    part = np.linspace(0, 1, num, endpoint, dtype=y.dtype)
    weighted = y * d.y
    d.start = unbroadcast(np.tensordot(1 - part, weighted, 1) / start, start)
    d.stop = unbroadcast(np.tensordot(part, weighted, 1) / stop, stop)


@tangent(np.geomspace)
def geomspace_tangent(d, start, stop, num=50, endpoint=True):
    y = np.geomspace(start, stop, num, endpoint)
    yield y
    d.y = y * np.linspace(d.start / start, d.stop / stop, num, endpoint)


# ---- the helpers ----

inert(interval_of)


@adjoint(interp_slope, without={"xp"})
def interp_slope_(d, x, xp, fp):
    y = interp_slope(x, xp, fp)
    yield y
    d.fp = interp_slope_values(d.y, x, xp, fp)


@tangent(interp_slope)
def interp_slope_tangent(d, x, xp, fp):
    y = interp_slope(x, xp, fp)
    yield y
    d.y = interp_slope(x, xp, d.fp)


@linear(interp_slope_values)
def interp_slope_values_(d, g, x, xp, fp):
    y = interp_slope_values(g, x, xp, fp)
    yield y
    d.g = interp_slope(x, xp, d.y)


@adjoint(interp_values)
def interp_values_(d, g, x, xp, fp):
    y = interp_values(g, x, xp, fp)
    yield y
    d.g = np.interp(x, xp, d.y)
    d.x = interp_slope(x, xp, d.y) * g


@tangent(interp_values)
def interp_values_tangent(d, g, x, xp, fp):
    y = interp_values(g, x, xp, fp)
    yield y
    d.y = interp_values(d.g, x, xp, fp) + interp_slope_values(d.x * g, x, xp, fp)


@bilinear(convolve_factor)
def convolve_factor_(d, g, a, v, mode="full"):
    y = convolve_factor(g, a, v, mode)
    yield y
    d.g = np.convolve(d.y, v, mode)
    d.v = convolve_factor(g, v, d.y, mode)


@bilinear(correlate_left)
def correlate_left_(d, g, a, v, mode="valid"):
    y = correlate_left(g, a, v, mode)
    yield y
    d.g = np.correlate(d.y, v, mode)
    d.v = correlate_right(g, d.y, v, mode)


@bilinear(correlate_right)
def correlate_right_(d, g, a, v, mode="valid"):
    y = correlate_right(g, a, v, mode)
    yield y
    d.g = np.correlate(a, d.y, mode)
    d.a = correlate_left(g, a, d.y, mode)
