"""Random expressions keep their value, their shape and the kind of their dtype when simplified.

The kinds that Shapes gives of every part of them hold too.
"""

from __future__ import annotations

import math
import random
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import gast
import numpy as np
import pytest

from s2sgrad.extents import Extent, Shape, Symbol
from s2sgrad.kinds import Kind, Known, Number, Unknown
from s2sgrad.rules.helpers import HELPERS
from s2sgrad.simplify.algebra import arrange
from s2sgrad.simplify.expressions import expression, postorder, text
from s2sgrad.simplify.given import kinds_of
from s2sgrad.simplify.shapes import Shapes
from s2sgrad.simplify.spellings import owned, respell

OWN = {"np": np, "math": math, "len": len, "abs": abs, "slice": slice, **HELPERS}
NAMESPACE = {f"own_{name}": value for name, value in OWN.items()}
SHAPES = ("", "", "n", "m", "n m", "m", "n 1", "1", "1 m", "k n m", "m n", "m k", "n m", "k")
DTYPES = ("", "", "", "", "", "", "float32 ", "int ", "float ")


@dataclass
class Names:
    """Names with values, and what is known of them."""

    rng: random.Random
    sizes: dict[str, int] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rng = self.rng
        self.sizes = {word: rng.choice([0, 1, 2, 3, 3, 4]) for word in "nmk"}
        descriptions: dict[str, str] = {}
        unknown = []
        for index in range(9):
            name = ("d_" if index % 3 == 2 else "") + "abcdefghi"[index]
            words = rng.choice(SHAPES).split()
            dtype = "" if name.startswith("d_") else rng.choice(DTYPES)
            solid = [
                w + "!" if not w.isdigit() and self.sizes[w] != 1 and rng.random() < 0.5 else w
                for w in words
            ]
            descriptions[name] = dtype + " ".join(solid)
            self.values[name] = self.value(dtype.strip(), [self.size(w) for w in words])
            if rng.random() < 0.2:
                unknown.append(name)
        self.kinds = {**kinds_of(**descriptions), **dict.fromkeys(unknown, Unknown())}

    @property
    def tolerance(self) -> float:
        single = any(np.asarray(value).dtype == np.float32 for value in self.values.values())
        return 2e-4 if single else 1e-9

    def size(self, word: str) -> int:
        return int(word) if word.isdigit() else self.sizes[word]

    def value(self, dtype: str, shape: list[int]) -> Any:
        rng = self.rng
        flat = [rng.choice([-1, 1]) * rng.uniform(0.5, 1.5) for _ in range(math.prod(shape))]
        if dtype == "int":
            flat = [rng.choice([-3, -2, -1, 1, 2, 3]) for _ in flat]
        if not shape and dtype != "float32":
            return flat[0] if dtype == "int" or rng.random() < 0.5 else np.float64(flat[0])
        name = {"int": "int64", "float32": "float32"}.get(dtype, "float64")
        array = np.array(flat, name).reshape(shape)
        return array if shape else array[()]

    def shapes(self) -> Shapes:
        parameters = [name for name in self.kinds if not name.startswith("d_")]
        return Shapes(
            lambda name: self.kinds.get(name, Unknown()),
            real=lambda name: name.startswith("d_"),
            parameters=parameters,
        )

    def evaluated(self, expr: gast.AST | str) -> Any:
        source = expr if isinstance(expr, str) else text(expr)
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return eval(source.replace("$", "own_"), {**NAMESPACE, **self.values})


