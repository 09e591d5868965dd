"""A new array is filled in each step: what was in it before is read by nobody, and isn't recorded."""

import numpy as np


def smoothed(start: np.ndarray, steps: int):
    n, m = start.shape
    u = np.sin(start)
    for _ in range(steps):
        new = np.zeros((n, m))
        new[0] = u[0]
        new[1:] = u[:-1] * u[1:]
        u = new
    return np.sum(u**2)


# ---- gradient of smoothed, wrt start -------------------------------------------------------------
# at: smoothed(normal(3, 2), 2)
# at: smoothed(normal(2, 1), 1)
# at: smoothed(normal(3, 2), 0)
import numpy as np


def smoothed_grad(start: np.ndarray, steps: int, d_out=1.0):
    """Derivative of smoothed with respect to start."""
    n, m = start.shape
    u = np.sin(start)
    saved_u = []
    for _ in range(steps):
        saved_u.append(u)
        new = np.zeros((n, m))
        new[0] = u[0]
        new[1:] = u[:-1] * u[1:]
        u = new
    # return np.sum(u**2)
    d_u = 2 * u * d_out
    for _ in range(steps):
        # u = new
        d_new = d_u
        # new[1:] = u[:-1] * u[1:]
        d_new_1 = d_new[1:]
        u = saved_u.pop()
        d_u = np.zeros(start.shape, np.result_type(u, 1.0))
        d_u[:-1] += u[1:] * d_new_1
        d_u[1:] += u[:-1] * d_new_1
        d_new[1:] = 0
        # new[0] = u[0]
        d_u[0] += d_new[0]
    # u = np.sin(start)
    return np.cos(start) * d_u
