"""Hazards of aliasing: tiny functions in which two names, or a name and a value, share memory or don't.

Most come in pairs: the write through one name before, and after, the read through the other. They
were written before any of them was differentiated, and stay as they are: a case that shows a new
fault is added, none is removed or rewritten. Unless a case says that a parameter is mutated, the
function leaves its arguments as they were. `ALL` has every hazard in the order of the modules.
"""

from tests.hazards import calls, copies, indices, names, overwritten, rows, updates, views, whole
from tests.memory_case import MemoryCase

__all__ = ["ALL"]

ALL: tuple[MemoryCase, ...] = (
    *views.CASES,
    *names.CASES,
    *rows.CASES,
    *calls.CASES,
    *updates.CASES,
    *indices.CASES,
    *copies.CASES,
    *whole.CASES,
    *overwritten.CASES,
)
