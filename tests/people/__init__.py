"""Functions as people write them: in notebooks, lectures and research scripts, with whatever Python they know.

One module a field. They were written before any of them was differentiated, and stay as they are: a case that
shows a new fault is added, none is removed or rewritten. The functions keep their own habits: not our style.
`ALL` has every case in the order of the modules.
"""

from tests.people import (
    control,
    epidemiology,
    finance,
    geometry,
    networks,
    notebooks,
    numerics,
    optics,
    physics,
    probability,
    signals,
    statistics,
)
from tests.people.case import PeopleCase

__all__ = ["ALL", "PeopleCase"]

ALL: tuple[PeopleCase, ...] = (
    *statistics.CASES,
    *physics.CASES,
    *optics.CASES,
    *finance.CASES,
    *control.CASES,
    *epidemiology.CASES,
    *geometry.CASES,
    *signals.CASES,
    *probability.CASES,
    *networks.CASES,
    *numerics.CASES,
    *notebooks.CASES,
)
