"""Programs of which a derivative was once wrong, by all parameters, with examples and without."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["PROGRAMS"]

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
    (
        "stars_inside_of_targets",
        """
        def f(x: np.ndarray, s: float):
            t = 0.0
            for k, (p, *rest) in enumerate([(x[0], s), (x[1], s, x[2])]):
                t += k * p * sum(rest)
            for first, *others in [(s, x[0]), (x[1], x[2])]:
                t *= first + others[0]
            s, (u, *v) = t, (s, x[1], t)
            return s * u * v[0] * v[-1]
        """,
        ((_A, 0.7), (_B, 0.4)),
    ),
    (
        "alternatives_that_capture",
        """
        def f(x: float, y: float, n: int):
            match (n, x):
                case (0, q) | (2, q) if q > 0.0:
                    y = y * q
                case (r, q):
                    y = y + q * r
            return y
        """,
        ((0.7, 1.2, 0), (-0.3, 0.8, 2), (0.4, 0.6, 3)),
    ),
    (
        "fixed_point_that_is_returned_from_the_loop",
        """
        def f(A: np.ndarray, x: np.ndarray):
            u = x
            while True:
                v = np.tanh(0.2 * A @ u + x)
                if np.max(np.abs(v - u)) < 0.01:
                    return v
                u = v
        """,
        ((np.outer(_A, _B), _A), (np.outer(_B, _B), 0.1 * _B), (0 * np.outer(_A, _B), 0 * _A)),
    ),
    (
        "what_is_returned_from_a_loop_is_kept",
        """
        def f(x: np.ndarray, s: float):
            k = 0
            while True:
                y = np.exp(s * x)
                x = x + y * y * y[0]
                k += 1
                if k == 3 or s > 1.0:
                    return y, k
        """,
        ((0.1 * _A, -0.2), (_B, 1.2)),
    ),
    (
        "item_of_what_is_returned_from_a_loop",
        """
        def f(x: np.ndarray, s: float, n: int):
            total = 0.0
            for k in range(n):
                y = np.sin(total + s * x)
                total = total + y[0] * y[1]
            return [total, y, y[1]]
        """,
        ((_A, -0.2, 2), (_B, 1.2, 1)),
    ),
    (
        "times_that_start_and_end_at_numbers",
        """
        def f(x: np.ndarray, s: float, end: float):
            times = np.arange(0.0, end, 0.5)
            return np.exp(-times) * x.sum() + np.sin(s * times)
        """,
        ((_A, 0.7, 2.2), (_B, 0.4, 0.4), (_A, 0.3, 0.0)),
    ),
    (
        "as_many_as_elements_from_one_on",
        """
        def f(x: np.ndarray, n: int):
            w = np.arange(1.0, 1.0 + x.size)
            m = np.outer(w, w)
            m[n] = x
            return m @ (x * w)
        """,
        ((_A, 1), (_B, 2)),
    ),
    (
        "filled_array_without_axes",
        """
        def f(s: float, n: int):
            q = np.full((), s)
            t = q[()] * -1.1
            for i in range(n):
                t += q[()] * s
            return t
        """,
        ((1.3, 0), (0.7, 2)),
    ),
    (
        "products_of_what_is_written_then",
        """
        def f(x: np.ndarray, t: float, n: int):
            x = x * t
            for k in range(n):
                x -= np.cumprod(x).reshape(np.shape(x))
                x[0] = np.prod(x) + np.median(x)
                np.copyto(x, np.cumsum(x))
            return x
        """,
        ((_A, 1.2, 2), (_B, 0.7, 1)),
    ),
    (
        "quantiles_of_what_is_written_then",
        """
        def f(x: np.ndarray, t: float, n: int):
            y = np.sin(x) * t
            for k in range(n):
                y *= np.quantile(y, 0.3) * np.prod(y, keepdims=True)
                y[k] -= np.median(y) * np.cumprod(y)[-1]
                y += np.sort(y)[::-1]
            return y
        """,
        ((_A, 1.2, 2), (_B, 0.7, 1)),
    ),
    (
        "item_of_a_list_in_an_endless_loop",
        """
        def f(y: np.ndarray, s: float, n: int):
            y = y * s
            y[1] = 2.0
            k = 0
            while True:
                k += 1
                y += s
                if k >= n:
                    return [y]
                s = s * y[0]
        """,
        ((_A, 1.2, 2), (_B, 0.7, 1)),
    ),
    (
        "number_that_the_last_trip_of_an_inner_loop_leaves",
        """
        def f(x: np.ndarray, s: float):
            for r in x:
                while True:
                    h = math.exp(s * r)
                    if h > 0.5:
                        break
                    s = s * 0.5
                s = s * h + h * r
            return s
        """,
        ((_A, 0.7), (_B, 0.4)),
    ),
    (
        "arrays_that_the_last_trip_of_an_inner_loop_leaves",
        """
        def f(x: np.ndarray, s: float):
            for i in range(len(x)):
                k = 0
                while True:
                    k += 1
                    y = np.sin(x * s)
                    z = y * y[i]
                    if k > i:
                        break
                    s = s + z[0]
                x = x + y * z
                s = s * y[0]
            return x * s
        """,
        ((_A, 0.7), (_B, 0.4)),
    ),
    (
        "array_that_each_trip_makes_longer_read_behind_the_loop",
        """
        def f(x, s):
            k = 0
            t = 0.0
            while True:
                k += 1
                v = s * x[:k]
                t = t + np.sum(v * v)
                if k >= 2:
                    break
            return t + np.sum(v)
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "list_that_each_trip_makes_longer_read_behind_the_loop",
        """
        def f(x, s):
            k = 0
            t = 0.0
            while True:
                k += 1
                vs = []
                for i in range(k):
                    vs.append(s * x[i])
                    t = t + vs[0] * vs[i]
                if k >= 3:
                    break
            return t + sum(vs)
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "comprehension_of_each_trip_read_behind_the_loop",
        """
        def f(x, s):
            k = 0
            t = 0.0
            while True:
                k += 1
                vs = [s * x[i] for i in range(k)]
                for v in vs:
                    t = t + v * v * k
                if k >= 3:
                    break
            return t + sum(vs)
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "view_from_another_place_each_trip_read_behind_the_loop",
        """
        def f(x, s):
            y = 1.0 * x
            k = 0
            while True:
                y[0] = s * y[1]
                v = y[k:]
                k += 1
                if k >= 3:
                    break
            t = np.sum(v * v)
            y[1] = t * s
            return np.sum(y) * t
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "array_of_another_length_read_behind_an_inner_loop",
        """
        def f(x, s):
            t = 0.0
            for n in range(1, 4):
                k = 0
                while True:
                    k += 1
                    v = s * x[:k]
                    t = t + np.sum(v * v) * t
                    if k >= n:
                        break
                t = t + np.sum(v) * s
            return t
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "function_of_the_last_trip_called_behind_the_loop",
        """
        def f(x, s):
            t = 0.0
            for k in range(1, 4):
                v = [s * x[j] for j in range(k)]
                def g(u):
                    return sum(v) * u * v[-1]
                t += g(s)
            return t * g(t)
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "functions_of_each_trip_kept_and_called_behind_the_loop",
        """
        def f(x, s):
            t = 0.0
            fs = []
            for k in range(1, 4):
                v = x[:k] * s
                fs.append(lambda u: np.sum(v) * u)
                t += fs[0](s)
            return t * fs[0](t) * fs[1](t)
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "what_a_helper_returns_from_a_loop_is_read_in_another",
        """
        def first(x, s):
            k = 0
            while True:
                k += 1
                y = np.exp(s * x)
                if y[0] > 1.0 or k > 3:
                    return y
                s = s + 0.3

        def f(x: np.ndarray, s: float):
            t = 0.0
            for i in range(3):
                y = first(x, s)
                t += y[i] * y[0]
                s = s * y[1]
            return t
        """,
        ((_A, 0.7), (_B, 0.4)),
    ),
    (
        "what_is_left_by_the_innermost_of_three_loops",
        """
        def f(x: np.ndarray, s: float):
            for i in range(2):
                for j in range(2):
                    while True:
                        h = math.tanh(s * x[i] + x[j])
                        if h < 0.9:
                            break
                        s = s * 0.7
                    s = s + h * h
                if s > 1:
                    s = s * h
            return s
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "what_a_loop_in_a_branch_leaves",
        """
        def f(x: np.ndarray, s: float):
            for i in range(2):
                if x[i] > 0:
                    while True:
                        h = x * s
                        if h[0] > 0.1 or h[1] > 0.1:
                            break
                        s = s + 0.5
                    x = x * h
                    s = s + h[1]
            return x * s
        """,
        ((_A, 0.7), (_B, 0.4)),
    ),
    (
        "list_that_grows_and_is_repeated",
        """
        def f(s: float, n: int):
            values = [s * s for _ in range(n)]
            values = values * 2
            others = []
            for k in range(n):
                others.append(s * k)
            others = 3 * others
            return values + others
        """,
        ((1.3, 2), (0.7, 0), (0.4, 1)),
    ),
    (
        "array_of_a_number_that_is_written_into",
        """
        def f(s: float, t: float):
            v = np.atleast_1d(s)
            v -= t
            return np.sin(v)
        """,
        ((1.3, 0.2), (0.7, -0.4)),
    ),
    (
        "array_of_a_number_in_another_shape",
        """
        def f(s: float, t: float):
            v = np.reshape(s, (1, 1))
            w = np.expand_dims(s * t, 0)
            v *= t
            w[0] *= s
            return np.sum(v) * np.sin(w)
        """,
        ((1.3, 0.2), (0.7, -0.4)),
    ),
    (
        "array_of_a_number_under_two_names",
        """
        def f(s: float, t: float):
            v = np.atleast_2d(s * t)
            w = v.T
            v[0, 0] *= s
            a = np.asarray(t)
            a *= s
            return np.sin(w) * a
        """,
        ((1.3, 0.2), (0.7, -0.4)),
    ),
    (
        "arrays_of_numbers_in_a_loop",
        """
        def shifted(s: float, t: float):
            v = np.ravel(s)
            v += t
            return v

        def f(x: np.ndarray, s: float):
            total = 0.0
            for k in range(3):
                part = np.atleast_1d(s * s)
                part *= s
                total = total + x * np.sum(part * part) + shifted(s, s * k)[0]
                s = s * 0.5
            return total
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "returns_of_two_structures_after_a_write",
        """
        def f(x: np.ndarray, s: float, n: int):
            y = x * s
            y[0] *= y[0]
            if n > 2:
                return y, y[1:]
            return y
        """,
        ((_A, 0.7, 3), (_B, 1.4, 1)),
    ),
    (
        "returns_of_two_structures_inside_after_a_write",
        """
        def f(x: np.ndarray, s: float, n: int):
            y = x * s
            y[0] *= y[0]
            if n > 2:
                return s, (y, [y])
            return s, y
        """,
        ((_A, 0.7, 3), (_B, 1.4, 1)),
    ),
    (
        "a_written_argument_is_one_of_two_results",
        """
        def scaled(u, w):
            u[0] *= w

        def both(u, w):
            scaled(u, w)
            return u, w

        def f(x: np.ndarray, s: float):
            y, t = both(1.0 * x, s)
            return y
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "list_made_in_each_trip_is_the_next_ones",
        """
        def f(s: float, t: float):
            u = [s]
            for i in range(3):
                y = [s * (i + 1) * u[0]]
                y[0] = y[0] * t
                u = y
            return u[0] ** 2
        """,
        ((0.7, 1.3), (1.4, -0.4)),
    ),
    (
        "list_in_a_list_of_unlike_things_made_longer",
        """
        def f(x, s):
            pair = [math.tanh, [0.5]]
            pair[1] += [2.0, 3.0]
            named = {"a": [0.5]}
            named["a"] += [1.5]
            return x[0] * pair[0](s) * len(pair[1]) + s * len(named["a"]) * named["a"][1]
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "array_that_each_trip_copies_under_its_own_name",
        """
        def f(x, y):
            if np.sum(x) > 100.0:
                return y + x
            w = x.copy()
            w[1] = 1.0
            for _, _ in zip(w, w):
                y = y.copy()
                for i, r in enumerate(y):
                    both = [r, w]
            return 1.1 * y
        """,
        ((_A, _B), (_B, _A)),
    ),
    (
        "parts_of_a_dict_that_get_longer",
        """
        def f(x, s):
            d = {"a": (1,), "b": (2.0,), "c": [1.0, 2.0]}
            t = 0.0
            for i in range(3):
                t += s * len(d["a"])
                d["a"] = d["a"] + (i,)
            d["b"] += (3.0, x[0])
            pair = [math.cos, [1.0, 2.0]]
            pair[1][0:1] = [1.0, 2.0, 3.0]
            return t + s * len(d["a"]) * len(d["b"]) * x[1] + s * len(pair[1])
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "keys_that_put_something_into_lists",
        """
        def f(x, s):
            js, ms = [], []
            ks = sorted([0, 1, 2], key=lambda q: js.append(q) or -q)
            m = max(ks, key=lambda q: ms.append(2 - q) or q)
            t = s * len(js) * x[m]
            for k in (*js, *ms):
                t = t * x[k] * ks[k]
            return t + s * x[ms[0]]
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "list_that_a_function_of_a_library_makes_shorter",
        """
        import heapq

        def f(x, s):
            ks = [0, 1, 2]
            heapq.heappop(ks)
            t = s * len(ks)
            for k in ks:
                t = t * x[k]
            return t
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "sorted_list_into_which_bisect_puts_another_item",
        """
        import bisect

        def f(x, s):
            ks = [0, 1, 2]
            for i in range(2):
                bisect.insort(ks, i)
            t = s
            for k in ks:
                t = t * x[k]
            return t
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "lambda_that_is_called_for_what_it_writes",
        """
        def f(x, s):
            ks = np.array([2, 0, 1])
            (lambda q: q.fill(1))(ks)
            return s * x[ks[0]]
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "lambda_that_is_called_for_what_it_writes_in_each_trip",
        """
        def f(x, s):
            ks = np.array([2, 0, 1])
            t = s
            for i in range(2):
                t = t * x[ks[i]] + x[ks[0]] ** 2
                (lambda q: q.fill(1))(ks)
            return t * x[ks[2]]
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "dict_that_has_one_key_more_in_each_trip",
        """
        def f(x, s):
            ks = {2: 1, 0: 2}
            t = s
            for i in range(2):
                for k in ks:
                    t = t * x[k] * ks[k]
                ks[1] = i + 1
            return t
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "dict_whose_keys_are_numbered_and_change_in_each_trip",
        """
        def f(x, s):
            ks = {}
            t = s
            for i in range(2):
                ks[i + 1] = i
                for n, k in enumerate(ks):
                    t = t * x[k] * (n + 1)
                for k, q in zip(ks, x):
                    t = t * x[k] * q
            return t
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "dict_that_loses_a_key_in_each_trip",
        """
        def f(x, s):
            ks = {2: 1, 0: 2, 1: 1}
            t = s
            while len(ks) > 1:
                for k in reversed(ks):
                    t = t * x[k] + x[ks[k]]
                ks.pop(len(ks) - 1)
            return t
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "list_that_is_repeated_in_place_under_another_name",
        """
        def f(x, s):
            ks = [0, 1]
            ms = ks
            ms *= 2
            return s * len(ks) * x[ks[-1]]
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
    (
        "list_that_a_method_held_elsewhere_makes_longer",
        """
        import functools

        def f(x, s):
            ks = [0, 1, 2]
            functools.partial(list.append, ks)(1)
            t = s * len(ks)
            for k in ks:
                t = t * x[k]
            return t
        """,
        ((_A, 0.7), (_B, 1.4)),
    ),
]
