"""Numerical methods: roots, quadrature, integrators, interpolation, linear solvers, optimizers."""

import logging
import math
from typing import NamedTuple

import numpy as np

from tests.people.case import Collection

case = Collection()
logger = logging.getLogger(__name__)


def newton(f, fprime, x, tol=1e-13, maxiter=50):
    for i in range(maxiter):
        fx = f(x)
        if abs(fx) < tol:
            return x
        x = x - fx / fprime(x)
    raise RuntimeError(f"no convergence after {maxiter} iterations")


def kepler_anomaly(M: float, e: float):
    """Eccentric anomaly from Kepler's equation."""
    return newton(lambda E: E - e * math.sin(E) - M, lambda E: 1 - e * math.cos(E), M)


case(kepler_anomaly, (0.7, 0.3), (2.0, 0.6))


def simpson(f, a, b, n=10):
    if n % 2:
        raise ValueError("n must be even")
    h = (b - a) / n
    s = f(a) + f(b)
    s += 4 * sum(f(a + i * h) for i in range(1, n, 2))
    s += 2 * sum(f(a + i * h) for i in range(2, n, 2))
    return s * h / 3


def gaussian_integral(mu: float, sigma: float, upper: float):
    def pdf(x):
        return math.exp(-0.5 * ((x - mu) / sigma) ** 2) / (sigma * math.sqrt(2 * math.pi))

    return simpson(pdf, -1.0, upper)


case(gaussian_integral, (0.0, 1.0, 1.0), (0.4, 0.6, 2.0))


def adaptive_simpson(f, a, b, tol, depth=0):
    """Recursive adaptive quadrature."""
    c = (a + b) / 2
    h = b - a
    fa, fb, fc = f(a), f(b), f(c)
    whole = h / 6 * (fa + 4 * fc + fb)
    left = h / 12 * (fa + 4 * f((a + c) / 2) + fc)
    right = h / 12 * (fc + 4 * f((c + b) / 2) + fb)
    if depth > 8 or abs(left + right - whole) < 15 * tol:
        return left + right + (left + right - whole) / 15
    return adaptive_simpson(f, a, c, tol / 2, depth + 1) + adaptive_simpson(f, c, b, tol / 2, depth + 1)


def peaked_integral(k: float, x0: float):
    return adaptive_simpson(lambda x: 1 / (1 + k * (x - x0) ** 2), 0.0, 1.0, 1e-5)


case(peaked_integral, (10.0, 0.3), (3.0, 1.2))


def rk4_step(f, t, y, h, *args):
    k1 = f(t, y, *args)
    k2 = f(t + h / 2, y + h / 2 * k1, *args)
    k3 = f(t + h / 2, y + h / 2 * k2, *args)
    k4 = f(t + h, y + h * k3, *args)
    return y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)


def solve_ivp(f, t_span, y0, args=(), n=20):
    t0, t1 = t_span
    h = (t1 - t0) / n
    y, t = y0, t0
    for _ in range(n):
        y = rk4_step(f, t, y, h, *args)
        t += h
    return y


def van_der_pol(t, y, mu):
    x, v = y
    return np.array([v, mu * (1 - x**2) * v - x])


def oscillator_end(mu: float, y0: np.ndarray, t_end: float):
    return solve_ivp(van_der_pol, (0.0, t_end), y0, args=(mu,), n=5)


case(oscillator_end, (0.5, np.array([1.0, 0.0]), 1.0), (2.0, np.array([0.5, -0.3]), 0.7))


class Spline(NamedTuple):
    x: np.ndarray
    y: np.ndarray
    m: np.ndarray

    def __call__(self, t):
        i = int(np.searchsorted(self.x, t)) - 1
        h = self.x[i + 1] - self.x[i]
        s = (t - self.x[i]) / h
        h00 = 2 * s**3 - 3 * s**2 + 1
        h10 = s**3 - 2 * s**2 + s
        h01 = -2 * s**3 + 3 * s**2
        h11 = s**3 - s**2
        return h00 * self.y[i] + h10 * h * self.m[i] + h01 * self.y[i + 1] + h11 * h * self.m[i + 1]


