"""Golden cases: one file each in tests/golden, a function above and its derivative below a mark.

The mark says how the derivative is made, in lines that are read by these tests::

    # ---- value and gradient of f, wrt x, y -----------------------------------------------------
    # like: f(1.0, np.ones(3))
    # at: f(0.5, normal(3))
    # at: f(-2.0, normal(1))

- What is made: `gradient`, `value and gradient` or `tangent`. Without `wrt` it is made with
  respect to all that the result depends on; one name gives a bare derivative, several a tuple.
  `of A, B`: of what is in the parameters A and B at the end.
- `like`, where there is one: the arguments whose kinds are told.
- `at`: arguments at which the derivative is held against differences. Names are those of the file,
  and `normal(*shape)` and `positive(*shape)`: other numbers at each call, the same in each run.

Below stands the text as s2sgrad writes it, byte by byte. The function never sees it: what stands
above is compiled alone. Until a text has been written the file ends with the mark.

    python -m tests.golden_files            # write all texts again
    python -m tests.golden_files --check    # exit with 1 if one is missing or would be another
    python -m tests.golden_files NAME ...   # only these
"""

from __future__ import annotations

import argparse
import ast
import inspect
import linecache
import re
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from s2sgrad.transform import derived
from tests.memory_case import MemoryCase
from tests.zoo import Case

__all__ = ["FOLDER", "Golden", "all_files"]

FOLDER = Path(__file__).parent / "golden"
_MARK = re.compile(
    r"^# ---- (?P<form>gradient|value and gradient|tangent) of (?P<name>\w+)"
    r"(?:, of (?P<of>\w+(?:, \w+)*))?(?:, wrt (?P<wrt>\w+(?:, \w+)*))? -*\n"
    r"(?P<lines>(?:# (?:like|at): .*\n)*)",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Golden:
    """One file."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @cached_property
    def _parts(self) -> tuple[str, re.Match[str], str]:
        text = self.path.read_text(encoding="utf-8")
        marks = list(_MARK.finditer(text))
        assert len(marks) == 1, f"{self.path.name} has {len(marks)} marks"
        (mark,) = marks
        return text[: mark.start()], mark, text[mark.end() :]

    @property
    def primal(self) -> str:
        """What stands above the mark."""
        return self._parts[0]

    @property
    def mark(self) -> re.Match[str]:
        return self._parts[1]

    @property
    def written(self) -> str | None:
        """The text below the mark, None where there is none yet."""
        return self._parts[2] or None

    @property
    def form(self) -> str:
        return self.mark["form"].replace(" ", "_")

    @property
    def of(self) -> tuple[str, ...] | None:
        """The parameters whose final contents are differentiated, None where the result is."""
        return tuple(self.mark["of"].split(", ")) if self.mark["of"] else None

    @property
    def wrt(self) -> str | tuple[str, ...] | None:
        names = tuple((self.mark["wrt"] or "").split(", "))
        if names == ("",):
            return None
        return names if len(names) > 1 else names[0]

    @cached_property
    def module(self) -> dict[str, Any]:
        """The names of what stands above the mark, which has been run."""
        names: dict[str, Any] = {"__name__": f"golden.{self.name}"}
        linecache.checkcache(str(self.path))
        exec(compile(self.primal, str(self.path), "exec"), names)
        return names

    @property
    def constants(self) -> set[str]:
        """The names of the module that are no functions and no imports."""
        kept = (types.ModuleType, types.FunctionType)
        names = self.module.items()
        return {name for name, v in names if name[0] != "_" and not isinstance(v, kept)}

    @property
    def function(self) -> Callable[..., Any]:
        found: Callable[..., Any] = self.module[self.mark["name"]]
        return found

    def calls(self, kind: str) -> list[inspect.BoundArguments]:
        """The arguments of the lines `# kind: ...`."""
        rng = np.random.default_rng(list(self.name.encode()))
        names = {
            **self.module,
            "np": np,
            "normal": lambda *shape: rng.normal(size=shape) if shape else float(rng.normal()),
            "positive": lambda *shape: rng.uniform(0.5, 2.0, shape),
        }
        found = []
        for line in self.mark["lines"].splitlines():
            start, _, text = line.partition(": ")
            if start != f"# {kind}":
                continue
            call = ast.parse(text, mode="eval").body
            assert isinstance(call, ast.Call)
            assert ast.unparse(call.func) == self.mark["name"], text
            names["called"] = inspect.signature(self.function).bind
            call.func = ast.copy_location(ast.Name("called", ast.Load()), call.func)
            found.append(eval(compile(ast.Expression(call), text, "eval"), names))
        return found

    @property
    def like(self) -> dict[str, Any] | None:
        """The examples by the names of their parameters."""
        examples = self.calls("like")
        assert len(examples) <= 1, "more than one line # like:"
        return dict(examples[0].arguments) if examples else None

    @cached_property
    def derivative(self) -> Callable[..., Any]:
        """The derivative as it is made now."""
        made, told = derived(self.function, self.wrt, of=self.of, like=self.like, form=self.form)
        assert told == ()
        return made

    @property
    def generated(self) -> str:
        """The text as it is written now."""
        text: str = self.derivative.source  # type: ignore[attr-defined]
        return text

    @property
    def variables(self) -> tuple[str, ...]:
        """The parameters by which the function is differentiated."""
        if self.wrt is None:
            assert self.form != "tangent", "say what it is differentiated by"
            (line,) = re.findall(r"with respect to (.*)\.$", self.derivative.__doc__ or "")
            return tuple(line.split(", "))
        return self.wrt if isinstance(self.wrt, tuple) else (self.wrt,)

    @property
    def cases(self) -> list[Case]:
        """The function with each of the arguments at which its derivative has to be right."""
        return [self._case(call) for call in self.calls("at")]

    def _case(self, call: inspect.BoundArguments) -> Case:
        """What is differentiated comes first, in order, whatever kind of parameter it is."""
        call.apply_defaults()
        names = tuple(call.arguments)

        def function(*args: Any) -> Any:
            return self.function(**dict(zip(names, args, strict=True)))

        function.__name__ = self.name
        function.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [inspect.Parameter(n, inspect.Parameter.POSITIONAL_OR_KEYWORD) for n in names]
        )
        inputs = (tuple(call.arguments.values()),)
        if self.of is None:
            return Case(function, inputs, wrt=self.variables)
        return MemoryCase(function, inputs, wrt=self.variables, mutated=self.of, of=self.of)

    def write(self) -> None:
        """Write the text again."""
        head = self.primal + self.mark[0]
        self.path.write_text(head + self.generated, encoding="utf-8")

    def staleness(self) -> str | None:
        """What is wrong with the text; None where nothing is."""
        if self.written is None:
            return "the text is missing"
        return None if self.written == self.generated else "the text would be another"


def all_files() -> list[Golden]:
    """Every golden case, by name."""
    return [Golden(path) for path in sorted(FOLDER.glob("*.py"))]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Write the texts of the golden cases.")
    parser.add_argument("names", metavar="NAME", nargs="*", help="default: all")
    parser.add_argument("--check", action="store_true", help="write nothing, report what is stale")
    options = parser.parse_args(arguments)
    chosen = [case for case in all_files() if not options.names or case.name in options.names]
    unknown = set(options.names) - {case.name for case in chosen}
    if unknown:
        parser.error(f"there is no golden case {', '.join(sorted(unknown))}")
    stale = False
    for case in chosen:
        if not options.check:
            case.write()
            continue
        reason = case.staleness()
        if reason is not None:
            stale = True
            sys.stderr.write(f"{case.path.relative_to(FOLDER)}: {reason}\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
