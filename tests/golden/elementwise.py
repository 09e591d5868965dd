"""Functions of arrays, entry by entry, of arrays of one shape."""

import numpy as np


def softplus_error(x, y):
    smooth = np.log1p(np.exp(x)) - np.sqrt(y)
    return np.arctan(smooth) * y / (1 + x**2)


# ---- gradient of softplus_error, wrt x, y --------------------------------------------------------
# like: softplus_error(np.ones(3), np.ones(3))
# at: softplus_error(normal(4), positive(4))
# at: softplus_error(normal(2), positive(2))
