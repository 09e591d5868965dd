"""Base and exponent are differentiated."""


def power(base: float, exponent: float):
    return base**exponent


# ---- gradient of power, wrt base, exponent -------------------------------------------------------
# at: power(1.7, 2.3)
# at: power(0.4, -1.2)
import numpy as np


def power_grad(base: float, exponent: float, d_out=1.0):
    """Derivatives of power with respect to base, exponent."""
    # return base**exponent
    d_base = exponent * base ** (exponent - (exponent != 0)) * d_out
    d_exponent = base**exponent * np.log(base + (base == 0)) * d_out
    return d_base, d_exponent
