"""np.where, np.maximum and np.clip choose entries."""

import numpy as np


def leaky(x, slope, limit):
    bent = np.where(x > 0, x, slope * x)
    return np.clip(bent, -limit, limit) + np.maximum(bent, x * x)


# ---- gradient of leaky, wrt x, slope -------------------------------------------------------------
# like: leaky(np.ones(3), 0.1, 1.0)
# at: leaky(normal(4), 0.2, 1.0)
# at: leaky(normal(4), 1.5, 0.4)
