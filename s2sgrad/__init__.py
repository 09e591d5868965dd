"""Derivatives of Python functions as readable Python source."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from s2sgrad.api import grad, jvp, value_and_grad
    from s2sgrad.checking import check_grads
    from s2sgrad.errors import TransformError
    from s2sgrad.numeric import central_difference
    from s2sgrad.registry import (
        adjoint,
        bilinear,
        elementwise,
        inert,
        linear,
        tangent,
        view,
    )
    from s2sgrad.transform import explain, transform

__version__ = "0.1.0"

__all__ = [
    "TransformError",
    "__version__",
    "adjoint",
    "bilinear",
    "central_difference",
    "check_grads",
    "elementwise",
    "explain",
    "grad",
    "inert",
    "jvp",
    "linear",
    "tangent",
    "transform",
    "value_and_grad",
    "view",
]

_HOMES = {
    "TransformError": "errors",
    "adjoint": "registry",
    "bilinear": "registry",
    "central_difference": "numeric",
    "check_grads": "checking",
    "elementwise": "registry",
    "explain": "transform",
    "grad": "api",
    "inert": "registry",
    "jvp": "api",
    "linear": "registry",
    "tangent": "registry",
    "transform": "transform",
    "value_and_grad": "api",
    "view": "registry",
}
"""The module of each name; it is imported when the name is used first."""


class _Package(ModuleType):
    """The package itself: `s2sgrad.transform` is the function, though a module has that name, too.

    Importing a module sets it as an attribute of its package, which is left out for such names. The
    modules are found all the same: `from s2sgrad.transform import derived`.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name in _HOMES and isinstance(value, ModuleType):
            return
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
