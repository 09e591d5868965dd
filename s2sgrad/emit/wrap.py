"""Expressions as documents that can be broken over lines, as ruff and Black break them.

Every function takes the expression and where it stands (`places`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import gast

from s2sgrad.emit.doc import (
    HARD,
    SOFT,
    SPACE,
    BestFitParentheses,
    BestFitting,
    Doc,
    FitsExpanded,
    Group,
    IfBroken,
    Indent,
    block,
)
from s2sgrad.emit.flat import (
    bare,
    flat,
    parameter_parts,
    parameters,
    prefix_operator,
    separators,
)
from s2sgrad.emit.operations import operation
from s2sgrad.emit.operators import ATOM, BIT_OR, NAMED, OR, TEST, TUPLE
from s2sgrad.emit.places import ENCLOSED, OPEN, commas, grouped, line
from s2sgrad.emit.shape import (
    fluent,
    in_parentheses,
    may_omit_parentheses,
    needs,
    own_brackets,
)

__all__ = ["Wrapper"]


class Wrapper:
    """Makes the documents of one statement."""

    def __init__(self) -> None:
        self._groups = 0

    def group(self) -> int:
        """A number for a new group."""
        self._groups += 1
        return self._groups

    # ---- parentheses ---------------------------------------------------------------------------

    def bracketed(self, left: str, content: Doc, right: str, where: int) -> Doc:
        """Content between brackets, on lines of its own if it doesn't fit; built as ENCLOSED."""
        inner = Group([left, block(content), right])
        return FitsExpanded(inner, where) if where > 0 else inner

    def optional(self, content: Callable[[int], Doc]) -> Doc:
        """In parentheses if it doesn't fit even where brackets inside are broken."""
        number = self.group()
        inner = Indent([SOFT, content(number)], number)
        return Group([IfBroken("("), inner, SOFT, IfBroken(")")], number)

    def if_expands(self, content: Doc) -> Doc:
        """In parentheses if it doesn't fit on one line; content is built as ENCLOSED."""
        return Group([IfBroken("("), block(content), IfBroken(")")])

    def statement(self, node: gast.AST, mode: str = "breaks", level: int = TEST) -> Doc:
        """A part of a statement; mode: 'breaks', 'parenthesized' or 'optional'."""
        if in_parentheses(node, level):
            return self.bracketed("(", self.doc(node, ENCLOSED), ")", OPEN)
        kind = needs(node)
        if kind == "never" or (kind == "fit" and mode == "optional"):
            return self.doc(node, OPEN)
        if kind == "fit" and mode == "breaks":
            number = self.group()
            return BestFitParentheses(self.doc(node, number), number)
        if may_omit_parentheses(node):
            return self.optional(lambda number: self.doc(node, number))
        return self.if_expands(self.doc(node, ENCLOSED))

    # ---- expressions ---------------------------------------------------------------------------

    def place(self, node: gast.AST, level: int, where: int) -> Doc:
        """An expression in a place of a level, in parentheses where it needs them."""
        if in_parentheses(node, level):
            return self.bracketed("(", self.doc(node, ENCLOSED), ")", where)
        return self.doc(node, where)

    def doc(self, node: gast.AST, where: int) -> Doc:
        """An expression without parentheses of its own."""
        method = _METHODS.get(type(node).__name__)
        return flat(node) if method is None else method(self, node, where)

    # ---- operators -----------------------------------------------------------------------------

    def _unary(self, node: gast.UnaryOp, where: int) -> Doc:
        symbol, level = prefix_operator(node)
        return [symbol, self.place(node.operand, level, where)]

    def _if_exp(self, node: gast.IfExp, where: int) -> Doc:
        return grouped(self._if_parts(node, where), where)

    def _if_parts(self, node: gast.IfExp, where: int) -> list[Doc]:
        out = [
            self.place(node.body, OR, where),
            line(where),
            "if ",
            self.place(node.test, OR, where),
        ]
        out += [line(where), "else "]
        if type(node.orelse).__name__ == "IfExp":
            return [*out, *self._if_parts(node.orelse, where)]
        return [*out, self.place(node.orelse, TEST, where)]

    def _named(self, node: gast.NamedExpr, where: int) -> Doc:
        return [flat(node.target), line(where), ":= ", self.place(node.value, TEST, where)]

    def _lambda(self, node: gast.Lambda, where: int) -> Doc:
        head = ", ".join(parameters(node.args))
        return [f"lambda{' ' + head if head else ''}: ", self.lambda_body(node.body, where)]

    def lambda_body(self, body: gast.AST, where: int) -> Doc:
        """What a lambda returns: in parentheses if it is broken and has no brackets."""
        if type(body).__name__ in {"Call", "Subscript"}:
            if fluent(body):
                return self.if_expands(self.doc(body, ENCLOSED))
            inner = self.doc(body, where)
            return BestFitting(
                (inner, Group(inner, expand=True), ["(", Indent([HARD, inner]), HARD, ")"])
            )
        if own_brackets(body) is not None:
            return self.doc(body, where)
        return self.if_expands(self.place(body, TEST, ENCLOSED))

    # ---- chains of calls, brackets and attributes ----------------------------------------------

    def _call_chain(self, node: gast.AST, where: int) -> Doc:
        if where != OPEN and fluent(node):
            return Group(self._links(node, where, fluently=True))
        return self._links(node, where, fluently=False)

    def _links(self, node: gast.AST, where: int, *, fluently: bool) -> list[Doc]:
        kind = type(node).__name__
        value = node.func if kind == "Call" else node.value
        parenthesized = in_parentheses(value, ATOM)
        linked = type(value).__name__ in {"Call", "Subscript", "Attribute"} and not parenthesized
        out = (
            self._links(value, where, fluently=fluently)
            if linked
            else [self.place(value, ATOM, where)]
        )
        if kind == "Attribute":
            if fluently and (parenthesized or type(value).__name__ in {"Call", "Subscript"}):
                out.append(SOFT)
            return [*out, f".{node.attr}"]
        if kind == "Subscript":
            return [*out, self.bracketed("[", self._index(node.slice), "]", where)]
        return [*out, self.arguments(node, node.args, where)]

    def arguments(
        self, call: gast.Call | gast.ClassDef, positional: Sequence[gast.AST], where: int
    ) -> Doc:
        """The arguments of a call in their parentheses."""
        if not positional and not call.keywords:
            return "()"
        if (
            len(positional) == 1
            and not call.keywords
            and type(positional[0]).__name__ == "GeneratorExp"
        ):
            return self.bracketed("(", Group(self._comprehension_parts(positional[0])), ")", where)
        items: list[Doc] = [self.place(argument, NAMED, ENCLOSED) for argument in positional]
        for keyword in call.keywords:
            prefix = f"{keyword.arg}=" if keyword.arg else "**"
            items.append([prefix, self.place(keyword.value, TEST, ENCLOSED)])
        return self.bracketed("(", Group(commas(items)), ")", where)

    def parameters(self, node: gast.arguments) -> list[Doc]:
        """The parameters of a function definition."""
        out: list[Doc] = []
        for name, annotation, default in parameter_parts(node):
            parts: list[Doc] = [name]
            if annotation is not None:
                parts += [": ", self.place(annotation, TUPLE, ENCLOSED)]
            if default is not None:
                parts += ["=" if annotation is None else " = ", self.place(default, TEST, ENCLOSED)]
            out.append(parts)
        return out

    def _index(self, node: gast.AST) -> Doc:
        if type(node).__name__ != "Tuple" or not node.elts:
            return self.place(node, NAMED, ENCLOSED)
        items = [self.place(item, NAMED, ENCLOSED) for item in node.elts]
        if len(items) == 1 and type(node.elts[0]).__name__ != "Starred":
            return [items[0], ","]
        return Group(commas(items))

    def _slice(self, node: gast.Slice, where: int) -> Doc:
        first, second = separators(node)
        lower, upper, step = (
            "" if b is None else self.place(b, TEST, where)
            for b in (node.lower, node.upper, node.step)
        )
        return [lower, first, upper, second, step]

    # ---- displays ------------------------------------------------------------------------------

    def items(self, nodes: Sequence[gast.AST]) -> Doc:
        """The items of a list, a tuple or a set."""
        return commas([self.place(node, NAMED, ENCLOSED) for node in nodes])

    def _tuple(self, node: gast.Tuple, where: int) -> Doc:
        if len(node.elts) == 1:
            return self.bracketed("(", [self.place(node.elts[0], NAMED, ENCLOSED), ","], ")", where)
        return self.bracketed("(", self.items(node.elts), ")", where) if node.elts else "()"

    def _list(self, node: gast.List, where: int) -> Doc:
        return self.bracketed("[", self.items(node.elts), "]", where) if node.elts else "[]"

    def _set(self, node: gast.Set, where: int) -> Doc:
        return self.bracketed("{", self.items(node.elts), "}", where) if node.elts else "{*()}"

    def _dict(self, node: gast.Dict, where: int) -> Doc:
        items: list[Doc] = []
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                items.append(Group(["**", self.place(value, BIT_OR, ENCLOSED)]))
            else:
                items.append(
                    Group(
                        [self.place(key, TEST, ENCLOSED), ": ", self.place(value, TEST, ENCLOSED)]
                    )
                )
        return self.bracketed("{", commas(items), "}", where) if items else "{}"

    def _comprehension(self, node: gast.ListComp, where: int) -> Doc:
        left, right = _BRACKETS[type(node).__name__]
        return self.bracketed(left, Group(self._comprehension_parts(node)), right, where)

    def _comprehension_parts(self, node: gast.ListComp) -> list[Doc]:
        if type(node).__name__ == "DictComp":
            key, value = (
                self.place(node.key, TEST, ENCLOSED),
                self.place(node.value, TEST, ENCLOSED),
            )
            out: list[Doc] = [Group([key, ": ", value])]
        else:
            out = [Group(self.place(node.elt, NAMED, ENCLOSED))]
        for generator in node.generators:
            word = "async for" if generator.is_async else "for"
            iterated = self.place(generator.iter, OR, ENCLOSED)
            out += [SPACE, f"{word} {bare(generator.target)} in ", iterated]
            for test in generator.ifs:
                out += [SPACE, "if ", self.place(test, OR, ENCLOSED)]
        return out

    # ---- the rest ------------------------------------------------------------------------------

    def _starred(self, node: gast.Starred, where: int) -> Doc:
        return ["*", self.place(node.value, BIT_OR, where)]

    def _await(self, node: gast.Await, where: int) -> Doc:
        return ["await ", self.place(node.value, ATOM, where)]

    def _yield(self, node: gast.Yield, where: int) -> Doc:
        if node.value is None:
            return "yield"
        word = "yield from " if type(node).__name__ == "YieldFrom" else "yield "
        if type(node.value).__name__ == "Tuple" and len(node.value.elts) > 1:
            return [word, self.if_expands(self.items(node.value.elts))]
        return [
            word,
            self.statement(node.value, "optional")
            if where == OPEN
            else self.place(node.value, TEST, where),
        ]


_BRACKETS = {
    "ListComp": ("[", "]"),
    "SetComp": ("{", "}"),
    "DictComp": ("{", "}"),
    "GeneratorExp": ("(", ")"),
}

_METHODS = {
    kind: getattr(Wrapper, method)
    for method, kinds in {
        "_await": ["Await"],
        "_call_chain": ["Attribute", "Call", "Subscript"],
        "_comprehension": ["DictComp", "GeneratorExp", "ListComp", "SetComp"],
        "_dict": ["Dict"],
        "_if_exp": ["IfExp"],
        "_lambda": ["Lambda"],
        "_list": ["List"],
        "_named": ["NamedExpr"],
        "_set": ["Set"],
        "_slice": ["Slice"],
        "_starred": ["Starred"],
        "_tuple": ["Tuple"],
        "_unary": ["UnaryOp"],
        "_yield": ["Yield", "YieldFrom"],
    }.items()
    for kind in kinds
} | dict.fromkeys(("BinOp", "BoolOp", "Compare"), operation)
