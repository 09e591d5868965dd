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
def loop_power_grad(x: float, n, d_out=1.0):
    """Derivative of loop_power with respect to x."""
    out = 1.0
    saved_out = []
    for _ in range(n):
        saved_out.append(out)
        out = out * x
    d_x = 0.0
    for _ in range(n):
        out = saved_out.pop()
        # out = out * x
        d_x += out * d_out
        d_out = x * d_out
    return d_x
