"""The call-time interface: what users of autograd and JAX expect, and rules of one's own."""

from __future__ import annotations

import copy
import functools
import importlib
import inspect
import math
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pytest
from scipy import special

import s2sgrad
from s2sgrad import registry, specialise
from s2sgrad.derive import derive
from s2sgrad.errors import TransformError
from s2sgrad.parse import parse
from s2sgrad.rule_source import identity


def line(x, y=2.0):
    return math.sin(x) * y


def loss(w, x, n=2):
    return ((x @ w) ** n).sum()


def broadcasting(a, b):
    return np.sum(a * b)


def keyword_only(x, *, scale, shift=1.0):
    return scale * x * x + shift


def mutable(x):
    return x**3


def in_list(values, k):
    return values[0] * values[k] * 2.0


def vector(x):
    return x * x


def pair_of(x):
    return x * x, x


def unknown_result(x, flag):
    return x.sum() if flag else x * x


class Model:
    def __init__(self, factor):
        self.factor = factor

    def __call__(self, x):
        return x * x * 3.0

    def method(self, x):
        return x * x


# ---- grad and value_and_grad ---------------------------------------------------------------------


def test_float_function():
    derivative = s2sgrad.grad(line)(0.5)
    assert type(derivative) is float
    assert derivative == math.cos(0.5) * 2.0
    assert s2sgrad.grad(line)(0.5, 3.0) == s2sgrad.grad(line)(0.5, y=3.0) == math.cos(0.5) * 3.0


def test_wrt():
    d_x, d_y = math.cos(0.5) * 2.0, math.sin(0.5)
    assert s2sgrad.grad(line, 1)(0.5) == s2sgrad.grad(line, wrt="y")(0.5) == d_y
    assert s2sgrad.grad(line, -1)(0.5) == d_y
    assert s2sgrad.grad(line, (0, "y"))(0.5) == (d_x, d_y)
    assert s2sgrad.grad(line, (0,))(0.5) == (d_x,)


@pytest.mark.parametrize("wrt", [2, -3, "z", (), (0, "x"), (0, 0)])
def test_wrt_that_names_no_parameter(wrt):
    with pytest.raises(ValueError, match="grad: "):
        s2sgrad.grad(line, wrt)


@pytest.mark.parametrize("wrt", [True, 0.0, None, [0]])
def test_wrt_of_another_type(wrt):
    with pytest.raises(TypeError, match="wrt is a position, a name, or a tuple"):
        s2sgrad.grad(line, wrt)


def test_value_and_grad():
    assert s2sgrad.value_and_grad(line)(0.5) == (line(0.5), math.cos(0.5) * 2.0)
    value, (d_y,) = s2sgrad.value_and_grad(line, ("y",))(0.5)
    assert (value, d_y) == (line(0.5), math.sin(0.5))


def test_arrays():
    w, x = np.arange(3.0), np.ones((2, 3))
    value, derivative = s2sgrad.value_and_grad(loss)(w, x)
    assert value == 18.0
    np.testing.assert_allclose(derivative, [12.0, 12.0, 12.0])
    np.testing.assert_allclose(s2sgrad.grad(loss)(w, x, n=3), [54.0, 54.0, 54.0])
    narrow = s2sgrad.grad(loss)(w.astype(np.float32), x.astype(np.float32))
    assert narrow.dtype == np.float32


def test_each_combination_of_kinds_is_transformed_once():
    derivative = s2sgrad.grad(broadcasting, (0, 1))
    for a, b in [((3,), (3,)), ((1,), (3,)), ((2, 3), (3,)), ((2, 3), ()), ((), ()), ((4,), (4,))]:
        given = np.full(a, 2.0), np.full(b, 3.0)
        for derivative_in, value in zip(derivative(*given), given, strict=True):
            assert np.shape(derivative_in) == np.shape(value)
    assert derivative(2.0, 3.0) == (3.0, 2.0)
    made = specialise.Recipe.of(broadcasting).kept
    assert (
        len(made) == 6
    )  # an array without axes and a float are two; both of (3,) and (4,) are one


