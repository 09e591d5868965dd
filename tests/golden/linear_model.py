"""The logistic loss of a linear model; the sigmoid is a function of its own."""

import math


def probability(margin):
    return 1 / (1 + math.exp(-margin))


def surprise(w1, w2, b, x1, x2):
    margin = w1 * x1 + w2 * x2 + b
    return -math.log(probability(margin))


# ---- value and gradient of surprise, wrt w1, w2, b -----------------------------------------------
# at: surprise(0.3, -0.7, 0.1, 1.0, 2.0)
# at: surprise(-1.1, 0.4, 0.8, 0.5, -1.5)
