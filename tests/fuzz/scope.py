"""What names hold while a program is written: numbers, integers below a bound, arrays, lists, objects, helpers.

What an object or a dict holds is a name, too: `o.w`, `d['a']`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import numpy as np

__all__ = ["Class", "Helper", "Scope", "Var", "World"]

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Var:
    """A name.

    kind: num, int (from 0 to below bound), arr (of a shape), list (of at least `length` of item), dict (of keys item,
    separated by commas), obj (of the class item), given (what is in the world's containers at item).
    """

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
    """A function that may be called; parameters by kind and shape, the last `optional` of them with defaults.

    grows: it makes a list longer. before, behind: how many are given by place only, and how many by name only.
    """

    name: str
    parameters: tuple[Var, ...]
    result: Var | None
    optional: int = 0
    grows: bool = False
    before: int = 0
    behind: int = 0


@dataclass(frozen=True)
class Class:
    """A class that the program defines.

    parameters: of its constructor; fields: what its objects hold; fixed: those that can't be bound again. plain: it is
    no dataclass and no named tuple, so that nobody differentiates by a whole object.
    """

    name: str
    parameters: tuple[Var, ...]
    fields: tuple[Var, ...]
    fixed: tuple[str, ...]
    methods: tuple[Helper, ...]
    operators: tuple[str, ...] = ()
    plain: bool = True


@dataclass
class World:
    """What the whole program has in common; beyond: what it has that docs/language.md doesn't accept.

    kept: arrays, lists and dicts of the module; containers: what names of what is given hold; skipping: generators
    whose trips may yield nothing.
    wider: how often functions are written that dual numbers don't have.
    """

    rng: random.Random
    shapes: list[Shape]
    weights: dict[str, float]
    helpers: list[Helper] = field(default_factory=list)
    classes: list[Class] = field(default_factory=list)
    generators: list[Helper] = field(default_factory=list)
    managers: list[Helper] = field(default_factory=list)
    kept: list[Var] = field(default_factory=list)
    containers: dict[str, Any] = field(default_factory=dict)
    beyond: set[str] = field(default_factory=set)
    skipping: set[str] = field(default_factory=set)
    counter: int = 0
    rare: float = 0.1
    wider: float = 0.0

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
    """The names that can be read at a place; a block's own names end with it.

    inside: it is that of a block inside. looping: lists mustn't get longer by what is called.
    """

    inside = False
    looping = False

    def __init__(self, world: World, names: dict[str, Var] | None = None) -> None:
        self.world = world
        self.names = dict(names or {})
        self.frozen: frozenset[str] = frozenset()
        self.methods: tuple[Helper, ...] = ()

    def child(self) -> Scope:
        """The scope of a block inside."""
        inner = Scope(self.world, self.names)
        inner.inside = True
        inner.frozen = self.frozen
        inner.looping = self.looping
        inner.methods = self.methods
        return inner

    def add(self, var: Var) -> None:
        self.names[var.name] = var

    def freeze(self, name: str) -> None:
        """Note that a loop runs over what a name is for, which mustn't get longer."""
        self.frozen |= {name}
        self.looping = True

    def bindable(self, var: Var) -> bool:
        """Whether a name may be bound anew."""
        return var.name not in self.frozen and var not in self.world.kept

    def hold(self, name: str, made: Class) -> None:
        """Note that a name is an object of a class: what it holds, and its methods."""
        self.add(Var(name, "obj", item=made.name))
        for part in made.fields:
            self.add(replace(part, name=f"{name}.{part.name}"))
        self.frozen |= {f"{name}.{part}" for part in made.fixed}
        others = tuple(m for m in self.methods if not m.name.startswith((f"{name}.", f"{name}(")))
        own = (replace(m, name=name + m.name) for m in made.methods)
        self.methods = (*others, *own)

    def keep(self, name: str, parts: dict[str, Var]) -> None:
        """Note that a name is a dict of keys."""
        self.add(Var(name, "dict", item=",".join(parts)))
        for key, part in parts.items():
            self.add(replace(part, name=f"{name}['{key}']"))

    def parts(self, name: str) -> dict[str, Var]:
        """What a dict holds, by its keys."""
        keys = [key for key in self.names[name].item.split(",") if key]
        return {key: self.names[f"{name}['{key}']"] for key in keys}

    def callable(self) -> list[Helper]:
        """The helpers of the program, and methods of the objects here."""
        found = [*self.world.helpers, *self.methods]
        if self.looping and any(h.grows for h in self.world.helpers):
            return []  # others may call what makes a list longer
        return [h for h in found if not h.grows] if self.looping else found

    def of(self, kind: str) -> list[Var]:
        """All names of a kind."""
        return [v for v in self.names.values() if v.kind == kind]

    def arrays(self, shape: Shape | None = None) -> list[Var]:
        """The arrays, of a shape."""
        return [v for v in self.of("arr") if shape is None or v.shape == shape]

    def dummies(self) -> dict[str, object]:
        """A value for every array and integer, to ask NumPy for shapes."""
        found: dict[str, object] = {v.name: 0 for v in self.of("int")}
        for v in self.of("arr"):
            base, dot, part = v.name.partition(".")
            if dot:
                vars(found.setdefault(base, SimpleNamespace()))[part] = np.zeros(v.shape)
                continue
            base, bracket, key = v.name.partition("['")
            if bracket:
                held = found.setdefault(base, {})
                assert isinstance(held, dict)
                held[key[:-2]] = np.zeros(v.shape)
                continue
            found[v.name] = np.zeros(v.shape)
        return found
