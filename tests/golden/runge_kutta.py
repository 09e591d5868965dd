"""A system of differential equations, whose right-hand side is written as a list: the steps have its length."""

import numpy as np


def slopes(y, k):
    return np.array([y[1], -k * y[0]])


def oscillation(x: float, k: float, n: int):
    y = np.array([x, 0.0])
    h = 0.1
    for _ in range(n):
        k1 = slopes(y, k)
        k2 = slopes(y + h * k1, k)
        y = y + h / 2 * (k1 + k2)
    return y @ y


# ---- gradient of oscillation ---------------------------------------------------------------------
# at: oscillation(0.7, 2.0, 3)
# at: oscillation(-0.4, 1.5, 1)
# at: oscillation(1.3, 0.8, 0)
import numpy as np


def oscillation_grad(x: float, k: float, n: int, d_out=1.0):
    """Derivatives of oscillation with respect to x, k."""
    y = np.array([x, 0.0])
    h = 0.1
    saved = []
    for _ in range(n):
        k1, saved_slopes = slopes_forward(y, k)
        k2, saved_slopes_1 = slopes_forward(y + h * k1, k)
        y = y + h / 2 * (k1 + k2)
        saved.append((saved_slopes, saved_slopes_1))
    # return y @ y
    d_y = 2 * y * d_out
    d_k = 0.0
    for _ in range(n):
        # y = y + h / 2 * (k1 + k2)
        d_k2 = h / 2 * d_y
        d_k1 = d_k2
        saved_slopes, saved_slopes_1 = saved.pop()
        # k2 = slopes(y + h * k1, k)
        d_y_1, d_k_1 = slopes_backward(saved_slopes_1, d_k2)
        d_y += d_y_1
        d_k1 = d_k1 + h * d_y_1
        d_k += d_k_1
        # k1 = slopes(y, k)
        d_y_1, d_k_1 = slopes_backward(saved_slopes, d_k1)
        d_y += d_y_1
        d_k += d_k_1
    # y = np.array([x, 0.0])
    d_x = d_y[0]
    return d_x, d_k


def slopes_forward(y, k):
    """Value of slopes, and what slopes_backward needs of it."""
    out = np.array([y[1], -k * y[0]])
    return out, (y, k, y[0])


def slopes_backward(saved, d_out):
    """Derivatives of slopes with respect to y, k."""
    y, k, y_0 = saved
    # return np.array([y[1], -k * y[0]])
    d_out = np.broadcast_to(d_out, (2,))
    d_product = d_out[1]
    d_y = np.zeros(len(y))
    d_y[1] += d_out[0]
    d_k = -y_0 * d_product
    d_y[0] -= k * d_product
    return d_y, d_k
