"""match is a row of tests; of what is tried it is asked whether it raises."""

import math


def branch(x: float, kind: str):
    match kind:
        case "log" | "ln":
            try:
                return math.log(x)
            except ValueError:
                return x - 1
        case "square":
            return x * x
        case _:
            raise ValueError(kind)


# ---- gradient of branch, wrt x ---------------------------------------------------------------------
# at: branch(0.7, "ln")
# at: branch(-0.7, "log")
# at: branch(1.7, "square")
import math


def branch_grad(x: float, kind: str, d_out=1.0):
    """Derivative of branch with respect to x."""
    if kind == "log" or kind == "ln":
        if raised(lambda: math.log(x), ValueError):
            # return x - 1
            d_x = d_out
        else:
            # return math.log(x)
            d_x = d_out / x
    elif kind == "square":
        # return x * x
        d_x = 2 * x * d_out
    else:
        raise ValueError(kind)
    return d_x


def raised(function, *kinds, others=()):
    """Whether a function raises an exception of one of these kinds; it may raise others."""
    try:
        function()
    except kinds:
        return True
    except others:
        return False
    return False
