"""Functions of files that are read and never run."""

from __future__ import annotations

import math
from pathlib import Path

import gast
import numpy as np
import pytest

from s2sgrad.errors import TransformError
from s2sgrad.parse import MISSING, Source, resolve
from s2sgrad.static import Unknown, read

TEXT = '''
from __future__ import annotations
raise SystemExit("this file was run")
import math, sys
import numpy as np, numpy.linalg as la
from numpy import sin as s, random
import numpy.fft
from collections.abc import Sequence
import other
from other import thing as borrowed
from . import sibling
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from numpy import ndarray
try:
    import cupy_that_is_not_there as xp
except ImportError:
    import numpy as xp
try:
    import numpy as nx
except ImportError:
    nx = None
if sys.platform == "strange":
    WHERE = 1
else:
    WHERE = 2
SIZE = 3 * 4**2
HALF_LOG = 0.5 * np.log(2 * np.pi)
NAMES = ("a", "b")
TABLE = [1.0, -2.0]
MATRIX = np.array([[1.0, 2.0]])
HUGE = 10 ** 10 ** 10
RUN = open("nothing").read()
A, B = 1, 2
A = 3
TYPED: float = 1.5
count = 0
alias = None
def f(x: float, n: "int" = SIZE, *, k: Float[Array, "n m"] = RUN) -> np.ndarray:
    """Doc."""
    return s(x) * g(x) + SIZE
def g(x):
    return la.solve(x, x)
h = g
square = lambda x: x * x
def counting(x):
    global count
    count += 1
    return x
@decorated(1)
def changed(x):
    return x
def items(x):
    yield x
def itself(x):
    return itself(x - 1)
loop = loop
class C:
    def method(self, x):
        return self.__w * x
    @staticmethod
    def plain(x):
        return x
    @property
    def size(self):
        return 1
def outer(x):
    def inner(y):
        return y
    return inner(x)
'''


@pytest.fixture
def path(tmp_path) -> Path:
    path = tmp_path / "model.py"
    path.write_text(TEXT, encoding="utf-8")
    return path


def text_of(source: object) -> str:
    assert isinstance(source, Source)
    return gast.unparse(source.tree).strip()


def test_a_function_and_what_its_names_mean(path):
    source = read(path, "f")
    assert source.name == "f"
    assert source.lines[source.tree.lineno - 1].startswith("def f(")
    assert source.module == "model"
    assert source.free == ()
    assert source.receiver is MISSING
    assert source.annotations == {
        "x": float,
        "n": int,
        "k": "Float[Array, 'n m']",
        "return": np.ndarray,
    }
    assert source.defaults["n"] == 48
    assert isinstance(source.defaults["k"], Unknown)


def test_imports_of_known_modules_are_the_real_objects(path):
    names = read(path, "f").namespace
    assert names["math"] is math
    assert names["np"] is np
    assert names["numpy"] is np
    assert names["la"] is np.linalg
    assert names["s"] is np.sin
    assert names["random"] is np.random
    assert names["xp"] is np
    assert names["nx"] is np
    assert names["ndarray"] is np.ndarray
    assert names["len"] is len


def test_constants_are_evaluated_without_eval(path):
    names = read(path, "f").namespace
    assert names["SIZE"] == 48
    assert names["HALF_LOG"] == pytest.approx(0.5 * math.log(2 * math.pi))
    assert names["NAMES"] == ("a", "b")
    assert names["TABLE"] == [1.0, -2.0]
    np.testing.assert_array_equal(names["MATRIX"], [[1.0, 2.0]])
    assert (names["A"], names["B"], names["TYPED"], names["alias"]) == (3, 2, 1.5, None)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("other", "isn't read"),
        ("borrowed", "isn't read"),
        ("sibling", "isn't read"),
        ("WHERE", "which of its definitions counts"),
        ("HUGE", "only known when the file runs"),
        ("RUN", "only known when the file runs"),
        ("count", "assigns it (global)"),
        ("C", "a class of the file"),
        ("changed", "isn't known what @decorated makes of changed"),
        ("items", "a generator"),
        ("loop", "defined by itself"),
    ],
)
def test_everything_else_is_unknown_with_a_reason(path, name, reason):
    found = read(path, "f").namespace[name]
    assert isinstance(found, Unknown)
    assert reason in found.reason


def test_functions_of_the_file_are_sources_also_by_other_names(path):
    source = read(path, "f")
    assert text_of(source.namespace["g"]) == "def g(x):\n    return la.solve(x, x)"
    assert source.namespace["h"] is source.namespace["g"]
    assert read(path, "h").name == "g"
    assert text_of(read(path, "square")) == "def square(x):\n    return x * x"
    recursive = read(path, "itself")
    assert recursive.namespace["itself"] is recursive
    assert "nothing of that name" not in source.namespace


