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
