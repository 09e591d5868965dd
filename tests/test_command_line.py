"""The command: what it prints, what it writes, and its exit codes."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import s2sgrad
from s2sgrad import command_line, generate
from s2sgrad.command_line import main

ROOT = Path(__file__).resolve().parent.parent

MODEL = """raise SystemExit("this file was run")
import math


def f(x: float):
    return math.sin(2 * x)


def loss(w: float, b: float):
    return (w * w + b) ** 2


class Line:
    @staticmethod
    def at(x: float):
        return 3 * x


async def later(x):
    return x
"""


@pytest.fixture
def model(tmp_path, monkeypatch):
    (tmp_path / "model.py").write_text(MODEL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def calls(monkeypatch):
    """What the command asks for; the derivatives are none."""
    asked = []

    def transform_source(source, *, wrt, of, form):
        asked.append((source.name, wrt, of, form))
        return SimpleNamespace(text=f"def {source.name}_d(x):\n    return x\n")

    def stage_text(source, stage, *, wrt, of, form):
        asked.append((source.name, stage, wrt, of, form))
        return f"{source.name} after {stage}\n"

    monkeypatch.setattr(command_line, "transform_source", transform_source)
    monkeypatch.setattr(generate, "transform_source", transform_source)
    monkeypatch.setattr(command_line, "stage_text", stage_text)
    return asked


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize(
    ("options", "wrt", "of", "form"),
    [
        ([], None, None, "gradient"),
        (["--wrt", "w"], "w", None, "gradient"),
        (["--wrt", "w,"], ("w",), None, "gradient"),
        (["--wrt", "w,b"], ("w", "b"), None, "gradient"),
        (["--wrt", "w, b", "--form", "tangent"], ("w", "b"), None, "tangent"),
        (["--wrt=0,1"], (0, 1), None, "gradient"),
        (["--form=value_and_gradient"], None, None, "value_and_gradient"),
        (["--of", "w"], None, "w", "gradient"),
        (["--of=return, w", "--wrt=b"], "b", ("return", "w"), "gradient"),
        (["--of", "w,"], None, ("w",), "gradient"),
    ],
)
def test_show_passes_its_options_on(calls, capsys, options, wrt, of, form):
    assert main(["show", "model.py:loss", *options]) == 0
    assert calls == [("loss", wrt, of, form)]
    assert capsys.readouterr() == ("def loss_d(x):\n    return x\n", "")


@pytest.mark.usefixtures("model")
def test_show_stage(calls, capsys):
    stage = command_line.STAGES[0]
    assert main(["show", "model.py:loss", "--stage", stage, "--wrt", "w", "--of=b"]) == 0
    assert calls == [("loss", stage, "w", "b", "gradient")]
    assert capsys.readouterr().out == f"loss after {stage}\n"


@pytest.mark.usefixtures("model", "calls")
def test_methods_are_named_with_their_class(capsys):
    assert main(["show", "model.py:Line.at"]) == 0
    assert capsys.readouterr().out == "def at_d(x):\n    return x\n"


@pytest.mark.usefixtures("calls")
def test_generate_and_check(model, capsys):
    command = ["generate", "model.py:f", "loss", "-o", "grads.py"]
    assert main([*command, "--check"]) == 1
    assert capsys.readouterr() == ("", "grads.py is stale: it doesn't exist\n")
    assert main(command) == 0
    assert main([*command, "--check"]) == 0
    assert capsys.readouterr() == ("", "")
    (model / "model.py").write_text(MODEL.replace("w * w", "w"))
    before = (model / "grads.py").read_bytes()
    assert main([*command, "--check"]) == 1
    reason = "grads.py is stale: f, loss of model.py or the options have changed\n"
    assert capsys.readouterr() == ("", reason)
    assert (model / "grads.py").read_bytes() == before


@pytest.mark.usefixtures("calls")
def test_generate_overwrites_only_by_force(model, capsys):
    (model / "mine.py").write_text("x = 1\n")
    command = ["generate", "model.py:f", "--output", "mine.py"]
    assert main(command) == 1
    message = "mine.py was not written by s2sgrad; --force overwrites it\n"
    assert capsys.readouterr() == ("", message)
    assert (model / "mine.py").read_text() == "x = 1\n"
    assert main([*command, "--force"]) == 0
    assert main([*command, "--check"]) == 0


@pytest.mark.usefixtures("model", "calls")
def test_output_that_cannot_be_written(capsys):
    assert main(["generate", "model.py:f", "-o", "nowhere/grads.py"]) == 1
    out, error = capsys.readouterr()
    assert out == ""
    assert error.endswith(": No such file or directory\n")
    assert "nowhere" in error


@pytest.mark.usefixtures("model", "calls")
@pytest.mark.parametrize("command", [["show"], ["generate", "-o", "out.py"]])
def test_refusals_are_printed_and_exit_with_1(capsys, model, command):
    assert main([*command, "model.py:later"]) == 1
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith("model.py:")
    assert error.endswith("\n")
    assert main([*command, "model.py:nothing"]) == 1
    assert "there is no function nothing" in capsys.readouterr().err
    assert main([*command, "missing.py:f"]) == 1
    assert capsys.readouterr().err.startswith("missing.py: can't be read")
    assert not (model / "out.py").exists()


@pytest.mark.usefixtures("model", "calls")
@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["unknown"],
        ["show"],
        ["show", "model.py"],
        ["show", ":f"],
        ["show", "model.py:"],
        ["show", "model.py:f()"],
        ["show", "model.py:if"],
        ["show", "model.py:f", "--wrt", "print()"],
        ["show", "model.py:f", "--wrt", ""],
        ["show", "model.py:f", "--wrt", "x,,y"],
        ["show", "model.py:f", "--wrt", "-1"],
        ["show", "model.py:f", "--wrt", "other"],
        ["show", "model.py:f", "--wrt", "x,3"],
        ["show", "model.py:f", "--stage", "infer", "--wrt", "other"],
        ["show", "model.py:f", "--of", "for"],
        ["show", "model.py:f", "--of", "x,,y"],
        ["show", "model.py:f", "--form", "other"],
        ["show", "model.py:f", "--stage", "other"],
        ["generate", "model.py:f"],
        ["generate", "model.py:f", "model.py:g", "-o", "out.py"],
        ["generate", "model.py:f", "f", "-o", "out.py"],
        ["generate", "model.py:f", "loss", "--wrt", "w", "-o", "out.py"],
        ["generate", "model.py:f", "-o", "out.py", "--check", "--force"],
    ],
)
def test_usage_errors_exit_with_2(capsys, arguments):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith("usage: s2sgrad")


RELAX = """raise SystemExit("this file was run")
import numpy as np


