"""A value is overwritten that the backward half reads."""

import math


def spiral(x: float, y: float, n):
    for _ in range(n):
        x, y = x * math.cos(y), y + x * x
        x = x * y
    return x - y


# ---- gradient of spiral, wrt x, y ----------------------------------------------------------------
# at: spiral(0.8, 0.3, 3)
# at: spiral(-0.8, 0.9, 1)
# at: spiral(0.8, 0.3, 0)
