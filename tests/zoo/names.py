"""Users' names that a generator of derivatives would like to have for itself."""

import math

import numpy as np

from tests.zoo.case import Case


def user_d_x(x: float, d_x: float):
    """A spacing called d_x."""
    return x * x / d_x + math.sin(d_x)


def user_d_out(x, d_out: float):
    y = x * d_out
    return y * y + d_out


def user_out(out: float, x: float):
    out = out * x
    d_y = out + x
    return out * d_y


def user_saved(x: float, n: int):
    saved_x = 1.0
    saved = []
    for _ in range(n):
        saved_x = saved_x * x
        saved.append(saved_x)
        x = math.sin(x) + 0.5
    return saved_x * x + len(saved)


def user_helper_name(x: np.ndarray, unbroadcast: float):
    d_new = x * unbroadcast
    return np.sum(d_new**2) * unbroadcast


def sin(x):
    """Not the sine: the user's own."""
    return x * x * x


def exp(x, n):
    total = 1.0
    for k in range(n, 0, -1):
        total = 1 + x * total / k
    return total


def shadowed_functions(x: float):
    return sin(x) + math.sin(x) * exp(x, 5)


def shadowed_builtins(x: float, max: float):
    sum = x * max
    range_ = sum - x
    return sum * range_


def underscore_names(_x: float, x_: float, _: float):
    __y = _x * x_
    for _ in range(3):
        __y = __y + x_ * _
    return __y * _x


def user_temporaries(t: float, t0: float, t1: float, tmp: float):
    t2 = t * t0
    t3 = t2 + t1 * t
    _t = t3 * tmp
    return t3 * _t / (t2 * t2 + 1)


def user_d_names_in_loop(x: float, dx: float, n: int):
    d_total = 0.0
    total = 0.0
    for i in range(n):
        d_i = x + i * dx
        total += d_i * d_i * dx
        d_total += d_i
    return total * d_total


def f_grad(x: float, f_backward: float):
    f = x * f_backward
    return f * f - x


def grüße(größe: float, λ: float):
    """Names need not be ASCII."""
    Δ = größe * λ
    return Δ * Δ + λ


def long_names(
    concentration_of_the_first_reactant: float,
    concentration_of_the_second_reactant: float,
    temperature_dependent_reaction_rate: float,
):
    reaction_speed = (
        temperature_dependent_reaction_rate
        * concentration_of_the_first_reactant
        * concentration_of_the_second_reactant**2
    )
    remaining_amount = concentration_of_the_first_reactant - reaction_speed / (1 + reaction_speed)
    return remaining_amount * reaction_speed + concentration_of_the_second_reactant


_4 = np.array([0.4, -1.2, 0.7, 1.9])

CASES = (
    Case(user_d_x, ((0.7, 0.3), (-1.2, 0.5))),
    Case(user_d_out, ((0.7, 0.3), (-1.2, 0.5))),
    Case(user_out, ((0.7, 0.3), (-1.2, 0.5))),
    Case(user_saved, ((0.7, 0), (0.7, 1), (-1.2, 4))),
    Case(user_helper_name, ((_4, 0.3), (_4[:1], 0.5))),
    Case(shadowed_functions, ((0.7,), (-1.2,))),
    Case(shadowed_builtins, ((0.7, 0.3), (-1.2, 0.5))),
    Case(underscore_names, ((0.7, 0.3, 1.0), (-1.2, 0.5, 2.0)), wrt=("_x", "x_")),
    Case(user_temporaries, ((0.7, 0.3, -0.4, 1.1), (-1.2, 0.5, 0.8, 0.6))),
    Case(user_d_names_in_loop, ((0.7, 0.3, 0), (0.7, 0.3, 1), (-1.2, 0.5, 4))),
    Case(f_grad, ((0.7, 0.3), (-1.2, 0.5))),
    Case(grüße, ((0.7, 0.3), (-1.2, 0.5))),
    Case(long_names, ((0.7, 0.3, 1.4), (1.2, 0.5, 0.6))),
)
