"""Physics: mechanics, fields, thermodynamics, in the way of course notes and simulation scripts."""

import math
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np

from tests.people.case import Collection

case = Collection()

G = 9.81
kB = 1.380649e-23


class State(NamedTuple):
    theta: float
    omega: float


def pendulum_rhs(s: State, length: float, damping: float) -> State:
    return State(s.omega, -G / length * math.sin(s.theta) - damping * s.omega)


def pendulum_step(s: State, dt: float, **params) -> State:
    k1 = pendulum_rhs(s, **params)
    mid = State(s.theta + dt / 2 * k1.theta, s.omega + dt / 2 * k1.omega)
    k2 = pendulum_rhs(mid, **params)
    return State(s.theta + dt * k2.theta, s.omega + dt * k2.omega)


def pendulum_end_angle(theta0: float, length: float, damping: float, steps: int):
    s = State(theta0, 0.0)
    for _ in range(steps):
        s = pendulum_step(s, 0.01, length=length, damping=damping)
    return s.theta


case(pendulum_end_angle, (0.5, 1.0, 0.1, 5), (1.2, 0.7, 0.0, 20))


@dataclass
class Particle:
    m: float
    x: np.ndarray
    v: np.ndarray

    @property
    def kinetic(self):
        return 0.5 * self.m * np.dot(self.v, self.v)


def total_energy(masses: np.ndarray, positions: np.ndarray, velocities: np.ndarray) -> float:
    particles = [Particle(m, x, v) for m, x, v in zip(masses, positions, velocities)]
    energy = sum(p.kinetic for p in particles)
    for a, b in combinations(particles, 2):
        r = np.linalg.norm(a.x - b.x)
        energy -= a.m * b.m / r
    return energy


case(
    total_energy,
    (np.array([1.0, 2.0]), np.array([[0.0, 0.0], [1.0, 0.5]]), np.array([[0.1, 0.2], [-0.3, 0.1]])),
    (np.array([1.0, 0.5, 0.7]), np.eye(3), 0.3 * np.ones((3, 3))),
)


class Spring:
    def __init__(self, k, rest=1.0):
        self.k, self.rest = k, rest

    def energy(self, length):
        return 0.5 * self.k * (length - self.rest) ** 2

    def force(self, length):
        return -self.k * (length - self.rest)


class StiffSpring(Spring):
    """Hardens when it is stretched."""

    def __init__(self, k, rest=1.0, beta=0.1):
        super().__init__(k, rest)
        self.beta = beta

    def energy(self, length):
        return super().energy(length) + 0.25 * self.beta * (length - self.rest) ** 4


soft, stiff = Spring(2.0), StiffSpring(3.0, rest=0.5, beta=0.2)


def chain_energy(x: np.ndarray):
    e = 0.0
    for i in range(len(x) - 1):
        spring = soft if i % 2 == 0 else stiff
        e += spring.energy(abs(x[i + 1] - x[i]))
    return e


case(chain_energy, (np.array([0.0, 1.2, 1.9, 3.5]),), (np.array([0.3, 1.0]),))
case(stiff.energy, (1.2,), (0.1,), label="stiff_spring_energy")


def lennard_jones(r: float, epsilon: float = 1.0, sigma: float = 1.0, cutoff: float = 2.5):
    if r > cutoff:
        return 0.0
    sr6 = (sigma / r) ** 6
    return 4 * epsilon * (sr6 * sr6 - sr6)


def lj_total(positions: np.ndarray, eps: float):
    n = len(positions)
    return sum(
        lennard_jones(np.linalg.norm(positions[i] - positions[j]), epsilon=eps)
        for i in range(n)
        for j in range(i + 1, n)
    )


case(
    lj_total,
    (np.array([[0.0, 0.0, 0.0], [1.1, 0.1, 0.0], [0.2, 1.3, 0.1]]), 1.0),
    (np.array([[0.0, 0.0, 0.0], [1.2, 0.0, 0.1], [0.0, 4.0, 0.0]]), 0.7),
)


def projectile_range(v0: float, angle_deg: float, drag: float, dt: float = 0.01):
    """Range with quadratic drag; linear interpolation of the last step."""
    angle = math.radians(angle_deg)
    x, y = 0.0, 0.0
    vx, vy = v0 * math.cos(angle), v0 * math.sin(angle)
    while True:
        speed = math.hypot(vx, vy)
        ax, ay = -drag * speed * vx, -G - drag * speed * vy
        x_new, y_new = x + dt * vx, y + dt * vy
        vx, vy = vx + dt * ax, vy + dt * ay
        if y_new < 0:
            f = y / (y - y_new)
            return x + f * (x_new - x)
        x, y = x_new, y_new


case(projectile_range, (5.0, 45.0, 0.01, 0.2), (3.0, 60.0, 0.1, 0.15), wrt=("v0", "angle_deg", "drag"))


