"""Elements of a new array are stored one by one."""

import numpy as np


def recurrence(x):
    y = np.zeros(len(x))
    y[0] = x[0]
    for i in range(1, len(x)):
        y[i] = np.sin(y[i - 1]) + x[i] ** 2
    return np.sum(y * y)


# ---- gradient of recurrence, wrt x ---------------------------------------------------------------
# like: recurrence(np.ones(3))
# at: recurrence(normal(4))
# at: recurrence(normal(2))
import math

import numpy as np


def recurrence_grad(x, d_out=1.0):
    """Derivative of recurrence with respect to x."""
    assert x.ndim == 1
    y = np.zeros(len(x))
    y[0] = x[0]
    for i in range(1, len(x)):
        y[i] = np.sin(y[i - 1]) + x[i] ** 2
    # return np.sum(y * y)
    d_y = 2 * y * d_out
    d_x = np.zeros(len(x))
    for i in range(len(x) - 1, 0, -1):
        y[i] = 0
        # y[i] = np.sin(y[i - 1]) + x[i] ** 2
        d_total = d_y[i]
        d_x[i] += 2 * x[i] * d_total
        d_y[i - 1] += math.cos(y[i - 1]) * d_total
    # y[0] = x[0]
    d_x[0] += d_y[0]
    return d_x
