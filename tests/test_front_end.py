"""The functions of some files of the standard library and of installed packages; what is told of failures."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

import pytest

from s2sgrad.errors import Finding, TransformError
from tests.front_end import verdicts
from tests.front_end.binding import unbound
from tests.front_end.campaign import How, campaign, tried
from tests.front_end.corpus import FOLDERS, files_of, functions_of
from tests.front_end.processes import campaign_in_processes
from tests.front_end.tally import Result


@pytest.fixture
def place(tmp_path: Path) -> str:
    text = """
        def f(x: float):
            return x * x

        class C:
            async def later(self):
                pass
    """
    path = tmp_path / "module.py"
    path.write_text(textwrap.dedent(text))
    return str(path)


def kinds(where: str, **how) -> dict[str, str]:
    return {r.name: r.verdict.kind for r in tried(where, How(**how)) if isinstance(r, Result)}


def test_a_sample(capsys) -> None:
    """Some files: nothing but text that can run, and refusals with a place."""
    places = ["colorsys", "statistics", *map(str, files_of(FOLDERS, 60, seed=3))]
    tally = campaign(places, How(seed=3))
    assert not tally.failures, capsys.readouterr().out
    assert tally.kinds["transformed"] > 3
    assert tally.kinds["refused"] > 100


def test_verdicts(place: str) -> None:
    assert kinds(place) == {"f": "transformed", "C.later": "refused"}


@pytest.mark.skipif(sys.platform == "win32", reason="limits of memory and time are those of Unix")
def test_in_processes(place: str, capsys) -> None:
    tally = campaign_in_processes([place, place], How(), jobs=1)
    assert (tally.places, tally.kinds) == (2, {"transformed": 2, "refused": 2})
    assert not capsys.readouterr().out


def test_what_fails_is_told(place: str, monkeypatch, capsys) -> None:
    def fails(*_: object, **__: object) -> None:
        raise KeyError

    monkeypatch.setattr(verdicts, "transform_source", fails)
    tally = campaign([place], How("tangent"))
    assert [r.name for r in tally.failures] == ["f"]
    assert f"--only '{place}:f' --form tangent" in capsys.readouterr().out
    assert "KeyError" in str(tally)


def test_what_takes_too_long(place: str, monkeypatch) -> None:
    def hangs(*_: object, **__: object) -> None:
        while True:
            pass

    monkeypatch.setattr(verdicts, "transform_source", hangs)
    assert kinds(place, limit=0.1)["f"] == "over the limit"


def test_what_is_refused_without_a_place(place: str, monkeypatch) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise TransformError([Finding(place, 0, 0, 0, 0, "somewhere")])

    monkeypatch.setattr(verdicts, "transform_source", refuses)
    assert kinds(place)["f"] == "no place"


def test_unbound_names() -> None:
    text = """
    import numpy as np
    def f(x):
        y = [i for i in g(x)]
        def h(z):
            return z + y + k + len(x)
        return h(np.abs(x))
    def g(x):
        return x
    """
    assert unbound(textwrap.dedent(text)) == ["k"]


def test_functions_and_methods() -> None:
    text = "def f(): pass\nclass C:\n    def g(self):\n        def h(): pass\ndef f(): pass\n"
    assert functions_of(text) == ["f", "C.g"]
