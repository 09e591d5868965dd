"""Finds and imports the rules: the package `s2sgrad.rules`, then those of other packages.

`rules/` is a folder beside `s2sgrad/` in the sources and is installed inside it. A checkout that
isn't installed in editable mode has no `s2sgrad/rules`, so the sibling folder is taken. Each import
happens once; one that is interrupted leaves nothing behind, so that the next starts anew.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from copy import copy
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from s2sgrad.alone import TURN

__all__ = [
    "GROUP",
    "HELPERS",
    "filled_by_rules",
    "helpers",
    "load_plugins",
    "load_rules",
    "locate",
]

PACKAGE = "s2sgrad.rules"
HELPERS = "s2sgrad.rules.helpers"
GROUP = "s2sgrad.rules"

_tables: list[dict[Any, Any]] = []
_started: set[str] = set()
_loaded: set[str] = set()


def locate() -> None:
    """Make sure that `s2sgrad.rules` can be imported, and is that of this version.

    A checkout takes the folder beside it, whatever other checkout is installed.
    """
    if PACKAGE in sys.modules:
        return
    here = Path(__file__).resolve().parent
    inside = (here / "rules").is_dir()
    if not inside and ((here.parent / "rules" / "__init__.py").is_file() or not find_spec(PACKAGE)):
        _add_sibling()


def filled_by_rules(*tables: dict[Any, Any]) -> None:
    """Note the tables that rules fill: where their import is interrupted, they are left as they were."""
    _tables.extend(tables)


def load_rules() -> None:
    """Import the rules that come with s2sgrad."""
    _once(PACKAGE, _load_rules)


@cache
def helpers() -> Mapping[str, Callable[..., Any]]:
    """The functions that generated text copies, by name."""
    locate()
    found: Mapping[str, Callable[..., Any]] = import_module(HELPERS).HELPERS
    return found


def load_plugins() -> None:
    """Import what other packages name in the entry-point group, in the order of the names."""
    _once("plugins", _load_plugins)


def _once(what: str, load: Callable[[], None]) -> None:
    """Load something, which may ask for it itself; other threads wait until all of it is there."""
    if what in _loaded:
        return
    with TURN:
        if what in _started:
            return
        _started.add(what)
        try:
            load()
        except BaseException:
            _started.discard(what)
            raise
        _loaded.add(what)


def _load_rules() -> None:
    before = [{key: copy(value) for key, value in table.items()} for table in _tables]
    modules = set(sys.modules)
    try:
        for name in import_module(PACKAGE).TABLES:
            import_module(f"{PACKAGE}.{name}")
    except BaseException:
        for table, kept in zip(_tables, before, strict=True):
            table.clear()
            table.update(kept)
        for module in [m for m in sys.modules if m.startswith(f"{PACKAGE}.") and m not in modules]:
            del sys.modules[module]
        raise


def _load_plugins() -> None:
    for entry_point in sorted(
        entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value)
    ):
        entry_point.load()


def _add_sibling() -> None:
    """Make the folder `rules` beside this package importable as `s2sgrad.rules`."""
    folder = Path(__file__).resolve().parent.parent / "rules"
    spec = spec_from_file_location(
        PACKAGE, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None or not folder.is_dir():
        raise ImportError(
            f"the rules of s2sgrad are neither installed nor in {folder}", name=PACKAGE
        )
    module = module_from_spec(spec)
    sys.modules[PACKAGE] = module
    spec.loader.exec_module(module)
    import_module("s2sgrad").rules = module  # type: ignore[attr-defined]
