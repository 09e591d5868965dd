"""Programs under other names: those that generated texts use, those of modules and builtins, and foreign ones."""

from __future__ import annotations

import ast
import builtins
import random
import re
from dataclasses import replace

from tests.fuzz.program import Program

__all__ = ["renamed"]

_LOCAL = [
    "d_x",
    "d_out",
    "d_y",
    "d_s",
    "saved_x",
    "saved",
    "out",
    "result",
    "branch",
    "index",
    "total",
    "copy",
]
_LOCAL += [
    "trips",
    "x_1",
    "x_in",
    "x_new",
    "x_d",
    "primal",
    "f_gradient",
    "backward",
    "stack",
    "tape",
    "pullback",
]
_LOCAL += [
    "θ",
    "größe",
    "Δx",
    "_",
    "__",
    "lambda_",
    "x_",
    "_x",
    "value",
    "value_1",
    "k_1",
    "out_1",
    "d_x_1",
]
_LOCAL += [
    "tuple_",
    "np_",
    "float64",
    "numpy",
    "self",
    "cls",
    "gradient",
    "tangent",
    "math_",
    "i",
    "n_trips",
]
_GIVEN = [
    "saved_x",
    "branch",
    "θ",
    "_x",
    "x_1",
    "value",
    "result",
    "größe",
    "trips",
    "d_",
    "k",
    "X",
]
_SHADOWED = [
    "range",
    "sum",
    "len",
    "max",
    "abs",
    "list",
    "input",
    "zip",
    "print",
    "type",
    "np",
    "math",
]


def renamed(program: Program, rng: random.Random) -> Program:
    """A program some of whose names are exchanged for odd ones that it doesn't have."""
    tree = ast.parse(program.text)
    (function,) = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "f"]
    words = set(re.findall(r"\w+", program.text)) | set(re.findall(r"\w+", " ".join(program.of)))
    free = [name for name in [*_LOCAL, *_SHADOWED] if name not in words]
    own = sorted({n.id for n in ast.walk(function) if _bound(n)} - set(program.parameters))
    own = [name for name in own if re.fullmatch(r"[a-z]\d+", name) and not hasattr(builtins, name)]
    some = rng.sample(own, min(len(own), rng.randint(1, 4)))
    new = dict(zip(some, rng.sample(free, len(some)), strict=True))
    given = [name for name in _GIVEN if name not in words and name not in new.values()]
    for name in program.parameters:
        if len(name) == 1 and rng.random() < 0.2:
            new[name] = given.pop(rng.randrange(len(given)))
    return replace(
        program,
        text=_exchanged(program.text, new),
        parameters=tuple(new.get(name, name) for name in program.parameters),
        wrt=tuple(_exchanged(path, new) for path in program.wrt),
        of=tuple(new.get(name, name) for name in program.of),
    )


def _bound(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _exchanged(text: str, new: dict[str, str]) -> str:
    """A text with other names, but for attributes, keys and keywords."""
    return re.sub(r"(?<![\w.'])[^\W\d]\w*(?![\w'])(?!=[^= ])", lambda m: new.get(m[0], m[0]), text)
