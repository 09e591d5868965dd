"""A value is overwritten that the backward half reads."""

import math


def spiral(x: float, y: float, n):
    for _ in range(n):
        x, y = x * math.cos(y), y + x * x
        x = x * y
    return x - y


# ---- gradient of spiral, wrt x, y ----------------------------------------------------------------
# at: spiral(0.8, 0.3, 3)
# at: spiral(-0.8, 0.9, 1)
# at: spiral(0.8, 0.3, 0)
import math


def spiral_grad(x: float, y: float, n, d_out=1.0):
    """Derivatives of spiral with respect to x, y."""
    saved = []
    saved_1 = []
    for _ in range(n):
        saved_1.append((y, x))
        cos_y = math.cos(y)
        product = x * cos_y
        total = y + x * x
        y = total
        x = product * total
        saved.append((cos_y, product, total))
    # return x - y
    d_x = d_out
    d_y = -d_out
    for _ in range(n):
        cos_y, product, total = saved.pop()
        # x = x * y
        d_product = total * d_x
        d_total = product * d_x
        # x, y = x * math.cos(y), y + x * x
        d_total += d_y
        y, x = saved_1.pop()
        d_x = cos_y * d_product + 2 * x * d_total
        d_y = d_total - math.sin(y) * x * d_product
    return d_x, d_y
