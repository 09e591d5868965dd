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
import math


def oscillator_tangent(x: float, v: float, dt: float, n, d_x, d_v, d_dt):
    """Value of oscillator, and its derivative along d_x, d_v, d_dt."""
    for _ in range(n):
        sin_x = math.sin(x)
        v = v - dt * sin_x
        d_v = d_v - sin_x * d_dt - dt * math.cos(x) * d_x
        x = x + dt * v
        d_x = d_x + v * d_dt + dt * d_v
    return (x, v), (d_x, d_v)
