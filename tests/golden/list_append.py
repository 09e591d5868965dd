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
