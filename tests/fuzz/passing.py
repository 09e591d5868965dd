"""Random statements over functions that are passed on, given back and wrapped, and over less common control flow."""

from __future__ import annotations

from tests.fuzz.given import Given
from tests.fuzz.scope import Scope, Var, World
from tests.fuzz.statements import Lines, indented

__all__ = ["PREAMBLE", "Statements"]

PREAMBLE = {
    "@dataclass": "from dataclasses import dataclass",
    " replace(": "from dataclasses import replace",
    "NamedTuple": "from typing import NamedTuple",
    "partial(": "from functools import partial",
    "reduce(": "from functools import reduce",
    "wraps(": "from functools import wraps",
    "@cache": "from functools import cache",
    "@lru_cache": "from functools import lru_cache",
    "itertools.": "import itertools",
    "logging.": "import logging",
    "contextmanager": "from contextlib import contextmanager",
    "suppress(": "from contextlib import suppress",
    "nullcontext(": "from contextlib import nullcontext",
    "deque(": "from collections import deque",
    "operator.": "import operator",
    "io.": "import io",
}


class Statements(Given):
    """All statements that a random program may have."""

    def __init__(self, world: World, returns: tuple[Var, ...]) -> None:
        super().__init__(world, returns)
        self.ways |= {
            "list_names": self.list_names,
            "object": self.new_object,
            "object_change": self.object_change,
            "dict": self.new_dict,
            "dict_change": self.dict_change,
            "function": self.function,
            "function_use": self.function_use,
            "match": self.match,
            "try": self.attempt,
            "forever": self.forever,
            "quiet": self.quiet,
            "functional": self.functional,
            "starred": self.starred,
            "generator": self.generator,
            "generator_use": self.generator_use,
            "managed": self.managed,
            "iterators": self.iterators,
            "counter": self.counter,
            "builtin": self.builtin,
            "bound": self.bound,
            "iterator": self.iterator,
            "plain_iterator": self.plain_iterator,
            "text": self.text,
            "dict_view": self.dict_view,
            "stars": self.stars,
            "kept": self.kept,
            "set": self.set,
            "sorting": self.sorting,
            "lengths": self.lengths,
            "unpacking": self.unpacking,
            "grouping": self.grouping,
            "tell": self.tell,
            "raising": self.raising,
            "none": self.none,
            "matching": self.matching,
            "named": self.named,
            "library": self.library,
            "list_methods": self.list_methods,
            "nested": self.nested,
            "unlike": self.unlike,
            "dict_methods": self.dict_methods,
            "set_methods": self.set_methods,
            "deques": self.deques,
            "operators": self.operators,
            "complexes": self.complexes,
            "patterns": self.patterns,
            "choosing": self.choosing,
            "around_block": self.around_block,
            "exits": self.exits,
            "endless": self.endless,
            "drawn": self.drawn,
            "written_texts": self.written_texts,
            "trips": self.trips,
            "corners": self.corners,
            "given": self.of_containers,
        }

    # ---- functions -------------------------------------------------------------------------------

    def function(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """A function of a number that has a name: defined, made by another, a partial, a method, wrapped."""
        name, q, k = (self.world.fresh(stem) for stem in "gqq")
        inner = scope.child()
        inner.add(Var(q, "num"))
        text = self.write.num(inner)
        inner.add(Var(k, "num"))
        both = self.write.num(inner)
        given = self.write.num(scope, 1)
        methods = [
            h.name
            for h in scope.methods
            if len(h.parameters) == 1 and h.result and h.result.kind == "num"
        ]
        forms: list[Lines] = [
            [f"def {name}({q}):", f"    return {text}"],
            [f"{name} = lambda {q}: {text}"],
            [f"def {name}({q}, {k}=0.5):", f"    return {both}"],
            [
                f"def make_{name}({k}):",
                f"    def {name}_made({q}):",
                f"        return {both}",
                f"    return {name}_made",
                f"{name} = make_{name}({given})",
            ],
            [
                f"def {name}_both({k}, {q}):",
                f"    return {both}",
                f"{name} = partial({name}_both, {given})",
            ],
            [
                f"def {name}({q}, *rest, **options):",
                f"    return {text} * options.get('scale', 2.0) + sum(rest)",
            ],
            [
                f"{name} = (lambda {q}: {text}) if {self.write.test(scope)} else (lambda {q}: {q})",
            ],
        ]
        nums = [
            v.name for v in scope.of("num") if v.name.isidentifier() and v.name not in scope.frozen
        ]
        if methods:
            forms.append([f"{name} = {self.rng.choice(methods)}"])
        if nums and self.world.chance(0.1):
            written = self.rng.choice(nums)
            forms.append(
                [
                    f"def {name}({q}):",
                    f"    nonlocal {written}",
                    f"    {written} = {text}",
                    f"    return {written} * {q}",
                ]
            )
        scope.add(Var(name, "fun"))
        return self.rng.choice(forms)

    def function_use(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """A function called, or given to one that calls it."""
        functions = [v.name for v in scope.of("fun")]
        if not functions:
            return self.function(scope, depth, loop)
        g, other = self.rng.choice(functions), self.rng.choice(functions)
        name, q, array = (self.world.fresh(stem) for stem in "sqa")
        first, second = self.write.num(scope, 1), self.write.num(scope, 1)
        forms = [
            f"{name} = {g}({first})",
            f"{name} = {g}({other}({first}))",
            f"{name} = (lambda {q}: {g}({q}) * {second})({first})",
            f"{name} = sum({g}({q}) for {q} in ({first}, {second}))",
            f"{name} = sum(map({g}, [{first}, {second}]))",
            f"{name} = max([{first}, {second}], key={g})",
            f"{name} = [{g}, {other}][{self.rng.randrange(2)}]({first})",
        ]
        scope.add(Var(name, "num"))
        vectors = [v for v in scope.arrays() if len(v.shape) == 1 and v.shape[0]]
        if vectors and self.world.chance(0.2):
            v = self.rng.choice(vectors)
            scope.add(Var(array, "arr", v.shape))
            return [
                f"{array} = np.array([{g}({q}) for {q} in {v.name}])",
                f"{name} = {array}[0]",
            ]
        return [self.rng.choice(forms)]

    def functional(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """reduce, filter, zip, any and their like, over numbers."""
        name, q, r = (self.world.fresh(stem) for stem in "sqr")
        vectors = [v.name for v in scope.arrays() if len(v.shape) == 1 and v.shape[0]]
        items = f"[{', '.join(self.write.num(scope, 1) for _ in range(3))}]"
        if vectors and self.world.chance(0.5):
            items = self.rng.choice(vectors)
        limit = self.world.constant()
        forms = [
            f"{name} = reduce(lambda {q}, {r}: {q} * 0.5 + {r}, {items})",
            f"{name} = reduce(lambda {q}, {r}: {q} + {r} ** 2, {items}, 0.0)",
            f"{name} = sum(filter(lambda {q}: {q} > {limit}, {items}))",
            f"{name} = sum({q} * {r} for {q}, {r} in zip({items}, {items}))",
            f"{name} = sum({q} * {r} for {r}, {q} in enumerate({items}))",
            f"{name} = 2.0 if any({q} > {limit} for {q} in {items}) else {self.write.num(scope, 1)}",
            f"{name} = sorted({items})[0] * 2.0",
            f"{name} = sum(itertools.accumulate({items}))",
            f"{name} = sum({q} * {r} for {q}, {r} in itertools.combinations({items}, 2))",
            f"{name} = sum({q} for {q} in itertools.chain({items}, {items}))",
        ]
        scope.add(Var(name, "num"))
        return [self.rng.choice(forms[:6] if self.world.chance(0.8) else forms)]

    def starred(self, scope: Scope, depth: int, loop: bool) -> Lines:
        first, rest, name = (self.world.fresh(stem) for stem in "fLs")
        items = [self.write.num(scope, 1) for _ in range(3)]
        scope.add(Var(name, "num"))
        scope.add(Var(first, "num"))
        target = self.rng.choice([f"{first}, *{rest}", f"*{rest}, {first}"])
        lines = [f"{target} = {', '.join(items)}"]
        use = self.rng.choice([f"sum({rest})", f"{rest}[0] * {rest}[-1]", f"max(*{rest})"])
        return [*lines, f"{name} = {use}"]

    # ---- control flow ----------------------------------------------------------------------------

    def match(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        ints = [v.name for v in scope.of("int")]
        if depth <= 0:
            return None
        if ints and self.world.chance(0.6):
            cases = self.rng.sample(["0", "1", "2 | 3", "k if k > 1", "_"], 2)
            cases.sort(key=lambda case: case == "_")
            return [
                f"match {self.rng.choice(ints)}:",
                *indented(
                    [
                        line
                        for case in cases
                        for line in (
                            f"case {case}:",
                            *indented(self.body(scope, depth, loop=False, most=2)),
                        )
                    ]
                ),
            ]
        first, second = self.world.fresh("s"), self.world.fresh("s")
        inner = scope.child()
        inner.add(Var(first, "num"))
        inner.add(Var(second, "num"))
        subject = f"({self.write.num(scope, 1)}, {self.write.num(scope, 1)})"
        guard = f" if {self.write.test(inner)}" if self.world.chance(0.6) else ""
        lines = [
            f"match {subject}:",
            f"    case ({first}, {second}){guard}:",
            *indented(indented(self.body(inner, depth, loop=False, most=2))),
        ]
        if guard:
            lines += ["    case _:", *indented(indented(self.body(scope, depth, loop=False)))]
        return lines

    def attempt(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """An expression that may fail, and what stands for it then."""
        name = self.world.fresh("s")
        ints = [v.name for v in scope.of("int")]
        risky = self.write.num(scope, 1)
        if ints and self.world.chance(0.7):
            risky = f"{risky} / (2 - {self.rng.choice(ints)})"
        if self.world.chance(0.3):
            risky = f"1.0 / ({self.write.num(scope, 1)})"
        other = self.write.num(scope, 1)
        scope.add(Var(name, "num"))
        lines = ["try:", f"    {name} = {risky}", "except (ZeroDivisionError, ValueError):"]
        lines.append(f"    {name} = {other}")
        if self.world.chance(0.2):
            lines += ["else:", f"    {name} *= {self.world.constant()}"]
        if self.world.chance(0.2):
            lines += ["finally:", f"    {name} += 1.0"]
        return lines

    def forever(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """`while True` with exits."""
        if depth <= 0:
            return None
        name = self.world.fresh("k")
        inner = scope.child()
        inner.add(Var(name, "int", bound=5))
        body = self.body(inner, depth, loop=True, most=3)
        nums = [v.name for v in scope.of("num") if v.name not in scope.frozen]
        early: Lines = []
        if nums and self.world.chance(0.5):
            early = [f"if {self.rng.choice(nums)} > 1.5:", "    break"]
        return [
            f"{name} = 0",
            "while True:",
            f"    if ({name} := {name} + 1) > {self.rng.choice(['1', '2', '3'])}:",
            "        break",
            *indented(early),
            *indented(body),
        ]

    def quiet(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        if depth <= 0:
            return None
        return [
            "with np.errstate(all='ignore'):",
            *indented(self.block(scope, self.rng.randint(1, 2), depth - 1, loop=loop)),
        ]
