"""Constants of the module, which the text reads as they are."""

import math

GRAVITY = 9.81
WEIGHTS = (0.2, 0.5, 0.3)


def pendulum(length: float, angle: float):
    period = 2 * math.pi * math.sqrt(length / GRAVITY)
    series = WEIGHTS[0] + WEIGHTS[1] * angle**2 + WEIGHTS[2] * angle**4
    return period * series


# ---- gradient of pendulum, wrt length, angle -----------------------------------------------------
# at: pendulum(1.2, 0.3)
# at: pendulum(0.4, -0.9)
import math


def pendulum_grad(length: float, angle: float, d_out=1.0):
    """Derivatives of pendulum with respect to length, angle."""
    sqrt_ratio = math.sqrt(length / GRAVITY)
    period = 2 * math.pi * sqrt_ratio
    series = WEIGHTS[0] + WEIGHTS[1] * angle**2 + WEIGHTS[2] * angle**4
    # return period * series
    d_period = series * d_out
    d_series = period * d_out
    # series = WEIGHTS[0] + WEIGHTS[1] * angle**2 + WEIGHTS[2] * angle**4
    d_angle = 2 * angle * WEIGHTS[1] * d_series + 4 * angle**3 * WEIGHTS[2] * d_series
    # period = 2 * math.pi * math.sqrt(length / GRAVITY)
    d_length = math.pi * d_period / sqrt_ratio / GRAVITY
    return d_length, d_angle
