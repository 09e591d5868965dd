"""A function that captures variables is passed on: what it is passed to stands in the place of the call."""

import math


def trapezoids(f, a, b, n):
    h = (b - a) / n
    total = (f(a) + f(b)) / 2
    for k in range(1, n):
        total += f(a + k * h)
    return h * total


def damped_integral(rate: float, lower: float, upper: float, n: int):
    def wave(t):
        return math.exp(-rate * t) * math.cos(t)

    return trapezoids(wave, lower, upper, n)


# ---- gradient of damped_integral, wrt rate, upper --------------------------------------------------
# at: damped_integral(0.3, 0.1, 1.2, 4)
# at: damped_integral(1.3, -0.4, 2.0, 1)
import math


def damped_integral_grad(rate: float, lower: float, upper: float, n: int, d_out=1.0):
    """Derivatives of damped_integral with respect to rate, upper."""
    h = (upper - lower) / n
    wave_lower, saved_wave = wave_forward_1(lower, rate)
    wave_upper, saved_wave_1 = wave_forward(upper, rate)
    total = (wave_lower + wave_upper) / 2
    saved_wave_2 = []
    for k in range(1, n):
        wave_total, saved_wave_3 = wave_forward(lower + k * h, rate)
        total = total + wave_total
        saved_wave_2.append(saved_wave_3)
    # return h * total
    d_h = total * d_out
    d_total = h * d_out
    d_rate = 0.0
    for k in range(n - 1, 0, -1):
        saved_wave_3 = saved_wave_2.pop()
        # total += f(a + k * h)
        d_t, d_rate_1 = wave_backward(saved_wave_3, d_total)
        d_rate += d_rate_1
        d_h += k * d_t
    # total = (f(a) + f(b)) / 2
    d_num = d_total / 2
    d_t, d_rate_1 = wave_backward(saved_wave_1, d_num)
    d_upper = d_t
    d_rate += d_rate_1 + wave_backward_1(saved_wave, d_num)
    # h = (b - a) / n
    d_upper = d_upper + d_h / n
    return d_rate, d_upper


def wave_forward(t, rate):
    """Value of wave, and what wave_backward needs of it."""
    exp_product = math.exp(-rate * t)
    cos_t = math.cos(t)
    return exp_product * cos_t, (t, rate, exp_product, cos_t)


def wave_backward(saved, d_out):
    """Derivatives of wave with respect to t, rate."""
    t_1, rate, exp_product, cos_t = saved
    # return math.exp(-rate * t) * math.cos(t)
    d_product = exp_product * cos_t * d_out
    d_rate = -t_1 * d_product
    d_t = -rate * d_product - math.sin(t_1) * exp_product * d_out
    return d_t, d_rate


def wave_forward_1(t, rate):
    """Value of wave, and what wave_backward_1 needs of it."""
    exp_product = math.exp(-rate * t)
    cos_t = math.cos(t)
    return exp_product * cos_t, (t, exp_product, cos_t)


def wave_backward_1(saved, d_out):
    """Derivative of wave with respect to rate."""
    t_1, exp_product, cos_t = saved
    return -t_1 * exp_product * cos_t * d_out
