"""Faults put into the transformer on purpose: whether the random programs find them.

Each replaces one function of s2sgrad by one that makes a mistake which a transformer can well make. A fault counts as
found by the first program that becomes wrong or crashes; without a fault, all of them are right.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from s2sgrad import context, gradient, mirror, places, reaching, zeros
from s2sgrad.adjoint import _Template
from s2sgrad.aliasing import analysis, glances, sharing
from s2sgrad.infer.resolution import Primitive
from s2sgrad.program import Accumulate, If
from s2sgrad.reverse import adjoints, memory, needless, reversal
from s2sgrad.reverse.first_writes import Blank, FirstWrites
from s2sgrad.tangent import Tangents
from tests.fuzz.campaign import failure, tried

__all__ = ["FAULTS", "first_failure", "report"]

Patch = pytest.MonkeyPatch


def _dropped_contribution(patch: Patch) -> None:
    original = memory.adjoint

    def without_the_last(*args: Any) -> Any:
        made = original(*args)
        last = [s for s in made if isinstance(s, Accumulate)][1:][-1:]
        return tuple(s for s in made if s not in last)

    patch.setattr(memory, "adjoint", without_the_last)


def _forgotten_unbroadcast(patch: Patch) -> None:
    patch.setattr(_Template, "unbroadcast", lambda _, expression, __: expression)


def _view_taken_for_a_copy(patch: Patch) -> None:
    original = sharing.Sharing.gives_view

    def only_slices(self: Any, statement: Any) -> bool:
        found = self.facts.calls.get(statement)
        sliced = isinstance(found, Primitive) and found.rule.name == mirror.GETITEM
        return sliced and original(self, statement)

    patch.setattr(sharing.Sharing, "gives_view", only_slices)


def _augmented_assignment_as_rebinding(patch: Patch) -> None:
    original = analysis.written_by

    def but_in_place(statement: Any, shared: Any, findings: Any) -> Any:
        found = shared.facts.calls.get(statement)
        in_place = isinstance(found, Primitive) and found.in_place
        return () if in_place else original(statement, shared, findings)

    patch.setattr(analysis, "written_by", but_in_place)


def _break_ignored(patch: Patch) -> None:
    patch.setattr(reversal.Reverse, "left_early", lambda *_: False)


def _missing_undo(patch: Patch) -> None:
    patch.setattr(needless.Undone, "needed", lambda *_: False)


def _stale_branch_flag(patch: Patch) -> None:
    patch.setattr(reversal.Reverse, "test_before", lambda _, statement: ([], statement.test))


def _glance_that_lasts(patch: Patch) -> None:
    original = glances._Places.simple

    def nothing_old(self: Any, statement: Any, seen: Any) -> Any:
        return replace(original(self, statement, seen), old=frozenset())

    patch.setattr(glances._Places, "simple", nothing_old)


def _captured_when_made(patch: Patch) -> None:
    original = reaching.Reaching.closure

    def as_it_is(self: Any, statement: Any, env: Any) -> None:
        original(self, statement, dict(env))  # what is assigned behind it isn't seen

    patch.setattr(reaching.Reaching, "closure", as_it_is)


def _repeated_index(patch: Patch) -> None:
    original = _Template.change

    def once(self: Any, change: Any) -> None:
        original(self, replace(change, repeated=False))

    patch.setattr(_Template, "change", once)


def _stores_that_repeat(patch: Patch) -> None:
    patch.setattr(adjoints.Adjoints, "names_once", lambda *_: True)


def _seed_written_into(patch: Patch) -> None:
    patch.setattr(zeros._Zeros, "owned", lambda _, __, value: value)


def _computed_again_after_a_write(patch: Patch) -> None:
    patch.setattr(places.Places, "changed_between", lambda *_: False)


def _arguments_not_copied(patch: Patch) -> None:
    patch.setattr(gradient, "copies", lambda _: ())


def _results_not_copied(patch: Patch) -> None:
    patch.setattr(gradient, "own", lambda value, _, **__: value)


def _every_write_is_the_first(patch: Patch) -> None:
    patch.setattr(FirstWrites, "blank", lambda *_: Blank(0.0))


def _swap_in_turn(patch: Patch) -> None:
    original = adjoints.Adjoints.copy

    def one_by_one(self: Any, statement: Any, atoms: Any) -> list[Any]:
        found = []
        for target, atom in reversed(list(zip(statement.targets, atoms, strict=True))):
            found += original(self, replace(statement, targets=(target,)), (atom,))
        return found

    patch.setattr(adjoints.Adjoints, "copy", one_by_one)


def _derivative_not_cleared(patch: Patch) -> None:
    original = adjoints.Adjoints.store

    def kept(self: Any, statement: Any) -> list[Any]:
        made = original(self, statement)
        return [s for s in made if type(s).__name__ != "Clear"]

    patch.setattr(adjoints.Adjoints, "store", kept)


def _branch_without_else(patch: Patch) -> None:
    original = reversal.Reverse.branch

    def first_only(self: Any, statement: Any) -> list[Any]:
        made = original(self, statement)
        return [replace(s, orelse=()) if isinstance(s, If) and s.body else s for s in made]

    patch.setattr(reversal.Reverse, "branch", first_only)


def _tangent_without_the_last_operand(patch: Patch) -> None:
    original = Tangents.varying

    def but_the_last(self: Any) -> list[str]:
        found = original(self)
        return found[:-1] if len(found) > 1 else found

    patch.setattr(Tangents, "varying", but_the_last)


def _trips_of_one_length(patch: Patch) -> None:
    patch.setattr(context, "left_varying", lambda *_: frozenset())


FAULTS: dict[str, Callable[[Patch], None]] = {
    fault.__name__.strip("_"): fault
    for fault in (
        _dropped_contribution,
        _forgotten_unbroadcast,
        _view_taken_for_a_copy,
        _augmented_assignment_as_rebinding,
        _break_ignored,
        _missing_undo,
        _stale_branch_flag,
        _glance_that_lasts,
        _captured_when_made,
        _repeated_index,
        _stores_that_repeat,
        _seed_written_into,
        _computed_again_after_a_write,
        _arguments_not_copied,
        _results_not_copied,
        _every_write_is_the_first,
        _swap_in_turn,
        _derivative_not_cleared,
        _branch_without_else,
        _tangent_without_the_last_operand,
        _trips_of_one_length,
    )
}


def first_failure(fault: str, seed: int, most: int) -> tuple[int, str] | None:
    """How many programs it takes until one fails that is right without the fault, and how; None where none does."""
    for number in range(most):
        with pytest.MonkeyPatch.context() as patch:
            FAULTS[fault](patch)
            worst = failure(tried(number, seed, 3)[2])
        if worst is not None and failure(tried(number, seed, 3)[2]) is None:
            return number + 1, f"{worst.kind}: {worst.reason}"
    return None


def report(seed: int, most: int) -> bool:
    """Say of each fault by which program it is found; whether all were."""
    every = True
    for fault in FAULTS:
        start = time.monotonic()
        found = first_failure(fault, seed, most)
        every = every and found is not None
        words = "NOT FOUND" if found is None else f"program {found[0]:4}  {found[1]}"
        sys.stdout.write(f"{fault:40} {words}  ({time.monotonic() - start:.0f} s)\n")
        sys.stdout.flush()
    return every
