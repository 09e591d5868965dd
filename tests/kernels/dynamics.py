"""Particles, orbits and oscillators over time."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def get_acc(pos, mass, G, softening):
    """Accelerations of all pairs; the zero distances on the diagonal are masked."""
    x = pos[:, 0:1]
    y = pos[:, 1:2]
    z = pos[:, 2:3]
    dx = x.T - x
    dy = y.T - y
    dz = z.T - z
    inv_r3 = dx**2 + dy**2 + dz**2 + softening**2
    mask = inv_r3 > 0
    inv_r3[mask] = inv_r3[mask] ** (-1.5)
    acc = np.empty(pos.shape)
    acc[:, 0] = G * (dx * inv_r3) @ mass
    acc[:, 1] = G * (dy * inv_r3) @ mass
    acc[:, 2] = G * (dz * inv_r3) @ mass
    return acc


def nbody(mass, pos, vel, steps, dt, G, softening):
    """Leapfrog: kick, drift, kick; returns the kinetic energy after each step."""
    KE = np.zeros(steps + 1)
    vel -= mass @ vel / np.sum(mass)
    acc = get_acc(pos, mass, G, softening)
    KE[0] = 0.5 * np.sum(mass[:, None] * vel**2)
    for i in range(steps):
        vel += acc * dt / 2.0
        pos += vel * dt
        acc[:] = get_acc(pos, mass, G, softening)
        vel += acc * dt / 2.0
        KE[i + 1] = 0.5 * np.sum(mass[:, None] * vel**2)
    return KE


def pairwise_forces(x, cutoff):
    """Each pair once, action and reaction; pairs beyond the cutoff are skipped."""
    n = x.shape[0]
    force = np.zeros_like(x)
    for i in range(n):
        for j in range(i + 1, n):
            d = x[i] - x[j]
            r2 = d @ d
            if r2 > cutoff * cutoff:
                continue
            s = (1.0 / r2) ** 3
            f = (2 * s * s - s) / r2 * d
            force[i] += f
            force[j] -= f
    return force


def rhs(t, y, out):
    out[0] = y[1]
    out[1] = -np.sin(y[0]) - 0.1 * y[1] + 0.3 * np.cos(t)


def runge_kutta(y, t, h, steps):
    """Fourth order with scratch arrays; the right-hand side writes into the last argument."""
    k1, k2, k3, k4 = (np.empty(2) for _ in range(4))
    stage = np.empty_like(y)
    for _ in range(steps):
        rhs(t, y, k1)
        stage[:] = y + h / 2 * k1
        rhs(t + h / 2, stage, k2)
        stage[:] = y + h / 2 * k2
        rhs(t + h / 2, stage, k3)
        stage[:] = y + h * k3
        rhs(t + h, stage, k4)
        y += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        t += h


def lorenz(state, sigma, rho, beta, dt, steps):
    trajectory = np.empty((steps + 1, 3))
    trajectory[0] = state
    for i in range(steps):
        x, y, z = trajectory[i]
        trajectory[i + 1, 0] = x + dt * sigma * (y - x)
        trajectory[i + 1, 1] = y + dt * (x * (rho - z) - y)
        trajectory[i + 1, 2] = z + dt * (x * y - beta * z)
    return trajectory


def spring_chain(x, v, k, m, damping, dt, steps):
    """Fermi-Pasta-Ulam chain: springs accumulate forces into slices of one array."""
    force = np.empty(len(x))
    for _ in range(steps):
        force.fill(0.0)
        stretch = x[1:] - x[:-1]
        pull = k * stretch + 0.5 * stretch**3
        force[:-1] += pull
        force[1:] -= pull
        force -= damping * v
        v += dt * force / m
        x += dt * v
    return x, v


def kuramoto(theta, omega, K, dt, steps):
    n = theta.shape[0]
    for s in range(steps):
        dtheta = np.zeros(n)
        for i in range(n):
            for j in range(n):
                dtheta[i] += np.sin(theta[j] - theta[i])
        theta += dt * (omega + K / n * dtheta)


def adams_bashforth(y0, a, b, h, steps):
    """Predator and prey; the derivatives of the last two steps are kept and rotated."""
    y = y0.copy()
    previous = np.array([a * y[0] - y[0] * y[1], y[0] * y[1] - b * y[1]])
    current = np.empty(2)
    y += h * previous
    for _ in range(steps):
        current[0] = a * y[0] - y[0] * y[1]
        current[1] = y[0] * y[1] - b * y[1]
        y += h * (1.5 * current - 0.5 * previous)
        previous, current = current, previous
    return y


def adaptive_euler(y, tolerance, end):
    """The step is halved or doubled by an error estimate; the number of steps depends on the data."""
    t, h = 0.0, 0.2
    y = y.copy()
    while t < end:
        full = y + h * (-y * y + np.array([0.3, 0.1]))
        half = y + h / 2 * (-y * y + np.array([0.3, 0.1]))
        half += h / 2 * (-half * half + np.array([0.3, 0.1]))
        if np.max(np.abs(full - half)) > tolerance:
            h /= 2
            continue
        y[:] = 2 * half - full
        t += h
    return y


def hodgkin_gates(v, m, current, dt, steps):
    """Membrane potential and gate of many cells, updated in place one after the other."""
    for t in range(steps):
        alpha = 1 / (1 + np.exp(-(v + 0.4) / 0.3))
        m += dt * (alpha * (1 - m) - 0.6 * m)
        v += dt * (current - 0.8 * v - 1.5 * m**3 * (v - 1.0))
        v[0] -= dt * 0.2 * (v[0] - v[-1])
    return m**2 + v


def rigid_body(R, omega, dt, steps):
    """Rotates a frame and keeps it orthonormal by Gram-Schmidt on its rows."""
    for s in range(steps):
        W = np.zeros((3, 3))
        W[0, 1], W[0, 2] = -omega[2], omega[1]
        W[1, 0], W[1, 2] = omega[2], -omega[0]
        W[2, 0], W[2, 1] = -omega[1], omega[0]
        R += dt * W @ R
        for i in range(3):
            row = R[i]
            for j in range(i):
                row -= (row @ R[j]) * R[j]
            row /= np.sqrt(row @ row)


rng = np.random.default_rng(108)


def _n(*shape):
    return rng.normal(size=shape)


def _u(*shape):
    return rng.uniform(0.5, 1.5, shape)


_cloud4 = np.array([[0.0, 0.1], [1.1, 0.2], [0.3, 1.3], [3.9, -0.4]])
_cloud5 = np.array(
    [[0.1, 0.2, -0.1], [1.2, 0.1, 0.3], [0.2, 1.2, 0.4], [0.4, -0.2, 1.3], [3.4, 2.8, -1.5]]
)

CASES = (
    Case(
        nbody,
        (
            (_u(2), _n(2, 3), _n(2, 3), 1, 0.1, 1.2, 0.5),
            (_u(4), 2 * _n(4, 3), _n(4, 3), 3, 0.05, 0.9, 0.7),
        ),
        scalar=False,
        mutated=("pos", "vel"),
        of=("return", "pos"),
    ),
    Case(
        pairwise_forces, ((_cloud4, 2.2), (_cloud5, 2.5)), wrt=("x",), scalar=False
    ),
    Case(
        runge_kutta,
        ((np.array([0.4, -0.7]), 0.3, 0.2, 1), (np.array([1.2, 0.6]), -0.4, 0.15, 3)),
        mutated=("y",),
        of=("y",),
    ),
    Case(
        lorenz,
        ((_n(3), 1.2, 2.8, 0.8, 0.1, 1), (_n(3), 2.0, 3.1, 0.7, 0.05, 4)),
        scalar=False,
    ),
    Case(
        spring_chain,
        ((_n(4), _n(4), 1.3, 0.8, 0.2, 0.1, 1), (_n(6), _n(6), 0.7, 1.1, 0.1, 0.1, 3)),
        scalar=False,
        mutated=("x", "v"),
        of=("return", "x"),
    ),
    Case(
        kuramoto,
        ((_n(3), _n(3), 1.4, 0.2, 1), (_n(5), _n(5), 0.8, 0.1, 3)),
        mutated=("theta",),
        of=("theta",),
    ),
    Case(
        adams_bashforth,
        ((_u(2), 1.1, 0.7, 0.1, 1), (_u(2), 0.6, 1.2, 0.2, 4)),
        scalar=False,
    ),
    Case(
        adaptive_euler,
        ((np.array([1.3, 0.4]), 0.006, 0.3), (np.array([0.8, 1.9]), 0.004, 0.7)),
        wrt=("y",),
        scalar=False,
    ),
    Case(
        hodgkin_gates,
        ((_n(3), _u(3) / 2, 0.4, 0.1, 1), (_n(5), _u(5) / 2, _n(5), 0.2, 3)),
        wrt=("v", "m", "dt"),
        scalar=False,
        mutated=("v", "m"),
    ),
    Case(
        rigid_body,
        ((np.eye(3) + 0.2 * _n(3, 3), _n(3), 0.1, 1), (np.eye(3) + 0.2 * _n(3, 3), _n(3), 0.2, 3)),
        mutated=("R",),
        of=("R",),
    ),
)
