"""Epidemiology and population models."""

import math
from collections import defaultdict, namedtuple
from dataclasses import dataclass, asdict
from itertools import accumulate

import numpy as np

from tests.people.case import Collection

case = Collection()


def sir_step(state, beta, gamma, dt=0.1):
    S, I, R = state
    N = S + I + R
    new_inf = beta * S * I / N * dt
    new_rec = gamma * I * dt
    return S - new_inf, I + new_inf - new_rec, R + new_rec


def sir_final(beta: float, gamma: float, I0: float, steps: int):
    state = (1 - I0, I0, 0.0)
    for _ in range(steps):
        state = sir_step(state, beta, gamma)
    return state


case(sir_final, (0.5, 0.1, 0.01, 10), (1.5, 0.3, 0.1, 3))


def seir(params: dict, days: int):
    """Peak prevalence of an SEIR epidemic."""
    beta, sigma, gamma = params["beta"], params["sigma"], params["gamma"]
    S, E, I, R = 0.99, 0.0, 0.01, 0.0
    infected = []
    for day in range(days):
        dS = -beta * S * I
        dE = beta * S * I - sigma * E
        dI = sigma * E - gamma * I
        dR = gamma * I
        S, E, I, R = S + dS, E + dE, I + dI, R + dR
        infected.append(I)
    return max(infected)


case(
    seir,
    ({"beta": 0.9, "sigma": 0.3, "gamma": 0.1, "name": "flu"}, 10),
    ({"beta": 0.5, "sigma": 0.5, "gamma": 0.7, "name": "cold"}, 4),
    wrt=("params",),
)


@dataclass
class Rates:
    beta: float = 0.4
    gamma: float = 0.1
    mu: float = 0.01

    @property
    def R0(self):
        return self.beta / (self.gamma + self.mu)


def endemic_equilibrium(r: Rates):
    if r.R0 <= 1:
        return 1.0, 0.0
    S = 1 / r.R0
    I = r.mu / r.beta * (r.R0 - 1)
    return S, I


case(endemic_equilibrium, (Rates(),), (Rates(1.2, mu=0.05),), (Rates(beta=0.05),), wrt=("r",))


def final_size(R0: float, tol: float = 1e-13):
    """Final size relation z = 1 - exp(-R0 z), by fixed point."""
    z, count = 0.9, 0
    while (z_new := 1 - math.exp(-R0 * z)) and abs(z_new - z) > tol:
        z = z_new
        count += 1
        if count >= 500:
            break
    return z


case(final_size, (2.0,), (3.5,), wrt=("R0",))


class Compartment:
    def __init__(self, name, value=0.0):
        self.name = name
        self.value = value

    def __iadd__(self, amount):
        self.value += amount
        return self

    def __isub__(self, amount):
        self.value -= amount
        return self

    def __float__(self):
        return float(self.value)


def move(source, target, amount):
    source -= amount
    target += amount


def compartments(beta: float, gamma: float, n: int):
    S, I, R = Compartment("S", 0.9), Compartment("I", 0.1), Compartment("R")
    for _ in range(n):
        infections = beta * S.value * I.value
        recoveries = gamma * I.value
        move(S, I, infections)
        move(I, R, recoveries)
    return R.value


case(compartments, (0.5, 0.2, 3), (0.9, 0.1, 6))


def logistic_growth(t: np.ndarray, K: float, r: float, P0: float):
    A = (K - P0) / P0
    return K / (1 + A * np.exp(-r * t))


def fit_error(theta, t: np.ndarray, data: np.ndarray):
    K, r, P0 = theta
    return np.sqrt(np.mean((logistic_growth(t, K=K, r=r, P0=P0) - data) ** 2))


case(
    fit_error,
    (np.array([10.0, 0.5, 1.0]), np.array([0.0, 1.0, 2.0]), np.array([1.1, 1.4, 2.6])),
    (np.array([5.0, 1.5, 0.4]), np.array([0.5, 3.0]), np.array([0.7, 4.1])),
    wrt=("theta",),
)


def leslie(fecundity: list, survival: list, n0: np.ndarray, years: int):
    k = len(fecundity)
    L = np.zeros((k, k))
    L[0, :] = fecundity
    for i, s in enumerate(survival):
        L[i + 1, i] = s
    return np.linalg.matrix_power(L, years) @ n0


