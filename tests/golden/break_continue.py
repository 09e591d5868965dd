"""break and continue: the trips that ran are made again backwards, and no others."""

import math


def score(x, weights, limit):
    total = 0.0
    for weight in weights:
        if weight < 0:
            continue
        total = total * x + math.sin(weight * x)
        if total > limit:
            break
    return total


# ---- gradient of score, wrt x --------------------------------------------------------------------
# at: score(0.8, [0.5, -1.0, 1.5, 0.2], 10.0)
# at: score(0.8, [0.5, -1.0, 1.5, 0.2], 0.6)
# at: score(0.8, [-0.5], 0.6)
# at: score(0.8, [], 0.6)
