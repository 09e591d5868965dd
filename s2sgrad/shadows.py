"""What a statement does with memory, done once more with the tangents: arrays in place, lists and tuples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import gast

from s2sgrad.infer.resolution import Container
from s2sgrad.program import Assign, Statement, Store
from s2sgrad.simplify.expressions import binary, method, rebuilt, subscript
from s2sgrad.simplify.negatives import negated
from s2sgrad.tangent import Tangents, total
from s2sgrad.trees import loaded, name
from s2sgrad.webs import IN_PLACE

__all__ = ["OPERATORS", "InPlace", "mirrored", "plain"]

OPERATORS = {function: getattr(gast, operator) for operator, function in IN_PLACE.items()}
_SCALES = {"$operator.imul", "$operator.itruediv"}


def plain(value: gast.AST) -> gast.AST | None:
    """`x + v` for the `$operator.iadd(x, v)` that stands for `x += v`; None for anything else."""
    match value:
        case gast.Call(func=gast.Name(id=function), args=[old, operand]) if function in OPERATORS:
            return binary(old, OPERATORS[function](), operand)
    return None


def mirrored(
    value: gast.AST,
    resolution: Container,
    of: Callable[[gast.AST], gast.AST],
    is_active: Callable[[gast.AST], bool],
) -> gast.AST:
    """What makes or changes a list or a tuple, on the tangents; of: the tangent of an atom, or zeros."""
    atoms = resolution.atoms
    match resolution.operation:
        case "unpack":
            return of(atoms[0])
        case "display" | "convert" if isinstance(value, gast.Call):
            return rebuilt(value, args=[of(atom) for atom in atoms])
        case "display":
            return rebuilt(value, elts=[of(atom) for atom in atoms])
        case "element" | "slice":
            return subscript(of(atoms[0]), value.slice)
        case "append" | "extend":
            return method(of(atoms[0]), resolution.operation, of(atoms[1]))
        case "pop" | "reverse":
            return method(of(atoms[0]), resolution.operation, *atoms[1:])
        case "insert":
            return method(of(atoms[0]), resolution.operation, atoms[1], of(atoms[2]))
        case "concatenate" | "repeat" if isinstance(value, gast.Call):
            return rebuilt(value, args=[of(atom) for atom in atoms])
        case "concatenate":
            return binary(of(atoms[0]), value.op, of(atoms[1]))
        case "repeat":
            left, right = (of(atom) if is_active(atom) else atom for atom in atoms)
            return binary(left, value.op, right)
    raise TypeError(resolution.operation)


@dataclass(eq=False)
class InPlace:
    """`new = x op v` in the memory of x; d_old, d_new: the names of the shadow, that of x and that of new."""

    tangents: Tangents
    d_old: str
    d_new: str
    fresh: Callable[[str, str], str]

    def around(self, statement: Assign) -> list[Statement]:
        """The statement, and around it what does the same to the shadow."""
        update = self.update(statement)
        if update is not None:
            return [statement, Assign((self.d_new,), update, origin=statement.origin)]
        changed = self.fresh("", self.d_new)
        whole = gast.Constant(value=Ellipsis, kind=None)
        before = self.computed(statement, changed)
        return [
            *before,
            statement,
            Store(name(self.d_old), whole, name(changed), origin=statement.origin),
            Assign((self.d_new,), name(self.d_old), origin=statement.origin),
        ]

    def update(self, statement: Assign) -> gast.AST | None:
        """One operator in place on the shadow, where that is what the rule says."""
        tangents, operation = self.tangents, statement.value
        if tangents.rule.kind != "elementwise" or tangents.rule.tangent is not None:
            return None
        first, *_ = tangents.resolution.arguments
        others = [parameter for parameter in tangents.varying() if parameter != first]
        own = tangents.term(first)
        if isinstance(own, gast.Name):
            if not others:
                return own
            added = total(tangents.term(parameter) for parameter in others)
            positive = negated(added)
            if set(loaded(added)).isdisjoint(loaded(operation)):
                function = "$operator.iadd" if positive is None else "$operator.isub"
                return _call(function, [own, added if positive is None else positive])
        if not others and operation.func.id in _SCALES:
            return _call(operation.func.id, [name(self.d_old), operation.args[1]])
        return None

    def computed(self, statement: Assign, changed: str) -> list[Statement]:
        """The tangent as a value of its own, from what the operands are before the statement."""
        tangents, out = self.tangents, list[Statement]()
        tangents.value = plain(statement.value) or statement.value
        if tangents.rule.kind == "elementwise" and tangents.rule.tangent is None:
            varying = tangents.varying()
            if any(
                set(tangents.rule.results) & tangents.read_by(parameter) for parameter in varying
            ):
                result = self.fresh("", statement.targets[0])
                out.append(replace(statement, targets=(result,), value=tangents.value))
                tangents.results = (name(result),)
            value = total(tangents.term(parameter) for parameter in varying)
        else:
            (made,) = tangents.all().values
            assert made is not None  # noqa: S101
            value = made
        return [*out, *tangents.shared, Assign((changed,), value, origin=statement.origin)]


def _call(function: str, args: list[gast.AST]) -> gast.AST:
    return gast.Call(func=name(function), args=args, keywords=[])
