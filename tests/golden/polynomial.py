"""Straight-line code on numbers: powers, quotients, a name that is assigned twice."""


def rational(x: float, a: float, b: float):
    numerator = a * x**2 + b * x + 1
    denominator = 1 + x**4
    value = numerator / denominator
    value = value - b / 3
    return value**3


# ---- gradient of rational, wrt x, a, b -----------------------------------------------------------
# at: rational(0.7, 1.2, -0.4)
# at: rational(-1.3, 0.2, 0.9)
