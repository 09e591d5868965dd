"""One function, transformed for each combination of kinds of its arguments, once.

Receives a function of the user's and steps: what it is differentiated by, and in which form; then
arguments. The function that a step makes is what the next one differentiates. What was made is
kept as long as the function lives.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import FunctionType, MethodType
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from s2sgrad.alone import TURN
from s2sgrad.derive import derive
from s2sgrad.followed import Followed
from s2sgrad.infer.parameters import example_kind
from s2sgrad.kinds import Kind, Number, Unknown
from s2sgrad.load import load
from s2sgrad.numeric import parts_of
from s2sgrad.parse import parse
from s2sgrad.unfold.classes import attributes_in, is_plain_class

__all__ = ["Made", "Recipe", "Step", "Wrt", "name_of"]

Wrt = int | str | tuple[int | str, ...]


@dataclass(frozen=True)
class Step:
    """One transform; wrt: a name, or names for a tuple of derivatives."""

    wrt: str | tuple[str, ...]
    form: str


@dataclass(frozen=True, eq=False)
class Made:
    """A generated function; differentiated: the kind of what the function it was made of returns.

    mutated: the parameters that the user's function writes into; contents: those whose final contents are
    differentiated, since nothing is returned. followed: what has to be as it was for it to be right. settled: whether
    it holds for the whole numbers and texts in containers only that were given; objects: for such objects only.
    """

    function: FunctionType
    text: str
    differentiated: Kind
    mutated: frozenset[str] = frozenset()
    contents: tuple[str, ...] = ()
    followed: Followed = field(default_factory=Followed)
    settled: bool = False
    objects: bool = False

    @property
    def scalar(self) -> bool | None:
        """Whether it was a number that was differentiated, None where that isn't known."""
        kind = self.differentiated
        if isinstance(kind, Unknown) or (isinstance(kind, Number) and kind.ndim is None):
            return None
        return isinstance(kind, Number) and kind.scalar


