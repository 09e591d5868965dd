"""What is read by calling a function: the names that a lambda or a nested function captured.

Where such a function is called as it stands, the text of the call doesn't say what it reads: a name that is given
another value, or memory that is written into, between two calls is seen by the second.
"""

from __future__ import annotations

from collections.abc import Mapping

from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Closure
from s2sgrad.program import Assign, Block, walk

__all__ = ["read_through"]


def read_through(
    body: Block, facts: Facts, classes: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """Name → the names of what reads it, or the memory that it stands for, when it is called or looked into.

    classes: name → those that may stand for the same: also of the functions, and of lists of them.
    """
    direct: dict[str, set[str]] = {}
    for statement in walk(body):
        found = facts.calls.get(statement)
        if isinstance(found, Closure) and isinstance(statement, Assign):
            for name in (*found.captured, *found.defaults):
                for target in statement.targets:
                    direct.setdefault(name, set()).update(classes.get(target, {target}))
    through: dict[str, frozenset[str]] = {}
    for name, functions in direct.items():
        reached, waiting = set(functions), list(functions)
        while waiting:
            more = direct.get(waiting.pop(), set()) - reached
            reached |= more
            waiting += more
        through[name] = frozenset(reached)
    return through
