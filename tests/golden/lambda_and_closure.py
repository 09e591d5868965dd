"""A lambda and an inner function read variables of the function around them."""

import math


def with_inner(x: float, y: float):
    square = lambda t: t * t * y

    def shifted(t, by=2.0):
        return math.sin(t + by * x)

    return shifted(square(x)) + shifted(y, by=0.5)


# ---- gradient of with_inner, wrt x, y ------------------------------------------------------------
# at: with_inner(0.7, 0.4)
# at: with_inner(-0.2, 1.4)
import math


def with_inner_grad(x: float, y: float, d_out=1.0):
    """Derivatives of with_inner with respect to x, y."""
    square_x, saved_lambda = lambda_forward(x, y)
    _, saved_shifted = shifted_forward(square_x, 2.0, x)
    _, saved_shifted_1 = shifted_forward(y, 0.5, x)
    # return shifted(square(x)) + shifted(y, by=0.5)
    d_t, d_x = shifted_backward(saved_shifted_1, d_out)
    d_t_1, d_x_1 = shifted_backward(saved_shifted, d_out)
    d_t_1, d_y = lambda_backward(saved_lambda, d_t_1)
    d_x = d_t_1 + d_x + d_x_1
    d_y = d_t + d_y
    return d_x, d_y


def shifted_forward(t, by, x):
    """Value of shifted, and what shifted_backward needs of it."""
    return math.sin(t + by * x), (t, by, x)


def shifted_backward(saved, d_out):
    """Derivatives of shifted with respect to t, x."""
    t_1, by_1, x = saved
    # return math.sin(t + by * x)
    d_t = math.cos(t_1 + by_1 * x) * d_out
    d_x = by_1 * d_t
    return d_t, d_x


def lambda_forward(t, y):
    """Value of lambda_, and what lambda_backward needs of it."""
    return t * t * y, (t, y)


def lambda_backward(saved, d_out):
    """Derivatives of lambda_ with respect to t, y."""
    t_1, y = saved
    # t * t * y
    d_t = 2 * t_1 * y * d_out
    d_y = t_1 * t_1 * d_out
    return d_t, d_y
