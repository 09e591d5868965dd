"""Forward mode on arrays: products, quotients, stores."""

import numpy as np


def filtered(A, b, gain):
    x = A.T @ (b / (1 + b**2))
    y = np.zeros(len(b))
    y[0] = gain
    y[1:] = np.tanh(x[1:] * gain)
    return A @ y


# ---- tangent of filtered, wrt A, b, gain ---------------------------------------------------------
# like: filtered(np.ones((3, 3)), np.ones(3), 1.0)
# at: filtered(normal(3, 3), normal(3), 0.4)
# at: filtered(normal(2, 2), normal(2), -0.4)
