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
def rational_grad(x: float, a: float, b: float, d_out=1.0):
    """Derivatives of rational with respect to x, a, b."""
    numerator = a * x**2 + b * x + 1
    denominator = 1 + x**4
    value = numerator / denominator
    value_1 = value - b / 3
    # return value**3
    d_value = 3 * value_1**2 * d_out
    # value = value - b / 3
    d_b = -d_value / 3
    # value = numerator / denominator
    d_numerator = d_value / denominator
    d_denominator = -value * d_numerator
    # denominator = 1 + x**4
    d_x = 4 * x**3 * d_denominator
    # numerator = a * x**2 + b * x + 1
    d_a = x**2 * d_numerator
    d_x += 2 * x * a * d_numerator + b * d_numerator
    d_b += x * d_numerator
    return d_x, d_a, d_b
