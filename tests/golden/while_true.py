"""while True with two ways out."""

import math


def iterate(x: float, a: float):
    n = 0
    while True:
        new = math.cos(a * x)
        if abs(new - x) < 1e-14:
            break
        x = new
        n += 1
        if n == 60:
            return x * x
    return x


# ---- gradient of iterate, wrt x, a ---------------------------------------------------------------
# at: iterate(0.4, 0.3)
# at: iterate(0.1, 1.0)
