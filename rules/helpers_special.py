"""Helpers for special functions. See `helpers`."""

import math


def polygamma(n, x):
    """The derivative n of the digamma function at x: Abramowitz & Stegun 6.4.6, .7, .11."""
    sign = -1 if n % 2 else 1
    if x < -20:
        c, powers = 1 / math.tan(math.pi * (x % 1)), [0.0, math.pi]
        for _ in range(n):
            slopes = [-math.pi * k * p for k, p in enumerate(powers)]
            lower, higher = [*slopes[1:], 0.0, 0.0], [0.0, *slopes]
            powers = [m + n for m, n in zip(lower, higher)]
        cotangent = sum(p * c**k for k, p in enumerate(powers))
        return sign * polygamma(n, 1 - x) - cotangent
    total = 0.0
    while x < 20:
        total -= sign * math.factorial(n) / x ** (n + 1)
        x += 1
    series = -math.log(x) if n == 0 else math.factorial(n - 1) / x**n
    series += math.factorial(n) / (2 * x ** (n + 1))
    for k, bernoulli in enumerate(
        (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510), 1
    ):
        terms = math.factorial(2 * k + n - 1) / math.factorial(2 * k)
        series += bernoulli * terms / x ** (2 * k + n)
    return total - sign * series


def raised(function, *kinds, others=()):
    """Whether a function raises an exception of one of these kinds; it may raise others."""
    try:
        function()
    except kinds:
        return True
    except others:
        return False
    return False
