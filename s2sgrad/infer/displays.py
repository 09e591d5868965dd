"""Lists that are written out and handed to one call: `np.array([a, b])`.

Such a list holds, where it is read, what it was written with: nothing can have changed it in between. Any other list
may have been added to, under another name, or by whom it was handed to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import gast

from s2sgrad.flow import bound, read
from s2sgrad.program import Assign, Statement

__all__ = ["handed_over"]


def handed_over(
    statements: Sequence[Statement], only_reads: Callable[[gast.Call], bool]
) -> frozenset[str]:
    """The names of lists that are written out once and read once, by a call that changes nothing."""
    written = {
        statement.targets[0]
        for statement in statements
        if isinstance(statement, Assign) and isinstance(statement.value, gast.List)
    }
    if not written:
        return frozenset()
    binds = Counter(name for statement in statements for name in bound(statement))
    reads = Counter(name for statement in statements for name in set(read(statement)))
    once = {name for name in written if binds[name] == reads[name] == 1}
    return frozenset(
        name
        for statement in statements
        if isinstance(statement, Assign) and isinstance(statement.value, gast.Call)
        if not once.isdisjoint(read(statement)) and only_reads(statement.value)
        for name in once.intersection(read(statement))
    )