def hermite_value(y: np.ndarray, t: float):
    x = np.arange(len(y), dtype=float)
    m = np.gradient(y)
    return Spline(x, y, m)(t)


case(hermite_value, (np.array([0.0, 1.0, 0.5, 2.0]), 1.3), (np.array([1.0, 0.3, 0.8]), 0.4))


def jacobi(A: np.ndarray, b: np.ndarray, iterations: int = 10):
    D = np.diag(A)
    R = A - np.diagflat(D)
    x = np.zeros_like(b)
    for k in range(iterations):
        x = (b - R @ x) / D
        logger.debug("iteration %d", k)
    return x


case(
    jacobi,
    (np.array([[4.0, 1.0], [1.0, 3.0]]), np.array([1.0, 2.0])),
    (np.array([[5.0, 1.0, 0.5], [1.0, 4.0, 1.0], [0.2, 1.0, 3.0]]), np.array([1.0, 0.0, 2.0]), 3),
    wrt=("A", "b"),
)


def conjugate_gradient(A, b, x0=None, tol=1e-12):
    x = np.zeros_like(b) if x0 is None else x0
    r = b - A @ x
    p = r.copy()
    rs = r @ r
    for _ in range(len(b)):
        if np.sqrt(rs) < tol:
            break
        Ap = A @ p
        alpha = rs / (p @ Ap)
        x = x + alpha * p
        r = r - alpha * Ap
        rs_new = r @ r
        p = r + rs_new / rs * p
        rs = rs_new
    return x


def compliance(stiffness: np.ndarray, load: np.ndarray):
    """Work of a load on a chain of springs."""
    n = len(load)
    K = np.zeros((n, n))
    for i, k in enumerate(stiffness):
        K[i, i] += k
        if i + 1 < n:
            K[i, i + 1] -= 0.3 * k
            K[i + 1, i] -= 0.3 * k
    return load @ conjugate_gradient(K, load)


case(compliance, (np.array([2.0, 1.0, 1.5]), np.array([1.0, 0.5, -0.2])), (np.array([1.0, 3.0]), np.array([0.3, 0.4])))


def golden_section(f, a, b, iterations=20):
    g = (math.sqrt(5) - 1) / 2
    c, d = b - g * (b - a), a + g * (b - a)
    for _ in range(iterations):
        if f(c) < f(d):
            b = d
        else:
            a = c
        c, d = b - g * (b - a), a + g * (b - a)
    return f((a + b) / 2)


def best_fit(k: float, shift: float):
    return golden_section(lambda x: k * (x - 0.3) ** 2 + shift * x, 0.0, 1.0, iterations=5)


case(best_fit, (1.0, 0.2), (3.0, -0.5))


def gradient_descent(grad, x0, lr=0.1, n_iter=20, callback=None):
    x = x0
    path = []
    for i in range(n_iter):
        g = grad(x)
        x = x - lr * g
        path.append(x)
        if callback is not None:
            callback(i, x)
    return x, path


def rosenbrock_descent(x0: np.ndarray, a: float, b: float):
    def grad(x):
        return np.array([-2 * (a - x[0]) - 4 * b * x[0] * (x[1] - x[0] ** 2), 2 * b * (x[1] - x[0] ** 2)])

    x, path = gradient_descent(grad, x0, lr=0.01, n_iter=5)
    return (a - x[0]) ** 2 + b * (x[1] - x[0] ** 2) ** 2


case(rosenbrock_descent, (np.array([0.5, 0.3]), 1.0, 2.0), (np.array([-0.4, 1.0]), 0.7, 5.0))


def lagrange(x: float, nodes: list, values: list):
    total = 0
    for j, (xj, yj) in enumerate(zip(nodes, values)):
        basis = 1
        for m, xm in enumerate(nodes):
            if m == j:
                continue
            basis *= (x - xm) / (xj - xm)
        total += yj * basis
    return total


