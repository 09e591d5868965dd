"""What is asked of a generator only once: `next(halves(x))` is a call of a function that returns the first item.

Receives a function's tree, and gives one in which

    def halves():                       def first_of_halves():
        q = f(x)                            q = f(x)
        while True:                         return q
            yield q
            q *= 0.5

    next(halves())                      first_of_halves()
    next(above(x, 1), 0.0)              first_of_above(x, 1, default=0.0)

Where the call is what a statement evaluates first, and the generator gets to its `yield` straight away, what it does
stands there itself. A generator does nothing before it is asked for an item, and nothing behind its first `yield`
unless it is asked again: nobody can ask one that has no name. The function stands where the generator is made, or at
the beginning, if it is one of the module.
"""

from __future__ import annotations

from collections.abc import Mapping

import gast

from s2sgrad.normalize.nodes import (
    at,
    constant,
    load,
    own_scope,
    own_statements,
    without_functions,
)
from s2sgrad.normalize.stepping import Stepping
from s2sgrad.normalize.yields import yielded
from s2sgrad.settled import is_literal
from s2sgrad.source import MISSING
from s2sgrad.trees import fields_changed, nodes, of_kind, with_fields

__all__ = ["with_first_items"]

_REFUSED = (gast.ClassDef, gast.Try, gast.With, gast.Global, gast.Await)
_INNER = (gast.FunctionDef, gast.Lambda)
_OF_A_VALUE = (gast.Assign, gast.Return, gast.Expr)
_BLOCKS = ("body", "orelse", "finalbody")


def with_first_items(tree: gast.FunctionDef, namespace: Mapping[str, object]) -> gast.FunctionDef:
    """The function with calls in the place of `next(generator())`; the same tree where there is none."""
    if not any(len(c.args) in {1, 2} and not c.keywords for c in _nexts(tree)):
        return tree
    work = _First(tree, namespace)
    body = work.block(tree.body)
    if not work.functions and not work.stated_any:
        return tree
    body = [*work.at_the_beginning, *work.with_functions(body)]
    read = {n.id for s in body for n in nodes(s) if isinstance(n, gast.Name)}
    done = {name for name, _ in work.functions} | work.straight
    done -= read
    return with_fields(tree, {"body": without_functions(body, done) if done else body})


def _nexts(tree: gast.AST) -> list[gast.Call]:
    return [
        c for c in of_kind(tree, gast.Call) if isinstance(c.func, gast.Name) and c.func.id == "next"
    ]


