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
import math


def piecewise_grad(x: float, y: float, smooth: bool, d_out=1.0):
    """Derivatives of piecewise with respect to x, y."""
    # return out + x
    d_x = d_out
    if smooth:
        if y > 0:
            exp_x = math.exp(x)
            out = exp_x * y
        else:
            weight = x + y
            cos_x = math.cos(x)
            out = weight * cos_x
        # out = out * y
        d_out_1 = y * d_out
        d_y = out * d_out
        if y > 0:
            # out = math.exp(x) * y
            d_x = d_x + exp_x * y * d_out_1
            d_y += exp_x * d_out_1
        else:
            # out = weight * math.cos(x)
            d_weight = cos_x * d_out_1
            d_x = d_x - math.sin(x) * weight * d_out_1
            # weight = x + y
            d_x += d_weight
            d_y += d_weight
    else:
        # out = x
        d_x = d_x + d_out
        d_y = 0.0
    return d_x, d_y
