"""Statements → the Python that they mean, as gast.

Receives blocks of the statement language, a program's or a derivative's. Gives gast statements for
printing or executing; no statement and no node of theirs is changed.

A loop with a header is printed as the user wrote it: the bindings that the header covers are
hidden, and so is what was computed for counting only (`n = len(xs)`), unless something printed
reads it. `raw=True` prints the counted form. An augmented store is printed as one (`x[i] += v`)
where that means the same; otherwise its three steps are printed with the operator in place on the
old value, which is what Python does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import gast

from s2sgrad.emit import CommentStatement
from s2sgrad.flow import read
from s2sgrad.headers import counting_only, covered_by_headers
from s2sgrad.normalize.nodes import binary, constant, index_as_value, load, store, tuple_of
from s2sgrad.normalize.nodes import negated as opposite
from s2sgrad.program import (
    WHOLE,
    Accumulate,
    Assign,
    Block,
    Clear,
    Comment,
    Effect,
    For,
    Function,
    If,
    Jump,
    Origin,
    Parameter,
    Restore,
    Return,
    Save,
    Statement,
    Store,
    Update,
    While,
    walk,
)
from s2sgrad.simplify.negatives import negated
from s2sgrad.trees import made

__all__ = ["function_definition", "statements"]


def function_definition(
    function: Function,
    *,
    raw: bool = False,
    pure: Callable[[Statement], bool] | None = None,
    place: Callable[[Origin], int] | None = None,
) -> gast.FunctionDef:
    """The `def` statement of a function; raw, pure and place: see `statements`."""
    body = statements(function.body, raw=raw, pure=pure, place=place)
    if function.docstring is not None:
        body.insert(0, gast.Expr(value=constant(function.docstring)))
    return gast.FunctionDef(
        name=function.name,
        args=_arguments(function.parameters),
        body=body or [gast.Pass()],
        decorator_list=[],
        returns=None,
        type_comment=None,
        type_params=[],
    )


def statements(
    block: Block,
    *,
    raw: bool = False,
    pure: Callable[[Statement], bool] | None = None,
    place: Callable[[Origin], int] | None = None,
) -> list[gast.stmt]:
    """The Python statements of a whole block.

    raw: loops over things are printed as counted loops. pure: whether an Assign is known to write
    to no memory; by default that is taken for granted of everything but calls. place: the `lineno`
    that the statements get which belong to a place of the user's; no other has one then.
    """
    pure = _calls_nothing if pure is None else pure
    return _Printer(block, raw=raw, pure=pure, place=place).block(block)


def _calls_nothing(statement: Statement) -> bool:
    return isinstance(statement, Assign) and not isinstance(statement.value, gast.Call)


class _Printer:
    """raw: ignore headers. hidden: what isn't printed. uses: how often each name is read."""

    def __init__(
        self,
        block: Block,
        *,
        raw: bool,
        pure: Callable[[Statement], bool],
        place: Callable[[Origin], int] | None = None,
    ) -> None:
        self.place = place
        self.raw = raw
        self.pure = pure
        self.covered = {} if raw else covered_by_headers(block)
        self.hidden = frozenset(counting_only(block, self.covered))
        self.uses = Counter[str]()
        if any(isinstance(statement, Store) and statement.operator for statement in walk(block)):
            for statement in walk(block):
                self.uses.update(read(statement))

    def block(self, block: Block) -> list[gast.stmt]:
        """The statements of a block."""
        fused = self.fused(block)
        written: list[gast.stmt] = []
        for statement in block:
            if statement in self.hidden:
                continue
            replaced = fused.get(statement)
            new = self.statement(statement) if replaced is None else replaced
            written.extend(new if self.place is None else self.placed(new, statement.origin))
        return written

    def placed(self, nodes: list[gast.stmt], origin: Origin | None) -> list[gast.stmt]:
        """Statements said to stand where the user's does; the user's own nodes aren't changed."""
        assert self.place is not None  # noqa: S101
        out = []
        for node in nodes:
            new = node
            if not isinstance(node, CommentStatement):
                new = made(type(node), **{f: getattr(node, f, None) for f in node._fields})
                if origin is not None:
                    new.lineno = self.place(origin)
            out.append(new)
        return out

    def body(self, block: Block) -> list[gast.stmt]:
        """The statements of a block that can't be empty."""
        return self.block(block) or [gast.Pass()]

    def statement(self, statement: Statement) -> list[gast.stmt]:
        """The statements that a statement means."""
        match statement:
            case Assign():
                return _assignments(statement)
            case Store(
                operator=gast.AST() as operator, value=gast.BinOp(left=old, op=op, right=right)
            ) if type(op) is type(operator) and _same_place(_place(statement), old):
                return [gast.AugAssign(target=_place(statement), op=op, value=right)]
            case Store():
                return [_assign(_place(statement), statement.value)]
            case Update(target=target, operator=operator, value=value):
                return [gast.AugAssign(target=store(target), op=operator, value=value)]
            case Effect(node=node):
                return [node]
            case If():
                return [self.branch(statement)]
            case For():
                return [self.for_loop(statement)]
            case While():
                return [self.while_loop(statement)]
            case Jump(kind=kind):
                return [gast.Break() if kind == "break" else gast.Continue()]
            case Return(value=value):
                return [gast.Return(value=value)]
        return [_derivative(statement)]

    def branch(self, statement: If) -> gast.If:
        """An `if`; one with nothing in its first branch is turned around."""
        if statement.orelse and not statement.body:
            return gast.If(
                test=opposite(statement.test), body=self.body(statement.orelse), orelse=[]
            )
        return gast.If(
            test=statement.test, body=self.body(statement.body), orelse=self.block(statement.orelse)
        )

    def for_loop(self, loop: For) -> gast.For:
        """A `for`, with the user's header where there is one."""
        target, iterable, body = store(loop.target), loop.iterable, loop.body
        if loop.header is not None and loop in self.covered:
            target, iterable = loop.header.target, loop.header.iterable
        return gast.For(
            target=target, iter=iterable, body=self.body(body), orelse=[], type_comment=None
        )

    def while_loop(self, loop: While) -> gast.While:
        """A `while`; what its test needs is computed at the start of each trip."""
        head = self.block(loop.head)
        if not head:
            return gast.While(test=loop.test, body=self.body(loop.body), orelse=[])
        leave = gast.If(test=opposite(loop.test), body=[gast.Break()], orelse=[])
        return gast.While(
            test=constant(value=True), body=[*head, leave, *self.block(loop.body)], orelse=[]
        )

    # ---- augmented stores -------------------------------------------------------------------

    def fused(self, block: Block) -> dict[Statement, list[gast.stmt]]:
        """What is printed in the place of the three steps of each augmented store in a block."""
        replaced: dict[Statement, list[gast.stmt]] = {}
        made: dict[str, int] = {}
        for position, statement in enumerate(block):
            if isinstance(statement, Assign) and len(statement.targets) == 1:
                made[statement.targets[0]] = position
            elif isinstance(statement, Store) and statement.operator is not None:
                steps = self.steps(block, statement, made)
                if steps is None:
                    continue
                first, second = steps
                old, new = block[first], block[second]
                between = (*block[first + 1 : second], *block[second + 1 : position])
                assert isinstance(old, Assign)  # noqa: S101
                assert isinstance(new, Assign)  # noqa: S101
                if self.is_private(old, new) and all(map(self.pure, between)):
                    value = new.value.right
                    whole = gast.AugAssign(
                        target=_place(statement), op=statement.operator, value=value
                    )
                    replaced |= {old: [], new: [], statement: [whole]}
                else:
                    in_place = gast.AugAssign(
                        target=store(new.targets[0]), op=statement.operator, value=new.value.right
                    )
                    replaced[new] = [_assign(store(new.targets[0]), new.value.left), in_place]
        return replaced

    def steps(self, block: Block, last: Store, made: dict[str, int]) -> tuple[int, int] | None:
        """Where the old and the new value of an augmented store are computed, if they still are."""
        if not isinstance(last.value, gast.Name):
            return None
        second = made.get(last.value.id)
        if second is None:
            return None
        made_there = block[second]
        assert isinstance(made_there, Assign)  # noqa: S101
        new = made_there.value
        if not isinstance(new, gast.BinOp) or type(new.op) is not type(last.operator):
            return None
        first = made.get(new.left.id) if isinstance(new.left, gast.Name) else None
        return None if first is None or first > second else (first, second)

    def is_private(self, old: Assign, new: Assign) -> bool:
        """Whether the old and the new value are read by the augmented store only."""
        return self.uses[old.targets[0]] == 1 and self.uses[new.targets[0]] == 1


