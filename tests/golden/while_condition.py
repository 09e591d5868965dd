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
