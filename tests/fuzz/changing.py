"""Random statements that change lists, dicts, sets, tuples and deques by all the methods that these have."""

from __future__ import annotations

from tests.fuzz.defining import Defining
from tests.fuzz.scope import Scope, Var
from tests.fuzz.statements import Lines

__all__ = ["Changing"]


class Changing(Defining):
    """Blocks with containers of numbers that are made here, changed, and read."""

    def one_of(self, scope: Scope, total: str, forms: list[Lines]) -> Lines:
        """One of some forms, which bind total to a number."""
        chosen = self.rng.choice(forms)
        scope.add(Var(total, "num"))
        return chosen

    # ---- lists -----------------------------------------------------------------------------------

    def list_methods(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """A list of numbers that loses items by what they are, is emptied, or is asked for them."""
        name, total, q, r = (self.world.fresh(stem) for stem in "Lsqr")
        one, two, three = self.numbers(scope, 3)
        made = [f"{name} = [{one}, {two}, {three}]"]
        end = f"{total} = {name}[0] * {name}[-1]"
        forms = [
            [f"{q} = {one}", f"{name} = [{two}, {q}, {three}]", f"{name}.remove({q})", end],
            [*made, f"{name}.remove(max({name}))", end],
            [*made, f"{total} = {name}.index(min({name})) * {one} + {two}"],
            [f"{q} = {one}", f"{name} = [{q}, {two}, {q}]", f"{total} = {name}.count({q}) * {two}"],
            [*made, f"{name}.clear()", f"{name}.append({two})", end],
            [*made, f"{name}.clear()", f"{total} = {one} if not {name} else {two}"],
            [*made, f"del {name}[{self.rng.choice(['1:', ':1', '::2', '-1', '0', ':-1'])}]", end],
            [*made, f"{name}[{self.rng.choice(['1:', ':1', '-1:', ':'])}] = [{two}, {one}]", end],
            [*made, f"{name}[::2] = [{two}, {one}]", end],
            [*made, f"{name}[1:] = []", end],
            [*made, f"{name} *= 2", f"{total} = {name}[0] * {name}[3] + len({name})"],
            [*made, f"{name} += ({two}, {one})", end],
            [*made, f"{name}.insert(-1, {two})", f"{total} = {name}[-2] * {name}[1]"],
            [*made, f"{name}.sort(reverse=True)", f"{total} = {name}[0] - {name}[1] * {one}"],
            [*made, f"{name}.reverse()", f"{total} = {name}[0] - {name}[1] * {one}"],
            [f"{name} = []", f"{name}.extend([{one}, {two}])", end],
            [f"{name} = []", f"{name}.extend({q} * {one} for {q} in ({two}, 0.5))", end],
            [*made, f"{total} = {one} if {two} in {name} else {three}"],
            [*made, f"{total} = 0.5", f"while {name}:", f"    {total} += {name}.pop() * {total}"],
            [
                *made,
                f"while len({name}) > 1:",
                f"    {q}, {r} = {name}.pop(0), {name}.pop()",
                f"    {name}.append({q} * {r})",
                f"{total} = {name}[0]",
            ],
            [
                *made,
                f"for {q} in {name}[:]:",
                f"    if {q} > {self.world.constant()}:",
                f"        {name}.remove({q})",
                f"{total} = sum({name}) * {two}",
            ],
        ]
        return self.one_of(scope, total, forms)

    def unlike(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """A list of numbers and an array, or of arrays of unlike lengths, that are multiplied with each other."""
        shapes = [shape for shape in self.world.shapes if shape and 0 not in shape]
        if not shapes:
            return self.nested(scope, depth, loop)
        shape = self.rng.choice(shapes)
        name, q, r, k = (self.world.fresh(stem) for stem in "Lsqk")
        one, two = self.numbers(scope, 2)
        array, other = (self.write.arr(scope, shape, 1) for _ in range(2))
        items = self.rng.choice(
            [[one, array, two], [array, one, two], [array, two, f"({other})[:1]"]]
        )
        at = items.index(array)
        near = self.rng.choice([i for i in range(3) if i != at])
        made = self.rng.choice(
            [
                [f"{name} = [{', '.join(items)}]"],
                [f"{name} = ({', '.join(items)})"],
                [f"{name} = []", *(f"{name}.append({item})" for item in items)],
            ]
        )
        forms = [
            [f"{q} = {name}[{at}] * {name}[{near}]"],
            [f"{q} = {name}[{at}] / (2.5 + {name}[{near}] * {name}[{near}])"],
            [f"{q} = {name}[{near}] - {name}[{at}] * {name}[{near}]"],
            [f"{q} = {other}", f"for {r} in {name}:", f"    {q} = {q} * {r}"],
            [
                f"{q} = {other}",
                f"for {k} in range(3):",
                f"    {q} = {q} + {name}[{k}] * {name}[({k} + 1) % 3]",
            ],
        ]
        chosen = self.rng.choice(forms)
        scope.add(Var(q, "arr", shape))
        return [*made, *chosen]

    def nested(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """Lists of lists, and tuples that are joined, cut and made of what is gone through."""
        name, total, q, r = (self.world.fresh(stem) for stem in "Lsqr")
        one, two, three = self.numbers(scope, 3)
        made = [f"{name} = [[{one}, {two}], [{three}]]"]
        both = [f"{name} = ({one}, {two}) + ({three},)"]
        forms = [
            [*made, f"{name}[1].append({one})", f"{total} = {name}[1][1] * {name}[0][0]"],
            [*made, f"{name}[0][1] *= {three}", f"{total} = sum({name}[0])"],
            [*made, f"{name}[1] += [{one}, {two}]", f"{total} = len({name}[1]) * {name}[1][-1]"],
            [*made, f"{total} = sum(sum({q}) * {two} for {q} in {name})"],
            [*made, f"{total} = sum([{r} * {one} for {q} in {name} for {r} in {q}])"],
            [*made, f"{total} = sum([{r} * {two} for {r} in [{one}, *{name}[0]]][1:])"],
            [*made, f"{total} = max(max({q}) for {q} in {name}) * {one}"],
            [
                f"{name} = list(zip(*[({one}, {two}), ({three}, 0.5)]))",
                f"{total} = {name}[0][1] * {name}[1][0]",
            ],
            [
                f"{name} = [[{one}] * 2 for {q} in range(2)]",
                f"{name}[0][1] = {two}",
                f"{total} = {name}[0][1] * {name}[1][1]",
            ],
            [*both, f"{total} = {name}[1:][0] * {name}[-1]"],
            [*both, f"{name} = {name} * 2", f"{total} = {name}[3] * {name}[-1]"],
            [*both, f"{name} = tuple({q} * {two} for {q} in {name})", f"{total} = sum({name})"],
            [*both, f"{total} = {name}[::-1][0] * {name}[len({name}) - 1]"],
            [*both, f"{name} += ({two},)", f"{total} = {name}[3] * {name}[0]"],
            [*both, f"{total} = {name}.index({name}[1]) * {two} + {name}.count({name}[2])"],
            [
                f"{total} = {one}",
                f"for {q}, ({r}, *{name}) in [(1, ({two}, {one})), (2, ({three}, 0.5))]:",
                f"    {total} += {q} * {r} + sum({name})",
            ],
        ]
        chosen = self.one_of(scope, total, forms)
        if any(line.startswith(f"{name}[0][1] ") for line in chosen):
            self.world.beyond.add("a store into a list of a list")
        return chosen

    # ---- dicts and sets --------------------------------------------------------------------------

    def dict_methods(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """A dict that is emptied, loses its last item, is asked for its keys and in their order."""
        name, total, k, q = (self.world.fresh(stem) for stem in "dskq")
        one, two, three = self.numbers(scope, 3)
        n = self.count(scope)
        made = [f"{name} = {{'a': {one}, 'b': {two}}}"]
        first = f"{total} = 0.5"
        forms = [
            [*made, f"{k}, {q} = {name}.popitem()", f"{total} = {q} * {name}['a']"],
            [*made, f"{name}.clear()", f"{name}['b'] = {three}", f"{total} = {name}['b'] * {one}"],
            [*made, first, f"for {k} in {name}.keys():", f"    {total} += {name}[{k}] * {three}"],
            [*made, f"{total} = sum({name}[{k}] for {k} in sorted({name}.keys()))"],
            [*made, f"{total} = {name}[list({name}.keys())[-1]] * {three}"],
            [*made, f"{total} = list({name}.values())[0] * {three}"],
            [*made, f"{k} = min({name}, key={name}.get)", f"{total} = {name}[{k}] * {three}"],
            [*made, f"{k} = max({name}, key=lambda {k}: {name}[{k}])", f"{total} = {name}[{k}]"],
            [
                *made,
                f"{q} = sorted({name}.items(), key=lambda {k}: {k}[1])",
                f"{total} = {q}[0][1] * {three}",
            ],
            [
                *made,
                f"{name}['a'], {name}['b'] = {name}['b'], {name}['a']",
                f"{total} = {name}['a'] - {name}['b'] * {three}",
            ],
            [*made, f"for {k} in {name}:", f"    {name}[{k}] *= 0.5", f"{total} = {name}['b']"],
            [*made, f"for {k} in list({name}):", f"    del {name}[{k}]", f"{total} = {three}"],
            [*made, f"{total} = next(iter({name}.values())) * {three}"],
            [*made, f"{name}.update({{'b': {three}}}, a={two})", f"{total} = {name}['a'] * 2.0"],
            [*made, f"{name}.update([('a', {three})])", f"{total} = {name}['a'] * {name}['b']"],
            [*made, f"{total} = {one} if 'z' not in {name}.keys() else {two}"],
            [f"{name} = dict([('a', {one}), ('b', {two})])", f"{total} = {name}['a'] * {two}"],
            [f"{name} = {{0: {one}, 1: {two}}}", f"{total} = {name}.get({n}, {three}) * {one}"],
            [f"{name} = {{0: {one}, 1: {two}}}", f"{total} = {name}[{n} % 2] * {three}"],
            [
                f"{name} = {{{k}: {q} for {k}, {q} in {{'a': {one}, 'b': {two}}}.items()",
                f"    if {q} > {self.world.constant()}}}",
                f"{total} = sum({name}.values()) + {name}.pop('a', {three})",
            ],
            [
                f"{name} = {{}}",
                f"for {k} in ('a', 'b', 'a'):",
                f"    {name}[{k}] = {name}.get({k}, 0.0) + {one}",
                f"{total} = {name}['a'] * {two}",
            ],
            [
                f"{name} = {{}}",
                f"if {self.write.test(scope)}:",
                f"    {name}['k'] = {one}",
                f"{total} = {name}.pop('k', {two})",
            ],
        ]
        return self.one_of(scope, total, forms)

    def set_methods(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """A set of integers or texts that is changed, and one of numbers of which only the length is asked."""
        name, total, k = (self.world.fresh(stem) for stem in "csk")
        one, two, three = self.numbers(scope, 3)
        n = self.count(scope)
        made = [f"{name} = {{0, 1, {n}}}"]
        words = [f"{name} = {{{k} for {k} in ('a', 'bc', 'a')}}"]
        asked = [f"{total} = {one} if {n} in {name} else {two}"]
        sums = [f"{total} = sum({k} * {one} for {k} in sorted({name})) + {two}"]
        forms = [
            [*made, f"{name}.discard({n})", *asked],
            [*made, f"{name}.remove(0)", *sums],
            [*made, f"{name}.update([5, 6])", *sums],
            [*made, f"{name} |= {{7}}", *sums],
            [*made, f"{name} &= {{0, 2}}", *asked],
            [*made, f"{name} -= {{1}}", *sums],
            [*made, f"{name}.clear()", f"{total} = {one} if {name} else {two}"],
            [*made, f"{total} = {one} if {name}.isdisjoint({{5, {n}}}) else {two}"],
            [*made, f"{total} = {one} if {{0, 1}}.issubset({name}) else {two}"],
            [*made, f"{total} = len({name}.symmetric_difference({{0, 9}})) * {one}"],
            [*made, f"{name} = {name}.copy()", f"{name}.add(8)", f"{total} = len({name}) * {one}"],
            [*words, f"{total} = {one} if 'a' in {name} else {two}"],
            [*words, f"{name}.add('d')", f"{total} = len({name}) * {one} + {two}"],
            [
                *words,
                f"{total} = {two}",
                f"for {k} in sorted({name}):",
                f"    {total} += {one} * len({k})",
            ],
            [f"{total} = len({{{one}, {two}, {three}}}) * {one}"],
            [f"{total} = sum({k} * {one} for {k} in sorted({{{k} % 2 for {k} in range({n})}}))"],
        ]
        return self.one_of(scope, total, forms)

    def deques(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """A deque: it grows and shrinks at both ends, or has a length that it keeps."""
        name, total, q = (self.world.fresh(stem) for stem in "Qsq")
        one, two, three = self.numbers(scope, 3)
        made = [f"{name} = deque([{one}, {two}])"]
        short = [f"{name} = deque(maxlen={self.rng.choice(['1', '2', '3'])})"]
        end = f"{total} = sum({name}) * {three}"
        items = self.rng.choice(
            [f"({one}, {two}, {three})", *[v.name for v in self.vectors(scope)]]
        )
        forms = [
            [*made, f"{name}.append({three})", f"{total} = {name}.popleft() * {name}[-1]"],
            [*made, f"{name}.appendleft({three})", f"{total} = {name}[0] * {name}.pop()"],
            [*made, f"{name}.extend([{three}, {one}])", f"{total} = {name}[-1] * {name}[0]"],
            [
                *made,
                f"{total} = 0.5",
                f"while {name}:",
                f"    {total} += {name}.popleft() * {total}",
            ],
            [f"{name} = deque()", f"for {q} in {items}:", f"    {name}.append({q} * {one})", end],
            [*short, f"for {q} in {items}:", f"    {name}.append({q} * {one})", end],
            [
                *short,
                f"{total} = {one}",
                f"for {q} in {items}:",
                f"    {name}.append({q})",
                f"    {total} += sum({name}) / len({name})",
            ],
        ]
        return self.one_of(scope, total, forms)
