"""Whether nobody sees that a function which remembers its results (`functools.cache`) computes them again.

Between its definition and its last call nothing that it reads may change; it has to do nothing but compute; and no two
of its results, which would be one object if they were remembered, may be told apart by a write into one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import gast
import numpy as np

from s2sgrad.normalize.alike import takes_for_the_same
from s2sgrad.normalize.calm import is_calm, own_numbers
from s2sgrad.trees import children, loaded, names_bound_in, nodes

__all__ = ["only_recomputes"]

_Resolved = Callable[[gast.AST], object]
_COMPREHENSIONS = (gast.ListComp, gast.SetComp, gast.DictComp, gast.GeneratorExp)
_REPEATED = (gast.For, gast.While, gast.Lambda, *_COMPREHENSIONS)
_CONTAINERS = (gast.List, gast.Tuple, gast.Dict, gast.Set, *_COMPREHENSIONS)


def only_recomputes(
    function: gast.FunctionDef, tree: gast.FunctionDef, resolved: _Resolved
) -> bool:
    """Whether a function inside may compute again what it would remember; resolved: what a node of the tree names."""
    work = _Remembering(tree, resolved)
    reading = work.reading(function.name)
    reached = work.reached([*reading, function.name])
    if reached is None:
        return False
    bodies = [part for made in reached.values() for part in _body(made)]
    if not work.calm(bodies, reached, repeatable=True):
        return False
    if takes_for_the_same(function, reached, tree, resolved):
        return False
    captured = {n for made in reached.values() for n in loaded(made)} - reached.keys()
    whole = [s for s in tree.body if not isinstance(s, gast.FunctionDef)]
    if work.never_rebound(captured, whole) and work.all_calm(whole):
        return True
    window = work.window(function, reading)
    if window is None:
        return False
    until = [*window[:-1], *_before_it_is_stored(window[-1])] if window else []
    if not captured.isdisjoint(n for s in until for n in names_bound_in(s)):
        return False
    return work.calm(until) and work.apart(reading, window)


class _Remembering:
    def __init__(self, tree: gast.FunctionDef, resolved: _Resolved) -> None:
        self.tree = tree
        self.resolved = resolved
        self.numbers = own_numbers(tree, resolved)
        self.above = {id(part): node for node in nodes(tree) for part in children(node)}
        self.times = Counter(name for node in nodes(tree) for name in _bindings(node))
        self.parameters = {n.id for n in nodes(tree) if _is_parameter(n)}
        self.functions = {
            name: made
            for node in nodes(tree)
            for name, made in _named(node)
            if self.times[name] == 1 and name not in self.parameters
        }

    def reading(self, name: str) -> dict[str, gast.AST]:
        """A function, and those that may call it, by their names."""
        found = {name: self.functions[name]} if name in self.functions else {}
        while True:
            more = {
                other: made
                for other, made in self.functions.items()
                if other not in found and not found.keys().isdisjoint(loaded(made))
            }
            if not more:
                return found
            found |= more

    def reached(self, names: Iterable[str]) -> dict[str, gast.AST] | None:
        """Functions, and those that they call; None where one of them isn't known."""
        found: dict[str, gast.AST] = {}
        stack = list(names)
        while stack:
            name = stack.pop()
            if name in found:
                continue
            if name not in self.functions:
                return None
            found[name] = self.functions[name]
            stack += [n for n in loaded(found[name]) if n in self.functions]
        return found

    def calm(
        self, body: Iterable[gast.AST], own: Iterable[str] = (), *, repeatable: bool = False
    ) -> bool:
        """Whether statements only compute, and so do the functions inside that they call; own: of those it is known."""
        body = [s for s in body if not any(s is made for made in self.functions.values())]
        called = {n for s in body for n in loaded(s) if n in self.functions} - {*own}
        reached = self.reached(called)
        if reached is None:
            return False
        bodies = [part for made in reached.values() for part in _body(made)]

        def known(node: gast.AST) -> object:
            name = node.id if isinstance(node, gast.Name) else ""
            if name in self.functions:
                return len
            return None if name in self.times or name in self.parameters else self.resolved(node)

        return is_calm([*body, *bodies], known, self.numbers, repeatable=repeatable)

    def all_calm(self, whole: list[gast.AST]) -> bool:
        """Whether the whole function only computes."""
        inner = [s for s in self.tree.body if isinstance(s, gast.FunctionDef)]
        known = all(self.functions.get(s.name) is s for s in inner)
        return known and self.calm([*whole, *(part for s in inner for part in s.body)])

    def never_rebound(self, captured: set[str], whole: list[gast.AST]) -> bool:
        """Whether names stay parameters, or are given their one value by a statement of the whole."""
        begun = {n for s in whole if isinstance(s, gast.Assign) for n in names_bound_in(s)}
        own = {name for name in captured if name in self.times}
        return all(self.times[name] == 1 and name in begun for name in own) and own.isdisjoint(
            self.parameters
        )

    def window(self, function: gast.AST, reading: dict[str, gast.AST]) -> list[gast.AST] | None:
        """The statements behind a function up to the last that calls it; None where it is used in other places, too."""
        block = _block_of(function, self.tree)
        if block is None:
            return None
        at = next(k for k, s in enumerate(block) if s is function)
        later = block[at + 1 :]
        inside = {id(n) for s in later for n in nodes(s)}
        own = {id(n) for made in reading.values() for n in nodes(made)}
        mentions = [n for n in nodes(self.tree) if isinstance(n, gast.Name) and n.id in reading]
        for name in mentions:
            if isinstance(name.ctx, gast.Store):
                continue
            above = self.above[id(name)]
            if not isinstance(above, gast.Call) or above.func is not name:
                return None
            if id(name) not in inside and id(name) not in own:
                return None
        if any(id(made) not in inside for made in reading.values() if made is not function):
            return None
        last = max(
            (k for k, s in enumerate(later) if not reading.keys().isdisjoint(loaded(s))), default=-1
        )
        return later[: last + 1]

    def apart(self, reading: dict[str, gast.AST], window: list[gast.AST]) -> bool:
        """Whether no two results of functions are written into later: they may be one object."""
        bodies = [part for made in reading.values() for part in _body(made)]
        inside = {id(n) for part in bodies for n in nodes(part)}
        if any(self._gathers(n) for part in bodies for n in nodes(part)):
            return False
        calls = [
            n
            for n in nodes(self.tree)
            if isinstance(n, gast.Call) and isinstance(n.func, gast.Name)
            if n.func.id in reading and id(n) not in inside
        ]
        if len(calls) < 2 and not any(self._is_repeated(c, window) for c in calls):
            return True
        return all(self._only_read(c) for c in calls)

    def _gathers(self, node: gast.AST) -> bool:
        """Whether an expression may make a container of what it is given."""
        if isinstance(node, gast.Call):
            known = self.resolved(node.func)
            number = isinstance(known, np.ufunc) or getattr(known, "__module__", None) == "math"
            own = isinstance(node.func, gast.Name) and node.func.id in self.functions
            return not (number or own or any(known is f for f in _REDUCING) or _of_arrays(known))
        return isinstance(node, _CONTAINERS) and not self._is_used_up(node)

    def _is_used_up(self, node: gast.AST) -> bool:
        """Whether a display is an index, or the argument of what makes an array or a number of it."""
        above = self.above.get(id(node))
        if isinstance(above, gast.Call):
            known = self.resolved(above.func)
            return any(known is f for f in _REDUCING) or _of_arrays(known)
        return isinstance(above, gast.Subscript) and above.slice is node

    def _is_repeated(self, node: gast.AST, window: list[gast.AST]) -> bool:
        """Whether a loop of the window is around a node."""
        while not any(node is s for s in window):
            node = self.above[id(node)]
            if isinstance(node, _REPEATED):
                return True
        return False

    def _only_read(self, node: gast.AST, *, deep: bool = True) -> bool:
        """Whether what an expression gives is only computed with, or returned."""
        above = self.above[id(node)]
        match above:
            case gast.BinOp() | gast.UnaryOp() | gast.Compare() | gast.Return() | gast.AugAssign():
                return True
            case gast.Tuple():
                return isinstance(self.above[id(above)], gast.Return)
            case gast.Call():
                known = self.resolved(above.func)
                if isinstance(known, np.ufunc):
                    return any(a is node for a in above.args[: known.nin])
                number = getattr(known, "__module__", None) == "math"
                return number or any(known is f for f in (float, abs))
            case gast.GeneratorExp(elt=elt) if elt is node:
                call = self.above[id(above)]
                return isinstance(call, gast.Call) and self.resolved(call.func) is sum
            case gast.Assign(targets=[gast.Name(id=name)]) if deep:
                return self._name_only_read(name)
        return False

    def _name_only_read(self, name: str) -> bool:
        for node in nodes(self.tree):
            if isinstance(node, gast.AugAssign) and isinstance(node.target, gast.Name):
                if node.target.id == name and name not in self.numbers:
                    return False
            elif isinstance(node, gast.Name) and node.id == name:
                loads = isinstance(node.ctx, gast.Load)
                if loads and not self._only_read(node, deep=False):
                    return False
        return True


