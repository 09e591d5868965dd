"""Programs as texts become cases, whose source can be found."""

from __future__ import annotations

import linecache
import math
import textwrap
from typing import Any

import numpy as np

from tests.zoo import Case

__all__ = ["case_of"]


def case_of(name: str, text: str, inputs: tuple[tuple[Any, ...], ...]) -> Case:
    """A program, whose function f is differentiated, with a source that can be found."""
    text = textwrap.dedent(text).lstrip()
    filename = f"<regression {name}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    names: dict[str, Any] = {"np": np, "math": math, "__name__": name}
    exec(compile(text, filename, "exec"), names)
    return Case(names["f"], inputs, label=name)
