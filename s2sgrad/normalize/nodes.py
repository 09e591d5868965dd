"""Building gast expressions, and the questions about the user's tree that the lowering asks.

Nothing here changes a node that it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar

import gast

from s2sgrad.trees import children, made, nodes, of_kind, with_fields
from s2sgrad.trees import name as load

__all__ = [
    "COMPREHENSIONS",
    "at",
    "binary",
    "bound_names",
    "call",
    "comprehension_targets",
    "constant",
    "first_evaluated",
    "has_own_break",
    "index_as_value",
    "integer",
    "load",
    "negated",
    "negative",
    "own_functions",
    "own_scope",
    "own_statements",
    "store",
    "subscript",
    "target_names",
    "tuple_of",
    "walrus_targets",
    "without_functions",
]

COMPREHENSIONS = (gast.ListComp, gast.SetComp, gast.DictComp, gast.GeneratorExp)
_LOCATION = ("lineno", "col_offset", "end_lineno", "end_col_offset")
_STORE = gast.Store()  # one for all trees, which nobody changes
_LOOPS = (gast.For, gast.AsyncFor, gast.While)
_SCOPES = (gast.FunctionDef, gast.AsyncFunctionDef, gast.ClassDef, gast.Lambda)
_BINDING = frozenset({gast.Name, gast.Import, gast.ImportFrom, *_SCOPES, *COMPREHENSIONS})

Node = TypeVar("Node", bound=gast.AST)


def at(node: Node, like: gast.AST) -> Node:
    """The new node, said to stand where `like` stands in the user's file."""
    own, known = vars(node), vars(like)
    for attribute in _LOCATION:
        if attribute in known:
            own[attribute] = known[attribute]
    return node


def store(identifier: str) -> gast.Name:
    """A name as the target of an assignment."""
    return made(gast.Name, id=identifier, ctx=_STORE, annotation=None, type_comment=None)


def constant(value: object) -> gast.Constant:
    """A literal; never a negative number, which is an operation on a literal."""
    return gast.Constant(value=value, kind=None)


def call(function: str, *arguments: gast.AST) -> gast.Call:
    """A call of a builtin."""
    return made(gast.Call, func=load(function), args=list(arguments), keywords=[])


def subscript(base: gast.AST, index: gast.AST) -> gast.Subscript:
    """`base[index]`, read."""
    return gast.Subscript(value=base, slice=index, ctx=gast.Load())


def tuple_of(atoms: Iterable[gast.AST]) -> gast.Tuple:
    """A tuple display."""
    return gast.Tuple(elts=list(atoms), ctx=gast.Load())


def index_as_value(index: gast.AST) -> gast.AST:
    """An index as it is passed to a function: `slice(1, None)` for `1:`."""
    if isinstance(index, gast.Tuple):
        return tuple_of([index_as_value(part) for part in index.elts])
    if not isinstance(index, gast.Slice):
        return index
    bounds = [constant(None) if bound is None else bound for bound in (index.lower, index.upper)]
    step = [] if index.step is None else [index.step]
    return gast.Call(func=load("$slice"), args=[*bounds, *step], keywords=[])


def binary(left: gast.AST, operator: gast.AST, right: gast.AST) -> gast.BinOp:
    """`left operator right`."""
    return made(gast.BinOp, left=left, op=operator, right=right)


def negative(number: int) -> gast.AST:
    """A negative number, which is an operation on a literal."""
    return gast.UnaryOp(op=gast.USub(), operand=constant(number))


def negated(test: gast.AST) -> gast.AST:
    """The opposite of a test: `not test`, or what stands behind the `not`."""
    if isinstance(test, gast.UnaryOp) and isinstance(test.op, gast.Not):
        return test.operand
    return at(gast.UnaryOp(op=gast.Not(), operand=test), test)


def integer(node: gast.AST) -> int | None:
    """The value of an integer literal, with its sign, or None for anything else."""
    if isinstance(node, gast.Constant) and type(node.value) is int:
        return node.value
    if isinstance(node, gast.UnaryOp) and isinstance(node.op, gast.USub):
        value = integer(node.operand)
        return None if value is None else -value
    return None


def own_scope(nodes: Iterable[gast.AST]) -> Iterator[gast.AST]:
    """All nodes that are evaluated in the scope of `nodes` itself.

    Of functions written inside only their decorators and defaults belong to it (the function node
    itself is yielded), of comprehensions everything does except that their targets are names of
    their own.
    """
    stack = list(nodes)
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, _SCOPES):
            if not isinstance(node, gast.ClassDef):
                stack.extend(default for default in node.args.defaults)
                stack.extend(default for default in node.args.kw_defaults if default is not None)
            if not isinstance(node, gast.Lambda):
                stack.extend(node.decorator_list)
        elif not isinstance(node, gast.Name | gast.Constant):
            stack.extend(children(node))


