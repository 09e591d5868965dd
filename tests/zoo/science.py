"""Textbook numerics and models of one scalar state or a few: roots, differential equations, filters."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tests.zoo.case import Case


def cube_root(a: float, tolerance=1e-12):
    """Newton's method."""
    x = a
    while abs(x * x * x - a) > tolerance:
        x = x - (x * x * x - a) / (3 * x * x)
    return x


def kepler(mean_anomaly: float, eccentricity: float) -> float:
    """Solve E - e sin E = M with a fixed number of Newton steps."""
    E = mean_anomaly
    for _ in range(8):
        f = E - eccentricity * math.sin(E) - mean_anomaly
        E -= f / (1 - eccentricity * math.cos(E))
    return E


def secant_root(c: float, steps: int):
    x0, x1 = 0.5, 1.5
    for _ in range(steps):
        f0 = x0**3 + x0 - c
        f1 = x1**3 + x1 - c
        x0, x1 = x1, x1 - f1 * (x1 - x0) / (f1 - f0)
    return x1


def logistic_map(x, r, n):
    for _ in range(n):
        x = r * x * (1 - x)
    return x


def lotka_volterra(x: float, y: float, a, b, c, d, dt, steps):
    """Prey and predators, by explicit Euler steps."""
    for _ in range(steps):
        dx = a * x - b * x * y
        dy = c * x * y - d * y
        x += dt * dx
        y += dt * dy
    return x, y


def pendulum_rhs(angle, speed, damping):
    return speed, -math.sin(angle) - damping * speed


def pendulum_energy(angle: float, speed: float, damping: float, dt: float, steps: int):
    """The classical Runge-Kutta method."""
    for _ in range(steps):
        a1, s1 = pendulum_rhs(angle, speed, damping)
        a2, s2 = pendulum_rhs(angle + dt / 2 * a1, speed + dt / 2 * s1, damping)
        a3, s3 = pendulum_rhs(angle + dt / 2 * a2, speed + dt / 2 * s2, damping)
        a4, s4 = pendulum_rhs(angle + dt * a3, speed + dt * s3, damping)
        angle = angle + dt / 6 * (a1 + 2 * a2 + 2 * a3 + a4)
        speed = speed + dt / 6 * (s1 + 2 * s2 + 2 * s3 + s4)
    return speed**2 / 2 - math.cos(angle)


def runge_kutta_vector(y: np.ndarray, k: float, h: float, n: int):
    def rhs(state):
        return np.array([state[1], -k * state[0] - 0.1 * state[1] ** 3])

    for _ in range(n):
        k1 = rhs(y)
        k2 = rhs(y + h / 2 * k1)
        k3 = rhs(y + h / 2 * k2)
        k4 = rhs(y + h * k3)
        y = y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return y


def horner_rule(x: float, c0: float, c1: float, c2: float, c3: float):
    y = c3
    y = y * x + c2
    y = y * x + c1
    return y * x + c0


def trapezoid_rule(a: float, b: float, n: int):
    h = (b - a) / n
    total = 0.5 * (math.exp(-a * a) + math.exp(-b * b))
    for i in range(1, n):
        x = a + i * h
        total += math.exp(-x * x)
    return total * h


def trapezoid_arrays(x: np.ndarray, y: np.ndarray) -> float:
    return np.sum((x[1:] - x[:-1]) * (y[1:] + y[:-1]) / 2)


def projectile(speed: float, angle: float, drag: float, dt: float):
    """How far it flies; the last step is cut at the ground."""
    x = 0.0
    y = 0.0
    vx = speed * math.cos(angle)
    vy = speed * math.sin(angle)
    while True:
        v = math.sqrt(vx * vx + vy * vy)
        new_y = y + dt * vy
        if new_y < 0:
            fraction = y / (y - new_y)
            return x + fraction * dt * vx
        x = x + dt * vx
        y = new_y
        vx = vx - dt * drag * v * vx
        vy = vy - dt * (9.81 + drag * v * vy)


