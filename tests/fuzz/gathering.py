"""Random statements over sets, and over lists and dicts in less common ways: sorted, joined, grouped, shortened."""

from __future__ import annotations

from tests.fuzz.outside import Outside
from tests.fuzz.scope import Scope, Var
from tests.fuzz.statements import Lines, indented

__all__ = ["Gathering"]


class Gathering(Outside):
    """Blocks that ask sets, and that gather numbers and arrays in lists and dicts."""

    def numbers(self, scope: Scope, count: int) -> list[str]:
        """Some numbers."""
        return [self.write.num(scope, 1) for _ in range(count)]

    def vectors(self, scope: Scope) -> list[Var]:
        """The arrays with one axis that have items."""
        return [v for v in scope.arrays() if len(v.shape) == 1 and v.shape[0]]

    def written_vectors(self, scope: Scope) -> list[Var]:
        """Those that may be written into."""
        return [v for v in self.vectors(scope) if v.name not in scope.frozen]

    def count(self, scope: Scope) -> str:
        """How often something is done."""
        return self.rng.choice(["2", "3", *[v.name for v in scope.of("int") if v.bound <= 5]])

    # ---- sets ------------------------------------------------------------------------------------

    def set(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """A set of integers or words that is asked, counted, joined with another or gone through."""
        name, other, i, total = (self.world.fresh(stem) for stem in "ccis")
        n, word = self.count(scope), self.rng.choice(["'a'", "'b'", "'d'"])
        made = [
            "{0, 2}",
            f"{{{i} % 2 for {i} in range({n})}}",
            f"set(range({n}))",
            f"{{1, {n}}}",
            "frozenset((0, 1))",
            "set([0, 1, 1])",
        ]
        joined = [f"{name} | {{1}}", f"{name} - {{0}}", f"{name} & {{0, 1}}", f"{name} ^ {{1}}"]
        joined += [f"{name}.union([1])", f"{name}.difference([2])", f"{name}.intersection({{0}})"]
        one, two, three = self.numbers(scope, 3)
        first = [f"{name} = {self.rng.choice(made)}"]
        forms = [
            [*first, f"{total} = {one} if {n} in {name} else {two}"],
            [*first, f"{total} = len({self.rng.choice([name, *joined])}) * {one}"],
            [*first, f"{total} = sum({i} * {one} for {i} in sorted({name}))"],
            [f"{name} = {{'a', 'b', 'c'}}", f"{total} = {one} if {word} in {name} else {two}"],
            [f"{total} = {one} if {n} not in {{1, 2}} else {two}"],
            [*first, f"{other} = {self.rng.choice(joined)}", f"{total} = len({other}) * {two}"],
            [
                f"{total} = {one}",
                f"{name} = set()",
                f"for {i} in (0, 1, 0, {n}):",
                f"    if {i} in {name}:",
                f"        {self.rng.choice(['continue', 'break'])}",
                f"    {name}.add({i})",
                f"    {total} += {two} * {i} + {three}",
            ],
            [*first, f"{total} = {one} if {name} <= {{0, 1, 2}} and {name} else {two}"],
        ]
        vectors = self.written_vectors(scope)
        if vectors:
            v = self.rng.choice(vectors)
            sign = self.rng.choice(["=", "+=", "*="])
            size = v.shape[0]
            forms += [
                [
                    f"{total} = {one}",
                    *first,
                    f"for {i} in sorted({self.rng.choice([name, *joined])}):",
                    f"    {v.name}[{i} % {size}] {sign} {two}",
                    f"    {total} += {v.name}[({i} + 1) % {size}] * {three}",
                ],
                [
                    f"{total} = {one}",
                    f"for {i} in range({size}):",
                    f"    if {i} in {{0, {n}}}:",
                    f"        {v.name}[{i}] {sign} {total} * {two}",
                    f"    {total} += {v.name}[{i}]",
                ],
            ] * 2
        chosen = self.rng.choice(forms)
        scope.add(Var(total, "num"))
        return chosen

    # ---- lists -----------------------------------------------------------------------------------

    def sorting(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """Numbers in another order: by a key, the largest first, with what belongs to them."""
        name, total, q, r = (self.world.fresh(stem) for stem in "Lsqr")
        items = f"[{', '.join(self.numbers(scope, 3))}]"
        vectors = [v.name for v in self.vectors(scope)]
        if vectors and self.world.chance(0.5):
            items = self.rng.choice(vectors)
        key = self.rng.choice(
            [
                "key=abs",
                f"key=lambda {q}: -{q}",
                f"key=lambda {q}: {q} * {q}",
                "reverse=True",
                "key=abs, reverse=True",
                f"key=lambda {q}: ({q} - 0.3) ** 2, reverse=True",
            ]
        )
        one, two = self.numbers(scope, 2)
        forms = [
            [f"{name} = sorted({items}, {key})", f"{total} = {name}[0] * {one} + {name}[-1]"],
            [f"{name} = sorted({items}, {key})", f"{total} = {name}[0]", f"{name}[0] = {one}"],
            [f"{total} = sorted({items}, {key})[1 - 1] * {one}"],
            [f"{total} = sum({q} * {r} for {r}, {q} in enumerate(sorted({items}, {key})))"],
            [f"{name} = list({items})", f"{name}.sort({key})", f"{total} = {name}[0] * {one}"],
            [
                f"{name} = sorted([({one}, 0.5), ({two}, 2.0)], key=lambda {q}: {q}[0])",
                f"{total} = {name}[0][0] * {name}[0][1]",
            ],
            [
                f"{name} = sorted(zip({items}, range(3)), reverse=True)",
                f"{total} = sum({q} * {r} for {q}, {r} in {name})",
            ],
            [f"{r}, {q} = max(enumerate({items}), key=lambda {q}: {q}[1])", f"{total} = {q} * {r}"],
            [f"{total} = min({items}, key=lambda {q}: ({q} - 0.4) ** 2) * {one}"],
            [
                f"{r} = sorted(range(2), key=[{one}, {two}].__getitem__)[0]",
                f"{total} = {r} * {one}",
            ],
            [f"{total} = max([{one}, {two}], key=abs, default=0.0)"],
        ]
        chosen = self.rng.choice(forms)
        scope.add(Var(total, "num"))
        return chosen

    def lengths(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """A list of numbers or of arrays that gets longer and shorter in all ways, and what is read of it then."""
        name, read, i = (self.world.fresh(stem) for stem in "Lei")
        shape = self.rng.choice([*self.world.shapes, ()])
        item = Var(read, "arr", shape) if shape and self.world.chance(0.5) else Var(read, "num")
        a, b, c, d = (self.item(scope, item) for _ in range(4))
        lines = [f"{name} = [{a}, {b}]"]
        steps: list[tuple[Lines, int]] = [
            ([f"{name}.extend([{c}, {d}])"], 2),
            ([f"{name}.extend(list({name}))"], 2),
            ([f"{name}.extend({c} for {i} in range(2))"], 2),
            ([f"{name}.insert({self.rng.choice(['0', '1', '-1'])}, {c})"], 1),
            ([f"{name} += ({c},)"], 1),
            ([f"{name}[1:1] = [{c}, {d}]"], 2),
            ([f"{name} = [*{name}, {c}]"], 1),
            ([f"{name} = [{c}] + {name}[:1]"], 0),
            ([f"{name}.append({c})", f"{name}.append({name}.pop(0))"], 1),
            ([f"{name}.append({name}[0])"], 1),
            ([f"{name}.append({c})", f"del {name}[{self.rng.choice(['0', '1', '-1'])}]"], 0),
            ([f"{name}.insert(1, {c})", f"{name}.pop({self.rng.choice(['0', '1', '-1'])})"], 0),
            ([f"{name}[0], {name}[1] = {name}[1], {name}[0]"], 0),
            ([f"{name}[0], {name}[-1] = {c}, {name}[0]"], 0),
            (
                [f"for {i} in range({self.count(scope)}):", f"    {name}.append({name}[-1] * {c})"],
                0,
            ),
            ([f"{name}[:] = [{c}, *{name}]"], 1),
            ([f"{name} = list(map(lambda {i}: {i} * 0.5, {name}))"], 0),
        ]
        if item.kind == "arr":
            sign = self.rng.choice(["=", "+=", "*="])
            steps += [
                ([f"{name}[{self.rng.choice(['0', '-1'])}][...] {sign} {c}"], 0),
                ([f"for {i} in {name}:", f"    {i} {self.rng.choice(['*=', '+='])} {d}"], 0),
            ] * 2
        for step, _ in self.rng.sample(steps, self.rng.randint(1, 3)):
            inside = step
            if self.world.chance(0.15) and "=" not in step[0].split("(")[0]:
                inside = [f"if {self.write.test(scope)}:", *indented(step)]
            lines += inside
        place = self.rng.choice([f"{name}[0]", f"{name}[-1]", f"{name}[1]", f"{name}.pop()"])
        place = self.rng.choice([place, f"{name}[len({name}) // 2]", f"{name}.pop(1)"])
        scope.add(item)
        return [*lines, f"{read} = {place}"]

    def unpacking(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """Several values to several names, places and stars at once."""
        p, q, total, rest = (self.world.fresh(stem) for stem in "pqsL")
        one, two, three, four = self.numbers(scope, 4)
        forms = [
            [f"({p}, {q}), {total} = ({one}, {two}), {three}", f"{total} += {p} * {q}"],
            [
                f"{p}, *{rest}, {q} = [{one}, {two}, {three}, {four}]",
                f"{total} = sum({rest}) * {p}",
            ],
            [f"{p}, ({q}, *{rest}) = {one}, ({two}, {three})", f"{total} = {rest}[0] * {q}"],
            [f"[{p}, {q}] = {one}, {two}", f"{total} = {p} * {q}"],
            [
                f"{rest} = [{one}, {two}]",
                f"{rest}[0], {q} = {three}, {rest}[0]",
                f"{total} = {rest}[0] * {q}",
            ],
            *[
                [
                    f"{total} = {one}",
                    f"for {p}, ({q}, {rest}) in enumerate([({one}, {two}), ({three}, {four})]):",
                    f"    {total} += {q} * {rest} * {p}",
                ],
                [
                    f"{total} = {one}",
                    f"for {p}, *{rest} in [({one}, {two}), ({three}, {four})]:",
                    f"    {total} += {p} * {rest}[0]",
                ],
            ],
        ]
        vectors = self.written_vectors(scope)
        if vectors:
            v = self.rng.choice(vectors)
            a, last = v.name, v.shape[0] - 1
            forms += [
                [f"{a}[0], {total} = {one}, {a}[{last}]"],
                [f"{a}[0], {a}[{last}] = {a}[{last}], {one}", f"{total} = {a}[0] * {two}"],
                [f"{total}, *{rest} = {a}", f"{a}[0] *= {total}", f"{total} += sum({rest})"],
                [f"{total} = {a}[{last}] = {one}", f"{total} *= {two}"],
                [f"*{rest}, {total} = {a}[:]", f"{a}[{last}] = {one}", f"{total} += len({rest})"],
            ] * 2
        chosen = self.rng.choice(forms)
        scope.add(Var(total, "num"))
        return chosen

    # ---- dicts -----------------------------------------------------------------------------------

    def grouping(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """A dict that is filled, asked with a default, joined with another, gone through in order."""
        name, total, k, q, other = (self.world.fresh(stem) for stem in "dskqd")
        one, two, three = self.numbers(scope, 3)
        n, word = self.count(scope), self.rng.choice(["'a'", "'b'", "'z'"])
        lines = [f"{name} = {{'a': {one}, 'b': {two}}}"]
        term = f"{total} += {q} * {three}"
        forms = [
            [*lines, f"{total} = {name}.setdefault({word}, {three})", f"{name}['a'] = {two}"],
            [*lines, f"{total} = {name}.get({word}, {three}) * {one}"],
            [*lines, f"{name}.update(z={three})", f"{total} = sum({name}.values())"],
            [*lines, f"{name} |= {{'b': {three}}}", f"{total} = {name}['b'] * {name}['a']"],
            [
                *lines,
                f"{other} = {name} | {{'b': {three}}}",
                f"{total} = {other}['b'] * {name}['b']",
            ],
            [
                *lines,
                f"{other} = {{**{name}, 'a': {three}}}",
                f"{total} = {other}['a'] * {name}['a']",
            ],
            [*lines, f"del {name}['a']", f"{total} = len({name}) * {name}['b']"],
            [*lines, f"{total} = {name}.pop({word}, {three})"],
            [
                *lines,
                f"{total} = {name}.pop('a')",
                f"{name}['a'] = {total} * {three}",
                f"{total} *= {name}['a']",
            ],
            [f"{name} = dict(zip('ab', [{one}, {two}]))", f"{total} = {name}['a'] * {name}['b']"],
            [
                f"{name} = dict.fromkeys('ab', {one})",
                f"{name}['a'] *= {two}",
                f"{total} = {name}['a'] * {name}['b']",
            ],
            [*lines, f"{total} = {one} if {word} in {name} else {name}['a']"],
            [
                *lines,
                f"{total} = 0.5",
                f"for {k} in sorted({name}):",
                f"    {q} = {name}[{k}]",
                f"    {term}",
                f"    {name}[{k}] = {total}",
            ],
            [
                *lines,
                f"{total} = 0.5",
                f"for {k}, {q} in {name}.items():",
                f"    if {k} != {word}:",
                f"        {term}",
            ],
            [
                f"{name} = {{{k}: {one} * {k} for {k} in range({n})}}",
                f"{total} = sum({name}.values()) + {name}.get(1, {two})",
            ],
            [
                f"{name} = {{{k}: {q} for {k}, {q} in zip('abc', [{one}, {two}, {three}])}}",
                f"{name}['b'] *= {name}['a']",
                f"{total} = {name}['b'] * {name}['c']",
            ],
            [
                f"{name} = {{'a': [{one}], 'b': []}}",
                f"{name}['b'].append({two})",
                f"{name}['a'][0] *= {three}",
                f"{total} = {name}['a'][0] * {name}['b'][-1]",
            ],
            [
                f"{name} = {{}}",
                f"{name}.setdefault('a', []).append({one})",
                f"{name}.setdefault('a', []).append({two})",
                f"{total} = sum({name}['a'])",
            ],
            [
                f"{name} = {{'p': {{'a': {one}, 'b': {two}}}, 'q': {three}}}",
                f"{name}['p']['a'] *= {name}['q']",
                f"{total} = {name}['p']['a'] * {two}",
            ],
            [
                f"{name} = {{(0, 1): {one}, (1, 0): {two}}}",
                f"{name}[0, 1] += {three}",
                f"{total} = {name}[(0, 1)] * {name}[1, 0]",
            ],
        ]
        arrays = [v for v in scope.arrays() if v.shape and 0 not in v.shape]
        if arrays:
            v = self.rng.choice(arrays)
            value, row = self.write.arr(scope, v.shape, 1), v.shape[0]
            sign = self.rng.choice(["=", "+=", "*="])
            forms += [
                [
                    f"{name} = {{'a': {v.name}, 'b': {value}}}",
                    f"{q} = {name}['a']",
                    f"{q}[0] {sign} {two}" if v.name not in scope.frozen else f"{q} = {q} * {two}",
                    f"{total} = np.sum({name}['a'] * {name}['b'])",
                ],
                [
                    f"{name} = {{{k}: {q} for {k}, {q} in enumerate({v.name})}}",
                    f"{total} = np.sum({name}[0] * {name}[{row - 1}]) * {two}",
                ],
                [
                    f"{name} = {{'w': {{'a': {value}}}}}",
                    f"{name}['w']['a'][0] {sign} {two}",
                    f"{total} = np.sum({name}['w']['a']) * {three}",
                ],
                [
                    f"{name} = {{'a': {value}}}",
                    f"{q} = {name}.setdefault('b', {name}['a'])",
                    f"{q}[0] {sign} {two}",
                    f"{total} = np.sum({name}['a'] * {q})",
                ],
                [
                    f"{name} = {{'a': {value}}}",
                    f"{q} = {name}.get('a')",
                    f"{q}[-1] {sign} {two}",
                    f"{name}['a'] = {name}['a'] * {three}",
                    f"{total} = np.sum({name}['a'] * {q})",
                ],
            ] * 2
        chosen = self.rng.choice(forms)
        scope.add(Var(total, "num"))
        return chosen
