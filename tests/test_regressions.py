"""Programs of which a derivative was once wrong, or failed where the program itself returns.

Random programs found them; each is as short as it could be made. All are differentiated with
respect to every parameter that is given as a real number or an array of them, and checked as the
zoo is: raw and simplified, forward and in reverse, without and with examples of the arguments.
"""

from __future__ import annotations

import inspect
import linecache
import math
import textwrap
import tracemalloc
from typing import Any

import numpy as np
import pytest

from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.differentiating import check_gradient, check_tangent
from tests.fuzz.found import FOUND
from tests.fuzz.verdicts import checked
from tests.running import same
from tests.zoo import Case

_A = np.array([0.6, -1.3, 0.9])
_B = np.array([-0.4, 0.8, 1.7])

PROGRAMS: list[tuple[str, str, tuple[tuple[Any, ...], ...]]] = [
    (
        "mask_of_what_is_written",
        """
        def f(b: np.ndarray, s: float, n: int):
            c = 1.0 * b
            for i in range(n):
                c[c > 0.2] *= s
                c[c < 0.1] = s * c[i]
            return c
        """,
        ((_A, 0.2, 2), (_B, 0.1, 3)),
    ),
    (
        "store_into_what_was_inactive",
        """
        def f(b, y, i):
            c = 1.0 * b
            c[i] = y
            return c
        """,
        ((_A, 0.7, 1), (_A, 0.7, -1)),
    ),
    (
        "parts_of_a_product_with_one",
        """
        def f(a: np.ndarray):
            e = a * 1.0
            e[1] = 0
            return e * 1
        """,
        ((_A,), (_B,)),
    ),
    (
        "update_of_a_product_with_one",
        """
        def f(a: np.ndarray):
            b = 1.0 * a
            b += b
            return b
        """,
        ((_A,), (_B,)),
    ),
    (
        "value_that_a_loop_binds_again",
        """
        def f(a, t, n):
            for _ in range(n):
                b = a
                b, t = b
            return t
        """,
        ((_A[:2], 0.5, 3), (_A[:2], 0.5, 1), (_A[:2], 0.5, 0)),
    ),
    (
        "value_that_is_written_back",
        """
        def f(a, t):
            c = a.copy()
            c[0] = t
            for _ in range(2):
                c[1] += c[0] * c[2]
                c[0] *= c[1]
            return c, c[0]
        """,
        ((_A, 0.5), (_B, -0.3)),
    ),
    (
        "returned_from_two_depths",
        """
        def f(x: float, n: int):
            if n % 2 == 1:
                if x < 0.0:
                    return 1 + x**2, 2 * x
            return x, 3 * x
        """,
        ((0.7, 1), (-0.7, 1), (0.7, 2)),
    ),
    (
        "returned_in_a_loop_after_a_guard",
        """
        def f(x: float, t: float, n: int):
            if t > 0:
                if x > 0.1:
                    return t * t
            for _ in range(n):
                x = math.sin(x) + t
                if x > 0.5:
                    return x * t
            return x
        """,
        ((0.4, 0.3, 2), (-0.4, 0.3, 3), (0.4, -0.3, 3), (0.4, -0.3, 0)),
    ),
    (
        "larger_of_an_integer_and_a_number",
        """
        def f(x, y, k):
            return max(-k, x) * y + min(3, y, k) + max([x, -2, k - 5])
        """,
        ((0.4, 0.7, 3), (-1.4, 2.5, 1), (-2.5, 3.5, 3)),
    ),
    (
        "signs_of_numbers_of_numpy",
        """
        def f(x: float, y: float):
            return math.copysign(x, y) + math.fabs(x) * y
        """,
        ((np.float64(0.4), np.float64(-0.7)), (np.float64(-0.4), 0.7), (-0.4, -0.3)),
    ),
    (
        "stores_at_places_named_twice",
        """
        def f(a: np.ndarray, x, k):
            b = np.sin(a * x)
            b[[0, 0]] += a[[1, 2]]
            b[[-1, 2, k]] = b[[1, 0, 1]] * a
            b[[k, 0]] *= x
            b[np.arange(3)] *= a
            return b
        """,
        ((_A, 0.7, 0), (_A, 0.7, 1)),
    ),
    (
        "elements_of_a_mask_are_scaled",
        """
        def f(a: np.ndarray, x):
            b = np.sin(a * x)
            b[a > 0] *= x
            return b * a
        """,
        ((_A, 0.7), (_B, -0.6)),
    ),
    (
        "records_of_a_loop_on_one_branch_of_a_helper",
        """
        def helper(x, y, n):
            if y > 0.2:
                for _ in range(n):
                    x = math.sin(x) * y
                    if x < 0.1:
                        return x * x
            return x

        def f(x: float, y: float, n: int):
            return helper(x, y, n) * y
        """,
        ((0.6, 0.1, 2), (0.6, 0.9, 3), (-0.6, 0.9, 3), (0.6, 0.9, 0)),
    ),
    (
        "list_that_grows_on_one_branch",
        """
        def f(x: float, y: float, n: int):
            for _ in range(n):
                items = [y]
                if y > 0:
                    items.append(1.0)
                    y = y * x
                    items.append(y)
                else:
                    y = sum(items) * x
                x = x - y
            return y
        """,
        ((0.6, 0.4, 4), (-0.6, 0.4, 3), (0.6, -0.4, 1), (0.6, -0.4, 0)),
    ),
    (
        "result_of_a_helper_that_is_written_back",
        """
        def g(a: np.ndarray):
            c = np.zeros(3)
            c[0] = a[0] * a[1]
            c[1] = c[0] * c[0]
            c[1] = c[1] * c[1]
            return c

        def f(a: np.ndarray):
            first = g(a)
            second = g(first + a)
            return first, second
        """,
        ((_A,), (_B,)),
    ),
    (
        "result_of_a_helper_that_is_written_into",
        """
        def g(x):
            c = np.zeros(3)
            c[0] = x * x
            c[1] = c[0] * c[0]
            c[2] = c[1] * c[0] * c[1]
            return c

        def f(x: float, y: float):
            h = g(x)
            h[0] = 3.0 * y
            h[1] = h[0] * h[1]
            return h.sum() * h[2]
        """,
        ((0.9, 0.4), (-0.8, 1.4)),
    ),
    (
        "array_of_each_trip_is_written_back",
        """
        def f(x: float, y: float, n: int):
            total = 0.0
            for _ in range(n):
                c = np.zeros(3)
                c[0] = x * y
                c[1] = c[0] * x
                c[2] = c[1] * c[0]
                c[1] = c[2] * c[1]
                total += c.sum() * c[1]
                x = total * 0.3
            return total
        """,
        ((0.9, 0.4, 3), (0.9, 1.4, 1), (0.9, 1.4, 0)),
    ),
    (
        "numbers_that_become_arrays",
        """
        def f(x: float, y: float, z: float):
            return np.reshape(x, -1), np.transpose(y), np.array(z)
        """,
        ((0.9, 0.4, -0.3),),
    ),
    (
        "swapped_before_a_branch",
        """
        def f(u: float, c: float, n: int):
            for _ in range(n):
                u, c = c, u
                if c > 0:
                    u = -u
                else:
                    u = 1.0
            return u * c + c
        """,
        ((0.9, 0.4, 1), (-0.9, 0.4, 2), (0.5, -0.4, 3)),
    ),
    (
        "methods_of_numbers_of_numpy",
        """
        def f(x, y):
            a = np.sin(x * y)
            b = np.where(x > 0, x * y, y)
            t = a.sum() + a.max() * a.T + b.min() + b.ravel().prod() + a.copy() + a.reshape(1).sum()
            return t + a[None] * x + a[...]
        """,
        ((np.float64(0.4), np.float64(0.7)), (np.float64(-0.4), np.float64(0.3))),
    ),
    (
        "numbers_of_numpy_along_an_axis",
        """
        def f(x, y):
            t = np.sum(x * y, axis=0) + np.max(x, axis=0) + np.prod(y, axis=-1)
            return t + x.min(axis=0) * (x * y).sum(axis=-1, keepdims=True)
        """,
        ((np.float64(0.4), np.float64(0.7)), (np.float64(-0.4), np.float64(0.3))),
    ),
    (
        "rows_of_a_matrix_joined",
        """
        def f(A: np.ndarray):
            return np.concatenate(A) @ np.concatenate(A) + np.hstack(A).sum() + np.vstack(A).sum()
        """,
        ((np.outer(_A, _B),), (np.outer(_A[:1], _B),)),
    ),
    (
        "results_of_operations_unpacked",
        """
        def f(a, x):
            u, v, w = a * x
            m, n, k = np.sort(a)
            p, q, r = np.outer(a, a)[0]
            (s, _), z = a[:2] + x, x
            return u * v + w * m - n * k + p * q + r * s * z
        """,
        ((_A, 0.7), (_B, -0.4)),
    ),
    (
        "list_of_constants_that_are_replaced",
        """
        def f(x: float, n: int):
            row = [1.0] * (n + 1)
            for i in range(1, n + 1):
                row[i] = row[i - 1] * x + row[0]
            pair = [None] * 2
            pair[0] = x
            pair[1] = x * x
            return sum(row) * pair[1] + pair[0]
        """,
        ((0.3, 3), (0.3, 1), (-0.7, 0)),
    ),
    (
        "slices_of_lists",
        """
        def f(x: float, y: float, n: int):
            items = [x, y, x * y]
            for i in range(n):
                items.append(items[-1] * y)
                y = sum(items[i : i + 2]) * x
            return sum(items[1:]) * sum(items[::-2]) + sum(items[9:])
        """,
        ((0.3, 0.4, 3), (0.3, 0.4, 1), (-0.7, 0.2, 0)),
    ),
    (
        "names_of_builtins",
        """
        def f(x, range, zip):
            for i, v in enumerate(x):
                range = range * v + i
                while range > 2:
                    range = range * zip
            len, min = range, zip
            for v in reversed(x):
                len += v * min
            return len
        """,
        ((_A, 0.4, 0.5), (_B, 3.0, 0.3)),
    ),
    (
        "one_array_under_several_names",
        """
        def f(x: np.ndarray, n: int):
            y = x.copy()
            s = 0.0
            for k in range(n):
                y *= x
                s += np.sum(np.cos(y))
                y += s * x
                z = y
                y = np.sin(y)
                y -= z
                if k % 2 == 0:
                    y *= z
                    s += y[0] * z[1]
                z += y
                s += np.sum(z * y)
            return s + np.sum(y)
        """,
        ((_A, 2), (_B, 1), (_B, 0)),
    ),
    (
        "buffer_that_is_read_while_it_is_filled",
        """
        def f(x: np.ndarray, n: int):
            out = 0.0
            y = np.cos(x)
            for _ in range(n):
                b = np.zeros(len(x))
                for i in range(len(x)):
                    b[i] = x[i] * b[i - 1] + y[i]
                    b[i - 1] += 0.1 * np.sin(b[i])
                    out += b[i - 1] * b[i]
                c = b
                c[0] = b[1] * x[0]
                y = b
                y[1] = np.cos(c[0]) + b[2]
                out += y[0] * y[1]
            return out + np.sum(y)
        """,
        ((_A, 2), (_B, 1), (_B, 0)),
    ),
    (
        "what_a_helper_has_returned_is_written",
        """
        def running(x: np.ndarray):
            y = np.ones(len(x))
            y[0] = x[0]
            for i in range(1, len(x)):
                y[i] = y[i - 1] * x[i]
            return y

        def f(x: np.ndarray, n: int):
            total = 0.3
            for k in range(n):
                z = running(x * total + 0.1 * k)
                w = z * z
                z[0] = x[1] ** 2
                z[1:] *= w[:-1]
                total += np.sin((z * w).sum())
            return total
        """,
        ((_A, 2), (_B, 1), (_B, 0)),
    ),
    (
        "popped_lists_that_are_changed",
        """
        def f(x: float, n: int):
            nested = []
            for k in range(n):
                inner = [x * k, x]
                nested.append(inner)
            s = 0.0
            for k in range(n):
                last = nested.pop()
                last[0] = last[1] * last[0] + x
                last.append(x * last[0])
                s += last[-1] * last[0]
            return s
        """,
        ((0.6, 3), (-0.7, 0)),
    ),
    (
        "popped_arrays_that_are_changed",
        """
        def f(x: np.ndarray, n: int):
            nested = []
            for k in range(n):
                nested.append(x * (k + 1))
            while len(nested) > 1:
                last = nested.pop()
                last[0] = last[1] * last[0]
                other = nested.pop()
                other[1:] += last[:-1] * x[1:]
                nested.append(other * last)
                other[0] = 7.0 * last[1]
                last[1] = other[0]
            return np.sum(nested[0])
        """,
        ((_A, 3), (_B, 1), (_B, 4)),
    ),
    (
        "list_that_is_assigned_to_and_made_anew",
        """
        def f(x: float, n: int):
            v = [x, x * 2, 1.0]
            s = 0.0
            for k in range(n):
                v[k % 3] = v[0] * x + math.sin(v[2])
                if k % 2 == 1:
                    v = [v[1], x, v[0] * v[2]]
                s += v[k % 3] * v[1]
            return s + v[2]
        """,
        ((0.7, 4), (0.7, 0), (-0.4, 1)),
    ),
    (
        "conditions_that_guard_each_other",
        """
        def f(x, y: float, k: int):
            total = 0.0
            for i in range(len(x)):
                if (i + k < len(x) and x[i + k] > 0) or not (k == 0 or 1 / k > y) or 0 < x[i] <= y:
                    total += x[i] * y
                y = y * (x[i] or 2.0) + (k and x[0])
                ordered = -1 < y < k < 3 and not y == k
                total = total * y if ordered else total - y
            return total
        """,
        ((_A, 0.4, 0), (_A, 0.7, 1), (_B, 1.3, 2), (_B[:1], 0.3, 4)),
    ),
    (
        "functions_that_call_each_other",
        """
        def first(x, y, n):
            return x * 2.0 if n <= 0 else second(x, y, n - 1)

        def second(x, y, n):
            return first(y, x, n - 1)

        def f(x: float, y: float, n: int):
            return first(x, y, n)
        """,
        ((0.7, -1.3, 0), (0.7, -1.3, 1), (0.7, -1.3, 2), (0.7, -1.3, 4)),
    ),
    (
        "zeros_that_a_branch_of_a_helper_adds_to",
        """
        def add(a, c, k):
            if k > 0:
                c += a * a
                return
            c += a

        def f(x: np.ndarray, k: int):
            c = np.zeros(len(x))
            add(x, c, k)
            return c.sum()
        """,
        ((_A, 0), (_A, 1)),
    ),
    (
        "zeros_that_a_recursive_helper_adds_to",
        """
        def add(a, c):
            n = len(a)
            if n == 1:
                c += a * a
                return
            add(a[: n // 2], c[: n // 2])
            add(a[n // 2 :], c[n // 2 :])

        def f(x: np.ndarray):
            c = np.zeros(len(x))
            add(x, c)
            return c
        """,
        ((_A,), (_B,)),
    ),
    (
        "function_in_a_function_in_a_function",
        """
        def f(x: float, k: float):
            def outer(n):
                a = x * n
                def inner():
                    return a * x
                return inner()
            a = x * 3.0
            return outer(k) + a
        """,
        ((0.7, -1.3),),
    ),
    (
        "functions_that_call_each_other_in_two_circles",
        """
        def first(x, y, z, n):
            if n <= 0:
                return x * 2.0
            return second(x, y, z, n - 1) + third(x, y, z, n - 1)

        def second(x, y, z, n):
            return first(y, x, z, n - 1) if n > 0 else y

        def third(x, y, z, n):
            return fourth(z, y, x, n - 1) if n > 0 else y * x

        def fourth(x, y, z, n):
            return third(x, z, y, n - 1) + second(y, y, x, n - 1)

        def f(x: float, y: float, z: float, n: int):
            return third(x, y, z, n)
        """,
        ((0.7, -1.3, 0.4, 1), (0.7, -1.3, 0.4, 3), (0.7, -1.3, 0.4, 6)),
    ),
    (
        "array_in_a_list_is_changed",
        """
        def f(a: np.ndarray, x: float):
            c = a * x
            values = [c, c * c]
            values[0] += x
            return values[0] @ c
        """,
        ((_A, 0.7), (_B, -0.4)),
    ),
    (
        "new_array_of_each_trip_is_written_and_read",
        """
        def f(x: np.ndarray, n: int):
            t = 0.1
            for i in range(n):
                y = x * t
                y[0] = t
                t = np.sum(y * y) / len(y) + t
            return t
        """,
        ((_A, 3), (_B, 1), (_B, 0)),
    ),
    (
        "new_array_of_each_trip_is_written_through_a_view",
        """
        def f(x: np.ndarray, n: int):
            t = 0.1
            for i in range(n):
                y = -x
                v = y[1:]
                v[0] = t
                t = np.sum(y * y)
            return t
        """,
        ((_A, 3), (_B, 1)),
    ),
    (
        "new_array_of_each_trip_has_two_names_and_is_changed",
        """
        def f(x: np.ndarray, n: int):
            t = 0.1
            for i in range(n):
                y = x * t
                z = y
                y += x
                t = np.sum(y * z)
            return t
        """,
        ((_A, 3), (_B, 1)),
    ),
    (
        "new_mask_of_each_trip_is_written",
        """
        def f(x: np.ndarray, n: int):
            t = 0.1
            for i in range(n):
                m = x > t
                m[1] = True
                t = t + np.sum(x[m] ** 2)
            return t
        """,
        ((_A, 3), (_B, 1)),
    ),
    (
        "new_array_of_each_trip_is_written_by_a_helper",
        """
        def g(y, s):
            y *= s

        def f(x: np.ndarray, n: int):
            t = 0.1
            while t < n:
                y = x + t
                g(y, t)
                t = t + np.sum(y * y) + 0.1
            return t
        """,
        ((_A, 3), (_B, 1)),
    ),
    (
        "part_that_is_augmented_in_each_trip",
        """
        def f(u: np.ndarray, s: float, n: int):
            v = 1.0 * u
            for i in range(n):
                v[1:] += s * u[:-1]
                u = u + s * v * v
            return u
        """,
        ((_A, 0.2, 2), (_B, 0.1, 1)),
    ),
    (
        "list_of_each_trip_that_is_changed",
        """
        def f(x: np.ndarray, s: float, n: int):
            t = x
            for i in range(n):
                values = [t, t * s]
                last = values.pop()
                values.append(last * t)
                t = values[0] * values[1]
            return t
        """,
        ((_A, 0.7, 2), (_B, 0.4, 1)),
    ),
]

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
]
"""Those that are accepted with examples alone."""

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
)


