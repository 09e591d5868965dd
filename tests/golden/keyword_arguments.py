"""Defaults, keyword-only parameters, and arguments that are given by name."""

import numpy as np


def scaled(x, *, by=2.0, shift=0.0):
    return x * by + shift


def objective(x: np.ndarray, slope: float, *, power: int = 2, offset: float = 0.5):
    residual = scaled(shift=-offset, x=x, by=slope)
    return np.sum(residual**power)


# ---- gradient of objective, wrt x, slope, offset -------------------------------------------------
# at: objective(normal(3), 0.7)
# at: objective(normal(3), 0.7, power=3)
