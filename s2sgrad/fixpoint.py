"""Values that are defined by each other, as what functions do that call each other.

Receives how a value is computed from others, for each key that is asked for. Gives values of which each is what its
computation makes of all the others. What is asked for while it is being computed is, at first, the bottom. Of values
that need each other the first is computed again, and with it all that needed it, from what was found so far, until
nothing changes. Those after the first aren't iterated on their own: circles in circles would take exponentially long.
What has no value is remembered as well: who asks for it twice, on every level, would wait exponentially long, too.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

__all__ = ["Fixpoint", "UnsettledError"]

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_ROUNDS = 20


class UnsettledError(Exception):
    """The values of a circle change without end."""


@dataclass(eq=False)
class Fixpoint(Generic[K, V]):
    """Values by their keys.

    same: whether two values are equal for those who ask. refusals: the exceptions that tell that a key has no value,
    whenever it is asked for; refused: those by their keys. final: what won't change; tentative: what was computed from
    what is assumed, with the depth of the outermost key that it needs; running: what is being computed → its depth.
    circular: the keys that need themselves. reach: the depth of the outermost key that was asked for since a
    computation began; changed: whether a value isn't what was assumed.
    """

    bottom: V
    same: Callable[[V, V], bool]
    refusals: tuple[type[Exception], ...] = ()
    refused: dict[K, BaseException] = field(default_factory=dict)
    final: dict[K, V] = field(default_factory=dict)
    assumed: dict[K, V] = field(default_factory=dict)
    tentative: dict[K, tuple[V, int]] = field(default_factory=dict)
    running: dict[K, int] = field(default_factory=dict)
    circular: set[K] = field(default_factory=set)
    reach: int = 0
    changed: bool = False

    def value(self, key: K, compute: Callable[[], V]) -> V:
        """The value of a key; UnsettledError where there is none. What compute raises passes through."""
        if key in self.final:
            return self.final[key]
        if key in self.refused:
            raise self.refused[key].with_traceback(None)
        if key in self.running:
            self.circular.add(key)
            self.reach = min(self.reach, self.running[key])
            return self.assumed.get(key, self.bottom)
        if key in self.tentative:
            found, reach = self.tentative[key]
            self.reach = min(self.reach, reach)
            return found
        depth, known = len(self.running), len(self.tentative)
        outside = self.reach, self.changed
        self.running[key] = depth
        self.changed = False
        try:
            found = self._settled(key, compute, depth, known)
        except BaseException as error:
            self._since(known)
            if isinstance(error, (UnsettledError, *self.refusals)) and self.reach >= depth:
                self.refused[key] = error
            raise
        finally:
            del self.running[key]
            inside, self.reach = self.reach, min(outside[0], self.reach)
            self.changed = outside[1] or (inside < depth and self.changed)
        if inside < depth:
            self.tentative[key] = found, inside
        else:
            self.final |= {**{k: v for k, (v, _) in self._since(known).items()}, key: found}
        return found

    def _settled(self, key: K, compute: Callable[[], V], depth: int, known: int) -> V:
        """The value of a key that is as it was assumed; any if an outer key needs it to be computed again anyway."""
        for _ in range(_ROUNDS):
            self.reach = depth + 1
            found = compute()
            self.changed |= not self.same(found, self.assumed.get(key, self.bottom))
            self.assumed[key] = found
            if self.reach != depth or not self.changed:
                return found
            self.changed = False
            self._since(known)
        raise UnsettledError

    def _since(self, known: int) -> dict[K, tuple[V, int]]:
        """The tentative values that were found since so many were known, which are forgotten."""
        late = list(self.tentative)[known:]
        return {key: self.tentative.pop(key) for key in late}
