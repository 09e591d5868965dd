"""A range that counts down by two, and its variable after the loop."""


def countdown(x: float, n):
    total = 1.0
    k = 0
    for k in range(n, 0, -2):
        total = 1 + total * x / k
    return total + k * x


# ---- gradient of countdown, wrt x ----------------------------------------------------------------
# at: countdown(0.8, 5)
# at: countdown(0.8, 4)
# at: countdown(0.8, 0)
