"""Newton's method: the trips of the loop are made again backwards."""


def square_root(a: float, tolerance=1e-13):
    x = a + 1
    while abs(x * x - a) > tolerance * a:
        x = x - (x * x - a) / (2 * x)
    return x


# ---- gradient of square_root, wrt a --------------------------------------------------------------
# at: square_root(2.0)
# at: square_root(17.0)
# at: square_root(0.3, 1e-12)
def square_root_grad(a: float, tolerance=1e-13, d_out=1.0):
    """Derivative of square_root with respect to a."""
    x = a + 1
    saved_x = []
    while abs(x * x - a) > tolerance * a:
        saved_x.append(x)
        x = x - (x * x - a) / (2 * x)
    # return x
    d_x = d_out
    d_a = 0.0
    while saved_x:
        x = saved_x.pop()
        # x = x - (x * x - a) / (2 * x)
        d_num = -d_x / (2 * x)
        d_a -= d_num
        d_x = d_x + 2 * x * d_num - 2 * ((x * x - a) / (2 * x)) * d_num
    # x = a + 1
    return d_a + d_x
