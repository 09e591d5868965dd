"""Derivatives for the arguments that are given: `grad`, `value_and_grad`, `jvp`.

Receives functions, and calls of what was made of them. A call is looked at for the kinds of its
arguments (scalar or array, dtype, number of axes, which axes have length 1); for each combination
the function is transformed once, and the generated function is called. So an object here means what
users of autograd and JAX expect, without types in the program; `transform` gives the text itself.

Objects compose: the derivative of a derivative is the transform of the generated function. They
pickle as what they were made of, and transform again where they arrive.
"""

from __future__ import annotations

import html
import inspect
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

import numpy as np

from s2sgrad.arguments import accepted, apart, described, tangents_of
from s2sgrad.errors import TransformError
from s2sgrad.numeric import parts_of
from s2sgrad.specialise import Recipe, Step, Wrt, name_of

__all__ = ["Transformed", "grad", "jvp", "value_and_grad"]


def grad(f: Callable[..., Any], wrt: Wrt = 0) -> Transformed:
    """The derivative of f, which returns a number, as a function of the arguments of f.

    wrt: the position or the name of a parameter, whose derivative is returned bare, or a tuple of
    these, for a tuple of derivatives. A derivative has the shape of its argument; that of a number
    is a number. Arguments that f writes into stay as they are.

    Raises TransformError where f can't be differentiated as it is written, and TypeError at a call
    where the result is no number, an argument can't have a derivative, or one that f writes into
    shares memory with another.

    >>> def area(width, height):
    ...     return width * height
    >>> grad(area)(3.0, 4.0), grad(area, wrt=(0, "height"))(3.0, 4.0)  # doctest: +SKIP
    (4.0, (4.0, 3.0))
    """
    return Transformed(f, wrt, "gradient")


def value_and_grad(f: Callable[..., Any], wrt: Wrt = 0) -> Transformed:
    """The value of f and its derivative, as `grad` has it, in one function, which runs f once."""
    return Transformed(f, wrt, "value_and_gradient")


def jvp(f: Callable[..., Any], args: Any, tangents: Any) -> tuple[Any, Any]:
    """The value of f at args, and its derivative along tangents: (value, tangent), forward mode.

    tangents: one for each argument, of its structure and shape; None for those that stay. What f
    returns may be an array, or a tuple. Where it returns nothing, the value is what it leaves in the
    arguments that it writes into; those that are given stay as they are. Raises TypeError where
    arguments and tangents don't fit.
    """
    inner = recipe_of(f)
    arguments = inner.bound(args, {})
    moved = tangents_of(arguments, args, tangents)
    arguments = accepted(arguments, tuple(moved), "jvp")
    _check_numbers(inner, arguments)
    recipe = inner.then(Step(tuple(moved), "tangent"))
    apart(arguments, recipe.made(arguments).mutated, name_of(recipe.root), "jvp")
    value, tangent = recipe.call(arguments, dict(zip(recipe.added(arguments), moved.values())))
    return value, tangent


class Transformed:
    """What `grad` and `value_and_grad` return: called with the arguments of f."""

    def __init__(self, f: Callable[..., Any], wrt: Wrt, form: str) -> None:
        inner = recipe_of(f)
        self._made_of = f, wrt, form
        self._title = "grad" if form == "gradient" else "value_and_grad"
        self._wrt = inner.named(wrt, self._title)
        self._inner = inner
        self._recipe = self._of_form(form)
        self._last: str | None = None
        self.__name__ = self.__qualname__ = f"{name_of(f)}_{self._title}"
        plural = "" if len(self._wrt) == 1 else "s"
        by = f"with respect to {', '.join(self._wrt)}."
        of = f"of {name_of(f)}"
        value = f"Value {of}, and its derivative{plural} {by}"
        self.__doc__ = f"Derivative{plural} {of} {by}" if form == "gradient" else value
        self.__signature__ = inner.signature.replace(return_annotation=inspect.Signature.empty)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The derivative at these arguments."""
        arguments = accepted(self._inner.bound(args, kwargs), self._wrt, self._title)
        if self._inner.steps:
            _check_numbers(self._inner, arguments)
        made = self._recipe.made(arguments)
        if made.mutated:
            apart(arguments, made.mutated, name_of(self._recipe.root), self._title)
        if made.scalar:
            self._last = made.text
            return self._recipe.call(arguments)
        if made.scalar is False:
            raise _no_number(self._recipe, arguments)
        both = self._of_form("value_and_gradient")  # only the value can tell
        value, derivative = both.call(arguments)
        if np.ndim(value):
            raise _no_number(self._recipe, arguments)
        self._last = both.made(arguments).text
        return derivative if self._title == "grad" else (value, derivative)

    @property
    def source(self) -> str:
        """The text that the last call has run; before the first one, the text for any arguments."""
        return self._recipe.made(None).text if self._last is None else self._last

    @property
    def recipe(self) -> Recipe:
        """What is done to which function."""
        return self._recipe

    def _of_form(self, form: str) -> Recipe:
        single = not isinstance(self._made_of[1], tuple)
        return self._inner.then(Step(self._wrt[0] if single else self._wrt, form))

    def __repr__(self) -> str:
        f, wrt, _ = self._made_of
        return f"<s2sgrad.{self._title} of {name_of(f)}, wrt={wrt!r}>"

    def _repr_html_(self) -> str:
        try:
            text = self.source
        except TransformError:
            text = repr(self)
        return f"<pre>{html.escape(text)}</pre>"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self._made_of


def recipe_of(f: Callable[..., Any]) -> Recipe:
    """The recipe of an object that was made here; of any other function, the one without steps."""
    return f.recipe if isinstance(f, Transformed) else Recipe.of(f)


def _check_numbers(recipe: Recipe, arguments: Mapping[str, Any]) -> None:
    """Refuse a recipe that takes the gradient of something that isn't a number."""
    for count, step in enumerate(recipe.steps, 1):
        part = recipe.until(count)
        if step.form == "tangent" or part.made(arguments).scalar:
            continue
        if part.made(arguments).scalar is False or np.ndim(
            _value(recipe.until(count - 1), arguments)
        ):
            raise _no_number(part, arguments)


def _value(recipe: Recipe, arguments: Mapping[str, Any]) -> Any:
    """What a function returns, which gets copies of arrays: it may write into them."""
    return recipe.call(
        {
            name: deepcopy(v) if parts_of(v) is not None or isinstance(v, np.ndarray) else v
            for name, v in arguments.items()
        }
    )


def _no_number(recipe: Recipe, arguments: Mapping[str, Any]) -> TypeError:
    """The error that refuses the gradient of something that isn't a number."""
    before = recipe.until(len(recipe.steps) - 1)
    title = "grad" if recipe.steps[-1].form == "gradient" else "value_and_grad"
    contents = recipe.made(arguments).contents
    if contents:
        of = repr(contents[0] if len(contents) == 1 else contents)
        return TypeError(
            f"{title} differentiates functions that return a number, but {before.name} returns nothing. "
            f"Use s2sgrad.transform({before.name}, of={of}) for the derivative of what it leaves in "
            f"{' and '.join(contents)}."
        )
    try:
        what = described(_value(before, arguments))
    except Exception:  # noqa: BLE001  the user's code, which is called for a message only
        what = "something else"
    return TypeError(
        f"{title} differentiates functions that return a number, but {before.name} returns {what}. "
        f"Use s2sgrad.transform({before.name}), whose derivative takes what comes in for each part of that as d_out."
    )
