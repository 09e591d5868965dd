"""The derivative of sin(2x) is 2 cos(2x)."""

import math


def sine_of_double(x: float):
    return math.sin(2 * x)


# ---- gradient of sine_of_double ------------------------------------------------------------------
# at: sine_of_double(0.4)
# at: sine_of_double(-1.3)
import math


def sine_of_double_grad(x: float, d_out=1.0):
    """Derivative of sine_of_double with respect to x."""
    return 2 * math.cos(2 * x) * d_out
