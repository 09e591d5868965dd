"""What syntax is accepted: refuses by name what no later pass could handle.

`check_syntax` receives a Source and gives a finding for every construct that isn't accepted, all of
them at once and each with what to write instead; nothing is changed or run. `DECISIONS` has an
entry for every class of Python's grammar. What a function calls, and whether that has a derivative,
is for later passes to say.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import gast

from s2sgrad.normalize.comprehensions import consumes
from s2sgrad.normalize.desugared import desugared
from s2sgrad.normalize.nodes import bound_names, own_scope
from s2sgrad.normalize.scope import Scope
from s2sgrad.source import resolve
from s2sgrad.trees import children, loaded, nodes

if TYPE_CHECKING:
    from s2sgrad.errors import Finding
    from s2sgrad.source import Source

__all__ = ["DECISIONS", "Refusal", "check_syntax"]


@dataclass(frozen=True)
class Refusal:
    """Why a construct isn't accepted, and what to write instead."""

    message: str
    remedy: str


_ACCEPTED = """
    Add And AnnAssign Assert Assign Attribute AugAssign BinOp BitAnd BitOr BitXor BoolOp Break
    Call Compare Constant Continue Del Delete Dict DictComp Div Eq Expr FloorDiv For FormattedValue
    FunctionDef GeneratorExp Gt GtE If IfExp Import ImportFrom In Invert Is IsNot JoinedStr
    LShift Lambda List ListComp Load Lt LtE MatMult Mod Mult Name NamedExpr Not NotEq NotIn Or
    Param Pass Pow RShift Raise Return Slice Starred Store Sub Subscript Tuple UAdd USub UnaryOp
    While Nonlocal alias arg arguments comprehension keyword
"""

_GENERATOR = Refusal(
    "generators are not supported (yield)", "Collect the values in a list, and return the list."
)
_ASYNC = Refusal(
    "asynchronous code is not supported", "Write an ordinary function, without async and await."
)
_MATCH = Refusal(
    "this match statement is not supported",
    "Write if, elif and else. Patterns of dicts aren't accepted, nor alternatives that capture at different places, "
    "patterns of items where there may be another sequence than a list or tuple, and guards that may write.",
)
_TRY = Refusal(
    "this try statement is not supported",
    "Test for the condition with `if`, or catch the exception where the function is called. "
    "What is accepted is `finally`, and one expression that calls only functions of Python, math "
    "and NumPy, with handlers that don't name the exception.",
)
_WITH = Refusal(
    "this with statement is not supported",
    "Open the context where the function is called. What is accepted is np.errstate with "
    '"ignore" and "warn", and managers of one\'s own that do nothing when the block raises.',
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
    **dict.fromkeys(_ACCEPTED.split()),
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
    "Set": Refusal("set displays are not supported", "Write a tuple: `x in (1, 2)`."),
    "SetComp": Refusal("set comprehensions are not supported", "Write a list comprehension."),
}
"""Every class of the grammar → why it is refused; None: it is accepted, perhaps not everywhere."""

_NONLOCAL = Refusal(
    "names of an enclosing function can't be written (nonlocal)",
    "Pass the value as an argument, and return the new one.",
)
_UNKNOWN = Refusal("this construct is not supported", "Write it with simpler statements.")
_STARRED = Refusal("starred targets are not supported", "Unpack slices: `a, b = x[0], x[1:]`.")
_EMPTY = Refusal("empty targets are not supported", "Leave the assignment out.")
_LATE = Refusal(
    "generator expressions are supported only where they are used up at once",
    "Write a list comprehension; or call sum, max, min, list, tuple, sorted, any or all of it.",
)
_IMPORT = Refusal(
    "imports are supported only at the top level of a function, once for each name",
    "Import at the top of the file.",
)
_DECORATED = Refusal(
    "decorators inside a function are not supported", "Call what the decorator makes by hand."
)
_REMEMBERS = Refusal(
    "it isn't known that nobody would see when this function remembers its results",
    "Leave the decorator out. Or, between the function and its last call, write into nothing, and give no other value "
    "to what it reads; let it only compute; and give it arguments of one class: 1, 1.0 and True are one to it.",
)
_WALRUS = Refusal(
    "`:=` is not supported in an f-string, in del, raise, or the message of an assert",
    "Assign the name in a statement before it.",
)
_NAMES = Refusal(
    "code that looks at the names of its own function is not supported",
    "Use the names themselves.",
)
_SUPER = Refusal("super() is not supported", "Name the class: `Base.method(self, ...)`.")
_CLOSED = (gast.ClassDef, gast.AsyncFunctionDef)
_WATCHED = frozenset(
    {gast.Nonlocal, gast.FunctionDef, gast.Call, gast.Assign, gast.GeneratorExp, gast.JoinedStr}
    | {gast.Delete, gast.Raise, gast.Assert, gast.comprehension, gast.Starred, gast.Tuple}
    | {gast.List, gast.Import, gast.ImportFrom}
)
"""What is accepted in some places only."""
_COMPREHENSIONS = (gast.ListComp, gast.SetComp, gast.DictComp, gast.GeneratorExp)
_OWN_NAMES = frozenset({"eval", "exec", "locals", "vars", "dir", "super"})

