"""Functions as trees: live ones of every kind, and what is refused of them."""

from __future__ import annotations

import enum
import functools
import importlib.util
import linecache
import math
import os
import sys
import time
import types
from pathlib import Path

import gast
import numpy as np
import pytest

from s2sgrad.errors import TransformError
from s2sgrad.parse import MISSING, Source, parse, resolve

RATE = 2.0


def text_of(source: Source) -> str:
    return gast.unparse(source.tree).strip()


def plain(x: float, n: "int" = 3, *, scale=RATE) -> float:  # noqa: UP037
    return scale * x**n


def imported(tmp_path: Path, text: str, name: str = "written_module") -> types.ModuleType:
    """A module of its own with a text."""
    path = tmp_path / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    sys.modules.pop(name, None)
    importlib.invalidate_caches()
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def _forget_modules():
    yield
    sys.modules.pop("written_module", None)


def test_a_function_with_its_place_defaults_and_annotations():
    source = parse(plain)
    assert source.name == "plain"
    assert source.tree.lineno == plain.__code__.co_firstlineno
    assert source.lines[source.tree.lineno - 1].startswith("def plain")
    assert source.defaults == {"n": 3, "scale": 2.0}
    assert source.annotations == {"x": float, "n": int, "return": float}
    assert source.module == __name__
    assert source.receiver is MISSING
    assert source.free == ()
    assert source.namespace["RATE"] == RATE
    assert source.namespace["len"] is len
    assert "nothing of that name" not in source.namespace


def test_annotations_that_are_strings_are_resolved(tmp_path):
    module = imported(
        tmp_path,
        "from __future__ import annotations\nimport numpy as np\n"
        "def f(x: np.ndarray, y: 'float', z: Undefined): return x\n",
    )
    assert parse(module.f).annotations == {"x": np.ndarray, "y": float, "z": "Undefined"}


def test_the_namespace_is_live():
    def f(x):
        return x * factor

    factor = 2
    source = parse(f)
    assert source.free == ("factor",)
    assert source.namespace["factor"] == 2
    factor = 5
    assert source.namespace["factor"] == 5


def test_a_variable_that_is_not_yet_bound_has_no_meaning():
    def f(x):
        return x * later

    assert "later" not in parse(f).namespace
    later = 1
    assert parse(f).namespace["later"] == later


def test_lambdas_on_one_line_are_told_apart():
    functions = [lambda x: x, lambda x: 2 * x, lambda x: lambda y: x * y, lambda x: x]
    assert [text_of(parse(f)) for f in functions] == [
        "def lambda_(x):\n    return x",
        "def lambda_(x):\n    return 2 * x",
        "def lambda_(x):\n    return lambda y: x * y",
        "def lambda_(x):\n    return x",
    ]
    assert text_of(parse(functions[2](3))) == "def lambda_(y):\n    return x * y"
    columns = [parse(f).origin(parse(f).tree).column for f in functions]
    assert columns == sorted(set(columns))


class Model:
    """A class with methods of all kinds."""

    weight = 3.0

    def __init__(self) -> None:
        self.__hidden = 1.0

    def apply(self, x):
        return self.__hidden * x

    @staticmethod
    def double(x):
        return 2 * x

    @classmethod
    def make(cls, x):
        return cls.weight * x

    def __call__(self, x):
        return x

    @property
    def size(self):
        raise AssertionError("a property was run")


def test_methods_know_their_receiver_and_private_names():
    model = Model()
    bound = parse(model.apply)
    assert bound.receiver is model
    assert text_of(bound) == "def apply(self, x):\n    return self._Model__hidden * x"
    assert parse(Model.apply).receiver is MISSING
    assert parse(Model.double).name == "double"
    assert parse(Model.make).receiver is Model
    assert parse(model).receiver is model
    assert parse(model).name == "__call__"


def test_decorators_are_left_out():
    def same(function):
        return function

    @same
    @same
    def f(x):
        return x

    assert parse(f).tree.decorator_list == []
    assert text_of(parse(f)) == "def f(x):\n    return x"


def test_columns_are_those_of_the_file_in_characters():
    def f(x):
        é = "数"
        return x + bad(é)  # noqa: F821  (it is named, never called)

    source = parse(f)
    call = source.tree.body[1].value.right
    found = source.finding(call, "no", "yes")
    line = source.lines[found.line - 1]
    assert line[found.column : found.end_column] == "bad(é)"
    assert found.source_line == line


def test_text_that_was_run_with_exec_and_registered():
    text = "def f(x):\n    return x * k\n"
    linecache.cache["<made here>"] = (
        len(text),
        None,
        text.splitlines(keepends=True),
        "<made here>",
    )
    namespace: dict[str, object] = {"k": 4}
    exec(compile(text, "<made here>", "exec"), namespace)
    source = parse(namespace["f"])
    assert source.filename == "<made here>"
    assert text_of(source) == "def f(x):\n    return x * k"
    assert source.namespace["k"] == 4
    assert source.module is None


