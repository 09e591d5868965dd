"""A list that grows in a loop, and is read from its end."""


def trajectory(x: float, rate: float, n: int):
    states = [x]
    for _ in range(n):
        states.append(states[-1] * (1 - rate * states[-1]))
    total = 0.0
    for state in states:
        total += state * state
    return total


# ---- gradient of trajectory, wrt x, rate ---------------------------------------------------------
# at: trajectory(0.7, 0.4, 3)
# at: trajectory(0.7, 0.4, 0)
def trajectory_grad(x: float, rate: float, n: int, d_out=1.0):
    """Derivatives of trajectory with respect to x, rate."""
    states = [x]
    for _ in range(n):
        states.append(states[-1] * (1 - rate * states[-1]))
    d_states = [0.0] * len(states)
    # return total
    d_total = d_out
    for k in range(len(states) - 1, -1, -1):
        state = states[k]
        # total += state * state
        d_state = 2 * state * d_total
        # for state in states
        d_states[k] += d_state
    d_rate = 0.0
    for _ in range(n):
        states.pop()
        d_item = d_states.pop()
        # states.append(states[-1] * (1 - rate * states[-1]))
        d_product = -states[-1] * d_item
        d_states[-1] += (1 - rate * states[-1]) * d_item + rate * d_product
        d_rate += states[-1] * d_product
    # states = [x]
    d_x = d_states[0]
    return d_x, d_rate
