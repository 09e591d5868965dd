"""Branches in branches, and a name that only some of them assign."""

import math


def piecewise(x: float, y: float, smooth: bool):
    out = x
    if smooth:
        if y > 0:
            out = math.exp(x) * y
        else:
            weight = x + y
            out = weight * math.cos(x)
        out = out * y
    return out + x


# ---- gradient of piecewise, wrt x, y -------------------------------------------------------------
# at: piecewise(0.4, 0.7, True)
# at: piecewise(0.4, -0.7, True)
# at: piecewise(0.4, -0.7, False)
