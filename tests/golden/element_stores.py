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
