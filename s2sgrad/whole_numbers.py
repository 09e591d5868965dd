"""What is stored in arrays that may hold integers, or converted to such, is cut off: then no derivative passes.

An array that is known to hold integers carries no derivative. Here are those of which it isn't known: they are made
like a parameter of unknown dtype that isn't differentiated, or with a dtype that isn't known. What is differentiated
holds real numbers, and what is stored into a parameter itself is the caller's choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import gast
import numpy as np

from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Container, Copy, Inert, Primitive, Unresolved
from s2sgrad.infer.results import may_be_whole
from s2sgrad.kinds import Kind, Known, Number, Other, Sequence, Unknown
from s2sgrad.program import Assign, Block, For, Statement, Store, walk
from s2sgrad.trees import loaded
from s2sgrad.trees import name as name_node

__all__ = ["UNSURE", "conversions_that_may_cut_off", "stores_that_may_cut_off"]


def stores_that_may_cut_off(
    body: Block, facts: Facts, active: frozenset[str], inputs: frozenset[str]
) -> Iterator[tuple[Statement, Unresolved]]:
    """The stores of what carries a derivative into an array that may hold integers."""
    makers = _makers(body)
    for statement in walk(body):
        if isinstance(statement, Store) and isinstance(statement.base, gast.Name):
            base = statement.base.id
            stored = active.intersection(loaded(statement.value))
            array = isinstance(facts.kinds.get(base), Number)
            if (
                stored
                and array
                and base in active
                and base in makers
                and _may_hold_integers(base, makers, facts, inputs)
            ):
                yield statement, UNSURE


def conversions_that_may_cut_off(
    body: Block, facts: Facts, active: frozenset[str], inputs: frozenset[str]
) -> Iterator[tuple[Statement, Unresolved]]:
    """The arrays that are made of what carries a derivative, with a dtype that may be one of integers."""
    makers: Makers | None = None
    for statement in walk(body):
        if not isinstance(statement, Assign) or active.isdisjoint(statement.targets):
            continue
        match facts.calls.get(statement):
            case Primitive(rule=rule, arguments=arguments) if rule.function in _CONVERTED:
                converted = [
                    arguments[name] for name in _CONVERTED[rule.function] if name in arguments
                ]
                deciding = arguments.get("dtype", arguments.get(_MADE_LIKE.get(rule.function, "")))
                carries = any(not active.isdisjoint(loaded(atom)) for atom in converted)
                if (
                    deciding is None
                    or not carries
                    or _is_real_dtype(facts.atom(deciding), deciding)
                ):
                    continue
                makers = _makers(body) if makers is None else makers
                if isinstance(deciding, gast.Name) and not _may_hold_integers(
                    deciding.id, makers, facts, inputs, unknown=True
                ):
                    continue
                yield statement, _CONVERSION


_CONVERTED: Mapping[object, tuple[str, ...]] = {
    np.array: ("object",),
    np.asarray: ("a",),
    np.ascontiguousarray: ("a",),
    np.ndarray.astype: ("a",),
    np.full: ("fill_value",),
    np.full_like: ("fill_value",),
    np.insert: ("values",),
    np.linspace: ("start", "stop"),
}
"""What makes arrays of a dtype that is asked for: the parameters with the numbers."""

_MADE_LIKE: Mapping[object, str] = {np.full_like: "a", np.insert: "arr"}
"""What makes arrays with the dtype of one of its arguments, unless another is asked for."""


def _names_real_numbers(dtype: str) -> bool:
    """Whether a text is NumPy's name for real numbers; it may be nobody's name for anything (`"c128"`)."""
    try:
        return np.dtype(dtype).kind == "f"
    except (SyntaxError, TypeError, ValueError):
        return False


def _is_real_dtype(kind: Kind, atom: gast.AST) -> bool:
    """Whether this asks for real numbers, or for what the numbers are anyway; or is an array of real numbers."""
    if isinstance(atom, gast.Constant):
        return not isinstance(atom.value, str) or _names_real_numbers(atom.value)
    if isinstance(kind, Known):
        asked = kind.value
        return isinstance(asked, type) and issubclass(asked, float | np.floating)
    if isinstance(kind, Other):
        return kind.name == "NoneType" or kind.name.startswith("Float")
    return _is_real(kind.item if isinstance(kind, Sequence) else kind)


Makers = Mapping[str, list[Assign | For]]


def _makers(body: Block) -> Makers:
    """The statements that bind each name."""
    makers: dict[str, list[Assign | For]] = {}
    for statement in walk(body):
        if isinstance(statement, For):
            makers.setdefault(statement.target, []).append(statement)
        if isinstance(statement, Assign):
            for target in statement.targets:
                makers.setdefault(target, []).append(statement)
    return makers


def _may_hold_integers(
    base: str, makers: Makers, facts: Facts, inputs: frozenset[str], *, unknown: bool = False
) -> bool:
    """Whether an array of unknown dtype is made of nothing that holds real numbers, as the inputs do.

    unknown: whether that of which nothing is known may hold integers, too.
    """
    seen, waiting = {base}, [base]
    while waiting:
        name = waiting.pop()
        kind = facts.kinds.get(name)
        number = kind.item if isinstance(kind, Sequence) else kind
        if isinstance(number, Unknown) and not unknown and not isinstance(kind, Sequence):
            return False
        dtype = number.dtype if isinstance(number, Number) else None
        if name in inputs or dtype not in {None, "int", "bool"}:
            return False
        for maker in makers.get(name, ()) if dtype is None else ():
            followed = _followed(maker, facts)
            if followed is None and unknown and not isinstance(facts.calls.get(maker), Primitive):
                followed = (
                    tuple(map(name_node, loaded(maker.value))) if isinstance(maker, Assign) else ()
                )
            if followed is None or any(_is_real(facts.atom(atom)) for atom in followed):
                return False
            read = [name for atom in followed for name in loaded(atom)]
            new = [name for name in read if name in facts.kinds and name not in seen]
            seen.update(new)
            waiting += new
    return True


def _followed(maker: Assign | For, facts: Facts) -> tuple[gast.AST, ...] | None:
    """The atoms of which a value holds integers if they are such; None where it holds real numbers anyway."""
    if isinstance(maker, For):
        return (maker.iterable,)
    match facts.calls.get(maker):
        case Primitive(rule=rule, arguments=arguments):
            if rule.function is np.linspace:
                return None
            if rule.function is np.full and "dtype" not in arguments:
                arguments = {"fill_value": arguments["fill_value"]}
            values = arguments.values()
            atoms = tuple(a for v in values for a in (v if isinstance(v, tuple) else (v,)))
            numbers = [kind for atom in atoms if isinstance(kind := facts.atom(atom), Number)]
            if rule.kind == "elementwise" and len(numbers) == len(atoms):
                return atoms if may_be_whole(rule.function, numbers) else None
            return atoms
        case Copy(atoms=atoms) | Container(operation="display", atoms=atoms):
            return atoms
        case Inert():
            value = maker.value
            if isinstance(value, gast.Call):
                if _gives_places(value.func, facts):
                    return ()
                return (*value.args, *(keyword.value for keyword in value.keywords))
            return (value,)
    return None


def _gives_places(function: gast.AST, facts: Facts) -> bool:
    """Whether a function, or a method, gives integers whatever it is given."""
    if isinstance(function, gast.Attribute):
        return function.attr in _PLACES
    found = facts.constant(function)
    return isinstance(found, Known) and getattr(found.value, "__name__", "") in _PLACES


_PLACES = frozenset(
    {
        *("argmax", "argmin", "argpartition", "argsort", "argwhere", "bincount", "digitize"),
        *("flatnonzero", "lexsort", "nanargmax", "nanargmin", "nonzero", "searchsorted"),
    }
)


def _is_real(kind: Kind) -> bool:
    return isinstance(kind, Number) and kind.dtype not in {None, "int", "bool"}


UNSURE = Unresolved(
    "it isn't known whether this array holds integers, which would cut off what is stored",
    "Make it with dtype=float, or give like=.",
)

_CONVERSION = Unresolved(
    "it isn't known whether this makes an array of integers, which would cut off what is put into it",
    "Write dtype=float, or give like=.",
)
