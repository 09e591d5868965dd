"""Random statements of what lies beside: attributes of arrays of the module, orders of keys, what is bound later."""

from __future__ import annotations

from tests.fuzz.scope import Helper, Scope, Var
from tests.fuzz.statements import Lines, indented
from tests.fuzz.trips import Trips

__all__ = ["Corners"]


class Corners(Trips):
    """Blocks in which the text doesn't say by itself what is read, or in which order."""

    def corners(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """One of these blocks; what it has made is a number of the scope."""
        ways = [self.measured, self.measured, self.ordered, self.ordered, self.applied]
        return self.rng.choice([*ways, self.matched, self.handed_out, self.reordered])(scope)

    def passes(self) -> Lines:
        """A function that stores a number in an array of the module, and through which a derivative passes."""
        arrays = [v for v in self.world.kept if v.kind == "arr"]
        if not arrays:
            return []
        a, name, q = self.rng.choice(arrays), self.world.fresh("h"), self.world.fresh("q")
        first = ", ".join("0" for _ in a.shape)
        store = f"{a.name}[{self.rng.choice([first, '...'])}] {self.rng.choice(['=', '+=', '*='])} "
        read = self.rng.choice(
            [f"{a.name}[{first}]", f"{a.name}.sum()", f"np.tanh({a.name}).mean()"]
        )
        self.world.helpers.append(Helper(name, (Var(q, "num"),), Var("", "num")))
        lines = [f"{store}{self.world.constant()}", f"return {q} * {read}"]
        if self.world.chance(0.3):
            lines[-1:] = [f"{q} = {q} * {read}", f"{store}{self.world.constant()}", lines[-1]]
        return [f"def {name}({q}):", *indented(lines), "", ""]

    def measured(self, scope: Scope) -> Lines | None:
        """A store into an array of the module, and what its attributes are then."""
        arrays = [v for v in self.world.kept if v.kind == "arr" and v.name in scope.names]
        if not arrays:
            return None
        a = self.rng.choice(arrays)
        t, c = self.world.fresh("t"), self.world.fresh("c")
        one, two, _ = self.numbers(scope, 3)
        first = ", ".join("0" for _ in a.shape) or "..."
        last = ", ".join("-1" for _ in a.shape) or "..."
        store = f"{a.name}[{self.rng.choice([first, last, '...'])}] {self.rng.choice(['=', '+=', '*='])} {one}"
        sums = [f"({a.name}.T * {two}).sum()", f"np.sum({a.name}.T.T) * {two}"]
        if len(a.shape) == 2:
            sums += [f"({a.name}.T @ {a.name})[0, -1]", f"{a.name}.T[-1, 0] * {two}"]
        total = self.rng.choice(sums)
        counts = [f"{a.name}.ndim", f"{a.name}.size", f"len(np.shape({a.name}))"]
        counts += [f"{a.name}.shape[0]", f"len({a.name})"] if a.shape else []
        count = self.rng.choice(counts)
        made = self.rng.choice([f"{total} / ({count} + 1)", f"{total} + {two} * {count}", total])
        lines = [store, f"{t} = {made}"]
        if len(a.shape) == 2 and self.world.chance(0.4):
            step = f"{t} = {t} * 0.5 + ({c} * {c}).sum()"
            lines += [f"for {c} in {a.name}.T:", f"    {step}"]
        scope.add(Var(t, "num"))
        return lines

    def ordered(self, scope: Scope) -> Lines:
        """The keys of a dict in their order, which isn't that of their numbers, joined with something else."""
        d, t, k, key, v, rest = (self.world.fresh(stem) for stem in ("d", "t", "k", "q", "v", "r"))
        one, two, three = self.numbers(scope, 3)
        keys = self.rng.choice([["2", "0", "1"], ["1", "2", "0"], ["'b'", "'c'", "'a'"]])
        whole = keys[0].isdigit()
        values = [one, two, f"{one} * {three}"]
        pairs = ", ".join(f"{key}: {value}" for key, value in zip(keys, values, strict=True))
        made = [f"{d} = {{{pairs}}}"]
        if self.world.chance(0.4):
            i = self.world.fresh("i")
            place = f"({i} + 2) % 3" if whole else f"'bca'[{i}]"
            made = [
                f"{d} = {{}}",
                f"for {i} in range(3):",
                f"    {d}[{place}] = {one} + {i} * {two}",
            ]
        used = f"{key} * " if whole and self.world.chance(0.4) else ""
        loops = [
            (f"for {k}, {key} in enumerate({d}, 1):", f"{t} += {used}{k} * {d}[{key}] ** 2"),
            (f"for {key} in reversed({d}):", f"{t} = {t} * {two} + {used}{d}[{key}]"),
            (
                f"for {k}, {key} in enumerate(reversed({d})):",
                f"{t} = {t} * 0.5 + {k} * {d}[{key}]",
            ),
            (f"for {k}, {key} in zip(range(1, 4), {d}):", f"{t} += {used}{k} * {d}[{key}]"),
            (f"for {key}, {v} in zip({d}, [{one}, {two}, 0.5]):", f"{t} += {v} * {d}[{key}]"),
            (f"for {k}, ({key}, {v}) in enumerate({d}.items(), 2):", f"{t} += {used}{k} * {v}"),
            (f"for {k}, {v} in enumerate({d}.values(), 1):", f"{t} = {t} * 0.5 + {k} * {v}"),
        ]
        taken = [f"{key}, *{rest} = {d}", f"{t} += {d}[{key}] * {d}[{rest}[-1]] * {three}"]
        loop, step = self.rng.choice(loops)
        scope.add(Var(t, "num"))
        return [
            *made,
            f"{t} = {three}",
            *self.rng.choice([[loop, f"    {step}"], [loop, f"    {step}"], taken]),
        ]

    def reordered(self, scope: Scope) -> Lines | None:
        """An item at a place that an order says, and a change of the order that nothing puts back."""
        rows = [v for v in scope.arrays() if len(v.shape) == 1 and 0 not in v.shape]
        if not rows:
            return None
        x, o, k, t = self.rng.choice(rows), *(self.world.fresh(stem) for stem in "okt")
        one, two, _ = self.numbers(scope, 3)
        places = ", ".join(str(self.rng.randrange(x.shape[0])) for _ in range(3))
        changes = [f"{o}.sort()", f"{o}[0] = 0", f"(lambda q: q.sort())({o})"]
        made = f"[{places}]"
        if self.world.chance(0.5):
            made = f"np.array({made})"
            changes += [f"{o}.partition(1)", f"{o}.partition(1)", f"{o}.fill(0)", f"{o} //= 2"]
        else:
            changes += [f"del {o}[0:1]", f"del {o}[:1]", f"{o}.reverse()", f"{o}.pop(0)"]
        item = f"{x.name}[{k}]" if self.world.chance(0.5) else f"{x.name}[{o}[0]]"
        lines = [f"{o} = {made}", f"{k} = {o}[1]", f"{t} = {item} * {one} + math.sin({item})"]
        lines.append(self.rng.choice(changes))
        if any(way in lines[-1] for way in ("lambda", "partition", "del")):
            self.world.beyond.add("an order that is changed for good after it was read")
        if self.world.chance(0.4):
            lines.append(f"{t} = {t} * {x.name}[{o}[0]] + {two}")
        scope.add(Var(t, "num"))
        return lines

    def applied(self, scope: Scope) -> Lines | None:
        """A function that an iterator has taken, under a name that is another function then; a partial one."""
        arrays = [v for v in scope.arrays() if len(v.shape) == 1 and v.shape[0]]
        if not arrays:
            return None
        x = self.rng.choice(arrays)
        g, t, v, s, a = (self.world.fresh(stem) for stem in "gtvsq")
        one, two, _ = self.numbers(scope, 3)
        before, after = self.rng.choice(
            [
                ("math.sin", "math.cos"),
                (f"lambda {a}: {a} * {two}", f"lambda {a}: {a} + {two}"),
                ("math.tanh", f"lambda {a}: {a} * {one}"),
            ]
        )
        iterator = self.rng.choice([f"map({g}, {x.name})", f"zip(map({g}, {x.name}))"])
        item = f"{v}[0]" if iterator.startswith("zip") else v
        scope.add(Var(t, "num"))
        loop = [
            f"for {v} in {iterator}:",
            *indented([f"{t} = {t} * 0.5 + {item}", f"{g} = {after}"]),
        ]
        if self.world.chance(0.3):
            lines = [f"{s} = {one}", f"{g} = partial(operator.mul, {s})"]
            total = f"sum(map({g}, {x.name}))"
            return [*lines, f"{s} = {two}", f"{t} = {total} * {s}"]
        return [f"{g} = {before}", f"{t} = {two}", *loop]

    def matched(self, scope: Scope) -> Lines:
        """A pattern for what is a sequence though no list, and a guard that changes what is matched."""
        t, n, a, b, rest = (self.world.fresh(stem) for stem in "tnabr")
        one, two, three = self.numbers(scope, 3)
        scope.add(Var(t, "num"))
        length = self.rng.randint(1, 3)
        subject = self.rng.choice([f"range({length})", f"[{one}, {two}][:{length}]"])
        if subject.startswith("range"):
            self.world.beyond.add("patterns of items for ranges")
        case = self.rng.choice([f"[{a}, {b}]", f"[{a}, *{rest}]", f"({a}, {b}, *_)"])
        result = f"{one} * {two} + {a}"
        guarded = [
            f"{n} = {one}",
            f"match {n}:",
            f"    case {a} if ({n} := {two} * 2.0) > -9.0:",
            f"        {t} = {a} * {n}",
        ]
        plain = [
            f"match {subject}:",
            f"    case {case}:",
            f"        {t} = {result}",
            "    case _:",
            f"        {t} = {three}",
        ]
        return plain if self.world.chance(0.6) else [f"{t} = {three}", *guarded]

    def handed_out(self, scope: Scope) -> Lines | None:
        """An array that the module is given under a key, and that is written then."""
        dicts = [v for v in self.world.kept if v.kind == "dict" and v.name in scope.names]
        arrays = [v for v in scope.arrays() if v.shape and 0 not in v.shape]
        if not dicts or not arrays:
            return None
        x, y, t = self.rng.choice(arrays), self.world.fresh("y"), self.world.fresh("t")
        state = f"{self.rng.choice(dicts).name}['{y}']"
        one, two, _ = self.numbers(scope, 3)
        self.world.beyond.add("what the module is given and is written then")
        write = self.rng.choice([f"{y}[0] = {one}", f"{y} *= {two}", f"{y}[...] = {y} * {two}"])
        scope.add(Var(t, "num"))
        lines = [f"{y} = {x.name} * {one}", f"{state} = {y}", write]
        return [*lines, f"{t} = np.sum({state}) * {self.rng.choice([one, two])}"]
