"""What the statements that run on every path need of the parameters: `math.f(z)` and `range(n)`
take scalars.

If the result of an elementwise operation is a scalar, so are its operands; so the knowledge goes
back from `math.exp(-m)` to m, and through `m = x * w + b` to the parameters x, w and b. A test
proves nothing: an array of length one passes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import gast
import numpy as np

from s2sgrad.infer.engine import Facts
from s2sgrad.infer.functions import MATH
from s2sgrad.infer.resolution import Copy, Primitive, UserCall
from s2sgrad.kinds import FLOAT, Kind, Number
from s2sgrad.program import Assign, Block, For, Function, If, Statement, While
from s2sgrad.trees import loaded

__all__ = ["demanded"]

_SAME_AXES = (np.add, np.subtract, np.multiply, np.true_divide, np.power, np.negative, np.positive)


def demanded(
    function: Function,
    facts: Facts,
    kinds: Mapping[str, Kind],
    needs: Callable[[UserCall], frozenset[str]],
) -> dict[str, Kind]:
    """New knowledge: parameters of unknown kind that have to be scalars → their kind."""
    unknown = {
        name
        for name, kind in kinds.items()
        if isinstance(kind, Number) and not isinstance(kind.shape, tuple) and kind.array is None
    }
    if not unknown:
        return {}
    scalars: set[str] = set()
    _block(function.body, facts, scalars, needs)
    return dict.fromkeys(sorted(unknown & scalars), FLOAT)


def _block(
    block: Block, facts: Facts, scalars: set[str], needs: Callable[[UserCall], frozenset[str]]
) -> None:
    """Go back through the statements that certainly run; names have one value each, so nothing is
    undone.
    """
    for statement in reversed(_certain(block)):
        if isinstance(statement, For):
            if isinstance(statement.iterable, gast.Call):
                scalars.update(loaded(statement.iterable))
            continue
        if isinstance(statement, While):
            _block(statement.head, facts, scalars, needs)
            continue
        if not isinstance(statement, Assign):
            continue
        match facts.calls.get(statement):
            case Copy(atoms=atoms):
                for target, atom in zip(statement.targets, atoms, strict=True):
                    if target in scalars:
                        scalars.update(loaded(atom))
            case Primitive(rule=rule, arguments=arguments) if rule.function in MATH:
                scalars.update(
                    name
                    for value in arguments.values()
                    if isinstance(value, gast.AST)
                    for name in loaded(value)
                )
            case Primitive(rule=rule, arguments=arguments):
                if (
                    rule.kind == "elementwise"
                    and rule.function in _SAME_AXES
                    and scalars.intersection(statement.targets)
                ):
                    scalars.update(
                        name
                        for value in arguments.values()
                        if isinstance(value, gast.AST)
                        for name in loaded(value)
                    )
            case UserCall(arguments=arguments) as call:
                scalars.update(
                    name for parameter in needs(call) for name in loaded(arguments[parameter])
                )


def _certain(block: Block) -> list[Statement]:
    """The statements that run whenever the function returns: not those in branches and loops."""
    out: list[Statement] = []
    for statement in block:
        out.append(statement)
        if isinstance(statement, If):
            continue
    return out
