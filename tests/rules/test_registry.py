"""Registering rules, finding them, and reading their text."""

from __future__ import annotations

import math
import operator
import subprocess
import sys
from importlib.metadata import EntryPoint

import gast
import numpy as np
import pytest

from s2sgrad import registry, rule_loader
from s2sgrad.registry import (
    adjoint,
    attribute,
    bilinear,
    elementwise,
    inert,
    linear,
    lookup,
    method,
    name_of,
    operator_rule,
    tangent,
    variants,
    view,
)
from s2sgrad.testing import check_rule, gradient


def texts(statements):
    return [gast.unparse(statement) for statement in statements]


def half(x):
    return x / 2


# ---- what a rule says ----


def test_a_rule_of_one_line():
    rule = lookup(np.sin)
    assert rule.kind == "elementwise"
    assert rule.name == "np.sin"
    assert list(rule.signature.parameters) == ["x"]
    assert rule.results == ("y",)
    assert rule.differentiable == {"x"}
    assert rule.plain
    assert texts(rule.backward) == ["d.x = np.cos(x) * d.y"]


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (np.add, ["d.x = d.z", "d.y = d.z"]),
        (np.subtract, ["d.x = d.z", "d.y = -d.z"]),
        (np.multiply, ["d.x = y * d.z", "d.y = x * d.z"]),
        (np.log, ["d.x = d.y / x"]),
        (np.sqrt, ["d.x = 0.5 * d.y / y"]),
        (np.arccos, ["d.x = -d.y / np.sqrt(1 - x ** 2)"]),
        (np.true_divide, ["d.x = d.z / y", "d.y = -z * d.x"]),
        (np.heaviside, ["d.at_zero = (x == 0) * d.y"]),
    ],
)
def test_how_a_formula_meets_what_comes_in(function, expected):
    assert texts(lookup(function).backward) == expected


def test_a_rule_that_writes():
    rule = lookup(operator.setitem)
    assert rule.results == ()
    assert rule.mutates == {"x"}
    assert rule.differentiable == {"x", "v"}
    assert not rule.plain
    assert lookup(operator.getitem).differentiable == {"x"}
    assert lookup(np.add.at).mutates == {"x"}


def test_a_rule_that_only_calls_is_plain():
    plain = [np.sum, np.matmul, np.true_divide, operator.getitem, np.ndarray.reshape, np.meshgrid]
    assert all(lookup(function).plain for function in plain)


def test_what_arguments_need():
    rule = lookup(np.true_divide)
    assert texts(rule.backward_for({"x"})) == ["d.x = d.z / y"]
    assert texts(rule.backward_for({"y"})) == ["d.x = d.z / y", "d.y = -z * d.x"]
    assert texts(lookup(operator.setitem).backward_for(())) == ["x[i] = old", "d.x[i] = 0"]
    assert len(lookup(math.dist).backward_for({"p"})) == 2


def test_several_rules_of_one_function():
    assert [list(rule.signature.parameters) for rule in variants(math.log)] == [
        ["x"],
        ["x", "base"],
    ]
    assert list(lookup(math.log, 2).signature.parameters) == ["x", "base"]
    assert lookup(max, 2).kind == "elementwise"
    assert lookup(max, 4).signature.parameters["values"].kind.name == "VAR_POSITIONAL"
    assert lookup(np.sum, 1, {"axis", "keepdims"}) is lookup(np.sum)
    assert not lookup(np.sum).accepts(1, {"where"})


# ---- finding rules ----


def test_functions_are_found_by_what_they_are():
    assert lookup(np.divide) is lookup(np.true_divide)
    assert lookup(np.add.at) is not None
    assert lookup(np.random.rand).effect
    assert lookup(half) is None
    assert lookup([]) is None
    assert lookup(np.ones(2)) is None
    assert lookup(None) is None


def test_operators():
    names = "Add Sub Mult Div FloorDiv Mod Pow MatMult USub UAdd Not Invert Lt LtE Eq NotEq Is In"
    assert all(operator_rule(name) for name in names.split())
    assert operator_rule("MatMult") is lookup(np.matmul)
    assert operator_rule("Lt").kind == "inert"
    assert operator_rule("Walrus") is None


