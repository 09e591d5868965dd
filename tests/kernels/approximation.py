"""Interpolation, quadrature, series and prices on grids."""

import numpy as np
from numpy.typing import NDArray

from tests.memory_case import MemoryCase as Case


def horner(coefficients, x):
    """Many polynomials' values at once, the result overwritten by each step."""
    y = np.zeros_like(x)
    for c in coefficients[::-1]:
        y *= x
        y += c
    return y


def cumulative_trapezoid(y: NDArray[np.float64], x: NDArray[np.float64]):
    s = np.zeros(len(y))
    s[1:] = 0.5 * (y[1:] + y[:-1]) * (x[1:] - x[:-1])
    for i in range(1, len(s)):
        s[i] += s[i - 1]
    return s


def lagrange(xs, ys, at):
    n = len(xs)
    out = np.zeros(at.shape)
    for i in range(n):
        basis = np.ones(at.shape)
        for j in range(n):
            if j == i:
                continue
            basis *= (at - xs[j]) / (xs[i] - xs[j])
        out += ys[i] * basis
    return out


def divided_differences(x, y):
    """Newton's coefficients, in place and from the end."""
    c = y.copy()
    n = len(x)
    for k in range(1, n):
        for i in range(n - 1, k - 1, -1):
            c[i] = (c[i] - c[i - 1]) / (x[i] - x[i - k])
    return c


def neville(x, y, at):
    p = y.copy()
    n = x.size
    for k in range(1, n):
        p[: n - k] = ((at - x[k:]) * p[: n - k] + (x[: n - k] - at) * p[1 : n - k + 1]) / (
            x[: n - k] - x[k:]
        )
    return p[0]


def natural_spline(x, y):
    """Coefficients of the natural cubic spline by elimination and back substitution."""
    n = len(x) - 1
    h = x[1:] - x[:-1]
    alpha = np.zeros(n)
    for i in range(1, n):
        alpha[i] = 3 / h[i] * (y[i + 1] - y[i]) - 3 / h[i - 1] * (y[i] - y[i - 1])
    c = np.zeros(n + 1)
    l = np.ones(n + 1)
    mu = np.zeros(n)
    z = np.zeros(n + 1)
    for i in range(1, n):
        l[i] = 2 * (x[i + 1] - x[i - 1]) - h[i - 1] * mu[i - 1]
        mu[i] = h[i] / l[i]
        z[i] = (alpha[i] - h[i - 1] * z[i - 1]) / l[i]
    b = np.empty(n)
    d = np.empty(n)
    for j in reversed(range(n)):
        c[j] = z[j] - mu[j] * c[j + 1]
        b[j] = (y[j + 1] - y[j]) / h[j] - h[j] * (c[j + 1] + 2 * c[j]) / 3
        d[j] = (c[j + 1] - c[j]) / (3 * h[j])
    return b, c, d


def clenshaw(c, x):
    """A Chebyshev series, three arrays rotated."""
    b0 = np.zeros_like(x)
    b1 = np.zeros_like(x)
    b2 = np.empty_like(x)
    for k in range(len(c) - 1, 0, -1):
        b2[:] = c[k] + 2 * x * b0 - b1
        b0, b1, b2 = b2, b0, b1
    return c[0] + x * b0 - b1


def romberg(a, b, levels):
    """Extrapolation table of the integral of exp(-x²) cos(3x)."""
    R = np.zeros((levels, levels))
    h = b - a
    R[0, 0] = 0.5 * h * (np.exp(-a * a) * np.cos(3 * a) + np.exp(-b * b) * np.cos(3 * b))
    for i in range(1, levels):
        h /= 2
        total = 0.0
        for k in range(1, 2**i, 2):
            x = a + k * h
            total += np.exp(-x * x) * np.cos(3 * x)
        R[i, 0] = 0.5 * R[i - 1, 0] + h * total
        for j in range(1, i + 1):
            R[i, j] = R[i, j - 1] + (R[i, j - 1] - R[i - 1, j - 1]) / (4**j - 1)
    return R[levels - 1, levels - 1]


def de_casteljau(points, t):
    """Bézier curve: the control points are averaged in place until one is left."""
    p = np.array(points, copy=True)
    while len(p) > 1:
        p[:-1] = (1 - t) * p[:-1] + t * p[1:]
        p = p[:-1]
    return p[0]


def black_scholes_grid(S, K, r, sigma, dt, steps):
    """Explicit steps backwards in time of the price of a call on a grid of prices."""
    V = np.log(1 + np.exp(4 * (S - K))) / 4
    dS = S[1] - S[0]
    for n in range(steps):
        delta = (V[2:] - V[:-2]) / (2 * dS)
        gamma = (V[2:] - 2 * V[1:-1] + V[:-2]) / dS**2
        V[1:-1] += dt * (
            0.5 * sigma**2 * S[1:-1] ** 2 * gamma + r * S[1:-1] * delta - r * V[1:-1]
        )
        V[0] -= dt * r * V[0]
        V[-1] = 2 * V[-2] - V[-3]
    return V