def test_methods(path):
    assert text_of(read(path, "C.method")) == "def method(self, x):\n    return self._C__w * x"
    assert read(path, "C.plain").name == "plain"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nothing", "there is no function nothing\n   The file has: f, g, counting,"),
        ("SIZE", "there is no function SIZE"),
        ("C", "isn't known what C is"),
        ("C.nothing", "there is no function C.nothing"),
        (
            "C.size",
            "isn't known what @property makes of size\n        @property\n         ^^^^^^^^\n",
        ),
        ("outer.inner", "outer.inner is inside another function\n   Move inner to the top level"),
        ("changed", "isn't known what @decorated makes of changed\n        @decorated(1)\n"),
        ("items", "a generator can't be differentiated\n        yield x\n        ^^^^^^^"),
    ],
)
def test_what_cannot_be_read_is_refused(path, name, message):
    with pytest.raises(TransformError) as caught:
        read(path, name)
    assert message in str(caught.value)


def test_files_that_are_not_there_or_not_python(tmp_path):
    with pytest.raises(TransformError, match=r"absent\.py: can't be read"):
        read(tmp_path / "absent.py", "f")
    broken = tmp_path / "broken.py"
    broken.write_text("def f(x):\n    return x +\n", encoding="utf-8")
    with pytest.raises(TransformError) as caught:
        read(broken, "f")
    assert "broken.py:2:" in str(caught.value)
    assert "the file is not Python: invalid syntax\n        return x +\n" in str(caught.value)


def test_a_module_in_a_package_has_its_whole_name(tmp_path):
    package = tmp_path / "pack" / "inner"
    package.mkdir(parents=True)
    for folder in (tmp_path / "pack", package):
        (folder / "__init__.py").write_text("", encoding="utf-8")
    (package / "m.py").write_text("def f(x): return x\n", encoding="utf-8")
    assert read(package / "m.py", "f").module == "pack.inner.m"


def test_names_of_a_star_import(tmp_path):
    path = tmp_path / "stars.py"
    path.write_text(
        "from numpy import *\nfrom elsewhere import *\ndef f(x): return sin(x)\n", encoding="utf-8"
    )
    names = read(path, "f").namespace
    assert names["sin"] is np.sin
    assert names["len"] is len
    assert isinstance(names["unheard_of"], Unknown)


def test_an_encoding_that_is_declared(tmp_path):
    path = tmp_path / "latin.py"
    path.write_bytes("# coding: latin-1\ndef f(x):\n    é = x; return bad(é)\n".encode("latin-1"))
    source = read(path, "f")
    found = source.finding(source.tree.body[1].value, "no")
    assert found.source_line[found.column : found.end_column] == "bad(é)"


# ---- files beside the file -----------------------------------------------------------------------


@pytest.fixture
def package(tmp_path) -> Path:
    """A package with a module that imports others, absolutely and relatively."""
    texts = {
        "pack/__init__.py": "from .core import core as central\nVERSION = 3\n",
        "pack/core.py": "RATE = 0.5\nfrom .model import f\ndef core(x):\n    return RATE * x\n",
        "pack/deep/__init__.py": "",
        "pack/deep/leaf.py": "from ..core import RATE\n_hidden = 1\ndef leaf(x): return RATE * x\n",
        "pack/broken.py": "def (\n",
        "tools.py": "raise SystemExit('this file was run')\nTWO = 2\ndef tool(x): return TWO * x\n",
        "pack/model.py": (
            "import tools, pack.core as c, pack.deep.leaf\n"
            "import tools as t\n"
            "from tools import tool, TWO as two, missing\n"
            "from . import core, VERSION, central, nothing\n"
            "from .deep.leaf import *\n"
            "from .deep import leaf\n"
            "from .deep.leaf import leaf as last\n"
            "from .broken import b\n"
            "def f(x): return x\n"
        ),
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_what_is_imported_from_files_beside_it(package):
    source = read(package / "pack" / "model.py", "f")
    names = source.namespace
    assert names["tool"].name == "tool"
    assert names["tool"].module == "tools"
    assert names["tool"].namespace["TWO"] == 2
    assert (names["two"], names["VERSION"], names["RATE"]) == (2, 3, 0.5)
    assert names["central"].module == "pack.core"
    assert names["last"].module == "pack.deep.leaf"
    assert "_hidden" not in names
    assert names["missing"].reason == "tools doesn't define missing"
    assert names["nothing"].reason == ". doesn't define nothing"
    assert isinstance(names["b"], Unknown)


def test_modules_that_are_read_have_their_names(package):
    names = read(package / "pack" / "model.py", "f").namespace
    for text, module in [("t.tool", "tools"), ("c.core", "pack.core"), ("core.core", "pack.core")]:
        found = resolve(gast.parse(text, mode="eval").body, names)
        assert isinstance(found, Source)
        assert found.module == module
    found = resolve(gast.parse("leaf.leaf", mode="eval").body, names)
    assert isinstance(found, Source)
    assert isinstance(names["pack"], Unknown)


def test_files_that_import_each_other_are_read_once(package):
    model = read(package / "pack" / "model.py", "f")
    core = model.namespace["central"]
    assert core.namespace["f"] is model.namespace["f"]