_KEPT: WeakKeyDictionary[FunctionType, dict[Any, Made]] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Recipe:
    """A function and what is done to it; kept: what was made so far, by steps and kinds."""

    root: Callable[..., Any]
    signature: inspect.Signature
    steps: tuple[Step, ...] = ()
    kept: dict[Any, Made] = field(default_factory=dict)

    @classmethod
    def of(cls, f: Callable[..., Any]) -> Recipe:
        """The recipe that does nothing."""
        if not isinstance(f, FunctionType):
            parse(f)  # which refuses what isn't written in Python
            return cls(f, inspect.signature(f))
        with TURN:
            own = inspect.signature(f, follow_wrapped=False)  # `functools.wraps` says another one's
            return cls(f, own, kept=_KEPT.setdefault(f, {}))

    def then(self, step: Step) -> Recipe:
        """The recipe with one more step."""
        return replace(self, steps=(*self.steps, step))

    def until(self, count: int) -> Recipe:
        """The recipe of the first steps."""
        return replace(self, steps=self.steps[:count])

    @property
    def name(self) -> str:
        """What the function that comes out is called in messages."""
        name = name_of(self.root)
        return f"the derivative of {name}" if self.steps else name

    @cached_property
    def receiver(self) -> tuple[object, ...]:
        """The object that a method, or an object with a `__call__`, passes first."""
        if isinstance(self.root, FunctionType):
            return ()
        return (self.root.__self__ if isinstance(self.root, MethodType) else self.root,)

    # ---- arguments ------------------------------------------------------------------------------

    def named(self, wrt: Wrt, who: str) -> tuple[str, ...]:
        """The names of the parameters that wrt gives."""
        names, own = list(self.signature.parameters), name_of(self.root)
        found = []
        for item in wrt if isinstance(wrt, tuple) else (wrt,):
            if isinstance(item, bool) or not isinstance(item, int | str):
                raise TypeError(f"{who}: wrt is a position, a name, or a tuple, not {wrt!r}")
            if isinstance(item, str) and item not in names and not self.is_path(item):
                raise ValueError(f"{who}: {own} has no parameter {item!r}: {', '.join(names)}")
            if isinstance(item, int) and not -len(names) <= item < len(names):
                raise ValueError(f"{who}: {own} has no parameter number {item}")
            found.append(item if isinstance(item, str) else names[item])
        if not found or len(set(found)) < len(found):
            raise ValueError(f"{who}: wrt names no parameter, or one twice")
        return tuple(found)

    def is_path(self, item: str) -> bool:
        """Whether something names a part of an argument, or an attribute of the object of a method."""
        root = _root(item)
        if root == item:
            return False
        own = isinstance(self.root, MethodType) and root == next(
            iter(inspect.signature(self.root.__func__).parameters), ""
        )
        return own or root in self.signature.parameters

    @cached_property
    def plain(self) -> dict[str, Any] | None:
        """The parameters with their defaults, where each can be given by its position."""
        parameters = self.signature.parameters
        kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
        if any(p.kind not in kinds for p in parameters.values()):
            return None
        return {name: p.default for name, p in parameters.items()}

    @cached_property
    def real(self) -> frozenset[str]:
        """The parameters that something is differentiated by."""
        wrt = (s.wrt if isinstance(s.wrt, tuple) else (s.wrt,) for s in self.steps)
        return frozenset(_root(name) for names in wrt for name in names)

    def bound(self, args: Any, kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments by name, defaults included."""
        if self.plain is not None and not kwargs and len(args) <= len(self.plain):
            out = dict(zip(self.plain, args))
            if len(out) < len(self.plain):
                out = self.plain | out
            if not any(value is inspect.Parameter.empty for value in out.values()):
                return out
        try:
            found = self.signature.bind(*args, **kwargs)
        except TypeError as error:
            raise TypeError(f"{name_of(self.root)}(): {error}") from None
        found.apply_defaults()
        return dict(found.arguments)

    def call(self, arguments: Mapping[str, Any], given: Mapping[str, Any] | None = None) -> Any:
        """The result; given: further arguments, of parameters that steps have added."""
        function = self.made(arguments).function if self.steps else self.root
        first = self.receiver if self.steps else ()
        if self.plain is not None:
            return function(*first, *arguments.values(), **(given or {}))
        called = inspect.BoundArguments(self.signature, dict(arguments))
        return function(*first, *called.args, **called.kwargs, **(given or {}))

    def added(self, arguments: Mapping[str, Any]) -> list[str]:
        """The parameters that the last step has added."""
        before = self.until(len(self.steps) - 1)
        known = before.made(arguments).function if before.steps else self.root
        parameters = inspect.signature(known).parameters
        own = inspect.signature(self.made(arguments).function).parameters
        return [name for name in own if name not in parameters]

    # ---- what is made ---------------------------------------------------------------------------

    def made(self, arguments: Mapping[str, Any] | None) -> Made:
        """What is made for arguments like these; None: for any."""
        kinds = self.kinds(arguments)
        found = self.kept.get((self.steps, kinds))
        if found is not None and (found.settled or found.objects):
            kinds = self.kinds(arguments, values=found.settled, objects=found.objects)
            found = self.kept.get((self.steps, kinds))
        if found is None or not found.followed.still():
            with TURN:
                found = self.kept.get((self.steps, kinds))
                if found is None or not found.followed.still():
                    found = self.make(arguments)
                    self.kept[self.steps, self.kinds(arguments)] = found
                    kinds = self.kinds(arguments, values=found.settled, objects=found.objects)
                    self.kept[self.steps, kinds] = found
        return found

    def kinds(
        self, arguments: Mapping[str, Any] | None, *, values: bool = False, objects: bool = False
    ) -> Any:
        """What arguments are known by.

        values: whole numbers and texts in containers are known as themselves; objects: objects by what they hold.
        """
        if arguments is None:
            return None
        return tuple(_key(n, v, n in self.real, values, objects) for n, v in arguments.items())

    def make(self, arguments: Mapping[str, Any] | None) -> Made:
        """Transform."""
        step, before = self.steps[-1], self.until(len(self.steps) - 1)
        function = before.made(arguments).function if before.steps else self.root
        source = parse(function)
        like = None if arguments is None else dict(arguments)
        if before.steps:  # derivatives that come in have the value that nobody changes here
            parameters = inspect.signature(function).parameters.values()
            new = [p for p in parameters if p.name not in self.signature.parameters]
            like = (like or {}) | {p.name: p.default for p in new if p.default is not p.empty}
        made = derive(source, step.wrt, like, step.form)
        new_function: FunctionType = load(
            made.memory_text,
            made.name,
            source.namespace,
            bound=made.bound,
            defaults=made.defaults,
            notes=made.notes,
            annotations=made.annotations,
            tree=made.memory_tree,
        )
        mutated, needed, is_settled, objects = (
            made.mutated,
            made.followed,
            made.settled,
            made.objects,
        )
        if before.steps:
            inner = before.made(arguments)
            mutated, needed = inner.mutated, inner.followed + needed
            is_settled = is_settled or inner.settled
            objects = objects or inner.objects
        return Made(
            new_function,
            made.memory_text,
            made.result,
            mutated,
            made.contents,
            needed,
            is_settled,
            objects,
        )


def _key(
    name: str,
    value: Any,
    real: bool,
    values: bool,
    objects: bool,
    around: frozenset[int] = frozenset(),
) -> Any:
    """What an argument is known by: all arguments with one key have the same kind; around: what it is in."""
    if type(value) is float:
        return float
    if type(value) is np.ndarray:
        return value.dtype, tuple(length == 1 for length in value.shape)
    parts = _parts(value)
    if parts is None and objects and is_plain_class(type(value)) and id(value) not in around:
        parts, around = attributes_in(value), around | {id(value)}
    if parts is None:
        return example_kind(value, name, real=real)
    inside = []
    for key, part in parts.items():
        literal = type(part) in {bool, int, str, type(None)}
        if literal:
            inside.append((key, type(part), part if values else None))
        else:
            inside.append(
                (key, type(part), _key(f"{name}_{key}", part, real, values, objects, around))
            )
    return type(value), tuple(inside)


def _root(path: str) -> str:
    """The parameter that a path begins with."""
    return path.partition(".")[0].partition("[")[0]


def _parts(value: Any) -> dict[Any, Any] | None:
    """The parts of a dict, a dataclass, a tuple with names, or of what holds one of these; None for anything else."""
    parts = parts_of(value)
    if parts is None or type(value) not in {list, tuple}:
        return parts
    return parts if any(_parts(part) is not None for part in parts.values()) else None


def name_of(function: object) -> str:
    """What a function is called in messages and in names."""
    name = getattr(function, "__name__", type(function).__name__)
    return "lambda_" if name == "<lambda>" else str(name)
