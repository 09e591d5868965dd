"""A program in normal form behaves as the user's does: result, prints, mutations, exceptions."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

import gast
import pytest

from s2sgrad import program
from s2sgrad.check import check_syntax
from s2sgrad.normalize import Normalized, normalize, uncounted
from s2sgrad.parse import parse
from s2sgrad.program import Assign, Effect, For, If, Jump, Return, Store, Update, While, walk
from tests import control_flow_programs
from tests.running import Output, assert_same_runs, compiled, defined, visible, ways_of_printing
from tests.tricky_programs import PROGRAMS, UNCOUNTED
from tests.zoo import ALL, Case

TRICKY = [pytest.param(text, inputs, id=name) for name, text, inputs in PROGRAMS]
SEEDS = range(300)


@pytest.fixture
def output(capsys: pytest.CaptureFixture[str]) -> Output:
    """What has been printed since the last time of asking."""
    return lambda: capsys.readouterr().out


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_the_zoo(case: Case, output: Output) -> None:
    source = parse(case.function)
    assert not check_syntax(source)
    normal = normalize(source)
    assert_normal_form(normal)
    for raw in ways_of_printing(normal.function):
        function = compiled(normal.function, visible(case.function), raw=raw)
        for args in case.inputs:
            assert_same_runs(case.function, function, args, case.kwargs, output)


@pytest.mark.parametrize("raw", [False, True], ids=["as written", "raw"])
@pytest.mark.parametrize(("text", "inputs"), TRICKY)
def test_tricky_programs(
    text: str, inputs: Any, raw: bool, output: Output, request: pytest.FixtureRequest
) -> None:
    if raw and UNCOUNTED in request.node.name:
        pytest.skip("counted")
    original, source = defined(text)
    assert not check_syntax(source)
    normal = normalize(source)
    assert_normal_form(normal)
    function = compiled(normal.function, source.namespace, raw=raw)
    for args in inputs:
        assert_same_runs(original, function, args, {}, output)


@pytest.mark.parametrize("block", range(10))
def test_random_programs(block: int, output: Output) -> None:
    for seed in SEEDS[block::10]:
        original, source = defined(control_flow_programs.program(seed))
        normal = normalize(source)
        assert_normal_form(normal)
        for raw in ways_of_printing(normal.function)[: 1 + seed % 2]:
            function = compiled(normal.function, {}, raw=raw)
            for *args, xs in control_flow_programs.ARGUMENTS:
                assert_same_runs(original, function, (*args, xs, []), {}, output)


@pytest.mark.parametrize("raw", [False, True], ids=["as written", "raw"])
@pytest.mark.parametrize(("text", "inputs"), TRICKY)
def test_every_counting_can_be_taken_back(
    text: str, inputs: Any, raw: bool, output: Output
) -> None:
    original, source = defined(text)
    normal = normalize(source)
    numbers = count(1)

    def fresh(base: str) -> str:
        return f"{base}__{next(numbers)}"

    def taken_back(block: program.Block) -> program.Block:
        written: list[program.Statement] = []
        for statement in block:
            match statement:
                case If(body=body, orelse=orelse):
                    orelse = taken_back(orelse)
                    written.append(replace(statement, body=taken_back(body), orelse=orelse))
                case For(body=body):
                    *before, loop = uncounted(statement, fresh)
                    assert isinstance(loop, For)
                    written += [*before, replace(loop, body=taken_back(loop.body))]
                case While(body=body):
                    written.append(replace(statement, body=taken_back(body)))
                case _:
                    written.append(statement)
        return tuple(written)

    body = taken_back(normal.function.body)
    function = compiled(replace(normal.function, body=body), source.namespace, raw=raw)
    for args in inputs:
        assert_same_runs(original, function, args, {}, output)


# ---- the grammar ---------------------------------------------------------------------------------


def assert_normal_form(normal: Normalized) -> None:
    """The function is in the grammar that `s2sgrad.program` states."""
    *body, last = normal.function.body
    assert isinstance(last, Return)
    assert not any(isinstance(statement, Return) for statement in walk(tuple(body)))
    assert last.value is None or is_atom(last.value) or is_row(last.value)
    for statement in walk(normal.function.body):
        assert_statement(statement)
    assert_jumps(tuple(body), loop=False)


def assert_statement(statement: program.Statement) -> None:
    match statement:
        case Assign(targets=targets, value=value):
            assert len(set(targets)) == len(targets)
            assert is_primitive(value), gast.dump(value)
        case Store(base=base, index=index, value=value):
            assert is_atom(base)
            assert is_atom(value)
            assert isinstance(index, str) or is_index(index)
        case Update(value=value):
            assert is_atom(value)
        case If(test=test) | While(test=test):
            operand = test.operand if isinstance(test, gast.UnaryOp) else test
            assert is_atom(operand)
        case For(iterable=gast.Call(func=gast.Name(id="range" | "$range"), args=args)):
            assert all(map(is_atom, args))
        case For(iterable=iterable):
            assert is_atom(iterable)
        case Effect() | Jump() | Return():
            pass
        case _:
            pytest.fail(f"{type(statement).__name__} in a program")


def assert_jumps(block: program.Block, *, loop: bool) -> None:
    """A jump ends its branch, and what follows an If with jumps follows a guard."""
    for position, statement in enumerate(block):
        final = position == len(block) - 1
        match statement:
            case Jump():
                assert final
                assert loop
            case If(body=body, orelse=orelse):
                assert final or not (jumps(body) and jumps(orelse))
                for branch in (body, orelse):
                    assert final or not jumps(branch) or leaves(branch)
                    assert_jumps(branch, loop=loop)
            case For(body=body):
                assert_jumps(body, loop=True)
            case While(head=head, body=body):
                assert_jumps(head, loop=False)
                assert_jumps(body, loop=True)


def jumps(block: program.Block) -> bool:
    return any(
        isinstance(statement, Jump)
        or (isinstance(statement, If) and (jumps(statement.body) or jumps(statement.orelse)))
        for statement in block
    )


def leaves(block: program.Block) -> bool:
    match block:
        case (*_, Jump()) | (*_, Effect(node=gast.Raise())):
            return True
        case (*_, If(body=body, orelse=orelse)):
            return leaves(body) and leaves(orelse)
    return False


def is_atom(node: Any) -> bool:
    match node:
        case gast.Name() | gast.Constant():
            return True
        case gast.UnaryOp(op=gast.USub(), operand=gast.Constant()):
            return True
        case gast.Attribute(value=value):
            return is_atom(value)
    return False


def is_row(node: Any) -> bool:
    return isinstance(node, gast.Tuple | gast.List) and all(map(is_item, node.elts))


def is_item(node: Any) -> bool:
    return is_atom(node.value if isinstance(node, gast.Starred) else node)


def is_index(node: Any) -> bool:
    parts = node.elts if isinstance(node, gast.Tuple) else [node]
    return all(
        all(b is None or is_atom(b) for b in (part.lower, part.upper, part.step))
        if isinstance(part, gast.Slice)
        else is_item(part)
        for part in parts
    )


def is_primitive(node: Any) -> bool:
    match node:
        case gast.BinOp(left=left, right=right):
            return is_atom(left) and is_atom(right)
        case gast.UnaryOp(operand=operand):
            return is_atom(operand)
        case gast.Compare(left=left, comparators=[right]):
            return is_atom(left) and is_atom(right)
        case gast.Call(func=function, args=args, keywords=keywords):
            atoms = [*args, *(keyword.value for keyword in keywords)]
            return is_atom(function) and all(map(is_item, atoms))
        case gast.Subscript(value=base, slice=index):
            return is_atom(base) and is_index(index)
        case gast.Dict(keys=keys, values=values):
            return all(map(is_atom, values)) and all(k is None or is_atom(k) for k in keys)
        case gast.IfExp(test=test, body=gast.Constant(), orelse=gast.Constant()):
            return is_atom(test)
        case gast.Lambda() | gast.JoinedStr() | gast.FunctionDef():
            return True
    return is_atom(node) or is_row(node)