def case_of(name: str, text: str, inputs: tuple[tuple[Any, ...], ...]) -> Case:
    """A program, whose function f is differentiated, with a source that can be found."""
    text = textwrap.dedent(text).lstrip()
    filename = f"<regression {name}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    names: dict[str, Any] = {"np": np, "math": math, "__name__": name}
    exec(compile(text, filename, "exec"), names)
    return Case(names["f"], inputs, label=name)


@pytest.fixture(params=PROGRAMS, ids=[name for name, _, _ in PROGRAMS])
def case(request: pytest.FixtureRequest) -> Case:
    return case_of(*request.param)


def examples(case: Case) -> tuple[tuple[Any, ...] | None, ...]:
    """None, and the arguments for which the derivative may be made."""
    return None, case.inputs[0]


@pytest.mark.usefixtures("capsys")
@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
def test_gradient(case: Case, simplified: bool) -> None:
    for like in examples(case):
        made, _ = derived(case.function, case.variables, like=like, simplified=simplified)
        for args in case.inputs:
            check_gradient(case, args, made)


@pytest.mark.usefixtures("capsys")
@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
def test_value_and_gradient(case: Case, simplified: bool) -> None:
    for like in examples(case):
        both, _ = derived(
            case.function,
            case.variables,
            like=like,
            form="value_and_gradient",
            simplified=simplified,
        )

        def gradient(*args: Any, made: Any = both, **kwargs: Any) -> Any:
            value, found = made(*args, **kwargs)
            assert same(value, case.call(args))
            return found

        gradient.__signature__ = inspect.signature(both)  # type: ignore[attr-defined]
        for args in case.inputs:
            check_gradient(case, args, gradient)


