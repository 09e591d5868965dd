"""Random blocks of statements as text: loops with their exits, branches, early returns."""

from __future__ import annotations

from collections.abc import Callable

from tests.fuzz.scope import Scope, Var, World
from tests.fuzz.statements import Lines, Simple, indented

__all__ = ["Blocks"]


class Blocks(Simple):
    """Blocks of statements; `returns` are the kinds of what is returned, tally a number that goes into these."""

    def __init__(self, world: World, returns: tuple[Var, ...]) -> None:
        super().__init__(world)
        self.returns = returns
        self.shaped = ""
        self.tally = ""
        self.ways: dict[str, Callable[[Scope, int, bool], Lines | None]] = {
            "number": self.number,
            "array": self.array,
            "rebind": self.rebind,
            "alias": self.alias,
            "view": self.view,
            "store": self.store,
            "augmented": self.augmented,
            "swap": self.swap,
            "branch": self.branch,
            "for": self.for_loop,
            "while": self.while_loop,
            "call": self.call,
            "out": self.out,
            "buffer": self.buffer,
            "list": self.new_list,
            "list_change": self.list_change,
            "tuple": self.tuple,
            "closure": self.closure,
            "return": self.early_return,
            "odd": self.odd,
            "changed": self.changed,
        }

    def block(self, scope: Scope, count: int, depth: int, *, loop: bool) -> Lines:
        """Some statements, at most depth loops and branches deep."""
        lines: Lines = []
        names = list(self.ways)
        own = {"changed": 4 * self.world.wider, **self.world.weights}
        weights = [own.get(name, 0.0) for name in names]
        tries = 0
        while count > 0 and tries < 40:
            tries += 1
            made = self.ways[self.rng.choices(names, weights)[0]](scope, depth, loop)
            if made:
                lines += made
                count -= 1
        return lines or ["pass"]

    # ---- control flow ----------------------------------------------------------------------------

    def body(self, scope: Scope, depth: int, *, loop: bool, most: int = 4) -> Lines:
        """The block of a branch or a loop, with an exit now and then."""
        inner = scope.child()
        lines = self.block(inner, self.rng.randint(1, most), depth - 1, loop=loop)
        if loop and self.world.chance(self.world.weights.get("exit", 0.3)):
            word = self.rng.choice(["break", "continue", "break", "return"])
            made = self.early_return(inner, depth, loop) if word == "return" else [word]
            if made:
                before = [
                    f"{v} += {self.write.num(inner, 1)}"
                    for v in [n.name for n in scope.of("num") if n.name not in scope.frozen][:1]
                ]
                end = [*before, *made] if self.world.chance(0.4) else made
                exit_ = [f"if {self.write.test(inner)}:", *indented(end)]
                outer = scope.child()
                lines = (
                    [f"if {self.write.test(outer)}:", *indented(end), *lines]
                    if self.world.chance(0.3)
                    else [*lines, *exit_]
                )
                if self.world.chance(0.5):
                    lines += self.block(inner, 1, 0, loop=loop)
        return lines

    def branch(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        if depth <= 0:
            return None
        lines = [f"if {self.write.test(scope)}:", *indented(self.body(scope, depth, loop=False))]
        if loop and self.world.chance(0.2):
            lines.append(f"    {self.rng.choice(['break', 'continue'])}")
        if self.world.chance(0.2):
            lines += [
                f"elif {self.write.test(scope)}:",
                *indented(self.body(scope, depth, loop=False)),
            ]
        if self.world.chance(0.5):
            lines += ["else:", *indented(self.body(scope, depth, loop=False))]
        return lines

    def for_loop(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        if depth <= 0:
            return None
        inner = scope.child()
        header = self.header(scope, inner)
        lines = [header, *indented(self.body(inner, depth, loop=True))]
        if self.world.chance(0.15):
            lines += ["else:", *indented(self.block(scope.child(), 1, 0, loop=loop))]
        return lines

    def header(self, scope: Scope, inner: Scope) -> str:
        """The head of a for loop, whose names go into inner."""
        name, place = self.world.fresh("r"), self.world.fresh("i")
        arrays = [v for v in scope.arrays() if v.shape and 0 not in v.shape]
        lists = [v for v in scope.of("list") if v.length]
        ints = [v.name for v in scope.of("int") if v.bound <= 5]
        ways = ["range"] * 4 + ["row", "enumerate", "zip", "reversed"] * bool(arrays)
        ways += ["list", "list_enumerate"] * bool(lists)
        way = self.rng.choice(ways)
        if way == "range":
            count = self.rng.choice([*ints, "2", "3", "0" if self.world.chance(0.1) else "1"])
            form = self.rng.choice(
                [
                    "range({})",
                    "range({})",
                    "range({} - 1, -1, -1)",
                    "reversed(range({}))",
                    "range(0, {}, 2)",
                ]
            )
            inner.add(Var(place, "int", bound=4))
            if count.isdigit():
                inner.add(Var(place, "int", bound=max(int(count), 1)))
            return f"for {place} in {form.format(count)}:"
        if way.startswith("list"):
            v = self.rng.choice(lists)
            inner.freeze(v.name)
            inner.add(Var(name, v.item, v.shape))
            if way == "list":
                return f"for {name} in {v.name}:"
            inner.add(Var(place, "int", bound=9))
            return f"for {place}, {name} in enumerate({v.name}):"
        v = self.rng.choice(arrays)
        self.row(inner, name, v)
        if way == "zip":
            w = self.rng.choice(arrays)
            second = self.world.fresh("r")
            self.row(inner, second, w)
            return f"for {name}, {second} in zip({v.name}, {w.name}):"
        if way == "enumerate":
            inner.add(Var(place, "int", bound=v.shape[0]))
            return f"for {place}, {name} in enumerate({v.name}):"
        iterable = f"reversed({v.name})" if way == "reversed" else v.name
        return f"for {name} in {iterable}:"

    def row(self, scope: Scope, name: str, v: Var) -> None:
        scope.add(Var(name, "arr", v.shape[1:]) if len(v.shape) > 1 else Var(name, "num"))

    def while_loop(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        if depth <= 0:
            return None
        name = self.world.fresh("k")
        ints = [v.name for v in scope.of("int") if v.bound <= 5]
        count = self.rng.choice([*ints, "2", "3"])
        inner = scope.child()
        inner.add(Var(name, "int", bound=5))
        test = f"{name} < {count}"
        if self.world.chance(0.3):
            test += f" and {self.write.num(scope, 1)} < 1.5"
        body = [f"{name} += 1", *self.body(inner, depth, loop=True)]
        lines = [f"{name} = 0", f"while {test}:", *indented(body)]
        if self.world.chance(0.1):
            lines += ["else:", *indented(self.block(scope.child(), 1, 0, loop=loop))]
        return lines

    def early_return(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """A return under a condition, of what the function returns elsewhere."""
        if not self.returns:
            return None
        return [f"if {self.write.test(scope)}:", f"    {self.result(scope)}"]

    def ending(self, scope: Scope) -> Lines:
        """The end of a function: a return, or a loop that nothing but a return leaves."""
        if not self.world.chance(0.08):
            return [*self.parts(scope), self.result(scope)]
        name = self.world.fresh("k")
        inner = scope.child()
        inner.add(Var(name, "int", bound=4))
        before = self.block(inner, self.rng.randint(1, 4), 1, loop=False)
        made = [*self.parts(inner), self.result(inner)]
        most = self.rng.choice(["1", "2", "3", *(v.name for v in scope.of("int") if v.bound <= 5)])
        test = f"{name} >= {most}"
        if self.world.chance(0.4):
            test += f" or {self.write.test(inner)}"
        after = self.block(scope.child(), self.rng.randint(1, 2), 0, loop=False)
        body = [f"{name} += 1", *before, f"if {test}:", *indented(made), *after]
        return [f"{name} = 0", "while True:", *indented(body)]

    def parts(self, scope: Scope) -> Lines:
        """New names for values that are in several results."""
        lines: Lines = []
        for kind in self.returns if self.sharing else ():
            name = self.world.fresh("r")
            made = (
                self.write.num(scope) if kind.kind == "num" else self.write.arr(scope, kind.shape)
            )
            lines.append(f"{name} = {made}")
            scope.add(Var(name, kind.kind, kind.shape))
        return lines

    @property
    def sharing(self) -> bool:
        """Whether a value is in several results."""
        return "{0}" in self.shaped.partition("{0}")[2]

    def result(self, scope: Scope) -> str:
        """The statement that returns."""
        if not self.returns:
            return "return"
        parts = []
        for kind in self.returns:
            same = [v.name for v in scope.of(kind.kind) if v.shape == kind.shape]
            if self.sharing and same and self.world.chance(0.9):
                parts.append(self.rng.choice(same[-3:]))
                continue
            if kind.kind == "num":
                text = self.write.num(scope)
                text = f"{self.tally} + {text}" if self.tally in scope.names else text
            else:
                names = [v.name for v in scope.arrays(kind.shape)]
                use = names and self.world.chance(0.5)
                text = self.rng.choice(names) if use else self.write.arr(scope, kind.shape)
            parts.append(f"({text})" if self.sharing else text)
        return f"return {self.shaped.format(*parts) if self.shaped else ', '.join(parts)}"
