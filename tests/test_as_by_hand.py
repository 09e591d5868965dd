"""Derivatives that are computed once, subtracted where they are negative, added in one line, and not copied."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from s2sgrad.transform import derived
from tests.differentiating import check_gradient
from tests.regression_case import case_of

_A = np.array([0.6, -1.3, 0.9, 0.4, -0.7])
_B = np.array([-0.4, 0.8, 1.7, -1.1, 0.3])
_M = np.outer(_A, _B) + np.eye(5)

PROGRAMS: list[tuple[str, str, tuple[tuple[Any, ...], ...], tuple[str, ...]]] = [
    (
        "equal_terms",
        """
        def f(x: np.ndarray, y: np.ndarray, n: int):
            y = 1.0 * y
            for i in range(n):
                y[1:-1] = (
                    0.25 * (x[2:] - 2.0 * x[1:-1] + x[:-2])
                    + 0.25 * (x[1:-1] * x[:-2] - 2.0 * x[1:-1])
                    + x[1:-1]
                )
                x = x * y
            return x
        """,
        ((_A, _B, 0), (_A, _B, 1), (_B, _A, 3)),
        (),
    ),
    (
        "terms_of_what_is_written",
        """
        def f(x: np.ndarray, w: np.ndarray, n: int):
            x = 1.0 * x
            for i in range(n):
                x[1:-1] = 0.5 * (x[2:] - w[1:-1] * x[1:-1]) + 0.5 * (x[:-2] + x[1:-1])
                x[2:] += 0.5 * x[:-2] - 0.5 * x[1:-1] + x[:-2]
            return x
        """,
        ((_A, _B, 0), (_A, _B, 1), (_B, _A, 3)),
        (),
    ),
    (
        "equal_but_for_what_is_between",
        """
        def f(x: np.ndarray, w: np.ndarray, n: int):
            w = 1.0 * w
            t = 0.0 * x
            for i in range(n):
                t = w * (x + t)
                w[1:] *= x[:-1]
                t = t + w * (x - t)
            return t
        """,
        ((_A, _B, 0), (_A, _B, 1), (_B, _A, 3)),
        (),
    ),
    (
        "subtracted",
        """
        def f(U: np.ndarray, b: np.ndarray):
            n = len(b)
            x = np.empty(n)
            for i in range(n - 1, -1, -1):
                s = b[i]
                for j in range(i + 1, n):
                    s -= U[i, j] * x[j]
                x[i] = s / U[i, i]
            return x
        """,
        ((_M.T, _B), (_M, _A)),
        ("d_x[j] -= U[i, j] * d_s", "d_U[i, j] -= x[j] * d_s"),
    ),
    (
        "signs_of_matrices",
        """
        def f(A: np.ndarray, x: np.ndarray, n: int):
            x = 1.0 * x
            for i in range(n):
                x[1:] = x[:-1] - A[1:, :] @ x
                x -= A.T @ x
            return x
        """,
        ((_M, _A, 0), (0.3 * _M, _A, 1), (0.3 * _M, _B, 3)),
        (),
    ),
    (
        "only_looked_at",
        """
        def f(u: np.ndarray, v: np.ndarray, dt: float, n: int):
            u = 1.0 * u
            for i in range(n):
                u += dt * v
                v = v - dt * u * u
                u[1:] += v[:-1] * u[1:]
            return u * v
        """,
        ((_A, _B, 0.3, 0), (_A, _B, 0.3, 1), (_B, _A, -0.3, 4)),
        (),
    ),
    (
        "looked_at_while_it_is_written",
        """
        def f(u: np.ndarray, v: np.ndarray, n: int):
            u = 1.0 * u
            v = 1.0 * v
            for i in range(n):
                u += v * u[::-1]
                v += u * v
                u *= v
                v[1:] -= u[:-1]
            return u * v
        """,
        ((_A, _B, 0), (_A, _B, 1), (_B, _A, 3)),
        (),
    ),
    (
        "added_to_at_once",
        """
        def f(x: np.ndarray, h: np.ndarray):
            out = np.zeros(x.shape)
            for t in range(len(x)):
                h = np.tanh(x[t] * h)
                out[t] = h
            return out
        """,
        ((_M[:0], _A), (_M[:1], _A), (_M, _A)),
        ("d_h = d_out[t] + d_h",),
    ),
    (
        "overwritten_as_a_whole",
        """
        def f(u: np.ndarray, c: float, n: int):
            v = np.empty_like(u)
            for i in range(n):
                v[:] = u
                u[1:] = v[1:] * v[:-1] + c * v[1:]
                v[...] = u * v
            return u, v
        """,
        ((_A, 0.3, 1), (_B, -0.3, 3)),
        ("v = saved_v.pop()",),
    ),
    (
        "argument_that_is_overwritten",
        """
        def f(C: np.ndarray, A: np.ndarray, b: float):
            C[:] = A @ C + b * C
            C[:] = C * C
            return C
        """,
        ((_M, _M.T, 0.3),),
        ("C = old_C",),
    ),
    (
        "product_of_arrays",
        """
        def f(A: np.ndarray, B: np.ndarray, s: float):
            return np.sum(s * A * np.sin(B)) + s
        """,
        ((_M, _M.T, 0.3), (_M[:2], _M[1:3], 0.3), (_M[:0], _M[:0], 0.3), (_M, _M[:1], 0.3)),
        (),
    ),
    (
        "kept_and_bound_anew",
        """
        def f(c: np.ndarray, x: np.ndarray):
            y = np.zeros_like(x)
            for a in c:
                y *= x
                y += a
            return y
        """,
        ((_A[:0], _B), (_A[:1], _B), (_A, _B)),
        ("saved_y.append(y)", "y = y * x"),
    ),
    (
        "kept_and_written_in_parts",
        """
        def f(x: np.ndarray, w: np.ndarray, n: int):
            y = 1.0 * x
            for i in range(n):
                y *= w
                y[1:] *= y[:-1]
                y *= y
                y[0] = w[0] * y[1]
            return y * w
        """,
        ((_A, _B, 0), (_A, _B, 1), (_A, _B, 3)),
        (),
    ),
    (
        "kept_in_a_list_too",
        """
        def f(x: np.ndarray, w: np.ndarray, n: int):
            y = 1.0 * x
            ys = []
            for i in range(n):
                y *= w
                y *= y
                ys.append(y)
            total = 0.0 * x
            for z in ys:
                total = total + z * w
            return total
        """,
        ((_A, _B, 1), (_A, _B, 2)),
        (),
    ),
    (
        "kept_under_another_name",
        """
        def f(x: np.ndarray, w: np.ndarray, n: int):
            y = 1.0 * x
            z = y[1:]
            for i in range(n):
                y *= w
                y *= y
                if i % 2:
                    z = z * y[1:]
            return z * z
        """,
        ((_A, _B, 0), (_A, _B, 1), (_A, _B, 3)),
        (),
    ),
    (
        "kept_on_one_path",
        """
        def f(x: np.ndarray, w: np.ndarray, n: int):
            y = 1.0 * x
            for i in range(n):
                if i % 2:
                    y *= y * w
                    if y[0] > 0.1:
                        break
                    y *= w
                y += w * y
            return y
        """,
        ((_A, _B, 0), (_A, _B, 1), (_B, _A, 4), (_A, 0.2 * _B, 5)),
        (),
    ),
    (
        "kept_with_a_wider_other",
        """
        def f(x: np.ndarray, w: np.ndarray, n: int):
            y = np.zeros(len(x)) + x
            for i in range(n):
                y *= w
                y /= 2
                y *= y
            return y
        """,
        ((_A, _B[:1], 0), (_A, _B[:1], 2), (_A, _B[:1], 3)),
        (),
    ),
    (
        "arguments_that_are_kept",
        """
        def f(x: np.ndarray, g: np.ndarray):
            x -= x.mean()
            x /= np.sqrt((x * x).mean() + 0.1)
            x *= g
            x[:] = x * x
            return x
        """,
        ((_A, _B), (_B, _A)),
        ("x = x * g",),
    ),
    (
        "part_between_what_is_added_to_the_whole",
        """
        def f(x: np.ndarray, n: int):
            return x * x[1] + math.atan(x[(n + 1) % 2]), x - np.zeros((2, 5))
        """,
        ((_A, 0), (_B, 3)),
        (),
    ),
    (
        "numbers_that_take_each_other_back",
        """
        def f(x: np.ndarray, c: float):
            r = np.sqrt(np.sum(x**2))
            return x * (c * c / 2) / r + np.std(x)
        """,
        ((_A, 0.3), (_B, -0.4)),
        ("d_x += x * (d_r / r)", "d_c = c * x.dot(d_num)", "/ (len(x) * "),
    ),
    (
        "spread_over_what_it_is_added_to",
        """
        def f(X: np.ndarray, g: np.ndarray):
            mu = X.mean(axis=0)
            var = ((X - mu) ** 2).mean(axis=0)
            return g * (X - mu) / (1 + var)
        """,
        ((_M, _A), (_M[:3], _B)),
        ("d_X += d_mu / len(X)",),
    ),
    (
        "popped_and_added_to_at_once",
        """
        def f(x: float, c: float, n: int):
            xs = []
            v = 0.0
            for i in range(n):
                v = c * v - x * x
                x = x + v
                xs.append(x)
            total = 0.0
            for k in range(n):
                total += xs[k] * xs[k - 1]
            return total
        """,
        ((0.3, 0.9, 0), (0.3, 0.9, 1), (-0.4, 0.7, 4)),
        ("d_x += d_xs.pop()", "d_v = d_x + d_v"),
    ),
    (
        "named_under_which_it_is_written",
        """
        def f(x: np.ndarray, n: int):
            h = 1.0 * x
            hs = []
            for i in range(n):
                h = h * x
                hs.append(h)
                h[1:] *= h[:-1]
            for g in hs:
                g *= h
            return np.sum(np.array(hs)) + np.sum(h)
        """,
        ((_A, 1), (_B, 3)),
        (),
    ),
    (
        "heads_with_colons",
        """
        def f(x: np.ndarray, c: float):
            s = 0.0
            for v in x[1:]:
                if (p := c * v) > 0:
                    s += p * v
            return s
        """,
        ((_A, 0.3), (_B, -0.4)),
        ("# for v in x[1:]", "# if (p := c * v) > 0"),
    ),
]


@pytest.mark.parametrize("example", [False, True], ids=["no example", "example"])
@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize(
    ("name", "text", "inputs", "lines"), PROGRAMS, ids=[p[0] for p in PROGRAMS]
)
def test_as_by_hand(
    name: str,
    text: str,
    inputs: tuple[tuple[Any, ...], ...],
    lines: tuple[str, ...],
    simplified: bool,
    example: bool,
) -> None:
    case = case_of(f"as by hand {name}", text, inputs)
    if not example and name == "subtracted":
        pytest.skip("what isn't told may be an array, and is refused")
    like = inputs[-1] if example and name != "product_of_arrays" else None
    made, _ = derived(case.function, case.variables, like=like, simplified=simplified)
    for args in inputs:
        check_gradient(case, args, made)
    for line in lines if simplified and example else ():
        assert line in made.source, made.source


def test_what_may_be_a_number_is_added_without_an_index() -> None:
    case = case_of(
        "number of a branch",
        """
        def f(x, y: np.ndarray, n: int):
            y **= 2
            x, y = y, x
            g = lambda q: 1.3 * x if n < 2 else 0.7
            return x + g(0.25)
        """,
        ((_B, _A, 1), (_A, _B, 3)),
    )
    made, _ = derived(case.function, ("y",), of="return", form="tangent")
    for y, n in ((_A, 1), (_B, 3)):
        _, tangent = made(y, y, n, _M[0])
        assert np.allclose(tangent, (4.6 if n < 2 else 2) * y * _M[0])
