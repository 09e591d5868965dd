"""Parts of derivatives that are replaced in place: what is written, and that it is right.

Each program writes into parts of arrays that it has read, in a way in which the derivative of a part may not simply be
looked at, scaled or stored anew; or may be, and is to be.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from s2sgrad.transform import derived
from tests.differentiating import check_gradient
from tests.regression_case import case_of

_A = np.array([0.6, -1.3, 0.9, 0.4])
_B = np.array([-0.4, 0.8, 1.7, -1.1])
_M = np.outer(_A, _B) + np.eye(4)

PROGRAMS: list[tuple[str, str, tuple[tuple[Any, ...], ...], tuple[str, ...]]] = [
    (
        "scaled",
        """
        def f(x: np.ndarray, s: float, n: int):
            y = 1.0 * x
            for i in range(n):
                y[i] /= s
            return y * y
        """,
        ((_A, 0.7, 0), (_A, 0.7, 1), (_B, -0.7, 4)),
        ("d_y[i] = d_y_i",),
    ),
    (
        "scaled_by_an_array",
        """
        def f(x: np.ndarray, w: np.ndarray, n: int):
            y = 1.0 * x
            for i in range(n):
                y[1:] = w[1:] * y[1:]
            return y * y
        """,
        ((_A, _B, 0), (_A, _B, 1), (_A, _B, 3)),
        ("d_y[1:] *= w[1:]", "d_w[1:] += y[1:] * d_y[1:]"),
    ),
    (
        "stored_anew",
        """
        def f(A: np.ndarray, C: np.ndarray, n: int):
            A = A.copy()
            for i in range(n):
                A[i] = A[i] @ C
            return A
        """,
        ((_M, _M.T, 0), (_M, 0.3 * _M, 1), (_M, _M.T, 4)),
        ("d_A[i] = C @ d_new",),
    ),
    (
        "overlapping_parts",
        """
        def f(x: np.ndarray, w: np.ndarray, n: int):
            y = 1.0 * x
            for i in range(n):
                y[1:] = w[1:] * y[:-1] + y[1:] / 3.0
            return y * y
        """,
        ((_A, _B, 0), (_A, _B, 1), (_A, _B, 3)),
        (),
    ),
    (
        "given_across",
        """
        def f(x: np.ndarray, w: float, n: int):
            y = 1.0 * x
            for i in range(n):
                old = y[1:-1]
                mean = 0.5 * (y[:-2] + y[2:]) * old
                y[1:-1] = (1 - w) * old + w * mean
            return y * y
        """,
        ((_A, 0.7, 0), (_A, 0.7, 1), (_B, 0.7, 3)),
        (),
    ),
    (
        "what_is_given_changes",
        """
        def f(x: np.ndarray, w: np.ndarray, n: int):
            y = 1.0 * x
            v = 1.0 * w
            for i in range(n):
                v[1:] = v[:-1] * y[1:]
                y[1:] = v[1:] * y[1:] * v[:-1]
            return y * v
        """,
        ((_A, _B, 0), (_A, _B, 1), (_A, _B, 3)),
        (),
    ),
    (
        "mask",
        """
        def f(x: np.ndarray, s: float):
            y = 1.0 * x
            y[y > 0] = s * y[y > 0] ** 2
            return y
        """,
        ((_A, 0.7), (_B, 0.7)),
        (),
    ),
    (
        "views_of_one_array",
        """
        def f(x: np.ndarray, s: float):
            y = 1.0 * x
            v = y[1:]
            w = y[:3]
            v[:2] = s * w[:2] * v[1:]
            w *= v
            v /= s
            return y
        """,
        ((_A, 0.7), (_B, -0.7)),
        (),
    ),
    (
        "one_name",
        """
        def f(x: np.ndarray, g: np.ndarray, b: np.ndarray):
            x -= x.mean()
            x /= np.sqrt((x * x).mean() + 0.1)
            x *= g
            x += b
            return x
        """,
        ((_A, _B, _A), (_B, _A, _B)),
        ("d_x *= g", "d_g = x * d_x"),
    ),
    (
        "one_name_seen_by_another",
        """
        def f(x: np.ndarray, g: np.ndarray, n: int):
            y = 1.0 * x
            z = y
            for i in range(n):
                y *= g
                z[1:] += y[:-1] * g[1:]
                z *= y
            return y * z
        """,
        ((_A, _B, 0), (_A, _B, 1), (_B, _A, 3)),
        (),
    ),
    (
        "chosen_by_a_branch",
        """
        def f(x: np.ndarray, g: np.ndarray, n: int):
            y = 1.0 * x
            v = y[2:]
            for i in range(n):
                if i % 2:
                    y[:2] *= v
                    v = y[1:3]
                v *= g[:2]
            return y
        """,
        ((_A, _B, 0), (_A, _B, 1), (_B, _A, 4)),
        (),
    ),
    (
        "one_name_in_a_loop",
        """
        def f(u: np.ndarray, v: np.ndarray, dt: float, n: int):
            for i in range(n):
                v[1:-1] += dt * (u[2:] - u[:-2] * u[1:-1])
                u += dt * v
            return u * v
        """,
        ((_A, _B, 0.3, 0), (_A, _B, 0.3, 1), (_B, _A, -0.3, 4)),
        ("u += dt * v", "d_v += dt * d_u"),
    ),
    (
        "one_name_but_for_a_branch",
        """
        def f(u: np.ndarray, v: np.ndarray, n: int):
            w = u
            for i in range(n):
                u += v * u
                if i % 2:
                    u = u * v
                w *= u
            return u * w
        """,
        ((_A, _B, 0), (_A, _B, 1), (_A, _B, 2), (_B, _A, 4)),
        (),
    ),
    (
        "arrays_that_change_places",
        """
        def f(u: np.ndarray, n: int):
            u = 1.0 * u
            v = np.zeros_like(u)
            for i in range(n):
                v[1:] += u[:-1] * u[1:]
                u *= v + 1
                u, v = v, u
                v += 0.3 * u
            return u * v
        """,
        ((_A, 0), (_A, 1), (_A, 2), (_B, 5)),
        (),
    ),
    (
        "one_name_until_it_is_left",
        """
        def f(u: np.ndarray, v: np.ndarray, n: int):
            k = 0
            while True:
                for j in range(2):
                    u += 0.1 * v * u
                    if k >= n:
                        break
                    v -= u * v
                    k += 1
                if k >= n:
                    break
                u *= v
            v *= u
            return u + v
        """,
        ((_A, _B, 0), (_A, _B, 1), (_A, _B, 2), (_B, _A, 5)),
        (),
    ),
    (
        "one_name_of_what_is_made_in_a_loop",
        """
        def f(x: np.ndarray, g: np.ndarray, n: int):
            out = 0.0
            for i in range(n):
                y = x * g
                for j in range(i):
                    y *= x
                    y += g
                out += np.sum(y * y)
            return out
        """,
        ((_A, _B, 0), (_A, _B, 1), (_A, _B, 2), (0.3 * _B, _A, 4)),
        (),
    ),
]


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize(
    ("name", "text", "inputs", "lines"), PROGRAMS, ids=[p[0] for p in PROGRAMS]
)
def test_replaced(
    name: str,
    text: str,
    inputs: tuple[tuple[Any, ...], ...],
    lines: tuple[str, ...],
    simplified: bool,
) -> None:
    case = case_of(f"replaced {name}", text, inputs)
    made, _ = derived(case.function, case.variables, like=inputs[0], simplified=simplified)
    for args in inputs:
        check_gradient(case, args, made)
        check_gradient(case, args, made)
    for line in lines if simplified else ():
        assert line in made.source, made.source
