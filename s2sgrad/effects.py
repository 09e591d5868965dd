"""What called functions do besides computing a result: effects, and what they read and write around themselves.

Functions that call each other ask for each other; what is found of them is a fixpoint.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import eq
from typing import TYPE_CHECKING, TypeVar

from s2sgrad.activity import Outputs
from s2sgrad.around import (
    Around,
    Stored,
    around,
    changed_for_good,
    changed_outside,
    stored_outside,
)
from s2sgrad.derivative_flow import may_hold
from s2sgrad.fixpoint import Fixpoint
from s2sgrad.infer.resolution import Inert, Unresolved, UserCall
from s2sgrad.outward import read_outside, roots_outside, written_outside
from s2sgrad.program import Effect, Statement, Store, walk

if TYPE_CHECKING:
    from s2sgrad.context import Analysis, Context, Key

__all__ = ["Effects"]

T = TypeVar("T")


def _objects() -> Fixpoint[Key, frozenset[int]]:
    return Fixpoint(frozenset(), eq)


@dataclass(eq=False)
class Effects:
    """The functions of one transform, as those see them that call them."""

    context: Context
    effects: Fixpoint[Key, bool] = field(default_factory=lambda: Fixpoint(False, eq))  # noqa: FBT003
    kept: Fixpoint[Key, frozenset[int]] = field(default_factory=_objects)
    seen: Fixpoint[Key, frozenset[int]] = field(default_factory=_objects)
    changed: Fixpoint[Key, frozenset[int]] = field(default_factory=_objects)
    stored: Fixpoint[Key, frozenset[Stored]] = field(
        default_factory=lambda: Fixpoint(frozenset(), eq)
    )
    surroundings: dict[Analysis, Around] = field(default_factory=dict)

    def effectful(self, call: UserCall) -> bool:
        """Whether a called function may do anything but compute its result."""
        return self._found(
            self.effects,
            call,
            lambda analysis: any(self._effect(s, analysis) for s in walk(analysis.function.body)),
        )

    def _effect(self, statement: Statement, analysis: Analysis) -> bool:
        match analysis.facts.calls.get(statement):
            case Inert(effect=True) | Unresolved():
                return True
            case UserCall() as inner:
                return self.effectful(inner)
        if isinstance(statement, Store) and isinstance(statement.index, str):
            return True
        return isinstance(statement, Effect) or bool(roots_outside(statement, analysis))

    def kept_outside(self, call: UserCall) -> frozenset[int]:
        """The objects that a called function keeps something of its arguments in, and that nobody passes to it."""

        def found(analysis: Analysis) -> frozenset[int]:
            inputs = tuple(name for name, kind in call.kinds.items() if may_hold(kind))

            def received(names: tuple[str, ...]) -> frozenset[str]:
                outputs = Outputs(returned=False, contents=names)
                return self.context.active(analysis, inputs, outputs).active & {*names}

            return written_outside(analysis, self.kept_outside, received)

        return self._found(self.kept, call, found)

    def seen_outside(self, call: UserCall) -> frozenset[int]:
        """The containers and objects that a called function reads and that nobody passes to it."""
        return self._found(self.seen, call, lambda a: read_outside(a, self.seen_outside))

    def changed_outside(self, call: UserCall) -> frozenset[int]:
        """The containers and objects that a called function writes into and that nobody passes to it."""
        return self._found(self.changed, call, lambda a: changed_outside(a, self.changed_outside))

    def stored_outside(self, call: UserCall) -> frozenset[Stored]:
        """The arrays and lists that a called function stores into and that nobody passes to it."""
        return self._found(self.stored, call, lambda a: stored_outside(a, self.stored_outside))

    def left_changed(self, call: UserCall) -> frozenset[int]:
        """Those of them that the backward half of the called function doesn't undo."""
        analysis = self.context.analyse(call.source, call.kinds)
        return changed_for_good(analysis, self.changed_outside)

    def around(self, analysis: Analysis) -> Around:
        """What lies around an analysed function."""
        if analysis not in self.surroundings:
            self.surroundings[analysis] = around(
                analysis,
                self.seen_outside,
                self.changed_outside,
                self.left_changed,
                self.stored_outside,
            )
        return self.surroundings[analysis]

    def _found(self, values: Fixpoint[Key, T], call: UserCall, find: Callable[[Analysis], T]) -> T:
        """What is found of a called function; while that is being looked for, what is known so far."""
        key = self.context.key(call.source, call.kinds)
        return values.value(key, lambda: find(self.context.analyse(call.source, call.kinds)))
