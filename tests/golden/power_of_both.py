"""Base and exponent are differentiated."""


def power(base: float, exponent: float):
    return base**exponent


# ---- gradient of power, wrt base, exponent -------------------------------------------------------
# at: power(1.7, 2.3)
# at: power(0.4, -1.2)
