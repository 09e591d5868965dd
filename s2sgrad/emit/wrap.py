"""Expressions as documents that can be broken over lines, as ruff and Black break them.

Every function takes the expression and where it stands: `OPEN`, where nothing encloses it, so that
its operators can't be broken; `ENCLOSED`, inside brackets; or the number of the group whose
optional parentheses enclose it if they are printed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

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
    IfFlat,
    Indent,
    block,
)
from s2sgrad.emit.flat import (
    bare,
    flat,
    hugs,
    parameter_parts,
    parameters,
    prefix_operator,
    separators,
)
from s2sgrad.emit.operators import ATOM, BIT_OR, NAMED, OPERATORS, OR, SYMBOLS, TEST, TUPLE
from s2sgrad.emit.shape import (
    RANKS,
    fluent,
    in_parentheses,
    may_omit_parentheses,
    needs,
    operands,
    own_brackets,
)

__all__ = ["ENCLOSED", "OPEN", "Wrapper", "commas"]

OPEN: Final = 0
ENCLOSED: Final = -1

_BOOLEAN, _COMPARATOR = 11, 10
_Part = tuple[gast.AST, int] | tuple[str, int, bool]


def commas(items: Sequence[Doc], trailing: int = 2) -> Doc:
    """Items, one a line if broken; a comma after the last where there are so many at least."""
    out: list[Doc] = []
    for position, item in enumerate(items):
        out += [",", SPACE, item] if position else [item]
    if len(items) >= trailing:
        out.append(IfBroken(","))
    return out


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

    def _line(self, where: int) -> Doc:
        if where == OPEN:
            return " "
        return SPACE if where == ENCLOSED else [IfBroken(SPACE, where), IfFlat(" ", where)]

    def _soft(self, where: int) -> Doc:
        if where == OPEN:
            return ""
        return SOFT if where == ENCLOSED else IfBroken(SOFT, where)

    def _group(self, content: Doc, where: int) -> Doc:
        if where == OPEN:
            return content
        return Group(content) if where == ENCLOSED else Group(content, only_if=where)

    # ---- operators -----------------------------------------------------------------------------

    def _binary(self, node: gast.AST, where: int) -> Doc:
        parts: list[_Part] = []
        self._flatten(node, parts)
        return self._group(self._chain(parts, where), where)

    def _flatten(self, node: gast.AST, parts: list[_Part]) -> None:
        """Operands and operators as they follow each other, those inside operands included."""
        kind = type(node).__name__
        if kind == "BinOp":
            symbol = OPERATORS[type(node.op).__name__][0]
            operators: list[tuple[str, int, bool]] = [
                (symbol, RANKS[symbol], symbol == "**" and hugs(node))
            ]
        elif kind == "BoolOp":
            operators = [(SYMBOLS[type(node.op).__name__], _BOOLEAN, False)] * (
                len(node.values) - 1
            )
        else:
            operators = [(SYMBOLS[type(op).__name__], _COMPARATOR, False) for op in node.ops]
        for position, (operand, level) in enumerate(operands(node)):
            if position:
                parts.append(operators[position - 1])
            if type(operand).__name__ in {"BinOp", "BoolOp", "Compare"} and not in_parentheses(
                operand, level
            ):
                self._flatten(operand, parts)
            else:
                parts.append((operand, level))

    def _chain(self, parts: list[_Part], where: int) -> Doc:
        """Broken before the operators that bind least tightly; what is between them is a group."""
        if len(parts) == 1:
            operand, level = parts[0][0], parts[0][1]
            return self.place(operand, level, where)
        lowest = max(part[1] for part in parts[1::2])
        out: list[Doc] = []
        start = 0
        for position in range(1, len(parts), 2):
            symbol, rank, hugging = parts[position]  # type: ignore[misc]
            if rank != lowest:
                continue
            out.append(self._between(parts[start:position], where))
            if hugging:
                out += [self._soft(where), symbol, self._broken_space(where)]
            else:
                out += [self._line(where), symbol, " "]
            start = position + 1
        out.append(self._between(parts[start:], where))
        return out

    def _broken_space(self, where: int) -> Doc:
        if where == OPEN:
            return ""
        return IfBroken(" ") if where == ENCLOSED else IfBroken(" ", where)

    def _between(self, parts: list[_Part], where: int) -> Doc:
        inner = self._chain(parts, where)
        return inner if len(parts) == 1 else self._group(inner, where)

    def _unary(self, node: gast.UnaryOp, where: int) -> Doc:
        symbol, level = prefix_operator(node)
        return [symbol, self.place(node.operand, level, where)]

    def _if_exp(self, node: gast.IfExp, where: int) -> Doc:
        return self._group(self._if_parts(node, where), where)

    def _if_parts(self, node: gast.IfExp, where: int) -> list[Doc]:
        out = [
            self.place(node.body, OR, where),
            self._line(where),
            "if ",
            self.place(node.test, OR, where),
        ]
        out += [self._line(where), "else "]
        if type(node.orelse).__name__ == "IfExp":
            return [*out, *self._if_parts(node.orelse, where)]
        return [*out, self.place(node.orelse, TEST, where)]

    def _named(self, node: gast.NamedExpr, where: int) -> Doc:
        return [flat(node.target), self._line(where), ":= ", self.place(node.value, TEST, where)]

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
        "_binary": ["BinOp", "BoolOp", "Compare"],
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
}
