"""An early return, and a value that is computed in one of two ways."""

import math


def damped(x: float, y: float):
    if x < 0:
        return x * y * y
    if y > 1:
        scale = x * math.log(y)
    else:
        scale = x - y
    return scale * scale * y


# ---- gradient of damped, wrt x, y ----------------------------------------------------------------
# at: damped(-0.4, 0.8)
# at: damped(0.4, 2.5)
# at: damped(0.4, 0.3)
import math


def damped_grad(x: float, y: float, d_out=1.0):
    """Derivatives of damped with respect to x, y."""
    if x < 0:
        # return x * y * y
        d_product = y * d_out
        d_x = y * d_product
        d_y = x * d_product + x * y * d_out
        return d_x, d_y
    if y > 1:
        log_y = math.log(y)
        scale = x * log_y
    else:
        scale = x - y
    # return scale * scale * y
    d_scale = 2 * scale * y * d_out
    d_y = scale * scale * d_out
    if y > 1:
        # scale = x * math.log(y)
        d_x = log_y * d_scale
        d_y += x * d_scale / y
    else:
        # scale = x - y
        d_x = d_scale
        d_y -= d_scale
    return d_x, d_y