def test_many_threads_transform_once(monkeypatch):
    def fresh(x):
        return x * x

    calls = []
    derive = specialise.derive
    monkeypatch.setattr(specialise, "derive", lambda *a, **k: calls.append(1) or derive(*a, **k))
    barrier = threading.Barrier(8)

    def run(x):
        barrier.wait()
        return s2sgrad.grad(fresh)(x)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(run, map(float, range(8)))) == [2.0 * k for k in range(8)]
    assert len(calls) == 1


def test_whole_numbers_are_real_numbers():
    assert s2sgrad.grad(line)(1) == math.cos(1) * 2
    assert type(s2sgrad.grad(mutable)(2)) is float
    assert s2sgrad.grad(mutable)(np.int64(2)) == 12.0
    assert s2sgrad.grad(in_list)([2, 3.0], 1) == [6.0, 4.0]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (np.arange(3), r"an array of int64 with shape \(3,\).*x.astype\(float\)"),
        (np.array([True]), "an array of bool"),
        (np.array([1j]), "an array of complex128"),
        (np.ones((1, 1)).view(np.matrix), "a matrix, whose operators"),
        (np.ma.masked_array([1.0]), "a MaskedArray, whose operators"),
        (True, "a bool"),
        (1j, "a complex"),
        ("text", "a str"),
        (None, "None"),
        ({"a": 1}, "a dict"),
        (["a"], "a list"),
    ],
)
def test_what_has_no_derivative_is_refused(value, message):
    with pytest.raises(TypeError, match=message):
        s2sgrad.grad(mutable)(value)


def test_other_arguments_are_looked_at_too():
    with pytest.raises(TypeError, match="the argument x is a matrix"):
        s2sgrad.grad(loss)(np.ones(3), np.ones((2, 3)).view(np.matrix))
    with pytest.raises(TypeError, match="the argument values is a MaskedArray"):
        s2sgrad.grad(in_list)([np.ma.masked_array([1.0])], 0)


def test_memory_maps_are_arrays(tmp_path):
    x = np.memmap(tmp_path / "x", np.float64, "w+", shape=(2,))
    x[:] = 1.0
    d_x = s2sgrad.grad(broadcasting)(x, 2.0)
    assert type(d_x) is np.ndarray
    np.testing.assert_allclose(d_x, [2.0, 2.0])


@pytest.mark.parametrize("make", [s2sgrad.grad, s2sgrad.value_and_grad])
@pytest.mark.parametrize(
    ("function", "args", "what"),
    [
        (vector, (np.ones(3),), r"an array of float64 with shape \(3,\)"),
        (pair_of, (2.0,), "a tuple"),
        (unknown_result, (np.ones(3), False), "an array"),
    ],
)
def test_results_that_are_no_numbers(make, function, args, what):
    with pytest.raises(TypeError, match=f"returns {what}.*transform.*d_out"):
        make(function)(*args)


def test_result_that_only_the_value_tells():
    np.testing.assert_allclose(s2sgrad.grad(unknown_result)(np.ones(3), True), np.ones(3))
    value, derivative = s2sgrad.value_and_grad(unknown_result)(np.ones(3), True)
    assert value == 3.0
    np.testing.assert_allclose(derivative, np.ones(3))


def test_derivative_that_is_zero():
    assert s2sgrad.grad(lambda x, y: x, 1)(1.0, 2.0) == 0.0
    assert s2sgrad.grad(s2sgrad.grad(lambda x: 3.0 * x))(1.0) == 0.0


def test_keyword_only_parameters_and_defaults():
    assert s2sgrad.grad(keyword_only)(2.0, scale=3.0) == 12.0
    assert s2sgrad.grad(keyword_only, "scale")(2.0, scale=3.0) == 4.0
    assert s2sgrad.grad(keyword_only, ("x", "shift"))(2.0, scale=3.0, shift=5) == (12.0, 1.0)
    with pytest.raises(TypeError, match=r"keyword_only\(\): missing a required"):
        s2sgrad.grad(keyword_only)(2.0)


