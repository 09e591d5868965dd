"""The random programs of tests/fuzz: the reference is right, a campaign finds nothing, failures are made small."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pytest

from tests.fuzz.campaign import campaign, failure, minimal
from tests.fuzz.faults import FAULTS, first_failure
from tests.fuzz.generate import generated
from tests.fuzz.program import Program
from tests.fuzz.reference import RejectedError, reference
from tests.fuzz.verdicts import Way, checked

SECONDS = 45.0
PROGRAMS = 150


def program_of(body: str, *args: str) -> Program:
    text = f"def f(x, s):\n    {body}\n"
    return Program(text, (args,), ("x", "s"), ("x", "s"))


def speeds_of(program: Program) -> list[float]:
    found = reference(program, 0, np.random.default_rng(0))
    return [float(v) for speed in found.speeds for v in np.ravel(speed)]


@pytest.mark.parametrize(
    ("body", "slopes"),
    [
        ("return x * s", lambda x, s: (s, x)),
        ("return np.exp(x) / s", lambda x, s: (np.exp(x) / s, -np.exp(x) / s**2)),
        ("return np.hypot(x, s)", lambda x, s: (x / np.hypot(x, s), s / np.hypot(x, s))),
        ("return x ** s", lambda x, s: (s * x ** (s - 1), x**s * np.log(x))),
        ("return np.arctan2(x, s)", lambda x, s: (s / (x * x + s * s), -x / (x * x + s * s))),
        ("return max(x, s) - np.tanh(s)", lambda x, s: (0.0, 1 - (1 - np.tanh(s) ** 2))),
    ],
)
def test_reference(body: str, slopes) -> None:
    moves = reference(program_of(body, "0.7", "1.3"), 0, np.random.default_rng(0)).moves
    d_x, d_s = slopes(0.7, 1.3)
    assert speeds_of(program_of(body, "0.7", "1.3")) == pytest.approx(
        [d_x * moves[0] + d_s * moves[1]]
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("return max(x, s)", "not smooth: tie"),
        ("return abs(x - s)", "not smooth: abs at 0"),
        ("return np.sqrt(x - s)", "not smooth: end of a domain"),
        ("return math.exp(20 * x)", "not smooth: large"),
        ("return x / 0", "fails: ZeroDivisionError"),
        (
            "try:\n        return np.sum(x) / (s - 0.7)\n    except ArithmeticError:\n        return s",
            "not finite",
        ),
    ],
)
def test_rejected(body: str, reason: str) -> None:
    with pytest.raises(RejectedError, match=reason):
        speeds_of(program_of(body, "0.7", "0.7"))


def test_same_programs_in_every_process() -> None:
    first, second = generated(5, 17), generated(5, 17)
    assert str(first) == str(second)
    assert str(first) != str(generated(5, 18))


def test_failures_are_found_and_made_small(monkeypatch) -> None:
    """What is wrong of a program on purpose is found, and the rest of it is taken away."""
    monkeypatch.setattr("tests.fuzz.verdicts._TOLERANCE", -1.0)
    way = Way("gradient", like=True, simplified=True)
    program = Program(
        "def f(x, s):\n    y = x * s\n    for i in range(2):\n        y = y + i\n    return y\n",
        (("0.7", "1.3"), ("0.2", "0.1")),
        ("x", "s"),
        ("x", "s"),
    )
    verdict = failure(checked(program, [way]))
    assert verdict is not None
    assert (verdict.kind, verdict.reason) == ("wrong", "gradient")
    small = minimal(program, verdict, 20.0)
    assert len(small.text) < len(program.text) / 2
    assert len(small.inputs) == 1


@pytest.mark.parametrize("fault", ["dropped_contribution", "missing_undo", "arguments_not_copied"])
def test_faults_are_found(fault: str) -> None:
    """Three of those that `python -m tests.fuzz --faults` puts in; it is run by hand for all."""
    with warnings.catch_warnings(action="ignore"):
        assert first_failure(fault, 11, 40) is not None


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_can_be_put_in(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    FAULTS[fault](monkeypatch)


def test_kinks_in_the_middle_are_seen_by_differences() -> None:
    """To both sides of it central differences are the mean of two slopes, exactly."""
    for body in ("return np.linalg.norm(x - s)", "return np.max([x, s])", "return abs(x - s)"):
        program = replace(program_of(body, "0.7", "0.7"), wider=True)
        with pytest.raises(RejectedError):
            speeds_of(program)
    body = "return np.linalg.norm([x, s])"
    (speed,) = speeds_of(replace(program_of(body, "3.0", "4.0"), wider=True))
    moves = reference(program_of("return x", "3.0", "4.0"), 0, np.random.default_rng(0)).moves
    assert speed == pytest.approx(0.6 * moves[0] + 0.8 * moves[1], rel=1e-9)


def test_short_campaign_of_functions_without_dual_numbers(capsys) -> None:
    with warnings.catch_warnings(action="ignore"):
        tally = campaign(15, 3, 5.0, count=1, wider=True)
    assert not tally.failures, capsys.readouterr().out


def test_short_campaign(capsys) -> None:
    """Some programs of fixed seeds, as many as there is time for: none is wrong, none crashes."""
    with warnings.catch_warnings(action="ignore"):
        tally = campaign(PROGRAMS, 0, SECONDS)
    assert not tally.failures, capsys.readouterr().out
    assert tally.kinds["right"] > tally.kinds["refused"]
    assert tally.kinds["rejected"] < sum(tally.kinds.values()) / 3


def test_a_program_that_does_not_end_is_rejected() -> None:
    """A quotient by 0 is infinite, and stays so: `while abs(x) > 0.1 and x < 50.0: x *= 0.6`."""
    program = generated(32101, 1072)
    assert checked(program)[0].kind == "rejected"
