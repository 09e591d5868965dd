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
