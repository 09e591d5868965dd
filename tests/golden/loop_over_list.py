"""A list of numbers that is differentiated by nothing."""

import math


def likelihood(rate: float, samples: list):
    total = 0.0
    for sample in samples:
        total += math.log(rate) - rate * sample
    return total / len(samples)


# ---- gradient of likelihood, wrt rate ------------------------------------------------------------
# at: likelihood(0.7, [1.0, 0.5, 2.0])
# at: likelihood(1.7, [0.1])
