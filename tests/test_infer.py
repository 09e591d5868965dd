"""The kinds that infer gives hold at run time."""

from __future__ import annotations

import builtins
import re
import typing
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from s2sgrad.context import Analysis, Context
from s2sgrad.extents import Extent, Symbol
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.parameters import annotated_kind, parameter_kinds, unknown
from s2sgrad.infer.remembered import Remembered
from s2sgrad.kinds import BOOL, FLOAT, INT, OTHER, Kind, Number, Other
from s2sgrad.parse import parse
from s2sgrad.source import Source
from tests.holding import Observer
from tests.running import defined
from tests.zoo import ALL, Case


def integer(name: str) -> Kind:
    return replace(INT, value=Extent(Symbol(name)))


def matrix(name: str) -> Kind:
    return Number(None, (Extent(Symbol(name, 0)), Extent(Symbol(name, 1))), array=True)


def names_of(source: Source) -> tuple[str, ...]:
    args = source.tree.args
    return tuple(node.id for node in (*args.posonlyargs, *args.args, *args.kwonlyargs))


def given(case: Case, source: Source, args: tuple[Any, ...]) -> dict[str, Any]:
    """The arguments of a call by name."""
    return {**dict(zip(names_of(source), args, strict=False)), **case.kwargs}


def as_promised(value: Any, kind: Kind) -> Any:
    """A Python int that is given for a real number is one."""
    if isinstance(kind, Number) and kind.dtype == FLOAT.dtype and type(value) is int:
        return float(value)
    return value


class Watched:
    """A case, and its functions as they check themselves."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.source = parse(case.function)
        self.context = Context()
        self.analyses: dict[object, Analysis] = {}
        self.observers: dict[Analysis, Observer] = {}

    def analysed(self, like: dict[str, Any]) -> Analysis:
        parameters = self.context.prepare(self.source)[1].function.parameters
        kinds = parameter_kinds(self.source, parameters, like, self.case.variables)
        key = tuple(kinds.items())
        if key not in self.analyses:
            kinds = self.context.parameter_kinds(self.source, like, self.case.variables)
            self.analyses[key] = self.context.analyse(self.source, kinds)
        return self.analyses[key]

    def observe(self, analysis: Analysis, arguments: dict[str, Any], depth: int = 0) -> None:
        """Run an analysed function, and what it calls on what that is called with."""
        if analysis not in self.observers:
            self.observers[analysis] = Observer(analysis, dict(analysis.source.namespace))
        observer = self.observers[analysis]
        kinds = analysis.kinds
        observer.run({name: as_promised(value, kinds[name]) for name, value in arguments.items()})
        for call, values in observer.calls:
            if values and depth < 2:
                inner = self.context.analyse(call.source, call.kinds)
                self.observe(inner, dict(values), depth + 1)
            values.clear()


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_kinds_hold(case: Case) -> None:
    """Those from the text for every input, those from an example for that."""
    watched = Watched(case)
    from_the_text = watched.analysed({})
    for args in case.inputs:
        arguments = given(case, watched.source, args)
        watched.observe(from_the_text, arguments)
        watched.observe(watched.analysed(arguments), arguments)


def told(facts: Facts) -> str:
    """What the facts say, without the addresses of what they are about."""
    calls = [type(found).__name__ for found in facts.calls.values()]
    said = facts.kinds, facts.result, facts.contracts, facts.likely, calls
    return re.sub("0x[0-9a-f]+", "", repr(said))


@pytest.mark.parametrize("case", ALL[::5], ids=lambda case: case.name)
def test_what_is_remembered_would_be_found_again(case: Case, monkeypatch) -> None:
    """Each pass that doesn't ask again what a statement means adds the same to the facts."""
    (arguments, *_) = (given(case, parse(case.function), args) for args in case.inputs)
    for like in ({}, arguments):
        with monkeypatch.context() as patch:
            kept = Watched(case).analysed(like).facts
            patch.setattr(Remembered, "answer", lambda _self, _number, find: find())
            found = Watched(case).analysed(like).facts
        assert told(kept) == told(found)


def test_remembered() -> None:
    """An answer is found again where a kind that it asked for is another one, or wasn't known yet."""
    kinds: dict[str, Kind] = {"x": FLOAT}
    pair = Extent(Symbol("x")), Extent(Symbol("y"))
    added: list[tuple[Extent, Extent]] = []
    remembered: Remembered[int] = Remembered(kinds, (added,))
    found: list[int] = []

    def find() -> int:
        remembered.read.update(("x", "y"))
        added.append(pair)
        found.append(len(found))
        return found[-1]

    def asked() -> int:
        added.clear()
        return remembered.answer(0, find)

    assert (asked(), asked()) == (0, 1)  # y isn't known yet
    kinds["y"] = INT
    assert (asked(), asked(), asked()) == (2, 2, 2)
    assert added == [pair]
    kinds["y"] = FLOAT
    assert (asked(), asked()) == (3, 3)
    assert added == [pair]


def kinds_of(text: str, *args: Any, **like: Any) -> dict[str, Kind]:
    """The kinds in the last function of a text, which is also run on the arguments."""
    function, source = described(text)
    context = Context()
    analysis = context.analyse(source, context.parameter_kinds(source, like, ()))
    if args:
        observer = Observer(analysis, dict(source.namespace))
        observer.run(dict(zip(names_of(source), args, strict=True)))
        function(*args)
    return analysis.facts.kinds


def described(text: str) -> tuple[Any, Source]:
    function, read = defined(text)
    return function, Source(
        read.name,
        read.tree,
        read.filename,
        tuple(read.lines),
        {**vars(builtins), **read.namespace},
    )


