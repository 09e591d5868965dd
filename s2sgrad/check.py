"""What syntax is accepted: refuses by name what no later pass could handle.

`check_syntax` receives a Source and gives a finding for every construct that isn't accepted, all of them at once
and each with what to write instead; nothing is changed or run. `DECISIONS` has an entry for every class of
Python's grammar. What a function calls, and whether that has a derivative, is for later passes to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import gast

from s2sgrad.normalize import Scope, consumes
from s2sgrad.normalize.nodes import comprehension_targets, own_scope
from s2sgrad.trees import loaded

if TYPE_CHECKING:
    from s2sgrad.errors import Finding
    from s2sgrad.parse import Source

__all__ = ["DECISIONS", "Refusal", "check_syntax"]


@dataclass(frozen=True)
class Refusal:
    """Why a construct isn't accepted, and what to write instead."""

    message: str
    remedy: str


_ACCEPTED = (
    "Add And AnnAssign Assert Assign Attribute AugAssign BinOp BitAnd BitOr BitXor BoolOp Break Call Compare "
    "Constant Continue Del Delete Dict Div Eq Expr FloorDiv For FormattedValue FunctionDef GeneratorExp Gt GtE If "
    "IfExp Import ImportFrom In Invert Is IsNot JoinedStr LShift Lambda List ListComp Load Lt LtE MatMult Mod Mult "
    "Name NamedExpr Not NotEq NotIn Or Param Pass Pow RShift Raise Return Slice Starred Store Sub Subscript Tuple "
    "UAdd USub UnaryOp While alias arg arguments comprehension keyword"
).split()

_GENERATOR = Refusal(
    "generators are not supported (yield)", "Collect the values in a list, and return the list."
)
_ASYNC = Refusal(
    "asynchronous code is not supported", "Write an ordinary function, without async and await."
)
_MATCH = Refusal("match statements are not supported", "Write if, elif and else.")
_TRY = Refusal(
    "try statements are not supported",
    "Test for the condition with `if`, or catch the exception where the function is called.",
)
_WITH = Refusal(
    "with statements are not supported", "Open the context where the function is called."
)
_TYPES = Refusal(
    "type parameters and type aliases are not supported", "Define them at the top of the module."
)
_TEMPLATE = Refusal("template strings are not supported", "Write an f-string.")
_PYTHON_2 = Refusal(
    "this construct of older versions of Python is not supported", "Write today's form of it."
)
_NO_BODY = Refusal("only a function can be differentiated", "Put the code into a function.")

DECISIONS: dict[str, Refusal | None] = {
    **dict.fromkeys(_ACCEPTED),
    **dict.fromkeys(("Yield", "YieldFrom"), _GENERATOR),
    **dict.fromkeys(("AsyncFunctionDef", "AsyncFor", "AsyncWith", "Await"), _ASYNC),
    **dict.fromkeys(
        ("Match", "match_case", "MatchAs", "MatchClass", "MatchMapping", "MatchOr"), _MATCH
    ),
    **dict.fromkeys(("MatchSequence", "MatchSingleton", "MatchStar", "MatchValue"), _MATCH),
    **dict.fromkeys(("Try", "TryStar", "ExceptHandler"), _TRY),
    **dict.fromkeys(("With", "withitem"), _WITH),
    **dict.fromkeys(("TypeAlias", "TypeVar", "TypeVarTuple", "ParamSpec"), _TYPES),
    **dict.fromkeys(("TemplateStr", "Interpolation"), _TEMPLATE),
    **dict.fromkeys(
        ("Print", "Exec", "Repr", "Suite", "AugLoad", "AugStore", "Index", "ExtSlice"), _PYTHON_2
    ),
    **dict.fromkeys(("Num", "Str", "Bytes", "NameConstant", "Ellipsis"), _PYTHON_2),
    **dict.fromkeys(
        ("Module", "Interactive", "Expression", "FunctionType", "TypeIgnore"), _NO_BODY
    ),
    "ClassDef": Refusal(
        "classes inside a function are not supported", "Define the class outside the function."
    ),
    "Global": Refusal(
        "global names can't be written", "Pass the value as an argument, and return the new one."
    ),
    "Nonlocal": Refusal(
        "names of an enclosing function can't be written (nonlocal)",
        "Pass the value as an argument, and return the new one.",
    ),
    "Set": Refusal("set displays are not supported", "Write a tuple: `x in (1, 2)`."),
    "SetComp": Refusal("set comprehensions are not supported", "Write a list comprehension."),
    "DictComp": Refusal("dict comprehensions are not supported", "Fill a dict in a loop."),
}
"""Every class of the grammar → why it is refused, or None: it is accepted (perhaps not in every place)."""

_UNKNOWN = Refusal("this construct is not supported", "Write it with simpler statements.")
_CLOSED = (gast.ClassDef, gast.AsyncFunctionDef)
_OWN_NAMES = ("eval", "exec", "locals", "vars", "dir")


def check_syntax(source: Source) -> list[Finding]:
    """A finding for each construct of a function, and of the functions inside it, that isn't accepted."""
    found: list[Finding] = []
    functions = [source.tree]
    while functions:
        checker = _Checker(source, functions.pop())
        found.extend(
            source.finding(node, why.message, why.remedy) for node, why in checker.refused()
        )
        functions.extend(checker.inner)
    return sorted(found, key=lambda finding: (finding.line, finding.column))


class _Checker:
    """Looks at one function; inner: the functions defined in it."""

    def __init__(self, source: Source, tree: gast.AST) -> None:
        self.tree = tree
        self.inner: list[gast.AST] = []
        self.consumed: set[gast.AST] = set()
        self.scope = Scope(tree, source.namespace)
        self.reads: dict[str, tuple[int, int]] | None = None

    def refused(self) -> Iterator[tuple[gast.AST, Refusal]]:
        """The nodes that aren't accepted, each with the reason."""
        if isinstance(self.tree, gast.AsyncFunctionDef):
            yield self.tree, _ASYNC
            return
        stack = [self.tree]
        while stack:
            node = stack.pop()
            why = DECISIONS.get(type(node).__name__, _UNKNOWN)
            if why is not None:
                yield node, why
                if not isinstance(node, _CLOSED):
                    stack.extend(_statements_in(node))
                continue
            check = _CHECKS.get(type(node))
            if check is not None:
                for place, reason in check(self, node):
                    yield place, reason
            if node is not self.tree and isinstance(node, gast.FunctionDef):
                self.inner.append(node)
                stack.extend(node.decorator_list)
                stack.extend(_defaults(node.args))
            elif not isinstance(node, gast.Name | gast.Constant):
                stack.extend(gast.iter_child_nodes(node))
