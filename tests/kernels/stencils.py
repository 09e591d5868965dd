"""Relaxation and explicit time steps on grids of one, two and three dimensions."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def jacobi_1d(steps, A, B):
    for t in range(1, steps):
        B[1:-1] = 0.33333 * (A[:-2] + A[1:-1] + A[2:])
        A[1:-1] = 0.33333 * (B[:-2] + B[1:-1] + B[2:])


def jacobi_2d(steps, A, B):
    for t in range(1, steps):
        B[1:-1, 1:-1] = 0.2 * (
            A[1:-1, 1:-1] + A[1:-1, :-2] + A[1:-1, 2:] + A[2:, 1:-1] + A[:-2, 1:-1]
        )
        A[1:-1, 1:-1] = 0.2 * (
            B[1:-1, 1:-1] + B[1:-1, :-2] + B[1:-1, 2:] + B[2:, 1:-1] + B[:-2, 1:-1]
        )


def heat_3d(steps, A, B):
    for t in range(1, steps):
        B[1:-1, 1:-1, 1:-1] = (
            0.125 * (A[2:, 1:-1, 1:-1] - 2.0 * A[1:-1, 1:-1, 1:-1] + A[:-2, 1:-1, 1:-1])
            + 0.125 * (A[1:-1, 2:, 1:-1] - 2.0 * A[1:-1, 1:-1, 1:-1] + A[1:-1, :-2, 1:-1])
            + 0.125 * (A[1:-1, 1:-1, 2:] - 2.0 * A[1:-1, 1:-1, 1:-1] + A[1:-1, 1:-1, :-2])
            + A[1:-1, 1:-1, 1:-1]
        )
        A[1:-1, 1:-1, 1:-1] = (
            0.125 * (B[2:, 1:-1, 1:-1] - 2.0 * B[1:-1, 1:-1, 1:-1] + B[:-2, 1:-1, 1:-1])
            + 0.125 * (B[1:-1, 2:, 1:-1] - 2.0 * B[1:-1, 1:-1, 1:-1] + B[1:-1, :-2, 1:-1])
            + 0.125 * (B[1:-1, 1:-1, 2:] - 2.0 * B[1:-1, 1:-1, 1:-1] + B[1:-1, 1:-1, :-2])
            + B[1:-1, 1:-1, 1:-1]
        )


def seidel_2d(steps, N, A):
    """Gauss-Seidel with a nine-point average; every row is a recurrence."""
    for t in range(steps):
        for i in range(1, N - 1):
            A[i, 1:-1] += A[i - 1, :-2] + A[i - 1, 1:-1] + A[i - 1, 2:]
            A[i, 1:-1] += A[i, 2:] + A[i + 1, :-2] + A[i + 1, 1:-1] + A[i + 1, 2:]
            for j in range(1, N - 1):
                A[i, j] += A[i, j - 1]
                A[i, j] /= 9.0


def gauss_seidel_poisson(u, f, h, sweeps):
    """Sweeps forwards and then backwards over the points (symmetric Gauss-Seidel), in place."""
    n, m = u.shape
    for sweep in range(sweeps):
        for i in range(1, n - 1):
            for j in range(1, m - 1):
                u[i, j] = 0.25 * (
                    u[i - 1, j] + u[i + 1, j] + u[i, j - 1] + u[i, j + 1] - h * h * f[i, j]
                )
        for i in range(n - 2, 0, -1):
            for j in range(m - 2, 0, -1):
                u[i, j] = 0.25 * (
                    u[i - 1, j] + u[i + 1, j] + u[i, j - 1] + u[i, j + 1] - h * h * f[i, j]
                )
    return u


def red_black(u, f, h, omega, iterations):
    """Over-relaxation of the points of one colour, then of those of the other, by strided slices."""
    for it in range(iterations):
        for start in (0, 1):
            for rows in (1, 2):
                cols = 1 + (rows + start) % 2
                old = u[rows:-1:2, cols:-1:2]
                average = 0.25 * (
                    u[rows - 1 : -2 : 2, cols:-1:2]
                    + u[rows + 1 :: 2, cols:-1:2]
                    + u[rows:-1:2, cols - 1 : -2 : 2]
                    + u[rows:-1:2, cols + 1 :: 2]
                    - h**2 * f[rows:-1:2, cols:-1:2]
                )
                u[rows:-1:2, cols:-1:2] = (1 - omega) * old + omega * average


def sor(A, b, x, omega, iterations):
    """Successive over-relaxation for a dense system."""
    n = len(b)
    for k in range(iterations):
        for i in range(n):
            sigma = A[i, :i] @ x[:i] + A[i, i + 1 :] @ x[i + 1 :]
            x[i] = (1 - omega) * x[i] + omega * (b[i] - sigma) / A[i, i]
    return x


def perona_malik(u, kappa, dt, steps):
    """Diffusion of an image that stops at edges."""
    u = u.copy()
    for _ in range(steps):
        north = u[:-2, 1:-1] - u[1:-1, 1:-1]
        south = u[2:, 1:-1] - u[1:-1, 1:-1]
        west = u[1:-1, :-2] - u[1:-1, 1:-1]
        east = u[1:-1, 2:] - u[1:-1, 1:-1]
        flow = np.zeros(north.shape)
        for d in (north, south, west, east):
            flow += d * np.exp(-((d / kappa) ** 2))
        u[1:-1, 1:-1] += dt * flow
    return u


def gray_scott(U, V, F, k, steps):
    """Two reacting and diffusing substances; Laplacians on the inside, borders by mirroring."""
    u, v = U[1:-1, 1:-1], V[1:-1, 1:-1]
    for i in range(steps):
        Lu = U[:-2, 1:-1] + U[1:-1, :-2] - 4 * U[1:-1, 1:-1] + U[1:-1, 2:] + U[2:, 1:-1]
        Lv = V[:-2, 1:-1] + V[1:-1, :-2] - 4 * V[1:-1, 1:-1] + V[1:-1, 2:] + V[2:, 1:-1]
        uvv = u * v * v
        u += 0.16 * Lu - uvv + F * (1 - u)
        v += 0.08 * Lv + uvv - (F + k) * v
        for Z in (U, V):
            Z[0, :] = Z[1, :]
            Z[-1, :] = Z[-2, :]
            Z[:, 0] = Z[:, 1]
            Z[:, -1] = Z[:, -2]


def wave_three_buffers(u0, c, dt, dx, steps):
    """The leapfrog scheme of the wave equation; the three time levels are rotated, not copied."""
    r = (c * dt / dx) ** 2
    u_old = u0.copy()
    u = u0.copy()
    u_new = np.zeros_like(u0)
    u[1:-1] += 0.5 * r * (u0[2:] - 2 * u0[1:-1] + u0[:-2])
    for n in range(steps):
        u_new[1:-1] = 2 * u[1:-1] - u_old[1:-1] + r * (u[2:] - 2 * u[1:-1] + u[:-2])
        u_new[0] = 0.0
        u_new[-1] = u_new[-2]
        u_old, u, u_new = u, u_new, u_old
    return u


def sine_gordon(u, v, dt, dx, steps):
    """A nonlinear wave in kick-drift form, in place."""
    for _ in range(steps):
        v[1:-1] += dt * ((u[2:] - 2 * u[1:-1] + u[:-2]) / dx**2 - np.sin(u[1:-1]))
        u += dt * v


def burgers_1d(u, nu, dt, dx, steps):
    """Viscous Burgers equation on a ring with two buffers."""
    un = np.empty_like(u)
    for n in range(steps):
        un[:] = u
        u[1:-1] = (
            un[1:-1]
            - un[1:-1] * dt / dx * (un[1:-1] - un[:-2])
            + nu * dt / dx**2 * (un[2:] - 2 * un[1:-1] + un[:-2])
        )
        u[0] = (
            un[0]
            - un[0] * dt / dx * (un[0] - un[-2])
            + nu * dt / dx**2 * (un[1] - 2 * un[0] + un[-2])
        )
        u[-1] = u[0]
    return u


def nonlinear_heat_3d(T, alpha, dt, steps):
    """Conductivity that depends on temperature, by fluxes through faces along each axis."""
    for _ in range(steps):
        k = 1 + alpha * T**2
        change = np.zeros_like(T)
        for axis in range(3):
            t = np.moveaxis(T, axis, 0)
            kk = np.moveaxis(k, axis, 0)
            flux = 0.5 * (kk[1:] + kk[:-1]) * (t[1:] - t[:-1])
            c = np.moveaxis(change, axis, 0)
            c[:-1] += flux
            c[1:] -= flux
        T = T + dt * change
    return T


def smoothing_until_flat(u, tolerance):
    """Averages neighbours until the roughness has fallen far enough."""
    count = 0
    while np.sum((u[1:] - u[:-1]) ** 2) > tolerance:
        u[1:-1] = 0.25 * u[:-2] + 0.5 * u[1:-1] + 0.25 * u[2:]
        u[0] = 0.5 * (u[0] + u[1])
        u[-1] = 0.5 * (u[-1] + u[-2])
        count += 1
    return u * count


rng = np.random.default_rng(101)
_A5, _B5 = rng.normal(size=(2, 5))
_A8, _B8 = rng.normal(size=(2, 8))
_A55, _B55 = rng.normal(size=(2, 5, 5))
_A68, _B68 = rng.normal(size=(2, 6, 8))
_A77 = rng.normal(size=(7, 7))
_A444, _B444 = rng.normal(size=(2, 4, 4, 4))
_A345, _B345 = rng.normal(size=(2, 3, 4, 5))
_D4 = rng.normal(size=(4, 4)) + 6 * np.eye(4)
_D6 = rng.normal(size=(6, 6)) + 9 * np.eye(6)
_U55, _V55 = rng.uniform(0.2, 0.9, (2, 5, 5))
_U46, _V46 = rng.uniform(0.2, 0.9, (2, 4, 6))
_T333 = rng.uniform(0.2, 1.0, (3, 3, 3))
_T243 = rng.uniform(0.2, 1.0, (2, 4, 3))

CASES = (
    Case(jacobi_1d, ((2, _A5, _B5), (4, _A8, _B8)), mutated=("A", "B"), of=("A", "B")),
    Case(jacobi_2d, ((2, _A55, _B55), (4, _A68, _B68)), mutated=("A", "B"), of=("A", "B")),
    Case(heat_3d, ((2, _A444, _B444), (4, _A345, _B345)), mutated=("A", "B"), of=("A", "B")),
    Case(seidel_2d, ((1, 5, _A55), (3, 7, _A77)), mutated=("A",), of=("A",)),
    Case(
        gauss_seidel_poisson,
        ((_A55, _B55, 0.7, 1), (_A68, _B68, 0.4, 3)),
        scalar=False,
        mutated=("u",),
    ),
    Case(
        red_black,
        ((_A55, _B55, 0.7, 1.3, 1), (_A68, _B68, 0.4, 1.1, 3)),
        mutated=("u",),
        of=("u",),
    ),
    Case(
        sor,
        ((_D4, _A5[:4], _B5[:4], 1.2, 1), (_D6, _A8[:6], _B8[:6], 0.9, 3)),
        scalar=False,
        mutated=("x",),
    ),
    Case(perona_malik, ((_A55, 1.4, 0.1, 1), (_A68, 2.2, 0.2, 3)), scalar=False),
    Case(
        gray_scott,
        ((_U55, _V55, 0.06, 0.04, 1), (_U46, _V46, 0.1, 0.05, 3)),
        mutated=("U", "V"),
        of=("U", "V"),
    ),
    Case(
        wave_three_buffers,
        ((_A5, 0.8, 0.3, 0.5, 1), (_A8, 1.1, 0.2, 0.4, 3), (_A8, 1.1, 0.2, 0.4, 4)),
        scalar=False,
    ),
    Case(
        sine_gordon,
        ((_A5, _B5, 0.2, 0.6, 1), (_A8, _B8, 0.1, 0.5, 3)),
        mutated=("u", "v"),
        of=("u", "v"),
    ),
    Case(
        burgers_1d,
        ((_A5, 0.3, 0.05, 0.6, 1), (_A8, 0.2, 0.04, 0.5, 3)),
        scalar=False,
        mutated=("u",),
    ),
    Case(nonlinear_heat_3d, ((_T333, 0.6, 0.1, 1), (_T243, 0.9, 0.05, 3)), scalar=False),
    Case(
        smoothing_until_flat,
        ((_A5, 2.0), (_A8, 0.5)),
        wrt=("u",),
        scalar=False,
        mutated=("u",),
    ),
)
