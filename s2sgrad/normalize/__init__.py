"""Nested Python → structured statements with one primitive each.

Receives a `Source` that `check_syntax` has nothing to say about. Gives the same function in the
normal form that `s2sgrad.program` states, with the user's names as they are: names may be assigned
many times, in branches and loops, and hold what they hold in Python. The user's tree is never
changed; nodes are shared with it.

The parts, each a module: `expressions` (order of evaluation, short circuits), `assignments`,
`streams` and `iterables` (what loops run over), `loops`, `comprehensions`, `statements` (one method
a statement), `jumps` (break, continue and return → guards and flags).

What readers of the result may rely on:

- `a and b` is `t = a` followed by `if t: t = b` (`or`: `if not t:`), a row of such Ifs for several
  operands; a chain of comparisons is `t = a < b; if t: t = b < c`, nested for longer chains. `x = a
  if c else b` is an If that assigns x last in both branches.
- a For with a header is counted; what was computed for counting only (`n = len(xs)`, `min(...)`)
  stands before it, and `uncounted(loop, fresh)` gives the loop over the iterable itself where that
  is no sequence.
- a nested function is an Assign whose value is its FunctionDef; an import is an Effect, its names
  are static.
- only loops whose test assigns no name of the user's have a head; others are `while True` with a
  guard.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import gast

from s2sgrad.normalize.jumps import Jumps
from s2sgrad.normalize.scope import Imported, Scope
from s2sgrad.normalize.statements import Statements
from s2sgrad.normalize.uncounted import uncounted
from s2sgrad.program import Function, Origin, Parameter, Statement
from s2sgrad.structure import Structure

if TYPE_CHECKING:
    from s2sgrad.parse import Source

__all__ = ["Imported", "Normalized", "normalize", "uncounted"]


@dataclass(frozen=True)
class GivenUp:
    """Where the parts of an object were given up, and why; {} in why stands for its name."""

    origin: Origin | None
    why: str


@dataclass(frozen=True, eq=False)
class Normalized:
    """A function in normal form.

    temporaries: names that the user didn't write (values, loop counters, flags, the result `out`);
    flags: those of them that hold True or False and record a jump; unused: those that nothing
    reads; imports: names that an import inside the function binds → what they are; captured:
    variables that a lambda or a nested function reads from the function, whenever it is called;
    annotations: the Assign of an annotated name → the annotation; contexts: what the whole function
    runs in; returned: what the parts are that it returns as a tuple, each its number; given_up: names of objects
    whose parts aren't followed, and why; result: the name of what the function returns, where it returns from several
    places: nothing happens between its assignment and the return.
    """

    function: Function
    temporaries: frozenset[str]
    flags: frozenset[str]
    unused: frozenset[str]
    imports: Mapping[str, Imported]
    captured: frozenset[str]
    annotations: Mapping[Statement, gast.AST]
    contexts: tuple[gast.AST, ...] = ()
    returned: Structure | None = None
    given_up: Mapping[str, GivenUp] = field(default_factory=dict)
    result: str | None = None


def normalize(source: Source) -> Normalized:
    """The normal form of a function; TransformError where the function can't be brought into it."""
    tree = source.tree
    scope = Scope(tree, source.namespace)
    scope.variables |= source.structures.keys() | source.around
    docstring, body = _docstring(tree.body)
    lowering = Statements(source, scope)
    for node in body:
        lowering.statement(node)
    jumps = Jumps(scope)
    block = jumps.function(tuple(lowering.block))
    function = Function(source.name, _parameters(tree.args), block, docstring)
    return Normalized(
        function=function,
        temporaries=frozenset(scope.generated),
        flags=frozenset(jumps.flags | lowering.flags),
        unused=frozenset(lowering.unused),
        imports=scope.imports,
        captured=frozenset(scope.captured & scope.variables),
        annotations=lowering.annotations,
        result=jumps.out,
    )


def _docstring(body: list[gast.AST]) -> tuple[str | None, list[gast.AST]]:
    match body:
        case [gast.Expr(value=gast.Constant(value=str() as text)), *others]:
            return text, others
    return None, body


def _parameters(arguments: gast.AST) -> tuple[Parameter, ...]:
    positional = [*arguments.posonlyargs, *arguments.args]
    missing = len(positional) - len(arguments.defaults)
    defaults = [None] * missing + list(arguments.defaults)
    found = []
    for position, (node, default) in enumerate(zip(positional, defaults, strict=True)):
        kind = "positional_only" if position < len(arguments.posonlyargs) else "positional"
        found.append(Parameter(node.id, kind, default, node.annotation))
    if arguments.vararg is not None:
        found.append(Parameter(arguments.vararg.id, "variadic", None, arguments.vararg.annotation))
    for node, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        found.append(Parameter(node.id, "keyword", default, node.annotation))
    if arguments.kwarg is not None:
        found.append(
            Parameter(arguments.kwarg.id, "variadic_keyword", None, arguments.kwarg.annotation)
        )
    return tuple(found)