def test_methods_and_objects_that_are_called():
    model = Model(3.0)
    assert s2sgrad.grad(model.method)(2.0) == 4.0
    assert s2sgrad.grad(model)(2.0) == 12.0


def test_what_is_not_written_in_python():
    with pytest.raises(s2sgrad.TransformError, match="not written in Python"):
        s2sgrad.grad(math.sin)


def test_lambdas_and_closures_see_what_is_assigned_later():
    factor = 2.0

    def scaled(x):
        return factor * x

    derivative = s2sgrad.grad(scaled)
    assert derivative(1.0) == 2.0
    factor = 5.0
    assert derivative(1.0) == 5.0


# ---- composing -----------------------------------------------------------------------------------


def test_derivatives_of_derivatives():
    second = s2sgrad.grad(s2sgrad.grad(mutable))
    assert second(2.0) == 12.0
    assert s2sgrad.grad(second)(2) == 6.0
    assert s2sgrad.grad(s2sgrad.grad(line), "y")(0.5) == math.cos(0.5)
    assert s2sgrad.value_and_grad(s2sgrad.grad(mutable))(2.0) == (12.0, 12.0)


def test_derivative_of_what_is_no_number():
    with pytest.raises(TypeError, match="the derivative of loss returns an array"):
        s2sgrad.grad(s2sgrad.grad(loss))(np.ones(3), np.ones((2, 3)))
    with pytest.raises(TypeError, match="the derivative of line returns a tuple"):
        s2sgrad.grad(s2sgrad.grad(line, (0, 1)))(0.5)


def test_forward_over_reverse():
    w, x = np.array([1.0, 2.0]), np.array([[1.0, 3.0], [2.0, 1.0]])
    v = np.array([0.5, -1.0])
    value, along = s2sgrad.jvp(s2sgrad.grad(loss), (w, x), (v, None))
    np.testing.assert_allclose(value, 2 * x.T @ x @ w)
    np.testing.assert_allclose(along, 2 * x.T @ x @ v)


# ---- jvp -----------------------------------------------------------------------------------------


def test_jvp():
    assert s2sgrad.jvp(line, (0.5,), (1.0,)) == (line(0.5), math.cos(0.5) * 2.0)
    assert s2sgrad.jvp(line, (0.5, 2.0), (None, 1.0))[1] == math.sin(0.5)
    value, along = s2sgrad.jvp(vector, (np.arange(3.0),), (np.ones(3),))
    np.testing.assert_allclose(value, [0, 1, 4])
    np.testing.assert_allclose(along, [0, 2, 4])
    assert s2sgrad.jvp(pair_of, (2.0,), (1,)) == ((4.0, 2.0), (4.0, 1.0))


def test_jvp_of_arguments_that_stay():
    assert s2sgrad.jvp(in_list, ([2.0, 3.0], 1), ([1.0, 0.0], None)) == (12.0, 6.0)
    assert s2sgrad.jvp(mutable, (2,), (1,)) == (8.0, 12.0)
    assert s2sgrad.jvp(loss, (np.ones(2), np.ones((1, 2)), 2), (np.ones(2), None, 0))[1] == 8.0


@pytest.mark.parametrize(
    ("args", "tangents", "message"),
    [
        ((1.0,), (1.0, 2.0), "1 arguments, but 2 tangents"),
        ((1.0,), (None,), "no argument that is a real number has a tangent"),
        ((1.0,), (np.ones(3),), r"the tangent of x is an array of float64 with shape \(3,\)"),
        (("text",), (1.0,), "the argument x is a str"),
    ],
)
def test_tangents_that_do_not_fit(args, tangents, message):
    with pytest.raises(TypeError, match=message):
        s2sgrad.jvp(mutable, args, tangents)


# ---- objects -------------------------------------------------------------------------------------


