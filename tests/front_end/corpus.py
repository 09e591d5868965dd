"""Python files and the functions in them."""

from __future__ import annotations

import ast
import random
import sysconfig
import tokenize
from collections.abc import Iterator, Sequence
from pathlib import Path

__all__ = ["FOLDERS", "MODULES", "files_of", "functions_of", "text_of"]

FOLDERS = tuple(Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib"))
"""The standard library, and what is installed beside it."""

_MODULES = """
    bisect cmath collections colorsys copy difflib fractions functools heapq json.decoder json.encoder numbers operator
    random statistics string textwrap typing numpy.lib._function_base_impl numpy.lib._nanfunctions_impl
    numpy.lib._polynomial_impl numpy.lib._shape_base_impl numpy.linalg._linalg numpy.polynomial.chebyshev
    numpy.polynomial.polynomial numpy.ma.core scipy.integrate._quadrature scipy.interpolate._polyint
    scipy.linalg._basic scipy.optimize._optimize scipy.optimize._zeros_py scipy.signal._waveforms
    scipy.signal.windows._windows scipy.spatial.distance scipy.special._basic scipy.stats._stats_py
"""
MODULES = tuple(_MODULES.split())
"""Modules that are imported, for the functions that live."""

_FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


def files_of(places: Sequence[Path], count: int | None, seed: int) -> list[Path]:
    """Files and the Python files of folders, in an order that a seed chooses; no more than count."""
    found: dict[Path, None] = {}
    for place in places:
        inside = sorted(place.rglob("*.py")) if place.is_dir() else [place]
        nested = [other for other in FOLDERS if other != place and place in other.parents]
        found |= dict.fromkeys(
            path
            for path in inside
            if not any(other in path.parents for other in nested)
            and "site-packages" not in path.relative_to(place).parts
        )
    paths = list(found)
    random.Random(seed).shuffle(paths)
    return paths[:count]


def text_of(path: Path) -> str | None:
    """The text of a file; None where it is no Python of today."""
    try:
        with tokenize.open(path) as file:
            text = file.read()
        ast.parse(text)
    except (SyntaxError, UnicodeDecodeError, ValueError, RecursionError, OSError):
        return None
    return text


def functions_of(text: str) -> list[str]:
    """The functions at the top level of a text, and the methods of its classes, each once."""
    return list(dict.fromkeys(_functions(ast.parse(text).body)))


def _functions(body: Sequence[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, _FUNCTION):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield from (
                f"{node.name}.{inner.name}" for inner in node.body if isinstance(inner, _FUNCTION)
            )
