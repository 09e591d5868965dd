"""Running functions that exist as trees: normalised programs and their replay trees."""

from __future__ import annotations

import ast
import copy
import inspect
import math
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from types import FunctionType
from typing import Any

import gast
import numpy as np

from s2sgrad import program
from s2sgrad.errors import Finding
from s2sgrad.replay import replay_tree
from s2sgrad.source import MISSING
from s2sgrad.to_python import function_definition
from s2sgrad.trees import loaded, renamed

__all__ = [
    "Outcome",
    "Text",
    "Trips",
    "compiled",
    "outcome",
    "recorded",
    "replay_names",
    "replayed",
    "same",
    "text_of",
    "ways_of_printing",
    "with_plain_names",
]


@dataclass(frozen=True, eq=False)
class Text:
    """As much of a Source as the passes up to normalize ask for."""

    name: str
    tree: gast.FunctionDef
    filename: str
    lines: list[str]
    namespace: Mapping[str, object]
    annotations: Mapping[str, object] = field(default_factory=dict)
    structures: Mapping[str, object] = field(default_factory=dict)
    logs: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    receiver: object = MISSING

    def finding(self, node: gast.AST, message: str, remedy: str) -> Finding:
        """A finding about a node of the tree."""
        line = self.lines[node.lineno - 1]
        end = (node.end_lineno, node.end_col_offset)
        return Finding(self.filename, node.lineno, node.col_offset, *end, message, remedy, line)


def text_of(
    function: Callable[..., Any] | str, namespace: Mapping[str, object] | None = None
) -> Text:
    """The Text of a function, or of the first function of a module's text."""
    if isinstance(function, str):
        text, names = textwrap.dedent(function), dict(namespace or {})
    else:
        text = textwrap.dedent(inspect.getsource(function))
        names = visible(function)
    module = gast.parse(text)
    tree = next(node for node in gast.walk(module) if isinstance(node, gast.FunctionDef))
    return Text(tree.name, tree, "program.py", text.splitlines(), names)


def visible(function: Callable[..., Any]) -> dict[str, object]:
    """The global names and the closure variables that a function sees."""
    assert isinstance(function, FunctionType)
    closure = inspect.getclosurevars(function)
    return {**function.__globals__, **closure.nonlocals}


def compiled(
    function: program.Function, namespace: Mapping[str, object], *, raw: bool = False
) -> Callable[..., Any]:
    """A function of the statement language as a callable."""
    tree = gast.Module(body=[function_definition(function, raw=raw)], type_ignores=[])
    names = {"$len": len, "$min": min, "$range": range, **namespace}
    plain = gast.gast_to_ast(tree)
    for node in ast.walk(plain):
        for attribute in ("lineno", "col_offset", "end_lineno", "end_col_offset"):
            if attribute in node._attributes:
                setattr(node, attribute, 1 if "line" in attribute else 0)
    exec(compile(plain, "<normalised>", "exec"), names)
    made = names[function.name]
    assert callable(made)
    return made


@dataclass(frozen=True)
class Outcome:
    """What a call did: its result or the type of what it raised, its arguments afterwards, what it
    printed."""

    result: object
    raised: type[BaseException] | None
    arguments: tuple[object, ...]
    printed: str


def outcome(
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    printed: Any,
) -> Outcome:
    """Call a function with a copy of arguments; printed gives and forgets what was printed."""
    own, own_kwargs = copy.deepcopy((arguments, dict(kwargs)))
    printed()
    try:
        result, raised = function(*own, **own_kwargs), None
    except Exception as error:  # noqa: BLE001
        result, raised = None, NameError if isinstance(error, NameError) else type(error)
    return Outcome(result, raised, (*own, *own_kwargs.values()), printed())


def same(first: object, second: object) -> bool:
    """Whether two values are equal in type and in every bit."""
    if type(first) is not type(second):
        return False
    if isinstance(first, np.ndarray):
        assert isinstance(second, np.ndarray)
        if first.dtype == object:
            return first.shape == second.shape and all(map(same, first.ravel(), second.ravel()))
        return (
            first.dtype == second.dtype
            and first.shape == second.shape
            and first.tobytes() == second.tobytes()
        )
    if isinstance(first, tuple | list):
        assert isinstance(second, tuple | list)
        return len(first) == len(second) and all(map(same, first, second))
    if isinstance(first, dict):
        assert isinstance(second, dict)
        return first.keys() == second.keys() and all(same(first[key], second[key]) for key in first)
    if isinstance(first, float | np.floating):
        return repr(first) == repr(second)
    if isinstance(first, FunctionType) or hasattr(first, "__dict__"):
        return same(vars(first), vars(second))
    return bool(first == second)


Output = Callable[[], str]
"""Gives what has been printed since it was last called."""


def assert_same_runs(
    first: Callable[..., Any],
    second: Callable[..., Any],
    arguments: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    printed: Output,
    *,
    unbound: bool = True,
) -> None:
    """Fail unless two functions do the same: results and arguments in every bit, errors, prints.

    unbound: also where a name is read that isn't bound.
    """
    expected = outcome(first, arguments, kwargs, printed)
    if expected.raised is NameError and not unbound:
        return
    found = outcome(second, arguments, kwargs, printed)
    assert found.raised is expected.raised, (arguments, found, expected)
    assert found.printed == expected.printed, (arguments, found, expected)
    assert same(found.result, expected.result), (arguments, found, expected)
    assert same(found.arguments, expected.arguments), (arguments, found, expected)


