"""A while loop whose test reads what the loop changes; the trips depend on x."""

import math


def bounce(height: float, ratio: float):
    time = math.sqrt(2 * height)
    while height > 0.1:
        height = height * ratio * ratio
        time += 2 * math.sqrt(2 * height)
    return time


# ---- gradient of bounce, wrt height, ratio -------------------------------------------------------
# at: bounce(2.0, 0.7)
# at: bounce(0.05, 0.7)
# at: bounce(9.0, 0.5)
import math


def bounce_grad(height: float, ratio: float, d_out=1.0):
    """Derivatives of bounce with respect to height, ratio."""
    time = math.sqrt(2 * height)
    saved_height = []
    saved_sqrt_product = []
    while height > 0.1:
        saved_height.append(height)
        height = height * ratio * ratio
        sqrt_product = math.sqrt(2 * height)
        saved_sqrt_product.append(sqrt_product)
    # return time
    d_time = d_out
    d_height = 0.0
    d_ratio = 0.0
    while saved_sqrt_product:
        sqrt_product = saved_sqrt_product.pop()
        # time += 2 * math.sqrt(2 * height)
        d_height_1 = 2 * (d_time / sqrt_product)
        # height = height * ratio * ratio
        d_height_1 += d_height
        d_product = ratio * d_height_1
        d_height = ratio * d_product
        height = saved_height.pop()
        d_ratio += height * d_product + height * ratio * d_height_1
    # time = math.sqrt(2 * height)
    d_height_1 = d_time / time
    d_height_1 += d_height
    return d_height_1, d_ratio
