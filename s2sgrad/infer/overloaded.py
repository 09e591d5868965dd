"""What may be an object whose class overloads operators, though it isn't known what it is.

Items of a list of sparse matrices, say, or what a function gives that makes one: they look like numbers and arrays
until an operator meets them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from inspect import getattr_static
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import gast
import numpy as np

from s2sgrad.holding import own_attributes
from s2sgrad.infer.resolution import Copy, Primitive, Resolution, UserCall
from s2sgrad.infer.unread import is_of_a_library
from s2sgrad.kinds import Kind, Known, Other, Sequence, Unknown, may_overload
from s2sgrad.outward import is_of_libraries, leads_to
from s2sgrad.overloading import overloads
from s2sgrad.source import MISSING, Source
from s2sgrad.source import Unknown as Unread
from s2sgrad.trees import loaded, nodes

__all__ = ["Overloaded", "holds_overloading", "overloading_attributes"]

_OF_NUMBERS = frozenset(
    {"PIL", "cv2", "h5py", "imageio", "joblib", "librosa", "numba", "numpy", "scipy", "skimage"}
    | {"", "sklearn", *sys.stdlib_module_names}
)
"""Libraries whose functions give numbers and arrays, but for those named below."""
_SPARSE = frozenset({"aslinearoperator", "expm", "inv", "matrix_power"})
"""What gives sparse matrices and operators in `scipy.sparse.linalg`."""

_OF_ARRAYS = frozenset({"diagonal", "item", "numpy", "to_numpy", "toarray", "tolist"})
"""Methods that give numbers and arrays, whatever they are of."""

_ANOTHER = frozenset({"H", "I", "T", "imag", "mT", "real"})
"""Attributes that give another such object."""


class Overloaded:
    """Marks the kinds of such values, in one function."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.known: dict[int, tuple[object, bool]] = {}
        self.attributes: dict[str, bool] = {}

    def marked(self, value: gast.AST, resolution: Resolution, kind: Kind, meanings: Any) -> Kind:
        """The kind of what an expression gives; meanings: what names mean."""
        if isinstance(resolution, Copy | Primitive | UserCall):
            return kind
        unknown = kind.item if isinstance(kind, Sequence) and kind.items is None else kind
        if not isinstance(unknown, Unknown) or unknown.overloads:
            return kind
        if not self.gives(value, meanings):
            return kind
        marked = replace(unknown, overloads=True)
        return replace(kind, item=marked) if isinstance(kind, Sequence) else marked

    def gives(self, value: gast.AST, meanings: Any) -> bool:
        """Whether an expression of which nothing else is known gives such an object."""
        match value:
            case gast.Attribute(value=base, attr=attribute):
                return self._of_attribute(attribute, base, meanings)
            case (
                gast.Subscript(value=base, slice=gast.Constant(value=key))
                | gast.Call(
                    func=gast.Attribute(value=base, attr="get"), args=[gast.Constant(value=key)]
                )
            ) if (item := _item(meanings.object(base), key)) is not MISSING:
                return self.holds(item)
            case gast.Call(func=gast.Attribute(attr=method)) if method in _OF_ARRAYS:
                return False
            case gast.Call(func=func, args=args, keywords=keywords):
                function = meanings.object(func)
                if function is not MISSING and _makes(function):
                    return True
                given = [*args, *(keyword.value for keyword in keywords)]
                if function is MISSING or isinstance(function, Unread):
                    given.append(func.value if isinstance(func, gast.Attribute) else func)
                return any(self.may_be(atom, meanings) for atom in given)
            case gast.Subscript(value=base):
                return self.may_be(base, meanings)
            case gast.BinOp(left=left, right=right):
                return self.may_be(left, meanings) or self.may_be(right, meanings)
            case gast.UnaryOp(operand=operand):
                return self.may_be(operand, meanings)
        return any(self.of_kind(meanings.kind_of(node)) for node in _names(value))

    def may_be(self, atom: gast.AST, meanings: Any) -> bool:
        """Whether an atom is such an object, or holds one."""
        value = meanings.object(atom)
        if value is not MISSING and not isinstance(value, Unread):
            return self.holds(value)
        if isinstance(atom, gast.Name | gast.Attribute | gast.Constant):
            return self.of_kind(meanings.kind_of(atom))
        return any(self.of_kind(meanings.kind_of(node)) for node in _names(atom))

    def of_kind(self, kind: Kind) -> bool:
        """Whether something of a kind is such an object, or holds one."""
        if isinstance(kind, Known):
            return self.holds(kind.value)
        if isinstance(kind, Sequence):
            return any(map(self.of_kind, (kind.item, *(kind.items or ()))))
        return may_overload(kind)

    def holds(self, value: object) -> bool:
        """Whether a value that is known beforehand is such an object, or holds or makes one."""
        if isinstance(value, Unread):
            return value.overloads
        if isinstance(value, ModuleType):
            return False
        if isinstance(value, type | FunctionType | Source):
            return _makes(value)
        if id(value) not in self.known:
            self.known[id(value)] = value, holds_overloading(value)
        return self.known[id(value)][1]

    def _of_attribute(self, attribute: str, base: gast.AST, meanings: Any) -> bool:
        """Whether an attribute of an object of the module may be such an object."""
        of_a_file = getattr(self.source.namespace, "overloading", ())  # that isn't run
        if attribute in of_a_file or (attribute in _ANOTHER and self.may_be(base, meanings)):
            return True
        kind, receiver = meanings.kind_of(base), self.source.receiver
        if isinstance(kind, Known):
            return bool(_in_attribute(attribute, kind.value))
        of_example = isinstance(kind, Other) and attribute in kind.overloading
        if of_example or _in_attribute(attribute, receiver):
            return True
        if attribute not in self.attributes:
            outer = self.source.namespace
            named = {n.id for n in nodes(self.source.tree) if isinstance(n, gast.Name)}
            found = _in_any(attribute, [outer[name] for name in sorted(named & outer.keys())])
            if found is None and self.may_be(base, meanings):  # of what a function is given
                found = _in_any(attribute, [outer[name] for name in sorted(outer)])
            self.attributes[attribute] = bool(found)
        return self.attributes[attribute]


