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
import math


def checked_root_grad(x: float, shift: float, d_out=1.0):
    """Derivatives of checked_root with respect to x, shift."""
    assert x > -shift, f"{x + shift:.3f} has no root\nof real numbers"
    if shift > 10:
        raise ValueError(f"a shift of {shift} is too large")
    sqrt_total = math.sqrt(x + shift)
    # return math.sqrt(x + shift) * x
    d_shift = 0.5 * x * d_out / sqrt_total
    d_x = d_shift + sqrt_total * d_out
    return d_x, d_shift
