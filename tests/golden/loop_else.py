"""The else of a loop runs where no break did."""


def search(x: float, levels: list):
    value = x
    for level in levels:
        if value * x > level:
            value = value - level
            break
        value = value * 1.5
    else:
        value = value * x * x
    return value


# ---- gradient of search, wrt x -------------------------------------------------------------------
# at: search(0.9, [1.0, 1.1, 1.2])
# at: search(0.2, [1.0, 1.1, 1.2])
# at: search(2.0, [])
