"""Loops over dicts and sets whose keys a loop around them changes: each trip of that runs over other ones.

A loop over a dict counts in the normal form, as one over a list does, and is printed as it stood. Where the length is
recorded in each trip it can't be, and would read the dict at 0, 1, 2.
"""

from __future__ import annotations

from collections.abc import Iterator

import gast

from s2sgrad.trees import children

__all__ = ["run_over_anew"]

_CHANGING = frozenset(
    {"add", "clear", "discard", "pop", "popitem", "remove", "setdefault", "update"}
)
_JOINING = frozenset({"enumerate", "reversed", "zip"})


def run_over_anew(tree: gast.AST) -> list[gast.Name]:
    """The names that loops run over, where another statement in a loop around changes which keys they have."""
    runs: list[tuple[gast.Name, tuple[gast.AST, ...]]] = []
    changes: list[tuple[str, tuple[gast.AST, ...]]] = []
    _collect(tree, (), runs, changes)
    return [
        name
        for name, loops in runs
        if any(
            other == name.id and _meet(loops, around) and not _runs_over(name.id, around)
            for other, around in changes
        )
    ]


def _collect(
    node: gast.AST,
    loops: tuple[gast.AST, ...],
    runs: list[tuple[gast.Name, tuple[gast.AST, ...]]],
    changes: list[tuple[str, tuple[gast.AST, ...]]],
) -> None:
    """Note what loops run over, and what changes keys, each with the loops around it."""
    changes.extend((name, loops) for name in _changed(node))
    if isinstance(node, gast.For | gast.comprehension):
        runs.extend((name, loops) for name in _leaves(node.iter))
    inside = (*loops, node) if isinstance(node, gast.For | gast.While) else loops
    for child in children(node):
        _collect(child, inside, runs, changes)


def _changed(node: gast.AST) -> Iterator[str]:
    """The names of what a node itself may give other keys."""
    match node:
        case gast.Subscript(value=gast.Name(id=name), ctx=gast.Store() | gast.Del()):
            yield name
        case gast.AugAssign(target=gast.Name(id=name)):
            yield name
        case gast.Call(func=gast.Attribute(value=gast.Name(id=name), attr=method)):
            if method in _CHANGING:
                yield name


def _leaves(node: gast.AST) -> Iterator[gast.Name]:
    """The names that `zip`, `enumerate` and `reversed` go through, or that stand there alone."""
    match node:
        case gast.Name():
            yield node
        case gast.Call(func=gast.Name(id=function), args=args) if function in _JOINING:
            for argument in args:
                yield from _leaves(argument)


def _meet(loops: tuple[gast.AST, ...], others: tuple[gast.AST, ...]) -> bool:
    """Whether some loop is around both."""
    return bool(loops) and bool(others) and loops[0] is others[0]


def _runs_over(name: str, loops: tuple[gast.AST, ...]) -> bool:
    """Whether one of the loops runs over something, which then has to keep its keys."""
    return any(
        leaf.id == name
        for loop in loops
        if isinstance(loop, gast.For)
        for leaf in _leaves(loop.iter)
    )
