"""A nonlinear update in place: the slice that is overwritten is read again backwards, so it is recorded."""

import numpy as np


def relax(u, steps, rate):
    u = u.copy()
    for _ in range(steps):
        u[1:] -= rate * u[1:] * u[:-1]
    return np.sum(u**2)


# ---- gradient of relax, wrt u, rate --------------------------------------------------------------
# like: relax(np.ones(4), 2, 0.5)
# at: relax(normal(5), 3, 0.3)
# at: relax(normal(2), 0, 0.3)
# at: relax(normal(3), 1, -0.2)
import numpy as np


def relax_grad(u, steps, rate, d_out=1.0):
    """Derivatives of relax with respect to u, rate."""
    assert u.ndim == 1 and np.ndim(rate) == 0
    u = u.copy()
    saved_u = []
    for _ in range(steps):
        saved_u.append(u[1:].copy())
        u[1:] -= rate * u[1:] * u[:-1]
    # return np.sum(u**2)
    d_u = 2 * u * d_out
    d_rate = 0.0
    for _ in range(steps):
        u[1:] = saved_u.pop()
        # u[1:] -= rate * u[1:] * u[:-1]
        d_new = d_u[1:]
        d_product = -u[:-1] * d_new
        d_u[:-1] -= rate * u[1:] * d_new
        d_u[1:] += rate * d_product
        d_rate += u[1:].dot(d_product)
    return d_u, d_rate
