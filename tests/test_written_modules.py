"""Modules that `s2sgrad generate` writes: they run where there is no s2sgrad, and compute the same.

Nothing of a user's text ever becomes code: comments, docstrings, names, strings with newlines.
"""

from __future__ import annotations

import ast
import importlib
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from s2sgrad.command_line import main
from s2sgrad.transform import transform

MODEL = '''"""Oscillations of a membrane."""
# import os; os.abort()
import math
from functools import reduce

import numpy as np
from numpy import exp as e

import tools
from tools import squash

RATE = 1.5
SCALE = 2.0 * math.pi
TABLE = np.array([0.5, 1.5, -1.0])
NAMES = ("membrane", "rod\\nimport os")


def wave(t, by=0.5):
    """A helper in the same file."""
    return math.sin(by * t) + RATE


def scalars(x: float, y: float):
    """Uses constants, a helper twice, and an effect."""
    assert x > 0, f"{NAMES[0]}: x is {x:.2f}\\nand not positive"
    return wave(x, by=SCALE) * y + SCALE * wave(y)


def arrays(x: np.ndarray, k: float = SCALE):
    """Uses a helper of another module, which has a constant of the same name as this one."""
    y = squash(x) * TABLE + e(-k * x)
    return np.sum(y * y) * RATE


def both(x: float, n: int):
    """Uses a whole module of the user's."""
    for _ in range(n):
        x = tools.cube(x) / 3
    return x


def effects(x: float):
    """A helper that carries no derivative is imported and called."""
    tools.record(3)
    return x * x * tools.size("abc")
'''
TOOLS = '''"""Helpers."""
import numpy as np

RATE = 0.7
RECORD = []


def squash(z):
    return 1 / (1 + np.exp(-RATE * z))


def cube(z):
    return z * z * z


def size(text):
    return float(len(text))


def record(what):
    RECORD.append(what)
'''
# What a subprocess runs: s2sgrad can't be imported in it, nor anything that it needs.
RUN = """
import importlib, json, sys
import numpy as np

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"s2sgrad", "gast", "astor"}:
            raise ImportError(f"{name} is imported")

sys.meta_path.insert(0, Blocked())
module = importlib.import_module(sys.argv[1])
results = []
for name, args in json.loads(sys.argv[2]):
    args = [np.array(a) if isinstance(a, list) else a for a in args]
    found = getattr(module, name)(*args)
    found = found if isinstance(found, tuple) else (found,)
    results.append([np.asarray(part).tolist() for part in found])
print(json.dumps(results))
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "model.py").write_text(MODEL, encoding="utf-8")
    (tmp_path / "tools.py").write_text(TOOLS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield tmp_path
    for name in ("model", "tools"):
        sys.modules.pop(name, None)


def written(*functions, options=()):
    """The name of a module of derivatives, written by the command."""
    name = f"written_{len(list(Path().glob('written_*')))}"
    command = ["generate", f"model.py:{functions[0]}", *functions[1:], "-o", f"{name}.py"]
    assert main([*command, *options]) == 0
    assert main([*command, *options, "--check"]) == 0
    return name


def run(module, calls):
    """The results of calls of a written module's functions, in a process without s2sgrad."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-B", "-c", RUN, module, json.dumps(calls)],
        env={**os.environ, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def in_memory(function, args, form="gradient"):
    made = transform(getattr(importlib.import_module("model"), function), form=form)
    args = [np.array(a) if isinstance(a, list) else a for a in args]
    found = made(*args)
    found = found if isinstance(found, tuple) else (found,)
    return [np.asarray(part).tolist() for part in found]


CALLS = [
    ("scalars", [0.7, -0.4]),
    ("arrays", [[0.3, -1.2, 0.8], 1.7]),
    ("both", [0.7, 3]),
    ("effects", [0.7]),
]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("function", "args"), CALLS, ids=[name for name, _ in CALLS])
def test_a_written_module_computes_what_is_computed_in_memory(function, args):
    found = run(written(function), [(f"{function}_grad", args)])
    assert found == [in_memory(function, args)]


@pytest.mark.usefixtures("folder")
def test_several_functions_in_one_module():
    module = written(*(name for name, _ in CALLS))
    found = run(module, [(f"{name}_grad", args) for name, args in CALLS])
    assert found == [in_memory(name, args) for name, args in CALLS]


@pytest.mark.usefixtures("folder")
def test_forward_mode():
    module = written("scalars", options=["--form", "tangent"])
    args = [0.7, -0.4, 1.0, 0.5]
    assert run(module, [("scalars_tangent", args)]) == [in_memory("scalars", args, "tangent")]


