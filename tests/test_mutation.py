"""What is put into the analyses as a fault is one change of one module, and always the same for a seed."""

from __future__ import annotations

import ast
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.mutation.mutants import ANALYSES, all_changes, mutant, sampled
from tests.mutation.probes import Probes, probed

ROOT = Path(__file__).resolve().parent.parent

TEXT = '''
def settled(names: set[str], limit: int = 3) -> set[str]:
    """The names, at most 3 of them."""
    found = {name for name in names if name and not name.startswith("_")}
    if len(found) > limit:
        raise ValueError(f"more than {limit + 1}")
    return found | {"out"}
'''


def test_a_mutant_changes_one_thing() -> None:
    plain = ast.unparse(ast.parse(TEXT))
    changed = {(m.change, m.text) for m in (mutant("m.py", TEXT, n) for n in range(11))}
    assert {told for told, _ in changed} == {
        "`3`: 4 for 3",
        "`name and (not name.startswith('_'))`: without the last operand",
        "`name and (not name.startswith('_'))`: without the first operand",
        "`not name.startswith('_')`: without `not`",
        "`for name in names if name and (not name.startswith('_'))`: without its condition",
        "`if len(found) > limit:`: always",
        "`if len(found) > limit:`: never",
        "`len(found) > limit`: the comparison the other way round",
        "`raise ValueError(f'more than {limit + 1}')`: left out",
        "`found | {'out'}`: another operator",
        "`found | {'out'}`: only the left operand",
    }
    for _, text in changed:
        compile(text, "m.py", "exec")
        assert text != plain


def test_a_sample_is_of_different_mutants_and_the_same_each_time() -> None:
    chosen = sampled(ROOT, ANALYSES, 20, seed=5)
    assert chosen == sampled(ROOT, ANALYSES, 20, seed=5)
    assert len({(m.module, m.text) for m in chosen}) == 20
    assert len({m.module for m in chosen}) > 3
    assert all((ROOT / module).exists() for module in ANALYSES)


def reached(text: str, *calls: str) -> set[str]:
    """What is told of the mutants that make a difference in calls of functions of a text."""
    probes = Probes()
    names = probes.names()
    exec(compile(probed(text), "m.py", "exec"), names)
    for call in calls:
        with suppress(ValueError):
            eval(call, names)
    return {mutant("m.py", text, number).change for number in probes.reached}


def test_a_mutant_is_reached_where_its_value_is_another() -> None:
    few = reached(TEXT, "settled({'a', '_b'})")
    assert few == {
        "`name and (not name.startswith('_'))`: without the last operand",
        "`not name.startswith('_')`: without `not`",
        "`for name in names if name and (not name.startswith('_'))`: without its condition",
        "`if len(found) > limit:`: always",
        "`found | {'out'}`: another operator",
        "`found | {'out'}`: only the left operand",
        "`found | {'out'}`: only the right operand",
        "`3`: 4 for 3",
    }
    many = reached(TEXT, "settled({'a', 'b', 'c', 'd'})")
    assert "`if len(found) > limit:`: never" in many
    assert "`raise ValueError(f'more than {limit + 1}')`: left out" in many
    assert "`if len(found) > limit:`: always" not in many


def test_what_probes_stand_in_gives_the_same() -> None:
    names: dict[str, Any] = Probes().names()
    exec(compile(probed(TEXT), "m.py", "exec"), names)
    assert names["settled"]({"a", "_b"}) == {"a", "out"}
    assert names["settled"].__defaults__ == (3,)


def test_all_mutants_of_the_analyses_can_be_probed() -> None:
    for module in ANALYSES:
        text = (ROOT / module).read_text("utf-8")
        probes = ast.dump(ast.parse(probed(text)))
        for number in range(len(all_changes(ast.parse(text)))):
            assert f"Constant(value={number})" in probes
