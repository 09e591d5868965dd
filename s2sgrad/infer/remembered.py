"""What statements were found to mean in an earlier pass: the same, as long as what they read is the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from s2sgrad.extents import Extent
from s2sgrad.kinds import BOTTOM, Kind

__all__ = ["Remembered"]

T = TypeVar("T")
Pairs = list[tuple[Extent, Extent]]


@dataclass(eq=False)
class Remembered(Generic[T]):
    """The answers of statements by their numbers.

    kinds: the kinds of all names so far; told: the lists to which finding an answer adds. read: the names whose kinds
    the answer that is being found has asked for.
    """

    kinds: Mapping[str, Kind]
    told: tuple[Pairs, ...]
    read: set[str] = field(default_factory=set)
    answers: dict[int, tuple[T, dict[str, Kind], tuple[Pairs, ...]]] = field(default_factory=dict)

    def answer(self, number: int, find: Callable[[], T]) -> T:
        """The answer of a statement, found again only where a kind that it has asked for is another one now.

        What was found before all these kinds were known isn't kept.
        """
        if number in self.answers:
            found, read, added = self.answers[number]
            if all(self.kinds.get(name, BOTTOM) == kind for name, kind in read.items()):
                for whole, part in zip(self.told, added, strict=True):
                    whole.extend(part)
                return found
        before = [len(whole) for whole in self.told]
        self.read.clear()
        found = find()
        read = {name: self.kinds.get(name, BOTTOM) for name in self.read}
        if BOTTOM not in read.values():
            pairs = zip(self.told, before, strict=True)
            self.answers[number] = found, read, tuple(whole[known:] for whole, known in pairs)
        return found