def test_what_an_object_says_of_itself():
    derivative = s2sgrad.grad(line)
    assert derivative.__name__ == derivative.__qualname__ == "line_grad"
    assert derivative.__doc__ == "Derivative of line with respect to x."
    assert str(inspect.signature(derivative)) == "(x, y=2.0)"
    assert repr(derivative) == "<s2sgrad.grad of line, wrt=0>"
    both = s2sgrad.value_and_grad(line, (0, 1))
    assert both.__name__ == "line_value_and_grad"
    assert both.__doc__ == "Value of line, and its derivatives with respect to x, y."
    assert repr(both) == "<s2sgrad.value_and_grad of line, wrt=(0, 1)>"
    assert not hasattr(derivative, "__wrapped__")


def test_source():
    derivative = s2sgrad.grad(loss)
    general = derivative.source
    assert "def loss_grad(w, x, n=2, d_out=1.0):" in general
    derivative(np.ones(3), np.ones((2, 3)))
    assert derivative.source != general
    assert "unbroadcast" not in derivative.source
    html = s2sgrad.grad(lambda x: x if x < 1 else x * x)._repr_html_()
    assert html.startswith("<pre>")
    assert "&lt; 1" in html
    assert s2sgrad.grad(lambda x: {x})._repr_html_().startswith("<pre>&lt;s2sgrad.grad")


@pytest.mark.parametrize(
    "make", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))]
)
def test_copies(make):
    for original in (
        s2sgrad.grad(line, "y"),
        s2sgrad.value_and_grad(line, (0, 1)),
        s2sgrad.grad(s2sgrad.grad(line)),
    ):
        original(0.5)
        copied = make(original)
        assert copied(0.5) == original(0.5)
        assert repr(copied) == repr(original)


# ---- check_grads and central_difference ----------------------------------------------------------


def test_check_grads_finds_nothing():
    s2sgrad.check_grads(line, (0.5, 2.0), order=2)
    s2sgrad.check_grads(vector, (np.array([1.0, -2.0]),), order=3, modes=("forward",))
    s2sgrad.check_grads(pair_of, (2.0,), order=2, modes=["reverse"])
    s2sgrad.check_grads(in_list, ([2.0, 3.0], 1))
    s2sgrad.check_grads(loss, (np.ones(3, np.float32), np.ones((2, 3), np.float32)))
    s2sgrad.check_grads(s2sgrad.grad(line), (0.5, 2.0))
    s2sgrad.check_grads(Model(1.0).method, (0.5,))


def doubled(x):
    return 2.0 * x


def slope_is_wrong(x):
    return x * x


@pytest.fixture
def wrong_rules():
    s2sgrad.elementwise(doubled, lambda y, x: 3.0)
    s2sgrad.elementwise(slope_is_wrong, lambda y, x: doubled(x))
    yield
    del registry._rules[identity(doubled)], registry._rules[identity(slope_is_wrong)]


@pytest.mark.usefixtures("wrong_rules")
@pytest.mark.parametrize("mode", ["reverse", "forward"])
def test_check_grads_finds_what_is_wrong(mode):
    def f(x, y):
        return x * doubled(y)

    with pytest.raises(AssertionError, match=f"f: {mode} mode is wrong with respect to y. Along"):
        s2sgrad.check_grads(f, (1.0, 2.0), modes=(mode,))


@pytest.mark.usefixtures("wrong_rules")
def test_check_grads_finds_what_is_wrong_at_second_order():
    def f(x):
        return slope_is_wrong(x)

    s2sgrad.check_grads(f, (1.5,), order=1)
    with pytest.raises(AssertionError, match="the derivative of f in reverse mode: reverse mode"):
        s2sgrad.check_grads(f, (1.5,), order=2)


def test_check_grads_of_nothing():
    with pytest.raises(ValueError, match="no argument that is a float"):
        s2sgrad.check_grads(mutable, (1,))
    with pytest.raises(ValueError, match="modes are some of"):
        s2sgrad.check_grads(mutable, (1.0,), modes=("backward",))
    with pytest.raises(ValueError, match="order is 1 or more"):
        s2sgrad.check_grads(mutable, (1.0,), order=0)


