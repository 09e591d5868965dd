"""What one entry of the zoo is: a function, the inputs it is tried on, and what is differentiated."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

__all__ = ["Case", "is_real"]


def is_real(value: object) -> bool:
    """Whether value is a float or an array of floats: what a derivative can be taken with respect to."""
    if isinstance(value, np.ndarray):
        return bool(np.issubdtype(value.dtype, np.floating))
    return isinstance(value, float)


@dataclass(frozen=True, eq=False)
class Case:
    """A function with positional argument tuples on which it is defined and differentiable.

    wrt None means every parameter that is given as a float or an array of floats in all inputs
    (`variables` has the names either way). scalar says that every result is a single number.
    kwargs are passed by keyword with every input and are not differentiated. label replaces the
    function's own name where it has none that is unique (lambdas, functions made by a factory).
    """

    function: Callable[..., Any]
    inputs: tuple[tuple[Any, ...], ...]
    wrt: tuple[str, ...] | None = None
    scalar: bool = True
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    label: str | None = None

    @property
    def name(self) -> str:
        """A name that no other case has."""
        return self.label or self.function.__name__

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the parameters with respect to which the case is differentiated."""
        if self.wrt is not None:
            return self.wrt
        names = tuple(inspect.signature(self.function).parameters)
        return tuple(
            name
            for position, name in enumerate(names)
            if all(position < len(args) and is_real(args[position]) for args in self.inputs)
        )

    def call(self, args: tuple[Any, ...]) -> Any:
        """The result of the function on one of the inputs (or on a changed copy of it)."""
        return self.function(*args, **self.kwargs)
