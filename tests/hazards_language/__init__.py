"""Hazards of the language and of its numbers: tiny functions, each with its right derivative beside it.

One module a kind of hazard: what a careless transposition of the text, of its control flow, of its names, of
its types or of its formulas gets wrong. They were written before any of them was differentiated, and stay as
they are: a case that shows a new fault is added, none is removed or rewritten. What names of one array see of
each other is the subject of tests/hazards. `ALL` has every case in the order of the modules.
"""

from tests.hazards_language import (
    broadcasting,
    complex_numbers,
    control_flow,
    dtypes,
    effects,
    indexing,
    linear_algebra,
    memory,
    scoping,
    special_values,
)
from tests.stated import StatedCase

__all__ = ["ALL"]

ALL: tuple[StatedCase, ...] = (
    *control_flow.CASES,
    *scoping.CASES,
    *effects.CASES,
    *dtypes.CASES,
    *broadcasting.CASES,
    *indexing.CASES,
    *special_values.CASES,
    *linear_algebra.CASES,
    *complex_numbers.CASES,
    *memory.CASES,
)
