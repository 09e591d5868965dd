"""Functions of the math module."""

import math


def special(x: float, y: float):
    radius = math.hypot(x, y)
    angle = math.atan2(y, x)
    return math.sqrt(radius) * math.tanh(angle) + math.erf(x) - math.pow(radius, 1.5)


# ---- gradient of special, wrt x, y ---------------------------------------------------------------
# at: special(0.7, 0.4)
# at: special(-0.7, 1.1)