_Places = Iterator[tuple[gast.AST, Refusal]]


def check_syntax(source: Source) -> list[Finding]:
    """A finding for each construct of a function, and of those inside it, that isn't accepted."""
    found: list[Finding] = []
    outermost = desugared(source).tree
    functions = [(outermost, outermost)]
    while functions:
        function, around = functions.pop()
        checker = _Checker(source, function, outermost, around)
        found += [source.finding(node, why.message, why.remedy) for node, why in checker.refused()]
        functions.extend((inner, function) for inner in checker.inner)
    return sorted(dict.fromkeys(found), key=lambda finding: (finding.line, finding.column))


class _Checker:
    """Looks at one function; around: the one that it is defined in; inner: the functions defined in it."""

    def __init__(
        self, source: Source, tree: gast.AST, outermost: gast.AST, around: gast.AST
    ) -> None:
        self.tree = tree
        self.outermost = outermost
        self.around = around
        self.inner: list[gast.AST] = []
        self.consumed: set[gast.AST] = set()
        self.scope = Scope(tree, source.namespace)
        self.namespace = source.namespace

    def refused(self) -> _Places:
        """The nodes that aren't accepted, each with the reason."""
        stack: list[gast.AST] = [self.tree]
        while stack:
            node = stack.pop()
            why = DECISIONS.get(type(node).__name__, _UNKNOWN)
            if why is not None:
                yield node, why
                if not isinstance(node, _CLOSED):
                    stack.extend(_statements_in(node))
                continue
            if node.__class__ in _WATCHED:
                yield from self.places(node)
            if isinstance(node, gast.FunctionDef):
                stack.extend(_defaults(node.args))
                if node is self.tree:
                    stack.extend(node.body)
                else:
                    self.inner.append(node)
            elif isinstance(node, gast.AnnAssign):
                stack.append(node.target)
                if node.value is not None:
                    stack.append(node.value)
            elif not isinstance(node, gast.Name | gast.Constant):
                stack.extend(children(node))

    def places(self, node: gast.AST) -> _Places:
        """What is wrong with a construct that is accepted in other places."""
        match node:
            case gast.Nonlocal(names=names) if not self.writes_outside(names):
                yield node, _NONLOCAL
            case gast.FunctionDef(decorator_list=[first, *_]) if node is not self.tree:
                yield first, _REMEMBERS if self.remembers(node) else _DECORATED
            case gast.Call():
                if consumes(node, self.scope):
                    self.consumed.add(node.args[0])
                yield from self.looks_inside(node)
            case gast.Assign(targets=targets, value=gast.GeneratorExp() as items) if all(
                isinstance(target, gast.Tuple | gast.List) for target in targets
            ):
                self.consumed.add(items)
            case gast.GeneratorExp() if node not in self.consumed:
                yield node, _LATE
            case gast.JoinedStr() | gast.Delete() | gast.Raise():
                yield from _walruses([node])
            case gast.Assert(msg=gast.AST() as message):
                yield from _walruses([message])
            case gast.comprehension(is_async=1):
                yield node.target, _ASYNC
            case gast.Starred(ctx=gast.Store()):
                yield node, _STARRED
            case gast.Tuple(elts=[], ctx=gast.Store()) | gast.List(elts=[], ctx=gast.Store()):
                yield node, _EMPTY
            case gast.Import() | gast.ImportFrom():
                names = {alias.asname or alias.name.partition(".")[0] for alias in node.names}
                fixed = names <= self.scope.imports.keys() and not names & self.scope.variables
                if not fixed or not any(node is statement for statement in self.tree.body):
                    yield node, _IMPORT

    def remembers(self, function: gast.FunctionDef) -> bool:
        """Whether a decorator of a function inside keeps its results."""
        makers = [d.func if isinstance(d, gast.Call) else d for d in function.decorator_list]
        known = [resolve(m, self.namespace) for m in makers]
        return any(k is f for k in known for f in (functools.cache, functools.lru_cache))

    def writes_outside(self, names: list[str]) -> bool:
        """Whether a function inside may say that it binds names of the function around it."""
        own = bound_names(self.around.body) | {p.id for p in self.around.args.args}
        over = {
            name.id
            for loop in _loops_with_calls(self.tree.name, self.around)
            for part in (loop.generators if isinstance(loop, _COMPREHENSIONS) else [loop])
            for name in nodes(part.iter)
            if isinstance(name, gast.Name)
        }
        direct = any(node is self.tree for node in own_scope(self.around.body))
        return direct and own.issuperset(names) and over.isdisjoint(names)

    def looks_inside(self, call: gast.Call) -> _Places:
        """Refuse `locals()` and the like."""
        if not isinstance(call.func, gast.Name) or call.func.id not in _OWN_NAMES:
            return
        name = call.func.id
        given = bool(call.args or call.keywords)
        if name == "super" and self.tree is self.outermost:
            return
        if self.scope.means_builtin(name) and (not given or name in {"eval", "exec"}):
            yield call, _SUPER if name == "super" else _NAMES


