"""From a rule's Python function to its parts.

Receives a rule as it is written: a generator function whose `yield` separates forward from
backward, or a lambda that gives the partial derivatives of an elementwise function. Promises the
statements above and below the `yield` as gast, in the very text of the rule, with what they say
about the arguments: which have a derivative, which are written. Leaves the rule function alone:
nothing of it is run.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import linecache
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from types import CodeType, FunctionType

import gast
import numpy as np

from s2sgrad.rule_forms import RuleText, assert_forms

__all__ = [
    "Parts",
    "identity",
    "is_plain",
    "namespace_of",
    "needed",
    "parts_of_generator",
    "parts_of_partials",
]

STRAIGHT = (gast.Assign, gast.AugAssign, gast.Expr)
OPERATORS: dict[str, Callable[..., object]] = {
    "Add": np.add,
    "Sub": np.subtract,
    "Mult": np.multiply,
    "Div": np.true_divide,
    "FloorDiv": np.floor_divide,
    "Mod": np.remainder,
    "Pow": np.power,
    "MatMult": np.matmul,
    "USub": np.negative,
    "UAdd": np.positive,
}


@dataclass(frozen=True, eq=False)
class Parts:
    """The parts of a rule: see the fields of the same names in `registry.Rule`."""

    signature: inspect.Signature
    results: tuple[str, ...]
    forward: tuple[gast.AST, ...]
    backward: tuple[gast.AST, ...]
    differentiable: frozenset[str]
    mutates: frozenset[str]


def parts_of_generator(function: Callable[..., object], kind: str) -> Parts:
    """The parts of `def rule(d, a, b): y = f(a, b); yield y; d.a = ...; d.b = ...`, for a rule of a kind.

    Raises ValueError where the function isn't of this form.
    """
    node = _definition(function)
    if not isinstance(node, ast.FunctionDef):
        raise ValueError(f"{_place(function)}: a rule is written with def and has one yield")
    body = [_to_gast(statement) for statement in _without_docstring(node.body)]
    at = [k for k, statement in enumerate(body) if _is_yield(statement)]
    if len(at) != 1:
        raise ValueError(
            f"{_place(function)}: a rule has exactly one yield, a statement of its own"
        )
    forward, backward = tuple(body[: at[0]]), tuple(body[at[0] + 1 :])
    for statement in forward + backward:
        if not isinstance(statement, STRAIGHT):
            raise ValueError(
                f"{_place(function)}: a rule is straight-line code; "
                f"put the {type(statement).__name__} into a function that it calls"
            )
    signature = _without_d(function)
    results = _yielded(function, body[at[0]].value.value)
    parameters = set(signature.parameters)
    if clash := parameters & set(results):
        raise ValueError(f"{_place(function)}: {clash.pop()} is an argument and a result")
    _assert_values(function, forward, backward, {*parameters}, results)
    space, file = namespace_of(function), function.__code__.co_filename
    assert_forms(
        RuleText(
            file, kind, signature, results, forward, backward, partial(_resolve, namespace=space)
        )
    )
    mutates = frozenset(_written(forward) & parameters)
    differentiable = frozenset(_derivatives(backward) & parameters) | mutates
    return Parts(signature, results, forward, backward, differentiable, mutates)


def parts_of_partials(function: Callable[..., object], name: str) -> Parts:
    """The parts of `lambda y, a, b: (partial in a, partial in b)`, for the function called name.

    A partial that is missing at the end, or None, says that this argument has no derivative.
    """
    node = _definition(function)
    if not isinstance(node, ast.Lambda):
        raise ValueError(f"{_place(function)}: the partial derivatives are given by a lambda")
    signature = inspect.signature(function)
    result, *names = [*signature.parameters] or [""]
    signature = signature.replace(parameters=list(signature.parameters.values())[1:])
    body = _to_gast(node.body)
    partials: Sequence[gast.AST] = body.elts if isinstance(body, gast.Tuple) else [body]
    if not names or len(partials) > len(names):
        raise ValueError(
            f"{_place(function)}: {len(partials)} partial derivatives for {len(names)} arguments"
        )
    backward, differentiable = [], set()
    for parameter, formula in zip(names, partials, strict=False):
        if isinstance(formula, gast.Constant) and formula.value is None:
            continue
        target = gast.Attribute(_name("d"), parameter, gast.Store())
        incoming = gast.Attribute(_name("d"), result, gast.Load())
        statement = gast.Assign([target], weighted(formula, incoming), None)
        backward.append(_located(statement, node))
        differentiable.add(parameter)
    call = gast.Call(_name(name), [_name(parameter) for parameter in names], [])
    target = gast.Name(result, gast.Store(), None, None)
    return Parts(
        signature=signature,
        results=(result,),
        forward=(_located(gast.Assign([target], call, None), node),),
        backward=tuple(backward),
        differentiable=frozenset(differentiable),
        mutates=frozenset(),
    )


def weighted(partial: gast.AST, incoming: gast.AST) -> gast.AST:
    """`partial * incoming`: 1 and -1 leave the factor out, `c / e` becomes `c * incoming / e`."""
    match partial:
        case gast.Constant(value=1):
            return incoming
        case gast.UnaryOp(op=gast.USub(), operand=gast.Constant(value=1)):
            return gast.UnaryOp(gast.USub(), incoming)
        case gast.BinOp(left=left, op=gast.Div(), right=right):
            return gast.BinOp(weighted(left, incoming), gast.Div(), right)
    return gast.BinOp(partial, gast.Mult(), incoming)


def namespace_of(function: Callable[..., object]) -> dict[str, object]:
    """What the names in the text of a rule mean: its globals, and over them what it closes over."""
    closed = inspect.getclosurevars(function).nonlocals
    space: dict[str, object] = getattr(function, "__globals__", {})
    return {**space, **closed} if closed else space


def needed(statements: Sequence[gast.AST], wanted: Iterable[str]) -> tuple[gast.AST, ...]:
    """The statements below a yield that make the derivatives `d.a` of the wanted arguments a.

    Those that write into an argument itself stay.
    """
    needs = {f"d.{name}" for name in wanted}
    kept = []
    for statement in reversed(statements):
        parts = _keys(_written_bases([statement], inside=True))
        whole = _keys(_written_bases([statement])) - parts
        if (whole | parts) & needs or any(not key.startswith("d.") for key in parts):
            if isinstance(statement, gast.Assign):
                needs -= whole
            needs |= _keys(
                n for n in gast.walk(statement) if isinstance(getattr(n, "ctx", None), gast.Load)
            )
            kept.append(statement)
    return tuple(reversed(kept))


def _keys(nodes: Iterable[gast.AST]) -> set[str]:
    """The names among nodes, and the `d.a` as such."""
    return {
        f"d.{n.attr}" if _of_d(n) else n.id for n in nodes if _of_d(n) or isinstance(n, gast.Name)
    }


def identity(function: object) -> object:
    """A callable by identity; a method by its object and name, as it is made anew each time."""
    owner = getattr(function, "__self__", None)
    if owner is None or inspect.ismodule(owner) or isinstance(function, type):
        return id(function)
    return id(owner), getattr(function, "__name__", None)


def is_plain(
    function: Callable[..., object], parts: Parts, namespace: Mapping[str, object]
) -> bool:
    """Whether above the yield is `results = function(its parameters)`, or the operator."""
    if len(parts.forward) != 1 or not isinstance(parts.forward[0], gast.Assign):
        return False
    (statement,) = parts.forward
    names = list(parts.signature.parameters)
    match statement.value:
        case gast.Call(func=callee, args=args, keywords=keywords):
            given = [_argument(a) for a in args] + [_argument(k.value) for k in keywords]
            if isinstance(callee, gast.Attribute) and _argument(callee.value) == names[0]:
                return callee.attr == getattr(function, "__name__", None) and given == names[1:]
            return given == names and identity(_resolve(callee, namespace)) == identity(function)
        case gast.BinOp(left=left, op=op, right=right):
            means = OPERATORS.get(type(op).__name__)
            return means is function and [_argument(left), _argument(right)] == names
        case gast.UnaryOp(op=op, operand=operand):
            return OPERATORS.get(type(op).__name__) is function and [_argument(operand)] == names
        case gast.Subscript(value=base, slice=index):
            return function is operator.getitem and [_argument(base), _argument(index)] == names
    return False


# ---- what a rule's text says ---------------------------------------------------------------------


def _assert_values(
    function: Callable[..., object],
    forward: Sequence[gast.AST],
    backward: Sequence[gast.AST],
    parameters: set[str],
    results: Sequence[str],
) -> None:
    """Raise ValueError where a name stands for several values: the text of a rule is put together by names."""
    seen = set(parameters)
    for statement in (*forward, *backward):
        targets = statement.targets if isinstance(statement, gast.Assign) else ()
        apart = [t.elts if isinstance(t, gast.Tuple | gast.List) else [t] for t in targets]
        names = [t for part in apart for t in part if isinstance(t, gast.Name) or _of_d(t)]
        for key in sorted(_keys(names)):
            if key in seen:
                raise ValueError(
                    f"{_place(function)}: {key} is assigned twice, or is an argument; "
                    "in a rule every value has a name of its own"
                )
            seen.add(key)
        unpacked = [t for part in apart if len(part) != 1 or len(targets) > 1 for t in part]
        if any(not isinstance(t, gast.Name) or t.id not in results for t in unpacked):
            raise ValueError(
                f"{_place(function)}: a rule unpacks nothing but its results; take parts by their index"
            )


def _yielded(function: Callable[..., object], value: gast.AST | None) -> tuple[str, ...]:
    match value:
        case None:
            return ()
        case gast.Name(id=name):
            return (name,)
        case gast.Tuple(elts=elements) if all(isinstance(e, gast.Name) for e in elements):
            return tuple(e.id for e in elements)
    raise ValueError(f"{_place(function)}: yield a name, or several")


def _derivatives(statements: Sequence[gast.AST]) -> set[str]:
    """The names a of `d.a = ...`, `d.a[i] = ...`, `d.a += ...` and `np.add.at(d.a, ...)`."""
    return {base.attr for base in _written_bases(statements) if _of_d(base)}


def _written(statements: Sequence[gast.AST]) -> set[str]:
    """The names x of `x[i] = ...`, `x[i] += ...` and `np.add.at(x, ...)`."""
    return {
        base.id for base in _written_bases(statements, inside=True) if isinstance(base, gast.Name)
    }


def _written_bases(statements: Sequence[gast.AST], *, inside: bool = False) -> Iterator[gast.AST]:
    """What assignments and `.at` calls write into; with inside, a part of what."""
    for statement in statements:
        match statement:
            case gast.Assign(targets=targets):
                yield from (base for target in targets for base in _bases(target, inside))
            case gast.AugAssign(target=target):
                yield from _bases(target, inside)
            case gast.Expr(value=gast.Call(func=gast.Attribute(attr="at"), args=[base, *_])):
                yield base


def _bases(target: gast.AST, inside: bool) -> Iterator[gast.AST]:
    if isinstance(target, gast.Tuple | gast.List):
        for element in target.elts:
            yield from _bases(element, inside)
    elif isinstance(target, gast.Subscript):
        yield target.value
    elif not inside:
        yield target


def _of_d(node: gast.AST) -> bool:
    return (
        isinstance(node, gast.Attribute)
        and isinstance(node.value, gast.Name)
        and node.value.id == "d"
    )


def _is_yield(node: gast.AST) -> bool:
    return isinstance(node, gast.Expr) and isinstance(node.value, gast.Yield)


def _without_d(function: Callable[..., object]) -> inspect.Signature:
    signature = inspect.signature(function)
    parameters = list(signature.parameters.values())
    if not parameters or parameters[0].name != "d":
        raise ValueError(
            f"{_place(function)}: the first parameter of a rule is d, which holds the derivatives"
        )
    return signature.replace(parameters=parameters[1:], return_annotation=inspect.Signature.empty)


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0]
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        return body[1:]
    return body


def _argument(node: gast.AST) -> str | None:
    if isinstance(node, gast.Starred):
        node = node.value
    return node.id if isinstance(node, gast.Name) else None


def _resolve(node: gast.AST, namespace: Mapping[str, object]) -> object:
    if isinstance(node, gast.Attribute):
        return getattr(_resolve(node.value, namespace), node.attr, None)
    return (
        namespace.get(node.id, getattr(builtins, node.id, None))
        if isinstance(node, gast.Name)
        else None
    )


# ---- finding the text ----------------------------------------------------------------------------


def _definition(function: Callable[..., object]) -> ast.FunctionDef | ast.Lambda:
    """The node of a function in its file; lambdas of one line are told apart by their columns."""
    code = getattr(function, "__code__", None)
    if not isinstance(function, FunctionType) or not isinstance(code, CodeType):
        raise ValueError(f"{function!r} is not a Python function")
    text = "".join(linecache.getlines(code.co_filename, function.__globals__))
    candidates = _definitions(text).get((code.co_name, code.co_firstlineno), ())
    fitting = [node for node in candidates if _arguments(node.args) == _arguments_of(code)]
    if len(fitting) > 1:
        lambdas = [node for node in fitting if isinstance(node, ast.Lambda)]
        held = sorted((node for node in lambdas if _holds(node.body, code)), key=_extent)
        fitting = [*(node for node in held if _constants(node) == code.co_consts), *held]
    if not fitting:
        raise ValueError(f"{_place(function)}: the source of this rule can't be read")
    return fitting[0]


@lru_cache(maxsize=4)
def _definitions(text: str) -> dict[tuple[str, int], list[ast.FunctionDef | ast.Lambda]]:
    """The functions of a file by name and first line (that of the first decorator)."""
    found: dict[tuple[str, int], list[ast.FunctionDef | ast.Lambda]] = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            found.setdefault((node.name, first), []).append(node)
        elif isinstance(node, ast.Lambda):
            found.setdefault(("<lambda>", node.lineno), []).append(node)
    return found


def _arguments(node: ast.arguments) -> list[str]:
    stars = [star.arg for star in (node.vararg, node.kwarg) if star]
    return [a.arg for a in node.posonlyargs + node.args + node.kwonlyargs] + stars


def _arguments_of(code: CodeType) -> list[str]:
    stars = bool(code.co_flags & inspect.CO_VARARGS) + bool(code.co_flags & inspect.CO_VARKEYWORDS)
    return list(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount + stars])


def _holds(body: ast.expr, code: CodeType) -> bool:
    """Whether every instruction of code that has a place has it inside body."""
    start, end = (body.lineno, body.col_offset), (body.end_lineno or 0, body.end_col_offset or 0)
    places = [p for p in code.co_positions() if None not in p and p[2:] != (0, 0)]
    return all(start <= (p[0], p[2]) and (p[1], p[3]) <= end for p in places)


def _constants(node: ast.Lambda) -> tuple[object, ...]:
    """The constants of a lambda, to which Python 3.12 gives no place."""
    module = compile(ast.Expression(node), "", "eval")
    (code,) = (constant for constant in module.co_consts if isinstance(constant, CodeType))
    return code.co_consts


def _extent(node: ast.FunctionDef | ast.Lambda) -> tuple[int, int]:
    return ((node.end_lineno or 0) - node.lineno, (node.end_col_offset or 0) - node.col_offset)


def _place(function: Callable[..., object]) -> str:
    code = getattr(function, "__code__", None)
    return (
        f"{code.co_filename}:{code.co_firstlineno}"
        if isinstance(code, CodeType)
        else repr(function)
    )


def _name(name: str) -> gast.AST:
    return gast.Name(name, gast.Load(), None, None)


def _located(statement: gast.AST, node: ast.AST) -> gast.AST:
    """A statement that stands where node does."""
    return gast.fix_missing_locations(gast.copy_location(statement, node))


def _to_gast(node: ast.AST) -> gast.AST:
    return gast.ast_to_gast(node)
