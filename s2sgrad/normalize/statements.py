"""The user's statements, one method each → normal form with jumps where they stood."""

from __future__ import annotations

import gast

from s2sgrad.frozen import dataclass
from s2sgrad.normalize.comprehensions import Comprehensions
from s2sgrad.normalize.logs import is_logged
from s2sgrad.normalize.nodes import at, tuple_of, walrus_targets
from s2sgrad.normalize.quiet import may_write
from s2sgrad.program import Effect, If, Statement
from s2sgrad.trees import with_fields

__all__ = ["Exit", "Statements"]


@dataclass(frozen=True, eq=False)
class Exit(Statement):
    """`return value` wherever it stands; only `jumps` sees these, and leaves none."""

    value: gast.AST | None


class Statements(Comprehensions):
    """Lowering of statements."""

    def statement(self, node: gast.AST) -> None:
        """Write one of the user's statements."""
        outer = self.origin
        self.stand_at(node)
        match node:
            case gast.Assign():
                self.assignment(node.targets, node.value)
            case gast.AnnAssign():
                self.annotated(node)
            case gast.AugAssign():
                self.augmented(node)
            case gast.Expr() if is_logged(node, self.source.logs):
                self.add(Effect(node, origin=self.origin))
            case gast.Expr():
                self.expression(node.value)
            case gast.If():
                self.branch(node)
            case gast.For():
                self.for_loop(node)
            case gast.While():
                self.while_loop(node)
            case gast.Break():
                self.leave("break")
            case gast.Continue():
                self.leave("continue")
            case gast.Return():
                self.add(Exit(self.returned(node.value), origin=self.origin))
            case gast.FunctionDef():
                self.assign((node.name,), node)
            case gast.Assert() if walrus_targets([node.test]) or may_write(
                node.test, self.scope.resolved_static
            ):
                test = self.test(node.test)
                kept = at(gast.Assert(test=test, msg=node.msg), node)
                self.add(Effect(kept, origin=self.origin))
            case gast.Delete(targets=[gast.Subscript(slice=index) as item]) if not isinstance(
                index, gast.Slice | gast.Tuple
            ):
                kept = gast.Delete(targets=[with_fields(item, {"slice": self.atom(index)})])
                self.add(Effect(at(kept, node), origin=self.origin))
            case gast.Assert() | gast.Raise() | gast.Delete():
                self.add(Effect(node, origin=self.origin))
            case gast.Import() | gast.ImportFrom():
                self.local_import(node)
            case gast.Pass() | gast.Nonlocal():
                pass
            case _:
                self.refuse(
                    node, f"{type(node).__name__} statements are not supported", "write it without"
                )
        self.origin = outer

    def annotated(self, node: gast.AnnAssign) -> None:
        """Write `target: annotation = value`; the annotation goes into a table."""
        if node.value is None:
            return
        count = len(self.block)
        self.assign_to(node.target, node.value)
        if isinstance(node.target, gast.Name):
            for statement in self.block[count:][-1:]:
                self.annotations[statement] = node.annotation

    def expression(self, node: gast.AST) -> None:
        """Write an expression that stands alone; its value is unused."""
        if isinstance(node, gast.Constant):
            return
        if isinstance(node, gast.NamedExpr):
            self.bind(node.target.id, node.value)
            return
        name = self.scope.temporary()
        self.unused.add(name)
        self.bind(name, node)

    def branch(self, node: gast.If) -> None:
        """Write an `if`."""
        self.stand_at(node, node.test)
        origin = self.origin
        test = self.test(node.test)
        with self.nested() as body:
            for statement in node.body:
                self.statement(statement)
        with self.nested() as orelse:
            for statement in node.orelse:
                self.statement(statement)
        self.add(If(test, tuple(body), tuple(orelse), origin=origin))

    def returned(self, node: gast.AST | None) -> gast.AST | None:
        """Write a returned value, and give the atom, or the tuple of atoms, that holds it."""
        if isinstance(node, gast.Constant) and node.value is None:
            return None
        if isinstance(node, gast.Tuple) and not any(isinstance(e, gast.Starred) for e in node.elts):
            return at(tuple_of(self.operands(node.elts)), node)
        return None if node is None else self.atom(node)

    def local_import(self, node: gast.Import | gast.ImportFrom) -> None:
        """Keep an import at the top level of the function: the names it binds are static."""
        names = {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        if (
            names & self.scope.variables
            or not names <= self.scope.imports.keys()
            or self.origin is None
        ):
            self.refuse(
                node,
                "this import is not at the top level of the function",
                "import at the top of the file",
            )
        self.add(Effect(node, origin=self.origin))