class Texts:
    """Makes random expressions as texts, of which only those are kept that can be evaluated."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.rng = names.rng
        self.incoming = [name for name in names.values if name.startswith("d_")]
        self.plain = [name for name in names.values if not name.startswith("d_")]

    def made(self, depth: int) -> str:
        for _ in range(30):
            try:
                source = self.tried(depth)
                value = self.names.evaluated(source)
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
                continue
            if usual(value):
                return source
        return self.rng.choice(self.plain)

    def tried(self, depth: int) -> str:
        rng = self.rng
        if depth <= 0 or rng.random() < 0.1:
            return rng.choice([*self.names.values, rng.choice(["2", "3", "0.5", "1", "0", "1.0"])])
        makers: list[Callable[[int], str]] = [
            self.operation, self.operation, self.operation, self.operation, self.negated,
            self.elementwise, self.reduction, self.unbroadcast, self.unbroadcast, self.unreduce,
            self.spread, self.product_helper, self.fact, self.moved, self.choice, self.power,
            self.indexed, self.sum_of_product,
        ]  # fmt: skip
        return rng.choice(makers)(depth - 1)

    def operation(self, depth: int) -> str:
        operator = self.rng.choice(["+", "-", "*", "*", "*", "*", "/", "@"])
        return f"({self.made(depth)} {operator} {self.made(depth)})"

    def negated(self, depth: int) -> str:
        return f"(-{self.made(depth)})"

    def elementwise(self, depth: int) -> str:
        function = self.rng.choice(["cos", "tanh", "sign", "absolute", "exp", "square", "arctan"])
        return f"$np.{function}({self.made(depth)})"

    def reduction(self, depth: int) -> str:
        function = self.rng.choice(["sum", "sum", "sum", "mean"])
        axis = self.rng.choice(["", "", ", axis=0", ", axis=1", ", axis=-1, keepdims=True"])
        source = self.made(depth)
        if not np.ndim(self.names.evaluated(source)):
            raise ValueError(source)
        return f"$np.{function}({source}{axis})"

    def sum_of_product(self, depth: int) -> str:
        axis = self.rng.choice(["", ", axis=0", ", axis=1", ", axis=-1"])
        other = self.rng.choice([self.made(depth), self.rng.choice(self.plain) + "[:, None]"])
        return f"$np.sum({self.made(depth)} * {other}{axis})"

    def unbroadcast(self, depth: int) -> str:
        """As in derivatives: what comes in has the shape of the result, like took part in it."""
        like = self.rng.choice(self.plain)
        if self.rng.random() < 0.3:
            like = f"$np.cos({like})"
        d = self.rng.choice(self.incoming)
        others = [self.made(depth - 1) for _ in range(self.rng.choice([0, 1, 1, 2]))]
        shape = np.shape(self.names.values[d])
        for part in (like, *others):
            if np.broadcast_shapes(np.shape(self.names.evaluated(part)), shape) != shape:
                raise ValueError(part)
        if any("d_" in other for other in others):
            return d
        factors = [*others, d]
        if self.rng.random() < 0.2:
            factors.append(f"({self.rng.choice(['1', '-1', '0.5'])} / (2 + $np.tanh({like})))")
        self.rng.shuffle(factors)
        return f"$unbroadcast({self.rng.choice(['', '-'])}{' * '.join(factors)}, {like})"

    def unreduce(self, depth: int) -> str:
        a = self.rng.choice(self.plain)
        axis = self.rng.choice(["", ", None", ", 0", ", 1", ", (0, 1)", ", -1"])
        keep = self.rng.choice(["", ", keepdims=True", ", keepdims=False"])
        scaled = self.rng.choice(["", f" / $count({a}{axis})", " / 3", " * 2"])
        if "count" in scaled and not np.size(self.names.values[a]):
            raise ValueError(a)
        reduced = f"$np.sum({a}{axis}{keep})"
        return f"$unreduce({self.rng.choice(['', '-'])}{reduced}{scaled}, {a}{axis}{keep})"

    def spread(self, depth: int) -> str:
        like = self.rng.choice(self.plain)
        return f"$np.broadcast_to({self.made(depth)}, $np.shape({like}))"

    def product_helper(self, depth: int) -> str:
        a, b = self.rng.choice(self.plain), self.rng.choice(self.plain)
        name, product = self.rng.choice(
            [("matmul", f"({a} @ {b})"), ("dot", f"$np.dot({a}, {b})"),
             ("inner", f"$np.inner({a}, {b})")]
        )  # fmt: skip
        side = self.rng.choice(["left", "right"])
        return f"${name}_{side}($np.cos({product}), {a}, {b})"

    def fact(self, depth: int) -> str:
        source = self.made(depth)
        pattern = self.rng.choice(
            ["$count({})", "$zeros_like({})", "$np.zeros_like({})", "$np.ndim({})", "$np.size({})",
             "$np.copy({})[()]", "$np.array({})[()]", "$np.ones_like({})[()]"]
        )  # fmt: skip
        if np.asarray(self.names.evaluated(source)).dtype.kind != "f":
            raise ValueError(source)
        return pattern.format(source)

    def moved(self, depth: int) -> str:
        source, like = self.made(depth), self.rng.choice(self.plain)
        pattern = self.rng.choice(
            ["$np.transpose({})", "$np.transpose({}, $inverse_axes((1, 0)))", "$np.flip({}, 0)",
             "$np.flip({})", "$np.reshape({}, $np.shape({}))", "$np.ravel({})", "({})[::-1]",
             "$np.expand_dims({}, 0)", "$np.expand_dims({}, -1)", "$np.swapaxes({}, 0, 1)",
             "$np.moveaxis({}, 0, -1)", "$np.cumsum({}, 0)", "({}).T", "$split_like({}, {})"]
        )  # fmt: skip
        if pattern.endswith(".T"):
            source = self.rng.choice(self.plain)
        if pattern.startswith("$split"):
            return pattern.format(source, source)
        return pattern.format(source, like)

    def indexed(self, depth: int) -> str:
        index = self.rng.choice(["0", "-1", "1:", ":-1", ":, None", "..., 0", "None", "[0, 0]"])
        source = self.made(depth)
        if not np.ndim(self.names.evaluated(source)):
            raise ValueError(source)
        return f"({source})[{index}]"

    def choice(self, depth: int) -> str:
        a, b = self.rng.choice(self.plain), self.made(depth)
        return f"$np.where({a} > {self.rng.choice(['0', b])}, {self.made(depth)}, 0)"

    def power(self, depth: int) -> str:
        n = self.rng.choice(["2", "3", "1", "0.5", "0", "2.0", "1.0"])
        base = f"$np.absolute({self.made(depth)})"
        return self.rng.choice(
            [f"{n} * {base} ** ({n} - ({n} != 0))", f"{base} ** {n}", f"$np.log({n} + ({n} == 0))"]
        )


def usual(value: Any) -> bool:
    return isinstance(value, float | int | np.generic | np.ndarray) and bool(
        np.all(np.abs(value) < 1e4)
    )


def expressions(seed: int, count: int) -> Iterator[tuple[Names, str]]:
    rng = random.Random(seed)
    for _ in range(count):
        names = Names(rng)
        yield names, Texts(names).made(rng.choice([1, 2, 3, 3, 4]))


def same(before: Any, after: Any, tolerance: float) -> bool:
    a, b = np.asarray(before), np.asarray(after)
    scale = max(1.0, float(np.max(np.abs(a), initial=0.0)))
    kinds = {a.dtype.kind, b.dtype.kind}
    return (
        a.shape == b.shape
        and (len(kinds) == 1)
        and np.allclose(a, b, rtol=tolerance, atol=tolerance * scale, equal_nan=True)
    )


@pytest.mark.parametrize("seed", range(12))
def test_simplified_expressions_have_the_same_value(seed: int) -> None:
    for names, source in expressions(seed, 60):
        before = expression(source)
        value = names.evaluated(before)
        results = {
            "respelled": respell(before, names.shapes()),
            "arranged": arrange(before, names.shapes(), lambda name: name.startswith("d_")),
        }
        own = {id(part) for index, part in enumerate(postorder(before)) if index % 3 == seed % 3}
        results["with the user's"] = arrange(
            before,
            names.shapes(),
            lambda name: name.startswith("d_"),
            lambda expr, own=own: id(expr) in own,
        )
        shapes = names.shapes()
        arranged = arrange(respell(before, shapes), shapes, lambda name: name.startswith("d_"))
        results["both"] = respell(arranged, shapes)
        results["owned"] = owned(results["both"], shapes)
        for what, after in results.items():
            got = names.evaluated(after)
            described = {name: names.kinds[name] for name in names.values if name in source}
            assert same(value, got, names.tolerance), (
                what,
                source,
                text(after),
                value,
                got,
                described,
            )


@pytest.mark.parametrize("seed", range(100, 106))
def test_owned_values_are_nobody_elses(seed: int) -> None:
    for names, source in expressions(seed, 60):
        shapes = names.shapes()
        value = names.evaluated(owned(respell(expression(source), shapes), shapes))
        if isinstance(value, np.ndarray):
            shared = [
                name for name, other in names.values.items() if np.may_share_memory(other, value)
            ]
            assert not shared, (source, shared)
            assert value.flags.writeable, source


@pytest.mark.parametrize("seed", range(200, 212))
def test_kinds_hold(seed: int) -> None:
    for names, source in expressions(seed, 60):
        shapes = names.shapes()
        tree = respell(expression(source), shapes)
        check = Held(names)
        for part in postorder(tree):
            if isinstance(part, gast.expr) and not isinstance(part, gast.Slice | gast.Tuple):
                check.holds(part, shapes.kind(part), source)


class Held:
    """Compares kinds with values; an extent has to be the same number wherever it occurs."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.symbols: dict[Symbol, int] = {}
        self.shapes: dict[Shape, tuple[int, ...]] = {}

    def holds(self, part: gast.AST, kind: Kind, source: str) -> None:
        if not isinstance(kind, Number):
            assert isinstance(kind, Kind)
            return
        value = self.names.evaluated(part)
        if isinstance(kind, Known):
            return
        context = (text(part), kind, value, source)
        array = np.asarray(value)
        if kind.array is not None and not (kind.ndim is None and isinstance(value, np.generic)):
            assert kind.array is isinstance(value, np.ndarray), context
        wanted = {"float": array.dtype.name if array.dtype.kind == "f" else "float"}
        if kind.dtype is not None:
            name = "int" if array.dtype.kind in "iu" else array.dtype.name
            assert name == wanted.get(kind.dtype, kind.dtype), context
        if isinstance(kind.shape, Shape):
            assert self.shapes.setdefault(kind.shape, array.shape) == array.shape, context
            return
        assert len(kind.shape) == array.ndim, context
        for extent, size in zip(kind.shape, array.shape):
            assert self.size(extent, size) == size, context
            assert not (extent.solid and size == 1), context
        if kind.value is not None:
            assert self.size(kind.value, int(value)) == int(value), context

    def size(self, extent: Extent, size: int) -> int:
        symbol = extent.symbol
        if symbol is None:
            return extent.offset
        if symbol.name in self.names.values and symbol.axis is not None and symbol.key is None:
            return max(np.shape(self.names.values[symbol.name])[symbol.axis] + extent.offset, 0)
        if extent.offset:
            return size
        return self.symbols.setdefault(symbol, size)
