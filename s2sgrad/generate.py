"""Written modules: what `s2sgrad generate` writes, and whether it still is what it would write.

Receives which functions of which file, and how they are differentiated. Promises the same bytes
on every machine; a header that says what the module was made from; that a file which s2sgrad
didn't write, or which was edited since, is left alone unless it is forced; and that a module is
replaced as a whole or not at all. The file of the functions is read, never imported or run.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from s2sgrad import __version__
from s2sgrad.errors import Finding, TransformError
from s2sgrad.merge import NameClashError, merged
from s2sgrad.question import Of, Wrt
from s2sgrad.source import Source
from s2sgrad.static import StaticFile, path_of
from s2sgrad.transform import transform_source

__all__ = ["NotOverwrittenError", "Request", "module_text", "read_sources", "staleness", "write"]

_T = TypeVar("_T")
_R = TypeVar("_R")

_FIRST_WORDS = "# Written by s2sgrad "
_FIRST_LINE = _FIRST_WORDS + "{}. `s2sgrad generate` writes it again, unless it has been edited."
_INPUTS = "# inputs: sha256 "
_TEXT = "# text: sha256 "


@dataclass(frozen=True)
class Request:
    """What is to be written: the derivatives of functions of a file, into output.

    wrt, of and form mean what they mean to `transform`, for each of the functions.
    """

    file: Path
    functions: tuple[str, ...]
    output: Path
    wrt: Wrt = None
    of: Of = None
    form: str = "gradient"

    @property
    def place(self) -> str:
        """The file as seen from the output's folder: the same wherever the command is given."""
        try:
            path = os.path.relpath(self.file.absolute(), self.output.absolute().parent)
        except ValueError:  # another drive
            path = self.file.name
        return path.replace(os.sep, "/")


class NotOverwrittenError(Exception):
    """The output is a file that would be lost."""


def read_sources(file: Path, functions: Iterable[str]) -> list[Source]:
    """The functions of a file; what is refused of any of them is raised together."""
    text = StaticFile(file)
    return _all_or_findings(text.function, functions)


def module_text(request: Request) -> str:
    """The text of the module, header included."""
    sources = read_sources(request.file, request.functions)

    def derivative(source: Source) -> str:
        return transform_source(source, wrt=request.wrt, of=request.of, form=request.form).text

    texts = _all_or_findings(derivative, sources)
    try:
        body = merged(texts, own=lambda module: path_of(module, request.file) is not None)
    except NameClashError as error:
        message = f"the derivatives of {', '.join(request.functions)} don't fit into one module: "
        remedy = "Write them to modules of their own."
        finding = Finding(str(request.file), 0, 0, 0, 0, message + str(error), remedy)
        raise TransformError([finding]) from None
    if body.startswith(("def ", "class ", "@")):
        body = "\n" + body  # two lines between what is a comment and what is a definition
    return _header(request, sources, body) + body


def staleness(request: Request) -> str | None:
    """Why the module isn't what `write` would write; None where it is."""
    written = _read(request.output)
    if written is None:
        return "it doesn't exist"
    if not written.startswith(_FIRST_WORDS):
        return "s2sgrad didn't write it"
    text = module_text(request)
    if written == text:
        return None
    if _edited(written):
        return "it was edited after s2sgrad wrote it"
    if _header_line(written, _INPUTS) != _header_line(text, _INPUTS):
        return f"{', '.join(request.functions)} of {request.place} or the options have changed"
    if written.partition("\n")[0] != text.partition("\n")[0]:
        return f"another version wrote it, this is {__version__}"
    return f"what {', '.join(request.functions)} of {request.place} uses has changed"


def write(request: Request, *, force: bool = False) -> None:
    """Write the module; NotOverwrittenError where a file would be lost and force isn't given."""
    if _same_file(request.file, request.output):
        message = f"{request.output} is the file of the functions themselves"
        raise NotOverwrittenError(message)
    written = None if force else _read(request.output)
    if written is not None:
        if not written.startswith(_FIRST_WORDS):
            message = f"{request.output} was not written by s2sgrad; --force overwrites it"
            raise NotOverwrittenError(message)
        if _edited(written):
            message = f"{request.output} was edited after s2sgrad wrote it; --force overwrites it"
            raise NotOverwrittenError(message)
    _replace(request.output, module_text(request))


def _header(request: Request, sources: list[Source], body: str) -> str:
    lines = [
        _FIRST_LINE.format(__version__),
        f"# file: {_one_line(request.place)}",
        f"# functions: {', '.join(request.functions)}",
        f"# wrt: {_listed(request.wrt)}",
        f"# of: {_listed(request.of)}",
        f"# form: {request.form}",
        _INPUTS + _inputs(request, sources),
        _TEXT + _sha256(body),
    ]
    return "\n".join(lines) + "\n\n"


def _inputs(request: Request, sources: list[Source]) -> str:
    functions = [
        [name, *source.lines[source.tree.lineno - 1 : source.tree.end_lineno]]
        for name, source in zip(request.functions, sources, strict=True)
    ]
    return _sha256(json.dumps([functions, request.wrt, request.of, request.form]))


def _listed(names: Wrt | Of) -> str:
    """What wrt or of says, in the header."""
    if names is None:
        return "default"
    return ", ".join(map(str, names)) if isinstance(names, tuple) else str(names)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _edited(written: str) -> bool:
    """Whether a written module's text isn't the one that its header was made for."""
    return _header_line(written, _TEXT) != _sha256(written.partition("\n\n")[2])


def _header_line(written: str, start: str) -> str:
    header = written.partition("\n\n")[0]
    return next((ln[len(start) :] for ln in header.split("\n") if ln.startswith(start)), "")


def _one_line(name: str) -> str:
    """A file's name without anything that could end a comment."""
    return "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in name
    )


def _read(path: Path) -> str | None:
    """The text of a file, None where there is no file; ends of lines are no difference."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        return ""


def _same_file(first: Path, second: Path) -> bool:
    return first.exists() and second.exists() and first.samefile(second)


def _replace(path: Path, text: str) -> None:
    """Give a file a new text in one step: a reader sees the old file or the new one."""
    path = path.resolve()  # a link stays a link
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _all_or_findings(function: Callable[[_T], _R], arguments: Iterable[_T]) -> list[_R]:
    """The results of all calls; where some are refused, everything that is refused."""
    results: list[_R] = []
    findings: list[Finding] = []
    for argument in arguments:
        try:
            results.append(function(argument))
        except TransformError as error:
            findings += error.findings
    if findings:
        raise TransformError(findings)
    return results
