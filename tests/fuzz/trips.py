"""Random statements over trips that make something of another length, and over what is changed once it was read."""

from __future__ import annotations

from tests.fuzz.leaving import Leaving
from tests.fuzz.scope import Scope, Var
from tests.fuzz.statements import Lines, indented

__all__ = ["Trips"]


class Trips(Leaving):
    """Loops that leave arrays and lists behind, take them over into the next trip, and write where they have read."""

    def trips(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """One of these loops; what it has made is a number or an array of the scope."""
        arrays = [v for v in scope.arrays() if len(v.shape) == 1 and v.shape[0] > 1]
        if not arrays:
            return None
        x = self.rng.choice(arrays)
        ways = [self.left_behind, self.left_behind, self.taken_over, self.read_and_changed]
        return self.rng.choice([*ways, self.written_first])(scope, x)

    def counting_to(self, k: str, most: int) -> tuple[Lines, Lines, Lines]:
        """A loop in which a name counts from 1 to most: its head, and what its body begins and ends with."""
        return self.rng.choice(
            [
                ([f"for {k} in range(1, {most + 1}):"], [], []),
                ([f"{k} = 0", f"while {k} < {most}:"], [f"{k} += 1"], []),
                ([f"{k} = 0", "while True:"], [f"{k} += 1"], [f"if {k} >= {most}:", "    break"]),
            ]
        )

    def left_behind(self, scope: Scope, x: Var) -> Lines:
        """What each trip makes longer, or shorter, and is read behind the loop, by functions of a trip, too."""
        k, v, t, g, q, i = (self.world.fresh(stem) for stem in "kvtgqi")
        one, two, three = self.numbers(scope, 3)
        item = f"{x.name}[{i}] * {two}"
        made = self.rng.choice(
            [
                [f"{v} = {x.name}[:{k}] * {one}"],
                [f"{v} = {x.name}[{k} - 1:] * {one}"],
                [f"{v} = {x.name}[:{k}]"],
                [f"{v} = [{item} for {i} in range({k})]"],
                [f"{v} = []", f"for {i} in range({k}):", f"    {v}.append({item})"],
                [f"{v} = ({x.name}[:{k}] * {one}, {two})", f"{v} = {v}[0]"],
            ]
        )
        if self.world.chance(0.3):
            made.append(f"{v}[0] = {v}[0] * {three}" if "[:" not in made[0] else f"{v} = {v} * 1")
        inside, behind = f"{t} += sum({v}) * {v}[0]", f"{t} = {t} * {v}[-1] + sum({v})"
        if self.world.chance(0.5):
            made += self.rng.choice(
                [
                    [f"def {g}({q}):", f"    return sum({v}) * {q} + {v}[-1]"],
                    [f"{g} = lambda {q}: {v}[0] * {q} * {one}"],
                ]
            )
            inside = f"{t} = {t} * 0.5 + {g}({two})"
            behind = self.rng.choice(
                [f"{t} = {t} * {g}({t}) + {v}[0]", f"{t} = {g}({three}) * {t}"]
            )
        if self.world.chance(0.3):
            behind = f"{t} = {t} + {v}[{k} - 1] * {k} if len({v}) > {k} - 1 else {t}"
        head, first, last = self.counting_to(k, x.shape[0] - self.rng.randint(0, 1))
        scope.add(Var(t, "num"))
        return [f"{t} = {three}", *head, *indented([*first, *made, inside, *last]), behind]

    def taken_over(self, scope: Scope, x: Var) -> Lines:
        """What a trip makes of what the trip before has made, written into under one name and read under another."""
        u, y, i, t = (self.world.fresh(stem) for stem in "uyit")
        one, two, three = self.numbers(scope, 3)
        begun, made = self.rng.choice(
            [
                (f"[{one}, {two}]", f"[{three} * ({i} + 1) * {u}[0], {u}[1]]"),
                (f"{x.name} * 1", f"{one} * ({i} + 1) * {u}"),
                (f"{x.name}", f"{u} * {two}"),
                (f"[{one}, {two}]", f"[{u}[1], {u}[0] * {three}]"),
            ]
        )
        written = [f"{y}[0] = {y}[0] * {two}", f"{y}[1] = {y}[0] * {y}[1]"]
        if "[" not in begun:
            written += [f"{y} *= {one}", f"{y} += {u}"]
        also = [f"{u}[1] = {u}[1] + {three}", f"{t} += {u}[0] * {y}[1]", f"{t} = {t} * {u}[1]"]
        change = self.rng.sample(written, self.rng.randint(1, 2))
        rest = self.rng.sample(also[1:] if begun == x.name else also, self.rng.randint(0, 2))
        scope.add(Var(t, "num"))
        loop = f"for {i} in range({self.rng.randint(0, 3)}):"
        body = [f"{y} = {made}", *change, f"{u} = {y}", *rest]
        return [f"{t} = {two}", f"{u} = {begun}", loop, *indented(body), f"{t} += {u}[0] * {u}[1]"]

    def read_and_changed(self, scope: Scope, x: Var) -> Lines:
        """Places that a function has read, and that are others when it is called again, or at the end."""
        n = x.shape[0]
        ks, g, q, p, t, i = (self.world.fresh(stem) for stem in ("ks", *"gqpti"))
        one, two, _ = self.numbers(scope, 3)
        places = self.rng.sample(range(n), n)
        as_list = self.world.chance(0.5)
        given = f"{places}" if as_list else f"np.array({places})"
        changes = [f"{ks}[0] = {ks}[-1]", f"{ks}.sort()", f"{ks}[1] = 0", f"{ks} = {ks}[::-1]"]
        changes += [f"{ks}.reverse()", f"{ks}.append(0)", f"{ks}.pop()"] if as_list else []
        changes += [] if as_list else [f"{ks} *= 0", f"{ks}[:] = {ks}[::-1]", f"{ks}.fill(1)"]
        change = self.rng.choice(changes)
        result = self.rng.choice([f"np.sum({q}[{p}] * {one})", f"{q}[{p}[0]] * {q}[{p}[1]]"])
        function = [f"def {g}({q}, {p}):", f"    return {result}"]
        if self.world.chance(0.3):
            function = [f"def {g}({q}, {p}):", f"    {p} = {p}[::-1]", f"    return {result}"]
        call = f"{t} = {t} * {two} + {g}({x.name} * {t}, {ks})"
        scope.add(Var(t, "num"))
        once = [call, change, call]
        looped = [f"for {i} in range(2):", *indented([call, change])]
        if ".pop" in change or ".append" in change:
            looped = once
        return [
            f"{t} = {one}",
            f"{ks} = {given}",
            *function,
            *self.rng.choice([once, looped, [*looped, call]]),
        ]

    def written_first(self, scope: Scope, x: Var) -> Lines:
        """An array that is filled in the order of its places, some of which were written before."""
        n = x.shape[0]
        y, k = self.world.fresh("y"), self.world.fresh("k")
        one, two, three = self.numbers(scope, 3)
        head, first, last = self.counting_to(k, n - 1)
        place = self.rng.choice([f"{k} + 1", f"{k}", f"{k} - 1", f"-{k}", f"{n} - {k}"])
        fill = f"{y}[{place}] = {x.name}[{k}] * {one}"
        other = self.rng.choice(
            [
                f"{y}[{n}] = {y}[{n}] ** 2 * {two}",
                f"{y}[0] = {y}[{k}] * {two} + {y}[0]",
                f"{y}[{place}] = {y}[{place}] ** 2 + {three}",
                f"{y}[{k}:] = {y}[{k}:] * {two} + {y}[{k} - 1]",
            ]
        )
        begun = self.rng.choice(
            [f"np.zeros({n + 1})", f"np.ones({n + 1})", f"np.full({n + 1}, 0.5)"]
        )
        scope.add(Var(y, "arr", (n + 1,)))
        body = [fill, other] if self.world.chance(0.7) else [other, fill]
        return [f"{y} = {begun}", *head, *indented([*first, *body, *last])]
