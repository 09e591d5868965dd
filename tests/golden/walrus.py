"""An assignment inside a test."""


def stepped(x: float, y: float):
    if (product := x * y) > 1:
        return product * product
    return product + x


# ---- gradient of stepped, wrt x, y ---------------------------------------------------------------
# at: stepped(2.0, 0.8)
# at: stepped(0.2, 0.8)
def stepped_grad(x: float, y: float, d_out=1.0):
    """Derivatives of stepped with respect to x, y."""
    product = x * y
    if product > 1:
        # return product * product
        d_product = 2 * product * d_out
        d_x = 0.0
    else:
        # return product + x
        d_product = d_out
        d_x = d_out
    # if (product := x * y) > 1
    d_x = d_x + y * d_product
    d_y = x * d_product
    return d_x, d_y