case(
    leslie,
    ([0.0, 1.2, 0.8], [0.5, 0.3], np.array([10.0, 5.0, 1.0]), 3),
    ([0.5, 1.1], [0.6], np.array([1.0, 2.0]), 2),
    wrt=("fecundity", "survival", "n0"),
)


def lotka_volterra(prey: float, predators: float, *, a=1.0, b=0.4, c=0.4, d=0.2, dt=0.05, steps=10):
    """Heun's method."""

    def rhs(x, y):
        return a * x - b * x * y, c * x * y - d * y

    for _ in range(steps):
        fx, fy = rhs(prey, predators)
        gx, gy = rhs(prey + dt * fx, predators + dt * fy)
        prey += dt / 2 * (fx + gx)
        predators += dt / 2 * (fy + gy)
    return prey, predators


case(lotka_volterra, (2.0, 1.0), (0.5, 3.0))
case(lotka_volterra, (2.0, 1.0), (0.5, 3.0), kwargs={"steps": 3, "b": 0.6}, label="lotka_volterra_short")


def generation_sizes(R: float, generations: int):
    sizes = list(accumulate(range(generations), lambda size, _: size * R, initial=1.0))
    return sum(sizes)


case(generation_sizes, (1.5, 4), (0.8, 2), wrt=("R",))


def next_generation_R0(contact: np.ndarray, susceptibility: np.ndarray, gamma: float):
    """Dominant eigenvalue by power iteration."""
    K = susceptibility[:, np.newaxis] * contact / gamma
    v = np.ones(len(K))
    lam = 0.0
    for _ in range(60):
        w = K @ v
        lam_new = np.sqrt(w @ w)
        v = w / lam_new
        if abs(lam_new - lam) < 1e-14:
            lam = lam_new
            break
        lam = lam_new
    return lam


case(
    next_generation_R0,
    (np.array([[2.0, 0.5], [0.5, 1.0]]), np.array([0.8, 1.0]), 0.5),
    (np.array([[1.0, 0.2, 0.1], [0.2, 3.0, 0.3], [0.1, 0.3, 1.5]]), np.array([1.0, 0.5, 0.7]), 1.2),
)


def households(sizes: list, p: float):
    """Expected infections, grouped by the size of the household."""
    groups = defaultdict(list)
    for s in sizes:
        groups[s].append(1 - (1 - p) ** (s - 1))
    total = 0.0
    for s, risks in groups.items():
        total += s * sum(risks) / len(sizes)
    return total


case(households, ([2, 3, 2, 4], 0.1), ([5, 1], 0.3), wrt=("p",))

Dose = namedtuple("Dose", "day efficacy")


def vaccinated_incidence(beta: float, doses: list, days: int):
    S, I, total = 0.98, 0.02, 0.0
    schedule = {d.day: d.efficacy for d in doses}
    for day in range(days):
        if day in schedule:
            S *= 1 - 0.3 * schedule[day]
        new = beta * S * I
        S, I = S - new, I + new - 0.2 * I
        total += new
    return total


case(
    vaccinated_incidence,
    (0.6, [Dose(1, 0.5), Dose(3, 0.9)], 5),
    (0.9, [], 3),
    wrt=("beta",),
)


def negative_binomial_nll(mu: float, k: float, counts: list):
    """Overdispersed counts of secondary cases."""
    nll = 0.0
    for n in counts:
        nll -= math.lgamma(n + k) - math.lgamma(k) - math.lgamma(n + 1)
        nll -= k * math.log(k / (k + mu)) + n * math.log(mu / (k + mu))
    return nll


case(negative_binomial_nll, (1.5, 0.5, [0, 1, 4, 0]), (2.5, 1.3, [2, 2]), wrt=("mu", "k"))


def outbreak_log(beta: float, steps: int, log: list):
    """Writes what happened into log."""
    I = 0.01
    for t in range(steps):
        I += beta * I * (1 - I)
        log.append(f"t={t}")
        if I > 0.5:
            log.append("half of the population")
            break
    return I


case(outbreak_log, (0.9, 3, []), (1.5, 12, ["start"]), wrt=("beta",))

CASES = case.all
