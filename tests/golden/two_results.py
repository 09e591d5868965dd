"""A helper that gives two values back, and a function that gives three."""

import math


def polar(x, y):
    return math.sqrt(x * x + y * y), math.atan2(y, x)


def turned(x: float, y: float, angle: float):
    radius, phi = polar(x, y)
    return radius * math.cos(phi + angle), radius * math.sin(phi + angle), radius


# ---- gradient of turned, wrt x, y, angle ---------------------------------------------------------
# at: turned(0.7, 0.4, 0.3)
# at: turned(-0.7, 1.4, -1.3)
