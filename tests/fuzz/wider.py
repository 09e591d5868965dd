"""What is written for the calls of `tests.fuzz.calls`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tests.fuzz import calls

if TYPE_CHECKING:
    from tests.fuzz.expressions import Expressions
    from tests.fuzz.scope import Scope, Shape

__all__ = ["wider_array", "wider_change", "wider_number"]


def wider_number(write: Expressions, scope: Scope, depth: int) -> str:
    """A number."""
    return f"({_Line(write, scope, (), depth).of(calls.NUMBERS)})"


def wider_array(write: Expressions, scope: Scope, shape: Shape, depth: int) -> str:
    """An array of a shape that has axes, and no zeros."""
    own = {1: calls.VECTORS, 2: calls.MATRICES}.get(len(shape), calls.ANY)
    lines = own if write.world.chance(0.7) else calls.ANY
    return f"({_Line(write, scope, shape, depth).of(lines)})"


def wider_change(write: Expressions, scope: Scope, changed: str, shape: Shape) -> str:
    """A statement that changes an array of a shape that has axes, and no zeros."""
    own = {1: calls.CHANGES_OF_VECTORS, 2: calls.CHANGES_OF_MATRICES}.get(len(shape), calls.CHANGES)
    lines = own if write.world.chance(0.5) else calls.CHANGES
    return _Line(write, scope, shape, 1, changed).of(lines)


class _Line:
    """What is written for one of the lines above; the more of them stand in each other, the rarer they are."""

    def __init__(
        self, write: Expressions, scope: Scope, shape: Shape, depth: int, changed: str = ""
    ) -> None:
        self.write, self.scope, self.shape, self.changed = write, scope, shape, changed
        self.depth = depth - 1
        lengths = [*shape[:2], *(write.rng.randint(2, 3) for _ in "nmkl")]
        self.lengths = dict(zip("nmkl", lengths, strict=False))

    def of(self, lines: str) -> str:
        world = self.write.world
        before, world.wider = world.wider, world.wider * 0.4
        text = self.written(world.rng.choice(lines.strip().splitlines()))
        world.wider = before
        return text

    def written(self, line: str) -> str:
        found = ""
        while "{" in line:
            before, inner, line = _outermost(line)
            texts = _alternatives(inner)
            part = self.written(self.write.rng.choice(texts)) if texts[1:] else self.part(inner)
            found += before + part
        return found + line

    def part(self, asked: str) -> str:
        """What one pair of braces without alternatives asks for."""
        write, scope = self.write, self.scope
        match asked[:1]:
            case "v":
                return self.changed
            case "~":
                return write.operand(scope, self.shape, self.depth)
            case "+":
                return f"(1.5 + np.sin({self.array(asked[1:])}))"
            case "/":
                shape = self.extents(asked[1:])
                ramp = f"np.linspace(0.0, 2.0, {math.prod(shape)}).reshape({shape})"
                return f"({self.array(asked[1:])} + {ramp})"
            case "?":
                return f"({self.array(asked[1:])} > {write.world.constant()})"
            case "=":
                return str(self.extents(asked[1:])[0])
            case "#":
                *count, extent = self.extents(asked[1:])
                if not count:
                    return write.index(scope, extent)
                return str([write.rng.randrange(extent) for _ in range(count[0])])
            case "@" | "^":
                (n,) = self.extents(asked[1:])
                matrix = write.arr(scope, (n, n), self.depth)
                if asked[0] == "@":
                    return f"(np.eye({n}) * 3.0 + np.sin({matrix}))"
                return f"(np.diag(np.arange(2.0, {n + 2})) + np.sin({matrix} + ({matrix}).T) * 0.2)"
        return self.array(asked)

    def array(self, asked: str) -> str:
        shape = self.extents(asked)
        return self.write.arr(self.scope, shape, self.depth) if shape else self.number()

    def number(self) -> str:
        return self.write.num(self.scope, self.depth)

    def extents(self, asked: str) -> Shape:
        if asked == "*":
            return self.shape
        return tuple(eval(part, {}, self.lengths) for part in asked.split(",") if part)


def _outermost(line: str) -> tuple[str, str, str]:
    """What is before, between and behind the first braces."""
    before, _, rest = line.partition("{")
    depth = 1
    for place, letter in enumerate(rest):
        depth += (letter == "{") - (letter == "}")
        if not depth:
            return before, rest[:place], rest[place + 1 :]
    raise ValueError(line)


def _alternatives(text: str) -> list[str]:
    """A text taken apart at the bars that are in no braces of its own."""
    found, depth = [""], 0
    for letter in text:
        depth += (letter == "{") - (letter == "}")
        if letter == "|" and not depth:
            found.append("")
        else:
            found[-1] += letter
    return found
