"""Kernels in the style of PolyBench and NPBench: loops over arrays that are written in place.

Each is plain NumPy from its mathematics, as a scientist would write it, unmodified and not in our
style. They were written before anything of them was differentiated, and stay as they are: a case
that shows a new fault is added, none is removed or rewritten. Each has inputs at two trip counts;
a case says which arguments the kernel writes into and what counts as its output. `ALL` has every
kernel in the order of the modules.
"""

from tests.kernels import (
    approximation,
    dynamic_programming,
    dynamics,
    factorisations,
    filters,
    fluids,
    networks,
    products,
    solvers,
    statistics,
    stencils,
)
from tests.memory_case import MemoryCase

__all__ = ["ALL"]

ALL: tuple[MemoryCase, ...] = (
    *stencils.CASES,
    *factorisations.CASES,
    *solvers.CASES,
    *products.CASES,
    *statistics.CASES,
    *filters.CASES,
    *fluids.CASES,
    *dynamics.CASES,
    *networks.CASES,
    *dynamic_programming.CASES,
    *approximation.CASES,
)
