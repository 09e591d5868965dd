"""A lambda and an inner function read variables of the function around them."""

import math


def with_inner(x: float, y: float):
    square = lambda t: t * t * y

    def shifted(t, by=2.0):
        return math.sin(t + by * x)

    return shifted(square(x)) + shifted(y, by=0.5)


# ---- gradient of with_inner, wrt x, y ------------------------------------------------------------
# at: with_inner(0.7, 0.4)
# at: with_inner(-0.2, 1.4)
