"""Random programs of branches, loops and jumps over small integers.

`program(seed)` is the text of a function `f(a, b, c, xs, log)`; the same seed gives the same text everywhere.
Every program ends: each loop is over something finite or uses up `fuel`. Variables hold small integers, `xs` is
a list of them, and `log` is a list to which the program appends what it does, so that two runs can be compared
step by step. A program may raise ValueError, or UnboundLocalError where it reads a loop variable too early.
`ARGUMENTS` are inputs to try.
"""

from __future__ import annotations

import random

__all__ = ["ARGUMENTS", "program"]

ARGUMENTS = (
    (0, 1, 2, (3, 1, 2)),
    (5, 0, 3, ()),
    (1, 1, 1, (0, 4, 4, 0)),
    (6, 2, 0, (2,)),
)

_VARIABLES = ("a", "b", "c")
_INDICES = ("i", "j", "k")


def program(seed: int, *, returns: bool = True) -> str:
    """The text of a program; without returns, its only `return` is the last statement."""
    return _Writer(random.Random(seed), returns=returns).program()  # noqa: S311


class _Writer:
    def __init__(self, dice: random.Random, *, returns: bool) -> None:
        self.dice = dice
        self.returns = returns
        self.lines: list[str] = []
        self.indices: list[str] = []
        self.points = 0

    def program(self) -> str:
        self.lines = ["def f(a, b, c, xs, log):", "    fuel = 12"]
        self.block(1, self.dice.randint(3, 6), loop=False)
        ending = self.dice.choice(["return a, b, c", "return a + 10 * b + 100 * c", "log.append((a, b, c))"])
        self.write(1, ending if self.returns else "return a, b, c, fuel")
        return "\n".join(self.lines) + "\n"

    def write(self, depth: int, text: str) -> None:
        self.lines.append("    " * depth + text)

    def block(self, depth: int, size: int, *, loop: bool) -> None:
        for _ in range(size):
            if not self.statement(depth, loop=loop):
                return

    def statement(self, depth: int, *, loop: bool) -> bool:
        """Write a statement; whether anything may follow it."""
        roll = self.dice.random()
        if depth < 5 and roll < 0.30:
            self.branch(depth, loop=loop)
        elif depth < 4 and roll < 0.48:
            self.loop(depth, loop=loop)
        elif loop and roll < 0.60:
            self.write(depth, self.dice.choice(["break", "continue"]))
            return self.dice.random() < 0.1
        elif self.returns and depth > 1 and roll < 0.67:
            self.write(depth, self.leave())
            return self.dice.random() < 0.1
        else:
            self.simple(depth)
        return True

    def leave(self) -> str:
        if self.dice.random() < 0.08:
            return "raise ValueError(a)"
        return self.dice.choice(["return", "return None", "return a", "return a, b", f"return {self.number()}"])

    def simple(self, depth: int) -> None:
        name = self.dice.choice(_VARIABLES)
        kind = self.dice.randrange(9)
        if kind == 0:
            self.write(depth, f"{name} = {self.number()}")
        elif kind == 1:
            self.write(depth, f"{name} += {self.number()}")
        elif kind == 2:
            other = self.dice.choice(_VARIABLES)
            self.write(depth, f"{name}, {other} = {self.number()}, {self.number()}")
        elif kind == 3:
            self.write(depth, f"{name} = {self.dice.choice(_VARIABLES)} = {self.number()}")
        elif kind == 4:
            self.write(depth, f"{name} = {self.number()} if {self.test()} else {self.number()}")
        elif kind == 5 and self.indices:
            self.write(depth, f"{self.dice.choice(self.indices)} = {self.number()}")
        elif kind == 6:
            self.write(depth, f"{name} = sum(u * {self.number()} % 5 for u in xs if u != {name})")
        elif kind == 7:
            self.write(depth, "pass")
        else:
            self.points += 1
            self.write(depth, f"log.append(({self.points}, {self.number()}))")

    def number(self) -> str:
        names = (*_VARIABLES, *(self.indices or _VARIABLES))
        name, other = self.dice.choice(names), self.dice.choice(names)
        forms = [
            str(self.dice.randint(0, 6)),
            name,
            f"({name} + {other}) % 7",
            f"({name} * {self.dice.randint(2, 4)} + 1) % 7",
            f"({name} - {other}) % 5",
            f"({name} + ({self.dice.choice(_VARIABLES)} := {other} % 4)) % 7",
        ]
        return self.dice.choice(forms[:5] if self.dice.random() < 0.9 else forms)

    def test(self) -> str:
        roll = self.dice.random()
        if roll < 0.45:
            symbol = self.dice.choice(["<", ">", "==", "!=", "<="])
            return f"{self.number()} {symbol} {self.number()}"
        if roll < 0.6:
            return f"{self.number()} < {self.number()} <= {self.number()}"
        if roll < 0.7:
            return f"not ({self.test()})"
        if roll < 0.9:
            symbol = self.dice.choice(["and", "or"])
            return f"({self.test()} {symbol} {self.test()})"
        return self.number()

    def branch(self, depth: int, *, loop: bool) -> None:
        self.write(depth, f"if {self.test()}:")
        self.block(depth + 1, self.dice.randint(1, 3), loop=loop)
        while self.dice.random() < 0.2:
            self.write(depth, f"elif {self.test()}:")
            self.block(depth + 1, self.dice.randint(1, 2), loop=loop)
        if self.dice.random() < 0.4:
            self.write(depth, "else:")
            self.block(depth + 1, self.dice.randint(1, 3), loop=loop)

    def loop(self, depth: int, *, loop: bool) -> None:
        roll = self.dice.random()
        free = [index for index in _INDICES if index not in self.indices] or list(_INDICES)
        index, second = free[0], free[-1]
        count = self.dice.choice([*_VARIABLES, "0", "1", "3", "b + 1"])
        before = list(self.indices)
        if roll < 0.3:
            self.write(depth, f"while fuel > 0 and {self.test()}:")
            self.write(depth + 1, "fuel -= 1")
        elif roll < 0.55:
            bounds = self.dice.choice([count, f"1, {count}", f"{count}, 0, -1", f"0, {count}, 2"])
            self.write(depth, f"for {index} in range({bounds}):")
            self.indices.append(index)
        else:
            target, iterable = self.dice.choice(
                [
                    (index, "xs"),
                    (f"{index}, {second}", "enumerate(xs)"),
                    (f"{index}, {second}", "enumerate(xs, b)"),
                    (f"{index}, {second}", "zip(xs, range(1, 4))"),
                    (f"{index}, ({second}, _)", "enumerate(zip(range(a, 9, 2), xs))"),
                    (index, "reversed(xs)"),
                    (index, f"reversed(range({count}))"),
                    (index, "list(xs)"),
                    (index, "map(abs, xs)"),
                ]
            )
            self.write(depth, f"for {target} in {iterable}:")
            self.indices.append(index)
        self.block(depth + 1, self.dice.randint(1, 4), loop=True)
        self.indices = before if self.dice.random() < 0.8 else self.indices
        if self.dice.random() < 0.3:
            self.write(depth, "else:")
            self.block(depth + 1, self.dice.randint(1, 2), loop=loop)
