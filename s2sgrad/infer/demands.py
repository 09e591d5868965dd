"""What the statements that run on every path need of the parameters.

`math.f(z)` and `range(n)` take scalars, and `n, m = x.shape` an array with two axes.

If the result of an elementwise operation is a scalar, so are its operands; so the knowledge goes
back from `math.exp(-m)` to m, and through `m = x * w + b` to the parameters x, w and b. A test
proves nothing: an array of length one passes it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import gast
import numpy as np

from s2sgrad.extents import Extent, Symbol
from s2sgrad.infer.augmented import arrays_by_stores
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.functions import MATH
from s2sgrad.infer.resolution import Copy, Primitive, UserCall
from s2sgrad.kinds import FLOAT, INT, Kind, Number
from s2sgrad.program import Assign, Block, For, Function, While, walk
from s2sgrad.trees import loaded

__all__ = ["demanded"]

_SAME_AXES = (np.add, np.subtract, np.multiply, np.true_divide, np.power, np.negative, np.positive)
_INTEGERS = (np.add, np.subtract, np.multiply, np.negative, np.positive, np.floor_divide)
_OF_SCALARS = MATH - {math.dist, math.fsum, math.prod, getattr(math, "sumprod", None)}
_OF_INTEGERS = (math.comb, math.factorial, math.gcd, math.isqrt, math.lcm, math.perm)


def demanded(
    function: Function,
    facts: Facts,
    kinds: Mapping[str, Kind],
    needs: Callable[[UserCall], frozenset[str]],
) -> dict[str, Kind]:
    """New knowledge: parameters that have to be scalars, or to have so many axes → their kind."""
    numbers = {
        name: kind
        for name, kind in kinds.items()
        if isinstance(kind, Number) and not isinstance(kind.shape, tuple)
    }
    unknown = {name for name, kind in numbers.items() if kind.array is None}
    if not numbers:
        return {}
    statements = [statement for statement in walk(function.body) if isinstance(statement, Assign)]
    assigned = Counter(target for statement in statements for target in statement.targets)
    found = _Demands(facts, needs, assigned)
    found.block(function.body)
    arrays: dict[str, Kind] = {
        name: replace(numbers[name], shape=_axes(name, count), array=True)
        for name, count in found.axes.items()
        if name in numbers
    }
    arrays |= {
        name: replace(numbers[name], array=True)
        for name in sorted(unknown & arrays_by_stores(function, facts) - arrays.keys())
    }
    return arrays | {
        name: replace(INT, value=Extent(Symbol(name))) if name in found.integers else FLOAT
        for name in sorted(unknown & (found.scalars | found.integers))
    }


@dataclass
class _Demands:
    """The names that have to be scalars, and those that have to be integers.

    assigned: by how many statements each name is; what several assign need not be what one does. lengths: of
    what is unpacked; axes: how many an array has.
    """

    facts: Facts
    needs: Callable[[UserCall], frozenset[str]]
    assigned: Counter[str]
    scalars: set[str] = field(default_factory=set)
    integers: set[str] = field(default_factory=set)
    lengths: dict[str, int] = field(default_factory=dict)
    axes: dict[str, int] = field(default_factory=dict)

    def block(self, block: Block) -> None:
        """Go back through what certainly runs, not into branches and loops."""
        for statement in reversed(block):
            match statement:
                case For(iterable=gast.Call() as iterable):
                    self.integers.update(loaded(iterable))
                case While(head=head):
                    self.block(head)
                case Assign():
                    self.assignment(statement)

    def assignment(self, statement: Assign) -> None:
        """What the operands have to be, given what the result has to be."""
        match statement:
            case Assign(targets=(_, _, *_) as targets, value=gast.Name(id=whole)):
                self.lengths[whole] = len(targets)
            case Assign(
                targets=(whole,), value=gast.Attribute(value=gast.Name(id=array), attr="shape")
            ) if whole in self.lengths and self.assigned[whole] == 1:
                self.axes[array] = self.lengths[whole]
        match self.facts.calls.get(statement):
            case Copy(atoms=atoms):
                for target, atom in zip(statement.targets, atoms, strict=True):
                    for wanted in (self.scalars, self.integers):
                        if target in wanted and self.assigned[target] == 1:
                            wanted.update(loaded(atom))
            case Primitive(rule=rule, arguments=arguments):
                names = _names(arguments)
                if rule.function in _OF_INTEGERS:
                    self.integers.update(names)
                elif rule.function in _OF_SCALARS or (
                    rule.kind == "elementwise"
                    and rule.function in _SAME_AXES
                    and self.scalars.intersection(statement.targets)
                ):
                    self.scalars.update(names)
                if rule.function in _INTEGERS and self.integers.intersection(statement.targets):
                    self.integers.update(names)
            case UserCall(arguments=arguments) as call:
                for parameter in self.needs(call):
                    self.scalars.update(loaded(arguments[parameter]))


def _names(arguments: Mapping[str, gast.AST | tuple[gast.AST, ...]]) -> list[str]:
    atoms = [atom for atom in arguments.values() if isinstance(atom, gast.AST)]
    return [name for atom in atoms for name in loaded(atom)]


def _axes(name: str, count: int) -> tuple[Extent, ...]:
    return tuple(Extent(Symbol(name, axis)) for axis in range(count))