def test_methods_and_attributes():
    assert method(np.ndarray, "sum") is np.sum
    assert method(np.float64, "sum") is np.sum
    assert method(np.float64, "is_integer") is not None
    assert method(float, "hex") is float.hex
    assert method(list, "append") is list.append
    assert method(np.ndarray, "sort") is None
    assert attribute(np.ndarray, "T") is np.transpose
    assert attribute(np.ndarray, "flat") is None
    assert lookup(attribute(np.ndarray, "dtype")).kind == "inert"


def test_every_array_method_that_is_known_has_a_rule():
    for name, function in registry._methods[np.ndarray].items():
        assert lookup(function) is not None, name
        assert hasattr(np.ndarray, name)
    for name, function in registry._attributes[np.ndarray].items():
        assert lookup(function) is not None, name
        assert hasattr(np.ndarray, name)


def test_names():
    assert name_of(np.linalg.norm) == "np.linalg.norm"
    assert name_of(np.add.at) == "np.add.at"
    assert name_of(np.ndarray.astype) == "np.ndarray.astype"
    assert name_of(math.exp) == "math.exp"
    assert name_of(abs) == "abs"
    assert name_of(half).endswith("test_registry.half")


# ---- registering ----


def test_ones_own_rules():
    def cube(x):
        return x * x * x

    def product(x, y):
        return x * y

    def scaled(x, factor=2):
        return x * factor

    def shifted(x):
        return x[1:]

    def root(a):
        return math.sqrt(a)

    elementwise(cube, lambda y, x: 3 * x * x)
    check_rule(cube, np.array([1.0, 2.0]))

    @bilinear(product)
    def product_rule(d, x, y):
        z = product(x, y)
        yield z
        d.x = y * d.z
        d.y = x * d.z

    check_rule(product, np.array([1.0, 2.0]), np.array([3.0, 4.0]))

    @linear(scaled)
    def scaled_rule(d, x, factor=2):
        y = scaled(x, factor)
        yield y
        d.x = d.y * factor

    check_rule(scaled, 2.0, factor=3)

    @view(shifted)
    def shifted_rule(d, x):
        y = shifted(x)
        yield y
        d.x[1:] += d.y

    check_rule(shifted, np.arange(3.0))

    @adjoint(root)
    def root_rule(d, a):
        y = root(a)
        yield y
        d.a = d.y / (2 * y)

    with pytest.raises(AssertionError, match="root has no tangent rule"):
        check_rule(root, 2.0)

    @tangent(root)
    def root_tangent(d, a):
        y = root(a)
        yield y
        d.y = d.a / (2 * y)

    check_rule(root, 2.0)
    assert lookup(root).tangent.results == ("y",)
    for rule in (product_rule, scaled_rule, shifted_rule, root_rule, root_tangent):
        assert callable(rule)


def test_lambdas_of_one_line_are_told_apart():
    def f(x):
        return 2 * x

    def g(x):
        return 3 * x

    def h(x):
        return x

    for function, rule in ((f, lambda y, x: 2), (g, lambda y, x: 3), (h, lambda y, x: 1)):
        elementwise(function, rule)
    assert [gradient(function, 1.0)["x"] for function in (f, g, h)] == [2, 3, 1]


def test_a_second_rule_is_an_error():
    def f(x):
        return 2 * x

    elementwise(f, lambda y, x: 2)
    with pytest.raises(ValueError, match=r"f has a rule already: pass override=True"):
        elementwise(f, lambda y, x: 3)
    elementwise(f, lambda y, x: 5, override=True)
    assert gradient(f, 1.0) == {"x": 5.0}
    assert len(variants(f)) == 1
    with pytest.raises(ValueError, match=r"np.sin has a rule already"):
        inert(np.sin)


def test_wrong_rules_are_refused():
    def f(x):
        return 2 * x

    with pytest.raises(ValueError, match="exactly one yield"):

        @linear(f)
        def without_yield(d, x):
            y = f(x)
            d.x = y

    with pytest.raises(ValueError, match=r"straight-line code; put the If into a function"):

        @linear(f)
        def branching(d, x):
            y = f(x)
            yield y
            if x > 0:
                d.x = d.y

    with pytest.raises(ValueError, match="first parameter of a rule is d"):

        @linear(f)
        def without_d(x):
            y = f(x)
            yield y

    with pytest.raises(ValueError, match="yield a name"):

        @linear(f)
        def expression(d, x):
            yield f(x)

    with pytest.raises(ValueError, match="x is an argument and a result"):

        @linear(f)
        def same_name(d, x):
            x = f(x)
            yield x


