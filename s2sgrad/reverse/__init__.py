"""Reverse mode: from the replay tree to the backward half, and what it needs recorded.

The parts, each a module: `reversal` (blocks, branches, loops, both halves), `adjoints` (one statement), `calls`,
`lists`, `memory` (derivatives that names share), `undoing` (what a statement overwrote), `ranges`, and `state`.
"""

from s2sgrad.reverse.reversal import Reverse
from s2sgrad.reverse.state import CallMade, Halves, Pair, Pairs

__all__ = ["CallMade", "Halves", "Pair", "Pairs", "Reverse"]
