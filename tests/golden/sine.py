"""The derivative of sin(2x) is 2 cos(2x)."""

import math


def sine_of_double(x: float):
    return math.sin(2 * x)


# ---- gradient of sine_of_double ------------------------------------------------------------------
# at: sine_of_double(0.4)
# at: sine_of_double(-1.3)
