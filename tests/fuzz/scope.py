"""What names hold while a program is written: numbers, integers below a bound, arrays of a shape, lists, helpers."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import numpy as np

__all__ = ["Helper", "Scope", "Var", "World"]

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Var:
    """A name. kind: num, int (from 0 to below bound), arr (of a shape), list (of at least `length` of item)."""

    name: str
    kind: str
    shape: Shape = ()
    bound: int = 0
    length: int = 0
    item: str = "arr"

    def like(self, other: Var) -> bool:
        """Whether either name may hold what the other holds."""
        return (self.kind, self.shape, self.item) == (other.kind, other.shape, other.item) and (
            self.kind != "int"
        )


@dataclass(frozen=True)
class Helper:
    """A function that may be called; parameters by kind and shape, the last `optional` of them with defaults."""

    name: str
    parameters: tuple[Var, ...]
    result: Var | None
    optional: int = 0


@dataclass
class World:
    """What the whole program has in common."""

    rng: random.Random
    shapes: list[Shape]
    weights: dict[str, float]
    helpers: list[Helper] = field(default_factory=list)
    counter: int = 0
    rare: float = 0.1

    def fresh(self, stem: str) -> str:
        """A name that isn't used yet."""
        self.counter += 1
        return f"{stem}{self.counter}"

    def chance(self, p: float) -> bool:
        """Whether something of probability p happens."""
        return self.rng.random() < p

    def constant(self) -> str:
        """A number as text."""
        return self.rng.choice(["0.5", "1.3", "-0.7", "2.0", "0.25", "-1.1", "0.9", "1.7"])


class Scope:
    """The names that can be read at a place; a block's own names end with it."""

    def __init__(self, world: World, names: dict[str, Var] | None = None) -> None:
        self.world = world
        self.names = dict(names or {})
        self.frozen: frozenset[str] = frozenset()

    def child(self) -> Scope:
        """The scope of a block inside."""
        inner = Scope(self.world, self.names)
        inner.frozen = self.frozen
        return inner

    def add(self, var: Var) -> None:
        self.names[var.name] = var

    def of(self, kind: str) -> list[Var]:
        """All names of a kind."""
        return [v for v in self.names.values() if v.kind == kind]

    def arrays(self, shape: Shape | None = None) -> list[Var]:
        """The arrays, of a shape."""
        return [v for v in self.of("arr") if shape is None or v.shape == shape]

    def dummies(self) -> dict[str, object]:
        """A value for every array and integer, to ask NumPy for shapes."""
        found: dict[str, object] = {v.name: np.zeros(v.shape) for v in self.of("arr")}
        found.update({v.name: 0 for v in self.of("int")})
        return found
