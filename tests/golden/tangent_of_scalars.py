"""Forward mode: value and derivative are carried side by side."""

import math


def oscillator(x: float, v: float, dt: float, n):
    for _ in range(n):
        v = v - dt * math.sin(x)
        x = x + dt * v
    return x, v


# ---- tangent of oscillator, wrt x, v, dt ---------------------------------------------------------
# at: oscillator(0.7, 0.1, 0.2, 3)
# at: oscillator(-0.7, 0.5, 0.2, 0)
