"""An assert with an f-string, and a raise: effects that the derivative keeps."""

import math


def checked_root(x: float, shift: float):
    assert x > -shift, f"{x + shift:.3f} has no root\nof real numbers"
    if shift > 10:
        raise ValueError(f"a shift of {shift} is too large")
    return math.sqrt(x + shift) * x


# ---- gradient of checked_root, wrt x, shift ------------------------------------------------------
# at: checked_root(0.7, 0.5)
# at: checked_root(-0.2, 1.5)
