"""A function that calls itself."""


def continued_fraction(x: float, depth: int):
    if depth == 0:
        return x
    return 1 + x / continued_fraction(x + 0.1, depth - 1)


# ---- gradient of continued_fraction, wrt x -------------------------------------------------------
# at: continued_fraction(0.7, 0)
# at: continued_fraction(0.7, 1)
# at: continued_fraction(1.7, 4)
def continued_fraction_grad(x: float, depth: int, d_out=1.0):
    """Derivative of continued_fraction with respect to x."""
    if depth == 0:
        # return x
        d_x = d_out
        return d_x
    continued_fraction_total, saved_continued_fraction = continued_fraction_forward(
        x + 0.1, depth - 1
    )
    # return 1 + x / continued_fraction(x + 0.1, depth - 1)
    d_x = d_out / continued_fraction_total
    d_x = d_x + continued_fraction_backward(
        saved_continued_fraction, -x / continued_fraction_total * d_x
    )
    return d_x


def continued_fraction_forward(x, depth):
    """Value of continued_fraction, and what continued_fraction_backward needs of it."""
    continued_fraction_total = None
    ratio = None
    saved_continued_fraction = None
    if depth == 0:
        out = x
        return out, (
            depth == 0,
            continued_fraction_total,
            saved_continued_fraction,
            ratio,
        )
    continued_fraction_total, saved_continued_fraction = continued_fraction_forward(
        x + 0.1, depth - 1
    )
    ratio = x / continued_fraction_total
    out = 1 + ratio
    return out, (depth == 0, continued_fraction_total, saved_continued_fraction, ratio)


def continued_fraction_backward(saved, d_out):
    """Derivative of continued_fraction with respect to x."""
    test, continued_fraction_total, saved_continued_fraction, ratio = saved
    if test:
        # return x
        d_x = d_out
        return d_x
    # return 1 + x / continued_fraction(x + 0.1, depth - 1)
    d_x = d_out / continued_fraction_total
    d_x = d_x + continued_fraction_backward(saved_continued_fraction, -ratio * d_x)
    return d_x
