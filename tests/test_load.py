"""Texts as functions that see the user's names, can be inspected, and say where errors belong."""

from __future__ import annotations

import inspect
import linecache
import traceback

import pytest

from s2sgrad.load import load
from s2sgrad.parse import parse

SCALE = 3.0
CHANGED = 1.0

TEXT = '''"""Derivative of f."""

import math


def f_grad(x, w=(), d_out=1.0):
    """Derivative of f with respect to x."""
    z = SCALE * factor
    return helper(z) * math.sqrt(x) * d_out


def helper(z):
    """One helper."""
    return z + CHANGED
'''


def made():
    factor = 2.0
    weights = [1]

    def f(x, w=weights):
        return x * SCALE * factor

    def change(value):
        nonlocal factor
        factor = value

    return f, change


def test_globals_and_closure_cells_are_live(monkeypatch):
    f, change = made()
    before = set(globals())
    f_grad = load(TEXT, "f_grad", parse(f).namespace)
    assert f_grad(4.0) == 14.0
    change(1.0)
    assert f_grad(4.0) == 8.0
    monkeypatch.setitem(globals(), "CHANGED", 5.0)
    assert f_grad(4.0) == 16.0
    assert set(globals()) == before
    assert f_grad.__module__ == __name__
    assert not hasattr(f_grad, "__wrapped__")


def test_it_can_be_inspected_like_any_function():
    f_grad = load(TEXT, "f_grad", parse(made()[0]).namespace)
    assert f_grad.source == TEXT
    linecache.checkcache()
    assert inspect.getsource(f_grad).startswith("def f_grad(x, w=(), d_out=1.0):\n")
    assert inspect.getdoc(f_grad) == "Derivative of f with respect to x."
    assert str(inspect.signature(f_grad)) == "(x, w=(), d_out=1.0)"
    assert f_grad.__qualname__ == f_grad.__name__ == "f_grad"
    assert f_grad.__code__.co_filename.startswith("<s2sgrad f_grad ")


def test_the_file_name_depends_on_nothing_but_the_text():
    first = load(TEXT, "f_grad", parse(made()[0]).namespace)
    second = load(TEXT, "f_grad", parse(made()[0]).namespace)
    other = load(TEXT + "\n", "f_grad", parse(made()[0]).namespace)
    assert first.__code__.co_filename == second.__code__.co_filename != other.__code__.co_filename


def test_defaults_are_the_objects_of_the_user():
    f, _ = made()
    source = parse(f)
    f_grad = load(TEXT, "f_grad", source.namespace, defaults=source.defaults)
    assert f_grad.__defaults__[0] is f.__defaults__[0]
    assert f_grad.__defaults__[1] == 1.0


def test_objects_can_be_bound_whatever_the_globals_say():
    function = load("def f(x):\n    return x + SCALE\n", "f", {"SCALE": 1}, bound={"SCALE": 10})
    assert function(1) == 11


def test_a_dictionary_is_used_as_it_is_and_other_mappings_by_value():
    names = {"k": 2}
    function = load("def f(x):\n    return k * x\n", "f", names)
    names["k"] = 3
    assert function(1) == 3
    assert set(names) == {"k"}


def test_future_imports_and_recursion():
    text = "from __future__ import annotations\n\n\ndef f(x: Nothing):\n    return 1 if x < 1 else x * f(x - 1)\n"
    assert load(text, "f")(5) == 120


def test_a_class_can_be_loaded():
    text = "class Sine:\n    @staticmethod\n    def forward(ctx, x):\n        return x / 0\n"
    sine = load(text, "Sine", notes={4: "model.py:2: return x / 0"})
    assert sine.source == text
    with pytest.raises(ZeroDivisionError) as caught:
        sine.forward(None, 1)
    assert caught.value.__notes__ == ["in the derivative of model.py:2: return x / 0"]


def test_errors_carry_the_line_of_the_user():
    f_grad = load(
        TEXT,
        "f_grad",
        parse(made()[0]).namespace,
        notes={9: "model.py:3: return x * SCALE * factor"},
    )
    with pytest.raises(ValueError, match="math domain error") as caught:
        f_grad(-1.0)
    shown = traceback.format_exception(caught.value)
    assert shown[-1] == "in the derivative of model.py:3: return x * SCALE * factor\n"
    assert "    return helper(z) * math.sqrt(x) * d_out\n" in "".join(shown)
    frames = traceback.extract_tb(caught.value.__traceback__)
    assert [frame.name for frame in frames] == ["test_errors_carry_the_line_of_the_user", "f_grad"]
    assert frames[-1].lineno == 9
    assert f_grad(4.0) == 14.0


def test_each_function_on_the_way_tells_its_line():
    text = "def f(x):\n    return g(x)\n\n\ndef g(x):\n    return 1 / x\n"
    f = load(text, "f", notes={2: "m.py:1: a", 6: "m.py:9: b"})
    with pytest.raises(ZeroDivisionError) as caught:
        f(0)
    assert caught.value.__notes__ == [
        "in the derivative of m.py:9: b",
        "in the derivative of m.py:1: a",
    ]


def test_what_was_loaded_can_be_parsed_again():
    f_grad = load(TEXT, "f_grad", parse(made()[0]).namespace, notes={9: "somewhere"})
    source = parse(f_grad)
    assert source.name == "f_grad"
    assert source.free == ("factor",)
    assert source.namespace["factor"] == 2.0
    assert source.namespace["SCALE"] == 3.0
    assert source.namespace["helper"](1) == 2.0
    assert parse(source.namespace["helper"]).name == "helper"


def test_it_pickles_by_value():
    cloudpickle = pytest.importorskip("cloudpickle")
    function = load("import math\n\n\ndef f(x):\n    return math.exp(x)\n", "f")
    again = cloudpickle.loads(cloudpickle.dumps(function))
    assert again(0.0) == 1.0
    assert again.source == function.source
