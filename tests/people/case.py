"""One entry of the corpus, and how a module collects its entries."""

from __future__ import annotations

import contextlib
import copy
import inspect
import io
import random
import types
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.zoo.case import Case

__all__ = ["Collection", "PeopleCase", "Run"]


@dataclass(frozen=True)
class Run:
    """What a call gives and does: its result, what it prints, its random draws, and the objects around it after it."""

    result: Any
    printed: str
    drawn: Any
    around: Any


@dataclass(frozen=True, eq=False)
class PeopleCase(Case):
    """A function whose arguments may be containers and objects, and which may do things besides returning.

    wrt has names of parameters, or paths that begin with one: `self.W1`, `params['b']`. Each call of a test is made
    with copies of the arguments and of the object that the function is bound to, which is named `self` and is the
    first argument of the derivative. What lists, dicts and sets of its module hold is put back after each call.
    """

    @property
    def roots(self) -> tuple[str, ...]:
        """The names of what is given: parameters, and `self` of a bound method."""
        names = tuple(inspect.signature(self.function).parameters)
        return ("self", *names) if self.receiver is not None else names

    @property
    def receiver(self) -> Any:
        """The object that the function is bound to."""
        return getattr(self.function, "__self__", None)

    def given(self, args: tuple[Any, ...]) -> dict[str, Any]:
        """What is given, by name: the arguments, and the object that the function is bound to."""
        values = (self.receiver, *args) if self.receiver is not None else args
        return dict(zip(self.roots, values, strict=False))

    def run(self, given: dict[str, Any], function: Callable[..., Any] | None = None) -> Run:
        """Call the function, or another one, with a copy of what is given by name."""
        own = copy.deepcopy(given)
        module = _module_state(self.function)
        before = copy.deepcopy(module)
        target, values = function, list(own.values())
        if target is None:
            target = self.function
            if self.receiver is not None:
                plain = self.function.__func__  # type: ignore[attr-defined]
                target, values = types.MethodType(plain, values[0]), values[1:]
        random.seed(11)
        np.random.seed(11)  # noqa: NPY002
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed), np.errstate(all="ignore"):
                result = target(*values, **self.kwargs)
            around = copy.deepcopy((own, module))
        finally:
            for name, value in module.items():
                _restore(value, before[name])
        _, key, position, *_ = np.random.get_state()  # noqa: NPY002
        return Run(result, printed.getvalue(), (random.getstate(), key.tobytes(), position), around)

    def call(self, args: tuple[Any, ...]) -> Any:
        """The result of the function on one of the inputs (or on a changed copy of it)."""
        return self.run(self.given(args)).result


def _module_state(function: Callable[..., Any]) -> dict[str, Any]:
    """The lists, dicts and sets of the module of a function that hold no functions."""
    names = getattr(function, "__globals__", {})
    return {
        name: value
        for name, value in names.items()
        if type(value) in {list, dict, set} and not name.startswith("_") and name.islower()
    }


def _restore(value: Any, before: Any) -> None:
    value.clear()
    if isinstance(value, list):
        value.extend(before)
    else:
        value.update(before)


class Collection:
    """The cases of a module, each added below its function: `case(f, args, args, wrt=...)`."""

    def __init__(self) -> None:
        self.all: list[PeopleCase] = []

    def __call__(self, function: Callable[..., Any], *inputs: tuple[Any, ...], **facts: Any) -> None:
        self.all.append(PeopleCase(function, inputs, scalar=False, **facts))
