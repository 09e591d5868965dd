"""What simplify knows of shapes: what varies from trip to trip is equal only to itself, at one place."""

from __future__ import annotations

from itertools import count
from typing import Any

import numpy as np
import pytest

from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.transform import derived


def richardson(A: Any, b: Any, omega: Any, tolerance: Any) -> Any:
    x = np.zeros(len(b))
    r = b - A @ x
    while r @ r > tolerance * (b @ b):
        x += omega * r
        r = b - A @ x
    return x


def test_places_are_none_of_those_of_infer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are numbered: a shape that was found at a statement of the program isn't that at a place of the text."""
    begin = Knowledge.__post_init__
    texts = set()
    for first in range(48):

        def numbered(self: Knowledge, first: int = first) -> None:
            begin(self)
            self._places = count(first)

        monkeypatch.setattr(Knowledge, "__post_init__", numbered)
        texts.add(derived(richardson)[0].source)  # type: ignore[attr-defined]
    assert len(texts) == 1
