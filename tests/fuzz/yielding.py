"""Random statements over generators, context managers, iterators, counters and builtins."""

from __future__ import annotations

from tests.fuzz.holding import Holding
from tests.fuzz.scope import Helper, Scope, Var
from tests.fuzz.statements import Lines, indented

__all__ = ["Yielding"]


class Yielding(Holding):
    """Blocks that make and use generators and their like."""

    # ---- generators ------------------------------------------------------------------------------

    def generator(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """A generator that is defined inside and used at once."""
        if scope.inside and self.world.chance(0.9):
            return None
        name, k = self.world.fresh("y"), self.world.fresh("k")
        lines = [f"def {name}({k}):", *indented(self.items(scope, k, name))]
        scope.add(Var(name, "gen"))
        return [*lines, *(self.generator_use(scope, depth, loop) or [])]

    def generators(self) -> Lines:
        """Generators of the module, which take a number or an array, too."""
        name, k, q = (self.world.fresh(stem) for stem in "ykq")
        scope = Scope(self.world)
        given = Var(q, "num")
        if self.world.chance(0.4):
            given = Var(q, "arr", self.rng.choice(self.world.shapes))
        scope.add(given)
        self.world.generators.append(Helper(name, (Var(k, "int", bound=4), given), None))
        word = ": float" if given.kind == "num" and self.world.chance(0.7) else ""
        return [f"def {name}({k}, {q}{word}):", *indented(self.items(scope, k, name)), "", ""]

    def items(self, scope: Scope, k: str, name: str) -> Lines:
        """The body of a generator of at most k numbers; name: what the generator is called."""
        q, i = self.world.fresh("q"), self.world.fresh("i")
        inner = scope.child()
        first = self.write.num(inner, 1)
        inner.add(Var(q, "num"))
        inner.add(Var(i, "int", bound=4))
        item, step = self.write.num(inner, 1), self.write.num(inner, 1)
        left = f"if {self.write.test(inner)}:"
        word = self.rng.choice(["continue", "break", "return"])
        forms: list[Lines] = [
            [f"for {i} in range({k}):", f"    yield {item}", f"    {q} = {step}"],
            [f"for {i} in range({k}):", f"    {q} += {step}", f"    yield {item}"],
            [f"for {i} in range({k}):", f"    {left}", f"        {word}", f"    yield {item}"],
            [f"for {i} in range({k}):", f"    {left}", f"        yield {item}"],
            [
                f"{i} = 0",
                f"while {i} < {k}:",
                f"    yield {item}",
                f"    {i} += 1",
                f"    {q} *= 0.5",
            ],
            [
                f"{i} = 0",
                "while True:",
                f"    if {i} >= {k}:",
                "        return",
                f"    yield {item}",
                f"    {i} += 1",
            ],
        ]
        if self.world.chance(0.04):
            self.world.beyond.add("a generator with several yields")
            forms = [
                [f"{i} = 0", f"yield {item}", f"yield {q}"],
                [f"yield from [{first}, {q}]"],
                [f"for {i} in range({k}):", f"    yield {item}", f"    yield {q}"],
            ]
        chosen = self.rng.choice(forms)
        if any(line.strip() == "continue" or line.startswith("        yield") for line in chosen):
            self.world.skipping.add(name)
        return [f"{q} = {first}", *chosen]

    def given(self, scope: Scope, count: str) -> str:
        """A generator that is called."""
        inside = [v.name for v in scope.of("gen")]
        outside = self.world.generators
        if inside and (not outside or self.world.chance(0.4)):
            return f"{self.rng.choice(inside)}({count})"
        chosen = self.rng.choice(outside)
        return f"{chosen.name}({count}, {self.write.argument(scope, chosen.parameters[1], 1)})"

    def generator_use(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """A loop over what a generator gives, or what uses it up at once."""
        if not scope.of("gen") and not self.world.generators:
            return self.generator(scope, depth, loop)
        ints = [v.name for v in scope.of("int") if v.bound <= 5]
        one = self.given(scope, self.rng.choice([*ints, "2", "3"]))
        other = self.given(scope, "2")
        name, q, r = (self.world.fresh(stem) for stem in "sqr")
        if depth > 0 and self.world.chance(0.5):
            inner = scope.child()
            inner.add(Var(q, "num"))
            heads = [
                f"for {q} in {one}:",
                f"for {q} in {one}:",
                f"for {r}, {q} in enumerate({one}):",
                f"for {q}, {r} in zip({one}, {other}):",
            ]
            head = self.rng.choice(heads)
            called = {text.partition("(")[0] for text in (one, other)}
            if head == heads[-1] and not called.isdisjoint(self.world.skipping):
                self.world.beyond.add("a generator that may yield nothing in a trip, beside others")
            if r in head:
                inner.add(Var(r, "int", bound=4) if "enumerate" in head else Var(r, "num"))
            return [head, *indented(self.body(inner, depth, loop=True, most=3))]
        forms = [
            f"{name} = sum({one})",
            f"{name} = sum({q} * {q} for {q} in {one})",
            f"{name} = sum({q} * {r} for {q}, {r} in zip({one}, {other}))",
            f"{name} = max({other})",
            f"{name} = sum([{q} * 0.5 for {q} in {one} if {q} > 0.1])",
            f"{name} = sum(list({one})[:1])",
            f"{name} = sum(itertools.islice({one}, 2))",
        ]
        scope.add(Var(name, "num"))
        return [self.rng.choice(forms)]

    # ---- context managers ------------------------------------------------------------------------

    def managed(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """A block in a context manager: one that a generator makes, or an object of a class that is one."""
        if depth <= 0:
            return None
        objects = [v.name for v in scope.of("obj") if "with" in self.kind_of(v).operators]
        if objects and self.world.chance(0.7):
            chosen = self.rng.choice(objects)
            return [f"with {chosen}:", *indented(self.body(scope, depth, loop=loop, most=2))]
        r = self.world.fresh("r")
        lines: Lines = []
        arrays = [v for v in scope.arrays() if len(v.shape) == 1 and v.shape[0]]
        if not self.world.managers and self.world.chance(0.95):
            return None  # one that is defined inside is rare
        if self.world.managers and self.world.chance(0.98):
            chosen = self.rng.choice(self.world.managers)
            given = [self.write.argument(scope, p, 1) for p in chosen.parameters]
            if None in given:
                return None
            call = f"{chosen.name}({', '.join(filter(None, given))})"
        else:
            self.world.beyond.add("a context manager that is made inside")
            name, q = self.world.fresh("m"), self.world.fresh("q")
            inner = scope.child()
            inner.add(Var(q, "num"))
            base = self.rng.choice(arrays).name if arrays and self.world.chance(0.5) else None
            lines = ["@contextmanager", f"def {name}({q}):", *indented(self.around(inner, q, base))]
            call = f"{name}({self.write.num(scope, 1)})"
        body = scope.child()
        target = f" as {r}" if self.world.chance(0.7) else ""
        if target:
            body.add(Var(r, "num"))
        return [
            *lines,
            f"with {call}{target}:",
            *indented(self.body(body, depth, loop=loop, most=3)),
        ]

    def managers(self) -> Lines:
        """A context manager of the module, which takes a number, and an array now and then."""
        name, q, a = (self.world.fresh(stem) for stem in "mqa")
        scope = Scope(self.world)
        parameters = [Var(q, "num")]
        vectors = [shape for shape in self.world.shapes if len(shape) == 1 and shape[0]]
        if self.world.chance(0.6):
            parameters.append(Var(a, "arr", self.rng.choice(vectors)))
        for p in parameters:
            scope.add(p)
        base = a if len(parameters) > 1 else None
        self.world.managers.append(Helper(name, tuple(parameters), None))
        head = ", ".join(p.name for p in parameters)
        body = self.around(scope, q, base)
        return ["@contextmanager", f"def {name}({head}):", *indented(body), "", ""]

    def around(self, scope: Scope, q: str, base: str | None) -> Lines:
        """The body of a context manager that is given q and may write into an array."""
        given = self.rng.choice([q, f"{q} * 0.5", self.write.num(scope, 1)])
        if base is None:
            return [f"yield {given}"]
        before = [f"{base}[0] *= {q}"] if self.world.chance(0.7) else []
        behind = [f"{base}[-1] += {self.write.num(scope, 1)}"]
        if self.world.chance(0.4):
            return [*before, "try:", f"    yield {given}", "finally:", *indented(behind)]
        return [*before, f"yield {given}", *behind]

    # ---- iterators -------------------------------------------------------------------------------

    def iterators(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """What itertools has, in loops and in what uses it up at once."""
        name, q, r = (self.world.fresh(stem) for stem in "sqr")
        items = [f"[{', '.join(self.write.num(scope, 1) for _ in range(3))}]" for _ in range(2)]
        vectors = [v.name for v in scope.arrays() if len(v.shape) == 1 and v.shape[0]]
        if vectors:
            items[0] = self.rng.choice([items[0], *vectors])
        limit = self.world.constant()
        pairs = [
            f"itertools.product({items[0]}, {items[1]})",
            f"itertools.pairwise({items[0]})",
            f"itertools.permutations({items[1]}, 2)",
            f"itertools.zip_longest({items[0]}, {items[1]}, fillvalue=0.5)",
            f"zip({items[0]}, itertools.repeat({limit}))",
            f"zip(itertools.cycle({items[1]}), {items[0]})",
            f"zip({items[0]}, itertools.count(1))",
        ]
        singles = [
            f"itertools.takewhile(lambda {r}: {r} > {limit}, {items[0]})",
            f"itertools.islice({items[0]}, 1, None)",
            f"itertools.starmap(lambda {r}, {q}: {r} * {q}, zip({items[0]}, {items[1]}))",
            f"itertools.filterfalse(lambda {r}: {r} > {limit}, {items[1]})",
            f"itertools.accumulate({items[0]}, lambda {q}, {r}: {q} * 0.5 + {r})",
            f"reversed({items[1]})",
        ]
        if depth > 0 and self.world.chance(0.4):
            inner = scope.child()
            inner.add(Var(q, "num"))
            if self.world.chance(0.5):
                head = f"for {q} in {self.rng.choice(singles)}:"
            else:
                chosen = self.rng.choice(pairs)
                inner.add(Var(r, "int", bound=9) if "count(" in chosen else Var(r, "num"))
                head = f"for {q}, {r} in {chosen}:"
            return [head, *indented(self.body(inner, depth, loop=True, most=2))]
        scope.add(Var(name, "num"))
        if self.world.chance(0.5):
            return [f"{name} = sum({self.rng.choice(singles)})"]
        return [f"{name} = sum({q} * {r} for {q}, {r} in {self.rng.choice(pairs)})"]

    # ---- counters and builtins -------------------------------------------------------------------

    def counter(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """A function that changes numbers or a list around it when it is called."""
        if scope.inside and self.world.chance(0.9):
            return None
        name, own, q = (self.world.fresh(stem) for stem in "gsq")
        inner = scope.child()
        inner.add(Var(q, "num"))
        inner.add(Var(own, "num"))
        value, start = self.write.num(inner, 1), self.write.num(scope, 1)
        lists = [v.name for v in scope.of("list") if v.item == "num"]
        appended = [f"    {self.rng.choice(lists)}.append({value})"] if lists else []
        lines = [
            f"{own} = {start}",
            f"def {name}({q}):",
            f"    nonlocal {own}",
            *(appended if self.world.chance(0.5) else []),
            f"    {own} {self.rng.choice(['=', '+=', '*='])} {value}",
            *([f"    return {own}"] if self.world.chance(0.5) else []),
        ]
        scope.add(Var(own, "num"))
        call = f"{name}({self.write.num(scope, 1)})"
        if depth > 0 and self.world.chance(0.5):
            ints = [v.name for v in scope.of("int") if v.bound <= 5]
            return [
                *lines,
                f"for {self.world.fresh('i')} in range({self.rng.choice([*ints, '2'])}):",
                f"    {call}",
            ]
        return [*lines, call]

    def builtin(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """What is built in, over numbers, lists and objects."""
        name, q, r = (self.world.fresh(stem) for stem in "sqr")
        number, other = self.write.num(scope, 1), self.write.num(scope, 1)
        lists = [v.name for v in scope.of("list") if v.item == "num" and v.length]
        dicts = [v.name for v in scope.of("dict")]
        objects = [v.name for v in scope.of("obj")]
        forms: list[Lines] = [
            [f"{q}, {name} = divmod(7.3, 1.7)", f"{name} *= {number}"],
            [f"{name} = round(2.6) * {number} + int(3.7) * float({other})"],
            [f"{name} = pow({number}, 2) + abs({other})"],
            [f"{name} = {number} if isinstance({number}, float) else 1.0"],
            [f"{name} = {number} if 2 in {{1, 2, 3}} else {other}"],
            [f"{name} = len([{number}, {other}]) * min({number}, {other}, 0.3)"],
            [f"if ({name} := {number}) > 0.2:", f"    {name} = {name} * {other}"],
            [f"{name} = {q} = {number}", f"{name} += {q} * {other}"],
            [f"{q} = {number}", f"{name} = {q} * {other}", f"del {q}"],
            [f"{name} = all({r} > -9.0 for {r} in [{number}, {other}]) * {number}"],
            [f"{name} = ({number} > 0.1 and {other}) or 0.7"],
            [f"logging.debug('%s', {number})", f"{name} = {other}"],
            [f"{q} = np.random.default_rng(3)", f"{name} = {q}.normal() * {number}"],
            [f"{name} = np.random.default_rng(4).uniform(0.5, 1.5, size=2)[1] * {number}"],
            [f"{name} = {number} if -1.0 < {other} <= 1.2 < 2.0 else {other}"],
            [f"assert (lambda {r}: {r} > -1e9)({number}), 'small'", f"{name} = {number}"],
            [
                f"if {self.write.test(scope)}:",
                f"    {name} = {number}",
                "else:",
                f"    {name} = {other}",
            ],
        ]
        if lists:
            some = self.rng.choice(lists)
            forms += [
                [f"{name} = {some}[-1] if len({some}) > 1 else {number}"],
                [f"{name} = sum({some}[:2]) + max({some})"],
                [f"{name} = sum(sorted({some})[:1])"],
                [f"{name} = {some}[{some}.index({some}[0])]"],
            ]
        if dicts:
            some = self.rng.choice(dicts)
            forms += [
                [f"{name} = {number} if 'zz' in {some} else {other}"],
                [f"{name} = {some}.get('zz', {number})"],
                [f"{name} = {some}.setdefault('own', {number}) * 2.0"],
            ]
        if objects:
            some = self.rng.choice(objects)
            forms += [
                [f"{name} = getattr({some}, 'b') * {number}"],
                [f"{name} = {some}.b if hasattr({some}, 'b') else {number}"],
            ]
        scope.add(Var(name, "num"))
        return self.rng.choice(forms)