def test_a_name_of_a_rule_stands_for_one_value():
    def f(x):
        return 2 * x

    with pytest.raises(ValueError, match="t is assigned twice, or is an argument"):

        @linear(f)
        def several_values(d, x):
            y = f(x)
            yield y
            t = d.y
            t = 2 * t
            d.x = t

    with pytest.raises(ValueError, match="x is assigned twice, or is an argument"):

        @linear(f)
        def changed_argument(d, x):
            x = x * 1.0
            y = f(x)
            yield y
            d.x = 2 * d.y

    with pytest.raises(ValueError, match=r"d\.x is assigned twice"):

        @linear(f)
        def two_derivatives(d, x):
            y = f(x)
            yield y
            d.x = d.y
            d.x = 2 * d.y

    with pytest.raises(ValueError, match="unpacks nothing but its results"):

        @linear(f)
        def unpacking(d, x):
            y = f(x)
            yield y
            a, b = 1, 2
            d.x = (a + b) * d.y


def test_wrong_partial_derivatives_are_refused():
    def f(x):
        return 2 * x

    with pytest.raises(ValueError, match="2 partial derivatives for 1 arguments"):
        elementwise(f, lambda y, x: (1, 2))
    with pytest.raises(ValueError, match="not a Python function"):
        elementwise(f, math.cos)
    with pytest.raises(ValueError, match="can't be read"):
        elementwise(f, eval("lambda y, x: 2"))
    with pytest.raises(ValueError, match="no adjoint rule with the parameters"):

        @tangent(f)
        def alone(d, x):
            y = f(x)
            yield y
            d.y = 2 * d.x

    assert lookup(f) is None


# ---- what check_rule finds ----


def test_wrong_formulas_are_found():
    def f(x):
        return 2 * x

    elementwise(f, lambda y, x: 3)
    with pytest.raises(AssertionError, match="reverse mode in x"):
        check_rule(f, 1.0)
    inert(f, override=True)
    with pytest.raises(AssertionError, match="the derivative of an inert function"):
        check_rule(f, 1.0)

    @linear(f, override=True)
    def f_rule(d, x):
        y = f(x)
        yield y
        d.x = np.sum(2 * d.y)

    with pytest.raises(AssertionError, match=r"d.x has shape \(\), expected \(2,\)"):
        check_rule(f, np.ones(2))

    @linear(f, override=True)
    def f_rule_of_double_precision(d, x):
        y = f(x)
        yield y
        d.x = np.float64(2) * d.y

    with pytest.raises(AssertionError, match=r"d.x is float64, not float32"):
        check_rule(f, np.ones(2))
    with pytest.raises(AssertionError, match="half has no rule"):
        check_rule(half, 1.0)
    with pytest.raises(
        AssertionError, match=r"the rule of np.sum is for \(a, axis=None, \*, keepdims"
    ):
        check_rule(np.sum, np.ones(2), where=True)


def test_views_are_found():
    def rest(x):
        return x[1:]

    @linear(rest)
    def rest_rule(d, x):
        y = rest(x)
        yield y
        d.x[1:] += d.y

    with pytest.raises(AssertionError, match="is a view"):
        check_rule(rest, np.ones(3))


# ---- loading ----


def test_rules_are_loaded_when_first_needed():
    code = (
        "import sys, s2sgrad.registry as r; assert 's2sgrad.rules.elementwise' not in sys.modules\n"
    )
    code += (
        "import numpy as np; assert r.lookup(np.sin); assert 's2sgrad.rules.math_' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_users_rule_comes_after_ours():
    code = "import numpy as np, s2sgrad.registry as r\nr.inert(np.sort)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "np.sort has a rule already" in run.stderr


def test_plugins(monkeypatch):
    loaded = []

    class Plugin(EntryPoint):
        def load(self):
            loaded.append(self.name)

    plugins = [Plugin(name, "module", rule_loader.GROUP) for name in ("b", "a")]
    monkeypatch.setattr(rule_loader, "entry_points", lambda group: plugins)
    monkeypatch.setattr(rule_loader, "_started", set())
    monkeypatch.setattr(rule_loader, "_loaded", set())
    rule_loader.load_plugins()
    rule_loader.load_plugins()
    assert loaded == ["a", "b"]