class _First(Stepping):
    """Writes calls, and the functions that they call.

    functions: the name of a generator, or its id if it is one of the module, and whether there is a default → the
    function that returns its first item; unknown: those of which that isn't known, or not yet; straight: the
    generators whose statements stand where they are called, stated_any: whether there is any, of a module or here.
    """

    def __init__(self, tree: gast.FunctionDef, namespace: Mapping[str, object]) -> None:
        super().__init__(tree, namespace)
        self.functions: dict[tuple[str, bool], gast.FunctionDef] = {}
        self.unknown: set[tuple[str, bool]] = set()
        self.straight: set[str] = set()
        self.stated_any = False
        self.at_the_beginning: list[gast.AST] = []

    def written(self, node: gast.AST) -> gast.AST:
        """A statement or an expression with other calls."""
        if isinstance(node, _INNER):
            with self.inside(node):
                return self.call(self.parts(node))
        return self.call(self.parts(node))

    def block(self, statements: list[gast.AST]) -> list[gast.AST]:
        return [new for statement in statements for new in self.statement(statement)]

    def statement(self, node: gast.AST) -> list[gast.AST]:
        """What a statement is written as."""
        if not isinstance(node, _OF_A_VALUE):
            return [self.written(node)]
        asked = self.evaluated_first(node.value)
        made = None if asked is None else self.stated(asked)
        if asked is None or made is None:
            return [self.written(node)]
        value = _replaced(node.value, asked, made[1])
        return [*self.block(made[0]), *self.statement(with_fields(node, {"value": value}))]

    def evaluated_first(self, value: gast.AST | None) -> gast.AST | None:
        """The call of `next` that an expression begins with, names and constants aside; None where it doesn't."""
        while value is not None:
            match value:
                case gast.Call(args=[gast.Call()], keywords=[]) if (
                    self.resolved(value.func) is next
                ):
                    return value
                case gast.BinOp(left=gast.Name() | gast.Constant() as left, right=right) if (
                    getattr(left, "id", "") not in self.rebound
                ):
                    value = right
                case gast.BinOp(left=left) | gast.Compare(left=left):
                    value = left
                case gast.UnaryOp(operand=inner) | gast.Subscript(value=inner):
                    value = inner
                case gast.Call(args=[first, *_]) if self.resolved(value.func) is not MISSING:
                    value = first
                case gast.Tuple(elts=[first, *_]) | gast.List(elts=[first, *_]):
                    value = first
                case _:
                    return None
        return None

    def stated(self, asked: gast.Call) -> tuple[list[gast.AST], gast.AST] | None:
        """What a generator does before its first item, and this; None where it does more than to go there."""
        (items,) = asked.args
        tree = self.gens.called(items)
        more = (*_REFUSED, *_INNER, gast.Nonlocal, gast.NamedExpr)
        if tree is None or any(of_kind(s, *more) for s in tree.body):
            return None
        begun = self.gens.begun(tree, items)
        if begun is None:
            return None
        *body, last = _until_the_first(begun[1], None)[0]
        plain = isinstance(last, gast.Return) and last.value is not None
        if not plain or not all(isinstance(s, gast.Assign | gast.AugAssign) for s in body):
            return None
        self.stated_any = True
        if isinstance(items.func, gast.Name):
            self.straight.add(items.func.id)
        return [*begun[0], *body], last.value

    def parts(self, node: gast.AST) -> gast.AST:
        """A node whose parts have been written."""
        changed: dict[str, object] = {}
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, gast.AST):
                new: object = self.written(value)
                if new is not value:
                    changed[name] = new
            elif isinstance(value, list) and name in _BLOCKS:
                block = self.block(value)
                if len(block) != len(value) or any(a is not b for a, b in zip(block, value)):
                    changed[name] = block
            elif isinstance(value, list):
                items = [self.written(v) if isinstance(v, gast.AST) else v for v in value]
                if any(a is not b for a, b in zip(items, value, strict=True)):
                    changed[name] = items
        return with_fields(node, changed) if changed else node

    def call(self, node: gast.AST) -> gast.AST:
        """What a call of `next` is written as."""
        match node:
            case gast.Call(args=[gast.Call() as items, *default], keywords=[]) if (
                self.resolved(node.func) is next and len(default) <= 1
            ):
                function = self.function(items, given=bool(default))
                if function is None:
                    return node
                keywords = list(items.keywords)
                if default:
                    name = function.args.kwonlyargs[-1].id
                    keywords.append(gast.keyword(arg=name, value=default[0]))
                func = load(function.name)
                return at(gast.Call(func=func, args=items.args, keywords=keywords), node)
        return node

    def function(self, items: gast.AST, *, given: bool) -> gast.FunctionDef | None:
        """The function that returns the first item of what a call of a generator gives; given: a default is."""
        tree = self.gens.named(items.func) if isinstance(items, gast.Call) else None
        if tree is None or any(k.arg is None for k in items.keywords):
            return None
        here = isinstance(items.func, gast.Name) and items.func.id in self.gens.made
        key = (items.func.id if here else str(id(tree)), given)
        if key not in self.functions and key not in self.unknown:
            self.unknown.add(key)  # while it is written, so that one that asks itself stays
            made = self.returning(tree, given=given, here=here)
            if made is not None:
                self.unknown.remove(key)
                self.functions[key] = made
                if not here:
                    self.at_the_beginning.append(made)
        return self.functions.get(key)

    def returning(
        self, tree: gast.FunctionDef, *, given: bool, here: bool
    ) -> gast.FunctionDef | None:
        """A generator as a function that returns its first item; here: it is made in this function."""
        args = tree.args
        defaults = [d for d in (*args.defaults, *args.kw_defaults) if d is not None]
        if of_kind(tree, *_REFUSED) or not (here or all(map(is_literal, defaults))):
            return None
        default = self.fresh("default") if given else None
        body, certain = _until_the_first(tree.body, default)
        if not certain:
            if default is None:
                return None
            body.append(at(gast.Return(value=load(default)), tree))
        if any(isinstance(n, gast.Yield | gast.YieldFrom) for n in own_scope(body)):
            return None
        ends = [s for s in own_scope(body) if isinstance(s, gast.Return)]
        if any(s.value is None for s in ends):
            return None
        if not here:
            args = _without_annotations(args)
        if default is not None:
            own = gast.Name(id=default, ctx=gast.Param(), annotation=None, type_comment=None)
            args = with_fields(
                args,
                {
                    "kwonlyargs": [*args.kwonlyargs, at(own, tree)],
                    "kw_defaults": [*args.kw_defaults, None],
                },
            )
        name = self.fresh(f"first_of_{tree.name}")
        made = with_fields(tree, {"name": name, "args": args, "body": body, "returns": None})
        return self.written(made)

    def with_functions(self, body: list[gast.AST]) -> list[gast.AST]:
        """Statements with the functions behind the generators of which they are made."""
        out: list[gast.AST] = []
        for statement in body:
            changed = {
                name: self.with_functions(getattr(statement, name))
                for name in _BLOCKS
                if not isinstance(statement, gast.FunctionDef)
                and isinstance(getattr(statement, name, None), list)
            }
            out.append(with_fields(statement, changed) if changed else statement)
            if isinstance(statement, gast.FunctionDef) and statement.name in self.gens.made:
                out += [made for (n, _), made in self.functions.items() if n == statement.name]
        return out


