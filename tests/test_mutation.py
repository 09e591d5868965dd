"""What is put into the analyses as a fault is one change of one module, and always the same for a seed."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.mutation.mutants import ANALYSES, mutant, sampled

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
