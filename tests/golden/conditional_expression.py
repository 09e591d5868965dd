"""A conditional expression picks what is computed."""

import math


def soft_absolute(x: float, eps: float):
    return x - eps / 2 if x > eps else math.sin(x) * x if x > -eps else -x * eps


# ---- gradient of soft_absolute, wrt x, eps -------------------------------------------------------
# at: soft_absolute(0.9, 0.5)
# at: soft_absolute(0.2, 0.5)
# at: soft_absolute(-0.9, 0.5)
import math


def soft_absolute_grad(x: float, eps: float, d_out=1.0):
    """Derivatives of soft_absolute with respect to x, eps."""
    if x > eps:
        # return x - eps / 2 if x > eps else math.sin(x) * x if x > -eps else -x * eps
        d_x = d_out
        d_eps = -d_out / 2
    elif x > -eps:
        # return x - eps / 2 if x > eps else math.sin(x) * x if x > -eps else -x * eps
        d_x = math.cos(x) * x * d_out + math.sin(x) * d_out
        d_eps = 0.0
    else:
        # return x - eps / 2 if x > eps else math.sin(x) * x if x > -eps else -x * eps
        d_x = -eps * d_out
        d_eps = -x * d_out
    return d_x, d_eps
