"""Statements as text, on astor's generator: nesting, blank lines, comments, docstrings.

The printer works on gast trees and leaves them alone: astor's own visitors for expressions, and
those for statements that hang a precedence on the nodes, are replaced. What astor 0.8.1 can't print
and no derivative contains (`match`, type aliases) is left to `ast.unparse`.
"""

from __future__ import annotations

import ast
import inspect
import sys
import unicodedata
import warnings
from collections.abc import Sequence

import gast

from s2sgrad.emit.doc import rendered, width_of
from s2sgrad.emit.flat import arguments, bare, flat, parameters, plain, standing, type_parameters
from s2sgrad.emit.operators import NAMED, OPERATORS, TEST
from s2sgrad.emit.statements import statement_doc

with warnings.catch_warnings():  # astor names node classes that Python has deprecated
    warnings.simplefilter("ignore", DeprecationWarning)
    from astor.code_gen import SourceGenerator

__all__ = ["CommentStatement", "Printer", "docstring_lines", "is_docstring"]

_INDENT = "    "
_WIDTH = 88
_DEFINITIONS = {"FunctionDef", "AsyncFunctionDef", "ClassDef"}
_IMPORTS = {"Import", "ImportFrom"}


class CommentStatement(gast.stmt):  # type: ignore[misc]  # gast has no types
    """A comment on lines of its own, at the indentation of the block that it stands in.

    text: what is said, without `# `; it may have several lines and can never become code.
    """

    _fields = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class Printer(SourceGenerator):  # type: ignore[misc]  # nor has astor
    """Prints one module; afterwards `text` holds the source.

    origins: for a line of the text (from 1) the `lineno` of the statement that is printed there.
    """

    def __init__(self) -> None:
        super().__init__(_INDENT)
        self.lines: list[str] = []
        self.origins: dict[int, int] = {}
        self.line: list[str] = []
        self.node: gast.AST | None = None
        self.before = self.after = ""
        self.write = self._write

    @property
    def text(self) -> str:
        """What has been printed."""
        return "".join([line + "\n" for line in self.lines])

    # ---- the interface that astor's visitors use -----------------------------------------------

    def _write(self, *items: object) -> None:
        """Write strings, expressions and statements one after the other."""
        for item in items:
            if isinstance(item, str):
                self.line.append(item)
            elif isinstance(item, ast.stmt | ast.excepthandler):
                self.visit(item)
            elif isinstance(item, ast.AST):
                self.line.append(self.expression(item))
            elif callable(item):
                item()

    def expression(self, node: gast.AST) -> str:
        """A node that is part of a statement."""
        kind = type(node).__name__
        if kind == "alias":
            renamed = f" as {node.asname}" if node.asname else ""
            return f"{node.name}{renamed}"
        if kind == "withitem":
            target = f" as {flat(node.optional_vars)}" if node.optional_vars is not None else ""
            return flat(node.context_expr, TEST) + target
        return flat(node, TEST)

    def newline(self, node: gast.AST | None = None, extra: int = 0) -> None:
        """End the line that is being written, breaking it where it is too long."""
        del node, extra
        if not self.line:
            return
        indent = len(_INDENT) * self.indentation
        text = "".join([*self.line, self.after])
        if self.node is not None and indent + width_of(text) > _WIDTH:
            doc = statement_doc(self.node)
            if doc is not None:
                text = rendered([self.before, doc, self.after], indent, _WIDTH)
        lines = (" " * indent + text).split("\n")
        origin = getattr(self.node, "lineno", None)
        if origin is not None:
            first = len(self.lines) + 1
            self.origins.update(dict.fromkeys(range(first, first + len(lines)), origin))
        self.lines += lines
        self.line = []
        self.node = None
        self.before = self.after = ""

    def statement(self, node: gast.AST | None, *items: object) -> None:
        """Begin a statement."""
        self.newline()
        self.node = node
        self.write(*items)

    def comma_list(self, items: Sequence[gast.AST], trailing: bool = False) -> None:
        """Items with commas between."""
        for position, item in enumerate(items):
            self.write(", " if position else "", item)
        self.write("," if trailing else "")

    def body(self, statements: Sequence[gast.AST]) -> None:
        """The block of a compound statement, one level further in."""
        self._inside(statements, "")

    # ---- blocks --------------------------------------------------------------------------------

    def _inside(self, statements: Sequence[gast.AST], owner: str) -> None:
        """A block, one level further in; one that only has comments gets a `pass`."""
        self.newline()
        self.indentation += 1
        self._block(statements, owner)
        if all(isinstance(statement, CommentStatement) for statement in statements):
            self.write("pass")
        self.newline()
        self.indentation -= 1

    def _block(self, statements: Sequence[gast.AST], owner: str) -> None:
        """Statements and blank lines between them; owner: the kind of definition, '' for others."""
        previous: gast.AST | None = None
        documented = bool(owner and statements and is_docstring(statements[0]))
        for position, statement in enumerate(statements):
            after_comment = position > 0 and isinstance(statements[position - 1], CommentStatement)
            if not after_comment:
                following = _next(statements, position)
                first = documented and previous is statements[0]
                place = "documented" if first and owner != "FunctionDef" else owner
                self.lines += [""] * self._blank_lines(previous, following, statement, place)
            if documented and position == 0:
                self._docstring(statement.value.value)
            else:
                self.visit(statement)
            self.newline()
            if not isinstance(statement, CommentStatement):
                previous = statement

    def _blank_lines(
        self, previous: gast.AST | None, following: gast.AST | None, statement: gast.AST, owner: str
    ) -> int:
        """How many blank lines stand before a statement.

        following: the statement itself, or what its comment belongs to; owner: 'documented' after
        the docstring of a module or a class.
        """
        defines = type(following).__name__ in _DEFINITIONS
        if previous is None:
            return int(defines and not owner and following is statement)
        if defines or _ends_in_definition(previous):
            return 1 if self.indentation else 2
        if owner == "documented":
            return 1
        if type(previous).__name__ not in _IMPORTS:
            return 0
        if type(following).__name__ not in _IMPORTS:
            return 1
        return int(not self.indentation and _import_group(previous) != _import_group(following))

    def _docstring(self, value: str) -> None:
        """A docstring, its lines at the indentation of the block."""
        text = [_escaped(line) for line in docstring_lines(value)]
        if len(text) == 1 and not text[0].endswith('"'):
            self.write(f'"""{text[0]}"""')
            return
        indent = _INDENT * self.indentation
        rest = [line for line in text[1:] if line]
        if rest and all(
            line.startswith(" ") for line in rest
        ):  # else readers take this indentation for the block's
            text.insert(0, "")
        self.write(f'"""{text[0]}')
        self.newline()
        self.lines += [indent + line if line else "" for line in text[1:]]
        self.write('"""')

    def visit_Module(self, node: gast.Module) -> None:
        self._block(node.body, "Module")

    def visit_CommentStatement(self, node: CommentStatement) -> None:
        for line in node.text.splitlines() or [""]:
            self.statement(node, f"# {_comment(line)}".rstrip())
            self.newline()

    # ---- statements that astor prints by precedences hung on nodes -----------------------------

    def visit_Expr(self, node: gast.Expr) -> None:
        self.statement(node, standing(node.value))

    def visit_Assign(self, node: gast.Assign) -> None:
        parallel = any(type(target).__name__ in {"Tuple", "List"} for target in node.targets)
        tuples = parallel and type(node.value).__name__ == "Tuple"
        value = bare(node.value) if tuples else standing(node.value)
        self.statement(node, *[bare(target) + " = " for target in node.targets], value)

    def visit_AugAssign(self, node: gast.AugAssign) -> None:
        self.statement(
            node, flat(node.target), f" {OPERATORS[type(node.op).__name__][0]}= ", flat(node.value)
        )

    def visit_AnnAssign(self, node: gast.AnnAssign) -> None:
        target = flat(node.target)
        if type(node.target).__name__ == "Name" and not node.simple:
            target = f"({target})"
        value = "" if node.value is None else " = " + standing(node.value)
        self.statement(node, target, ": ", flat(node.annotation, TEST), value)

    def visit_Return(self, node: gast.Return) -> None:
        self.statement(node, "return" if node.value is None else f"return {bare(node.value)}")

    def visit_Assert(self, node: gast.Assert) -> None:
        message = "" if node.msg is None else ", " + flat(node.msg, TEST)
        self.statement(node, "assert ", flat(node.test, TEST), message)

    def visit_If(self, node: gast.If) -> None:
        word = "if "
        while True:
            self.statement(node, word, flat(node.test, NAMED), ":")
            self.before = word[:2] if word == "elif " else ""
            self.body(node.body)
            orelse = node.orelse
            if len(orelse) != 1 or type(orelse[0]).__name__ != "If":
                break
            node = orelse[0]
            word = "elif "
        self.else_body(orelse)

    def visit_For(self, node: gast.For, is_async: bool = False) -> None:
        word = "async for " if is_async else "for "
        self.statement(node, word, bare(node.target), " in ", flat(node.iter, TEST), ":")
        self.body_or_else(node)

    def visit_While(self, node: gast.While) -> None:
        self.statement(node, "while ", flat(node.test, NAMED), ":")
        self.body_or_else(node)

    def visit_Try(self, node: gast.Try) -> None:
        self._try(node, "except")

    def visit_TryStar(self, node: gast.TryStar) -> None:
        self._try(node, "except*")

    def _try(self, node: gast.Try, word: str) -> None:
        self.statement(node, "try:")
        self.body(node.body)
        for handler in node.handlers:
            self._handler(handler, word)
        self.else_body(node.orelse)
        if node.finalbody:
            self.statement(node, "finally:")
            self.body(node.finalbody)

    def _handler(self, node: gast.ExceptHandler, word: str) -> None:
        self.statement(node if word == "except" else None, word)
        if node.type is not None:
            self.write(" ", node.type)
        if node.name is not None:  # a Name in gast
            self.write(" as ", node.name)
        self.write(":")
        self.body(node.body)

    # ---- definitions ---------------------------------------------------------------------------

    def visit_FunctionDef(self, node: gast.FunctionDef, is_async: bool = False) -> None:
        self._decorators(node)
        returns = getattr(node, "returns", None)
        word = "async def " if is_async else "def "
        head = f"{word}{node.name}{type_parameters(node)}({', '.join(parameters(node.args))})"
        self.statement(node, head, "" if returns is None else f" -> {flat(returns, TEST)}", ":")
        self._definition_body(node, "FunctionDef")

    def visit_ClassDef(self, node: gast.ClassDef) -> None:
        self._decorators(node)
        bases = arguments(node, node.bases)
        self.statement(
            node,
            f"class {node.name}{type_parameters(node)}",
            f"({', '.join(bases)})" if bases else "",
            ":",
        )
        self._definition_body(node, "ClassDef")

    def _decorators(self, node: gast.FunctionDef | gast.ClassDef) -> None:
        for decorator in getattr(node, "decorator_list", ()):
            self.statement(gast.Expr(value=decorator), "@", flat(decorator, NAMED))
            self.before = "@"

    def _definition_body(self, node: gast.FunctionDef | gast.ClassDef, owner: str) -> None:
        if len(node.body) == 1 and _is_ellipsis(node.body[0]):
            self.after = " ..."
            self.newline()
        else:
            self._inside(node.body, owner)

    # ---- what astor can't print ----------------------------------------------------------------

    def _unparsed(self, node: gast.AST) -> None:
        text = ast.unparse(ast.fix_missing_locations(plain(node)))
        self.newline()
        self.lines += [
            _INDENT * self.indentation + line if line else "" for line in text.split("\n")
        ]

    visit_Match = _unparsed
    visit_TypeAlias = _unparsed