@pytest.mark.usefixtures("capsys")
@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
def test_tangent(case: Case, simplified: bool) -> None:
    for like in examples(case):
        made, _ = derived(
            case.function, case.variables, like=like, form="tangent", simplified=simplified
        )
        for args in case.inputs:
            check_tangent(case, args, made)


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize(("name", "text", "args"), BY_EXAMPLE, ids=[b[0] for b in BY_EXAMPLE])
def test_by_example(name: str, text: str, args: tuple[Any, ...], simplified: bool) -> None:
    case = case_of(name, text, (args,))
    gradient, _ = derived(case.function, case.variables, like=args, simplified=simplified)
    check_gradient(case, args, gradient)
    tangent, _ = derived(case.function, like=args, form="tangent", simplified=simplified)
    check_tangent(case, args, tangent)


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize("result", ["a * b", "np.sum(a * b)", "a @ b", "(a * b, a[0])", "a"])
def test_single_precision_stays(result: str, simplified: bool) -> None:
    text = f"def f(a, b):\n    return {result}\n"
    like = (_A.astype(np.float32), _B.astype(np.float32))
    function = case_of(f"single {result}", text, ()).function
    gradient, _ = derived(function, ("a", "b"), like=like, simplified=simplified)
    seeds: tuple[Any, ...] = ((0.5, 0.7),) if "," in result else (0.5,)
    assert [d.dtype for d in gradient(*like, *seeds)] == [np.float32, np.float32]


