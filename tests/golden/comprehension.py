"""A comprehension, and a sum over a generator."""

import math


def mixture(x: float, sigma: float, centres: list):
    terms = [math.exp(-(((x - c) / sigma) ** 2)) for c in centres if c != 0]
    return math.log(sum(terms)) + sum(sigma * c for c in centres)


# ---- gradient of mixture, wrt x, sigma -----------------------------------------------------------
# at: mixture(0.3, 0.8, [0.1, 0.5, -0.4])
# at: mixture(0.3, 1.8, [0.0, 0.5])
