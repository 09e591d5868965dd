"""The zoo: ordinary functions, written before the transformer, over which every pass is tested.

No case is removed or rewritten once it is here; a case that shows a new fault is added. The functions are
written as their users would write them, annotated or not, and keep their own habits: not our style.
`ALL` has every case in the order of the modules.
"""

from tests.zoo import (
    arrays,
    branches,
    broadcasting,
    calls,
    containers,
    exits,
    for_loops,
    indexing,
    lecture,
    linear_algebra,
    models,
    names,
    reductions,
    scalars,
    science,
    stores,
    while_loops,
)
from tests.zoo.case import Case

__all__ = ["ALL", "Case"]

ALL: tuple[Case, ...] = (
    *lecture.CASES,
    *scalars.CASES,
    *branches.CASES,
    *for_loops.CASES,
    *while_loops.CASES,
    *exits.CASES,
    *arrays.CASES,
    *broadcasting.CASES,
    *reductions.CASES,
    *linear_algebra.CASES,
    *indexing.CASES,
    *stores.CASES,
    *calls.CASES,
    *containers.CASES,
    *names.CASES,
    *science.CASES,
    *models.CASES,
)
