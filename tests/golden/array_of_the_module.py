"""An array of the module that the function writes into: what it held is recorded, and what it holds at the end stays."""

import numpy as np

LEVELS = np.zeros(4)


def decay(x: float, rate: float, n: int):
    LEVELS[0] = x
    for k in range(1, n):
        LEVELS[k] = LEVELS[k - 1] * rate
        if LEVELS[k] < 0.01:
            break
    return (LEVELS[:n] ** 2).sum()


# ---- gradient of decay, wrt x, rate --------------------------------------------------------------
# like: decay(1.2, 0.3, 4)
# at: decay(1.2, 0.3, 4)
# at: decay(0.4, 0.1, 4)
# at: decay(-0.7, 0.9, 1)
import numpy as np


def decay_grad(x: float, rate: float, n: int, d_out=1.0):
    """Derivatives of decay with respect to x, rate."""
    LEVELS[0] = x
    saved_LEVELS = []
    trips = 0
    for k in range(1, n):
        saved_LEVELS.append(LEVELS[k])
        trips += 1
        LEVELS[k] = LEVELS[k - 1] * rate
        if LEVELS[k] < 0.01:
            break
    final_LEVELS = LEVELS.copy()
    d_LEVELS = np.zeros(4)
    # return (LEVELS[:n] ** 2).sum()
    d_LEVELS[:n] += 2 * LEVELS[:n] * d_out
    d_rate = 0.0
    for k in range(trips - 1, -1, -1):
        k = 1 + k
        LEVELS[k] = saved_LEVELS.pop()
        # LEVELS[k] = LEVELS[k - 1] * rate
        d_new = d_LEVELS[k]
        d_LEVELS[k] = 0
        d_rate += LEVELS[k - 1] * d_new
        d_LEVELS[k - 1] += rate * d_new
    # LEVELS[0] = x
    d_x = d_LEVELS[0]
    LEVELS[...] = final_LEVELS
    return d_x, d_rate
