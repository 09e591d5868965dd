"""A function that calls itself."""


def continued_fraction(x: float, depth: int):
    if depth == 0:
        return x
    return 1 + x / continued_fraction(x + 0.1, depth - 1)


# ---- gradient of continued_fraction, wrt x -------------------------------------------------------
# at: continued_fraction(0.7, 0)
# at: continued_fraction(0.7, 1)
# at: continued_fraction(1.7, 4)