def defined(text: str) -> tuple[Callable[..., Any], Text]:
    """The last function of a module's text, as it runs and as passes read it."""
    names: dict[str, object] = {"np": np, "math": math}
    exec(compile(text, "program.py", "exec"), names)
    tree = [node for node in gast.parse(text).body if isinstance(node, gast.FunctionDef)][-1]
    made = names[tree.name]
    assert callable(made)
    return made, Text(tree.name, tree, "program.py", text.splitlines(), names)


def ways_of_printing(function: program.Function) -> tuple[bool, ...]:
    """The values of `raw` that make a difference: loops have headers."""
    headers = any(getattr(statement, "header", None) for statement in program.walk(function.body))
    return (False, True) if headers else (False,)


# ---- replay --------------------------------------------------------------------------------------


class Trips:
    """Counts the trips of loops, run by run of each loop, and gives them back in the same order."""

    def __init__(self) -> None:
        self.counts: dict[int, list[int]] = {}
        self.position: dict[int, int] = {}

    def start(self, loop: int) -> None:
        """A loop starts."""
        self.counts.setdefault(loop, []).append(0)

    def tick(self, loop: int) -> None:
        """A trip of a loop begins."""
        self.counts[loop][-1] += 1

    def next(self, loop: int) -> int:
        """The trips of the next run of a loop."""
        position = self.position.get(loop, 0)
        self.position[loop] = position + 1
        return self.counts[loop][position]


def recorded(function: program.Function) -> tuple[program.Function, dict[program.Statement, int]]:
    """The function with calls that record the trips of its loops in `trips_`, and the loops'
    numbers."""
    numbers: dict[program.Statement, int] = {}

    def block(statements: program.Block) -> program.Block:
        written: list[program.Statement] = []
        for statement in statements:
            match statement:
                case program.If(body=body, orelse=orelse):
                    written.append(replace(statement, body=block(body), orelse=block(orelse)))
                case program.For(body=body) | program.While(body=body):
                    number = numbers[statement] = len(numbers)
                    tick = _note(f"trips_.tick({number})")
                    written.append(_note(f"trips_.start({number})"))
                    written.append(replace(statement, body=(tick, *block(body))))
                case _:
                    written.append(statement)
        return tuple(written)

    return replace(function, body=block(function.body)), numbers


def replayed(
    function: program.Function, numbers: Mapping[program.Statement, int]
) -> program.Function:
    """The replay tree of the function, in which each loop makes as many trips as `trips_` says."""
    tree = replay_tree(function.body)

    def block(statements: program.Block) -> program.Block:
        written: list[program.Statement] = []
        for statement in statements:
            assert not isinstance(statement, program.Jump)
            match statement:
                case program.If(body=body, orelse=orelse):
                    written.append(replace(statement, body=block(body), orelse=block(orelse)))
                case program.For(body=body, iterable=iterable):
                    trips = f"trips_.next({numbers[tree.original.get(statement, statement)]})"
                    first = _expression(f"islice_(None, {trips})")
                    first.args[0] = iterable
                    written.append(replace(statement, iterable=first, body=block(body)))
                case program.While(head=head, body=body):
                    trips = f"trips_.next({numbers[tree.original.get(statement, statement)]})"
                    counted = _expression(f"range({trips})")
                    written.append(program.For("trip_", counted, (*block(head), *block(body))))
                case _:
                    written.append(statement)
        return tuple(written)

    return replace(function, body=block(tree.block))


def replay_names() -> dict[str, object]:
    """What the functions of `recorded` and `replayed` need."""
    return {"trips_": Trips(), "islice_": islice}


def _expression(text: str) -> Any:
    return gast.parse(text).body[0].value


def _note(text: str) -> program.Effect:
    return program.Effect(gast.parse(text).body[0])


# ---- after webs ----------------------------------------------------------------------------------


def with_plain_names(function: program.Function) -> program.Function:
    """The function with `$operator.iadd` and the like read from `operator_`."""

    def plain(tree: Any) -> Any:
        names = [name for name in loaded(tree) if name.startswith("$operator.")]
        return renamed(tree, {n: _expression(f"operator_.{n.partition('.')[2]}") for n in names})

    def block(statements: program.Block) -> program.Block:
        written: list[program.Statement] = []
        for statement in statements:
            match statement:
                case program.If(body=body, orelse=orelse):
                    written.append(replace(statement, body=block(body), orelse=block(orelse)))
                case program.For(body=body):
                    written.append(replace(statement, body=block(body)))
                case program.While(head=head, body=body):
                    written.append(replace(statement, head=block(head), body=block(body)))
                case program.Assign(value=value):
                    written.append(replace(statement, value=plain(value)))
                case _:
                    written.append(statement)
        return tuple(written)

    return replace(function, body=block(function.body))
