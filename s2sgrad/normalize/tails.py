"""Functions that end by calling themselves, as loops.

`return f(x, k - 1)` gives the parameters other values, and begins again. Nothing of one call is read by the next one
but its arguments, so that is the same. A function that is a loop may be written out where it is called, which matters
where it writes into what it is given, or returns it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import gast

from s2sgrad.infer.functions import source_of
from s2sgrad.normalize.nodes import at, store, tuple_of
from s2sgrad.settled import is_literal
from s2sgrad.source import Source
from s2sgrad.trees import nodes, with_fields

__all__ = ["as_a_loop"]


def as_a_loop(source: Source) -> Source:
    """A function whose calls of itself are the last that it does as one with a loop; any other one as it is."""
    calls = [n for n in nodes(source.tree) if _is_call(n, source)]
    arguments = source.tree.args
    plain = not (
        arguments.vararg or arguments.kwarg or arguments.kwonlyargs or arguments.posonlyargs
    )
    if not calls or not plain or any(isinstance(n, _KEEPING) for n in _inside(source.tree)):
        return source
    work = _Loop(source, [p.id for p in arguments.args])
    body = work.block(source.tree.body, last=True)
    if body is None or len(work.replaced) != len(calls):
        return source
    true = gast.Constant(value=True, kind=None)
    loop = at(gast.While(test=true, body=body, orelse=[]), source.tree.body[0])
    return replace(source, tree=with_fields(source.tree, {"body": [loop]}))


def _is_call(node: gast.AST, source: Source) -> bool:
    """Whether a node is a call of the function itself, by its own name."""
    if not isinstance(node, gast.Call) or not isinstance(node.func, gast.Name):
        return False
    found = source_of(source.namespace.get(node.func.id)) if node.func.id == source.name else None
    return isinstance(found, Source) and found.tree is source.tree


_KEEPING = (
    *(gast.FunctionDef, gast.Lambda, gast.GeneratorExp, gast.ClassDef, gast.Global),
    *(gast.Nonlocal, gast.Yield, gast.YieldFrom),
)
"""What may see, or keep, the variables of one call."""


def _inside(tree: gast.AST) -> list[gast.AST]:
    return [n for statement in tree.body for n in nodes(statement)]


class _Loop:
    """Writes the body of the loop; replaced: the calls that are written as the begin of another trip."""

    def __init__(self, source: Source, parameters: Sequence[str]) -> None:
        self.source, self.parameters = source, parameters
        self.replaced: list[gast.AST] = []
        self.without_result = all(
            n.value is None for n in _inside(source.tree) if isinstance(n, gast.Return)
        )

    def block(self, statements: Sequence[gast.AST], *, last: bool) -> list[gast.AST] | None:
        """Statements; last: whether the function ends behind them. None where a call can't be replaced."""
        out: list[gast.AST] = []
        for number, statement in enumerate(statements):
            final = last and number == len(statements) - 1
            match statement:
                case gast.Return(value=value) if _is_call(value, self.source):
                    made = self.again(statement, value)
                case gast.Expr(value=value) if final and _is_call(value, self.source):
                    made = self.again(statement, value) if self.without_result else None
                case gast.If(body=body, orelse=orelse):
                    one = self.block(body, last=final)
                    two = self.block(orelse, last=final)
                    if one is None or two is None:
                        return None
                    made = [with_fields(statement, {"body": one, "orelse": two})]
                    final = False
                case _:
                    made = [statement]
                    if final and not isinstance(statement, gast.Return | gast.Raise):
                        made.append(at(gast.Return(value=None), statement))
            if made is None:
                return None
            out += made
        if last and not out:
            out.append(at(gast.Return(value=None), self.source.tree))
        return out

    def again(self, statement: gast.AST, call: gast.Call) -> list[gast.AST] | None:
        """The parameters get the arguments of a call, and the loop goes on."""
        given = self.arguments(call)
        if given is None:
            return None
        self.replaced.append(call)
        changed = {
            parameter: value
            for parameter, value in given.items()
            if not (isinstance(value, gast.Name) and value.id == parameter)
        }
        out: list[gast.AST] = []
        if changed:
            targets = [store(parameter) for parameter in changed]
            several = len(targets) > 1
            target = gast.Tuple(elts=targets, ctx=gast.Store()) if several else targets[0]
            value = tuple_of(changed.values()) if several else next(iter(changed.values()))
            assign = gast.Assign(targets=[target], value=value, type_comment=None)
            out.append(at(assign, statement))
        return [*out, at(gast.Continue(), statement)]

    def arguments(self, call: gast.Call) -> dict[str, gast.AST] | None:
        """Parameter → what a call passes for it; None where that isn't plain."""
        if len(call.args) > len(self.parameters) or any(
            isinstance(a, gast.Starred) for a in call.args
        ):
            return None
        given = dict(zip(self.parameters, call.args, strict=False))
        for keyword in call.keywords:
            if keyword.arg not in self.parameters or keyword.arg in given:
                return None
            given[keyword.arg] = keyword.value
        defaults = self.source.tree.args.defaults
        first = len(self.parameters) - len(defaults)
        for parameter, value in zip(self.parameters[first:], defaults, strict=True):
            if parameter not in given:
                if not is_literal(value):
                    return None
                given[parameter] = value
        return given if len(given) == len(self.parameters) else None