@pytest.mark.usefixtures("folder")
def test_a_module_imports_only_what_it_needs():
    """Nothing of s2sgrad; of the user's modules only names that are read."""
    text = Path(f"{written('arrays')}.py").read_text(encoding="utf-8")
    tree = ast.parse(text)
    imported = {
        (getattr(node, "module", None), alias.name, alias.asname)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    origins = {module or name for module, name, _ in imported}
    assert origins <= {"numpy", "model", "tools"}
    rates = {(module, asname or name) for module, name, asname in imported if name == "RATE"}
    assert {module for module, _ in rates} == {"model", "tools"}
    assert len({name for _, name in rates}) == 2
    assert "TABLE" in {name for _, name, _ in imported}
    assert "SCALE" in {name for _, name, _ in imported}


@pytest.mark.usefixtures("folder")
def test_constants_are_read_where_they_are():
    """What is changed in the user's module is seen when the written one is imported."""
    module = written("scalars")
    before = run(module, [("scalars_grad", [0.7, -0.4])])
    text = MODEL.replace("SCALE = 2.0 * math.pi", "SCALE = 3.0")
    Path("model.py").write_text(text, encoding="utf-8")
    after = run(module, [("scalars_grad", [0.7, -0.4])])
    assert after != before
    assert after == [in_memory("scalars", [0.7, -0.4])]


@pytest.mark.usefixtures("folder")
def test_ruff_has_nothing_to_say():
    names = [written(name) for name, _ in CALLS] + [written(*(name for name, _ in CALLS))]
    for command in (["check"], ["format", "--diff"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache"]
            + [f"{name}.py" for name in names],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.usefixtures("folder")
def test_a_helper_of_another_module_that_changes_makes_the_module_stale(capsys):
    module = written("arrays")
    Path("tools.py").write_text(TOOLS.replace("1 / (1 +", "2 / (1 +"), encoding="utf-8")
    assert main(["generate", "model.py:arrays", "-o", f"{module}.py", "--check"]) == 1
    assert capsys.readouterr().err.endswith("what arrays of model.py uses has changed\n")


# ---- text never becomes code ---------------------------------------------------------------------

EVIL = "import os; os.abort()"
TEXTS = {
    "a comment": f"def f(x: float):\n    # {EVIL}\n    return x * x  # {EVIL}\n",
    "a docstring": f'def f(x: float):\n    """Doc.\n\n{EVIL}\n    """\n    return x * x\n',
    "a string with newlines": (
        "import math\n\n"
        "def f(x: float):\n"
        f'    y = math.sin(x) if "\\n{EVIL}\\n" else x\n'
        "    return y * y\n"
    ),
    "a string in three quotes": (
        "def f(x: float):\n"
        f'    name = """\n{EVIL}\n    {EVIL}\n"""\n'
        "    y = x * len(name)\n"
        "    return y * y\n"
    ),
    "an f-string": (
        "def f(x: float):\n"
        f'    assert x > 0, f"{{x}}\\n{EVIL}\\n{{x!r:>10}}\\"\\"\\"\\n{EVIL}"\n'
        "    return x * x\n"
    ),
    "a line that is continued": (
        "def f(x: float):\n"
        f'    y = x * len("""a\n{EVIL}""") \\\n        + 1\n'
        "    z = (\n        y  # first\n        * y\n    )\n"
        "    return z\n"
    ),
    "carriage returns and form feeds": (
        "def f(x: float):\n"
        f'    y = x * len("a\\r{EVIL}\\x0c\\x85\\u2028{EVIL}")\n'
        "    return y * y\n"
    ),
    "names like those of the language": (
        "def f(match: float, type: float, _: float):\n"
        "    case = match * type\n"
        "    soft = case * case + _\n"
        "    return soft * soft\n"
    ),
    "names like helpers and modules": (
        "def f(np: float, math: float, unbroadcast: float):\n"
        "    d_np = np * math\n"
        "    return d_np * d_np * unbroadcast\n"
    ),
}


def numbers_in(value):
    return [n for part in value for n in numbers_in(part)] if isinstance(value, tuple) else [value]


@pytest.mark.parametrize("form", ["gradient", "value_and_gradient", "tangent"])
@pytest.mark.parametrize("kind", TEXTS)
def test_text_never_becomes_code(tmp_path, monkeypatch, kind, form):
    """A module is imports and functions, and EVIL is in none of them but as text."""
    monkeypatch.chdir(tmp_path)
    Path("model.py").write_text(TEXTS[kind], encoding="utf-8")
    assert main(["generate", "model.py:f", "-o", "out.py", "--form", form]) == 0
    tree = ast.parse(Path("out.py").read_text(encoding="utf-8"))
    assert all(
        isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef) for node in tree.body
    )
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Import | ast.ImportFrom) or node in tree.body
        assert not isinstance(node, ast.Name) or node.id != "os"
        assert not isinstance(node, ast.Attribute) or node.attr != "abort"
    names: dict[str, object] = {}
    exec(compile(tree, "out.py", "exec"), names)
    parameters = TEXTS[kind].partition("(")[2].partition(")")[0].count(",") + 1
    args = [0.7, -0.4, 0.9][:parameters] * (2 if form == "tangent" else 1)
    (made,) = (value for name, value in names.items() if name.startswith("f_"))
    assert callable(made)
    assert all(map(math.isfinite, numbers_in(made(*args))))


@pytest.mark.parametrize("kind", TEXTS)
def test_text_never_becomes_code_in_messages(tmp_path, monkeypatch, capsys, kind):
    """A refusal shows the user's line as it is, on one line."""
    monkeypatch.chdir(tmp_path)
    text = TEXTS[kind].replace("return", "return 0 * unknown.thing +")
    Path("model.py").write_text(text, encoding="utf-8")
    if main(["show", "model.py:f"]) == 1:
        error = capsys.readouterr().err
        assert all(line.startswith(("model.py", " ")) for line in error.splitlines())
