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
import numpy as np


def objective_grad(
    x: np.ndarray, slope: float, *, power: int = 2, offset: float = 0.5, d_out=1.0
):
    """Derivatives of objective with respect to x, slope, offset."""
    residual, saved_scaled = scaled_forward(x, slope, -offset)
    # return np.sum(residual**power)
    d_residual = power * residual ** (power - (power != 0)) * d_out
    # residual = scaled(shift=-offset, x=x, by=slope)
    d_x, d_by, d_shift = scaled_backward(saved_scaled, d_residual)
    d_offset = -d_shift
    return np.array(d_x)[()], d_by, d_offset


def scaled_forward(x, by, shift):
    """Value of scaled, and what scaled_backward needs of it."""
    out = x * by + shift
    return out, (x, by, out)


def scaled_backward(saved, d_out):
    """Derivatives of scaled with respect to x, by, shift."""
    x, by, out = saved
    # return x * by + shift
    d_out = np.broadcast_to(d_out, out.shape)
    d_x = by * d_out
    d_by = (x * d_out).sum()
    d_shift = d_out.sum()
    return d_x, d_by, d_shift
