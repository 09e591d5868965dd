"""Which names may lead to which lists, where it isn't known what they are: `add = values.append`, `{"add": add}`."""

from __future__ import annotations

from dataclasses import dataclass, field

from s2sgrad.infer.resolution import Container, Copy, Resolution, Unresolved, reads
from s2sgrad.program import Assign
from s2sgrad.trees import loaded

__all__ = ["Handles"]


@dataclass(eq=False)
class Handles:
    """groups: name → the names that may lead to the same as it."""

    groups: dict[str, set[str]] = field(default_factory=dict)

    def note(self, statement: Assign, found: Resolution) -> None:
        """Note what an assignment lets lead to what."""
        match found:
            case Copy(atoms=atoms):
                for target, atom in zip(statement.targets, atoms, strict=True):
                    self.join((target, *loaded(atom)))
            case Container(operation="element" | "pop" | "slice", atoms=(base, *_)):
                self.join((*statement.targets, *loaded(base)))  # the index leads to nothing
            case Unresolved() | Container(operation="display" | "unpack" | "convert"):
                self.join((*statement.targets, *reads(statement, found)))

    def join(self, names: tuple[str, ...]) -> None:
        if names and self.groups.get(names[0], frozenset()).issuperset(names):
            return
        group = set(names)
        for name in names:
            group |= self.groups.get(name, {name})
        for name in group:
            self.groups[name] = group

    def led_to(self, name: str) -> set[str]:
        """The names that may lead to the same as one."""
        return self.groups.get(name, {name})
