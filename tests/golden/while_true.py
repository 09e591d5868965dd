"""while True with two ways out."""

import math


def iterate(x: float, a: float):
    n = 0
    while True:
        new = math.cos(a * x)
        if abs(new - x) < 1e-14:
            break
        x = new
        n += 1
        if n == 60:
            return x * x
    return x


# ---- gradient of iterate, wrt x, a ---------------------------------------------------------------
# at: iterate(0.4, 0.3)
# at: iterate(0.1, 1.0)
import math


def iterate_grad(x: float, a: float, d_out=1.0):
    """Derivatives of iterate with respect to x, a."""
    n = 0
    returned = False
    saved_x = []
    saved = []
    saved_test = []
    while True:
        new = math.cos(a * x)
        test = abs(new - x) < 1e-14
        saved.append((new, test))
        if test:
            break
        saved_x.append(x)
        x = new
        n = n + 1
        test = n == 60
        saved_test.append(test)
        if test:
            returned = True
            break
    if not returned:
        # return x
        d_x = d_out
    else:
        d_x = 0.0
    d_a = 0.0
    while saved:
        new, test = saved.pop()
        if test:
            d_new = 0.0
        else:
            test = saved_test.pop()
            if test:
                # return x * x
                d_new = 2 * new * d_out
            else:
                d_new = 0.0
            # x = new
            d_new += d_x
            d_x = 0.0
            x = saved_x.pop()
        # new = math.cos(a * x)
        d_pre_new = -math.sin(a * x) * d_new
        d_a += x * d_pre_new
        d_x = d_x + a * d_pre_new
    return d_x, d_a
