"""Forward mode through a called function and a branch."""

import math


def bump(t, width):
    if abs(t) < width:
        return math.exp(-1 / (width - t * t))
    return 0.0


def two_bumps(x: float, width: float):
    return bump(x, width) + 2 * bump(x - 0.5, 3 * width)


# ---- tangent of two_bumps, wrt x, width ----------------------------------------------------------
# at: two_bumps(0.3, 0.9)
# at: two_bumps(3.0, 0.9)
