"""Loops in loops; the inner range depends on the outer loop."""

import math


def double_sum(x: float, y: float, n):
    total = 0.0
    for i in range(1, n):
        row = x
        for j in range(i):
            row = row * y + math.sin(j * row)
        total = total + row / i
    return total


# ---- gradient of double_sum, wrt x, y ------------------------------------------------------------
# at: double_sum(0.7, 0.4, 4)
# at: double_sum(-0.7, 0.9, 2)
# at: double_sum(0.7, 0.4, 0)
