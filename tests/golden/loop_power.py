"""A loop over range with one carried number."""


def loop_power(x: float, n):
    out = 1.0
    for _ in range(n):
        out = out * x
    return out


# ---- gradient of loop_power, wrt x ---------------------------------------------------------------
# at: loop_power(1.3, 0)
# at: loop_power(1.3, 1)
# at: loop_power(-0.7, 4)