def compound_interest(capital: float, rate: float, payment: float, years: int):
    history = []
    for year in range(years):
        interest = capital * rate
        if capital > 100:
            interest *= 0.75
        capital = capital + interest - payment
        history.append(capital)
        if capital <= 0:
            break
    print(f"after {len(history)} years: {capital:.2f}")
    return capital


def black_scholes(spot: float, strike: float, rate: float, volatility: float, time: float):
    """The price of a European call."""

    def normal(z):
        return 0.5 * (1 + math.erf(z / math.sqrt(2)))

    deviation = volatility * math.sqrt(time)
    d1 = (math.log(spot / strike) + (rate + volatility**2 / 2) * time) / deviation
    d2 = d1 - deviation
    return spot * normal(d1) - strike * math.exp(-rate * time) * normal(d2)


def kalman_filter(measurements: np.ndarray, process: float, noise: float):
    """Negative log likelihood of a local level model."""
    level = 0.0
    variance = 1.0
    loss = 0.0
    for z in measurements:
        variance = variance + process
        innovation = z - level
        spread = variance + noise
        gain = variance / spread
        level = level + gain * innovation
        variance = (1 - gain) * variance
        loss += 0.5 * (math.log(2 * math.pi * spread) + innovation**2 / spread)
    return loss


def moving_average_model(x: NDArray[np.float64], theta: float, phi: float) -> float:
    """Sum of squares of the innovations of an ARMA(1, 1) series."""
    previous = 0.0
    e = 0.0
    total = 0.0
    for value in x:
        e = value - phi * previous - theta * e
        total += e * e
        previous = value
    return total


def garch_likelihood(returns: np.ndarray, omega: float, alpha: float, beta: float):
    variance = omega / (1 - alpha - beta)
    total = 0.0
    for r in returns:
        total += np.log(variance) + r**2 / variance
        variance = omega + alpha * r**2 + beta * variance
    return total / 2


def geometric_mean_loop(values: np.ndarray):
    product = 1.0
    count = 0
    for v in values:
        if v <= 0:
            raise ValueError("the geometric mean is for positive values")
        product *= v
        count += 1
    return product ** (1.0 / count)


def harmonic_oscillators(frequencies: np.ndarray, amplitudes: np.ndarray, t: float):
    total = 0.0
    for w, a in zip(frequencies, amplitudes):
        if w > 1:
            total += a * math.sin(w * t)
        else:
            total += a * w * t
    return total


def rosenbrock(x: np.ndarray) -> float:
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def rosenbrock_loop(x: np.ndarray):
    total = 0.0
    for i in range(len(x) - 1):
        total += 100.0 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2
    return total


def rastrigin(x):
    return 10 * x.size + (x**2 - 10 * np.cos(2 * np.pi * x)).sum()


def ackley(x: np.ndarray):
    n = len(x)
    a = -20 * np.exp(-0.2 * np.sqrt(np.sum(x**2) / n))
    b = -np.exp(np.sum(np.cos(2 * np.pi * x)) / n)
    return a + b + 20 + np.e


def van_der_waals(volume: float, temperature: float, a: float, b: float):
    return 8.314 * temperature / (volume - b) - a / volume**2


def resistor_ladder(source: float, resistance: float, rungs: int):
    total = resistance
    for _ in range(rungs):
        total = resistance + 1 / (1 / resistance + 1 / total)
    return source / total


def simulated_cooling(temperature: float, ambient: float, k: float, dt: float, goal: float):
    time = 0.0
    steps = 0
    while temperature > goal:
        temperature = temperature - dt * k * (temperature - ambient)
        time += dt
        steps += 1
        if steps == 50:
            break
    return temperature * (1 + time)


