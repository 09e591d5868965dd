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
import math


def surprise_value_and_grad(w1, w2, b, x1, x2, d_out=1.0):
    """Value of surprise, and its derivatives with respect to w1, w2, b."""
    margin = w1 * x1 + w2 * x2 + b
    probability_margin, saved_probability = probability_forward(margin)
    # return -math.log(probability(margin))
    d_margin = probability_backward(saved_probability, -d_out / probability_margin)
    # margin = w1 * x1 + w2 * x2 + b
    d_w1 = x1 * d_margin
    d_w2 = x2 * d_margin
    return -math.log(probability_margin), (d_w1, d_w2, d_margin)


def probability_forward(margin):
    """Value of probability, and what probability_backward needs of it."""
    exp_margin = math.exp(-margin)
    return 1 / (1 + exp_margin), exp_margin


def probability_backward(exp_margin, d_out):
    """Derivative of probability with respect to margin."""
    return exp_margin * (1 / (1 + exp_margin)) * (d_out / (1 + exp_margin))