def van_der_waals(V: float, T: float, gas="N2"):
    match gas:
        case "N2":
            a, b = 1.370, 0.0387
        case "CO2":
            a, b = 3.640, 0.04267
        case "ideal" | "none":
            a, b = 0.0, 0.0
        case _:
            raise ValueError(gas)
    R = 0.0831
    return R * T / (V - b) - a / V**2


case(van_der_waals, (1.0, 300.0), (2.0, 250.0, "CO2"), (1.5, 280.0, "ideal"), wrt=("V", "T"))


def planck(wavelength: np.ndarray, T: float):
    """Spectral radiance, in scaled units."""
    with np.errstate(over="ignore"):
        x = 14.388 / (wavelength * T)
        return 1.0 / (wavelength**5 * np.expm1(x))


case(planck, (np.array([0.5, 1.0, 2.0]), 5.8), (np.array([3.0, 10.0]), 3.0))


def heat_rod(T0: np.ndarray, alpha: float, steps: int, bc: tuple = (0.0, 0.0), verbose: bool = False):
    T = T0.copy()
    dx = 1 / (len(T) - 1)
    r = alpha / dx**2
    for n in range(steps):
        Tn = T.copy()
        T[1:-1] = Tn[1:-1] + r * (Tn[2:] - 2 * Tn[1:-1] + Tn[:-2])
        T[0], T[-1] = bc
        if verbose:
            print(f"step {n}: mean temperature {T.mean():.4f}")
    return T


case(
    heat_rod,
    (np.array([0.0, 0.4, 1.0, 0.3, 0.0]), 0.01, 3),
    (np.array([0.2, 1.0, 0.8, 0.1]), 0.02, 2, (1.0, 0.5), True),
    wrt=("T0", "alpha"),
)


def ising_mean_field(T: float, J: float = 1.0, h: float = 0.1, z: int = 4, tol: float = 1e-13):
    m = 0.5
    for i in range(1000):
        m_new = math.tanh((z * J * m + h) / T)
        if abs(m_new - m) < tol:
            return m_new
        m = m_new
    raise RuntimeError("no convergence")


case(ising_mean_field, (5.0,), (2.5, 0.8, 0.2), wrt=("T",))


def lorentz_force(q: float, E: np.ndarray, v: np.ndarray, B: np.ndarray):
    return q * (E + np.cross(v, B))


case(
    lorentz_force,
    (1.6, np.array([1.0, 0.0, 0.5]), np.array([0.1, 0.2, 0.3]), np.array([0.0, 0.0, 2.0])),
    (-0.5, np.zeros(3), np.array([1.0, -1.0, 0.3]), np.array([0.3, 0.1, 0.2])),
)


def leapfrog(pos, vel, acc, dt, n):
    """Generic leapfrog integrator: acc is a function of position."""
    vel = vel + 0.5 * dt * acc(pos)
    for _ in range(n - 1):
        pos = pos + dt * vel
        vel = vel + dt * acc(pos)
    pos = pos + dt * vel
    vel = vel + 0.5 * dt * acc(pos)
    return pos, vel


def kepler_orbit(x0: np.ndarray, v0: np.ndarray, mu: float, n: int):
    def gravity(x):
        r = np.sqrt(np.sum(x**2))
        return -mu * x / r**3

    return leapfrog(x0, v0, gravity, 0.05, n)


case(
    kepler_orbit,
    (np.array([1.0, 0.0]), np.array([0.0, 1.0]), 1.0, 3),
    (np.array([0.8, 0.3, 0.1]), np.array([0.2, 1.0, 0.0]), 1.3, 6),
)


class Circuit:
    """A series RLC circuit."""

    def __init__(self, R, L, C):
        self.R = R
        self.L = L
        self.C = C

    def impedance(self, omega):
        reactance = omega * self.L - 1 / (omega * self.C)
        return math.sqrt(self.R**2 + reactance**2)


def resonance_gain(omega: float, R: float, L: float, C: float):
    circuit = Circuit(R, L, C)
    return R / circuit.impedance(omega)


case(resonance_gain, (2.0, 0.5, 1.0, 0.3), (0.7, 1.5, 0.4, 2.0))


def partition_function(energies: list, T: float) -> float:
    beta = 1 / T
    return sum([math.exp(-beta * E) for E in energies])


def mean_energy(energies: list, T: float) -> dict:
    Z = partition_function(energies, T)
    probs = [math.exp(-E / T) / Z for E in energies]
    U = sum(p * E for p, E in zip(probs, energies))
    S = -sum(p * math.log(p) for p in probs if p > 0)
    return dict(U=U, S=S, F=-T * math.log(Z))


case(mean_energy, ([0.0, 1.0, 2.5], 1.3), ([0.1, 0.4], 0.6), wrt=("energies", "T"))

CASES = case.all
