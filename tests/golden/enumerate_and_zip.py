"""enumerate and zip in one header."""

import numpy as np


def moments(xs: np.ndarray, ws: np.ndarray, scale: float):
    total = 0.0
    for i, (x, w) in enumerate(zip(xs, ws), start=1):
        total = total * scale + w * x**i
    return total


# ---- gradient of moments, wrt xs, ws, scale ------------------------------------------------------
# at: moments(normal(4), normal(4), 0.8)
# at: moments(normal(1), normal(3), -0.8)
