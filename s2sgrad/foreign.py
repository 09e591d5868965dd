"""What the rules of other people call: names of their modules, which generated text has to see.

A name in a rule that is neither a module that every text may import, nor a helper, nor a builtin,
stands in the program as `$name@module`, until the text is put together and has a name for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Foreign", "foreign", "foreign_name"]


@dataclass(frozen=True, eq=False)
class Foreign:
    """A name of a rule's module, and what it means there."""

    name: str
    value: object
    module: str | None


_KNOWN: dict[str, Foreign] = {}


def foreign_name(name: str, namespace: Mapping[str, object]) -> str:
    """The name by which the program reads a name of a rule's module."""
    value, home = namespace[name], namespace.get("__name__")
    module = home if isinstance(home, str) and home != "__main__" else None
    count = 0
    while True:
        found = f"${name}@{module or ''}" + (f":{count}" if count else "")
        known = _KNOWN.setdefault(found, Foreign(name, value, module))
        if known.value is value:
            return found
        count += 1


def foreign(identifier: str) -> Foreign | None:
    """What such a name means; None for any other name."""
    return _KNOWN.get(identifier)
