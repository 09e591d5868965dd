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