def _until_the_first(body: list[gast.AST], default: str | None) -> tuple[list[gast.AST], bool]:
    """Statements that return where a generator yields, and whether they certainly do.

    default: the name of what is returned where it ends without an item.
    """
    out: list[gast.AST] = []
    for statement in body:
        item = yielded(statement)
        if item is not None:
            value = constant(None) if item.value is None else item.value
            return [*out, at(gast.Return(value=value), statement)], True
        match statement:
            case gast.Return():
                value = None if default is None else load(default)
                return [*out, at(gast.Return(value=value), statement)], default is not None
            case gast.If(body=then, orelse=other):
                then, one = _until_the_first(then, default)
                other, two = _until_the_first(other, default)
                out.append(with_fields(statement, {"body": then, "orelse": other}))
                if one and two:
                    return out, True
            case gast.For(orelse=[]) | gast.While(orelse=[]):
                inner, certain = _until_the_first(statement.body, default)
                leaves = any(
                    isinstance(s, gast.Break | gast.Continue) for s in own_statements(inner)
                )
                if certain and _always_begins(statement) and not leaves:
                    return [*out, *inner], True
                out.append(with_fields(statement, {"body": inner}))
            case gast.Expr(value=gast.YieldFrom(value=gast.List() | gast.Tuple() as shown)) if (
                shown.elts and not of_kind(shown, gast.Starred)
            ):
                first = gast.Subscript(value=shown, slice=constant(0), ctx=gast.Load())
                return [*out, at(gast.Return(value=first), statement)], True
            case _:
                out.append(statement)
    return out, False


def _replaced(node: gast.AST, old: gast.AST, new: gast.AST) -> gast.AST:
    """An expression with another part."""
    if node is old:
        return new
    changed = fields_changed(node, lambda part: _replaced(part, old, new))
    return with_fields(node, changed) if changed else node


def _always_begins(loop: gast.AST) -> bool:
    """Whether a loop certainly has a trip."""
    test = getattr(loop, "test", None)
    return isinstance(test, gast.Constant) and bool(test.value)


def _without_annotations(args: gast.AST) -> gast.AST:
    """Parameters of which nothing is said."""
    named = {
        field: [with_fields(a, {"annotation": None}) for a in getattr(args, field)]
        for field in ("posonlyargs", "args", "kwonlyargs")
    }
    return with_fields(args, named)
