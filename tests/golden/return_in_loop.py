"""A return inside a loop."""


def first_crossing(x: float, rate: float, steps):
    position = x
    for step in range(steps):
        previous = position
        position = position + rate * position
        if position > 2:
            return step + (2 - previous) / (position - previous)
    return position


# ---- gradient of first_crossing, wrt x, rate -----------------------------------------------------
# at: first_crossing(0.8, 0.3, 20)
# at: first_crossing(0.8, 0.3, 2)
# at: first_crossing(0.8, 0.3, 0)
