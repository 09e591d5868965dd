"""One branch doesn't depend on x at all."""


def hinge(x: float, margin: float):
    if x * margin > 1:
        loss = 0.0
    elif x * margin > 0:
        loss = (1 - x * margin) ** 2 / 2
    else:
        loss = 0.5 - x * margin
    return loss


# ---- gradient of hinge, wrt x, margin ------------------------------------------------------------
# at: hinge(2.0, 0.8)
# at: hinge(0.3, 0.8)
# at: hinge(-0.3, 0.8)
def hinge_grad(x: float, margin: float, d_out=1.0):
    """Derivatives of hinge with respect to x, margin."""
    if x * margin > 1:
        d_margin = 0.0
        d_x = 0.0
    elif x * margin > 0:
        # loss = (1 - x * margin) ** 2 / 2
        d_product = -(1 - x * margin) * d_out
        d_x = margin * d_product
        d_margin = x * d_product
    else:
        # loss = 0.5 - x * margin
        d_x = -margin * d_out
        d_margin = -x * d_out
    return d_x, d_margin
