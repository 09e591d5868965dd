"""Random statements that print, raise, ask what something is, and take attributes by their names."""

from __future__ import annotations

from dataclasses import replace

from tests.fuzz.gathering import Gathering
from tests.fuzz.scope import Scope, Var
from tests.fuzz.statements import Lines, indented

__all__ = ["Telling"]


class Telling(Gathering):
    """Blocks that do something beside computing, and that ask what they have."""

    # ---- effects ---------------------------------------------------------------------------------

    def tell(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """Something is printed or logged, between what changes it."""
        one, two = self.numbers(scope, 2)
        told = one
        changed: Lines = []
        vectors = self.written_vectors(scope)
        nums = [v.name for v in scope.of("num") if v.name not in scope.frozen]
        if vectors and self.world.chance(0.5):
            v = self.rng.choice(vectors)
            told = self.rng.choice([f"{v.name}[0]", f"{v.name}.sum()", v.name, f"{v.name}[0]"])
            changed = [f"{v.name}[0] {self.rng.choice(['=', '*=', '+='])} {two}"]
        elif nums:
            told = self.rng.choice(nums)
            changed = [f"{told} {self.rng.choice(['=', '*=', '+='])} {two}"]
        forms = [
            f"print({told})",
            f"print('value', {told}, sep=': ')",
            f'print(f"{{np.sum({told}):.3f}}", end=" ")',
            f"print('%s' % ({told},))",
            f"logging.info('%s', {told})",
            f"logging.getLogger('f').debug('value %s', {told})",
        ]
        first, second = self.rng.choice(forms), self.rng.choice(forms)
        ways = [[first], [first, *changed], [first, *changed, second], [*changed, second]]
        lines = self.rng.choice(ways)
        if self.world.chance(0.2):
            return [f"if {self.write.test(scope)}:", *indented(lines)]
        if self.world.chance(0.15):
            return [f"for {self.world.fresh('i')} in range({self.count(scope)}):", *indented(lines)]
        return lines

    # ---- exceptions ------------------------------------------------------------------------------

    def raising(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """What may raise: under a condition that doesn't hold, or in a block of which more is told or done."""
        name, q = self.world.fresh("s"), self.world.fresh("q")
        one, two = self.numbers(scope, 2)
        body = self.block(scope.child(), self.rng.randint(1, 2), 0, loop=False)
        vectors = self.written_vectors(scope)
        end = [f"{name} = {one}"]
        if vectors:
            v = self.rng.choice(vectors)
            end += [f"{v.name}[-1] {self.rng.choice(['=', '*=', '+='])} {two}"]
        way = self.rng.choice(["never", "never", "more", "more", "end", "caught", "loop"])
        scope.add(Var(name, "num"))
        match way:
            case "never":
                limit = self.rng.choice(["> 1e4", "< -1e4", "!= 0.0 and False"])
                return [
                    f"{name} = {one}",
                    f"if {name} {limit}:",
                    f"    raise {self.rng.choice(['ValueError', 'RuntimeError'])}('no')",
                ]
            case "more":
                wrong = self.rng.choice(["ValueError", "(ValueError, KeyError)", "Exception"])
                told = self.rng.choice(
                    [
                        [f"except {wrong} as error:", "    raise RuntimeError('told') from error"],
                        [f"except {wrong}:", "    raise"],
                        [f"except {wrong}:", "    print('told')", "    raise"],
                    ]
                )
                last = ["finally:", f"    {name} *= 0.5"] if self.world.chance(0.3) else []
                return ["try:", *indented([*body, *end]), *told, *last]
            case "end":
                return ["try:", *indented([*body, *end]), "finally:", f"    {name} *= {two}"]
            case "caught":
                self.world.beyond.add("raise and except")
                raised = [f"if {self.write.test(scope)}:", "    raise ValueError('no')"]
                lines = [*end, *raised] if self.world.chance(0.5) else [*raised, *end]
                lines = ["try:", *indented(lines), "except ValueError:", f"    {name} = 0.7"]
                return [f"{name} = 0.5", *lines]
        if depth <= 0:
            return None
        self.world.beyond.add("try in a loop")
        i = self.world.fresh("i")
        return [
            f"{name} = {one}",
            f"for {i} in range(3):",
            "    try:",
            f"        {q} = {two} / (1 - {i})",
            "    except ZeroDivisionError:",
            f"        {self.rng.choice(['continue', 'break', f'{q} = 0.5'])}",
            f"    {name} += {q}",
        ]

    # ---- what something is -----------------------------------------------------------------------

    def none(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """A name that is None until there is something for it."""
        name, total, q = (self.world.fresh(stem) for stem in "nsq")
        one, two, three = self.numbers(scope, 3)
        items = self.rng.choice([f"({one}, {two})", *[v.name for v in self.vectors(scope)]])
        test = self.write.test(scope)
        forms = [
            [
                f"{name} = None",
                f"for {q} in {items}:",
                f"    if {name} is None or {q} {self.rng.choice('<>')} {name}:",
                f"        {name} = {q}",
                f"{total} = {name} * {three}",
            ],
            [
                f"{name} = None if {test} else {one}",
                f"{total} = {two} if {name} is None else {name} * {three}",
            ],
            [
                f"{name} = None",
                f"if {test}:",
                f"    {name} = {one}",
                f"{total} = {name} if {name} is not None else {two}",
            ],
            [
                f"{name} = None",
                f"{total} = {one}",
                f"for {q} in {items}:",
                f"    if {name} is not None:",
                f"        {total} += {name} * {q}",
                f"    {name} = {q}",
            ],
        ]
        chosen = self.rng.choice(forms)
        scope.add(Var(total, "num"))
        return chosen

    def matching(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """`match` of an object, a dict, a word, or tuples of several forms."""
        total, q, r = (self.world.fresh(stem) for stem in "sqr")
        one, two, three = self.numbers(scope, 3)
        kind = self.count(scope)
        forms = [
            [
                f"match [{one}, {two}, {kind}]:",
                f"    case [{q}, *{r}] if {r}[-1] > 2:",
                f"        {total} = {q} * {r}[0]",
                f"    case [{q}, _, 1 | 2]:",
                f"        {total} = {q} * {three}",
                "    case _:",
                f"        {total} = {three}",
            ],
            [
                f"match ({kind}, {one}):",
                f"    case (0, {q}) | (2, {q}):",
                f"        {total} = {q} * {two}",
                f"    case ({r}, {q}):",
                f"        {total} = {q} * {r}",
            ],
            [
                f"match 'sum' if {self.write.test(scope)} else 'product':",
                "    case 'sum':",
                f"        {total} = {one} + {two}",
                "    case 'product' | 'times':",
                f"        {total} = {one} * {two}",
            ],
            [
                f"match {one}:",
                f"    case {q} if {q} > {self.world.constant()}:",
                f"        {total} = {q} * {two}",
                f"    case {q}:",
                f"        {total} = {q} - {three}",
            ],
        ]
        if self.world.chance(0.1):
            self.world.beyond.add("patterns of dicts")
            forms = [
                [
                    f"match {{'kind': {kind}, 'v': {one}}}:",
                    f"    case {{'kind': 2, 'v': {q}}}:",
                    f"        {total} = {q} * {two}",
                    f"    case {{'v': {q}}} if {q} > 0.1:",
                    f"        {total} = {q}",
                    "    case _:",
                    f"        {total} = {three}",
                ],
            ]
        objects = scope.of("obj")
        if objects:
            v = self.rng.choice(objects)
            forms += [
                [
                    f"match {v.name}:",
                    f"    case {v.item}(b={q}) if {q} > {self.world.constant()}:",
                    f"        {total} = {q} * {one}",
                    f"    case {v.item}(b={q}, w={r}):",
                    f"        {total} = np.sum({r}) * {q}",
                ],
            ] * 3
        chosen = self.rng.choice(forms)
        scope.add(Var(total, "num"))
        return chosen

    def named(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """Attributes of an object by their names, questions about it, and others made of it."""
        objects = scope.of("obj")
        if not objects:
            return self.new_object(scope, depth, loop)
        v = self.rng.choice(objects)
        made = self.kind_of(v)
        w = scope.names[f"{v.name}.w"]
        name, other, total = (self.world.fresh(stem) for stem in "aos")
        one, two = self.numbers(scope, 2)
        array = self.write.arr(scope, w.shape, 1)
        tuple_ = "w" in made.fixed
        number = Var(total, "num")
        forms: list[tuple[Lines, Var]] = [
            ([f"{name} = getattr({v.name}, 'w')"], replace(w, name=name)),
            ([f"{total} = getattr({v.name}, 'b') * {one}"], number),
            ([f"{total} = getattr({v.name}, 'none', {one})"], number),
            ([f"{total} = {one} if isinstance({v.name}, {v.item}) else {two}"], number),
            ([f"{total} = {one} if type({v.name}) is {v.item} else {two}"], number),
            ([f"{total} = {one} if hasattr({v.name}, 'b') else {two}"], number),
            (
                [
                    f"{other} = [{v.name}, {self.made(scope, made)}]",
                    f"{total} = {other}[0].b * {other}[1].b",
                ],
                number,
            ),
            ([f"{other} = {{'p': {v.name}}}", f"{total} = {other}['p'].b * {one}"], number),
            (
                [
                    f"{other} = max([{v.name}, {self.made(scope, made)}], key=lambda o: o.b)",
                    f"{total} = {other}.b * {one}",
                ],
                number,
            ),
        ]
        if w.shape and 0 not in w.shape:
            sign = self.rng.choice(["=", "+=", "*="])
            forms += [
                (
                    [f"{name} = getattr({v.name}, 'w')", f"{name}[0] {sign} {one}"],
                    replace(w, name=name),
                )
            ]
        if not tuple_:
            forms += [
                ([f"setattr({v.name}, 'b', {one})", f"{total} = {v.name}.b"], number),
                ([f"{v.name}.w, {total} = {array}, {v.name}.b"], number),
                (
                    [
                        f"for {other} in ('b',):",
                        f"    setattr({v.name}, {other}, {two})",
                        f"{total} = {v.name}.b",
                    ],
                    number,
                ),
            ]
        if tuple_:
            some = ", ".join([name, total, "*_"] if len(made.parameters) > 2 else [name, total])
            forms += [
                ([f"{some} = {v.name}"], number),
                ([f"{total} = {v.name}[1] * {one}"], number),
                (
                    [f"{other} = {v.name}._replace(b={one})", f"{total} = {other}.b"],
                    Var(total, "num"),
                ),
                ([f"{total} = {v.name}._asdict()['b'] * {two}"], number),
            ]
        elif not made.plain:
            forms += [
                (
                    [f"{other} = replace({v.name}, b={one})", f"{total} = {other}.b * {v.name}.b"],
                    Var(total, "num"),
                ),
            ] * 2
        lines, var = self.rng.choice(forms)
        scope.add(var)
        return lines

    # ---- functions of the library ----------------------------------------------------------------

    def library(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """What is built in, functools and itertools have, of what carries a derivative."""
        name, q, r, part = (self.world.fresh(stem) for stem in "sqrL")
        one, two, three = self.numbers(scope, 3)
        vectors = [v.name for v in self.vectors(scope)]
        items = self.rng.choice([f"[{one}, {two}, {three}]", *vectors])
        forms = [
            [f"{q}, {name} = divmod({one} + 9.3, 1.7)", f"{name} *= {q} * {two}"],
            [f"{name} = {one} // 0.9 * {two} + {one} % 1.1"],
            [f"{name} = round({one} * 3.0) * {two}"],
            [f"{name} = pow(2.0 + math.cos({one}), {two})"],
            [f"{name} = float({one}) * int({two} * 3.0)"],
            [f"{name} = sum(map(lambda {q}, {r}: {q} * {r}, {items}, {items}))"],
            [f"{name} = sum(map(max, {items}, [0.3, 0.4, 0.5]))"],
            [f"{name} = sum(itertools.chain.from_iterable([[{one}], [{two}, {three}]]))"],
            [
                f"{name} = {one}",
                f"for {q} in itertools.chain({items}, [{two}]):",
                f"    {name} = {name} * 0.5 + {q}",
            ],
            [
                f"{name} = {one}",
                f"for {q}, {r} in itertools.pairwise({items}):",
                f"    {name} += ({r} - {q}) ** 2",
            ],
            [
                f"{name} = {one}",
                f"for {q}, {r} in itertools.product({items}, repeat=2):",
                f"    {name} += {q} * {r}",
            ],
            [
                f"{part} = list(itertools.accumulate({items}, initial={one}))",
                f"{name} = {part}[-1] * {part}[1]",
            ],
            [f"{part} = list(itertools.accumulate({items}, max))", f"{name} = {part}[-1]"],
            [f"{part} = [*itertools.islice({items}, 0, 2)]", f"{name} = sum({part}) * {one}"],
            [f"{part} = list(zip({items}, {items}[::-1]))", f"{name} = {part}[0][1] * {two}"],
            [f"{q}, {r} = zip(*[({one}, {two}), ({three}, 0.5)])", f"{name} = sum({q}) * {r}[0]"],
            [f"{name} = reduce(lambda {q}, {r}: {q} * {r} + {one}, {items}, {two})"],
            [f"{name} = reduce(max, {items})"],
            [f"{name} = partial(pow, 2.0 + math.cos({one}))(2)"],
            [f"{q} = partial(lambda {r}, k=1.0: {r} * k, k={one})", f"{name} = {q}({two})"],
            [f"{name} = {one} if all({q} < 9.0 for {q} in {items}) else {two}"],
            [f"{name} = {one} if not any({q} > 0.9 for {q} in {items}) else {two}"],
            [f"{name} = next(({q} for {q} in {items} if {q} > 0.2), {one})"],
            [f"{name} = {one} if {two} < {three} < 2.0 else {two}"],
            [
                f"if (({q} := {one}) > 0.1) and ({r} := {q} * {two}) < 0.9:",
                f"    {name} = {r}",
                "else:",
                f"    {name} = {q}",
            ],
            [f"{name} = sum([{q} := {one}, {q} * {two}])"],
            [
                f"{part} = [{r} for {q} in {items} if ({r} := {q} * {one}) > 0.1]",
                f"{name} = sum({part}, start={two})",
            ],
            [f"{q} = {one}", f"{r} = {q} * {two}", f"del {q}", f"{q} = {r}", f"{name} = {q} * {r}"],
            [f"{name} = {one} if isinstance({two}, (int, float)) else {two}"],
            [f"assert isinstance({one}, float) and {two} == {two}", f"{name} = {three}"],
            [f"{name} = math.prod({items}) + math.fsum({items})"],
            [f"{name} = sum({q} * {r} for {q} in {items} for {r} in [{one}, 0.5] if {r} != {q})"],
        ]
        chosen = self.rng.choice(forms)
        scope.add(Var(name, "num"))
        return chosen
