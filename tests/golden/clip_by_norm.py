"""A value that one branch replaces: on the other path the derivative is that of what it was."""

import numpy as np


def clipped_energy(g: np.ndarray, limit: float):
    n = np.sqrt(np.sum(g * g))
    if n > limit:
        g = g * (limit / n)
    return np.sum(g**3)


# ---- gradient of clipped_energy, wrt g, limit ----------------------------------------------------
# at: clipped_energy(np.array([0.3, -1.2, 0.5]), 0.8)
# at: clipped_energy(np.array([0.3, -1.2, 0.5]), 2.0)
import numpy as np


def clipped_energy_grad(g: np.ndarray, limit: float, d_out=1.0):
    """Derivatives of clipped_energy with respect to g, limit."""
    n = np.sqrt(np.sum(g * g))
    if n > limit:
        ratio = limit / n
        g_1 = g * ratio
    else:
        g_1 = g
    # return np.sum(g**3)
    d_g = 3 * g_1**2 * d_out
    if n > limit:
        # g = g * (limit / n)
        d_g_1 = ratio * d_g
        d_limit = (g * d_g).sum() / n
        d_n = -ratio * d_limit
    else:
        d_g_1 = d_g
        d_limit = 0.0
        d_n = 0.0
    # n = np.sqrt(np.sum(g * g))
    d_g_1 = d_g_1 + g * (d_n / n)
    return d_g_1, d_limit
