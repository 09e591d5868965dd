"""Nothing says what x and w are: a helper sums where one of them was broadcast."""

import numpy as np


def weighted_cosine(x, w):
    return np.cos(x) * w


# ---- gradient of weighted_cosine, wrt x, w -------------------------------------------------------
# at: weighted_cosine(0.3, 0.7)
# at: weighted_cosine(normal(3), 0.7)
# at: weighted_cosine(normal(3), normal(2, 1))
# at: weighted_cosine(normal(1), normal(3))