_REDUCING = (float, int, abs, len, sum, range, bool)


def _of_arrays(known: object) -> bool:
    """Whether a function makes a new array, or a number, of whatever it is given."""
    return any(
        known is f for f in (np.array, np.stack, np.concatenate, np.sum, np.prod, np.mean, np.dot)
    )


def _before_it_is_stored(statement: gast.AST) -> list[gast.AST]:
    """What a statement does up to the moment in which it binds a name, or writes into something."""
    match statement:
        case gast.Assign(targets=targets, value=value):
            parts = [part for target in targets for part in nodes(target)]
        case gast.AugAssign(target=target, value=value):
            parts = list(nodes(target))
        case _:
            return [statement]
    inside = [p for part in parts for p in children(part)]
    if any(isinstance(p, gast.Subscript) for p in inside):
        return [statement]  # items of items, which may be of anything
    return [value, *(p for p in inside if not isinstance(getattr(p, "ctx", None), gast.Store))]


def _body(function: gast.AST) -> list[gast.AST]:
    return function.body if isinstance(function.body, list) else [function.body]


def _named(node: gast.AST) -> list[tuple[str, gast.AST]]:
    """The function that a statement makes, with its name."""
    match node:
        case gast.FunctionDef(name=name):
            return [(name, node)]
        case gast.Assign(targets=[gast.Name(id=name)], value=gast.Lambda() as made):
            return [(name, made)]
    return []


def _bindings(node: gast.AST) -> list[str]:
    """The names that a node binds itself."""
    match node:
        case gast.FunctionDef(name=name):
            return [name]
        case gast.Name(id=name) if not isinstance(node.ctx, gast.Load | gast.Param):
            return [name]
        case gast.alias(name=name, asname=asname):
            return [asname or name.partition(".")[0]]
        case gast.Nonlocal(names=names) | gast.Global(names=names):
            return [*names, *names]
    return []


def _is_parameter(node: gast.AST) -> bool:
    return isinstance(node, gast.Name) and isinstance(node.ctx, gast.Param)


def _block_of(statement: gast.AST, tree: gast.AST) -> list[gast.AST] | None:
    """The list of statements in which one stands."""
    for node in nodes(tree):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if isinstance(block, list) and any(s is statement for s in block):
                return block
    return None
