"""A conditional expression picks what is computed."""

import math


def soft_absolute(x: float, eps: float):
    return x - eps / 2 if x > eps else math.sin(x) * x if x > -eps else -x * eps


# ---- gradient of soft_absolute, wrt x, eps -------------------------------------------------------
# at: soft_absolute(0.9, 0.5)
# at: soft_absolute(0.2, 0.5)
# at: soft_absolute(-0.9, 0.5)
