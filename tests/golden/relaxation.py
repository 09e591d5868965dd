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
