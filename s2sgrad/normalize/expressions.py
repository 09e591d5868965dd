"""Nested expressions → one primitive each, in exactly Python's order of evaluation.

An operand that is a name is read later than Python reads it; where an operand to its right rebinds
the name (`x + (x := 2)`) it is therefore copied first. What a call does to the contents of an array
or a list needs no such care: the operand is the same object before and after.

`a and b` becomes `t = a; if t: t = b` (`or`: `if not t:`), longer ones a row of such Ifs; `a < f()
< c` becomes `u = f(); t = a < u; if t: t = u < c`; `x = a if c else b` assigns x in both branches
of an If.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import ModuleType

import gast
import numpy as np

from s2sgrad.normalize.lowering import Lowering
from s2sgrad.normalize.nodes import at, binary, load, negated, tuple_of, walrus_targets
from s2sgrad.normalize.quiet import may_write
from s2sgrad.program import If
from s2sgrad.trees import nodes as parts_of

__all__ = ["Expressions"]

_LIBRARIES = {"builtins", "math", "numpy", "scipy"}


class Expressions(Lowering):
    """Lowering of expressions."""

    def is_atom(self, node: gast.AST) -> bool:
        """Whether node is a name, a literal (a number with its sign) or a static."""
        match node:
            case gast.Name() | gast.Constant():
                return True
            case gast.UnaryOp(
                op=gast.USub(), operand=gast.Constant(value=int() | float() | complex())
            ):
                return True
            case gast.Attribute():
                return self.scope.is_static(node)
        return False

    def atom(self, node: gast.AST) -> gast.AST:
        """Write what node computes, and give the atom that holds it."""
        if self.is_atom(node):
            return node
        match node:
            case gast.NamedExpr():
                self.bind(node.target.id, node.value)
                return at(load(node.target.id), node)
            case gast.IfExp() if not _of_literals(node):
                name = self.scope.temporary()
                self.conditional(name, node)
                return at(load(name), node)
            case gast.BoolOp():
                return self.boolean(node)
            case gast.Compare() if len(node.ops) > 1:
                return self.comparisons(node)
            case gast.ListComp():
                return self.list_comprehension(node)
            case gast.DictComp():
                return self.dict_comprehension(node)
            case gast.Call() if (lowered := self.consumer(node)) is not None:
                return lowered if self.is_atom(lowered) else self.temporary(lowered)
        return self.temporary(self.value(node))

    def value(self, node: gast.AST) -> gast.AST:
        """Write all of node but its last step, and give that: a primitive, or an atom."""
        match node:
            case gast.IfExp() if _of_literals(node):
                return at(
                    gast.IfExp(test=self.atom(node.test), body=node.body, orelse=node.orelse), node
                )
            case (
                gast.NamedExpr() | gast.IfExp() | gast.BoolOp() | gast.ListComp() | gast.DictComp()
            ):
                return self.atom(node)
            case gast.Compare() if len(node.ops) > 1:
                return self.atom(node)
            case gast.Call() if (lowered := self.consumer(node)) is not None:
                return lowered
        return node if self.is_atom(node) else self.primitive(node)

    def bind(self, name: str, node: gast.AST) -> None:
        """Write `name = node`."""
        if isinstance(node, gast.IfExp) and not _of_literals(node):
            self.conditional(name, node)
        else:
            self.assign((name,), self.value(node))

    def test(self, node: gast.AST) -> gast.AST:
        """Write what a test computes, and give it: an atom, or `not atom`."""
        if isinstance(node, gast.UnaryOp) and isinstance(node.op, gast.Not):
            return negated(self.test(node.operand))
        return self.atom(node)

    def operands(self, nodes: Sequence[gast.AST], later: Sequence[gast.AST] = ()) -> list[gast.AST]:
        """Atoms for nodes that Python evaluates one after the other, before those of `later`."""
        atoms = []
        for position, node in enumerate(nodes):
            if isinstance(node, gast.Starred):
                value = self.kept(self.atom(node.value), [*nodes[position + 1 :], *later])
                atoms.append(at(gast.Starred(value=value, ctx=gast.Load()), node))
            elif self.walrus:
                rest = [*nodes[position + 1 :], *later]
                atoms.append(self.read_now(self.kept(self.atom(node), rest), rest))
            else:
                atoms.append(self.read_now(self.atom(node), [*nodes[position + 1 :], *later]))
        return atoms

    def rebound_by(self, nodes: Iterable[gast.AST]) -> set[str]:
        """The names that expressions bind: by `:=`, or in a function that is called and says nonlocal."""
        nodes = list(nodes)
        calls = self.nonlocals and any(isinstance(n, gast.Call) for e in nodes for n in parts_of(e))
        return walrus_targets(nodes) | (self.nonlocals if calls else set())

    def kept(self, atom: gast.AST, later: Iterable[gast.AST]) -> gast.AST:
        """The atom, or a copy of it where something evaluated later rebinds its name."""
        if (
            isinstance(atom, gast.Name)
            and atom.id in self.walrus
            and atom.id in self.rebound_by(later)
        ):
            return self.temporary(atom)
        return atom

    def read_now(self, atom: gast.AST, later: Iterable[gast.AST]) -> gast.AST:
        """The atom, or a copy of it where it is an attribute that a function which is called later may write."""
        if not isinstance(atom, gast.Attribute) or not self.scope.is_static(atom):
            return atom
        owner = self.scope.resolved_static(atom.value)
        if isinstance(owner, ModuleType) or not any(map(self.may_write, later)):
            return atom
        return self.temporary(atom)

    def may_write(self, node: gast.AST) -> bool:
        """Whether an expression calls what may write attributes: more than functions of libraries."""
        called = [n.func for n in parts_of(node) if isinstance(n, gast.Call)]
        return not all(map(self.is_of_a_library, called))

    def is_of_a_library(self, function: gast.AST) -> bool:
        """Whether a function is one of NumPy's and the like, or a method that has the name of an array's."""
        if not self.scope.is_static(function):
            return isinstance(function, gast.Attribute) and hasattr(np.ndarray, function.attr)
        known = self.scope.resolved_static(function)
        module = getattr(known, "__module__", None) or "builtins"
        return module.partition(".")[0] in _LIBRARIES

    # ---- what has branches ------------------------------------------------------------------

    def conditional(self, name: str, node: gast.IfExp) -> None:
        """Write `name = a if c else b`."""
        test = self.test(node.test)
        with self.nested() as body:
            self.bind(name, node.body)
        with self.nested() as orelse:
            self.bind(name, node.orelse)
        self.add(If(test, tuple(body), tuple(orelse), origin=self.origin))

    def boolean(self, node: gast.BoolOp) -> gast.AST:
        """Write `a and b and ...` or `a or b or ...`."""
        name = self.scope.temporary()
        result = at(load(name), node)
        go_on = result if isinstance(node.op, gast.And) else negated(result)
        first, *others = node.values
        self.bind(name, first)
        for other in others:
            with self.nested() as body:
                self.bind(name, other)
            self.add(If(go_on, tuple(body), origin=self.origin))
        return result

    def comparisons(self, node: gast.Compare) -> gast.AST:
        """Write `a < b < c`, each operand evaluated once and none after the first that fails."""
        name = self.scope.temporary()
        result = at(load(name), node)
        operands = [node.left, *node.comparators]
        left, right = self.operands(operands[:2], later=operands[2:])
        self.comparison(result, left, right, node, 0)
        return result

    def comparison(
        self, result: gast.Name, left: gast.AST, right: gast.AST, node: gast.Compare, position: int
    ) -> None:
        """Write one comparison of a chain, and the others inside an If on its result."""
        single = gast.Compare(left=left, ops=[node.ops[position]], comparators=[right])
        self.assign((result.id,), at(single, node))
        others = node.comparators[position + 1 :]
        if others:
            with self.nested() as body:
                after = self.kept(self.atom(others[0]), others[1:])
                self.comparison(result, right, after, node, position + 1)
            self.add(If(result, tuple(body), origin=self.origin))

    # ---- primitives -------------------------------------------------------------------------

    def primitive(self, node: gast.AST) -> gast.AST:
        """Write the operands of node, and give node with atoms in their places."""
        match node:
            case gast.BinOp():
                left, right = self.operands([node.left, node.right])
                return at(binary(left, node.op, right), node)
            case gast.UnaryOp():
                return at(gast.UnaryOp(op=node.op, operand=self.atom(node.operand)), node)
            case gast.Compare():
                left, right = self.operands([node.left, node.comparators[0]])
                return at(gast.Compare(left=left, ops=node.ops, comparators=[right]), node)
            case gast.Call():
                return self.call(node)
            case gast.Attribute():
                return at(
                    gast.Attribute(value=self.atom(node.value), attr=node.attr, ctx=gast.Load()),
                    node,
                )
            case gast.Subscript():
                base, index = self.place(node)
                return at(gast.Subscript(value=base, slice=index, ctx=gast.Load()), node)
            case gast.Tuple():
                return at(tuple_of(self.operands(node.elts)), node)
            case gast.List():
                return at(gast.List(elts=self.operands(node.elts), ctx=gast.Load()), node)
            case gast.Dict():
                return self.dictionary(node)
            case gast.JoinedStr():
                return self.text(node)
            case gast.Lambda():
                return node
        what = type(node).__name__
        return self.refuse(
            node, f"{what} expressions are not supported", "write it with simpler expressions"
        )

    def text(self, node: gast.JoinedStr) -> gast.JoinedStr:
        """An f-string; what may write stands before it, behind the text of what is read before that."""
        parts: list[gast.AST] = []
        for part in node.values:
            value = part.value if isinstance(part, gast.FormattedValue) else part
            if may_write(value, self.scope.resolved_static):
                if any(isinstance(p, gast.FormattedValue) for p in parts):
                    before = self.temporary(gast.JoinedStr(values=parts))
                    parts = [gast.FormattedValue(value=before, conversion=-1, format_spec=None)]
                held = gast.FormattedValue(
                    value=self.atom(value),
                    conversion=part.conversion,
                    format_spec=part.format_spec,
                )
                parts.append(at(held, part))
            else:
                parts.append(part)
        return node if parts == node.values else at(gast.JoinedStr(values=parts), node)

    def call(self, node: gast.Call) -> gast.Call:
        """A call with atoms as arguments; a method keeps its receiver, an atom too."""
        method = isinstance(node.func, gast.Attribute) and not self.scope.is_static(node.func)
        callee = node.func.value if method else node.func
        values = [keyword.value for keyword in node.keywords]
        if self.scope.is_static(callee) and not method:
            function, *atoms = callee, *self.operands([*node.args, *values])
        else:
            function, *atoms = self.operands([callee, *node.args, *values])
            if not isinstance(function, gast.Name) and not self.scope.is_static(function):
                function = self.temporary(function)
            if method:
                function = at(
                    gast.Attribute(value=function, attr=node.func.attr, ctx=gast.Load()), node.func
                )
        count = len(node.args)
        keywords = [
            at(gast.keyword(arg=keyword.arg, value=atom), keyword)
            for keyword, atom in zip(node.keywords, atoms[count:], strict=True)
        ]
        return at(gast.Call(func=function, args=atoms[:count], keywords=keywords), node)

    def place(
        self, node: gast.Subscript, later: Sequence[gast.AST] = ()
    ) -> tuple[gast.AST, gast.AST]:
        """The base (an atom) and the index (of atoms) of a subscript; `np.newaxis` is None, and is written so."""
        parts = node.slice.elts if isinstance(node.slice, gast.Tuple) else [node.slice]
        nodes = [node.value]
        for part in parts:
            if isinstance(part, gast.Slice):
                nodes.extend(
                    bound for bound in (part.lower, part.upper, part.step) if bound is not None
                )
            else:
                nodes.append(part)
        base, *atoms = self.operands(nodes, later)
        remaining = iter(atoms)
        index = []
        for part in parts:
            if isinstance(part, gast.Slice):
                bounds = [
                    b if b is None else next(remaining) for b in (part.lower, part.upper, part.step)
                ]
                index.append(at(gast.Slice(lower=bounds[0], upper=bounds[1], step=bounds[2]), part))
            else:
                atom = next(remaining)
                new_axis = self.scope.is_newaxis(atom)
                index.append(at(gast.Constant(value=None, kind=None), part) if new_axis else atom)
        if isinstance(node.slice, gast.Tuple):
            return base, at(tuple_of(index), node.slice)
        return base, index[0]

    def dictionary(self, node: gast.Dict) -> gast.Dict:
        """A dict display; a key None stands for `**other`."""
        nodes = [
            part
            for pair in zip(node.keys, node.values, strict=True)
            for part in pair
            if part is not None
        ]
        remaining = iter(self.operands(nodes))
        keys, values = [], []
        for key in node.keys:
            keys.append(None if key is None else next(remaining))
            values.append(next(remaining))
        return at(gast.Dict(keys=keys, values=values), node)

    # ---- what needs loops -------------------------------------------------------------------

    def list_comprehension(self, node: gast.ListComp) -> gast.AST:
        """Write a list comprehension as loops, and give the name of the list."""
        raise NotImplementedError

    def dict_comprehension(self, node: gast.DictComp) -> gast.AST:
        """Write a dict comprehension as loops, and give the name of the dict."""
        raise NotImplementedError

    def collected(self, node: gast.GeneratorExp) -> gast.AST:
        """Write a generator expression that is used up at once, and give the name of the list of its items."""
        raise NotImplementedError

    def consumer(self, node: gast.Call) -> gast.AST | None:
        """Write a call that consumes a generator expression; None if node is no such call."""
        raise NotImplementedError


def _of_literals(node: gast.IfExp) -> bool:
    """Whether a choice is one of two numbers or texts, for which no branches are needed."""
    return all(
        isinstance(item, gast.Constant) and isinstance(item.value, int | float | str)
        for item in (node.body, node.orelse)
    )
