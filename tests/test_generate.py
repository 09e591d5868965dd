"""Written modules: their header, when they are stale, and what is never overwritten."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import s2sgrad
from s2sgrad import generate
from s2sgrad.errors import TransformError
from s2sgrad.generate import NotOverwrittenError, Request, module_text, staleness, write

ROOT = Path(__file__).resolve().parent.parent

MODEL = """raise SystemExit("this file was run")
import math

SCALE = 2


def f(x: float):
    return math.sin(SCALE * x)


def g(x: float):
    return x * x


def h(x: float):
    yield x
"""


@pytest.fixture
def request_(tmp_path):
    file = tmp_path / "model.py"
    file.write_text(MODEL)
    return Request(file, ("f",), tmp_path / "model_grad.py")


@pytest.fixture
def derived(monkeypatch):
    """Derivatives that are no derivatives: only what is done with their text is looked at."""
    texts = {"prefix": "def "}

    def transform_source(source, *, wrt=None, of=None, form="gradient"):
        return SimpleNamespace(text=f"{texts['prefix']}{source.name}_{form}(x):\n    return x\n")

    monkeypatch.setattr(generate, "transform_source", transform_source)
    return texts


def changed(request, **kwargs):
    return dataclasses.replace(request, **kwargs)


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def leftovers(request):
    return sorted(p.name for p in request.output.parent.iterdir() if p.name != "model.py")


@pytest.mark.usefixtures("derived")
def test_header(request_):
    text = module_text(changed(request_, functions=("f", "g"), wrt=("x",)))
    header, _, body = text.partition("\n\n")
    lines = header.split("\n")
    version, again = (
        s2sgrad.__version__,
        "`s2sgrad generate` writes it again, unless it has been edited.",
    )
    assert lines[:6] == [
        f"# Written by s2sgrad {version}. {again}",
        "# file: model.py",
        "# functions: f, g",
        "# wrt: x",
        "# of: default",
        "# form: gradient",
    ]
    assert lines[6].startswith("# inputs: sha256 ")
    assert len(lines[6]) == len("# inputs: sha256 ") + 64
    assert lines[7] == f"# text: sha256 {hashlib.sha256(body.encode()).hexdigest()}"
    assert lines[8:] == []
    assert body == "\ndef f_gradient(x):\n    return x\n\n\ndef g_gradient(x):\n    return x\n"


@pytest.mark.usefixtures("derived")
def test_same_bytes_wherever_the_command_is_given(request_, tmp_path, monkeypatch):
    write(request_)
    first = request_.output.read_bytes()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    relative = Request(Path("../model.py"), ("f",), Path("../model_grad.py"))
    write(relative)
    assert request_.output.read_bytes() == first
    assert staleness(relative) is None


@pytest.mark.usefixtures("derived")
def test_place_is_seen_from_the_output(request_, tmp_path):
    (tmp_path / "out").mkdir()
    text = module_text(changed(request_, output=tmp_path / "out" / "grads.py"))
    assert "\n# file: ../model.py\n" in text


@pytest.mark.usefixtures("derived")
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
def test_a_files_name_never_becomes_code(request_, tmp_path):
    file = tmp_path / "mo\nimport os\r\x0cdel.py"
    file.write_text(MODEL)
    text = module_text(changed(request_, file=file))
    assert "\n# file: mo\\nimport os\\r\\x0cdel.py\n" in text


@pytest.mark.usefixtures("derived")
def test_written_module_is_fresh(request_):
    assert staleness(request_) == "it doesn't exist"
    write(request_)
    assert staleness(request_) is None
    assert leftovers(request_) == ["model_grad.py"]
    write(request_)
    assert staleness(request_) is None


@pytest.mark.usefixtures("derived")
def test_changed_function_is_stale(request_):
    write(request_)
    edit(request_.file, "SCALE * x", "3 * x")
    assert staleness(request_) == "f of model.py or the options have changed"
    write(request_)
    assert staleness(request_) is None


@pytest.mark.usefixtures("derived")
def test_other_functions_and_other_lines_do_not_matter(request_):
    write(request_)
    edit(request_.file, "x * x", "x * x * x")
    edit(request_.file, "SCALE = 2", "\n\n# a comment\nSCALE = 2")
    assert staleness(request_) is None


@pytest.mark.usefixtures("derived")
@pytest.mark.parametrize(
    "options", [{"wrt": "x"}, {"of": "x"}, {"form": "tangent"}, {"functions": ("g",)}]
)
def test_other_options_are_stale(request_, options):
    write(request_)
    other = changed(request_, **options)
    assert staleness(other) == f"{other.functions[0]} of model.py or the options have changed"


def test_what_the_function_uses_is_stale(request_, derived):
    write(request_)
    derived["prefix"] = "# changed\ndef "
    assert staleness(request_) == "what f of model.py uses has changed"


@pytest.mark.usefixtures("derived")
def test_other_version_is_stale(request_, monkeypatch):
    write(request_)
    monkeypatch.setattr(generate, "__version__", "99.0")
    assert staleness(request_) == "another version wrote it, this is 99.0"


@pytest.mark.usefixtures("derived")
def test_ends_of_lines_are_no_difference(request_):
    write(request_)
    request_.output.write_bytes(request_.output.read_bytes().replace(b"\n", b"\r\n"))
    assert staleness(request_) is None


@pytest.mark.usefixtures("derived")
@pytest.mark.parametrize(
    "content", [b"", b"x = 1\n", b"\xff\xfe\x00", b"\n# Written by s2sgrad 1\n"]
)
def test_foreign_file_is_left_alone(request_, content):
    request_.output.write_bytes(content)
    assert staleness(request_) == "s2sgrad didn't write it"
    with pytest.raises(NotOverwrittenError, match=r"was not written by s2sgrad; --force"):
        write(request_)
    assert request_.output.read_bytes() == content
    write(request_, force=True)
    assert staleness(request_) is None


@pytest.mark.usefixtures("derived")
def test_edited_module_is_left_alone(request_):
    write(request_)
    edit(request_.output, "return x", "return 1 * x")
    edited = request_.output.read_text()
    assert staleness(request_) == "it was edited after s2sgrad wrote it"
    with pytest.raises(NotOverwrittenError, match=r"was edited after s2sgrad wrote it; --force"):
        write(request_)
    assert request_.output.read_text() == edited
    write(request_, force=True)
    assert staleness(request_) is None


@pytest.mark.usefixtures("derived")
@pytest.mark.parametrize("force", [False, True])
def test_the_functions_own_file_is_never_overwritten(request_, force):
    with pytest.raises(NotOverwrittenError, match="is the file of the functions themselves"):
        write(changed(request_, output=request_.file), force=force)
    assert request_.file.read_text() == MODEL


@pytest.mark.usefixtures("derived")
def test_refused_function_leaves_the_module_alone(request_):
    write(request_)
    before = request_.output.read_bytes()
    with pytest.raises(TransformError) as caught:
        write(changed(request_, functions=("f", "h", "missing")))
    assert len(caught.value.findings) == 2  # both are told
    assert request_.output.read_bytes() == before


def test_names_that_clash_leave_the_module_alone(request_, monkeypatch):
    def transform_source(source, *, wrt, of, form):
        return SimpleNamespace(text=f"def helper():\n    return {source.name!r}\n")

    monkeypatch.setattr(generate, "transform_source", transform_source)
    with pytest.raises(TransformError, match="helper would have two meanings in one module"):
        write(changed(request_, functions=("f", "g")))
    assert leftovers(request_) == []


@pytest.mark.usefixtures("derived")
def test_failed_write_leaves_the_old_module(request_, monkeypatch):
    write(request_)
    before = request_.output.read_bytes()
    edit(request_.file, "SCALE * x", "3 * x")

    def fail(self, target):
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        write(request_)
    assert request_.output.read_bytes() == before
    assert leftovers(request_) == ["model_grad.py"]


@pytest.mark.usefixtures("derived")
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_permissions_and_links_stay(request_, tmp_path):
    write(request_)
    assert request_.output.stat().st_mode & 0o777 == 0o666 & ~current_umask()
    request_.output.chmod(0o640)
    link = tmp_path / "link.py"
    link.symlink_to("model_grad.py")
    edit(request_.file, "SCALE * x", "3 * x")
    write(changed(request_, output=link))
    assert link.is_symlink()
    assert request_.output.stat().st_mode & 0o777 == 0o640
    assert staleness(request_) is None


def current_umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


# ---- with the real derivatives -------------------------------------------------------------------


def test_written_module_stands_alone(request_):
    write(changed(request_, functions=("f", "g"), form="value_and_gradient"))
    code = (
        "import sys; sys.modules['s2sgrad'] = None; import math, model_grad as m; "
        "value, d_x = m.f_value_and_grad(0.5); "
        "assert abs(value - math.sin(1)) < 1e-15 and abs(d_x - 2 * math.cos(1)) < 1e-15; "
        "assert m.g_value_and_grad(3.0) == (9.0, 6.0)"
    )
    edit(request_.file, 'raise SystemExit("this file was run")\n', "")
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=request_.output.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")


def test_same_bytes_in_every_process(request_):
    write(changed(request_, functions=("f", "g")))
    expected = request_.output.read_bytes()
    output = str(request_.output)
    for seed in ("1", "2"):
        request_.output.unlink()
        subprocess.run(
            [sys.executable, "-m", "s2sgrad", "generate", f"{request_.file}:f", "g", "-o", output],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            check=True,
        )
        assert request_.output.read_bytes() == expected