def _assignments(statement: Assign) -> list[gast.stmt]:
    targets, value = statement.targets, statement.value
    if len(targets) > 1:
        target = gast.Tuple(elts=list(map(store, targets)), ctx=gast.Store())
        return [_assign(target, value)]
    (name,) = targets
    if not isinstance(value, gast.FunctionDef):
        return [_assign(store(name), value)]
    if value.name == name:
        return [value]
    return [value, _assign(store(name), load(value.name))]


def _assign(target: gast.AST, value: gast.AST) -> gast.Assign:
    return made(gast.Assign, targets=[target], value=value, type_comment=None)


def _place(statement: Store) -> gast.AST:
    if isinstance(statement.index, str):
        return gast.Attribute(value=statement.base, attr=statement.index, ctx=gast.Store())
    return _part(statement.base, statement.index)


def _same_place(first: gast.AST, second: gast.AST) -> bool:
    """Whether an expression reads what another one writes."""
    return str(gast.unparse(first)) == str(gast.unparse(second))


def _part(base: gast.AST, index: gast.AST) -> gast.Subscript:
    return made(gast.Subscript, value=base, slice=index, ctx=gast.Store())


def _derivative(statement: Statement) -> gast.stmt:
    """The statement that one of the statements means that only derivatives have."""
    match statement:
        case Accumulate(target=target, value=value, index=None):
            return _assign(store(target), binary(load(target), gast.Add(), value))
        case Accumulate(target=target, value=value, index=gast.AST() as index, repeated=True):
            add_at = gast.Attribute(
                value=gast.Attribute(value=load("$np"), attr="add", ctx=gast.Load()),
                attr="at",
                ctx=gast.Load(),
            )
            return gast.Expr(
                value=gast.Call(
                    func=add_at, args=[load(target), index_as_value(index), value], keywords=[]
                )
            )
        case Accumulate(target=target, value=value, index=gast.AST() as index):
            positive = negated(value)
            part = store(target) if index is WHOLE else _part(load(target), index)
            if positive is None:
                return gast.AugAssign(target=part, op=gast.Add(), value=value)
            return gast.AugAssign(target=part, op=gast.Sub(), value=positive)
        case Clear(target=target, index=None):
            return _assign(store(target), constant(0.0))
        case Clear(target=target, index=gast.AST() as index):
            zero = 0.0 if statement.of_list else 0
            return _assign(_part(load(target), index), constant(zero))
        case Save(stack=stack, values=values):
            item = values[0] if len(values) == 1 else tuple_of(values)
            append = gast.Attribute(value=load(stack), attr="append", ctx=gast.Load())
            return gast.Expr(value=gast.Call(func=append, args=[item], keywords=[]))
        case Restore(stack=stack, targets=targets):
            pop = gast.Attribute(value=load(stack), attr="pop", ctx=gast.Load())
            target = (
                targets[0]
                if len(targets) == 1
                else gast.Tuple(elts=list(targets), ctx=gast.Store())
            )
            return _assign(target, gast.Call(func=pop, args=[], keywords=[]))
        case Comment(text=text):
            return CommentStatement(text=text)
    raise TypeError(statement)


def _arguments(parameters: tuple[Parameter, ...]) -> gast.arguments:
    kinds: dict[str, list[gast.Name]] = {}
    for parameter in parameters:
        node = gast.Name(
            id=parameter.name, ctx=gast.Param(), annotation=parameter.annotation, type_comment=None
        )
        kinds.setdefault(parameter.kind, []).append(node)
    positional = [p.default for p in parameters if p.kind in {"positional", "positional_only"}]
    variadic, variadic_keyword = kinds.get("variadic"), kinds.get("variadic_keyword")
    return gast.arguments(
        posonlyargs=kinds.get("positional_only", []),
        args=kinds.get("positional", []),
        vararg=variadic[0] if variadic else None,
        kwonlyargs=kinds.get("keyword", []),
        kw_defaults=[p.default for p in parameters if p.kind == "keyword"],
        kwarg=variadic_keyword[0] if variadic_keyword else None,
        defaults=[default for default in positional if default is not None],
    )
