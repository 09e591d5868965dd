"""Scratch from np.empty, each place of which is written once: what it holds before is never recorded."""

import numpy as np


def thomas(lower, main, upper, rhs):
    n = len(rhs)
    c = np.empty(n)
    x = np.empty(n)
    c[0] = upper[0] / main[0]
    x[0] = rhs[0] / main[0]
    for i in range(1, n):
        den = main[i] - lower[i] * c[i - 1]
        c[i] = upper[i] / den
        x[i] = (rhs[i] - lower[i] * x[i - 1]) / den
    return x, c


# ---- gradient of thomas, wrt lower, main, upper, rhs ---------------------------------------------
# like: thomas(np.ones(4), np.ones(4), np.ones(4), np.ones(4))
# at: thomas(normal(5), 3 + positive(5), normal(5), normal(5))
# at: thomas(normal(2), 3 + positive(2), normal(2), normal(2))
import numpy as np


def thomas_grad(lower, main, upper, rhs, d_out: tuple):
    """Derivatives of thomas with respect to lower, main, upper, rhs."""
    assert lower.ndim == 1 and main.ndim == 1 and upper.ndim == 1 and rhs.ndim == 1
    n = len(rhs)
    c = np.empty(n)
    x = np.empty(n)
    ratio = upper[0] / main[0]
    c[0] = ratio
    ratio_1 = rhs[0] / main[0]
    x[0] = ratio_1
    saved = []
    for i in range(1, n):
        den = main[i] - lower[i] * c[i - 1]
        c[i] = upper[i] / den
        ratio_2 = (rhs[i] - lower[i] * x[i - 1]) / den
        x[i] = ratio_2
        saved.append((den, ratio_2))
    # return x, c
    d_x = np.broadcast_to(d_out[0], rhs.shape).copy()
    d_c = np.broadcast_to(d_out[1], rhs.shape).copy()
    d_lower = np.zeros(len(lower))
    d_main = np.zeros(len(main))
    d_rhs = np.zeros(len(rhs))
    d_upper = np.zeros(len(upper))
    for i in range(n - 1, 0, -1):
        den, ratio_2 = saved.pop()
        # x[i] = (rhs[i] - lower[i] * x[i - 1]) / den
        d_num = d_x[i] / den
        d_rhs[i] += d_num
        d_lower[i] -= x[i - 1] * d_num
        d_x[i - 1] -= lower[i] * d_num
        d_den = -ratio_2 * d_num
        # c[i] = upper[i] / den
        d_upper_i = d_c[i] / den
        d_upper[i] += d_upper_i
        d_den -= upper[i] / den * d_upper_i
        # den = main[i] - lower[i] * c[i - 1]
        d_main[i] += d_den
        d_lower[i] -= c[i - 1] * d_den
        d_c[i - 1] -= lower[i] * d_den
    # x[0] = rhs[0] / main[0]
    d_rhs_0 = d_x[0] / main[0]
    d_rhs[0] += d_rhs_0
    d_main[0] -= ratio_1 * d_rhs_0
    # c[0] = upper[0] / main[0]
    d_upper_0 = d_c[0] / main[0]
    d_upper[0] += d_upper_0
    d_main[0] -= ratio * d_upper_0
    return d_lower, d_main, d_upper, d_rhs
