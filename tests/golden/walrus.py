"""An assignment inside a test."""


def stepped(x: float, y: float):
    if (product := x * y) > 1:
        return product * product
    return product + x


# ---- gradient of stepped, wrt x, y ---------------------------------------------------------------
# at: stepped(2.0, 0.8)
# at: stepped(0.2, 0.8)
