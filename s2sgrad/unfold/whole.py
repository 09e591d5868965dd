"""What is remembered of a function from one time that it is unfolded to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

import gast

from s2sgrad.flow import bound
from s2sgrad.normalize import GivenUp
from s2sgrad.program import Function, Statement, Update, walk
from s2sgrad.trees import nodes
from s2sgrad.unfold.values import Fixed, Record, Value
from s2sgrad.unfold.writers import Touched

__all__ = ["LARGEST", "LENGTHENING", "Again", "UnfoldingError", "Whole", "takes_lengthening"]

LARGEST = 3000
"""How many statements a function may become."""


class Again(Exception):  # noqa: N818
    """More is known than when the function was begun: it is done once more."""


@dataclass(eq=False)
class Whole:
    """What is remembered from one time to the next.

    solid: names whose values stay whole; mutated: names of objects that are written into; reshaped: of those that
    get other parts or lose some; written: which records are, each known by a name in it and how deep that is;
    growing: lists that hold things with parts; columns: lists of objects of one class, and what these are made of;
    called: what the user calls them; later: keys that dicts get in branches and loops, and what is read in their
    place before; taken: those of them that are taken out again; staying: those that a trip leaves in for the next;
    maps: whether dicts may become lists; mapped: those that do; losing: those of them that lose keys;
    unrolled: loops that are written trip by trip;
    unsteady: parts that aren't always what they begin with, or what they are when a trip begins that is over them;
    tracked: attributes of objects from outside that are written; rewritten: parameters that are given in parts and
    are written into; alternatives: names that stand for one of several functions, and these; touched: functions →
    what they do to attributes; in_place: names of what augmented assignments change and don't replace; recursive:
    functions that call themselves; lists: whether no list becomes longer or shorter; items: whether no item of one
    is replaced; given_up: where and why names stay whole.
    """

    solid: set[str] = field(default_factory=set)
    recursive: set[int] = field(default_factory=set)
    lists: bool = True
    items: bool = True
    written: set[tuple[str, int]] = field(default_factory=set)
    mutated: set[str] = field(default_factory=set)
    reshaped: set[str] = field(default_factory=set)
    growing: set[str] = field(default_factory=set)
    columns: dict[str, Record] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)
    later: dict[str, dict[object, gast.AST | None]] = field(default_factory=dict)
    taken: set[tuple[str, object]] = field(default_factory=set)
    staying: set[tuple[str, object]] = field(default_factory=set)
    maps: bool = False
    mapped: set[str] = field(default_factory=set)
    losing: set[str] = field(default_factory=set)
    unrolled: set[str] = field(default_factory=set)
    unsteady: set[str] = field(default_factory=set)
    tracked: dict[str, tuple[Fixed, str]] = field(default_factory=dict)
    rewritten: set[str] = field(default_factory=set)
    alternatives: dict[str, list[Value]] = field(default_factory=dict)
    in_place: set[str] = field(default_factory=set)
    bound_again: set[str] = field(default_factory=set)
    touched: dict[int, Touched] = field(default_factory=dict)
    given_up: dict[str, GivenUp] = field(default_factory=dict)

    def bound(self, statement: Statement, names: dict[str, str] | None = None) -> tuple[str, ...]:
        """The names that a statement gives other values; names: what they are called here."""
        if isinstance(statement, Update):
            target = (names or {}).get(statement.target, statement.target)
            if target in self.in_place and target not in self.solid:
                return ()
        return bound(statement)


class UnfoldingError(Exception):
    """A function stays as it is: it would become too large, or something in it isn't written out."""


LENGTHENING = frozenset({"append", "clear", "extend", "insert", "pop", "remove"})
"""The methods that make lists longer or shorter."""


def takes_lengthening(function: Function) -> bool:
    """Whether a function takes such a method without calling it there: `partial(list.append, ks)`."""
    parts = [p for s in walk(function.body) for p in vars(s).values() if isinstance(p, gast.AST)]
    found = [node for part in parts for node in nodes(part)]
    called = {id(node.func) for node in found if isinstance(node, gast.Call)}
    return any(
        isinstance(node, gast.Attribute) and node.attr in LENGTHENING and id(node) not in called
        for node in found
    )
