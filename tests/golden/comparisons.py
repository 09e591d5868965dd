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
