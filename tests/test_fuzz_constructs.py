"""The random programs have every construct of the accepted language; so none is left out that nobody thought of."""

from __future__ import annotations

import ast
import random
import re

import pytest

from tests.fuzz.classes import class_lines
from tests.fuzz.constructs import CONSTRUCTS, found
from tests.fuzz.generate import generated
from tests.fuzz.naming import renamed
from tests.fuzz.passing import Statements
from tests.fuzz.program import written_down
from tests.fuzz.scope import Scope, Var, World

PARTS = 340
STATEMENTS = 70


def module(seed: int) -> str:
    """Classes, functions and many statements of all kinds, each as likely as the others; it isn't called."""
    rng = random.Random(f"constructs-{seed}")
    world = World(rng, [(3,), (3, 2), (2,), ()], {})
    world.weights |= dict.fromkeys(Statements(world, ()).ways, 1.0)
    world.weights |= dict.fromkeys(("for", "while", "branch", "return", "quiet"), 0.2)
    world.weights |= {"operators": 3.0, "named": 4.0, "library": 2.0}  # of the most forms
    world.weights |= {"list_change": 2.0, "dict": 2.0, "dict_change": 3.0}
    write = Statements(world, (Var("", "num"),))
    lines = [*class_lines(world, Statements), *write.generators(), *write.managers()]
    for _ in range(2):
        lines += write.functions()
    scope = Scope(world)
    scope.add(Var("x", "arr", (3,)))
    scope.add(Var("n", "int", bound=4))
    scope.add(Var("s", "num"))
    body = write.block(scope, STATEMENTS, 1, loop=False)
    return "\n".join([*lines, "def f(x, n, s):", *(f"    {line}" for line in body)])


def test_every_construct_is_written() -> None:
    trees = [ast.parse(module(seed)) for seed in range(PARTS)]
    trees += [ast.parse(generated(0, number).text) for number in range(30)]
    words = set().union(*map(found, trees))
    missing = {topic: set(names.split()) - words for topic, names in CONSTRUCTS.items()}
    assert not {topic: names for topic, names in missing.items() if names}


def test_names_are_exchanged() -> None:
    """Names of f's own, and parameters, with the paths to their parts; not keys, attributes and keywords."""
    program = written_down(
        """
        def f(x, D):
            s1 = x * D['s1']
            return dict(s1=s1)['s1']
        """,
        ("0.5", "{'s1': 0.3}"),
        wrt=("x", "D['s1']"),
    )
    for seed in range(20):
        made = renamed(program, random.Random(seed))
        (name,) = re.findall(r"(\S+) = ", made.text)
        assert name != "s1"
        assert made.text.count("s1") == len("abc")
        assert made.parameters[0] == made.wrt[0]
        assert made.wrt[1] == f"{made.parameters[1]}['s1']"
        assert made.function(*made.arguments(0)) == pytest.approx(0.15)
