"""What the accepted language has, as words about the trees of programs, and which of it some programs have."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import chain

__all__ = ["CONSTRUCTS", "found"]

_STEMS = {"L": "list", "d": "dict", "c": "set", "Q": "deque", "P": "list", "D": "dict"}

CONSTRUCTS: dict[str, str] = {
    "statements": """
        FunctionDef ClassDef Return Delete Assign AugAssign AnnAssign For While If With Match Raise Try Assert Import
        ImportFrom Global Nonlocal Expr Pass Break Continue for-else while-else try-else try-finally raise-from
        re-raise if-def local-import docstring while-True several-exits chained-targets star-target star-in-loop
        del-name del-item del-slice slice-target several-managers except-several
    """,
    "expressions": """
        BoolOp NamedExpr BinOp UnaryOp Lambda IfExp Dict Set ListComp SetComp DictComp GeneratorExp Yield YieldFrom
        Compare Call FormattedValue JoinedStr Constant Attribute Subscript Starred Name List Tuple Slice
        chained-comparison ellipsis newaxis star-in-display double-star-in-display star-in-call double-star-in-call
        keyword-in-call nested-comprehension filtered-comprehension complex-constant set-of-numbers
    """,
    "operators": """
        Add Sub Mult Div FloorDiv Mod Pow MatMult LShift RShift BitOr BitXor BitAnd Invert Not UAdd USub And Or Eq
        NotEq Lt LtE Gt GtE Is IsNot In NotIn +=: -=: *=: /=: //=: %=: **=: @=: |=: &=:
    """,
    "patterns": """
        MatchValue MatchSingleton MatchSequence MatchMapping MatchClass MatchStar MatchAs MatchOr guard as-pattern
        or-with-capture
    """,
    "parameters": """
        default star-args double-star-args keyword-only positional-only annotation lambda-star
        none-default changeable-default
    """,
    "lists": """
        list.append list.extend list.insert list.pop list.remove list.index list.count list.clear list.reverse
        list.sort list.copy deque.append deque.appendleft deque.pop deque.popleft deque.extend
    """,
    "dicts": """
        dict.pop dict.popitem dict.setdefault dict.update dict.get dict.clear dict.keys dict.values dict.items
        dict.copy dict.fromkeys
    """,
    "sets": """
        set.add set.discard set.remove set.update set.union set.difference set.intersection set.clear set.copy
        set.isdisjoint set.symmetric_difference
    """,
    "builtins": """
        abs() all() any() bool() callable() complex() dict() divmod() enumerate() filter() float() frozenset()
        getattr() hasattr() int() isinstance() iter() len() list() map() max() min() next() pow() print() range()
        reversed() round() set() setattr() slice() sorted() str() sum() tuple() type() zip() deque() super()
        range-with-step max-key max-default sorted-key
    """,
    "library": """
        reduce() partial() @cache @lru_cache @wraps @contextmanager @dataclass replace() suppress() nullcontext()
        np.errstate() math.prod() operator.itemgetter()
        itertools.accumulate() itertools.chain() itertools.combinations()
        itertools.count() itertools.cycle() itertools.filterfalse() itertools.islice() itertools.pairwise()
        itertools.permutations() itertools.product() itertools.repeat() itertools.starmap() itertools.takewhile()
        itertools.zip_longest() np.random.seed() np.random.default_rng() np.random.RandomState() np.random.normal()
        io.StringIO() logging.info() np.r_ np.c_ np.s_
    """,
    "classes": """
        @property @setter @classmethod @staticmethod NamedTuple inherits __init__ __call__ __add__ __mul__ __sub__
        __neg__ __rmul__ __matmul__ __getitem__ __len__ __iter__ __contains__ __eq__ __enter__ __exit__ ._replace
        ._asdict
    """,
    "texts": ".format .join .split .startswith .write text-%",
}


def found(tree: ast.Module) -> set[str]:
    """The constructs of a program, in the words of the table."""
    return set(chain.from_iterable(map(_of_node, ast.walk(tree)))) | set(_of_functions(tree))


def _of_node(node: ast.AST) -> Iterator[str]:
    yield type(node).__name__
    match node:
        case ast.Call():
            yield from _of_call(node)
        case ast.FunctionDef() | ast.Lambda():
            yield from _of_parameters(node)
        case ast.ClassDef():
            yield from ["inherits"] * bool(node.bases)
            yield from (d.id for d in node.bases if isinstance(d, ast.Name))
        case ast.Attribute(value=ast.Name(id="np"), attr="r_" | "c_" | "s_" | "newaxis" as word):
            yield f"np.{word}" if word != "newaxis" else word
        case ast.BinOp(left=ast.Constant(value=str()), op=ast.Mod()):
            yield "text-%"
        case ast.Constant(value=None):
            yield "newaxis"
        case ast.Constant(value=value):
            yield from ["ellipsis"] * (value is ...)
            yield from ["complex-constant"] * isinstance(value, complex)
        case ast.Compare():
            yield from ["chained-comparison"] * (len(node.ops) > 1)
        case ast.List() | ast.Tuple() if isinstance(node.ctx, ast.Load):
            yield from ["star-in-display"] * any(isinstance(e, ast.Starred) for e in node.elts)
        case ast.Dict():
            yield from ["double-star-in-display"] * (None in node.keys)
        case ast.Set():
            numbers = [e for e in node.elts if not isinstance(e, ast.Constant | ast.Name)]
            yield from ["set-of-numbers"] * bool(numbers)
        case ast.comprehension():
            yield from ["filtered-comprehension"] * bool(node.ifs)
        case ast.ListComp() | ast.GeneratorExp():
            yield from ["nested-comprehension"] * (len(node.generators) > 1)
        case ast.stmt() | ast.pattern() | ast.match_case():
            yield from _of_statement(node)


def _of_call(node: ast.Call) -> Iterator[str]:
    name = ast.unparse(node.func)
    yield f"{name}()"
    word = name.rpartition(".")[2]
    if isinstance(node.func, ast.Attribute):
        stem = re.sub(r"\d+$", "", ast.unparse(node.func.value))
        yield f"{_STEMS.get(stem, stem)}.{word}"
        yield f".{word}"
    yield from ["star-in-call"] * any(isinstance(a, ast.Starred) for a in node.args)
    yield from ["double-star-in-call"] * any(k.arg is None for k in node.keywords)
    yield from ["keyword-in-call"] * any(k.arg for k in node.keywords)
    yield from (f"{word}-{k.arg}" for k in node.keywords)
    yield from ["range-with-step"] * (word == "range" and len(node.args) == len("abc"))


def _of_parameters(node: ast.FunctionDef | ast.Lambda) -> Iterator[str]:
    args = node.args
    defaults = [*args.defaults, *filter(None, args.kw_defaults)]
    yield from ["default"] * bool(defaults)
    yield from ["none-default"] * any(ast.unparse(d) == "None" for d in defaults)
    yield from ["changeable-default"] * any(isinstance(d, ast.List | ast.Dict) for d in defaults)
    yield from ["star-args"] * bool(args.vararg)
    yield from ["lambda-star"] * (isinstance(node, ast.Lambda) and bool(args.vararg))
    yield from ["double-star-args"] * bool(args.kwarg)
    yield from ["keyword-only"] * bool(args.kwonlyargs)
    yield from ["positional-only"] * bool(args.posonlyargs)
    yield from ["annotation"] * any(a.annotation for a in args.args)


def _of_statement(node: ast.stmt | ast.pattern | ast.match_case) -> Iterator[str]:
    match node:
        case ast.For() | ast.While():
            yield from [f"{type(node).__name__.lower()}-else"] * bool(node.orelse)
            exits = [n for n in ast.walk(node) if isinstance(n, ast.Break | ast.Return)]
            yield from ["several-exits"] * (len(exits) > 1)
            test = getattr(node, "test", None)
            yield from ["while-True"] * (isinstance(test, ast.Constant) and test.value is True)
            yield from ["star-in-loop"] * (
                "*" in ast.unparse(getattr(node, "target", node.body[0]))
            )
        case ast.Try():
            yield from ["try-else"] * bool(node.orelse)
            yield from ["try-finally"] * bool(node.finalbody)
            yield from ["except-several"] * any(
                isinstance(h.type, ast.Tuple) for h in node.handlers
            )
        case ast.Raise():
            yield "re-raise" if node.exc is None else "Raise"
            yield from ["raise-from"] * (node.cause is not None)
        case ast.If():
            yield from ["if-def"] * isinstance(node.body[0], ast.FunctionDef)
        case ast.With():
            yield from ["several-managers"] * (len(node.items) > 1)
        case ast.Assign():
            yield from ["chained-targets"] * (len(node.targets) > 1)
            parts = [p for t in node.targets for p in ast.walk(t)]
            yield from ["star-target"] * any(isinstance(p, ast.Starred) for p in parts)
            yield from ["slice-target"] * any(isinstance(p, ast.Slice) for p in parts)
        case ast.AugAssign():
            yield f"{_SIGNS.get(type(node.op), '?')}=:"
        case ast.Delete(targets=[ast.Name()]):
            yield "del-name"
        case ast.Delete(targets=[ast.Subscript(slice=ast.Slice())]):
            yield "del-slice"
        case ast.Delete():
            yield "del-item"
        case ast.MatchAs():
            yield from ["as-pattern"] * (node.pattern is not None)
        case ast.MatchOr():
            captures = [n for n in ast.walk(node) if isinstance(n, ast.MatchAs) and n.name]
            yield from ["or-with-capture"] * bool(captures)
        case ast.match_case():
            yield from ["guard"] * (node.guard is not None)


_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.BitOr: "|",
    ast.BitAnd: "&",
}


def _of_functions(tree: ast.Module) -> Iterable[str]:
    """What functions and classes have around them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            for decorator in node.decorator_list:
                called = decorator.func if isinstance(decorator, ast.Call) else decorator
                yield f"@{ast.unparse(called).rpartition('.')[2]}"
        if isinstance(node, ast.FunctionDef):
            yield node.name
            yield from ["docstring"] * (ast.get_docstring(node) is not None)
            inside = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
            yield from ["local-import"] * bool(inside)