x_40, x_3 = np.ones(40), np.ones(3)


@pytest.mark.parametrize(
    ("body", "like", "args"),
    [
        ("y = x[:20]", x_3, x_40),
        ("y = x[:-20]", x_3, x_40),
        ("y = x[2:17]", x_3, x_40),
        ("y = x[-30:]", x_3, x_40),
        ("y = np.zeros(min(len(x), 25))", x_3, x_40),
        ("y = np.zeros(abs(len(x) - 20))", x_3, x_40),
        ("y = np.zeros(len(x) // 10)", x_3, x_40),
        ("y = np.zeros(len(x) % 7)", x_3, x_40),
        ("y = np.zeros(max(len(x), 8))", x_3, x_40),
        ("y = x[::2]", x_3, x_40),
        ("y = x[len(x) - 20 :]", x_3, x_40),
        ("y = np.unique(x)", x_3, np.arange(40.0)),
        ("y = x[x > 0.5]", x_3, np.arange(40.0)),
        ("y = x[1:] - x[:-1]", x_3, x_40),
        ("y = np.concatenate([x, x[:1]])", x_3, x_40),
        ("y = np.outer(x, x).T @ x", x_3, x_40),
        ("y = np.linspace(0, 1, len(x))", x_3, x_40),
        ("y = np.arange(len(x)) * 2", x_3, x_40),
        ("y = [x[i : i + 2] for i in range(3)]", x_3, x_40),
        ("y = [x[: i * 0] for i in range(3)]", x_3, x_40),
        ("y = [np.zeros(i // 10) for i in range(30)]", x_3, x_40),
        ("y = [np.zeros(i % 5) for i in range(30)]", x_3, x_40),
        ("y = [np.zeros(max(i, 1)) for i in range(30)]", x_3, x_40),
    ],
)
def test_lengths_that_small_examples_do_not_tell(body: str, like: Any, args: Any) -> None:
    kinds_of(f"def f(x):\n    {body}\n    return y\n", args, x=like)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("def f(n):\n    for i in range(n + 1):\n        n = i\n", "n", integer("n")),
        ("def f(a, b):\n    return [0.0 for _ in range(a - b)]\n", "b", integer("b")),
        ("def f(x, w):\n    return math.exp(-(x * w))\n", "w", FLOAT),
        ("def f(x):\n    if x > 0:\n        return math.exp(x)\n", "x", unknown("x")),
        (
            "def f(x):\n    if x is None:\n        x = 2.0\n    return math.exp(x)\n",
            "x",
            unknown("x"),
        ),
        ("def f(x, n=3):\n    return x\n", "n", integer("n")),
        ("def f(x, scale=None):\n    return x\n", "scale", unknown("scale")),
        ("def f(x, flag=False):\n    return x\n", "flag", BOOL),
        ("def f(x):\n    n, m = x.shape\n    return x\n", "x", matrix("x")),
        (
            "def f(x):\n    if x is not None:\n        n, m = x.shape\n    return x\n",
            "x",
            unknown("x"),
        ),
    ],
)
def test_parameters(text: str, name: str, kind: Kind) -> None:
    assert kinds_of(text)[name] == kind


class _Words:
    """An annotation as jaxtyping makes them."""

    def __init__(self, words: str) -> None:
        self.dim_str = words


_Words.__module__ = "jaxtyping"


@pytest.mark.parametrize(
    ("annotation", "dtype", "axes", "array"),
    [
        (float, "float64", 0, False),
        (typing.Annotated[float, "metres"], "float64", 0, False),
        (np.float32, "float32", 0, False),
        (complex, "complex", 0, False),
        (bool, "bool", 0, False),
        (np.int64, "int", 0, False),
        (np.ndarray, None, None, True),
        (npt.NDArray[np.float64], "float64", None, True),
        (npt.NDArray[np.int32], "int", None, True),
        (npt.NDArray[np.complex128], "complex", None, True),
        (np.ndarray[tuple[int, int], np.dtype[np.float32]], "float32", 2, True),
        (_Words("n m 3 _"), None, 4, True),
        (_Words("*batch n"), None, None, True),
    ],
)
def test_what_an_annotation_says(
    annotation: Any, dtype: str | None, axes: int | None, array: bool
) -> None:
    kinds = [
        annotated_kind(annotation, "x"),
        annotated_kind(list[annotation], "x").item if isinstance(annotation, type) else None,
    ]
    for kind in kinds:
        if kind is not None:
            assert (kind.dtype, kind.ndim, kind.array) == (dtype, axes, array)


@pytest.mark.parametrize("annotation", [float | None, object, "float"])
def test_annotations_that_say_nothing(annotation: Any) -> None:
    assert annotated_kind(annotation, "x") is None


@pytest.mark.parametrize(
    ("annotation", "kind"),
    [(str, OTHER), (bytes, OTHER), (dict, Other("dict")), (dict[str, float], Other("dict"))],
)
def test_annotations_of_what_has_no_derivative(annotation: Any, kind: Other) -> None:
    assert annotated_kind(annotation, "x") == kind


def test_annotations_of_lists_and_tuples() -> None:
    pair = annotated_kind(tuple[float, npt.NDArray[np.float64]], "x")
    assert [item.dtype for item in pair.items] == ["float64", "float64"]
    assert [item.ndim for item in pair.items] == [0, None]
    nested = annotated_kind(list[tuple[float, int]], "x")
    assert nested.type == "list"
    assert [item.dtype for item in nested.item.items] == ["float64", "int"]
    for annotation in (list, tuple, tuple[float, ...]):
        assert annotated_kind(annotation, "x").items is None
