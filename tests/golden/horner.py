"""A loop over an array, forwards and backwards."""

import numpy as np


def horner(coefficients: np.ndarray, x: float):
    value = 0.0
    for c in coefficients:
        value = value * x + c
    back = 0.0
    for c in reversed(coefficients):
        back = back * x - c
    return value * back


# ---- gradient of horner, wrt coefficients, x -----------------------------------------------------
# at: horner(normal(4), 0.7)
# at: horner(normal(1), -1.2)
# at: horner(normal(0), -1.2)