def test_value_of_several_results_and_an_argument() -> None:
    """The results are what the function gave, though the backward half clears the memory that they were in."""
    text = """
    def f(A, b):
        x = np.zeros_like(b)
        for i in range(2):
            x[i] = b[i] * A[i] - x[i - 1] * A[2]
        A *= 2.0
        return x, b
    """
    function = case_of("results_and_an_argument", text, ()).function
    for simplified in False, True:
        both, _ = derived(
            function,
            of=("return", "A"),
            like=(_A, _B),
            form="value_and_gradient",
            simplified=simplified,
        )
        ((x, b), A), _ = both(_A, _B, d_A=_B, d_out=(_A, _A))
        own = _A.copy()
        expected, _ = function(own, _B)
        np.testing.assert_allclose(x, expected)
        np.testing.assert_allclose(b, _B)
        np.testing.assert_allclose(A, own)


@pytest.mark.parametrize("shape", [(2, 300, 4, 5), (2, 3, 4, 5, 6)])
def test_many_axes_take_little_memory(shape: tuple[int, ...]) -> None:
    """What primitives give is found out by running them, on arrays that are small for all that."""
    text = """
    def f(x):
        return np.sum(np.exp(x[:, 100:] * 2.0), axis=(0, 3))
    """
    function = case_of(f"of_{len(shape)}_axes", text, ()).function
    tracemalloc.start()
    try:
        derived(function, like=(np.zeros(shape),))
        assert tracemalloc.get_traced_memory()[1] < 150e6
    finally:
        tracemalloc.stop()