def test_central_difference():
    assert s2sgrad.central_difference(line, 0.5) == pytest.approx(s2sgrad.grad(line)(0.5))


# ---- the package ---------------------------------------------------------------------------------


def test_exports():
    for name in s2sgrad.__all__:
        assert getattr(s2sgrad, name) is not None
        assert name in dir(s2sgrad)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = s2sgrad.nothing


def test_modules_and_functions_of_one_name():
    program = (
        "from s2sgrad.transform import derived\n"
        "import s2sgrad.tangent, s2sgrad.adjoint, sys, types\n"
        "for name in ('transform', 'tangent', 'adjoint'):\n"
        "    assert isinstance(getattr(s2sgrad, name), types.FunctionType), name\n"
        "    assert isinstance(sys.modules['s2sgrad.' + name], types.ModuleType), name\n"
        "from s2sgrad import transform\n"
        "assert transform is s2sgrad.transform\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True)


def test_importing_imports_nothing_else():
    program = "import sys, s2sgrad; assert 'numpy' not in sys.modules; s2sgrad.grad"
    subprocess.run([sys.executable, "-c", program], check=True)


# ---- rules of one's own --------------------------------------------------------------------------

FACTOR = 2 / math.sqrt(math.pi)


def bell(x):
    return np.exp(-x * x)


def first_times(a, b):
    out = np.empty(2)
    out[0], out[1] = float(a[0]) * b, b
    return out


def only_first(g, a):
    out = np.zeros(np.shape(a))
    out[0] = g
    return out


@pytest.fixture
def rules():
    """Rules of somebody else: of a C function, of another one that the rule calls, of Python code."""
    before = {key: list(table) for key, table in registry._rules.items()}
    s2sgrad.elementwise(special.erf, lambda y, x: FACTOR * bell(x), override=True)
    s2sgrad.elementwise(special.gammaln, lambda y, x: special.digamma(x), override=True)
    s2sgrad.elementwise(special.digamma, lambda y, x: special.polygamma(1, x), override=True)

    @s2sgrad.adjoint(first_times)
    def adjoint_rule(d, a, b):
        y = first_times(a, b)
        yield y
        d.a = only_first(d.y[0] * b, a)
        d.b = a[0] * d.y[0] + d.y[1]

    @s2sgrad.tangent(first_times)
    def tangent_rule(d, a, b):
        y = first_times(a, b)
        yield y
        d.y = np.stack([d.a[0] * b + a[0] * d.b, d.b])

    yield
    registry._rules.clear()
    registry._rules.update(before)


def of_c_functions(x):
    return np.sum(special.erf(x) * x) + special.gammaln(2.0 + x[0])


def of_python_functions(a, b):
    return np.sum(np.sin(first_times(a, b)))


@pytest.mark.usefixtures("rules")
def test_rules_of_functions_without_source():
    x = np.array([0.3, -0.4])
    s2sgrad.check_grads(of_c_functions, (x,), order=2)
    text = s2sgrad.transform(of_c_functions, like=(x,)).source
    assert "FACTOR * bell(x)" in text
    assert "special.digamma(" in text
    written = s2sgrad.transform(of_c_functions)
    np.testing.assert_allclose(written(x), s2sgrad.grad(of_c_functions)(x))


@pytest.mark.usefixtures("rules")
def test_rules_of_python_functions():
    s2sgrad.check_grads(of_python_functions, (np.array([0.3, -0.4]), 0.7), order=2)
    assert "only_first(" in s2sgrad.transform(of_python_functions).source


@pytest.mark.usefixtures("rules")
def test_names_of_rules_are_imported_where_the_text_is_written(tmp_path, monkeypatch):
    (tmp_path / "their_rules.py").write_text(
        "import numpy as np\n"
        "import s2sgrad\n"
        "from scipy.special import expit\n\n"
        "SCALE = 1.0\n\n\n"
        "def slope(y):\n    return y * (1 - y)\n\n\n"
        "s2sgrad.elementwise(expit, lambda y, x: SCALE * slope(y), override=True)\n",
        encoding="utf-8",
    )
    (tmp_path / "their_model.py").write_text(
        "from scipy.special import expit\n\n\ndef f(x: float):\n    return expit(x) * x\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.import_module("their_rules")
    model = importlib.import_module("their_model")
    text = derive(parse(model.f), None, None, "gradient").text
    assert "from their_rules import SCALE, slope\n" in text
    space = {}
    exec(compile(text, "<written>", "exec"), space)
    assert space["f_grad"](0.5) == s2sgrad.grad(model.f)(0.5)
    assert s2sgrad.grad(model.f)(0.5) == pytest.approx(s2sgrad.central_difference(model.f, 0.5))


def test_a_function_without_a_rule_is_refused():
    def f(x):
        return special.erf(x) if not registry.lookup(special.erf) else special.airy(x)[0]

    with pytest.raises(s2sgrad.TransformError, match="has no derivative rule"):
        s2sgrad.grad(f)(0.5)


def test_annotations_that_are_no_types():
    def listed(x: [float]):
        return x * x

    def strange(x: {a: 1}, y: np.zeros(2) = 1.0):  # noqa: F821
        return x * x * y

    for function in (listed, strange):
        assert s2sgrad.grad(function)(2.0) == 4.0
        assert s2sgrad.transform(function, "x", like=(2.0,))(2.0) == 4.0


def replaced_default(x, n=2):
    return x**n


replaced_default.__defaults__ = (3,)


def calls_with_a_replaced_default(x):
    return replaced_default(x)


def test_defaults_that_were_replaced():
    assert s2sgrad.grad(replaced_default)(2.0) == 12.0
    assert s2sgrad.grad(calls_with_a_replaced_default)(2.0) == 12.0


def twice(function):
    @functools.wraps(function)
    def wrapped(*args, **options):
        return 2 * function(*args, **options)

    return wrapped


@twice
def decorated(x, y=1.0):
    return x**2 * y


def test_functions_with_the_names_of_others_are_refused_as_what_they_are():
    with pytest.raises(TransformError, match="unpacking arguments"):
        s2sgrad.grad(decorated)(2.0)


@dataclass
class Weights:
    w: np.ndarray
    b: float


@pytest.mark.parametrize(
    ("argument", "tangent", "message"),
    [
        ([1.0, 2.0], [1.0, 1.0, 5.0], "the tangent of p is a list with 0, 1, 2, but p is a list"),
        (
            Weights(np.ones(2), 3.0),
            Weights(np.ones((2, 1)), 0.5),
            r"the tangent of p\.w is .*\(2, 1\)",
        ),
        (Weights(np.ones(2), 3.0), Weights(1.0, 0.5), r"the tangent of p\.w is a float"),
        (Weights(np.ones(2), 3.0), Weights(np.ones(2), None), r"the tangent of p\.b is None"),
        (Weights(np.ones(2), 3.0), {"w": np.ones(2), "b": 1.0}, "the tangent of p is a dict"),
        ({"w": 2.0, "b": 3.0}, {"w": 1.0}, "the tangent of p is a dict with 'w', but p is a dict"),
        ({"w": 2.0, "b": 3.0}, 1.0, "the tangent of p is a float, but p is a dict"),
        (2.0, 1j, "the tangent of p is a complex"),
    ],
)
def test_tangents_of_containers_that_do_not_fit(argument, tangent, message):
    with pytest.raises(TypeError, match=message):
        s2sgrad.jvp(lambda p: p, (argument,), (tangent,))


class Defaults:
    """It has no attributes, and answers every name."""

    __slots__ = ("v",)

    def __init__(self, v):
        self.v = v

    def __getattr__(self, name):
        return 5.0


def test_objects_that_answer_every_name():
    assert s2sgrad.grad(lambda p, x: x * 3, 1)(Defaults(2.0), 2.0) == 3.0
