"""The map of s2sgrad: one call a pass, from a function to the text of its derivative."""

from __future__ import annotations

import types
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from s2sgrad.alone import alone
from s2sgrad.derive import FORMS, Derivative, derive
from s2sgrad.load import load
from s2sgrad.parse import parse
from s2sgrad.problems import refuse_homeless
from s2sgrad.question import Of, Wrt
from s2sgrad.relied import relied_on
from s2sgrad.source import Source
from s2sgrad.stages import STAGES, staged
from s2sgrad.uncollected import uncollected

__all__ = ["FORMS", "STAGES", "derived", "explain", "stage_text", "transform", "transform_source"]


def transform(
    f: Callable[..., Any],
    wrt: Wrt = None,
    *,
    of: Of = None,
    like: tuple[Any, ...] | Mapping[str, Any] | None = None,
    form: str = "gradient",
) -> types.FunctionType:
    """The derivative of f as a plain function; its text is `.source`.

    It is that of f, and of the functions that f calls, as they are now; global numbers and arrays are read when it
    runs. Where an array has another shape or dtype by then, or shares memory that it didn't, and the text would be
    another one for it, a call raises TransformError. That of a method that has its object (`model.loss`) takes the
    object first, as the method's text does; `like` may leave it out.
    """
    function, messages = derived(f, wrt, of=of, like=like, form=form)
    for message in messages:
        warnings.warn(message, stacklevel=2)
    return function


@alone
@uncollected()
def derived(
    f: Callable[..., Any],
    wrt: Wrt = None,
    *,
    of: Of = None,
    like: tuple[Any, ...] | Mapping[str, Any] | None = None,
    form: str = "gradient",
    simplified: bool = True,
) -> tuple[types.FunctionType, tuple[str, ...]]:
    """The derivative of f, simplified or as the earlier passes leave it, and what its user is to be warned of."""
    source = parse(f)

    def again() -> Derivative:
        return derive(source, wrt, like, form, of=of, simplified=simplified)

    made = again()
    function: types.FunctionType = load(
        made.memory_text,
        made.name,
        source.namespace,
        bound=made.bound,
        defaults=made.defaults,
        notes=made.notes,
        annotations=made.annotations,
        tree=made.memory_tree,
        still=relied_on(made, again),
    )
    return function, made.warnings


def transform_source(
    source: Source, *, wrt: Wrt = None, of: Of = None, form: str = "gradient"
) -> Derivative:
    """The derivative of a function that is only read; its text is `.text`."""
    made = derive(source, wrt, None, form, of=of)
    refuse_homeless(source, made.homeless)
    return made


def stage_text(
    source: Source, stage: str, *, wrt: Wrt = None, of: Of = None, form: str = "gradient"
) -> str:
    """The program after a pass, as text."""
    return staged(source, stage, wrt, None, form, of=of)


def explain(
    f: Callable[..., Any],
    stage: str = "simplify",
    wrt: Wrt = None,
    *,
    of: Of = None,
    like: tuple[Any, ...] | Mapping[str, Any] | None = None,
    form: str = "gradient",
) -> str:
    """The program after a pass (one of STAGES), as text: how a derivative came about."""
    return staged(parse(f), stage, wrt, like, form, of=of)
