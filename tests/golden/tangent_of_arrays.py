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
import numpy as np


def filtered_tangent(A, b, gain, d_A, d_b, d_gain):
    """Value of filtered, and its derivative along d_A, d_b, d_gain."""
    assert A.ndim == 2 and b.shape == A.shape[1:] and np.ndim(gain) == 0
    den = 1 + b**2
    ratio = b / den
    x = A.T @ ratio
    d_x = d_A.T @ ratio + A.T @ (d_b / den - ratio * (2 * b * d_b / den))
    y = np.zeros(len(b))
    d_y = np.zeros(len(b))
    y[0] = gain
    d_y[0] = d_gain
    tanh_product = np.tanh(x[1:] * gain)
    y[1:] = tanh_product
    d_y[1:] = (1 - tanh_product**2) * (gain * d_x[1:] + x[1:] * d_gain)
    out = A @ y
    d_out = d_A @ y + A @ d_y
    return out, d_out
