"""Part of an array is updated in place in a loop, and read again."""

import numpy as np


def relaxed_energy(u, steps, rate):
    v = u.copy()
    for _ in range(steps):
        v[1:] += rate * v[:-1] * v[1:]
    return np.sum(v**2)


# ---- gradient of relaxed_energy, wrt u, rate -----------------------------------------------------
# like: relaxed_energy(np.ones(4), 2, 0.5)
# at: relaxed_energy(normal(5), 3, 0.3)
# at: relaxed_energy(normal(2), 0, 0.3)
# at: relaxed_energy(normal(3), 1, -0.2)
import numpy as np


def relaxed_energy_grad(u, steps, rate, d_out=1.0):
    """Derivatives of relaxed_energy with respect to u, rate."""
    assert u.ndim == 1 and np.ndim(rate) == 0
    v = u.copy()
    saved_v = []
    for _ in range(steps):
        saved_v.append(v[1:].copy())
        v[1:] += rate * v[:-1] * v[1:]
    # return np.sum(v**2)
    d_v = 2 * v * d_out
    d_rate = 0.0
    for _ in range(steps):
        v[1:] = saved_v.pop()
        # v[1:] += rate * v[:-1] * v[1:]
        d_new = d_v[1:]
        d_product = v[1:] * d_new
        d_v[1:] += rate * v[:-1] * d_new
        d_rate += v[:-1].dot(d_product)
        d_v[:-1] += rate * d_product
    return d_v, d_rate