def test_layout_is_asserted() -> None:
    """Where a view is taken of an argument that is written into, it has to be in C order."""
    text = """
    def f(A):
        v = A.ravel()
        v *= 2.0
        return A
    """
    like = (np.outer(_A, _B),)
    function = case_of("written_through_a_view", text, ()).function
    gradient, _ = derived(function, like=like)
    np.testing.assert_allclose(gradient(*like), np.full((3, 3), 2.0))
    with pytest.raises(AssertionError):
        gradient(np.asfortranarray(like[0]))


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize(("name", "text", "args"), LISTS, ids=[name for name, _, _ in LISTS])
def test_lists(name: str, text: str, args: tuple[Any, ...], simplified: bool) -> None:
    """A list given for a parameter of which nothing is told has the derivative of an array."""
    function = case_of(name, text, ()).function
    arrays = tuple(map(np.array, args))
    expected = derived(function, ("x", "y"), simplified=simplified)[0]
    check_gradient(Case(function, (arrays,), label=name), arrays, expected)
    for like in None, args:
        gradient, _ = derived(function, ("x", "y"), like=like, simplified=simplified)
        for found, wanted in zip(gradient(*args), expected(*arrays), strict=True):
            np.testing.assert_allclose(np.array(list(found)), wanted)
        tangent, _ = derived(function, ("x", "y"), like=like, form="tangent", simplified=simplified)
        check_tangent(Case(function, (args,), ("x", "y"), label=name), args, tangent)