def bound_names(nodes: Iterable[gast.AST]) -> set[str]:
    """The names that statements or expressions bind or unbind in their own scope."""
    found: set[str] = set()
    inner: list[gast.AST] = []
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if node.__class__ not in _BINDING:
            stack.extend(children(node))
            continue
        match node:
            case gast.Name():
                if not isinstance(node.ctx, gast.Load):
                    found.add(node.id)
            case gast.FunctionDef() | gast.AsyncFunctionDef() | gast.ClassDef():
                found.add(node.name)
                inner.append(node)
            case gast.Lambda():
                inner.append(node)
            case gast.ListComp() | gast.SetComp() | gast.DictComp() | gast.GeneratorExp():
                found |= walrus_targets([node])
            case gast.Import() | gast.ImportFrom():
                found.update(alias.asname or alias.name.partition(".")[0] for alias in node.names)
    return found | walrus_targets(inner)


def walrus_targets(nodes: Iterable[gast.AST]) -> set[str]:
    """The names that `:=` assigns in the scope of the nodes."""
    return {node.target.id for node in own_scope(nodes) if isinstance(node, gast.NamedExpr)}


def nonlocal_names(trees: Iterable[gast.AST]) -> set[str]:
    """The names that functions inside may bind (`nonlocal`)."""
    found = (part for tree in trees for part in nodes(tree))
    return {name for part in found if isinstance(part, gast.Nonlocal) for name in part.names}


def bound_outside(function: gast.AST) -> set[str]:
    """The names of the functions around one that it, or one inside it, binds (`nonlocal`)."""
    body = function.body if isinstance(function.body, list) else [function.body]
    said: set[str] = set()
    inner: set[str] = set()
    for node in own_scope(body):
        if isinstance(node, gast.Nonlocal):
            said.update(node.names)
        elif isinstance(node, gast.FunctionDef | gast.Lambda):
            inner |= bound_outside(node)
    parameters = {n.id for n in nodes(function.args) if isinstance(n, gast.Name)}
    return said | (inner - bound_names(body) - parameters)


def comprehension_targets(node: gast.AST) -> set[str]:
    """The names that a comprehension's own `for` clauses bind."""
    return {name for generator in node.generators for name in target_names(generator.target)}


def target_names(target: gast.AST) -> list[str]:
    """The names that an assignment to target binds, in order and as often as they are bound."""
    match target:
        case gast.Name():
            return [target.id]
        case gast.Tuple() | gast.List():
            return [name for element in target.elts for name in target_names(element)]
        case gast.Starred():
            return target_names(target.value)
    return []


def has_own_break(body: Iterable[gast.AST]) -> bool:
    """Whether a loop's body has a `break` that leaves this very loop."""
    return any(isinstance(node, gast.Break) for node in own_statements(body))


def own_functions(body: Iterable[gast.AST]) -> Iterator[gast.FunctionDef]:
    """The functions that statements make, without those that these make."""
    for statement in body:
        if isinstance(statement, gast.FunctionDef):
            yield statement
        elif isinstance(statement, gast.stmt) and not isinstance(statement, gast.ClassDef):
            for block in blocks_of(statement):
                yield from own_functions(block)


def blocks_of(statement: gast.AST) -> Iterator[list[gast.AST]]:
    """The blocks of a compound statement."""
    for name in ("body", "orelse", "finalbody"):
        yield getattr(statement, name, None) or []
    for name in ("handlers", "cases"):
        for part in getattr(statement, name, None) or []:
            yield part.body


def without_functions(body: list[gast.AST], names: Collection[str]) -> list[gast.AST]:
    """Statements without the functions of these names, which nobody calls any more."""
    out: list[gast.AST] = []
    for statement in body:
        if isinstance(statement, gast.FunctionDef):
            if statement.name not in names:
                out.append(statement)
            continue
        changed: dict[str, object] = {}
        for name in ("body", "orelse", "finalbody"):
            block = getattr(statement, name, None)
            if isinstance(block, list) and block:
                new = without_functions(block, names)
                if len(new) != len(block) or any(a is not b for a, b in zip(new, block)):
                    changed[name] = new or [at(gast.Pass(), statement)]
        out.append(with_fields(statement, changed) if changed else statement)
    return out


def first_evaluated(value: gast.AST | None, fixed: Callable[[gast.AST], bool]) -> gast.AST | None:
    """The part of an expression that is evaluated before all others, but fixed ones."""
    rebinds = value is not None and bool(of_kind(value, gast.NamedExpr))
    while isinstance(value, gast.BinOp | gast.Compare | gast.Subscript):
        if isinstance(value, gast.Subscript):
            value = value.value
        elif isinstance(value, gast.BinOp) and not rebinds and fixed(value.left):
            value = value.right
        else:
            value = value.left
    return value


def own_statements(body: Iterable[gast.AST]) -> Iterator[gast.AST]:
    """The statements of a loop's body, without those of loops and functions inside."""
    stack = list(body)
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, _LOOPS):
            stack.extend(node.orelse)
        elif isinstance(node, gast.stmt) and not isinstance(node, _SCOPES):
            for block in blocks_of(node):
                stack.extend(block)