case(lagrange, (0.4, [0.0, 1.0, 2.0], [1.0, 3.0, 2.0]), (1.5, [0.5, 1.0], [-1.0, 0.4]), wrt=("x", "nodes", "values"))


def horner(coeffs, x):
    acc = 0.0
    for c in reversed(coeffs):
        acc = acc * x + c
    return acc


def chebyshev_fit(samples: list, x: float):
    """Evaluate the Chebyshev interpolant by Clenshaw's recurrence."""
    n = len(samples)
    coeffs = [
        2 / n * sum(f * math.cos(math.pi * j * (k + 0.5) / n) for k, f in enumerate(samples))
        for j in range(n)
    ]
    b1 = b2 = 0.0
    for c in coeffs[:0:-1]:
        b1, b2 = c + 2 * x * b1 - b2, b1
    return coeffs[0] / 2 + x * b1 - b2


case(chebyshev_fit, ([1.0, 0.5, -0.3], 0.3), ([0.2, 0.4, 0.8, 1.6], -0.6), wrt=("samples", "x"))


def aitken(seq):
    """Accelerate the last three values of a sequence."""
    *_, a, b, c = seq
    return a - (b - a) ** 2 / (c - 2 * b + a)


def accelerated_cosine(x0: float, n: int):
    xs = [x0]
    for _ in range(n):
        xs.append(math.cos(xs[-1]))
    return aitken(xs)


case(accelerated_cosine, (0.5, 4), (1.2, 3), wrt=("x0",))


def richardson(f, x, h=0.1, levels=3):
    T = [[0.0] * levels for _ in range(levels)]
    for i in range(levels):
        T[i][0] = (f(x + h) - f(x - h)) / (2 * h)
        h /= 2
        for j in range(1, i + 1):
            T[i][j] = T[i][j - 1] + (T[i][j - 1] - T[i - 1][j - 1]) / (4**j - 1)
    return T[-1][-1]


def slope_of_resonance(omega: float, q: float):
    return richardson(lambda w: 1 / math.sqrt((1 - w**2) ** 2 + (w / q) ** 2), omega)


case(slope_of_resonance, (0.7, 2.0), (1.4, 0.8))


def thomas(lower, diag, upper, rhs):
    """Tridiagonal solver on plain lists."""
    n = len(diag)
    c, d = list(upper), list(rhs)
    b = diag[:]
    for i in range(1, n):
        w = lower[i - 1] / b[i - 1]
        b[i] -= w * c[i - 1]
        d[i] -= w * d[i - 1]
    x = [0.0] * n
    x[-1] = d[-1] / b[-1]
    for i in reversed(range(n - 1)):
        x[i] = (d[i] - c[i] * x[i + 1]) / b[i]
    return x


def implicit_diffusion(u: list, r: float):
    n = len(u)
    new = thomas([-r] * (n - 1), [1 + 2 * r] * n, [-r] * (n - 1), u)
    return sum(v * v for v in new)


case(implicit_diffusion, ([0.1, 1.0, 0.4], 0.5), ([1.0, 2.0, 0.5, -1.0], 0.2), wrt=("u", "r"))


def bisect_then_newton(f, df, lo, hi):
    """Bracket roughly, polish by Newton; several ways out."""
    while True:
        mid = 0.5 * (lo + hi)
        if f(mid) == 0:
            return mid
        if hi - lo < 0.1:
            break
        if f(lo) * f(mid) < 0:
            hi = mid
        else:
            lo = mid
    x = mid
    for _ in range(6):
        x -= f(x) / df(x)
    return x


def cube_root(a: float):
    return bisect_then_newton(lambda x: x**3 - a, lambda x: 3 * x**2, 0.0, 3.0)


case(cube_root, (2.0,), (5.0,), wrt=("a",))

CASES = case.all