def _item(holder: Any, key: object) -> object:
    """An item of a list, a tuple or a dict that is known beforehand, by a key that stands there."""
    plain = (list.__getitem__, tuple.__getitem__, dict.__getitem__)
    if getattr(type(holder), "__getitem__", None) not in plain:
        return MISSING
    try:
        return holder[key]
    except (LookupError, TypeError):
        return MISSING


def _in_any(attribute: str, values: list[object]) -> bool | None:
    """Whether what one of these has under a name is such an object; None if none has it."""
    holders = (value for value in values if not isinstance(value, ModuleType))
    found = [one for value in holders if (one := _in_attribute(attribute, value)) is not None]
    return any(found) if found else None


def holds_overloading(value: object) -> bool:
    """Whether a value, or something that it holds or that its methods name, is an object that overloads operators."""
    return any(map(_is_or_names_one, leads_to(value)))


def _is_or_names_one(part: object) -> bool:
    if isinstance(part, Unread):
        return part.overloads
    return overloads(part if isinstance(part, type) else type(part)) or _names_one(part)


def overloading_attributes(value: object) -> frozenset[str]:
    """The attributes of an object, and of what it holds, that may be such objects or hold them."""
    inside = (own_attributes(part) for part in leads_to(value, classes=False))
    return frozenset(name for own in inside for name, v in own.items() if holds_overloading(v))


def _in_attribute(attribute: str, holder: object) -> bool | None:
    """Whether what an object, or something that it holds, has under a name is such an object; None if none has it."""
    found: bool | None = None
    for part in leads_to(holder):
        if isinstance(part, Unread | Source):
            continue
        inside = own_attributes(part)
        static = getattr_static(part, attribute, MISSING)
        if attribute in inside:
            static = inside[attribute]
        elif static is MISSING:
            other = getattr_static(type(part), "__getattr__", None)
            if not isinstance(other, FunctionType):
                continue
            static = part
        own = isinstance(static, property) and not is_of_libraries(type(part))
        if holds_overloading(part if own else static):
            return True
        found = False
    return found


def _names(tree: gast.AST) -> Iterator[gast.Name]:
    for name in loaded(tree):
        yield gast.Name(id=name, ctx=gast.Load(), annotation=None, type_comment=None)


def _makes(function: object) -> bool:
    """Whether a class or a function of which it isn't known what it gives may give such an object."""
    if isinstance(function, Unread):
        return function.overloads
    if isinstance(function, type):
        return overloads(function)
    if any(function is known for known in (np.asmatrix, np.bmat)):
        return True
    if isinstance(function, Source):
        return _named_in(function)
    wrapped = getattr_static(function, "__wrapped__", None)
    if isinstance(wrapped, FunctionType):
        return _makes(wrapped)
    if isinstance(function, MethodType | partial):
        return holds_overloading(function)
    told = function if isinstance(function, FunctionType | BuiltinFunctionType) else type(function)
    module, name = str(told.__module__ or ""), told.__name__
    if module.startswith("scipy.sparse"):
        return not module.startswith("scipy.sparse.linalg") or name in _SPARSE
    if module.partition(".")[0] in _OF_NUMBERS:
        return False
    if isinstance(function, FunctionType):
        return _is_installed(function) or _names_one(function)
    return isinstance(function, BuiltinFunctionType) or holds_overloading(function)


def _named_in(source: Source) -> bool:
    """Whether the text of a function that is only read, or made inside of another, names one of them."""
    named = {node.id for node in nodes(source.tree) if isinstance(node, gast.Name)}
    return any(_is_one(source.namespace[n]) for n in sorted(named & source.namespace.keys()))


def _names_one(function: object) -> bool:
    """Whether the text of a user's function names a class that overloads operators, or what makes objects of one."""
    waiting, seen = [function], set[int]()
    while waiting:
        known = waiting.pop()
        if not isinstance(known, FunctionType) or id(known) in seen:
            continue
        seen.add(id(known))
        for value in () if _is_installed(known) else _meant(known):
            if isinstance(value, FunctionType) and not _is_installed(value):
                waiting.append(value)
            elif _is_one(value):
                return True
    return False


def _is_installed(function: FunctionType) -> bool:
    return is_of_a_library(function.__code__.co_filename)


def _is_one(value: object) -> bool:
    if isinstance(value, Unread):
        return value.overloads
    if isinstance(value, ModuleType):
        return value.__name__.startswith("scipy.sparse")
    return isinstance(value, type | FunctionType) and _makes(value)


def _meant(function: FunctionType) -> Iterator[object]:
    """What the names of a function mean in its module, and the attributes of modules that it may read."""
    codes, names = [function.__code__], set[str]()
    for code in codes:
        names.update(code.co_names)
        codes += (part for part in code.co_consts if isinstance(part, CodeType))
    outer = function.__globals__
    values = {id(outer[name]): outer[name] for name in sorted(names & outer.keys())}
    for value in tuple(values.values()):
        if isinstance(value, ModuleType):
            inside = vars(value)
            values.update({id(inside[n]): inside[n] for n in sorted(names & inside.keys())})
    yield from values.values()
