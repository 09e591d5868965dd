"""What functions of arbitrary files have found: each once failed, or took too long."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from s2sgrad.errors import TransformError
from s2sgrad.transform import FORMS, transform
from tests.front_end.campaign import How, tried
from tests.front_end.tally import Result
from tests.front_end.verdicts import Verdict
from tests.regression_case import case_of


def verdicts(path: Path, text: str, form: str | None = None) -> dict[str, Verdict]:
    """What becomes of the functions of a file with this text."""
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    found = tried(str(path), How(form, limit=5.0))
    return {result.name: result.verdict for result in found if isinstance(result, Result)}


@pytest.mark.parametrize("form", FORMS)
def test_names_that_are_none_without_their_underscores(tmp_path, form):
    text = """
    def _2d(x: float):
        return x * x

    def f(x):
        return _2d(x) + _(x)

    def _(x):
        print(x)
        return 2.0 * x
    """
    found = verdicts(tmp_path / "module.py", text, form)
    assert {name: v.kind for name, v in found.items()} == dict.fromkeys(
        ("_2d", "f", "_"), "transformed"
    )


def test_files_that_cannot_be_imported(tmp_path):
    """Their own names can't be had; what they import can."""
    text = """
    import sys
    from os import path as where

    SCALE = open("settings").read()

    def f(x):
        sys.stdout.write(where.sep)
        return x * x

    def g(x):
        return SCALE * x

    def h(x):
        return x * g(x)
    """
    found = verdicts(tmp_path / "not-a-name.py", text)
    assert {name: v.kind for name, v in found.items()} == {
        "f": "transformed",
        "g": "refused",
        "h": "refused",
    }
    assert "not-a-name.py:12:12: the derivative needs SCALE" in found["g"].told
    assert ":14:1: the derivative needs SCALE" in found["h"].told


def test_lists_that_hold_themselves(tmp_path):
    text = """
    def f(x):
        inner = []
        whole = (inner, inner, x)
        inner.append(whole)
        return x

    def g(x, n):
        pair = ((), x)
        for _ in range(n):
            pair = (pair, (pair, x))
        return x

    def h(x):
        inner = []
        whole = (inner, *([inner] * 30), x)
        inner.append(whole)
        wide = (inner, inner, inner, inner, inner, inner, inner, inner, inner, inner, whole)
        inner.append(wide)
        return x
    """
    found = verdicts(tmp_path / "module.py", text)
    assert {v.kind for v in found.values()} <= {"transformed", "refused"}
    assert all(v.seconds < 3.0 for v in found.values())


def test_a_method_of_a_global_object_of_c() -> None:
    """What its class has under the name was looked for without end."""
    with pytest.raises(TransformError):
        transform(textwrap.dedent)


def test_functions_that_call_themselves_with_ever_other_functions(tmp_path):
    """Each call passes functions that it makes, so no two of them are alike."""
    text = """
    def integral(f, a, b, apart, weight=None, points=None, limit=50):
        if apart:
            def real(x):
                return f(x).real

            def imaginary(x):
                return f(x).imag

            def double(x):
                return f(x) + f(x)

            return (
                integral(real, a, b, apart - 1, weight, points, limit)
                + 1j * integral(imaginary, a, b, apart - 1, weight, points, limit)
                - integral(double, a, b, apart - 1, weight, points, limit)
            )
        if points is not None:
            return integral(lambda x: f(-x), -b, -a, apart, weight, None, limit)
        return (b - a) * f((a + b) / 2).undone()

    def g(x):
        return integral(lambda y: y * x, 0.0, 1.0, 2) + integral(lambda y: y, 0.0, x, 1)
    """
    assert verdicts(tmp_path / "module.py", text)["g"].kind == "refused"


@pytest.mark.parametrize(
    "body",
    [
        "p = Node(s)\n    p.next = p\n    return p.next.v * s",
        "p, q = Node(s), Node(2 * s)\n    p.next = q\n    q.next = p\n    return p.next.next.v * s",
        "p = Node(s)\n    q = Node(p)\n    p.next = q\n    return q.v.v * p.next.v.v",
        'p = {"v": s}\n    p["me"] = p\n    return p["me"]["v"] * s',
    ],
)
def test_objects_that_lead_to_themselves(body):
    text = f"""
class Node:
    def __init__(self, v):
        self.v = v


def f(s: float):
    {body}
"""
    case = case_of("leads_to_itself", text, ((0.5,),))
    with pytest.raises(TransformError, match="isn't followed"):
        transform(case.function)


@pytest.mark.parametrize("dtype", ["c128", "no dtype", "f4,", "(2,)f", ""])
def test_texts_that_are_no_dtypes(dtype: str, tmp_path: Path) -> None:
    text = f"""
    def f(x):
        return x.astype({dtype!r}) * 2.0

    def g(x, y):
        return x * y.astype({dtype!r})
    """
    kinds = {v.kind for v in verdicts(tmp_path / "module.py", text).values()}
    assert kinds <= {"refused", "transformed"}
