"""New names: readable, and different from everything that is there.

Receives the names that are taken. Promises that no name is given twice, and that a name never hides
one that is taken. A derivative is `d_` and the name of what it belongs to.
"""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = ["Names", "bare", "claimed", "free_name", "importable"]

_RESERVED = frozenset((*dir(builtins), *keyword.kwlist))


def free_name(base: str, taken: Iterable[str]) -> str:
    """The name base, or base with the first number behind it that makes it free.

    >>> free_name("x", {"y"}), free_name("x", {"x", "x_1"}), free_name("sum", ())
    ('x', 'x_2', 'sum_1')
    """
    return _numbered(base, taken if isinstance(taken, set | frozenset) else set(taken), 0)[0]


def _numbered(base: str, taken: set[str] | frozenset[str], count: int) -> tuple[str, int]:
    """The first free name from a number on, and its number."""
    name = f"{base}_{count}" if count else base
    while name in taken or name in _RESERVED:
        count += 1
        name = f"{base}_{count}"
    return name, count


def claimed(base: str, taken: set[str], count: int = 0) -> str:
    """The name base, or base with the first number after count that makes it free; it is taken from then on.

    >>> taken = {"x"}
    >>> claimed("x", taken), claimed("x", taken), claimed("y", taken), claimed("y", taken, 1)
    ('x_1', 'x_2', 'y', 'y_2')
    """
    new = base
    while new in taken:
        count += 1
        new = f"{base}_{count}"
    taken.add(new)
    return new


def bare(name: str) -> str:
    """What a function's name is without underscores around it, for the names of what is made of it.

    >>> bare("__call__"), bare("_85encode"), bare("_")
    ('call', '_85encode', 'function')
    """
    plain = name.strip("_")
    return plain if plain.isidentifier() else name.rstrip("_") or "function"


def importable(module: str) -> bool:
    """Whether an import statement can have this name of a module.

    >>> importable("models.linear"), importable("03_linear"), importable("lambda.linear")
    (True, False, False)
    """
    return all(p.isidentifier() and not keyword.iskeyword(p) for p in module.split("."))


@dataclass(eq=False)
class Names:
    """The names of one function; home: name → the user's name that it stands for.

    of_derivatives: name → that of its derivative, primal the other way round; base: what a new name
    was made from; counts: the last number behind each base, so that the next one is found at once.
    """

    taken: set[str]
    home: dict[str, str] = field(default_factory=dict)
    of_derivatives: dict[str, str] = field(default_factory=dict)
    primal: dict[str, str] = field(default_factory=dict)
    base: dict[str, str] = field(default_factory=dict)
    made_of: dict[str, tuple[str, str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def fresh(self, prefix: str, base: str) -> str:
        """A new name: the prefix, and the user's name that base stands for."""
        of = base
        base = self.home.get(base, base)
        plain = base.strip("_") if base != "_" else base
        stem = plain if plain.isidentifier() or plain == "_" else "value"
        base = stem if prefix and stem.startswith(prefix) else prefix + stem
        new, self.counts[base] = _numbered(base, self.taken, self.counts.get(base, 0))
        self.taken.add(new)
        self.base[new] = base
        self.made_of[new] = (prefix, of)
        return new

    def derivative(self, name: str) -> str:
        """The name of the derivative of a name."""
        if name not in self.of_derivatives:
            new = self.fresh("d_", name)
            self.of_derivatives[name] = new
            self.primal[new] = name
        return self.of_derivatives[name]
