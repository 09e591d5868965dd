"""z is used twice, so its derivative has two contributions."""

import math


def log_plus_exp(x: float, y: float):
    """log(z) + exp(z) with z = x y"""
    z = x * y
    return math.log(z) + math.exp(z)


# ---- gradient of log_plus_exp, wrt x, y ----------------------------------------------------------
# at: log_plus_exp(0.5, 1.2)
# at: log_plus_exp(-0.7, -0.3)
import math


def log_plus_exp_grad(x: float, y: float, d_out=1.0):
    """Derivatives of log_plus_exp with respect to x, y."""
    z = x * y
    # return math.log(z) + math.exp(z)
    d_z = d_out / z + math.exp(z) * d_out
    # z = x * y
    d_x = y * d_z
    d_y = x * d_z
    return d_x, d_y