def test_list_of_arrays_of_several_shapes() -> None:
    """A network whose parameters are a list of arrays, of which nothing is told."""
    case = case_of(
        "network",
        """
        def f(layers, x):
            W, b = layers[0]
            h = np.tanh(W @ x + b)
            V, c = layers[1]
            for weights, _ in layers[:-1]:
                h = h * np.sum(weights)
            return np.sum(V @ h + c)
        """,
        (),
    )
    layers = [(np.outer(_A, _B), _A), (np.outer(_A[:2], _B), _B[:2])]
    wanted, _ = derived(case.function, like=(layers, _A))[0](layers, _A)
    for simplified in False, True:
        gradient, _ = derived(case.function, simplified=simplified)
        found, _ = gradient(layers, _A)
        for layer, other in zip(found, wanted, strict=True):
            for part, expected in zip(layer, other, strict=True):
                np.testing.assert_allclose(part, expected)


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize(("name", "text", "message"), REFUSED, ids=[r[0] for r in REFUSED])
def test_refused(name: str, text: str, message: str, form: str) -> None:
    with pytest.raises(TransformError, match=message):
        derived(case_of(name, text, ()).function, form=form)


def test_where_a_formula_divides_by_zero() -> None:
    """At the end of a domain the text does what Python and NumPy do; see Kinks in docs/design.md."""
    text = "def f(x):\n    return {}\n"
    at_zero = {"abs(x)": 0.0, "np.abs(x)": 0.0, "max(x, -x)": 0.0, "np.sqrt(x)": np.inf}
    with np.errstate(divide="ignore"):
        for number, (value, expected) in enumerate(at_zero.items()):
            function = case_of(f"kink_{number}", text.format(value), ()).function
            assert derived(function, like=(0.5,))[0](0.0) == expected
    for value in "math.sqrt(x)", "math.hypot(x, x)", "x**0.5":
        function = case_of(f"end of {value}", text.format(value), ()).function
        with pytest.raises(ZeroDivisionError):
            derived(function, like=(0.5,))[0](0.0)


@pytest.mark.parametrize("name", FOUND)
def test_found_by_a_random_program(name: str) -> None:
    """With examples it is right, whatever is asked; without it may be refused."""
    for verdict in checked(FOUND[name]):
        assert verdict.way is not None, verdict
        allowed = {"right"} if verdict.way.like else {"right", "refused"}
        assert verdict.kind in allowed, verdict