def relax(u: np.ndarray, w: np.ndarray):
    u[1:-1] = w * (u[:-2] + u[2:])
    return u.sum()
"""


@pytest.fixture
def relax(tmp_path, monkeypatch):
    (tmp_path / "model.py").write_text(RELAX)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("relax")
@pytest.mark.parametrize(
    ("of", "parameters"),
    [
        ("return", ["u", "w", "d_out"]),
        ("u", ["u", "w", "d_u"]),
        ("u,return", ["u", "w", "d_u", "d_out"]),
    ],
)
def test_what_is_differentiated(capsys, of, parameters):
    assert main(["show", "model.py:relax", "--of", of]) == 0
    shown = capsys.readouterr().out
    assert main(["generate", "model.py:relax", "--of", of, "-o", "relax_grad.py"]) == 0
    written = Path("relax_grad.py").read_text(encoding="utf-8")
    assert f"\n# of: {of.replace(',', ', ')}\n" in written
    assert written.endswith(shown)
    space = {}
    exec(written, space)
    assert list(inspect.signature(space["relax_grad"]).parameters) == parameters
    assert main(["generate", "model.py:relax", "-o", "relax_grad.py", "--check"]) == 1
    assert capsys.readouterr().err.endswith("or the options have changed\n")
    assert main(["show", "model.py:relax", "--of", of, "--stage", "activity"]) == 0
    assert "# active: " in capsys.readouterr().out


@pytest.mark.usefixtures("relax")
@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "model.py:relax", "--of", "w"],
        ["show", "model.py:relax", "--of", "u,u"],
        ["show", "model.py:relax", "--of", "w", "--stage", "activity"],
        ["generate", "model.py:relax", "--of", "w", "-o", "out.py"],
    ],
)
def test_outputs_that_there_are_not(capsys, arguments):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert "error: of" in error


def test_numpy_has_one_name_where_a_helper_of_another_file_uses_it(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    helper = "import numpy as np\n\n\ndef act(z):\n    return np.tanh(z)\n"
    text = "import numpy as np\nfrom layers import act\n\n\ndef f(w, x):\n    return np.mean(act(x @ w))\n"
    Path("layers.py").write_text(helper)
    Path("model.py").write_text(text)
    assert main(["show", "model.py:f"]) == 0
    imports = [line for line in capsys.readouterr().out.splitlines() if "import" in line]
    assert imports == ["import math", "import numpy as np"]


def test_version(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"s2sgrad {s2sgrad.__version__}\n"


# ---- with the real derivatives -------------------------------------------------------------------


def test_show_never_runs_the_file(model):
    """As a stranger calls it; MODEL ends the process when it is run."""
    run = subprocess.run(
        [sys.executable, "-m", "s2sgrad", "show", str(model / "model.py:f")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert "    return 2 * math.cos(2 * x) * d_out\n" in run.stdout
    assert "raise SystemExit" not in run.stdout


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize("stage", command_line.STAGES)
def test_every_stage_can_be_shown(capsys, stage):
    assert main(["show", "model.py:loss", "--stage", stage]) == 0
    assert capsys.readouterr().out.strip()


def test_reader_that_has_seen_enough(model):
    command = [sys.executable, "-m", "s2sgrad", "show", str(model / "model.py:f")]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == ""
