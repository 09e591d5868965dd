"""What is only looked at before memory is written, numbers taken out included, and what merely seems to be."""

from __future__ import annotations

import pytest

from tests.fuzz.program import Program, written_down
from tests.fuzz.verdicts import checked

_A, _M = "np.array([0.6, -1.1, 0.8])", "np.array([[0.6, -1.1, 0.8], [1.3, 0.4, -0.7]])"

_GLANCES = {
    "item_of_what_has_unknown_axes": written_down(
        """
        def f(x: np.ndarray, s: float):
            v = x[1:].squeeze()
            x[-2] = (s - v[-1]) * x[0]
            a = np.cos(v[::2])
            return x, a
        """,
        (_A, "0.7"),
        wrt=("x", "s"),
    ),
    "row_or_number_of_what_has_unknown_axes": written_down(
        """
        def f(x: np.ndarray, s: float):
            v = x[:, 1:].squeeze()
            x[0, 1:] *= np.sum(v[1]) * s
            x[1, 0] = np.sum(np.sin(v[0]) * v[1])
            return x * s
        """,
        (_M, "0.7"),
        wrt=("x", "s"),
    ),
    "chosen_by_a_branch": written_down(
        """
        def f(x: np.ndarray, s: float, n: int):
            v = x[1:].squeeze()
            for i in range(n):
                a = v[i] if i % 2 == 0 else (v[i - 1] if s > 0.0 else v[-1])
                x[(i + 1) % 3] *= a * s
            return v * x[0]
        """,
        (_A, "0.7", "2"),
        (_A, "-0.7", "2"),
        wrt=("x", "s"),
    ),
    "view_chosen_by_a_branch": written_down(
        """
        def f(x: np.ndarray, s: float):
            if s > 0.5:
                part = x[0]
            else:
                part = x[1]
            x[:, 1] = part[0] * part[1:].sum() * s
            return x
        """,
        (_M, "0.7"),
        (_M, "0.4"),
        wrt=("x", "s"),
    ),
}

_NONE = {
    "bound_in_an_earlier_trip": written_down(
        """
        def f(x: np.ndarray, s: float, n: int):
            v = x.squeeze()
            total = 0.0
            for i in range(n):
                if i == 0:
                    part = v[1:]
                if i == 5:
                    part = v[:1]
                total = total + np.sum(part) * s
                x[1] *= total
            return total
        """,
        (_A, "0.7", "3"),
        wrt=("x", "s"),
    ),
    "read_before_it_is_bound_again": written_down(
        """
        def f(x: np.ndarray, s: float, n: int):
            part = x[:2]
            for i in range(n):
                x[i] *= np.sum(part) * s
                if i % 2 == 0:
                    part = x[1:]
                else:
                    part = x[:1]
            return np.sum(part * part), x
        """,
        (_A, "0.7", "3"),
        (_A, "0.7", "0"),
        wrt=("x", "s"),
    ),
    "read_in_the_other_branch": written_down(
        """
        def f(x: np.ndarray, s: float, n: int):
            part = x[:2]
            for i in range(n):
                if i % 2 == 0:
                    part = x[1:]
                    s = s * np.sum(part)
                else:
                    s = s + np.sum(part)
                    part = x[:1]
                x[i] *= s
            return x
        """,
        (_A, "0.7", "3"),
        wrt=("x", "s"),
    ),
    "written_between_the_branches": written_down(
        """
        def f(x: np.ndarray, s: float):
            if s > 0.5:
                part = x[1:]
                x[2] *= s
            else:
                x[1] = s * x[0]
                part = x[:2]
            return part * s
        """,
        (_A, "0.7"),
        (_A, "0.4"),
        wrt=("x", "s"),
    ),
}


@pytest.mark.parametrize("name", _GLANCES)
def test_what_is_only_looked_at(name: str) -> None:
    _hold(_GLANCES[name])


@pytest.mark.parametrize("name", _NONE)
def test_what_is_read_after_a_write(name: str) -> None:
    _hold(_NONE[name])


def _hold(program: Program) -> None:
    """With examples it is right, in each form; without it may be refused."""
    for verdict in checked(program):
        assert verdict.way is not None, verdict
        allowed = {"right"} if verdict.way.like else {"right", "refused"}
        assert verdict.kind in allowed, verdict
