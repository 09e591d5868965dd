"""Prints what s2sgrad writes of functions of the zoo: run by other processes and interpreters."""

from __future__ import annotations

import sys

from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.zoo import ALL

CHOSEN = ALL[:: len(ALL) // 35]


def texts() -> str:
    """The derivatives of some functions, in both modes, with and without examples."""
    found = []
    for case in CHOSEN:
        for form in ("gradient", "tangent", "value_and_gradient"):
            like = case.inputs[0] if form == "gradient" else None
            try:
                function, _ = derived(case.function, case.variables, like=like, form=form)
                found.append(function.source)  # type: ignore[attr-defined]
            except TransformError as error:
                found.append(f"{error}\n")
    return "\n\n".join(found)


if __name__ == "__main__":
    sys.stdout.buffer.write(texts().encode())