rng = np.random.default_rng(22)
_1 = rng.uniform(0.2, 0.9, 1)
_2 = np.array([0.6, -0.4])
_5 = rng.uniform(0.2, 1.8, 5)
_N5 = rng.normal(size=5)
_0 = np.zeros(0)

CASES = (
    Case(cube_root, ((2.0,), (0.3,), (1.2, 1.0)), wrt=("a",)),
    Case(kepler, ((0.7, 0.2), (2.5, 0.6))),
    Case(secant_root, ((2.5, 0), (2.5, 1), (1.4, 4))),
    Case(logistic_map, ((0.3, 3.1, 0), (0.3, 3.1, 1), (0.2, 2.7, 10))),
    Case(
        lotka_volterra,
        (
            (1.0, 0.5, 1.1, 0.4, 0.1, 0.4, 0.05, 0),
            (1.0, 0.5, 1.1, 0.4, 0.1, 0.4, 0.05, 1),
            (2.0, 1.5, 1.1, 0.4, 0.1, 0.4, 0.05, 20),
        ),
        scalar=False,
    ),
    Case(
        pendulum_energy,
        ((0.7, 0.3, 0.1, 0.1, 0), (0.7, 0.3, 0.1, 0.1, 1), (1.2, -0.5, 0.2, 0.1, 8)),
    ),
    Case(
        runge_kutta_vector,
        ((_2, 1.3, 0.1, 0), (_2, 1.3, 0.1, 1), (_2, 0.7, 0.2, 5)),
        scalar=False,
    ),
    Case(horner_rule, ((0.7, 1.0, -2.0, 0.5, 3.0), (-1.2, 0.4, 0.3, 0.2, 0.1))),
    Case(trapezoid_rule, ((0.1, 1.3, 1), (0.1, 1.3, 2), (-1.0, 0.5, 9))),
    Case(trapezoid_arrays, ((_5, _N5), (_5[:2], _N5[:2]), (_1, _1))),
    Case(projectile, ((5.3, 0.8, 0.05, 0.2), (4.0, 1.1, 0.02, 0.25), (1.0, 0.3, 0.1, 0.2))),
    Case(
        compound_interest,
        ((50.0, 0.05, 4.0, 0), (50.0, 0.05, 4.0, 1), (120.0, 0.1, 5.0, 6), (10.0, 0.05, 4.0, 9)),
    ),
    Case(black_scholes, ((1.0, 1.1, 0.03, 0.3, 0.8), (2.0, 1.5, 0.01, 0.5, 2.0))),
    Case(kalman_filter, ((_N5, 0.1, 0.5), (_1, 0.3, 0.8), (_0, 0.3, 0.8))),
    Case(moving_average_model, ((_N5, 0.3, 0.5), (_1, 0.3, -0.8), (_0, 0.3, 0.8))),
    Case(garch_likelihood, ((_N5, 0.1, 0.2, 0.6), (_1, 0.3, 0.1, 0.5))),
    Case(geometric_mean_loop, ((_5,), (_1,))),
    Case(harmonic_oscillators, ((_5, _N5, 0.7), (_1, _1, -1.2), (_0, _0, 0.4))),
    Case(rosenbrock, ((_N5,), (_2,), (_1,))),
    Case(rosenbrock_loop, ((_N5,), (_2,), (_1,))),
    Case(rastrigin, ((_N5,), (_1,), (_0,))),
    Case(ackley, ((_N5,), (_1,))),
    Case(van_der_waals, ((1.0, 3.0, 0.5, 0.1), (2.0, 1.5, 0.2, 0.3))),
    Case(resistor_ladder, ((5.0, 1.3, 0), (5.0, 1.3, 1), (2.0, 0.7, 10))),
    Case(
        simulated_cooling,
        ((2.0, 0.5, 0.3, 0.4, 3.0), (2.0, 0.5, 0.3, 0.4, 1.9), (4.0, 0.5, 0.3, 0.4, 1.12)),
        wrt=("temperature", "ambient", "k", "dt"),
    ),
)
