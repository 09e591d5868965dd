"""What random programs have found: each made small, and mended since."""

from __future__ import annotations

from tests.fuzz.program import Program, written_down

__all__ = ["FOUND"]


_A, _B = "np.array([0.6, -1.1, 0.8])", "np.array([-0.4, 0.9, 1.2])"

FOUND: dict[str, Program] = {
    "stored_sum_of_arrays_one_of_which_is_stored_into": written_down(
        """
        def f(x: np.ndarray, y: np.ndarray):
            s = np.prod(x)
            y[...] = s
            b = np.full(3, 0.5)
            b[2] = np.mean(x)
            x[0] = b + y
        """,
        ("np.array([[0.6, -1.1, 0.8], [1.3, 0.7, -0.9], [0.4, 1.2, 0.5]])", "np.array(0.7)"),
        wrt=("x", "y"),
        of=("x",),
    ),
    "store_behind_what_always_goes_on": written_down(
        """
        def f(x: np.ndarray, z: np.ndarray):
            for r in z:
                y = x
                y[0] -= r * x[1]
                if 2:
                    continue
                x[1] = 0.25
            return x * z
        """,
        (_A, _B),
        (_B, _A),
        wrt=("x", "z"),
    ),
    "written_array_is_returned_in_a_list": written_down(
        """
        def f(x: np.ndarray, t: float):
            v = x
            v[0] = t
            x[1] = t * x[2]
            return [x, v * t]
        """,
        (_A, "0.7"),
        wrt=("x", "t"),
    ),
    "written_array_is_returned_in_a_tuple_of_one": written_down(
        """
        def f(y: np.ndarray, n: int):
            y /= 2.0
            if n > 1:
                return (y,)
            return (y * y,)
        """,
        (_A, "1"),
        (_B, "2"),
        wrt=("y",),
    ),
    "written_arrays_in_a_list_that_grows_are_returned": written_down(
        """
        def f(x: np.ndarray, n: int):
            x[0] = x[1] * x[2]
            kept = []
            for _ in range(n):
                kept.append(x)
            x[1] *= x[2]
            return kept
        """,
        (_A, "2"),
        (_B, "0"),
        wrt=("x",),
    ),
    "result_and_contents_are_one_array": written_down(
        """
        def f(x: np.ndarray, y: np.ndarray):
            x[0] = np.prod(x)
            y[...] /= 2.0
            y *= x
            return (x, x[0])
        """,
        (_A, _B),
        wrt=("x", "y"),
        of=("return", "x", "y"),
    ),
    "contents_do_not_depend_on_what_is_differentiated_by": written_down(
        """
        def f(x: np.ndarray, t: float):
            np.maximum(0.1, x, out=x)
        """,
        (_A, "0.7"),
        wrt=("t",),
        of=("x",),
    ),
    "contents_are_filled": written_down(
        """
        def f(x: np.ndarray, y: np.ndarray):
            x.fill(0.7)
            return y * x[0]
        """,
        (_A, _B),
        wrt=("y",),
        of=("return", "x"),
    ),
    "helper_writes_into_the_ravelled_parameter_of_a_helper": written_down(
        """
        def g(u, v):
            v[:] = v * u

        def h(u, v, w):
            v[1] = w
            g(2.0, v.reshape(-1))

        def f(x: np.ndarray, s: float):
            h(1.0, x, s)
            return x
        """,
        ("np.array([[0.6, -1.1], [0.8, 0.3]])", "1.2"),
        wrt=("x", "s"),
    ),
    "index_of_unknown_kind_beside_a_slice": written_down(
        """
        def f(s, n):
            x = np.zeros((3, 3))
            x[::1, n] += s
            return x
        """,
        ("0.7", "2"),
        wrt=("s",),
    ),
    "part_is_changed_while_what_it_is_multiplied_by_is_computed": written_down(
        """
        def h(v, w):
            v[1] *= w * v[0]
            return w * v[1]

        def f(x: np.ndarray, s: float):
            v = x[:, None]
            v[1] *= h(x, s)
            x[1:] += h(x, x[2] * s)
            return x
        """,
        (_A, "1.2"),
        wrt=("x", "s"),
    ),
    "list_of_an_array_with_a_derivative_and_one_without": written_down(
        """
        def f(x: np.ndarray, y: np.ndarray):
            y[1] = y[0] * y[0]
            v = y
            y[2] *= 3.0
            return np.stack([v, x])
        """,
        (_A, _B),
        wrt=("y",),
    ),
    "results_of_a_helper_without_a_derivative_have_shapes": written_down(
        """
        def h(u, v, w):
            return (v[1] * u, 2.0, np.where(u > 0.0, u * u, u), w)

        def f(x: np.ndarray, y: np.ndarray):
            a, s, b, t = h(y, x, 3.0)
            y = x
            y[1] = s * t
        """,
        (_A, _B),
        wrt=("y",),
        of=("x",),
    ),
    "closure_reads_what_is_written_under_another_name": written_down(
        """
        def f(x: np.ndarray, s: float):
            c = x * s
            v = c[:2]
            g = lambda q: v[0] * q
            c[0] = v[1] * s
            t = g(s)
            c[0] = 0.3
            return t * g(c[1])
        """,
        (_A, "0.7"),
        wrt=("x", "s"),
    ),
    "closure_writes_under_another_name": written_down(
        """
        def f(x: np.ndarray, s: float):
            y = x
            def g(q):
                y[2] = q
            g(0.9)
            return x * s
        """,
        (_A, "0.7"),
        wrt=("x", "s"),
    ),
    "closure_of_each_trip_writes_under_another_name": written_down(
        """
        def f(y: np.ndarray, s: float):
            for i in range(2):
                v = y
                def g(q):
                    v[i] = q * s
                g(s)
            return y
        """,
        (_A, "0.7"),
        wrt=("y", "s"),
    ),
    "variable_for_an_array_with_a_derivative_or_one_without": written_down(
        """
        def f(x: np.ndarray, y: float, z: np.ndarray, n: int):
            a = x
            w = z[1:]
            if n:
                v = a
                z = v
                w = a[1:]
                a[1] = y
            return z[0] * w
        """,
        (_A, "0.7", _B, "0"),
        (_A, "0.7", _B, "1"),
        wrt=("y",),
    ),
    "number_in_the_place_of_an_array_without_axes": written_down(
        """
        def f(x):
            return (x[()],)
        """,
        ("np.array(0.6)",),
        wrt=("x",),
    ),
    "derivative_that_is_given_before_a_branch_that_goes_on": written_down(
        """
        def f(x: float, y: np.ndarray, z: np.ndarray):
            s = 2.0
            for r in y:
                r, x = x, r
                if x > 0.0:
                    z[2] = s
                    s += r * x
                    continue
                s = s * x
            return z * x
        """,
        ("0.7", "np.array([-1.0, 1.5, -0.7, 0.4, 0.8])", _B),
        wrt=("x", "y"),
    ),
    "rows_that_are_joined_in_a_loop_and_written_later": written_down(
        """
        def f(x, y):
            for r in y:
                x[:] = np.concatenate((r, np.array([x[1]])))
            y[2] /= 2.0
            return x
        """,
        (
            "np.array([-1.0, 0.4, -2.0, 0.7])",
            "np.array([[0.3, 2.0], [-2.0, 1.0], [0.9, -0.6]]).repeat([1, 2], 1)",
        ),
        wrt=("x", "y"),
    ),
    "result_is_a_view_that_a_branch_takes_after_a_write": written_down(
        """
        def f(x: np.ndarray, y: np.ndarray, n: int):
            if n < 2:
                y[None] = 2.0
            else:
                y[...] += x
                y = y[:]
            a = y
            return a
        """,
        (_A, _B, "3"),
        (_A, _B, "1"),
        wrt=("x",),
    ),
    "array_without_axes_is_returned_under_a_name_that_a_branch_binds": written_down(
        """
        def f(x: np.ndarray, y: np.ndarray, n: int):
            if n < 2:
                y[None] = 2.0
            else:
                y[...] += x
                y = np.asarray(y)
            a = y
            return a
        """,
        ("np.array(0.6)", "np.array(-0.4)", "3"),
        ("np.array(0.6)", "np.array(-0.4)", "1"),
        wrt=("x",),
    ),
    "array_in_a_list_is_replaced_in_each_trip": written_down(
        """
        def f(s: float, t: float, n: int):
            L = [np.array([s, t]), np.array([1.3, s])]
            for k in range(n):
                L[-1] = L[0] - L[0] * s
            e = L.pop()
            return e * t
        """,
        ("0.6", "-0.4", "3"),
        ("0.6", "-0.4", "0"),
        wrt=("s", "t"),
    ),
    "array_that_is_doubled_twice": written_down(
        """
        def f(P):
            a = P[1]
            a += a
            a += a
            return P[1] * P[0]
        """,
        ("[np.array([1.652, -0.296]), np.array([-0.47, -0.588])]",),
        wrt=("P",),
    ),
    "array_of_a_helper_that_is_doubled_twice": written_down(
        """
        def doubled(u, v):
            v += v
            return u

        def f(y: np.ndarray, P):
            a = P[1]
            b = doubled(a, a)
            c = doubled(b, a)
            return c * y
        """,
        ("np.array([0.3, 0.4])", "[np.array([1.652, -0.296]), np.array([-0.47, -0.588])]"),
        wrt=("y", "P"),
    ),
    "write_through_a_view_that_a_branch_takes_of_an_argument": written_down(
        """
        def f(x, y):
            s = y @ y
            if s:
                y = np.flip(y)
                y[-2] = x
            return s if np.prod(y) else s
        """,
        ("2.0", "np.array([-1.0, 1.0])"),
        wrt=("x", "y"),
    ),
    "number_that_fills_an_array_without_axes": written_down(
        """
        def f(x: np.ndarray, s: float, t: float):
            x[...] = t + s
            return np.sum(x) * t
        """,
        ("np.array(0.7)", "0.6", "-0.4"),
        wrt=("x", "s", "t"),
        of=("return", "x"),
    ),
    "number_that_fills_a_part_without_axes": written_down(
        """
        def f(x: np.ndarray, s: float):
            y = x[0] + s
            x[..., 0] = y
            return x * s, y
        """,
        ("np.array([0.7, -0.2])", "0.6"),
        wrt=("x", "s"),
    ),
    "argument_and_what_is_written_into_get_one_name": written_down(
        """
        def h(u, v):
            y = v if u[0] > 0.25 else u
            v[:] = y * 2.0
            return np.sum(v)

        def f(z: np.ndarray):
            return h(z, np.array(z)) * z[1]
        """,
        ("np.array([0.1, 0.5])",),
        ("np.array([0.6, 0.5])",),
        wrt=("z",),
    ),
    "argument_and_what_is_written_into_get_one_name_through_two_calls": written_down(
        """
        def h(u, v):
            y = v if u[0] > 0.25 else u
            v[:] = y * 2.0
            return np.sum(v)

        def g(u, v):
            w = u[1:]
            return h(w, v[1:]) + w[0]

        def f(z: np.ndarray, y: np.ndarray):
            z = z * z
            return g(z, y) * z[1]
        """,
        ("np.array([0.1, 0.7, 0.3])", "np.array([0.6, 0.5, -0.2])"),
        ("np.array([0.1, 0.3, 0.3])", "np.array([0.6, 0.5, -0.2])"),
        wrt=("z", "y"),
    ),
    "derivative_of_an_array_without_axes_that_a_helper_gives": written_down(
        """
        def h(u, w):
            w *= u
            return w

        def f(x: float):
            return h(np.full((), x), x)
        """,
        ("1.3",),
        wrt=("x",),
    ),
    "written_by_a_call_whose_result_matters_to_nothing": written_down(
        """
        def h(u, k, w):
            if k <= 0:
                return w
            u *= np.sum(u)
            return h(u, k - 1, w)

        def f(x: np.ndarray, s: float, t: float, n: int):
            x[0] = t
            a = s
            for i in range(n):
                a = h(x, 2, a)
            return np.sum(np.sin(x))
        """,
        ("np.array([0.1, 0.2])", "0.3", "0.4", "2"),
        ("np.array([0.1, 0.2])", "0.3", "0.4", "0"),
        wrt=("t",),
    ),
    "array_without_axes_that_is_returned_as_it_is": written_down(
        """
        def f(z: np.ndarray):
            return z
        """,
        ("np.array(-1.0)",),
        wrt=("z",),
    ),
    "number_that_fills_a_local_array_without_axes": written_down(
        """
        def f(y: np.ndarray):
            y = np.array(math.atan(y))
            y[...] = y[()]
            return y[()]
        """,
        ("np.array(1.0)",),
        wrt=("y",),
    ),
    "mean_that_fills_an_array_without_axes_from_a_tuple": written_down(
        """
        def f(x: np.ndarray, s: float):
            x[1] = s
            pair = (np.array(x[0]), s)
            p, _ = pair
            p[...] = np.mean(p)
            return (np.sum(p),)
        """,
        ("np.array([1.0, -2.0, -1.0])", "-2.0"),
        wrt=("x", "s"),
    ),
    "call_without_derivative_writes_into_what_is_read_backwards": written_down(
        """
        def h(u, w):
            u **= 2
            return w

        def f(x: np.ndarray, z: np.ndarray, t: float):
            y = x
            s = y * z
            return h(y, w=t) / s
        """,
        ("np.array(0.8)", "np.array(-1.0)", "1.0"),
        ("np.array(-1.3)", "np.array(0.6)", "0.7"),
        wrt=("z",),
    ),
    "call_without_derivative_writes_into_an_array_in_a_loop": written_down(
        """
        def h(u, w):
            u[1:] *= w

        def f(x: np.ndarray, z: np.ndarray, n: int):
            s = z
            for k in range(n):
                y = x + k
                v = y[::-1]
                s = s * v * z
                if k != 1:
                    h(v, 0.5 + k)
                s = s + y
            h(x, 2.0)
            return s * x
        """,
        (_A, _B, "0"),
        (_A, _B, "3"),
        (_B, _A, "1"),
        wrt=("z",),
    ),
    "object_is_put_into_a_list_in_a_loop_without_trips": written_down(
        """
        class C:
            def __init__(self, w, b):
                self.w = w
                self.b = b * 0.5

        def f(x: np.ndarray, s: float):
            o = C(x, s * 1.0)
            t = s
            while np.sum(o.w) < t:
                L = [o, C(x, s)]
                t = L[0].b * L[1].b - 40.0
            return o.b * t * o.w
        """,
        (_A, "-1.0"),
        (_B, "5.0"),
        wrt=("x", "s"),
    ),
    "derivative_of_an_array_without_axes_is_that_of_a_number": written_down(
        """
        def f(y: np.ndarray, t: float):
            y -= 1 - t
        """,
        ("np.array(0.4)", "1.3"),
        wrt=("y", "t"),
        of=("y",),
    ),
    "array_that_a_branch_of_a_called_function_makes_is_copied": written_down(
        """
        def h(u, k, w):
            if k <= 0:
                return math.sin(w)
            a = np.array(w)
            for i in range(3):
                a[...] = math.tanh(w + i)
                if i < 2 and np.mean(u) < -1.1 and k == 1:
                    return abs(np.mean(a))
            return h(u, k - 1, w)

        def f(x: np.ndarray, n: int):
            return h(x, n, x[0]) * x
        """,
        (_A, "2"),
        (_B, "0"),
        ("np.array([-0.9, -1.8, -2.5])", "1"),
        wrt=("x",),
    ),
    "branch_changes_the_list_that_it_asks": written_down(
        """
        def f(x: float, n: int):
            st = []
            t = x
            for i in range(n):
                if st:
                    st.pop()
                    t = t * x
                else:
                    st.append(i)
                    t = t + x
            return t * x
        """,
        ("0.7", "0"),
        ("0.7", "1"),
        ("-1.3", "6"),
        wrt=("x",),
    ),
    "branch_changes_the_list_that_and_may_give": written_down(
        """
        def f(x: float, n: int):
            st = []
            t = x
            for i in range(n):
                if st and st[-1] > 1:
                    st.pop()
                    t = t * x
                elif len(st) < 3 or not st:
                    st.append(i)
                    t = t + x
            if st:
                t = t * len(st)
                st.append(0)
            return t * x
        """,
        ("0.7", "0"),
        ("0.7", "3"),
        ("-1.3", "6"),
        wrt=("x",),
    ),
    "branch_changes_the_array_that_it_asks": written_down(
        """
        def f(x: np.ndarray, n: int):
            open = np.array(1.0)
            t = x * 2.0
            for i in range(n):
                if open:
                    open[...] = 0.0
                    t = t * x
                else:
                    open[...] = 1.0
                    t = t + x
            return t
        """,
        (_A, "0"),
        (_A, "1"),
        (_B, "4"),
        wrt=("x",),
    ),
    "view_of_an_array_without_axes_is_added_to": written_down(
        """
        def f(x: np.ndarray, t: float):
            v = x[...]
            v += t
            return x
        """,
        ("np.array(0.3)", "0.7"),
        wrt=("x", "t"),
    ),
    "view_of_an_array_without_axes_in_a_trip": written_down(
        """
        def f(x: np.ndarray, t: float, n: int):
            for i in range(n):
                v = x[...]
                v += t * i
                t = x[()] * t
            return x
        """,
        ("np.array(0.3)", "0.7", "0"),
        ("np.array(-0.8)", "0.5", "3"),
        wrt=("x", "t"),
        of=("return", "x"),
    ),
    "what_is_left_beside_a_result_in_parts": written_down(
        """
        def f(x: np.ndarray, y: np.ndarray, s: float):
            y *= s
            return {"a": x * s, "b": s}
        """,
        (_A, _B, "0.7"),
        wrt=("x", "y", "s"),
        of=("return", "y"),
    ),
    "what_is_left_without_a_result_in_parts": written_down(
        """
        def f(x: np.ndarray, y: np.ndarray, s: float):
            y *= s * x
            return {"a": x * s}
        """,
        (_A, _B, "0.7"),
        wrt=("x", "s"),
        of=("y",),
    ),
    "result_of_one_part_that_nothing_moves": written_down(
        """
        def f(x: np.ndarray, s: float):
            return {"a": x}
        """,
        (_A, "0.7"),
        wrt=("s",),
    ),
    "number_in_a_list_that_is_returned_is_replaced": written_down(
        """
        def f(t: float):
            values = [t]
            values[0] = 1.3
            return values
        """,
        ("0.7",),
        wrt=("t",),
    ),
    "item_of_a_list_of_anything_that_is_returned_is_replaced": written_down(
        """
        def f(x, t: float):
            values = [x * 2, x]
            values[0] = t
            return values
        """,
        (_A, "0.7"),
        wrt=("x", "t"),
    ),
    "attributes_of_what_an_inner_function_with_stars_reads": written_down(
        """
        def f(x: np.ndarray, y: np.ndarray):
            def g(q, *rest, **options):
                return y.T.copy() * q * y.T

            return sum(map(g, x)) + g(x[0], 1.0) * y.T
        """,
        (_A, "np.array([[0.6, -1.1], [0.8, 1.3]])"),
        wrt=("x", "y"),
    ),
    "negative_of_a_negative_of_what_changes": written_down(
        """
        def f(x: np.ndarray, y: float):
            a = x * y
            x -= np.ravel(x) - a
            return x, x @ x
        """,
        (_A, "0.7"),
        wrt=("x", "y"),
        of=("return", "x"),
    ),
    "layout_of_a_copied_argument_decides": written_down(
        """
        def f(x: np.ndarray):
            x[0, 0] = x[1, 1]
            x = x**2
            v = x.reshape(4)
            x[1, :] = abs(v[2])
            return np.sin(x[1, 0]), v[3]
        """,
        ("np.array([[0.6, -1.1], [0.8, 1.3]]).T",),
        wrt=("x",),
    ),
    "values_of_a_dict_change_while_a_loop_runs_over_them": written_down(
        """
        def halved(d):
            for k in d:
                d[k] = d[k] * 0.5
            return d["a"]

        def f(x: float):
            d = {"a": x, "b": 2 * x}
            t = 0.0
            for k, v in d.items():
                t += v * d["b"]
                d["b"] = d["b"] * 0.5
            for v in d.values():
                t += v * halved(d) * v
            return t
        """,
        ("0.7",),
        wrt=("x",),
    ),
    "view_of_a_dict_is_looked_at_later": written_down(
        """
        def total(values, d):
            d["a"] = 2.0
            return sum(values)

        def f(x: float):
            d = {"a": x, "b": x * x}
            keys, values = d.keys(), d.values()
            d["b"] = x * x * x
            d["c"] = 3 * x
            first = sum(d[k] for k in keys) * sum(values)
            return first + total(values, d) * x
        """,
        ("0.7",),
        wrt=("x",),
    ),
    "item_of_a_list_is_replaced_in_the_trip_that_is_over_it": written_down(
        """
        def f(x: float):
            values = [x, 2 * x]
            t = 0.0
            for v in values:
                values[0] = values[0] * 3.0
                t += v
            return t
        """,
        ("0.7",),
        wrt=("x",),
    ),
    "name_for_an_array_in_a_loop_that_is_not_put_back": written_down(
        """
        def f(x: np.ndarray, y: np.ndarray):
            k = 0
            while k < 2:
                k += 1
                y, x = (x, 1.3 / (2.0 + np.cos(x)))
                s = x @ x
            k = 0
            while k < 3:
                k += 1
                try:
                    t = np.sum(x.copy() * x.copy())
                except (ZeroDivisionError, ValueError):
                    pass
                y[k % 3] += t
            return (x[-1] - y[1]) * x[-2], x
        """,
        (_A, _B),
        wrt=("x", "y"),
    ),
    "views_of_what_is_multiplied_by_one_are_written": written_down(
        """
        def turned(z):
            return z.T

        def f(x: np.ndarray, a: np.ndarray):
            y = (x * 1).T
            y += a
            z = turned(x * 1)
            z *= a
            w = (-(-y))[:, ::-1]
            for _ in range(2):
                v = (1.0 * w)[:, ::-1]
                v *= -1
            return y * z * v * x
        """,
        ("np.array([[0.6, -1.1], [0.8, 1.3]])", "np.array([[-0.4, 0.9], [1.2, 0.7]])"),
        wrt=("x", "a"),
    ),
    "axes_given_behind_the_others": written_down(
        """
        def f(x, a):
            y = x * a
            e = np.exp(y)
            p = e / e.sum(-1)[..., None]
            return p * y, y[None, ..., None] * 3, (y[..., None] - a) ** 2
        """,
        ("np.array([[0.6, -1.1], [0.8, 1.3]])", "np.array([[-0.4, 0.9], [1.2, 0.7]])"),
        wrt=("x", "a"),
    ),
    "value_of_a_choice_is_returned": written_down(
        """
        def f(y: np.ndarray):
            u = np.sin(y)
            v = np.cos(u) * y
            return np.where(y > 0.2, 1.0, u), u, np.where(y > 0.3, v, y) + v[0], [v, u * 2]
        """,
        (_A,),
        wrt=("y",),
    ),
    "value_of_a_choice_is_kept": written_down(
        """
        class Kept:
            def __init__(self, u):
                self.u = u

        def f(y: np.ndarray):
            k = Kept(np.sin(y))
            y += np.where(y > 0.2, 1.0, k.u)
            return k.u
        """,
        (_A,),
        wrt=("y",),
        of=("return", "y"),
    ),
    "contribution_to_written_array_is_one_number_spread": written_down(
        """
        def f(x: np.ndarray, y: np.ndarray):
            b = x * x.sum()
            b[::-1] = np.sum(x * x)
            return np.tanh(np.sum(b * y))
        """,
        (_A, "np.array(0.7)"),
        wrt=("x",),
    ),
    "helper_that_takes_a_dict_twice_calls_one_that_writes": written_down(
        """
        def h(u):
            for i in range(1):
                u[-1, 0] = 2.0

        def g(d):
            b = np.full((2, 2), 0.5)
            h(b)
            return b * d["b"]

        def f(x: np.ndarray, s: float):
            d = {"a": s, "b": x}
            t = g(d)
            return t * s + g(d)
        """,
        ("np.array([0.6, -1.1])", "0.7"),
        wrt=("s",),
    ),
    "array_of_a_given_object_times_a_list": written_down(
        """
        class Held:
            def __init__(self, w):
                self.w = w

        def f(y: np.ndarray, O: Held):
            return O.w * [y]
        """,
        ("np.array([0.6, -1.1, 0.8])", "Held(np.array([1.6, -1.3, 0.4]))"),
        wrt=("y",),
    ),
    "unknown_number_times_a_list": written_down(
        """
        def f(s: float, c):
            return (c * [s, s * s])[0] * s
        """,
        ("0.6", "np.array([1.6, -1.3])"),
        wrt=("s",),
    ),
    "size_of_an_array_times_a_list": written_down(
        """
        def f(y: np.ndarray, s: float):
            return sum([s, y[0]] * y.size) * s
        """,
        (_A, "0.6"),
        wrt=("y", "s"),
    ),
    "larger_of_what_is_written_is_returned": written_down(
        """
        def f(t: float):
            b = np.array(t)
            b *= t
            return max(b, 0.7)
        """,
        ("1.3",),
        ("-1.0",),
        wrt=("t",),
    ),
    "positive_of_what_is_written_under_another_name": written_down(
        """
        def f(t: float):
            b = np.array(t)
            q = +b
            z = b
            b *= t
            return q * z
        """,
        ("1.3",),
        wrt=("t",),
    ),
    "array_that_is_printed_before_it_is_written": written_down(
        """
        import logging

        log = logging.getLogger("found")

        def f(x: np.ndarray, t: float):
            print(x, end="")
            x[0] = t * x[1]
            log.info("%s", x)
            logging.info("%s", x)
            x[1] *= x[0]
            print(x[1])
            return x[0] * x[1]
        """,
        (_A, "0.7"),
        (_B, "0.4"),
        wrt=("x", "t"),
        of=("return", "x"),
    ),
    "sets_that_are_asked_and_gone_through": written_down(
        """
        def f(x: np.ndarray, t: float, n: int):
            seen = {k % 2 for k in range(n)}
            for k in sorted(seen | {2, n}):
                x[k % 3] *= t
            return x if n in {1, n - 2} else x * len({0, n})
        """,
        (_A, "0.7", "2"),
        (_B, "0.4", "1"),
        wrt=("x", "t"),
    ),
    "list_that_is_extended_by_a_generator_expression": written_down(
        """
        def f(x: np.ndarray, s: float):
            values = [s]
            values.extend(v * s for v in x if v > 0.0)
            values[0] = values[0] * values[-1]
            values.extend(math.sin(v) for v in x)
            return sum(values) * values[1]
        """,
        (_A, "0.7"),
        (_B, "0.4"),
        wrt=("x", "s"),
    ),
    "number_whose_derivative_is_what_comes_in_for_an_array_without_axes": written_down(
        """
        def f(s: float, t: float):
            a = np.array(2.0)
            a += s
            a += t
            return a
        """,
        ("1.0", "0.4"),
        wrt=("s", "t"),
    ),
    "array_of_the_module_that_is_written_is_returned": written_down(
        """
        A = np.zeros(3)

        def f(s: float, t: float):
            A[1] *= s
            return A
        """,
        ("-1.2", "0.4"),
        wrt=("s", "t"),
    ),
    "list_in_a_tuple_of_a_list_beside_another_of_unlike_items": written_down(
        """
        def f(x: np.ndarray, s: float, t: float, n: int):
            d = {"a": 2.0, "b": s}
            d.update([("a", s)])
            total = n
            for k, (r, *others) in [(1, (t, s))]:
                total += r
            x[1] *= total
        """,
        (_A, "0.7", "0.4", "2"),
        (_B, "0.4", "1.2", "1"),
        wrt=("t",),
        of=("x",),
    ),
    "branch_that_is_not_run_with_a_tuple_of_another_length": written_down(
        """
        def h(D, w):
            if w > 0.25:
                r = D["a"] + (3, 2)

        def f(y: np.ndarray, D: dict, s: float):
            D["a"] = D["a"] / s
            h(D, s)
            z = (3, 2) * y
            return D
        """,
        ("np.array([0.0, -1.0])", "{'a': np.array([-0.4, -1.2, -1.4]), 'b': 0.8}", "-2.0"),
        wrt=("s",),
    ),
    "name_of_a_builtin_that_the_assertion_of_keys_needs": written_down(
        """
        def f(D: dict):
            for cls in D:
                D[cls] *= 2.0
            list = np.full(2, D["b"])
            return list
        """,
        ("{'a': np.array(-1.6), 'b': 0.8}",),
        wrt=("D",),
    ),
    "store_whose_place_is_computed_behind_the_old_item": written_down(
        """
        def f(s: float):
            d = {"a": math.tanh(s), "b": s * s}
            if d["a"] > 0.9:
                return s, s
            d["k"] = d["a"] - d["b"]
            t = 0.0
            for k, v in d.items():
                t += v * s
            count = 0
            while True:
                count += 1
                d["b"] += s - d["k"]
                if count >= 3:
                    return t, d["b"]
                t = math.sin(t)
        """,
        ("1.308",),
        ("0.4",),
        wrt=("s",),
    ),
    "results_of_unlike_axes_in_a_list": written_down(
        """
        def f(x, s, t):
            for r in x:
                if r > 1.0:
                    return [x, np.array(t)]
            return [x * s, np.array(min(s, x[0]) - x[1])]
        """,
        ("np.array([0.3, 0.4])", "1.5", "0.2"),
        ("np.array([0.3, 1.4])", "1.5", "0.2"),
        wrt=("x", "s", "t"),
    ),
    "sum_of_numbers_that_np_where_takes": written_down(
        """
        def f(x, s, t):
            if x[0] > 1.0:
                y = x * t
            else:
                y = np.where(x[0] > 5.0, 0.0, s + t)
            return y
        """,
        ("np.array([0.3, 0.4])", "1.5", "0.2"),
        ("np.array([1.3, 0.4])", "1.5", "0.2"),
        wrt=("x", "s", "t"),
    ),
    "number_on_one_path_and_array_on_another": written_down(
        """
        def f(x, s, t):
            if x[0] > 1.0:
                y = x * t
            else:
                y = s + t
            return y
        """,
        ("np.array([0.3, 0.4])", "1.5", "0.2"),
        ("np.array([1.3, 0.4])", "1.5", "0.2"),
        wrt=("x", "s", "t"),
    ),
}
