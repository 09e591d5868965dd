"""Functions of the math module."""

import math


def special(x: float, y: float):
    radius = math.hypot(x, y)
    angle = math.atan2(y, x)
    return math.sqrt(radius) * math.tanh(angle) + math.erf(x) - math.pow(radius, 1.5)


# ---- gradient of special, wrt x, y ---------------------------------------------------------------
# at: special(0.7, 0.4)
# at: special(-0.7, 1.1)
import math


def special_grad(x: float, y: float, d_out=1.0):
    """Derivatives of special with respect to x, y."""
    radius = math.hypot(x, y)
    angle = math.atan2(y, x)
    sqrt_radius = math.sqrt(radius)
    tanh_angle = math.tanh(angle)
    # return math.sqrt(radius) * math.tanh(angle) + math.erf(x) - math.pow(radius, 1.5)
    d_radius = (
        0.5 * tanh_angle * d_out / sqrt_radius - 1.5 * math.pow(radius, 0.5) * d_out
    )
    d_angle = (1 - tanh_angle * tanh_angle) * sqrt_radius * d_out
    d_x = 2 * math.exp(-x * x) * d_out / math.sqrt(math.pi)
    # angle = math.atan2(y, x)
    d_y = x * d_angle / (x * x + y * y)
    d_x -= y * d_angle / (x * x + y * y)
    # radius = math.hypot(x, y)
    d_x += x * d_radius / radius
    d_y += y * d_radius / radius
    return d_x, d_y
