"""The README is true: its programs run, and print what it says; its commands work.

A block that follows the line `<!-- prints -->` is what the program before it prints. All programs
together are one file, `model.py`, which the README's `s2sgrad` commands are given.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from s2sgrad.command_line import main

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^(<!-- prints -->\n+)?```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMANDS = re.findall(r"^ {4}(\S.*)$", BLOCK.sub("", README), re.MULTILINE)
END = "<end of a program>"


def programs():
    """The programs, each with what it prints (None where the README doesn't show it)."""
    found = []
    for printed, language, text in BLOCK.findall(README):
        if printed:
            program, shown = found.pop()
            assert shown is None, "two outputs of one program"
            found.append((program, text))
        elif language == "python":
            found.append((text, None))
    return found


@pytest.fixture
def model(tmp_path, monkeypatch):
    text = "".join(f"{program}\nprint({END!r})\n" for program, _ in programs())
    (tmp_path / "model.py").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "model.py"


def test_programs_print_what_is_shown(model):
    run = subprocess.run(
        [sys.executable, "-W", "error", model.name],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    printed = run.stdout.split(END + "\n")
    assert printed.pop() == ""
    for output, (program, shown) in zip(printed, programs(), strict=True):
        assert shown is None or output.strip("\n") == shown.strip("\n"), program


@pytest.mark.usefixtures("model")
def test_commands_of_s2sgrad(capsys):
    commands = [shlex.split(line) for line in COMMANDS if line.startswith("s2sgrad ")]
    assert {command[1] for command in commands} == {"show", "generate"}
    for _, *arguments in commands:
        assert main(arguments) == 0
    assert "_grad(" in capsys.readouterr().out


def test_commands_to_install():
    """The first two commands; continuous integration runs the second word for word."""
    first, second = COMMANDS[:2]
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = extras["project"]["optional-dependencies"]
    example, tests = (
        re.fullmatch(r"pip install '\.\[(\w+)\]' && python (\S+|-m \w+)", command).groups()
        for command in (first, second)
    )
    assert {example[0], tests[0]} <= set(extras)
    assert (ROOT / example[1]).is_file()
    assert second in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)", README):
        assert target.startswith("https://") or (ROOT / target).exists()
