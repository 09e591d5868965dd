"""Programs of which a derivative was once wrong, and that are refused since."""

from __future__ import annotations

__all__ = ["REFUSED"]

REFUSED = (
    (
        "array_perhaps_without_axes_that_is_augmented_and_stored_into",
        """
        def same(a):
            return a

        def f(y, v):
            z = same(y)
            z += v
            z[...] = z * v
            return z
        """,
        "it isn't known whether this changes an array, whose items are assigned later",
    ),
    (
        "function_that_is_returned",
        """
        def f(x, y):
            return lambda s: s * x + y
        """,
        "a function that captures what carries a derivative leaves",
    ),
    (
        "default_named_like_what_it_captures",
        """
        def f(x, y):
            scale = y
            g = lambda s, scale=scale: s * scale
            return g(x)
        """,
        "has a default that is no literal",
    ),
    (
        "calls_whose_kinds_grow",
        """
        def deep(x, y):
            if x[0] > 0:
                return deep([x], y) + deep((x, y), y)
            return deep([y], x)

        def f(x, y):
            return deep(x, y)
        """,
        "never settle",
    ),
    (
        "array_that_is_floored_in_place",
        """
        def f(a: np.ndarray, b: np.ndarray):
            c = a.copy()
            v = c[1:]
            c //= 0.3
            return v * b[0]
        """,
        "this augmented assignment of an array isn't differentiated",
    ),
    (
        "diagonal_by_einsum_is_a_view",
        """
        def f(x: np.ndarray, s: float):
            A = np.outer(x, x)
            d = np.einsum("ii->i", A)
            A[0, 0] = s
            return d * x
        """,
        "which isn't differentiated yet",
    ),
    (
        "argument_that_a_helper_of_a_helper_may_change",
        """
        def g(v, w):
            v += w * w

        def h(v, w):
            g(v, w)
            return v * 2.0

        def f(A: np.ndarray, s: float):
            if h(A[1], s)[0] > 0:
                return A[0] * s
            return A[0]
        """,
        "h changes its argument v if that is an array, and only then",
    ),
    (
        "list_that_grows_while_it_is_looped_over",
        """
        def f(x: float, w: float, n: int):
            items = [x]
            total = 0.0
            for value in items:
                total += value * w
                if len(items) < n:
                    items.append(value * w)
            return total
        """,
        "what this loop runs over carries a derivative",
    ),
    (
        "axes_of_einsum_in_lists_are_no_out",
        """
        def f(a: np.ndarray, b: np.ndarray):
            return np.einsum(a, [0, 1], b, [1, 2], [0, 2])
        """,
        "np.einsum is differentiated with its axes in a text, and a isn't known to be one",
    ),
    (
        "einsum_of_three",
        """
        def f(a: np.ndarray, b: np.ndarray):
            return np.einsum("ij,jk,kl->il", a, b, a)
        """,
        "np.einsum is known with: subscripts, a; or with: subscripts, a, b. Call it like this",
    ),
    (
        "axes_of_einsum_in_lists_are_no_operands",
        """
        def f(a: np.ndarray):
            return np.einsum(a, [0, 1], [1, 0])
        """,
        "np.einsum is differentiated with its axes in a text, and a isn't known to be one",
    ),
    (
        "a_number_is_not_written_by_a_method",
        """
        def f(s: float):
            numerator, denominator = s.as_integer_ratio()
            return numerator / denominator * s
        """,
        "the method s.as_integer_ratio has no derivative rule",
    ),
    (
        "what_a_ufunc_reduces_is_not_written",
        """
        def f(s, t):
            return np.logaddexp.reduce([s, t])
        """,
        "np.logaddexp.reduce has no derivative rule",
    ),
)
