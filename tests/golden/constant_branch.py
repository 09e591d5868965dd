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