def refusal(function: object) -> str:
    with pytest.raises(TransformError) as caught:
        parse(function)
    return str(caught.value)


def test_what_is_not_a_python_function_is_refused_by_name():
    assert refusal(math.sin) == (
        "sin: math.sin is not written in Python, so there is no source to differentiate\n"
        "   Write a Python function that calls it."
    )
    assert "numpy.sum is not written in Python" in refusal(np.sum)
    assert "is a class, not a function" in refusal(Model)
    assert "plain.__wrapped__" in refusal(functools.lru_cache(plain))
    assert "can't be called" in refusal(3.0)
    assert "of type partial is not written in Python" in refusal(functools.partial(plain))


def test_a_function_typed_at_a_prompt_is_refused():
    namespace: dict[str, object] = {}
    exec("def f(x): return x", namespace)
    assert "can't be found (it says that it is in <string>)" in refusal(namespace["f"])


def test_the_text_of_another_function_is_not_taken(monkeypatch):
    """From Python 3.13 on `python -c` registers its text as that of <string>, where what exec made is, too."""
    text = "def f(x): return x * x\n"
    monkeypatch.setitem(
        linecache.cache, "<string>", (len(text), None, text.splitlines(keepends=True), "<string>")
    )
    own: dict[str, object] = {}
    exec(text, own)
    assert text_of(parse(own["f"])) == "def f(x):\n    return x * x"
    other: dict[str, object] = {}
    exec("def f(x): return x * x * x", other)
    assert "can't be found (it says that it is in <string>)" in refusal(other["f"])


def test_generators_and_coroutines_are_refused_where_they_are():
    def generator(x):
        y = yield x

    async def coroutine(x):
        return x

    text = refusal(generator)
    assert "a generator can't be differentiated\n        y = yield x\n            ^^^^^^^\n" in text
    assert "an async function can't be differentiated\n        async def coroutine(x):" in refusal(
        coroutine
    )
    assert text_of(parse(lambda x: [y for y in (z for z in x)])).startswith("def lambda_")  # noqa: C416


def test_an_expression_that_is_nested_too_deeply_is_refused(tmp_path):
    module = imported(tmp_path, f"def f(x):\n    return {' + '.join(['x'] * 800)}\n")
    assert "nested too deeply" in refusal(module.f)


def edited(path: Path, text: str) -> None:
    """Write another text, with another time of change."""
    path.write_text(text, encoding="utf-8")
    later = time.time() + 10
    os.utime(path, (later, later))


BEFORE = "def f(x):\n    return 2 * x\n\n\ndef g(x):\n    return x\n"


@pytest.mark.parametrize(
    "after",
    [
        BEFORE.replace("2 * x", "3 * x"),
        BEFORE.replace("2 * x", "2 + x"),
        BEFORE.replace("2 * x", "2.0 * x"),
        BEFORE.replace("2 * x", "2 * x + x"),
        BEFORE.replace("def f", "def other"),
        "def f(x:\n",
        "",
    ],
)
def test_a_file_that_has_changed_since_is_refused(tmp_path, after):
    module = imported(tmp_path, BEFORE)
    assert parse(module.f).name == "f"
    edited(Path(module.__file__), after)
    message = refusal(module.f)
    assert "has changed since" in message or "can't be found" in message


def test_a_function_that_only_moved_in_its_file_is_found(tmp_path):
    module = imported(tmp_path, BEFORE)
    edited(
        Path(module.__file__),
        "import math\n\n\ndef g(x):\n    return 5\n\n\n"
        + BEFORE.split("\n\n\n", maxsplit=1)[0]
        + "\n",
    )
    source = parse(module.f)
    assert text_of(source) == "def f(x):\n    return 2 * x"
    assert source.tree.lineno == 8


def asserting(x):
    """pytest compiles this module from a tree of its own."""
    assert x > 0, "positive"
    return x


def test_a_rewritten_module_is_not_taken_for_a_changed_one():
    assert text_of(parse(asserting)).endswith("return x")


class Colour(enum.Enum):
    """For resolve."""

    RED = 1


def resolved(text: str, **names: object) -> object:
    return resolve(gast.parse(text, mode="eval").body, names)


def test_dotted_names_are_resolved_without_running_code():
    assert resolved("np.linalg.solve", np=np) is np.linalg.solve
    assert resolved("np.add.at", np=np) == np.add.at
    assert resolved("Model.weight", Model=Model) == 3.0
    assert resolved("Model.double", Model=Model) is Model.double
    assert resolved("Model.make", Model=Model) == Model.make
    assert resolved("Model.size", Model=Model) is MISSING
    assert resolved("Colour.RED", Colour=Colour) is Colour.RED
    assert resolved("model.size", model=Model()) is MISSING
    assert resolved("model.weight", model=Model()) is MISSING
    assert resolved("np.nothing", np=np) is MISSING
    assert resolved("nothing") is MISSING
    assert resolved("f(x).y", f=len) is MISSING
