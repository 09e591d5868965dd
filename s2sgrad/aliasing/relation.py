"""Which names may be names of one thing, at one point of a function: a relation, and facts about single names.

Each name has the names that it may share with as the bits of one number, so that what a statement binds costs as much
as there are names that it shares with, not as there are pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

__all__ = ["Numbers", "Relation"]


@dataclass(eq=False)
class Numbers:
    """The names of one function, each with a bit of its own."""

    names: list[str] = field(default_factory=list)
    bits: dict[str, int] = field(default_factory=dict)

    def bit(self, name: str) -> int:
        """The bit of a name."""
        if name not in self.bits:
            self.bits[name] = 1 << len(self.names)
            self.names.append(name)
        return self.bits[name]

    def mask(self, names: Iterable[str]) -> int:
        """The bits of names."""
        found = 0
        for name in names:
            found |= self.bit(name)
        return found

    def of(self, mask: int) -> Iterator[str]:
        """The names of bits."""
        while mask:
            lowest = mask & -mask
            yield self.names[lowest.bit_length() - 1]
            mask ^= lowest


@dataclass(frozen=True)
class Relation:
    """A symmetric relation; shared: name → the bits of its others, never 0. facts: about single names."""

    numbers: Numbers
    shared: Mapping[str, int]
    facts: frozenset[str]

    def others(self, name: str) -> set[str]:
        """The other names of what a name holds."""
        return set(self.numbers.of(self.shared.get(name, 0)))

    def together(self, a: str, b: str) -> bool:
        """Whether two different names may be names of one thing."""
        return bool(self.shared.get(a, 0) & self.numbers.bit(b))

    def joined(self, other: Relation) -> Relation:
        """What holds of this or of another."""
        if other is self:
            return self
        shared = dict(self.shared)
        for name, mask in other.shared.items():
            shared[name] = shared.get(name, 0) | mask
        return Relation(self.numbers, shared, self.facts | other.facts)

    def replaced(
        self, reached: Mapping[str, int], forgotten: Iterable[str], facts: Iterable[str]
    ) -> Relation:
        """With other bits for some names, without some facts, with new ones."""
        shared = dict(self.shared)
        bits = {name: self.numbers.bit(name) for name in reached}
        for name, bit in bits.items():
            new = reached[name]
            for other, others_bit in bits.items():
                if reached[other] & bit:
                    new |= others_bit
            old = shared.get(name, 0)
            for other in self.numbers.of(old & ~new):
                shared[other] &= ~bit
                if not shared[other]:
                    del shared[other]
            for other in self.numbers.of(new & ~old):
                shared[other] = shared.get(other, 0) | bit
            if new:
                shared[name] = new
            elif old:
                del shared[name]
        return Relation(self.numbers, shared, (self.facts - frozenset(forgotten)).union(facts))
