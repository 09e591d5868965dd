"""Functions that call functions; one is called with other kinds of arguments twice."""

import numpy as np


def squash(z, sharpness=1.0):
    return 1 / (1 + np.exp(-sharpness * z))


def layer(x, w, b):
    return squash(w * x + b, sharpness=2.0)


def energy(x: np.ndarray, w: float, b: float):
    return np.sum(layer(x, w, b)) * squash(b)


# ---- gradient of energy, wrt x, w, b -------------------------------------------------------------
# at: energy(normal(3), 0.7, -0.2)
# at: energy(normal(1), -0.7, 0.2)
