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
import math


def double_sum_grad(x: float, y: float, n, d_out=1.0):
    """Derivatives of double_sum with respect to x, y."""
    saved_row = []
    for i in range(1, n):
        row = x
        for j in range(i):
            saved_row.append(row)
            row = row * y + math.sin(j * row)
    # return total
    d_total = d_out
    d_x = 0.0
    d_y = 0.0
    for i in range(n - 1, 0, -1):
        # total = total + row / i
        d_row = d_total / i
        for j in range(i - 1, -1, -1):
            row = saved_row.pop()
            # row = row * y + math.sin(j * row)
            d_y += row * d_row
            d_row = y * d_row + j * math.cos(j * row) * d_row
        # row = x
        d_x += d_row
    return d_x, d_y