def legendre_recurrence(x, n):
    P = np.empty((n + 1, x.size))
    P[0] = 1.0
    P[1] = x
    for k in range(1, n):
        P[k + 1] = ((2 * k + 1) * x * P[k] - k * P[k - 1]) / (k + 1)
    return P


def mandelbrot_escape(re, im, limit, maxiter):
    """Points that have left the disc are frozen by a mask; returns their smooth radius."""
    x = np.zeros_like(re)
    y = np.zeros_like(im)
    radius = np.zeros_like(re)
    for n in range(maxiter):
        active = x * x + y * y < limit
        xt = x[active] ** 2 - y[active] ** 2 + re[active]
        y[active] = 2 * x[active] * y[active] + im[active]
        x[active] = xt
        radius[active] += np.sqrt(x[active] ** 2 + y[active] ** 2)
    return radius


def aitken(x, n):
    """Accelerates a fixed-point iteration, the sequences stored in two arrays."""
    s = np.empty(n + 2)
    s[0] = x
    for i in range(n + 1):
        s[i + 1] = np.cos(0.7 * s[i])
    out = s[:-2].copy()
    out -= (s[1:-1] - s[:-2]) ** 2 / (s[2:] - 2 * s[1:-1] + s[:-2])
    return out


def bilinear_sampling(image, rows, cols):
    """Values between the pixels by gathering four neighbours."""
    i = np.floor(rows).astype(int)
    j = np.floor(cols).astype(int)
    a = rows - i
    b = cols - j
    out = np.zeros(len(rows))
    out += (1 - a) * (1 - b) * image[i, j]
    out += a * (1 - b) * image[i + 1, j]
    out += (1 - a) * b * image[i, j + 1]
    out += a * b * image[i + 1, j + 1]
    return out


rng = np.random.default_rng(111)
_x3, _x5 = rng.normal(size=3), rng.normal(size=5)
_g4, _g6 = np.array([0.0, 0.7, 1.2, 2.1]), np.array([-1.0, -0.3, 0.4, 0.9, 1.7, 2.2])
_y4, _y6 = rng.normal(size=4), rng.normal(size=6)

CASES = (
    Case(horner, ((_y4, _x3), (_y6, _x5)), scalar=False),
    Case(cumulative_trapezoid, ((_y4, _g4), (_y6, _g6)), scalar=False),
    Case(lagrange, ((_g4, _y4, _x3), (_g6, _y6, _x5)), scalar=False),
    Case(divided_differences, ((_g4, _y4), (_g6, _y6)), scalar=False),
    Case(neville, ((_g4, _y4, 0.5), (_g6, _y6, 1.3))),
    Case(natural_spline, ((_g4, _y4), (_g6, _y6)), scalar=False),
    Case(clenshaw, ((_y4[:2], _x3), (_y6, _x5)), scalar=False),
    Case(romberg, ((0.2, 1.1, 2), (-0.4, 0.9, 4))),
    Case(
        de_casteljau,
        ((rng.normal(size=(3, 2)), 0.3), (rng.normal(size=(5, 2)), 0.6)),
        scalar=False,
    ),
    Case(
        black_scholes_grid,
        (
            (np.linspace(0.5, 1.5, 5), 1.0, 0.1, 0.3, 0.05, 1),
            (np.linspace(0.4, 1.8, 8), 1.1, 0.05, 0.4, 0.04, 3),
        ),
        scalar=False,
    ),
    Case(legendre_recurrence, ((_x3, 1), (_x5, 4)), scalar=False),
    Case(
        mandelbrot_escape,
        (
            (np.array([0.3, 1.1, -0.4]), np.array([0.2, 0.7, 0.5]), 4.0, 2),
            (np.array([0.3, 1.1, -0.4, 0.8]), np.array([0.2, 0.7, 0.5, 0.9]), 4.0, 4),
        ),
        wrt=("re", "im"),
        scalar=False,
    ),
    Case(aitken, ((0.4, 1), (1.3, 4)), scalar=False),
    Case(
        bilinear_sampling,
        (
            (rng.normal(size=(3, 3)), np.array([0.3, 1.6]), np.array([1.4, 0.7])),
            (
                rng.normal(size=(4, 5)),
                np.array([0.3, 1.6, 2.4, 1.2]),
                np.array([3.4, 0.7, 2.3, 0.6]),
            ),
        ),
        scalar=False,
    ),
)
