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
def first_crossing_grad(x: float, rate: float, steps, d_out=1.0):
    """Derivatives of first_crossing with respect to x, rate."""
    position = x
    returned = False
    saved_position = []
    saved = []
    saved_test = []
    for step in range(steps):
        saved_position.append(position)
        previous = position
        position = position + rate * position
        test = position > 2
        saved_test.append(test)
        if test:
            den = position - previous
            ratio = (2 - previous) / den
            returned = True
            saved.append((den, ratio))
            break
    if not returned:
        # return position
        d_position = d_out
    else:
        d_position = 0.0
    d_rate = 0.0
    while saved_test:
        test = saved_test.pop()
        if test:
            den, ratio = saved.pop()
            # return step + (2 - previous) / (position - previous)
            d_num = d_out / den
            d_den = -ratio * d_num
            d_previous = -d_num - d_den
            d_position_1 = d_den
        else:
            d_position_1 = 0.0
            d_previous = 0.0
        # position = position + rate * position
        d_position_1 = d_position_1 + d_position
        position = saved_position.pop()
        d_rate += position * d_position_1
        d_position = d_position_1 + rate * d_position_1
        # previous = position
        d_position += d_previous
    return d_position, d_rate
