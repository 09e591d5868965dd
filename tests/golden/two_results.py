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
import math


def turned_grad(x: float, y: float, angle: float, d_out: tuple):
    """Derivatives of turned with respect to x, y, angle."""
    out_polar, saved_polar = polar_forward(x, y)
    radius, phi = out_polar
    # return radius * math.cos(phi + angle), radius * math.sin(phi + angle), radius
    d_product = d_out[0]
    d_product_1 = d_out[1]
    d_radius = (
        math.cos(phi + angle) * d_product
        + math.sin(phi + angle) * d_product_1
        + d_out[2]
    )
    d_total = -math.sin(phi + angle) * radius * d_product
    d_total_1 = math.cos(phi + angle) * radius * d_product_1
    d_phi = d_total_1 + d_total
    d_angle = d_total_1 + d_total
    # radius, phi = polar(x, y)
    d_x, d_y = polar_backward(saved_polar, (d_radius, d_phi))
    return d_x, d_y, d_angle


def polar_forward(x, y):
    """Value of polar, and what polar_backward needs of it."""
    sqrt_total = math.sqrt(x * x + y * y)
    return (sqrt_total, math.atan2(y, x)), (x, y, sqrt_total)


def polar_backward(saved, d_out):
    """Derivatives of polar with respect to x, y."""
    x, y, sqrt_total = saved
    # return math.sqrt(x * x + y * y), math.atan2(y, x)
    d_total = 0.5 * d_out[0] / sqrt_total
    d_atan2_y = d_out[1]
    d_x = 2 * x * d_total - y * d_atan2_y / (x * x + y * y)
    d_y = 2 * y * d_total + x * d_atan2_y / (x * x + y * y)
    return d_x, d_y
