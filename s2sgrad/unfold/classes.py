"""What a class does with its objects, as far as it is written in Python: how they are made, what attributes mean."""

from __future__ import annotations

import dataclasses
import inspect
import types
from collections import namedtuple
from dataclasses import dataclass
from typing import Any

from s2sgrad.source import MISSING

__all__ = [
    "Made",
    "accessor",
    "attribute_of",
    "attributes_in",
    "computes",
    "fields_of",
    "how_it_is_made",
    "is_plain_class",
    "of_named_tuples",
    "owner_of",
]

_OF_TUPLES = ("__contains__", "__getitem__", "__iter__", "__len__")
_OPEN = ("__getattr__", "__getattribute__", "__setattr__", "__new__", "__delattr__")


_Example = namedtuple("_Example", ())  # noqa: PYI024 - of its methods only the code is asked for


@dataclass(frozen=True)
class Made:
    """How a class makes an object: by its function `__init__`, or field by field; then `__post_init__`.

    fields: name → default (MISSING: none), for tuples with names and dataclasses; a default that is made anew for each
    object is the dataclasses.Field itself.
    """

    initial: types.FunctionType | None = None
    fields: dict[str, object] | None = None
    after: types.FunctionType | None = None


def is_plain_class(cls: object) -> bool:
    """Whether a class is written in Python and does nothing unusual when objects are made, read and written."""
    if not isinstance(cls, type) or cls.__module__ in {"builtins", "numpy"}:
        return False
    if issubclass(cls, BaseException) or type(cls) not in {type, _abstract()}:
        return False
    if is_named_tuple(cls):
        return True
    plain = all(_of_python(base) for base in cls.__mro__[:-1])
    return plain and not any(
        name in vars(base) and not _made_by_dataclass(base, name)
        for base in cls.__mro__[:-1]
        for name in _OPEN
    )


def _abstract() -> type:
    import abc  # noqa: PLC0415

    return abc.ABCMeta


def _of_python(base: type) -> bool:
    """Whether a class of an mro is an ordinary one."""
    return base.__module__ == "abc" or (
        base.__flags__ & (1 << 9) != 0
        and base.__module__.partition(".")[0] not in {"numpy", "scipy", "collections"}
    )


def _made_by_dataclass(base: type, name: str) -> bool:
    """Whether a frozen dataclass has such a method: it refuses stores, which a right program doesn't do."""
    own = dataclasses.is_dataclass(base) and name in {"__setattr__", "__delattr__"}
    return own and base.__dataclass_params__.frozen  # type: ignore[attr-defined]


def is_named_tuple(cls: type) -> bool:
    """Whether a class is a tuple with names, and makes its objects as such."""
    owner = next((base for base in cls.__mro__ if "__new__" in vars(base)), object)
    made = issubclass(cls, tuple) and {"_fields", "_field_defaults"} <= {*vars(owner)}
    return made and all(getattr(cls, name) is getattr(tuple, name) for name in _OF_TUPLES)


def of_named_tuples(function: object) -> str:
    """Which of the methods that all tuples with names have a function is, "" if it is none of them."""
    code = getattr(function, "__code__", None)
    for name in ("_asdict", "_replace"):
        if code is vars(_Example)[name].__code__:
            return name
    return ""


def how_it_is_made(cls: type) -> Made | None:
    """How objects of a plain class are made; None where it isn't known."""
    if is_named_tuple(cls):
        return Made(fields={n: cls._field_defaults.get(n, MISSING) for n in cls._fields})  # type: ignore[attr-defined]
    initial = inspect.getattr_static(cls, "__init__", None)
    if dataclasses.is_dataclass(cls) and _is_generated(initial):
        found: dict[str, object] = {}
        for each in dataclasses.fields(cls):
            made = each.default_factory is not dataclasses.MISSING
            none = each.default is dataclasses.MISSING
            found[each.name] = each if made else MISSING if none else each.default
        if {*found} != _asked_for(initial):
            return None
        after = inspect.getattr_static(cls, "__post_init__", None)
        return Made(fields=found, after=after if isinstance(after, types.FunctionType) else None)
    if initial is object.__init__:
        return Made()
    return Made(initial=initial) if isinstance(initial, types.FunctionType) else None


def _is_generated(initial: object) -> bool:
    """Whether an `__init__` is the one that dataclasses write, and not the class's own."""
    code = getattr(initial, "__code__", None)
    return isinstance(code, types.CodeType) and code.co_qualname.startswith("__create_fn__.")


def _asked_for(initial: Any) -> set[str]:
    """The names of the parameters of a method behind the first one."""
    code = initial.__code__
    return {*code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount]}


def fields_of(cls: type) -> list[str] | None:
    """The fields that an object is made of by its class, which does nothing with them; None for other classes."""
    made = how_it_is_made(cls) if is_plain_class(cls) else None
    return list(made.fields) if made and made.fields is not None and made.after is None else None


def attributes_in(value: object) -> dict[Any, Any] | None:
    """The attributes that an object has itself; None where its class decides otherwise what one of them is."""
    if not hasattr(value, "__dict__"):
        return None
    held = (attribute_of(type(value), key) for key in vars(value))
    return None if any(h and computes(h[0], own=True) for h in held) else dict(vars(value))


def attribute_of(cls: type, name: str, after: type | None = None) -> tuple[object, type] | None:
    """What a class has under a name, and the class of its mro that has it; after: only those behind that one."""
    bases = cls.__mro__
    if after is not None:
        bases = bases[bases.index(after) + 1 :]
    for base in bases:
        if name in vars(base):
            return vars(base)[name], base
    return None


def accessor(cls: type, name: object) -> object | None:
    """A property, or what else of a class decides what a store into an attribute does; None: the object has it."""
    made = isinstance(name, str) and not is_named_tuple(cls)
    found = attribute_of(cls, name) if made else None  # type: ignore[arg-type]
    if found is None or isinstance(found[0], types.MemberDescriptorType):
        return None
    return found[0] if hasattr(type(found[0]), "__set__") else None


def computes(held: object, *, own: bool) -> bool:
    """Whether what a class has under a name is asked when an attribute is read; own: the object has it itself, too."""
    if isinstance(held, staticmethod | types.MemberDescriptorType):
        return False
    return hasattr(type(held), "__get__") and not (own and isinstance(held, types.FunctionType))


def owner_of(cls: type, function: object) -> type | None:
    """The class of an mro that has a function."""
    for base in cls.__mro__:
        for value in vars(base).values():
            plain = getattr(value, "fget", None) or getattr(value, "__func__", value)
            if plain is function or (isinstance(value, property) and value.fset is function):
                return base
    return None
