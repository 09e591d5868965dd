"""Arrays are put together, and taken apart again."""

import numpy as np


def both_ends(x, y):
    z = np.concatenate([x, y, x[:1]])
    head, tail = z[: len(y)], z[len(y) :]
    return np.sum(head * y) + np.sum(tail**3)


# ---- gradient of both_ends, wrt x, y -------------------------------------------------------------
# like: both_ends(np.ones(3), np.ones(2))
# at: both_ends(normal(3), normal(2))
# at: both_ends(normal(2), normal(4))
