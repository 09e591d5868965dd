"""What is installed: every folder of modules, the rules, the marker of types, and the licence."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

import s2sgrad

ROOT = Path(__file__).resolve().parent.parent
CACHES = shutil.ignore_patterns("__pycache__", ".*_cache")


def settings():
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def listed(value):
    return value.split()


def modules_of(folder):
    return [path.relative_to(folder) for path in folder.rglob("*.py")]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy (setuptools leaves files where it builds)."""
    checkout = tmp_path_factory.mktemp("checkout")
    for name in ("s2sgrad", "rules"):
        shutil.copytree(ROOT / name, checkout / name, ignore=CACHES)
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, checkout)
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(checkout))
    (path,) = folder.glob("*.whl")
    return path


def pip(*arguments):
    run = subprocess.run(
        [sys.executable, "-m", "pip", *arguments], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_folder_of_modules_is_a_package_that_is_listed():
    folders = {path.parent for path in (ROOT / "s2sgrad").rglob("*.py")}
    packages = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    rules = {path.parent for path in (ROOT / "rules").rglob("*.py")}
    packages |= {".".join(("s2sgrad", *folder.relative_to(ROOT).parts)) for folder in rules}
    assert sorted(packages) == listed(settings()["options"]["packages"])
    assert all((folder / "__init__.py").is_file() for folder in folders | rules)


def test_rules_are_a_folder_of_their_own():
    assert settings()["options"]["package_dir"].strip() == "s2sgrad.rules = rules"
    assert not (ROOT / "s2sgrad" / "rules").exists()


def test_the_version_has_one_place():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "s2sgrad.__version__"}
    assert re.fullmatch(r"\d+\.\d+\.\d+", s2sgrad.__version__)
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert s2sgrad.__version__ in changes


def test_wheel_has_every_module_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {f"s2sgrad/{path.as_posix()}" for path in modules_of(ROOT / "s2sgrad")}
    expected |= {f"s2sgrad/rules/{path.as_posix()}" for path in modules_of(ROOT / "rules")}
    assert names == expected | {"s2sgrad/py.typed"}


def test_wheel_tells_its_licence_version_and_command(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (folder,) = {name.split("/")[0] for name in archive.namelist() if ".dist-info/" in name}
        metadata = message_from_string(archive.read(f"{folder}/METADATA").decode())
        commands = archive.read(f"{folder}/entry_points.txt").decode()
        assert archive.read(f"{folder}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
        assert "What s2sgrad generates is yours" in archive.read(
            f"{folder}/licenses/NOTICE"
        ).decode().replace("\n", " ")
    assert metadata["Version"] == s2sgrad.__version__
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Requires-Python"] == ">=3.11"
    assert "s2sgrad = s2sgrad.__main__:main" in commands


def test_installed_package_works_without_the_checkout(wheel, tmp_path):
    """Installed into a folder of its own; the dependencies are those of this environment."""
    pip("install", "--no-deps", "--no-index", "--target", str(tmp_path / "site"), str(wheel))
    (tmp_path / "model.py").write_text(
        "import math\n\n\ndef f(x: float):\n    return math.sin(2 * x)\n"
    )
    code = (
        "import s2sgrad, s2sgrad.rules, model; from importlib.metadata import version; "
        "print(s2sgrad.__file__); print(s2sgrad.rules.__file__); print(version('s2sgrad')); "
        "print(s2sgrad.transform(model.f).source)"
    )
    run = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path / "site"), str(tmp_path)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    package, rules, version, text = run.stdout.split("\n", 3)
    assert Path(package) == tmp_path / "site" / "s2sgrad" / "__init__.py"
    assert Path(rules) == tmp_path / "site" / "s2sgrad" / "rules" / "__init__.py"
    assert version == s2sgrad.__version__
    assert "    return 2 * math.cos(2 * x) * d_out\n" in text
