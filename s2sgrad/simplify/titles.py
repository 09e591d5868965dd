"""Readable names for values that the user didn't name, after the expression that makes them.

`np.exp(Z)` is `exp_Z`, what is divided is `num` and `den`, the argument of `H = np.tanh(...)` is `pre_H`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import gast

from s2sgrad.normalize.nodes import bound_names
from s2sgrad.program import Assign, Block, walk
from s2sgrad.simplify.expressions import number_of
from s2sgrad.trees import nodes
from s2sgrad.webs import IN_PLACE

__all__ = ["Titles", "as_written", "made_for"]

_LONGEST = 24
_NOBODYS = re.compile(r"_[\d_]+")
_NUMBERED = re.compile(r"(.*[^_\d])_\d+")
_WORDS = {
    gast.Add: "total",
    gast.Sub: "diff",
    gast.Mult: "product",
    gast.Div: "ratio",
    gast.Pow: "power",
    gast.MatMult: "product",
    gast.Mod: "rest",
    gast.FloorDiv: "quotient",
    gast.USub: "negative",
    gast.Not: "opposite",
}


_CHANGING = frozenset(IN_PLACE.values())
_REDUCTIONS = frozenset(
    {"sum", "mean", "prod", "max", "min", "var", "std", "dot", "len", "norm", "trace"}
)


def _word(func: gast.AST) -> str:
    """What a callee is called, without its module."""
    word: str = func.attr if isinstance(func, gast.Attribute) else getattr(func, "id", "value")
    return "value" if _NOBODYS.fullmatch(word) else word.lstrip("$").rpartition(".")[2]


def as_written(tree: gast.FunctionDef) -> Callable[[str], str]:
    """From a name to the one that it was made from, where the user has that in no other place of the function.

    What is written out where it is called (functions inside, generators) has names with numbers: those that are bare
    are taken by its definition, which isn't printed.
    """
    own = bound_names(tree.body) | {n.id for n in nodes(tree.args) if isinstance(n, gast.Name)}
    written = {node.id for node in nodes(tree) if isinstance(node, gast.Name)}

    def name_of(made: str) -> str:
        found = None if made in written else _NUMBERED.fullmatch(made)
        return made if found is None or found[1] in own else found[1]

    return name_of


def made_for(block: Block, temporaries: Collection[str]) -> dict[str, str]:
    """Lists and the like that are made under a name of nobody's → the name that the user gives them in the end."""
    found: dict[str, str | None] = {}
    for statement in walk(block):
        match statement:
            case Assign(targets=(target,), value=gast.Name(id=source)) if source in temporaries:
                found[source] = None if source in found or target in temporaries else target
    return {source: target for source, target in found.items() if target is not None}


@dataclass(eq=False)
class Titles:
    """Titles of the temporaries of a program; user: the user's name for a name, None for a temporary."""

    user: Callable[[str], str | None]
    values: dict[str, gast.AST] = field(default_factory=dict)
    uses: dict[str, list[tuple[gast.AST, str]]] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, block: Block, user: Callable[[str], str | None]) -> Titles:
        """The titles of a normalised program."""
        titles = cls(user)
        for statement in walk(block):
            match statement:
                case Assign(targets=(target,), value=value):
                    titles.values.setdefault(target, value)
                    for node in nodes(value):
                        if isinstance(node, gast.Name):
                            titles.uses.setdefault(node.id, []).append((value, target))
        return titles

    def title(self, name: str, depth: int = 0) -> str:
        """What a name may be called."""
        own = self.user(name)
        if own is not None:
            return own
        if name not in self.known:
            self.known[name] = self._title(name, depth)
        return self.known[name]

    def _title(self, name: str, depth: int) -> str:
        value = self.values.get(name)
        if value is None or depth > 2:
            return "value"
        found = self._by_use(name, value) or self._by_value(value, depth)
        return found if found.isidentifier() and len(found) <= _LONGEST else "value"

    def _by_use(self, name: str, value: gast.AST) -> str | None:
        if not isinstance(value, gast.BinOp | gast.UnaryOp):
            return None
        uses = self.uses.get(name, [])
        if len(uses) != 1:
            return None
        ((user, target),) = uses
        match user:
            case gast.BinOp(op=gast.Div(), left=gast.Name(id=left), right=right):
                if left == name:
                    return "num"
                return "den" if isinstance(right, gast.Name) and right.id == name else None
            case gast.BinOp(op=gast.Div(), right=gast.Name(id=right)) if right == name:
                return "den"
            case gast.Call(func=func, args=[gast.Name(id=only)]) if (
                only == name and _word(func) not in _REDUCTIONS
            ):
                own = self.user(target)
                return None if own is None else f"pre_{own}"
        return None

    def _by_value(self, value: gast.AST, depth: int) -> str:
        match value:
            case gast.Call(func=gast.Name(id=function), args=[first, _]) if function in _CHANGING:
                return self._inner(first, depth) or "value"
            case gast.Call(func=gast.Name(id="$key_at")):
                return "key"
            case gast.Call(func=func, args=args):
                word = _word(func)
                first = args[0] if args else None
                if first is None and isinstance(func, gast.Attribute):
                    first = func.value
                inner = self._inner(first, depth)
                return f"{word}_{inner}" if inner and len(word) + len(inner) < _LONGEST else word
            case gast.Attribute(value=base, attr=attr):
                return f"{self._inner(base, depth) or 'value'}_{attr}"
            case gast.Subscript(value=base, slice=index):
                inner = self._inner(base, depth) or "part"
                at = number_of(index)
                if isinstance(at, int) and at >= 0:
                    return f"{inner}_{at}"
                return (
                    f"{inner}_{index.id}"
                    if isinstance(index, gast.Name) and self.user(index.id)
                    else f"{inner}_part"
                )
            case gast.BinOp(op=op) | gast.UnaryOp(op=op):
                return _WORDS.get(type(op), "value")
            case gast.Compare():
                return "test"
            case gast.List() | gast.Tuple():
                return "items"
        return "value"

    def _inner(self, node: gast.AST | None, depth: int) -> str | None:
        while isinstance(node, gast.Name) and self.user(node.id) is None:
            behind = self.values.get(node.id)
            if not isinstance(behind, gast.UnaryOp):
                break
            node = behind.operand
        if isinstance(node, gast.Name):
            title = self.title(node.id, depth + 1)
            return None if title == "value" else title
        return None
