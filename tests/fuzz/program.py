"""A random program: its text, the arguments that it is called with, and what of it is differentiated.

Arguments are texts, too, so that a program can be printed whole, and so that each call, that of the
reference included, makes its own arrays, in the same memory layout.
"""

from __future__ import annotations

import copy
import linecache
import math
import re
import sys
import textwrap
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import numpy as np

from s2sgrad.source import Source
from s2sgrad.static import read
from tests.fuzz.effects import called

__all__ = ["Program", "is_made", "over", "part_at", "values", "with_only", "written_down"]

_MODULE = "fuzzed"


@dataclass(frozen=True)
class Program:
    """A module's text whose function f is differentiated by wrt: parameters, and paths to their parts.

    inputs: the arguments of each call, as texts; `shared` in them is the array that the text `shared` makes, for
    arguments that overlap. of: "return" and parameters whose final contents count.
    beyond: what it has that docs/language.md doesn't accept. wider: it can't be run on dual numbers.
    """

    text: str
    inputs: tuple[tuple[str, ...], ...]
    parameters: tuple[str, ...]
    wrt: tuple[str, ...]
    of: tuple[str, ...] = ("return",)
    shared: str = "None"
    beyond: tuple[str, ...] = ()
    wider: bool = False

    @cached_property
    def function(self) -> Callable[..., Any]:
        """The function f, with a source that can be found."""
        filename = f"<fuzz {zlib.crc32(self.text.encode()):08x}>"
        lines = self.text.splitlines(keepends=True)
        linecache.cache[filename] = (len(self.text), None, lines, filename)
        made = self.run({"np": np, "math": math}, filename, self.module)
        assert callable(made)
        return made

    def run(
        self, given: dict[str, Any], filename: str = "<fuzz>", module: ModuleType | None = None
    ) -> Any:
        """What f is when the text is run with names, in a module, if there is one."""
        sys.modules.setdefault(_MODULE, ModuleType(_MODULE))  # dataclasses look their module up
        names = {"__name__": _MODULE} if module is None else vars(module)
        names.update(given)
        exec(compile(self.text, filename, "exec", dont_inherit=True), names)
        return names["f"]

    @cached_property
    def module(self) -> ModuleType:
        """The module that the function is in."""
        return ModuleType(_MODULE)

    def read(self) -> Source:
        """The function of a file that is only read; what is generated of it finds the module."""
        sys.modules[_MODULE] = self.module
        head = "import math\nimport numpy as np\n"
        with TemporaryDirectory() as directory:
            path = Path(directory) / f"{_MODULE}.py"
            path.write_text(head + self.text)
            return read(str(path), "f")

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What the arrays, lists, dicts and counts of the module hold before anything is called."""
        names = self.function.__globals__
        kinds = (np.ndarray, list, dict, int)
        return {
            name: copy.deepcopy(value)
            for name, value in names.items()
            if isinstance(value, kinds) and not name.startswith("__")
        }

    def restored(self) -> None:
        """Let the module hold again what it held before anything was called."""
        for name, value in self.kept.items():
            own = self.function.__globals__[name]
            if isinstance(own, int):
                self.function.__globals__[name] = value
                continue
            if isinstance(own, np.ndarray):
                own[...] = value
                continue
            own.clear()
            made = copy.deepcopy(value)
            own.update(made) if isinstance(own, dict) else own.extend(made)

    def arguments(
        self, which: int, numpy: Any = np, module: dict[str, Any] | None = None
    ) -> tuple[Any, ...]:
        """Fresh arguments of one of the calls; module: whose classes the objects among them have.

        Without it they are for a call of the function, before which its module is restored.
        """
        if module is None:
            self.restored()
        names = {**(self.function.__globals__ if module is None else module), "np": numpy}
        names["shared"] = eval(self.shared, dict(names))
        return tuple(eval(text, dict(names)) for text in self.inputs[which])

    def outputs(self, result: Any, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """What counts as output when a call with args has given result, in the order of `of`."""
        return tuple(result if n == "return" else args[self.parameters.index(n)] for n in self.of)

    def asked(self, parameter: str) -> list[str]:
        """What is differentiated by that is a parameter or a part of it."""
        return [path for path in self.wrt if re.split(r"[.[]", path)[0] == parameter]

    def written(self) -> list[str]:
        """The parameters whose arrays a call changes; none where one fails."""
        found = set()
        for which in range(len(self.inputs)):
            args = self.arguments(which)
            try:
                called(self.function, *args)
            except Exception:  # noqa: BLE001
                return []
            for name, left, given in zip(self.parameters, args, self.arguments(which), strict=True):
                parts, own = values(left), values(given)
                nested = isinstance(left, list) and any(
                    isinstance(v, dict | list | tuple) for v in left
                )
                if (
                    isinstance(left, np.ndarray | list)
                    and not nested
                    and not (len(parts) == len(own) and all(map(np.array_equal, parts, own)))
                ):
                    found.add(name)
        return sorted(found)

    def __str__(self) -> str:
        """The program with what it is called with, as text that can be kept."""
        lines = [self.text.rstrip(), "", ""]
        lines += [f"SHARED = {self.shared!r}"] * (self.shared != "None")
        lines += [f"INPUTS = {self.inputs!r}", f"WRT, OF = {self.wrt!r}, {self.of!r}"]
        return "\n".join(lines) + "\n"


def values(value: Any) -> list[Any]:
    """The numbers and arrays of a value, lists, tuples, dicts and objects taken apart."""
    if is_made(value):
        value = vars(value)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [part for item in value for part in values(item)]
    return [value]


def is_made(value: Any) -> bool:
    """Whether a value is an object of a class that a program defines."""
    return type(value).__module__ == _MODULE and not isinstance(value, tuple)


def over(function: Callable[..., Any], value: Any, *others: Any) -> Any:
    """A value with what a function makes of its numbers and arrays, and of those of others that are made alike."""
    if is_made(value):
        made = copy.copy(value)
        for name, part in vars(value).items():
            vars(made)[name] = over(function, part, *(vars(other)[name] for other in others))
        return made
    if isinstance(value, dict):
        return {key: over(function, v, *(o[key] for o in others)) for key, v in value.items()}
    if isinstance(value, list | tuple):
        parts = [over(function, *row) for row in zip(value, *others, strict=True)]
        return type(value)(*parts) if hasattr(value, "_fields") else type(value)(parts)
    return function(value, *others)


def part_at(path: str, arguments: Mapping[str, Any]) -> Any:
    """What a path leads to: `O.w`, `D['a']`, or the name of an argument."""
    return eval(path, {}, dict(arguments))


def with_only(whole: Any, paths: Sequence[str]) -> Any:
    """A structure with zeros but for the parts that paths lead to, all of it for the path that is a name alone."""
    keys = {path.partition(".")[2] or path[path.find("[") + 2 : -2] for path in paths}
    if any(path.isidentifier() for path in paths):
        return whole
    zeros = over(lambda part: part * 0.0, whole)
    if isinstance(whole, dict):
        return {key: part if key in keys else zeros[key] for key, part in whole.items()}
    if isinstance(whole, tuple) and hasattr(zeros, "_replace"):
        return zeros._replace(**{key: getattr(whole, key) for key in keys})
    vars(zeros).update({key: getattr(whole, key) for key in keys})
    return zeros


def written_down(
    text: str, *inputs: tuple[str, ...], wrt: tuple[str, ...], of: tuple[str, ...] = ("return",)
) -> Program:
    """A program of a text whose last function is f."""
    text = textwrap.dedent(text).lstrip()
    head = text[text.rindex("def f(") + len("def f(") :].partition("):")[0]
    names = tuple(part.partition(":")[0].strip() for part in head.split(","))
    return Program(text, inputs, names, wrt, of)
