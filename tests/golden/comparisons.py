"""Chained comparisons, and, or, not: what is compared isn't differentiated by that."""


def window(x: float, low: float, high: float):
    y = x * x
    if low < y <= high and not (x < 0 or low == high):
        return (y - low) * (high - y)
    if x < low or y > 4:
        y = y * low
    return y + high


# ---- gradient of window, wrt x, low, high --------------------------------------------------------
# at: window(1.1, 0.2, 3.0)
# at: window(-1.1, 0.2, 3.0)
# at: window(2.5, 0.2, 3.0)
def window_grad(x: float, low: float, high: float, d_out=1.0):
    """Derivatives of window with respect to x, low, high."""
    y = x * x
    if low < y <= high and not (x < 0 or low == high):
        # return (y - low) * (high - y)
        d_diff = (high - y) * d_out
        d_diff_1 = (y - low) * d_out
        d_y = d_diff - d_diff_1
        d_low = -d_diff
        d_high = d_diff_1
        d_y_1 = 0.0
    else:
        # return y + high
        d_y_1 = d_out
        d_high = d_out
        if x < low or y > 4:
            # y = y * low
            d_y = low * d_y_1
            d_low = y * d_y_1
            d_y_1 = 0.0
        else:
            d_low = 0.0
            d_y = 0.0
    # y = x * x
    d_y += d_y_1
    d_x = 2 * x * d_y
    return d_x, d_low, d_high
