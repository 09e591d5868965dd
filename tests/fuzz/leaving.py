"""Random statements over blocks that are left in all ways, iterators that end by what else ends, draws, and texts."""

from __future__ import annotations

from tests.fuzz.asking import Asking
from tests.fuzz.scope import Scope, Var
from tests.fuzz.statements import Lines, indented

__all__ = ["Leaving"]


class Leaving(Asking):
    """Blocks inside managers, loops with several ends, and what is done beside computing."""

    # ---- blocks ----------------------------------------------------------------------------------

    def around_block(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """A block in a manager of the library, a `try` with all its parts, or one that may be given up."""
        if depth <= 0:
            return None
        name, q = self.world.fresh("s"), self.world.fresh("q")
        one, two = self.numbers(scope, 2)
        body = indented(self.body(scope, depth, loop=loop, most=2))
        risky = f"{name} = {one} / (1 - {self.count(scope)})"
        scope.add(Var(name, "num"))
        wrong = self.rng.choice(["ZeroDivisionError", "(ValueError, ArithmeticError)"])
        own = f"class {q}_error(ValueError):"
        forms = [
            [f"{name} = {one}", "with nullcontext():", *body],
            [f"{name} = {one}", f"with nullcontext({two}) as {q}:", *body, f"    {name} *= {q}"],
            [f"{name} = {one}", "with np.errstate(divide='ignore'), nullcontext():", *body],
            ["with np.errstate(over='ignore'):", *body, f"    {name} = {two}"],
            [
                "try:",
                f"    {risky}",
                f"except {wrong}:",
                f"    {name} = {two}",
                "else:",
                f"    {name} += {two}",
                "finally:",
                f"    {name} *= 0.5",
            ],
            [
                "try:",
                *body,
                f"    {name} = {one}",
                "finally:",
                f"    {q} = {two}",
                f"{name} += {q}",
            ],
            ["try:", *body, f"    {name} = {one}", "except (ValueError, TypeError):", "    raise"],
            [
                "try:",
                f"    {name} = {one}",
                *body,
                "except ValueError as error:",
                "    raise RuntimeError(f'told: {error}') from None",
            ],
            [own, "    pass", f"{name} = {one}", f"if {name} > 1e4:", f"    raise {q}_error('no')"],
        ]
        suppressed = [
            [f"{name} = {two}", f"with suppress({wrong}):", f"    {risky}"],
            [f"{name} = {two}", "with suppress(KeyError):", *body, f"    {name} = {one}"],
        ]
        if self.world.chance(0.1):
            self.world.beyond.add("managers that let go on")
            forms = suppressed
        chosen = self.rng.choice(forms)
        if chosen[0] == own:
            self.world.beyond.add("a class that is made inside")
        return chosen

    def exits(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """A loop that ends in several ways, over what has no end of its own, too."""
        if depth <= 0:
            return None
        name, k, q = (self.world.fresh(stem) for stem in "skq")
        one, two, three = self.numbers(scope, 3)
        n, c = self.count(scope), self.world.constant()
        inner = scope.child()
        inner.add(Var(k, "int", bound=5))
        inner.add(Var(name, "num"))
        body = self.body(inner, depth, loop=True, most=2)
        leave = [f"if {name} > {c}:", "    break"]
        skip = [f"if {k} == 1:", f"    {name} += {two}", "    continue"]
        end = [f"if {k} >= {n}:", f"    {name} *= {three}", "    break"]
        made = [f"{name} = {one}"]
        scope.add(Var(name, "num"))
        forms = [
            [*made, f"for {k} in itertools.count():", *indented([*end, *leave, *body])],
            [*made, f"for {k} in itertools.count(1):", *indented([*end, *skip, *body])],
            [*made, f"{k} = 0", "while True:", f"    {k} += 1", *indented([*end, *body, *leave])],
            [*made, f"{k} = 0", "while True:", f"    {k} += 1", *indented([*end, *skip, *leave])],
            [*made, f"{k} = {n}", f"while {k}:", f"    {k} -= 1", *indented([*leave, *body])],
            [
                *made,
                f"for {k} in range({n}):",
                *indented([*leave, *body]),
                "else:",
                f"    {name} *= {three}",
            ],
            [*made, f"while {name} < {c}:", f"    {name} = {name} * 0.5 + 1.0"],
            [*made, f"while abs({name}) > 0.1 and {name} < 50.0:", f"    {name} *= 0.6"],
            [
                *made,
                f"for {k} in range({n}):",
                f"    for {q} in ({two}, {three}):",
                f"        if {q} > {c}:",
                "            break",
                f"        {name} += {q}",
                "    else:",
                "        continue",
                f"    {name} *= 0.5",
                "    break",
            ],
        ]
        return self.rng.choice(forms)

    # ---- iterators -------------------------------------------------------------------------------

    def endless(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """Generators that don't end beside what does, iterators that functions return, and what is left of them."""
        name, y, q, k = (self.world.fresh(stem) for stem in "syqk")
        one, two, three = self.numbers(scope, 3)
        items = self.rng.choice([f"[{two}, {three}]", *[v.name for v in self.vectors(scope)]])
        c, n = self.world.constant(), self.count(scope)
        made = [f"def {y}():", f"    {q} = {one}", "    while True:", f"        yield {q}"]
        made += [f"        {q} *= 0.5"]
        first = f"{name} = 0.5"
        steps = [f"def {y}({k}):", f"    return iter(range({k}))"]
        forms = [
            [*made, f"{name} = sum({k} * {q} for {k}, {q} in zip({items}, {y}()))"],
            [*made, first, f"for {k}, {q} in zip({items}, {y}()):", f"    {name} += {k} * {q}"],
            [*made, f"{name} = sum(itertools.islice({y}(), {n}))"],
            [*made, f"{name} = next({y}()) * {two}"],
            [
                *made,
                first,
                f"for {q} in {y}():",
                f"    {name} += {q}",
                f"    if {q} < 0.1:",
                "        break",
            ],
            [*steps, first, f"for {k} in {y}({n}):", f"    {name} += {two} * {k}"],
            [*steps, f"{k} = {y}(4)", f"next({k})", f"{name} = sum({q} * {two} for {q} in {k})"],
            [f"{name} = sum({q} * {k} for {k}, {q} in enumerate({items}, start=1))"],
            [
                f"{name} = sum({q} * {k} for {q}, {k} in zip([{one}, {two}], [{three}, 0.5], strict=True))"
            ],
            [f"{name} = sum({q} for {q} in itertools.dropwhile(lambda {k}: {k} < {c}, {items}))"],
            [f"{name} = sum(itertools.compress([{one}, {two}], [1, {n} % 2]))"],
            [f"{name} = sum({q} * {two} for {q} in {items} if {q} > {c})"],
            [f"{name} = max(({q} * {two} for {q} in {items}), default=0.5)"],
            [f"{name} = max({items}, key=lambda {q}: ({q} - {c}) ** 2)"],
            [f"{name} = min(filter(None, [{one}, {two}])) * {three}"],
            [f"{name} = sum({q} for {q} in reversed([{one}, *{items}][1:]))"],
            [
                first,
                f"for {k}, {q} in reversed(list(enumerate({items}))):",
                f"    {name} = {name} * 0.5 + {q} * {k}",
            ],
            [f"{name} = sum({q} * {k} for {q} in {items} for {k} in range({n}))"],
            [first, f"for {k} in itertools.repeat({two}, {n}):", f"    {name} += {k} * {name}"],
            [
                first,
                f"for {q}, {k} in itertools.zip_longest({items}, [{one}]):",
                f"    {name} += {q} if {k} is None else {q} * {k}",
            ],
            [
                first,
                f"for {q} in itertools.chain({items}, ({two},), [{one}]):",
                f"    {name} += {q} * {name}",
            ],
        ]
        chosen = self.one_of(scope, name, forms)
        for word in ("dropwhile", "compress"):
            if f"itertools.{word}" in chosen[-1]:
                self.world.beyond.add(f"itertools.{word}")
        return chosen

    # ---- effects ---------------------------------------------------------------------------------

    def drawn(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """Random numbers: of a generator that is made here, of one that a helper is given, of NumPy's own."""
        name, rng, q, a = (self.world.fresh(stem) for stem in "sgqa")
        one, two = self.numbers(scope, 2)
        made = [f"{rng} = np.random.default_rng({self.rng.choice(['0', '3'])})"]
        old = [f"{rng} = np.random.RandomState(3)"]
        seed = ["np.random.seed(3)"]
        forms = [
            [*made, f"{name} = {rng}.{self.rng.choice(['normal', 'random', 'uniform'])}() * {one}"],
            [
                *made,
                f"{name} = {one}",
                f"for {q} in range({self.count(scope)}):",
                f"    {name} += {rng}.normal() * {two}",
            ],
            [*made, f"{a} = {rng}.standard_normal(3) * {one}", f"{name} = {a} @ {a}"],
            [*made, f"{name} = [{one}, {two}][{rng}.integers(2)] * {two}"],
            [*made, f"{name} = {one} if {rng}.random() < 0.5 else {two}"],
            [
                *made,
                f"def {a}({q}):",
                f"    return {q}.random() * {one}",
                f"{name} = {a}({rng}) + {a}({rng})",
            ],
            [*old, f"{name} = {rng}.rand() * {one} + {rng}.normal()"],
            [*old, f"{a} = {rng}.randn(2) * {one}", f"{name} = {a}[0] * {a}[1]"],
            [*seed, f"{name} = np.random.normal() * {one}"],
            [*seed, f"{name} = np.sum(np.random.rand(3) * {one})"],
            [*seed, f"{name} = {one} * np.random.uniform(0.5, 1.5) + np.random.randn()"],
        ]
        return self.one_of(scope, name, forms)

    def written_texts(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """Texts that are formatted, joined, asked, kept in a list or written to a file."""
        name, told, q = (self.world.fresh(stem) for stem in "stq")
        one, two = self.numbers(scope, 2)
        n = self.count(scope)
        file = [f"{told} = io.StringIO()"]
        log = [f"{told} = []"]
        value = [f"{name} = {one}"]
        forms = [
            [*value, *file, f'{told}.write(f"{{{name}:.2f}}")', f"{name} *= {two}"],
            [*value, *file, f"print({name}, file={told})"],
            [
                *value,
                *file,
                f"for {q} in range({n}):",
                f"    {told}.write('%d %g' % ({q}, {name}))",
                f"    {name} *= {two}",
            ],
            [*value, *log, f'{told}.append(f"s={{{name}}}")', f"{name} += {two}"],
            [
                *value,
                *log,
                f"for {q} in range({n}):",
                f"    {told}.append('{{}}'.format({name}))",
                f"    {name} *= {two}",
                f"print(len({told}))",
            ],
            [f"{told} = 'ab' + '-' * {n}", f"{name} = len({told}) * {one}"],
            [f"{told} = ', '.join(['a', 'b'])", f"{name} = {one} if 'b' in {told} else {two}"],
            [
                f"{told} = 'up' if {self.write.test(scope)} else 'down'",
                f"{name} = {one} if {told}.startswith('u') else {two}",
            ],
            [f"{name} = {one} * len('a,b'.split(',')) + len('Ab'.upper().strip())"],
            [f'{told} = f"{{{n}:03d}}"', f"{name} = {one} * int({told}) + {two}"],
            [f'print(f"{{{one}:.3f}} {{{n}!r:>4}}")', f"{name} = {two}"],
            [f"print('%.2f %s' % ({one}, {n}), end='')", f"{name} = {two}"],
            [f"print('{{:.2f}} {{k}}'.format({one}, k={n}))", f"{name} = {two}"],
        ]
        return self.one_of(scope, name, forms)
