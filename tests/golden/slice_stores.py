"""Slices are overwritten and updated in place; one store covers an earlier one."""

import numpy as np


def diffuse(u, f, dt):
    v = np.empty(len(u))
    v[:] = u
    v[1:-1] += dt * (u[2:] - 2 * u[1:-1] + u[:-2])
    v[0] = f[0] * v[1]
    v[-1] = f[1]
    return v


# ---- gradient of diffuse, wrt u, f, dt -----------------------------------------------------------
# like: diffuse(np.ones(5), np.ones(2), 0.1)
# at: diffuse(normal(5), normal(2), 0.3)
# at: diffuse(normal(4), normal(2), -0.2)
import numpy as np


def diffuse_grad(u, f, dt, d_out=1.0):
    """Derivatives of diffuse with respect to u, f, dt."""
    assert u.ndim == 1 and f.ndim == 1 and np.ndim(dt) == 0
    v = np.empty(len(u))
    v[:] = u
    total = u[2:] - 2 * u[1:-1] + u[:-2]
    v[1:-1] += dt * total
    # return v
    d_v = np.broadcast_to(d_out, u.shape).copy()
    # v[-1] = f[1]
    d_new = d_v[-1]
    d_v[-1] = 0
    d_f = np.zeros(len(f))
    d_f[1] += d_new
    # v[0] = f[0] * v[1]
    d_new = d_v[0]
    d_v[0] = 0
    d_v[1] += f[0] * d_new
    d_f[0] += v[1] * d_new
    # v[1:-1] += dt * (u[2:] - 2 * u[1:-1] + u[:-2])
    d_new = d_v[1:-1]
    d_dt = total.dot(d_new)
    d_total = dt * d_new
    d_u = np.zeros(len(u))
    d_u[2:] += d_total
    d_u[1:-1] -= 2 * d_total
    d_u[:-2] += d_total
    # v[:] = u
    d_u += d_v[:]
    return d_u, d_f, d_dt
