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
