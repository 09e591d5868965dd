"""Random statements over less common operators, slices, ranges and patterns, and functions that are kept."""

from __future__ import annotations

from tests.fuzz.changing import Changing
from tests.fuzz.scope import Scope
from tests.fuzz.statements import Lines

__all__ = ["Asking"]


class Asking(Changing):
    """Blocks that ask in all ways, and that choose among functions."""

    # ---- operators and places --------------------------------------------------------------------

    def operators(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """Operators that are rare, masks, and the place that a slice under a name stands for."""
        total, a, k = (self.world.fresh(stem) for stem in "sak")
        one, two, three = self.numbers(scope, 3)
        n, c = self.count(scope), self.world.constant()
        forms = [
            [f"{total} = +{one} - -{two}"],
            [f"{total} = {one} if not {two} > {three} else {two}"],
            [f"{total} = {one} if {two} < {three} < {c} else {three} * {two}"],
            [f"{total} = {one} if {n} % 2 == 0 and {two} > {c} or {three} > {c} else {two}"],
            [f"{total} = ({one} > {c}) * {two} + ({two} <= {c}) * {three}"],
            [f"{total} = {one}", f"{total} //= 0.9", f"{total} = {total} * {two}"],
            [f"{total} = {one}", f"{total} %= 0.9", f"{total} *= {two}"],
            [f"{total} = {one} * ({n} << 1) + ({n} >> 1) * {two} + ({n} & 1) + ({n} ^ 1)"],
            [f"{total}: float = {one}", f"{total} += {two}"],
            [f"{k}: int", f"{k} = {n}", f"{total} = {one} * {k}"],
            [f"{k} = {n}", f"{total} = {one} if {k} is not None and {k} != 1 else {two}"],
            [f"{total} = bool({n}) * {one} + float(~{n}) * {two}"],
            [f"{total} = ({one} and {two}) * {three}"],
            [f"{total} = ({one} or {two}) + ({n} or {three})"],
        ]
        vectors = self.vectors(scope)
        if vectors:
            v = self.rng.choice(vectors)
            x, size = v.name, v.shape[0]
            part = self.rng.choice(["slice(0, 1)", "slice(None, None, -1)", "np.s_[:1]"])
            forms += [
                [f"{k} = {part}", f"{total} = {x}[{k}].sum() * {one}"],
                [
                    f"{k} = slice(0, {size}, 2)",
                    f"{a} = {x} * {one}",
                    f"{a}[{k}] = {two}",
                    f"{total} = {a}.sum()",
                ],
                [f"{k} = (slice(None), None)", f"{total} = np.sum({x}[{k}] * {one})"],
                [f"{k} = (..., 0)", f"{total} = {x}[{k}] * {one}"],
                [f"{k} = ({x} > {c}) & ~({x} > 1.0)", f"{total} = {x}[{k}].sum() * {one}"],
                [f"{total} = np.where(({x} > {c}) | ({x} < -1.0), {x}, {one}).sum()"],
                [f"{total} = np.sum({x} * range({size}))"],
                [f"{a} = {x} * {one}", f"{a} += range({size})", f"{total} = {a}.sum()"],
                [f"{total} = np.sum({x}[{x} < range({size})]) + {two}"],
                [f"{total} = np.sum(range({size}) - {x} * {one})"],
                [f"{a} = np.r_[{x}, {one}, {two}]", f"{total} = np.prod({a})"],
                [f"{a} = np.c_[{x}, {x} * {one}]", f"{total} = {a}[0, 1] * {a}[-1, 0]"],
                [f"{total} = np.sum(np.r_[0:{size}] * {x}) * {one}"],
                [f"{a} = np.eye({size}) * {one}", f"{a} @= {a}", f"{total} = {x} @ {a} @ {x}"],
                [f"{total} = {one} if np.all({x} < 9.0) and {x}.any() else {two}"],
                [f"{total} = {one} if len({x}) == {size} and {x}.shape == ({size},) else {two}"],
                [f"{total} = sum({x}[{k}] for {k} in range({size} - 1, -1, -1)) * {one}"],
                [
                    f"{total} = 0.5",
                    f"for {k} in range(0, {size}, 2):",
                    f"    {total} += {x}[{k}] * {one}",
                ],
                [f"{total} = sum({x}.tolist()) * {one}"],
                [f"{total} = float({x}[0]) * {x}[0].item() + {x}.ndim * {one}"],
            ]
        return self.one_of(scope, total, forms)

    def complexes(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """A complex number or array between real ones."""
        total, z, w = (self.world.fresh(stem) for stem in "szw")
        one, two, three = self.numbers(scope, 3)
        forms = [
            [f"{z} = {one} + 1j * {two}", f"{total} = ({z} * {z}).real + {z}.imag * {three}"],
            [f"{z} = complex({one}, {two})", f"{total} = ({z} * {z}.conjugate()).real"],
            [f"{z} = np.exp(1j * {one})", f"{total} = {z}.real * {two} + {z}.imag"],
            [f"{z} = {one} * 1j + 2.0", f"{total} = np.abs({z}) * {two}"],
            [f"{z} = {one} + 2j", f"{w} = 1.0 / {z}", f"{total} = np.real({w}) - np.imag({w})"],
        ]
        vectors = self.vectors(scope)
        if vectors:
            x = self.rng.choice(vectors).name
            forms += [
                [
                    f"{z} = {x} * (1.0 + 0.5j)",
                    f"{total} = np.sum(np.real({z}) * np.imag({z})) * {one}",
                ],
                [f"{z} = np.exp(1j * {x})", f"{total} = np.sum(np.abs({z} + 2.0)) * {one}"],
            ]
        self.world.beyond.add("complex numbers")
        return self.one_of(scope, total, forms)

    # ---- patterns --------------------------------------------------------------------------------

    def patterns(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """`match` with `as`, None, signs, words beside numbers, and lists of any length."""
        total, q, r = (self.world.fresh(stem) for stem in "sqr")
        one, two, three = self.numbers(scope, 3)
        n, test = self.count(scope), self.write.test(scope)
        rest = ["    case _:", f"        {total} = {three}"]
        forms = [
            [f"match {n} - 2:", "    case -1 | 0:", f"        {total} = {one}", *rest],
            [
                f"match None if {test} else {one}:",
                "    case None:",
                f"        {total} = {two}",
                f"    case {q}:",
                f"        {total} = {q} * {three}",
            ],
            [
                f"match {n} > 1:",
                "    case True:",
                f"        {total} = {one}",
                "    case False:",
                f"        {total} = {two}",
            ],
            [
                f"match ({n}, {one}):",
                f"    case (0 | 1 as {r}, {q}):",
                f"        {total} = {q} * {r}",
                f"    case ({r}, {q}) as L:",
                f"        {total} = {q} * {r} + len(L)",
            ],
            [f"match {n}:", f"    case 1 | 2 as {q}:", f"        {total} = {one} * {q}", *rest],
            [
                f"match ('add' if {test} else 'plus', {one}):",
                f"    case ('add', {q}) | ('plus', {q}):",
                f"        {total} = {q} * {two}",
            ],
            [
                f"match [{one}, {two}, {three}]:",
                f"    case [{q}, *_, {r}]:",
                f"        {total} = {q} * {r}",
            ],
            [
                f"match ({one}, ({two}, {three})):",
                f"    case ({q}, ({r}, _)) if {q} > 0.1:",
                f"        {total} = {q} * {r}",
                *rest,
            ],
            [
                f"match {one}:",
                f"    case float() as {q} if {q} > 0.1:",
                f"        {total} = {q} * {two}",
                *rest,
            ],
            [
                f"match {{'k': {n}, 'v': {one}}}:",
                f"    case {{'k': 1, **{r}}}:",
                f"        {total} = {r}['v'] * {two}",
                f"    case {{'v': {q}}}:",
                f"        {total} = {q} * {three}",
            ],
        ]
        chosen = self.one_of(scope, total, forms)
        if "**" in chosen[1]:
            self.world.beyond.add("patterns of dicts")
        return chosen

    # ---- functions -------------------------------------------------------------------------------

    def choosing(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """Functions that are chosen by a key, a place or a condition, kept, made in branches, and remembered."""
        total, g, q, k = (self.world.fresh(stem) for stem in "sgqk")
        one, two, three = self.numbers(scope, 3)
        n, test = self.count(scope), self.write.test(scope)
        forms = [
            [f"{g} = {{0: np.sin, 1: np.tanh}}[{n} % 2]", f"{total} = {g}({one}) * {two}"],
            [
                f"{g} = {{'a': lambda {q}: {q} * {two}, 'b': math.cos}}",
                f"{total} = {g}['a' if {test} else 'b']({one})",
            ],
            [f"{g} = [math.sin, lambda {q}: {q} ** 2]", f"{total} = {g}[{n} % 2]({one})"],
            [
                f"{total} = {one}",
                f"for {g} in (math.sin, math.cos, lambda {q}: {q} * {two}):",
                f"    {total} = {g}({total})",
            ],
            [f"{g} = np.sin if {test} else np.cos", f"{total} = {g}({one}) * {g}({two})"],
            [
                f"{g} = None if {test} else math.sin",
                f"{total} = {one} if {g} is None else {g}({two})",
            ],
            [
                f"if {test}:",
                f"    def {g}({q}):",
                f"        return {q} * {two}",
                "else:",
                f"    def {g}({q}):",
                f"        return {q} + {three}",
                f"{total} = {g}({one})",
            ],
            [f"{total} = reduce(operator.mul, [{one}, {two}, {three}])"],
            [f"{g} = operator.add if {test} else operator.sub", f"{total} = {g}({one}, {two})"],
            [f"{total} = max([({one}, 1), ({two}, 2)], key=operator.itemgetter(0))[0]"],
            [f"{g} = lambda *args: sum(args) * {one}", f"{total} = {g}({two}, {three})"],
            [f"{g} = lambda {q}, /, *, {k}=2.0: {q} * {k}", f"{total} = {g}({one}, {k}={two})"],
            [
                f"def {g}({q}, {k}=None):",
                f"    return {q} if {k} is None else {q} * {k}",
                f"{total} = {g}({one}) * {g}({two}, {three})",
            ],
            [
                f"def {g}(*args, **kwargs):",
                "    return sum(args) + sum(kwargs.values())",
                f"{total} = {g}({one}, {k}={two}) * {three}",
            ],
            [
                f"def {g}({q}, *, {k}):",
                f"    return {q} * {k}",
                f"{total} = {g}(*[{one}], **{{'{k}': {two}}})",
            ],
            [
                "@cache",
                f"def {g}({k}):",
                f"    return {one} if {k} < 1 else {g}({k} - 1) * {two}",
                f"{total} = {g}({n})",
            ],
            [
                f"def {g}({q}, {k}):",
                f"    return {q} if {k} <= 0 else {two} * {g}({q}, {k} - 1)",
                f"{total} = {g}({one}, {n})",
            ],
            [
                f"def {g}({q}):",
                f"    {q} *= {two}",
                f"    def inner({k}):",
                f"        nonlocal {q}",
                f"        {q} += {k}",
                f"        return {q}",
                f"    return inner({three}) * {q}",
                f"{total} = {g}({one})",
            ],
            [f"{g} = partial(lambda {q}, {k}: {q} * {k}, {k}={two})", f"{total} = {g}({one})"],
            [f"{total} = (lambda {q}: lambda {k}: {q} * {k})({one})({two})"],
            [f"{total} = sum(list(map(lambda {q}, {k}: {q} * {k}, [{one}, {two}], (1.0, 2.0))))"],
            [
                f"def {g}({q}):",
                f'    """What {q} is."""',
                "    from math import sin",
                f"    return sin({q})",
                f"{total} = {g}({one}) * {two}",
            ],
            [f"{total} = {one} if callable(math.sin) else {two}"],
        ]
        chosen = self.one_of(scope, total, forms)
        if "itemgetter" in chosen[-1]:
            self.world.beyond.add("functions of the module operator as keys")
        return chosen