def _loops_with_calls(function: str, tree: gast.AST) -> list[gast.AST]:
    """The loops and comprehensions in which a function inside may be called, all where it isn't only called."""
    callers = _callers(function, tree)
    loops = [node for node in nodes(tree) if isinstance(node, (gast.For, *_COMPREHENSIONS))]
    if callers is None:
        return loops
    return [loop for loop in loops if not callers.isdisjoint(loaded(loop))]


def _callers(function: str, tree: gast.AST) -> set[str] | None:
    """A function inside and those that call it, by their names; None where one is used other than by calling it."""
    found = {function}
    named = {
        value: target.id
        for node in nodes(tree)
        if isinstance(node, gast.Assign)
        for target, value in [(node.targets[0], node.value)]
        if isinstance(value, gast.Lambda) and isinstance(target, gast.Name)
        if len(node.targets) == 1
    }
    inner = [
        n for n in nodes(tree) if isinstance(n, gast.FunctionDef | gast.Lambda) and n is not tree
    ]
    while True:
        calling = [
            n for n in inner if any(isinstance(m, gast.Name) and m.id in found for m in nodes(n))
        ]
        if any(isinstance(n, gast.Lambda) and n not in named for n in calling):
            return None
        names = {named[n] if isinstance(n, gast.Lambda) else n.name for n in calling}
        if names <= found:
            break
        found |= names
    called = {id(n.func) for n in nodes(tree) if isinstance(n, gast.Call)}
    mentions = (n for n in nodes(tree) if isinstance(n, gast.Name) and n.id in found)
    only = all(id(n) in called or isinstance(n.ctx, gast.Store) for n in mentions)
    return found if only else None


def _statements_in(node: gast.AST) -> Iterator[gast.AST]:
    """The statements in the blocks of a compound statement."""
    for field in ("handlers", "cases", "finalbody", "orelse", "body"):
        for part in getattr(node, field, None) or ():
            if isinstance(part, gast.ExceptHandler | gast.match_case):
                yield from part.body
            elif isinstance(part, gast.stmt):
                yield part


def _walruses(nodes: list[gast.AST]) -> _Places:
    """Assignments where they can't be told from what surrounds them."""
    for node in own_scope(nodes):
        if isinstance(node, gast.NamedExpr):
            yield node, _WALRUS


def _defaults(arguments: gast.AST) -> Iterator[gast.AST]:
    yield from arguments.defaults
    yield from (default for default in arguments.kw_defaults if default is not None)
