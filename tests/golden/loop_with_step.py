"""A range that counts down by two, and its variable after the loop."""


def countdown(x: float, n):
    total = 1.0
    k = 0
    for k in range(n, 0, -2):
        total = 1 + total * x / k
    return total + k * x


# ---- gradient of countdown, wrt x ----------------------------------------------------------------
# at: countdown(0.8, 5)
# at: countdown(0.8, 4)
# at: countdown(0.8, 0)
def countdown_grad(x: float, n, d_out=1.0):
    """Derivative of countdown with respect to x."""
    total = 1.0
    k = 0
    saved_total = []
    for k_1 in range(n, 0, -2):
        saved_total.append(total)
        k = k_1
        total = 1 + total * x / k_1
    # return total + k * x
    d_total = d_out
    d_x = k * d_out
    for k_1 in reversed(range(n, 0, -2)):
        # total = 1 + total * x / k
        d_num = d_total / k_1
        d_total = x * d_num
        total = saved_total.pop()
        d_x += total * d_num
    return d_x
