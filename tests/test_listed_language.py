"""What issue and documentation list of Python by name: one small program each, differentiated or refused with a reason.

The reasons are listed in docs/language.md; what is refused there is refused here, and nothing else.
"""

from __future__ import annotations

import contextlib
import copy
import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.numeric import richardson_directional
from tests.listed_programs import LISTED
from tests.structures import moved, numbers, product, random_like

DOCUMENT = Path(__file__).parent.parent / "docs" / "language.md"


def refused() -> dict[str, str]:
    """Construct → the reason that is given in the documentation."""
    rows = re.findall(r"^\| `?([^|`]+)`? \| ([^|]+) \|$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    return {name.strip(): why.strip() for name, why in rows if name.strip() in LISTED}


REFUSED = refused()
CASES = [(name, *LISTED[name]) for name in LISTED]


def varied(function: Any, args: tuple[Any, ...]) -> tuple[str, ...]:
    """The parameters that hold real numbers."""
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    given = zip(names, args, strict=False)
    return tuple(
        n for n, value in given if any(np.asarray(v).dtype.kind == "f" for v in numbers(value))
    )


def check(function: Any, args: tuple[Any, ...]) -> None:
    """Hold both forms of the derivative against differences along random directions."""
    wrt = varied(function, args)
    names = function.__code__.co_varnames[: len(args)]
    given = dict(zip(names, args, strict=True))
    rng = np.random.default_rng(5)
    moves = {n: random_like(given[n], rng) for n in wrt}

    def along(t: float) -> float:
        at = {
            n: moved(v, moves[n], t) if n in moves else copy.deepcopy(v) for n, v in given.items()
        }
        return float(function(**at))

    expected = float(richardson_directional(along, (0.0,), (1.0,))[0])
    gradient = s2sgrad.transform(function, wrt, like=copy.deepcopy(args))(*copy.deepcopy(args))
    assert len(gradient) == len(wrt)
    total = sum(product(d, moves[n], given[n]) for n, d in zip(wrt, gradient, strict=True))
    assert abs(total - expected) <= 1e-6 * max(1.0, abs(expected)), f"{total}, not {expected}"
    tangent = s2sgrad.transform(function, wrt, like=copy.deepcopy(args), form="tangent")
    value, slope = tangent(*copy.deepcopy(args), *(copy.deepcopy(moves[n]) for n in wrt))
    assert abs(value - function(*copy.deepcopy(args))) < 1e-12
    assert abs(slope - expected) <= 1e-6 * max(1.0, abs(expected)), f"{slope}, not {expected}"


@pytest.mark.parametrize(("name", "function", "inputs"), CASES, ids=list(LISTED))
def test_is_right_or_refused(name: str, function: Any, inputs: tuple[tuple[Any, ...], ...]) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        if name in REFUSED:
            with pytest.raises(TransformError):
                s2sgrad.transform(function, varied(function, inputs[0]), like=inputs[0])
            return
        for args in inputs:
            check(function, args)


def test_nine_of_ten_are_differentiated() -> None:
    assert len(LISTED) >= 110
    assert len(REFUSED) <= len(LISTED) / 10