def is_docstring(statement: gast.AST) -> bool:
    """Whether a statement is a docstring, given that it stands first in its block."""
    return (
        type(statement).__name__ == "Expr"
        and type(statement.value).__name__ == "Constant"
        and isinstance(statement.value.value, str)
    )


def docstring_lines(text: str) -> list[str]:
    """The lines of a docstring, without the block's indentation and trailing spaces."""
    stripped = "\n".join([line.rstrip() for line in text.expandtabs().split("\n")])
    return inspect.cleandoc(stripped).split("\n")


def _import_group(node: gast.AST) -> int:
    """The usual group of an import: `__future__`, the standard library, others."""
    module = node.names[0].name if isinstance(node, gast.Import) else node.module
    if getattr(node, "level", 0) or module is None:
        return 2
    first = module.partition(".")[0]
    return 0 if first == "__future__" else 1 if first in sys.stdlib_module_names else 2


def _next(statements: Sequence[gast.AST], position: int) -> gast.AST | None:
    """The statement at a position, or the one that the comment there stands before."""
    while position < len(statements):
        if not isinstance(statements[position], CommentStatement):
            return statements[position]
        position += 1
    return None


def _ends_in_definition(statement: gast.AST) -> bool:
    """Whether the last thing that is printed of a statement is a function or a class."""
    while True:
        if type(statement).__name__ in _DEFINITIONS:
            return True
        blocks = [
            getattr(statement, field, None) for field in ("finalbody", "orelse", "handlers", "body")
        ]
        last = next((block for block in blocks if isinstance(block, list) and block), None)
        if last is None:
            return False
        statement = last[-1]


def _is_ellipsis(statement: gast.AST) -> bool:
    return (
        type(statement).__name__ == "Expr"
        and type(statement.value).__name__ == "Constant"
        and statement.value.value is Ellipsis
    )


def _escaped(line: str) -> str:
    """A line of a docstring between triple double quotes."""
    out = line.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return "".join(
        [character if character.isprintable() else repr(character)[1:-1] for character in out]
    )


def _comment(line: str) -> str:
    """A line of a comment: characters that a source file can't hold are escaped."""
    if line.isprintable():
        return line.strip()
    return "".join(
        repr(character)[1:-1]
        if unicodedata.category(character) in {"Cc", "Cs"} and character != "\t"
        else character
        for character in line.strip()
    )
