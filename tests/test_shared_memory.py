"""Functions in which names share memory that is written, and which were once refused, or wrong.

Each is differentiated in all ways there are, called twice, and held against the reference, which is held against
differences (see tests/fuzz): with examples it is right; without, it may be refused, where the kinds decide.
"""

from __future__ import annotations

import numpy as np
import pytest

from s2sgrad import jvp
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.fuzz.program import Program, written_down
from tests.fuzz.verdicts import checked

_A, _B = "np.array([0.6, -1.1, 0.8])", "np.array([-0.4, 0.9, 1.2])"
_L = f"[{_A}, {_B}]"
_M = "np.array([[0.6, -1.1, 0.8], [-0.4, 0.9, 1.2]])"

PROGRAMS: dict[str, Program] = {
    "numbers_unpacked_from_an_array_that_is_written_through_a_view": written_down(
        """
        def f(x: np.ndarray):
            v = x[:]
            a, b, c = x
            v[0] = 2.0 * b
            return a * b * c * x[0]
        """,
        (_A,),
        (_B,),
        wrt=("x",),
    ),
    "numbers_unpacked_between_two_writes": written_down(
        """
        def f(x: np.ndarray, s: float):
            v = x[1:]
            v *= s
            a, b, c = x
            v[0] = a * c
            return x * b
        """,
        (_A, "0.7"),
        (_B, "-0.3"),
        wrt=("x", "s"),
    ),
    "rows_unpacked_and_written": written_down(
        """
        def f(A: np.ndarray, s: float):
            p, q = A
            p[1] = s * q[0]
            q *= p
            return A
        """,
        (_M, "0.7"),
        wrt=("A", "s"),
    ),
    "row_by_a_number_and_a_slice": written_down(
        """
        def f(A: np.ndarray, s: float, n: int):
            row = A[n, ::1]
            column = A[::-1, n]
            row *= s
            column[0] = row[2] * s
            return A
        """,
        (_M, "0.7", "1"),
        (_M, "0.7", "0"),
        wrt=("A", "s"),
    ),
    "element_with_a_new_axis": written_down(
        """
        def f(x: np.ndarray, s: float, n: int):
            v = x[n, None]
            x[n] = s * x[0]
            v *= x[1]
            return x * v
        """,
        (_A, "0.7", "2"),
        (_B, "0.7", "0"),
        wrt=("x", "s"),
    ),
    "array_in_a_tuple_with_a_number_is_written": written_down(
        """
        def f(x: np.ndarray):
            t = (np.sin(x), 0.7)
            p, s = t
            p[1] = s * x[0]
            return p * x
        """,
        (_A,),
        wrt=("x",),
    ),
    "argument_in_a_tuple_is_written": written_down(
        """
        def f(x: np.ndarray, s: float, n: int):
            t = (x, s * s, n)
            x[1] = x[0] * s
            v, r, k = t
            v *= r
            x[k] = v[1]
            return x
        """,
        (_A, "0.7", "2"),
        (_B, "-0.4", "0"),
        wrt=("x", "s"),
    ),
    "variables_in_a_tuple": written_down(
        """
        def f(x: np.ndarray, s: float, n: int):
            y = np.cos(x)
            for i in range(n):
                t = (x, y, s)
                x, s = y, s * 0.5
                y = t[0]
                y[i] = t[-1] * x[1]
                x[0] += s
            return x * y
        """,
        (_A, "0.7", "3"),
        (_B, "-0.4", "0"),
        wrt=("x", "s"),
    ),
    "loop_over_an_array_that_is_scaled_in_it": written_down(
        """
        def f(x: np.ndarray, s: float):
            out = 0.0
            for r in x:
                out = out * s + r * r
                x *= 0.5 + r
            return out * x
        """,
        (_A, "0.7"),
        wrt=("x", "s"),
    ),
    "loop_over_two_names_of_what_is_stored_into": written_down(
        """
        def f(x: np.ndarray, s: float):
            y = x
            out = 0.0
            for k, (r, q) in enumerate(zip(x, reversed(y))):
                x[::2] = s * q + r
                out += r * q * x[k]
                y += out
            return out
        """,
        (_A, "0.7"),
        wrt=("x", "s"),
    ),
    "loop_over_rows_that_are_written": written_down(
        """
        def f(A: np.ndarray, s: float):
            for row in reversed(A):
                A[:, 0] = s * row[1]
                row *= A[0]
                A /= 2.0
            return A
        """,
        (_M, "0.7"),
        wrt=("A", "s"),
    ),
    "loop_over_an_array_whose_name_is_bound_anew": written_down(
        """
        def f(x: np.ndarray, s: float, n: int):
            for r in x:
                x[1:2] = r * s
                if n > 1:
                    x = x * r
                x += r
            return x
        """,
        (_A, "0.7", "2"),
        (_A, "0.7", "0"),
        wrt=("x", "s"),
    ),
    "list_that_grows_in_its_loop_has_no_derivative": written_down(
        """
        def f(x: float, n: int):
            seen = [n]
            out = 0.0
            for v in seen:
                if len(seen) < 4:
                    seen += [v + 1]
                out += v * x * x
            return out
        """,
        ("0.7", "2"),
        wrt=("x",),
    ),
    "copy_of_a_list_is_looped_over": written_down(
        """
        def f(x: float, n: int):
            terms = [x, x * x]
            out = 0.0
            for v in list(terms):
                if n > 1:
                    terms.append(v * x)
                out += v * terms[-1]
            return out
        """,
        ("0.7", "2"),
        ("0.7", "0"),
        wrt=("x",),
    ),
    "tuples_returned_in_several_places": written_down(
        """
        def f(x: np.ndarray, s: float):
            total = x.sum()
            x[2] *= s
            y = x
            for i in range(3):
                if total > i:
                    return s, np.sin(y), y
                x[i] += s * x[0]
            return s * s, x, x * 1.7
        """,
        (_A, "0.7"),
        (_B, "-0.3"),
        wrt=("x", "s"),
    ),
    "tuple_made_in_two_branches": written_down(
        """
        def f(x: np.ndarray, y: np.ndarray, s: float):
            if s > 0.0:
                t = (x, y, s)
            else:
                t = (y, x[::-1], s * s)
            p, q, r = t
            p[0] = r * q[1]
            q *= p
            return x * y * t[2]
        """,
        (_A, _B, "0.7"),
        (_A, _B, "-0.3"),
        wrt=("x", "y", "s"),
    ),
    "tuple_of_a_tuple_is_returned": written_down(
        """
        def f(x: np.ndarray, s: float):
            t = (x[0], s)
            x[1] = s * x[2]
            if s > 0.0:
                return t, x
            return t, x * s
        """,
        (_A, "0.7"),
        (_A, "-0.3"),
        wrt=("x", "s"),
    ),
    "views_of_an_array_without_axes": written_down(
        """
        def f(x: np.ndarray, s: float):
            v = x.squeeze()
            w = np.asarray(x.T)
            x[...] = s * x[()]
            v *= s
            u = x.ravel()
            u[0] += w
            return x * v
        """,
        ("np.array(0.6)", "0.7"),
        wrt=("x", "s"),
    ),
    "arrays_of_a_list_of_the_callers_are_written": written_down(
        """
            def f(y: np.ndarray, P, s: float):
                y[...] = s
                for r in P:
                    r[1] += s * y[0]
                return y * P[0]
            """,
        (_A, _L, "0.7"),
        wrt=("s", "P", "y"),
    ),
    "list_of_the_callers_is_popped": written_down(
        """
            def f(P, s: float):
                e = P.pop()
                for r in P:
                    r *= e * s
                return e * P[0]
            """,
        (_L, "0.7"),
        wrt=("s", "P"),
    ),
    "list_of_the_callers_grows": written_down(
        """
            def f(P, s: float):
                P.append(P[0] * s)
                P[0][1] = s * P[2][0]
                P[1] = P[2]
                P[1] *= s
                return P[0] * P[2]
            """,
        (_L, "0.7"),
        wrt=("s", "P"),
    ),
    "arrays_of_a_list_of_the_callers_are_given_to_a_helper": written_down(
        """
            def h(u, s):
                u *= s
            def f(x, P, s: float):
                h(P[0], s)
                x[1] = P[0][2]
                h(P[1][1:], x[1])
                return P[0] * P[1] * x
            """,
        (_A, _L, "0.7"),
        wrt=("s", "P"),
    ),
    "list_of_the_callers_is_returned": written_down(
        """
            def f(P, s: float):
                P[1][0] = s * P[0][1]
                return P
            """,
        (_L, "0.7"),
        wrt=("s", "P"),
    ),
    "what_is_left_in_a_list_of_the_callers": written_down(
        """
            def f(P, s: float):
                P[1][0] = s * P[0][1]
                P[0] = P[1] * s
            """,
        (_L, "0.7"),
        wrt=("s", "P"),
        of=("P",),
    ),
    "array_in_a_list_is_changed_under_two_names": written_down(
        """
        def f(x: np.ndarray, P, s: float):
            L = [x, P[1], x * s]
            for k, a in enumerate(L):
                L[k] += s * x[k]
                a[1:] *= P[0][k]
            L[-1] /= 2.0 + s
            return x * L[2] + P[1]
        """,
        (_A, _L, "0.7"),
        wrt=("x", "s", "P"),
    ),
    "what_is_left_in_a_list_whose_arrays_change_places": written_down(
        """
        def f(P, x: np.ndarray, n: int):
            if n:
                P[0], P[1] = P[1], P[0]
            P[0][1] = x[0] * P[1][2]
            P[1] = x[:2] * P[0][0]
            P.append(x[1:])
            x[2] *= 3.0
        """,
        (_L, _A, "1"),
        (_L, _A, "0"),
        wrt=("x", "P"),
        of=("P", "x"),
    ),
    "arrays_of_a_list_are_reshaped": written_down(
        """
        def f(P, s: float):
            for r in P:
                v = np.ravel(r)
                v *= s
                r[0] += v[1]
                w = np.reshape(r, (3, 1))
                w[2] = s * r[0]
            return P[0] * P[1]
        """,
        (_L, "0.7"),
        (f"[np.repeat({_A}, 2)[::2], {_B}]", "0.7"),
        wrt=("P", "s"),
    ),
    "helper_with_functions_inside_returns_a_part_that_is_written": written_down(
        """
        def h(u, w):
            def g(q):
                u[2] = q
                return u[0] * w * q
            k = lambda u: u * w
            w = g(w) + k(2.0)
            return u[1:], g(w)

        def f(x: np.ndarray, s: float):
            v, r = h(x, s)
            v[0] = s * r
            w, s = h(x, r)
            w *= s
            return x
        """,
        (_A, "0.7"),
        (_B, "-0.4"),
        wrt=("x", "s"),
    ),
    "helper_that_calls_itself_returns_its_argument": written_down(
        """
        def h(u, k, w):
            if k <= 0:
                return u
            u[1] *= w * u[0]
            return h(u, k - 1, w)

        def f(x: np.ndarray, s: float, n: int):
            y = x * s
            v = h(y, n, s)
            v[0] = s
            y[2] *= v[1]
            return y * v
        """,
        (_A, "0.7", "2"),
        (_B, "-0.4", "0"),
        wrt=("x", "s"),
    ),
    "helper_that_calls_itself_returns_its_argument_and_a_number": written_down(
        """
        def h(u, v, k, w):
            if k <= 0:
                return v, w * u[0], u
            v[1] *= w * u[0]
            return h(u, v, k - 1, w * 0.5)

        def f(x: np.ndarray, s: float, n: int):
            y = x * s
            z = x * x
            v, r, u = h(y, z, n, s)
            v[0] = s * r
            u[2] *= v[1]
            return y * u + z * v
        """,
        (_A, "0.7", "2"),
        (_B, "-0.4", "0"),
        wrt=("x", "s"),
    ),
    "helper_returns_arguments_that_branches_choose_and_a_number": written_down(
        """
        def h(u, v, w):
            if w > 0:
                y = u
            else:
                y = u
            v[0] = u[1] * w
            return y, v, w * y[1]

        def f(x: np.ndarray, s: float):
            y = x * s
            z = x * x
            v, w, r = h(y, z, s)
            v[0] = s * r
            z *= s
            y[2] *= w[1]
            return y * v + w
        """,
        (_A, "0.7"),
        (_B, "-0.4"),
        wrt=("x", "s"),
    ),
    "arrays_without_axes_in_a_list": written_down(
        """
        def f(P, s: float):
            for r in P:
                r *= s
            return P[0] * P[1]
        """,
        ("[np.array(0.6), np.array(-0.4)]", "0.7"),
        wrt=("P", "s"),
    ),
    "list_of_arrays_without_axes_grows": written_down(
        """
        def f(P, s: float):
            P.append(np.array(s))
            P[1] -= P[2]
            P[2][...] = P[0] * s
            return P[2] * P[1]
        """,
        ("[np.array(0.6), np.array(-0.4)]", "0.7"),
        wrt=("P", "s"),
    ),
}

REFUSED = {
    "grows under another name": """
        def f(x: float):
            terms = [x]
            others = terms
            out = 0.0
            for v in terms:
                if len(others) < 3:
                    others.append(v * x)
                out += v
            return out
        """,
    "grows inside another list": """
        def f(x: float, n: int):
            terms = [[x], [x, x * x]]
            out = 0.0
            for v in terms[0]:
                if len(terms[n]) < 3:
                    terms[n].append(v * x)
                out += v
            return out
        """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_shared_memory(name: str) -> None:
    for verdict in checked(PROGRAMS[name]):
        assert verdict.way is not None, verdict
        allowed = {"right"} if verdict.way.like else {"right", "refused"}
        assert verdict.kind in allowed, verdict


def test_arrays_of_a_list_that_overlap() -> None:
    program = PROGRAMS["list_of_the_callers_is_returned"]
    a = np.array([0.6, -1.1, 0.8])
    with pytest.raises(TypeError, match="writes into arrays of P, two of which share memory"):
        jvp(program.function, ([a, a], 0.7), ([a, a], 1.0))


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    program = written_down(REFUSED[name], ("0.7", "0"), wrt=("x",))
    with pytest.raises(TransformError, match="may change the length of a list while a loop runs"):
        derived(program.function, "x")
