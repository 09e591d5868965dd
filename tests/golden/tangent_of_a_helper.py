"""Forward mode through a called function and a branch."""

import math


def bump(t, width):
    if abs(t) < width:
        return math.exp(-1 / (width - t * t))
    return 0.0


def two_bumps(x: float, width: float):
    return bump(x, width) + 2 * bump(x - 0.5, 3 * width)


# ---- tangent of two_bumps, wrt x, width ----------------------------------------------------------
# at: two_bumps(0.3, 0.9)
# at: two_bumps(3.0, 0.9)
import math


def two_bumps_tangent(x: float, width: float, d_x, d_width):
    """Value of two_bumps, and its derivative along d_x, d_width."""
    bump_x, d_bump_x = bump_tangent(x, width, d_x, d_width)
    bump_diff, d_bump_diff = bump_tangent(x - 0.5, 3 * width, d_x, 3 * d_width)
    d_out = d_bump_x + 2 * d_bump_diff
    return bump_x + 2 * bump_diff, d_out


def bump_tangent(t, width, d_t, d_width):
    """Value of bump, and its derivative along d_t, d_width."""
    if abs(t) < width:
        ratio = -1 / (width - t * t)
        exp_ratio = math.exp(ratio)
        out = exp_ratio
        d_out = -exp_ratio * ratio * ((d_width - 2 * t * d_t) / (width - t * t))
        return out, d_out
    out = 0.0
    d_out = 0.0
    return out, d_out
