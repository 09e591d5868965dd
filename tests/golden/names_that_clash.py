"""The user's own names are those that a derivative would have liked."""


def f(d_x: float, d_out: float, saved: float):
    out = d_x * d_out
    for d_saved in range(3):
        out = out * saved + d_saved
    return out * d_x


# ---- gradient of f, wrt d_x, d_out, saved --------------------------------------------------------
# at: f(0.7, 0.4, 1.2)
# at: f(-0.7, 1.4, 0.2)
