"""The user's own names are those that a derivative would have liked."""


def f(d_x: float, d_out: float, saved: float):
    out = d_x * d_out
    for d_saved in range(3):
        out = out * saved + d_saved
    return out * d_x


# ---- gradient of f, wrt d_x, d_out, saved --------------------------------------------------------
# at: f(0.7, 0.4, 1.2)
# at: f(-0.7, 1.4, 0.2)
def f_grad(d_x: float, d_out: float, saved: float, d_out_1=1.0):
    """Derivatives of f with respect to d_x, d_out, saved."""
    out = d_x * d_out
    saved_out = []
    for d_saved in range(3):
        saved_out.append(out)
        out = out * saved + d_saved
    # return out * d_x
    d_out_2 = d_x * d_out_1
    d_d_x = out * d_out_1
    d_saved_1 = 0.0
    for d_saved in range(3):
        out = saved_out.pop()
        # out = out * saved + d_saved
        d_saved_1 += out * d_out_2
        d_out_2 = saved * d_out_2
    # out = d_x * d_out
    d_d_x += d_out * d_out_2
    d_d_out = d_x * d_out_2
    return d_d_x, d_d_out, d_saved_1
