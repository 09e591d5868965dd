"""Programs of which a derivative was once wrong: with examples alone, and with lists that are given."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["BY_EXAMPLE", "LISTS"]

_A = np.array([0.6, -1.3, 0.9])
_B = np.array([-0.4, 0.8, 1.7])

LISTS: list[tuple[str, str, tuple[Any, ...]]] = [
    (
        "summed_and_taken_apart",
        """
        def f(x, y):
            t = sum(x) * max(x) - min(y) + math.dist(x, y) + x[0]
            for a, b in zip(x[:-1], y[1:]):
                t = t + a * b
            return t * np.sum(x) + np.dot(x, y)
        """,
        ([0.3, 0.5, -0.4], [1.2, -0.2, 0.7]),
    ),
    (
        "nested",
        """
        def f(x, y):
            t = 0.0
            for i in range(len(x)):
                for j in range(len(x)):
                    t += x[i] * y[i][j] * x[j]
            return t + sum(y[0]) + sum(y[0])
        """,
        ([0.3, -0.4], [[1.2, -0.2], [0.7, 0.1]]),
    ),
    (
        "several_names_of_a_list",
        """
        def f(x, y):
            z = x if len(x) > 2 else y
            t = 1.0
            for v in z:
                t = t * v
            for v in x:
                t = t + v
            return t * sum(x) + sum(x)
        """,
        ([0.3, -0.4, 1.2], [0.4, 0.2]),
    ),
    (
        "multiplied_by_an_array",
        """
        def f(x, y):
            y = np.array(y)
            return np.sum(x * y) + x[0] * (y * x)[1]
        """,
        ([0.3, -0.4], [0.4, 0.2]),
    ),
]
"""Programs for parameters of which nothing is told, and lists that are given for them."""


BY_EXAMPLE = [
    (
        "contributions_to_an_array_without_axes_that_is_written",
        """
        def h(u, v, w):
            if w > 0.25:
                v = np.array(w * 2.0)
            v[...] = np.sum(v)
            return (v + u) * v

        def f(x: np.ndarray, s: float):
            return h(np.full((3, 3), x[0]), np.ones(()) * s, s)
        """,
        (_A, 0.7),
    ),
    (
        "two_recursive_calls_that_write_into_both_arguments",
        """
        def mix(a, b, n):
            if n > 0:
                mix(b, a, n - 1)
                a[0] = b[0] * a[1]
                mix(a[::-1], b[::-1], n - 1)
                b += a * b

        def f(x: np.ndarray, y: np.ndarray):
            a, b = np.zeros(3), y * 1.0
            a[:] = x
            mix(a, b, 2)
            return a + 2.0 * b
        """,
        (_A, _B),
    ),
    (
        "functions_that_write_and_call_each_other",
        """
        def first(u, v, n):
            if n <= 0:
                u *= v[0]
            else:
                second(u, v, n - 1)

        def second(u, v, n):
            first(v, u, n - 1)

        def f(x, y, n):
            u, v = x.copy(), y.copy()
            first(u, v, n)
            return u.sum() * v.sum()
        """,
        (_A, _B, 4),
    ),
    (
        "what a helper makes is written, and its tangent is that of its argument",
        """
        def h(u):
            return u + 1.0
        def f(x):
            a = x * x
            b = h(a)
            b[0] = 2.0
            c = h(x)
            a[1] = c[1] * x[0]
            return np.sum(a * b * c)
        """,
        (_A,),
    ),
    (
        "a helper spreads a number that is written into",
        """
        def h(s):
            return s + np.zeros(3)
        def f(x):
            b = h(x)
            b[b > 0.9] = 2.0
            return np.sum(b * b) * x
        """,
        (0.7,),
    ),
    (
        "parts_that_broadcast_into_parts",
        """
        def f(a, b, n):
            c = np.concatenate((a, b, a))
            for i in range(n):
                m = len(a) - i
                c[1:m] += b[: m - 1] * a[i : i + 1]
                c[i : i + 1] = c[i : i + 1] * b[0] + a[m - 1 : m]
                c[m:] = c[m:] * b[i : i + 1] - c[0:1]
                c[m : m + 2] *= a[:1]
                t = c[i:m] * a[0:1] + b[i:m]
                c[i:m] = t
                c[i:m] = np.sin(b[:1]) * t + c[1:2]
            return c
        """,
        (_A, _B, 2),
    ),
    (
        "buffers_that_rotate",
        """
        def f(a, b, n):
            u, v, w = 1.0 * a, 1.0 * b, np.zeros_like(a)
            for i in range(n):
                w[1:] = u[1:] * v[:-1] + b[0]
                w[0] = u[-1] * w[1]
                if i == 1:
                    u, v = v, u
                else:
                    u, v, w = v, w, u
                x, y = v, u
                v = y + 0.5 * x
                u = y * x
            return u, v, w
        """,
        (_A, _B, 3),
    ),
    (
        "written_twice_and_read_between_or_not",
        """
        def f(a, b, n):
            c = a.copy()
            v = c[1:]
            e = np.zeros_like(a)
            for i in range(n):
                c *= b
                c += b * v[0]
                c *= c
                e *= c
                e += b
                e[...] = np.sin(e) * e[0]
                v *= e[1:]
                c[:] = np.cos(c)
                c[i] = 2 * b[i]
                c[i] = c[0] * b[i]
            e -= c
            e /= 2 + b * b
            return e, c, v
        """,
        (_A, _B, 2),
    ),
    (
        "result_that_is_put_back_in_a_helper",
        """
        def scaled(c, b):
            c *= b
            c += b
            c *= np.sin(c)
            return c

        def f(a, b):
            c = 1.0 * a
            d = scaled(c, b)
            c *= d[0]
            e = scaled(c, b)
            return e, c * 1.0
        """,
        (_A, _B),
    ),
    (
        "new_axes_by_name",
        """
        def f(a, b):
            c = a.copy()
            for i in range(2):
                c[i:, np.newaxis] += b[np.newaxis, i]
            return (c[:, np.newaxis] * b[np.newaxis]).sum(axis=0)
        """,
        (_A, _B),
    ),
    (
        "loops_over_literal_tuples",
        """
        def f(a, n):
            for k in (1, 2):
                a = np.sin(a) * k
            for _ in range(n):
                for k in (2, 3, 4):
                    for j, m in enumerate((1, 2)):
                        a = np.cos(0.2 * a * k) + 0.1 * m * a[j]
            return a
        """,
        (_A, 2),
    ),
    (
        "a number for all elements is added to",
        """
        def f(x):
            a = x * x
            s = (a * x).sum()
            t = a.sum()
            return s * t
        """,
        (_A,),
    ),
    (
        "matrix_of_a_diagonal_is_new",
        """
        def f(a, s):
            c = a.copy()
            B = np.diag(c)
            v = B[0]
            c *= s
            v += c
            return B * c
        """,
        (_A, 0.7),
    ),
    (
        "row_sums_by_einsum_are_new",
        """
        def f(A, s):
            B = 1.0 * A
            r = np.einsum("ij->i", B)
            v = B[0]
            v *= s
            r *= s
            return B * r
        """,
        (np.outer(_A, _B), 0.7),
    ),
    (
        "added_to_itself",
        """
        def f(a, b):
            c = np.sin(a)
            v = c[1:]
            c += c
            v *= b[0]
            v -= v
            v += v + b[1]
            return c
        """,
        (_A, _B),
    ),
    (
        "added_to_itself_before_a_loop_over_rows",
        """
        def g(M):
            for r in M:
                r *= r[0]

        def f(A):
            B = np.sin(A)
            B += B
            g(B)
            return B
        """,
        (np.outer(_A, _B),),
    ),
    (
        "mask_of_a_view_that_is_written",
        """
        def f(a, b):
            c = b.copy()
            for i in range(2):
                v = c[:]
                v[v > 0.2] -= a[i] * c[0]
            return c
        """,
        (_A, np.array([0.3, -0.8, 0.25])),
    ),
    (
        "copy_or_view_of_a_transposed_array",
        """
        def f(A, s):
            B = np.sin(A.T)
            v = B.ravel()
            v *= B[0, 0]
            v[0] = s
            B[1] = v[1:4] * s
            return B, v
        """,
        (np.outer(_A, _B), 0.7),
    ),
    (
        "copy_or_view_in_a_helper",
        """
        def g(B, s):
            v = B.ravel()
            v *= s
            v[2] = s * v[1]

        def f(A, s):
            B = np.sin(A.T)
            g(B, s)
            B[1] *= B[0, 0]
            C = A.T * s
            g(C, B[0, 0])
            g(C.T, B[0, 0])
            return B, C
        """,
        (np.outer(_A, _B), 0.7),
    ),
    (
        "slots_of_a_list_change_places",
        """
        def f(x, n):
            a = x * 2.0
            b = x * x
            slots = [a, b]
            for k in range(n):
                t = slots[0]
                slots[0] = slots[1]
                slots[1] = t
                t[0] = t[1] * slots[0][0]
            return (a * b).sum()
        """,
        (_A, 3),
    ),
    (
        "slot_of_a_list_is_replaced_in_each_trip",
        """
        def f(x, n):
            buffers = [x * 1.0, x * x]
            kept = buffers[0]
            for k in range(n):
                t = buffers[0]
                buffers[0] = buffers[1] * x
                t[0] = 3 * buffers[0][1]
                t[1] *= x[0]
            return buffers[0] * kept
        """,
        (_A, 3),
    ),
    (
        "helper_that_follows_pointers_calls_another",
        """
        def inner(t):
            t[0] = t[0] * t[1]

        def outer(a, n):
            for k in range(n):
                u = a[k:]
                if k > 0:
                    u = a
                inner(u)

        def f(x, n):
            a = x * x
            outer(a, n)
            return (a * x).sum()
        """,
        (_A, 2),
    ),
    (
        "helpers_that_follow_pointers_call_each_other",
        """
        def even(a, n):
            t = a
            if n > 1:
                t = a[1:]
            t[0] = t[0] * t[1]
            if n > 0:
                odd(t, n - 1)

        def odd(a, n):
            a[0] = a[1] * a[0]
            if n > 0:
                even(a, n - 1)

        def f(x, n):
            a = x * x
            even(a, n)
            return (a * x).sum()
        """,
        (_A, 2),
    ),
    (
        "list_of_what_a_helper_writes_in_an_endless_loop",
        """
        def grow(y, s):
            y[0] *= s
            y += s

        def f(y: np.ndarray, s: float, n: int):
            y = y * s
            k = 0
            while True:
                k += 1
                grow(y, s)
                if k >= n:
                    return [y, s * y[1]]
                s = s * y[0]
        """,
        (_A, 1.2, 2),
    ),
    (
        "writes_into_an_array_of_a_list_of_one_array",
        """
        def f(x: np.ndarray):
            u = np.asarray([x, x])
            w = u[1]
            w[0] = x[0] * x[1]
            return u.sum()
        """,
        (_A,),
    ),
    (
        "writes_into_what_is_made_of_lists_of_arrays",
        """
        def f(x: np.ndarray, y: np.ndarray, s: float):
            u = np.transpose((x, y))
            t = u[1]
            for i in range(2):
                t[i] *= u[0, 0] * s
                y *= u[:, 1]
                if t[0] > 2:
                    break
            v = np.ravel([x, y])
            w = v[1:4]
            w *= s
            x[0] = v[3]
            return u, v * v, x
        """,
        (_A, _B, 0.7),
    ),
    (
        "joined_arrays_that_have_to_be_equally_long",
        """
        def f(A: np.ndarray, x: np.ndarray):
            for i in range(3):
                t = np.stack([A[0], A[::-1, i % 2], x], axis=1)
                kept = [t, A]
                v = t[1:]
                v[0] *= 2
                A[i] = t[i, 0] + t.sum(axis=1)
                if A[i, 0] > 3:
                    break
            joined = np.concatenate((A[:, ::2], A[::-1]), axis=1)
            part = joined[:2]
            part[0] *= kept[0][0, 0]
            return A, joined
        """,
        (_A[:, None] * _B, _A),
    ),
    (
        "arithmetic_with_lists_of_numbers_under_two_names",
        """
        def f(x: np.ndarray, y: np.ndarray, s: float):
            x = x + [0.9, s, s * s]
            v = np.expand_dims(x, 0)
            for i in range(2):
                z = (s, y[0], 1.0) / x
                w = z[::2]
                w *= s
                if z[0] > 5:
                    break
                x += z
            if s > 0.5:
                v[0, 1] = y[2]
            return x * y
        """,
        (_B, _A, 0.7),
    ),
    (
        "what_is_stored_has_more_axes_than_its_place",
        """
        def f(x: np.ndarray, W: np.ndarray, s: float):
            H = np.zeros((3, 3))
            for t in range(2):
                H[t] = np.tanh(x[None] @ W) * s
            H[2, 1:] = W[None, None, 1, :2]
            H[:1, 0] = np.array([[s]])
            H[x > 0] += H[None, 0] * x
            return H
        """,
        (_A, np.outer(_A, _B) + np.eye(3), 0.7),
    ),
]
"""Those that are accepted with examples alone."""
