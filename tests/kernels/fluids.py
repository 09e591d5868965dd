"""Flow and fields: finite differences in time, cavities, channels, advection."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def fdtd_1d(ez, hy, sigma, source, steps):
    """Electric and magnetic field on staggered grids with losses and a hard source."""
    n = len(ez)
    for t in range(steps):
        hy[: n - 1] += 0.5 * (ez[1:] - ez[:-1])
        ez[1:-1] = (1 - sigma[1:-1]) * ez[1:-1] + 0.5 * (hy[1 : n - 1] - hy[: n - 2])
        ez[0] = source[t]
        ez[-1] = ez[-2]


def fdtd_2d(TMAX, ex, ey, hz, _fict_):
    for t in range(TMAX):
        ey[0, :] = _fict_[t]
        ey[1:, :] -= 0.5 * (hz[1:, :] - hz[:-1, :])
        ex[:, 1:] -= 0.5 * (hz[:, 1:] - hz[:, :-1])
        hz[:-1, :-1] -= 0.7 * (ex[:-1, 1:] - ex[:-1, :-1] + ey[1:, :-1] - ey[:-1, :-1])


def build_up_b(b, rho, dt, u, v, dx, dy):
    b[1:-1, 1:-1] = rho * (
        1 / dt * ((u[1:-1, 2:] - u[1:-1, :-2]) / (2 * dx) + (v[2:, 1:-1] - v[:-2, 1:-1]) / (2 * dy))
        - ((u[1:-1, 2:] - u[1:-1, :-2]) / (2 * dx)) ** 2
        - 2
        * (
            (u[2:, 1:-1] - u[:-2, 1:-1])
            / (2 * dy)
            * (v[1:-1, 2:] - v[1:-1, :-2])
            / (2 * dx)
        )
        - ((v[2:, 1:-1] - v[:-2, 1:-1]) / (2 * dy)) ** 2
    )


def pressure_poisson(nit, p, dx, dy, b):
    pn = np.empty_like(p)
    pn = p.copy()
    for q in range(nit):
        pn[:] = p.copy()
        p[1:-1, 1:-1] = (
            (pn[1:-1, 2:] + pn[1:-1, :-2]) * dy**2 + (pn[2:, 1:-1] + pn[:-2, 1:-1]) * dx**2
        ) / (2 * (dx**2 + dy**2)) - dx**2 * dy**2 / (2 * (dx**2 + dy**2)) * b[1:-1, 1:-1]
        p[:, -1] = p[:, -2]
        p[0, :] = p[1, :]
        p[:, 0] = p[:, 1]
        p[-1, :] = 0


def cavity_flow(nx, ny, nt, nit, u, v, dt, dx, dy, p, rho, nu):
    """Flow in a box with a moving lid; helpers write into the arrays that they get."""
    un = np.empty_like(u)
    vn = np.empty_like(v)
    b = np.zeros((ny, nx))
    for n in range(nt):
        un[:] = u.copy()
        vn[:] = v.copy()
        build_up_b(b, rho, dt, u, v, dx, dy)
        pressure_poisson(nit, p, dx, dy, b)
        u[1:-1, 1:-1] = (
            un[1:-1, 1:-1]
            - un[1:-1, 1:-1] * dt / dx * (un[1:-1, 1:-1] - un[1:-1, :-2])
            - vn[1:-1, 1:-1] * dt / dy * (un[1:-1, 1:-1] - un[:-2, 1:-1])
            - dt / (2 * rho * dx) * (p[1:-1, 2:] - p[1:-1, :-2])
            + nu
            * (
                dt / dx**2 * (un[1:-1, 2:] - 2 * un[1:-1, 1:-1] + un[1:-1, :-2])
                + dt / dy**2 * (un[2:, 1:-1] - 2 * un[1:-1, 1:-1] + un[:-2, 1:-1])
            )
        )
        v[1:-1, 1:-1] = (
            vn[1:-1, 1:-1]
            - un[1:-1, 1:-1] * dt / dx * (vn[1:-1, 1:-1] - vn[1:-1, :-2])
            - vn[1:-1, 1:-1] * dt / dy * (vn[1:-1, 1:-1] - vn[:-2, 1:-1])
            - dt / (2 * rho * dy) * (p[2:, 1:-1] - p[:-2, 1:-1])
            + nu
            * (
                dt / dx**2 * (vn[1:-1, 2:] - 2 * vn[1:-1, 1:-1] + vn[1:-1, :-2])
                + dt / dy**2 * (vn[2:, 1:-1] - 2 * vn[1:-1, 1:-1] + vn[:-2, 1:-1])
            )
        )
        u[0, :] = 0
        u[:, 0] = 0
        u[:, -1] = 0
        u[-1, :] = 1
        v[0, :] = 0
        v[-1, :] = 0
        v[:, 0] = 0
        v[:, -1] = 0


def advance_periodic(w, wn, pn, axis, dt, dx, nu, force):
    """One step of one velocity component in a channel that is periodic in x, into w."""
    left = np.roll(wn, 1, axis=1)
    right = np.roll(wn, -1, axis=1)
    if axis == 1:
        push = np.roll(pn, -1, axis=1)[1:-1] - np.roll(pn, 1, axis=1)[1:-1]
    else:
        push = pn[2:] - pn[:-2]
    w[1:-1] = (
        wn[1:-1]
        - wn[1:-1] * dt / dx * (wn[1:-1] - left[1:-1])
        - dt / (2 * dx) * push
        + nu * dt / dx**2 * (left[1:-1] + right[1:-1] + wn[2:] + wn[:-2] - 4 * wn[1:-1])
        + force * dt
    )
    w[0] = w[-1] = 0.0


def channel_flow(u, v, p, dt, dx, nu, force, tolerance):
    """Runs until the mean velocity hardly changes; returns the number of steps and the velocity."""
    udiff = 1.0
    steps = 0
    while udiff > tolerance:
        un = u.copy()
        vn = v.copy()
        p[1:-1] = 0.25 * (np.roll(p, 1, axis=1) + np.roll(p, -1, axis=1))[1:-1] + 0.25 * (
            p[2:] + p[:-2]
        )
        p[0, :] = p[1, :]
        p[-1, :] = p[-2, :]
        advance_periodic(u, un, p, 1, dt, dx, nu, force)
        advance_periodic(v, vn, p, 0, dt, dx, nu, 0.0)
        udiff = abs(np.sum(u) - np.sum(un)) / (1.0 + np.sum(u * u))
        steps += 1
    return np.mean(u) * steps


def horizontal_diffusion(in_field, out_field, coeff, limiter):
    """Fourth-order diffusion of a weather model; fluxes that would amplify are masked out."""
    I, J = out_field.shape[0], out_field.shape[1]
    lap_field = 4.0 * in_field[1 : I + 3, 1 : J + 3, :] - (
        in_field[2 : I + 4, 1 : J + 3, :]
        + in_field[0 : I + 2, 1 : J + 3, :]
        + in_field[1 : I + 3, 2 : J + 4, :]
        + in_field[1 : I + 3, 0 : J + 2, :]
    )
    res1 = lap_field[1:, 1 : J + 1, :] - lap_field[:-1, 1 : J + 1, :]
    flx_field = np.where(
        res1 * (in_field[2 : I + 3, 2 : J + 2, :] - in_field[1 : I + 2, 2 : J + 2, :]) > limiter,
        0,
        res1,
    )
    res2 = lap_field[1 : I + 1, 1:, :] - lap_field[1 : I + 1, :-1, :]
    fly_field = np.where(
        res2 * (in_field[2 : I + 2, 2 : J + 3, :] - in_field[2 : I + 2, 1 : J + 2, :]) > limiter,
        0,
        res2,
    )
    out_field[:, :, :] = in_field[2 : I + 2, 2 : J + 2, :] - coeff * (
        flx_field[1:, :, :] - flx_field[:-1, :, :] + fly_field[:, 1:, :] - fly_field[:, :-1, :]
    )


def vertical_advection(utens_stage, u_stage, wcon, u_pos, utens, dtr_stage):
    """Implicit in the vertical: a forward sweep over levels and a backward one."""
    K = utens_stage.shape[1]
    ccol = np.empty_like(u_stage)
    dcol = np.empty_like(u_stage)
    for k in range(K):
        if k == 0:
            gcv = 0.25 * wcon[:, k + 1]
            cs = gcv
            ccol[:, k] = gcv
            bcol = dtr_stage - ccol[:, k]
            correction = -cs * (u_stage[:, k + 1] - u_stage[:, k])
        elif k < K - 1:
            gav = -0.25 * wcon[:, k]
            gcv = 0.25 * wcon[:, k + 1]
            acol = gav
            ccol[:, k] = gcv
            bcol = dtr_stage - acol - ccol[:, k]
            correction = -gav * (u_stage[:, k - 1] - u_stage[:, k]) - gcv * (
                u_stage[:, k + 1] - u_stage[:, k]
            )
        else:
            gav = -0.25 * wcon[:, k]
            acol = gav
            bcol = dtr_stage - acol
            correction = -gav * (u_stage[:, k - 1] - u_stage[:, k])
        dcol[:, k] = dtr_stage * u_pos[:, k] + utens[:, k] + utens_stage[:, k] + correction
        if k > 0:
            divided = 1.0 / (bcol - ccol[:, k - 1] * acol)
            ccol[:, k] = ccol[:, k] * divided
            dcol[:, k] = (dcol[:, k] - dcol[:, k - 1] * acol) * divided
        else:
            divided = 1.0 / bcol
            ccol[:, k] *= divided
            dcol[:, k] *= divided
    data_col = dcol[:, K - 1]
    for k in range(K - 1, -1, -1):
        if k < K - 1:
            data_col = dcol[:, k] - ccol[:, k] * data_col
        utens_stage[:, k] = dtr_stage * (data_col - u_pos[:, k])


def shallow_water(h, hu, dt, dx, g, steps):
    """Lax-Friedrichs for height and discharge, reflecting walls."""
    for n in range(steps):
        flux = hu**2 / h + 0.5 * g * h**2
        h_new = h.copy()
        hu_new = hu.copy()
        h_new[1:-1] = 0.5 * (h[2:] + h[:-2]) - dt / (2 * dx) * (hu[2:] - hu[:-2])
        hu_new[1:-1] = 0.5 * (hu[2:] + hu[:-2]) - dt / (2 * dx) * (flux[2:] - flux[:-2])
        h_new[0], h_new[-1] = h_new[1], h_new[-2]
        hu_new[0], hu_new[-1] = -hu_new[1], -hu_new[-2]
        h, hu = h_new, hu_new
    return h, hu


def lax_friedrichs(u, dt, dx, steps):
    """Conservation law of u²/2 on a ring, two buffers swapped."""
    a = u.copy()
    b = np.empty_like(a)
    for _ in range(steps):
        f = 0.5 * a**2
        b[1:-1] = 0.5 * (a[:-2] + a[2:]) - dt / (2 * dx) * (f[2:] - f[:-2])
        b[0] = 0.5 * (a[-1] + a[1]) - dt / (2 * dx) * (f[1] - f[-1])
        b[-1] = 0.5 * (a[-2] + a[0]) - dt / (2 * dx) * (f[0] - f[-2])
        a, b = b, a
    return a


def upwind_2d(q, u, v, dt, steps):
    """Passive tracer; the direction of differences follows the sign of the velocity."""
    for _ in range(steps):
        old = q.copy()
        for i in range(1, q.shape[0] - 1):
            for j in range(1, q.shape[1] - 1):
                if u[i, j] > 0:
                    gx = old[i, j] - old[i - 1, j]
                else:
                    gx = old[i + 1, j] - old[i, j]
                gy = old[i, j] - old[i, j - 1] if v[i, j] > 0 else old[i, j + 1] - old[i, j]
                q[i, j] -= dt * (u[i, j] * gx + v[i, j] * gy)
    return np.sum(q**2)


def vorticity_streamfunction(w, psi, nu, dt, sweeps, steps):
    """Gauss-Seidel by columns for the stream function, then a step of the vorticity."""
    for n in range(steps):
        for s in range(sweeps):
            for i in range(1, psi.shape[0] - 1):
                psi[i, 1:-1] = 0.25 * (
                    psi[i - 1, 1:-1] + psi[i + 1, 1:-1] + psi[i, :-2] + psi[i, 2:] + w[i, 1:-1]
                )
        u = 0.5 * (psi[1:-1, 2:] - psi[1:-1, :-2])
        v = -0.5 * (psi[2:, 1:-1] - psi[:-2, 1:-1])
        w[0, :] = -2 * psi[1, :]
        w[-1, :] = -2 * psi[-2, :] - 2.0
        w[1:-1, 1:-1] += dt * (
            -u * 0.5 * (w[2:, 1:-1] - w[:-2, 1:-1])
            - v * 0.5 * (w[1:-1, 2:] - w[1:-1, :-2])
            + nu
            * (w[2:, 1:-1] + w[:-2, 1:-1] + w[1:-1, 2:] + w[1:-1, :-2] - 4 * w[1:-1, 1:-1])
        )


def lattice_boltzmann(f, tau, steps):
    """Three velocities in one dimension: collide in place, then stream each population."""
    weights = np.array([2 / 3, 1 / 6, 1 / 6])
    for _ in range(steps):
        rho = f.sum(axis=0)
        u = (f[1] - f[2]) / rho
        for i, c in enumerate((0.0, 1.0, -1.0)):
            equilibrium = weights[i] * rho * (1 + 3 * c * u + 4.5 * (c * u) ** 2 - 1.5 * u**2)
            f[i] += (equilibrium - f[i]) / tau
        f[1] = np.roll(f[1], 1)
        f[2] = np.roll(f[2], -1)
    return f


rng = np.random.default_rng(107)


def _n(*shape):
    return rng.normal(size=shape)


def _u(*shape):
    return rng.uniform(0.5, 1.5, shape)


CASES = (
    Case(
        fdtd_1d,
        (
            (_n(5), _n(4), 0.1 * _u(5), _n(1), 1),
            (_n(8), _n(7), 0.2 * _u(8), _n(3), 3),
        ),
        mutated=("ez", "hy"),
        of=("ez", "hy"),
    ),
    Case(
        fdtd_2d,
        ((1, _n(3, 4), _n(3, 4), _n(3, 4), _n(1)), (3, _n(5, 4), _n(5, 4), _n(5, 4), _n(3))),
        mutated=("ex", "ey", "hz"),
        of=("ex", "ey", "hz"),
    ),
    Case(
        cavity_flow,
        (
            (4, 4, 1, 2, _n(4, 4), _n(4, 4), 0.1, 0.7, 0.6, _n(4, 4), 1.2, 0.3),
            (5, 4, 3, 3, _n(4, 5), _n(4, 5), 0.05, 0.5, 0.6, _n(4, 5), 0.9, 0.2),
        ),
        mutated=("u", "v", "p"),
        of=("u", "v", "p"),
    ),
    Case(
        channel_flow,
        (
            (_u(4, 3), _n(4, 3), _n(4, 3), 0.05, 0.6, 0.4, 1.5, 0.04),
            (_u(4, 5), _n(4, 5), _n(4, 5), 0.04, 0.5, 0.3, 2.0, 0.03),
        ),
        wrt=("u", "v", "p", "dt", "dx", "nu", "force"),
        mutated=("u", "v", "p"),
        of=("return", "u", "v", "p"),
        scalar=False,
    ),
    Case(
        horizontal_diffusion,
        (
            (_n(6, 6, 1), _n(2, 2, 1), _u(2, 2, 1), 0.3),
            (_n(7, 6, 2), _n(3, 2, 2), _u(3, 2, 2), 0.2),
        ),
        wrt=("in_field", "out_field", "coeff"),
        mutated=("out_field",),
        of=("out_field",),
    ),
    Case(
        vertical_advection,
        (
            (_n(2, 3), _n(2, 3), _u(2, 3), _n(2, 3), _n(2, 3), 3.0),
            (_n(3, 5), _n(3, 5), _u(3, 5), _n(3, 5), _n(3, 5), 2.0),
        ),
        mutated=("utens_stage",),
        of=("utens_stage",),
    ),
    Case(
        shallow_water,
        ((_u(5), 0.3 * _n(5), 0.05, 0.5, 1.3, 1), (_u(8), 0.2 * _n(8), 0.04, 0.4, 1.1, 3)),
        scalar=False,
    ),
    Case(lax_friedrichs, ((_n(5), 0.1, 0.5, 1), (_n(8), 0.1, 0.4, 3)), scalar=False),
    Case(
        upwind_2d,
        (
            (_n(4, 4), _u(4, 4), -_u(4, 4), 0.1, 1),
            (
                _n(4, 5),
                _u(4, 5) * rng.choice([-1, 1], (4, 5)),
                _u(4, 5) * rng.choice([-1, 1], (4, 5)),
                0.1,
                3,
            ),
        ),
        mutated=("q",),
    ),
    Case(
        vorticity_streamfunction,
        ((_n(4, 4), _n(4, 4), 0.2, 0.1, 1, 1), (_n(5, 4), _n(5, 4), 0.1, 0.05, 2, 3)),
        mutated=("w", "psi"),
        of=("w", "psi"),
    ),
    Case(
        lattice_boltzmann,
        ((_u(3, 4), 0.8, 1), (_u(3, 6), 1.3, 3)),
        scalar=False,
        mutated=("f",),
    ),
)
