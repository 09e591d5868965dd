"""Which names may share memory, which is written, and where another name sees that.

Receives a function after infer. Two questions are answered:

- by classes (of names that may ever share memory): which classes are written into at all;
- at each write, by a forward analysis of which names may point to the same array there: whether the
  write is visible through a name other than the one written.

Where no write is, a written array has one owner at each time, and its derivative is a buffer with the same
owner. Classes of arrays in which one is are `joint`: their derivatives are memory too, which names share as they
share the values. What is neither, lists and values that may be numbers, is refused with its location.

The parts, each a module: `sharing` (what statements bind to memory that is there), `written` (what they write into),
`seen` (the forward analysis, with `held` for lists and `live_after` for what is read later), `joint` and `glances`
(which derivatives are memory), `analysis` (their order), `found` (what comes out).
"""

from s2sgrad.aliasing.analysis import aliasing
from s2sgrad.aliasing.found import Aliasing, CallMemory, Conflict

__all__ = ["Aliasing", "CallMemory", "Conflict", "aliasing"]
