"""What the forward half records, where the backward half takes it from there, and what is computed again instead.

Each program is held against differences, too; the lines are those of the text that its arguments, as examples, give.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from s2sgrad.transform import derived
from tests.differentiating import check_gradient
from tests.regression_case import case_of

_A = np.array([0.6, -1.3, 0.9, 0.4])

PROGRAMS: list[tuple[str, str, tuple[Any, ...], list[str], list[str]]] = [
    (
        "element_before_its_write",
        """
        def f(x, s):
            y = 1.0 * x
            a = y[0]
            y[0] = a * s
            return a * np.sum(y)
        """,
        (_A, 0.7),
        [],
        [],
    ),
    (
        "part_looked_at_before_its_write",
        """
        def f(x, s):
            y = 1.0 * x
            v = y[1:]
            t = np.sum(v * v)
            y[1] = t * s
            return np.sum(y) * t
        """,
        (_A, 0.7),
        ["old_y = y[1]", "y[1] = old_y"],
        ["v = y[1:]"],
    ),
    (
        "two_parts",
        """
        def f(x, s):
            y = 1.0 * x
            v = y[1:]
            w = y[:-1]
            t = np.sum(v * w)
            y[1:] = t * s * v
            return np.sum(y) * t
        """,
        (_A, 0.7),
        ["old_y = y[1:].copy()", "y[1:] = old_y"],
        ["v = y[1:]", "w = y[:-1]"],
    ),
    (
        "test_of_a_loop_in_a_loop",
        """
        def f(x, s, n):
            t = 1.0
            for i in range(n):
                while t * t * s < i:
                    t = t * s + x
            return t
        """,
        (0.4, 1.3, 4),
        [
            "saved_t.append(t)",
            "saved_trips.append(trips)",
            "trips = saved_trips.pop()",
            "t = saved_t.pop()",
        ],
        [],
    ),
    (
        "cheap_value_of_each_trip",
        """
        def f(x, s, n):
            t = x
            for i in range(n):
                u = t * s
                t = u * u + x
            return t
        """,
        (_A, 1.3, 3),
        ["saved_t.append(t)", "t = saved_t.pop()"],
        ["u = t * s"],
    ),
    (
        "last_array_of_the_trip_before",
        """
        def f(x, n):
            last = 1.0 * x
            out = 0.0
            for i in range(n):
                now = x * last
                now[0] = 2.0 * i
                out = out + np.sum(now * last)
                last = now
            return out
        """,
        (_A, 3),
        ["saved_last.append(last)", "last = saved_last.pop()"],
        [],
    ),
    (
        "whole_array_each_trip",
        """
        def f(x, s, n):
            y = 1.0 * x
            for i in range(n):
                y[:] = y * y * s
            return y
        """,
        (_A, 0.7, 3),
        ["saved_y.append(y)", "y = saved_y.pop()"],
        [],
    ),
    (
        "whole_array_once",
        """
        def f(x, s):
            y = 1.0 * x
            t = np.sum(y * y)
            y[:] = y * s
            return y * t
        """,
        (_A, 0.7),
        ["old_y = y", "y = old_y"],
        [],
    ),
    (
        "rows_of_a_while",
        """
        def f(x, s):
            y = 1.0 * x
            while y[0] < 3.0:
                y[0] = y[0] * y[0] * s + 1.0
                y[1] *= y[0]
            return y
        """,
        (_A, 1.3),
        [
            "saved_y.append(y[0])",
            "saved_y_1.append(y[1])",
            "while saved_y:",
            "y[1] = saved_y_1.pop()",
            "y[0] = saved_y.pop()",
        ],
        [],
    ),
    (
        "popped",
        """
        def f(x, s):
            values = [x, x * s]
            last = values.pop()
            values.append(last * last)
            return values[0] * values[1] * s
        """,
        (0.4, 1.3),
        [],
        [],
    ),
    (
        "replaced_in_a_list",
        """
        def f(x, s, n):
            values = [x, x * s]
            for i in range(n):
                values[0] = values[0] * values[1]
            return values[0]
        """,
        (0.4, 1.3, 3),
        ["saved_values.append(values[0])", "values[0] = saved_values.pop()"],
        [],
    ),
    (
        "branches",
        """
        def f(x, s, n):
            t = x
            for i in range(n):
                if t < s:
                    t = t * t
                else:
                    t = np.sin(t) * s
            return t
        """,
        (0.4, 1.3, 3),
        [
            "saved_test.append(test)",
            "saved_t_1.append(t)",
            "saved_t.append(t)",
            "saved_sin_t.append(sin_t)",
            "test = saved_test.pop()",
            "t = saved_t_1.pop()",
            "sin_t = saved_sin_t.pop()",
            "t = saved_t.pop()",
        ],
        [],
    ),
    (
        "two_results_each_trip",
        """
        def f(x, s, n):
            t = x
            for i in range(n):
                q, r = divmod(t, s)
                t = r * r + t
            return t
        """,
        (0.4, 1.3, 3),
        ["saved.append((r, q))", "r, q = saved.pop()"],
        [],
    ),
    (
        "in_place_each_trip",
        """
        def f(x, s, n):
            y = 1.0 * x
            for i in range(n):
                y *= y * s
            return y
        """,
        (_A, 1.3, 3),
        ["saved_y.append(y)", "y = saved_y.pop()"],
        [],
    ),
    (
        "copied_out",
        """
        def f(x, s, n):
            y = 1.0 * x
            out = 0.0
            for i in range(n):
                z = y.copy()
                z[0] = s * z[1]
                out = out + np.sum(z * z)
                y = z
            return out
        """,
        (_A, 1.3, 3),
        ["saved_y.append(y)", "saved_z.append(z[0])", "z[0] = saved_z.pop()", "y = saved_y.pop()"],
        [],
    ),
    (
        "item_of_a_tuple_of_numbers",
        """
        def f(x, s, n):
            t = x
            for i in range(n):
                k = (i + 1) % 2
                t = t * s + t * x[k]
            return t
        """,
        (_A, 1.3, 3),
        ["saved_t.append(t)", "t = saved_t.pop()"],
        ["k = (i + 1) % 2"],
    ),
    (
        "read_only_before_it_is_written",
        """
        def f(x, n):
            t = 0.1
            for i in range(n):
                y = x * t
                t = np.sum(y * y)
                y[0] = t
                t = t + y[0] * y[1]
            return t
        """,
        (_A, 3),
        [
            "saved_t.append(t)",
            "saved_y.append(y[0])",
            "saved_y_1.append(y)",
            "y = saved_y_1.pop()",
            "y[0] = saved_y.pop()",
            "t = saved_t.pop()",
        ],
        [],
    ),
    (
        "target_of_a_loop_over_rows",
        """
        def f(m, x, n):
            t = x
            for i in range(n):
                for row in m:
                    t = row * t
            return t
        """,
        (np.outer(_A, _A), _A, 2),
        ["saved_t.append(t)", "t = saved_t.pop()"],
        [],
    ),
    (
        "counter_of_a_loop_downwards",
        """
        def f(x, n):
            t = 1.0
            for i in range(n, 0, -1):
                t = t * x[i - 1] * i
            return t
        """,
        (_A, 3),
        ["saved_t.append(t)", "t = saved_t.pop()"],
        [],
    ),
    (
        "two_names_of_one_array",
        """
        def f(x, s, n):
            y = 1.0 * x
            for i in range(n):
                u = y
                y = y * s
                y[0] = u[1] * u[0]
            return y
        """,
        (_A, 0.7, 3),
        [
            "saved_y.append(y)",
            "saved_y_1.append(y[0])",
            "saved_u.append(u)",
            "y[0] = saved_y_1.pop()",
            "u = saved_u.pop()",
            "y = saved_y.pop()",
        ],
        [],
    ),
    (
        "mask_of_what_is_written",
        """
        def f(x, s):
            y = 1.0 * x
            y[y > 0.0] = y[y > 0.0] ** 2 * s
            return y * y
        """,
        (_A, 1.3),
        [],
        [],
    ),
    (
        "view_of_the_last_trip",
        """
        def f(x, s):
            y = 1.0 * x
            k = 0
            while True:
                y[0] = s * y[1]
                v = y[1:]
                k += 1
                if k >= 3:
                    break
            t = np.sum(v * v)
            y[1] = t * s
            return np.sum(y) * t
        """,
        (_A, 0.7),
        [
            "saved_y.append(y[0])",
            "saved_v.append(v)",
            "old_y = y[1]",
            "y[1] = old_y",
            "while saved_y:",
            "y[0] = saved_y.pop()",
            "v = saved_v.pop()",
        ],
        [],
    ),
    (
        "view_of_what_the_last_statement_writes",
        """
        def f(x, s):
            y = 1.0 * x
            v = y[1:]
            t = np.sum(v * v)
            y[1] = t * s
            return y
        """,
        (_A, 0.7),
        ["old_y = y[1]", "y[1] = old_y"],
        ["v = y[1:]"],
    ),
    (
        "view_from_a_place_that_changes",
        """
        def f(x, s):
            y = 1.0 * x
            k = 1
            if s > 1.0:
                k = 2
            v = y[k:]
            if s > 0.5:
                k = 3
            t = np.sum(v * v)
            y[1] = t * s
            return y * k
        """,
        (_A, 0.7),
        ["old_k = None", "old_k = k", "old_y = y[1]", "y[1] = old_y", "k = old_k"],
        [],
    ),
    (
        "cheap_value_of_the_trip_around",
        """
        def f(x, s, n):
            t = x
            for i in range(n):
                u = t * s
                for j in range(2):
                    w = u * u
                    t = t + w
            return t
        """,
        (0.4, 0.7, 3),
        [
            "saved_u.append(u)",
            "saved_t.append(t)",
            "u = saved_u.pop()",
            "t = saved_t.pop()",
        ],
        [],
    ),
    (
        "six_operations",
        """
        def f(x, s, n):
            t = x
            for i in range(n):
                u = s * (s - s * (s + s * t))
                t = t + u * u
            return t
        """,
        (_A, 0.7, 3),
        ["saved_t.append(t)", "t = saved_t.pop()"],
        [],
    ),
    (
        "seven_operations",
        """
        def f(x, s, n):
            t = x
            for i in range(n):
                u = s + s * (s + s * (s - s * (s + t)))
                t = t + u * u
            return t
        """,
        (_A, 0.7, 3),
        ["saved_t.append(t)", "saved_u.append(u)", "u = saved_u.pop()", "t = saved_t.pop()"],
        [],
    ),
    (
        "tests_as_numbers",
        """
        def f(x, s, n):
            t = 1.0
            for i in range(n):
                odd = i % 2 == 1
                even = not odd
                k = 2 if even else 1
                t = t * s + x[k] * t * even
            return t
        """,
        (_A, 1.3, 3),
        ["saved_t.append(t)", "t = saved_t.pop()"],
        ["odd = i % 2 == 1", "even = not odd", "k = 2 if even else 1"],
    ),
    (
        "size_of_an_argument",
        """
        def f(x, s, n):
            t = 1.0
            for i in range(n):
                m = x.size + i
                t = t * s / m + np.sum(x)
            return t
        """,
        (_A, 1.3, 3),
        ["saved_t.append(t)", "t = saved_t.pop()"],
        ["m = x.size + i"],
    ),
    (
        "tuple_of_numbers",
        """
        def f(x, s, n):
            t = x
            for i in range(n):
                w = (0.3, 0.7)
                t = t * s + t * w[i % 2]
            return t
        """,
        (_A, 1.3, 3),
        ["saved_t.append(t)", "t = saved_t.pop()"],
        ["w = (0.3, 0.7)"],
    ),
    (
        "list_of_numbers",
        """
        def f(x, s, n):
            t = x
            for i in range(n):
                w = [0.3, 0.7]
                t = t * s + t * w[i % 2]
            return t
        """,
        (_A, 1.3, 3),
        [
            "saved_t.append(t)",
            "saved_w_part.append(w_part)",
            "t = saved_t.pop()",
            "w_part = saved_w_part.pop()",
        ],
        [],
    ),
    (
        "tuple_of_a_number_and_a_count",
        """
        def f(x, s, n):
            t = x
            for i in range(n):
                w = (0.3, i)
                t = t * s + t * w[i % 2]
            return t
        """,
        (_A, 1.3, 3),
        [
            "saved_t.append(t)",
            "saved_w_part.append(w_part)",
            "t = saved_t.pop()",
            "w_part = saved_w_part.pop()",
        ],
        [],
    ),
    (
        "size_of_what_is_written",
        """
        def f(x, s, n):
            y = 1.0 * x
            t = s
            for i in range(n):
                m = y.size
                k = len(y)
                y[0, 0] = t * s
                t = t * t / m + y[0, 1] * t * k
            return t * np.sum(y)
        """,
        (np.outer(_A, _A), 0.7, 3),
        [
            "saved_y.append(y[0, 0])",
            "saved_t.append(t)",
            "t = saved_t.pop()",
            "y[0, 0] = saved_y.pop()",
        ],
        ["m = y.size", "k = len(y)"],
    ),
    (
        "length_of_a_list_that_grows",
        """
        def f(x, s, n):
            y = [x, s]
            t = s
            for i in range(n):
                m = len(y)
                y.append(t * s)
                t = t * t / m + y[0] * t
            return t * sum(y)
        """,
        (0.4, 0.7, 3),
        [
            "saved_t.append(t)",
            "saved_m.append(m)",
            "t = saved_t.pop()",
            "m = saved_m.pop()",
        ],
        [],
    ),
    (
        "size_of_another_array_each_trip",
        """
        def f(x, s, n):
            y = 1.0 * x
            t = s
            for i in range(n):
                m = y.size
                y = y[:-1] * t
                t = t * t / m + y[0] * t
            return t * np.sum(y)
        """,
        (_A, 0.7, 2),
        [
            "saved.append((y, t))",
            "saved_1.append((m, y_1))",
            "m, y_1 = saved_1.pop()",
            "y, t = saved.pop()",
        ],
        [],
    ),
]
"""Name, program, arguments, the lines that record and take back, and the user's lines that are there twice."""


@pytest.mark.parametrize(
    ("name", "text", "args", "recorded", "again"), PROGRAMS, ids=[p[0] for p in PROGRAMS]
)
def test_recorded(
    name: str, text: str, args: tuple[Any, ...], recorded: list[str], again: list[str]
) -> None:
    case = case_of(name, text, (args,))
    plain, _ = derived(case.function, case.variables, like=args, simplified=False)
    check_gradient(case, args, plain)
    made, _ = derived(case.function, case.variables, like=args)
    check_gradient(case, args, made)
    lines = [line.strip() for line in made.source.splitlines()]
    kept = [line for line in lines if re.search(r"\b(saved|old)(_\w+)?\b", line)]
    assert [line for line in kept if not line.endswith("= []")] == recorded
    own = [line.strip() for line in text.splitlines() if " = " in line]
    assert [line for line in own if lines.count(line) > 1] == again
