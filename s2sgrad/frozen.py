"""Dataclasses that aren't changed once they are made: the type checker sees to it, not each constructor.

At run time `dataclass(frozen=True)` sets field after field with `object.__setattr__`, which takes twice as long. Of
statements and kinds there are tens of thousands in a transform.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    from collections.abc import Callable

    def dataclass(*, frozen: bool = False, eq: bool = True) -> Callable[[type], type]:
        """What `dataclasses.dataclass` is, but that a frozen class is only hashable, and not guarded."""
        return dataclasses.dataclass(eq=eq, unsafe_hash=frozen and eq)
