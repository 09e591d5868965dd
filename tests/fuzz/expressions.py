"""Random expressions as text: numbers, conditions, calls, and arrays of a given shape."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tests.fuzz.scope import Helper, Scope, Shape, Var
from tests.fuzz.views import Views
from tests.fuzz.wider import wider_array, wider_number

__all__ = ["Expressions"]

_UNARY = ("np.sin", "np.cos", "np.tanh", "np.tanh", "np.arctan", "np.sin")
_SCALAR = ("math.sin", "math.cos", "math.tanh", "np.sin", "np.tanh", "math.atan")
_REDUCTIONS = ("np.sum({})", "np.mean({})", "{}.sum()", "np.sum({} * {})", "np.prod(np.cos({}))")


class Expressions(Views):
    """Expressions over the names of a scope."""

    # ---- numbers ---------------------------------------------------------------------------------

    def combined(self, left: str, right: str, cos: str) -> str:
        """Two operands and an operator; what divides is never near zero."""
        operator = self.rng.choice(["+", "-", "*", "*", "/"])
        if operator == "/":
            return f"{left} / (2.0 + {cos}({right}))"
        return f"({left} {operator} {right})"

    def num(self, scope: Scope, depth: int = 2) -> str:
        """A number."""
        nums = [v.name for v in scope.of("num")]
        if depth <= 0 or self.world.chance(0.15):
            choices = nums * 3 + [self.world.constant()]
            choices += [self.element(scope, v) for v in scope.arrays()[-4:] if 0 not in v.shape]
            choices += [
                f"{v.name}[{self.rng.choice([0, -1])}]"
                for v in scope.of("list")
                if v.item == "num" and v.length
            ]
            return self.rng.choice(choices)
        if self.world.wider and self.world.chance(self.world.wider):
            return wider_number(self, scope, depth)
        ways = ["binary"] * 5 + ["unary"] * 3 + ["reduce"] * 3 + ["choice", "bound", "call", "dot"]
        match self.rng.choice(ways):
            case "binary":
                left, right = self.num(scope, depth - 1), self.num(scope, depth - 1)
                return self.combined(left, right, "math.cos")
            case "unary":
                return f"{self.rng.choice(_SCALAR)}({self.num(scope, depth - 1)})"
            case "reduce" if scope.arrays():
                array = self.rng.choice(scope.arrays())
                if 0 in array.shape and self.world.chance(0.8):
                    return self.num(scope, depth - 1)
                form = self.rng.choice(_REDUCTIONS[:2] if not array.shape else _REDUCTIONS)
                operand = array.name
                if array.shape and self.world.chance(0.3):
                    made = self.view(scope, array)
                    operand = made[0] if made and 0 not in made[1] else operand
                if array.shape and self.world.chance(0.1) and 0 not in array.shape:
                    return self.rng.choice(
                        [f"np.max({operand})", f"{operand}.min()", f"np.std({operand})"]
                    )
                return form.format(operand, operand)
            case "choice":
                test = self.test(scope)
                return f"({self.num(scope, depth - 1)} if {test} else {self.num(scope, depth - 1)})"
            case "bound":
                word = self.rng.choice(["max", "min", "np.maximum", "abs"])
                if word == "abs":
                    return f"abs({self.num(scope, depth - 1)})"
                return f"{word}({self.num(scope, depth - 1)}, {self.num(scope, depth - 1)})"
            case "call":
                return self.call(scope, Var("", "num"), depth) or self.num(scope, depth - 1)
            case "dot":
                vectors = [v for v in scope.arrays() if len(v.shape) == 1 and v.shape[0]]
                for v in vectors:
                    same = [w.name for w in vectors if w.shape == v.shape]
                    return f"({v.name} @ {self.rng.choice(same)})"
        return self.num(scope, depth - 1)

    def element(self, scope: Scope, var: Var) -> str:
        """One element of an array."""
        if not var.shape:
            return f"{var.name}[()]"
        return f"{var.name}[{', '.join(self.index(scope, e) for e in var.shape)}]"

    def test(self, scope: Scope) -> str:
        """A condition."""
        ints = [v.name for v in scope.of("int")]
        if ints and self.world.chance(0.6):
            name = self.rng.choice(ints)
            choices = [
                f"{name} > {self.rng.randrange(3)}",
                f"{name} % 2 == 0",
                f"{name} == 1",
                f"{name}",
            ]
            return self.rng.choice(choices)
        left = self.num(scope, 1)
        test = f"{left} {self.rng.choice('<>')} {self.world.constant()}"
        if ints and self.world.chance(0.2):
            test = f"{self.rng.choice(ints)} < 2 {self.rng.choice(['and', 'or'])} {test}"
        return test

    def call(self, scope: Scope, result: Var, depth: int) -> str | None:
        """A call of a helper that gives what result is like."""
        helpers = [h for h in scope.callable() if h.result is not None and h.result.like(result)]
        return self.call_of(scope, self.rng.choice(helpers), depth) if helpers else None

    def call_of(
        self,
        scope: Scope,
        helper: Helper,
        depth: int = 1,
        given: Mapping[Var, str] | None = None,
    ) -> str | None:
        """A call of one helper, with arguments from the scope; given: those of some parameters."""
        args = []
        leave = self.rng.randrange(helper.optional + 1) if helper.optional else 0
        passed = helper.parameters[: len(helper.parameters) - leave]
        for place, parameter in enumerate(passed):
            text = (given or {}).get(parameter) or self.argument(scope, parameter, depth)
            if text is None:
                return None
            keyword = place > 0 and place == len(passed) - 1 and self.world.chance(0.3)
            keyword = keyword and place >= helper.before
            keyword = keyword or place >= len(helper.parameters) - helper.behind
            args.append(f"{parameter.name}={text}" if keyword else text)
        return f"{helper.name}({', '.join(args)})"

    def argument(self, scope: Scope, parameter: Var, depth: int) -> str | None:
        """What is passed for a parameter; arrays as they are or as views, so that writes are seen."""
        if parameter.kind == "num":
            return self.num(scope, depth - 1)
        if parameter.kind == "int":
            return self.rng.choice(["2", "1", *[v.name for v in scope.of("int") if v.bound <= 4]])
        if parameter.kind == "list":
            lists = [v.name for v in scope.of("list") if v.like(parameter) and v.length]
            return self.rng.choice(lists) if lists else None
        if parameter.kind in {"obj", "dict"}:
            same = [
                v.name
                for v in scope.of(parameter.kind)
                if v.item == parameter.item or not parameter.item
            ]
            return self.rng.choice(same) if same else None
        if parameter.kind == "fun":
            functions = [v.name for v in scope.of("fun")]
            q = self.world.fresh("q")
            inner = scope.child()
            inner.add(Var(q, "num"))
            written = f"lambda {q}: {self.num(inner, depth)}"
            return self.rng.choice([*functions * 2, written, "math.tanh", "np.sin"])
        names = [v.name for v in scope.arrays(parameter.shape)]
        names += self.views_of_shape(scope, parameter.shape, 3)
        if self.world.chance(0.2) or not names:
            names.append(self.arr(scope, parameter.shape, depth - 1))
        return self.rng.choice(names)

    # ---- arrays ----------------------------------------------------------------------------------

    def arr(self, scope: Scope, shape: Shape, depth: int = 2) -> str:
        """An array of a shape."""
        if not shape and depth > 0:  # NumPy makes numbers of what is computed from such arrays
            return f"np.array({self.num(scope, depth)})"
        leaves = [v.name for v in scope.arrays(shape)] * 2
        leaves += self.views_of_shape(scope, shape, 2)
        leaves += [
            f"{v.name}[{self.rng.choice([0, -1])}]"
            for v in scope.of("list")
            if v.item == "arr" and v.shape == shape and v.length
        ]
        if depth <= 0 or self.world.chance(0.1):
            if leaves:
                return self.rng.choice(leaves)
            return self.made(scope, shape)
        if self.world.wider and 0 not in shape and self.world.chance(self.world.wider):
            return wider_array(self, scope, shape, depth)
        ways = ["binary"] * 6 + ["unary"] * 3 + ["special"] * 4 + ["made", "call", "where"]
        match self.rng.choice(ways):
            case "binary":
                left, right = (
                    self.arr(scope, shape, depth - 1),
                    self.operand(scope, shape, depth - 1),
                )
                if self.world.chance(0.3):
                    left, right = right, left
                return self.combined(left, right, "np.cos")
            case "unary":
                return f"{self.rng.choice(_UNARY)}({self.arr(scope, shape, depth - 1)})"
            case "special":
                return self.special(scope, shape, depth)
            case "call":
                return self.call(scope, Var("", "arr", shape), depth) or self.arr(
                    scope, shape, depth - 1
                )
            case "where" if leaves:
                test = f"{self.rng.choice(leaves)} > {self.world.constant()}"
                one, other = (
                    self.operand(scope, shape, depth - 1),
                    self.operand(scope, shape, depth - 1),
                )
                return f"np.where({test}, {one}, {other})"
        return self.made(scope, shape)

    def operand(self, scope: Scope, shape: Shape, depth: int) -> str:
        """A number or an array that broadcasts to a shape."""
        fitting = [
            v.name for v in scope.arrays() if _broadcasts(v.shape, shape) and v.shape != shape
        ]
        if fitting and self.world.chance(0.3):
            return self.rng.choice(fitting)
        if self.world.chance(0.35):
            return self.num(scope, depth)
        if len(shape) == 1 and shape[0] and self.world.chance(0.02):
            return self.listed(scope, shape[0])
        return self.arr(scope, shape, depth)

    def listed(self, scope: Scope, count: int) -> str:
        """What an operator takes for an array of some numbers: a list, a tuple, a range, or an array made of one."""
        items = ", ".join(self.num(scope, 1) for _ in range(count))
        forms = [f"[{items}]", f"({items},)", f"range({count})", f"np.array(range({count}))"]
        return self.rng.choice([*forms, f"np.array([{items}])"])

    def made(self, scope: Scope, shape: Shape) -> str:
        """A new array."""
        size = f"({', '.join(map(str, shape))}{',' * (len(shape) == 1)})"
        if len(shape) == 1 and shape[0] and self.world.chance(0.3):
            return f"np.array([{', '.join(self.num(scope, 1) for _ in range(shape[0]))}])"
        if self.world.chance(0.3):
            return f"np.full({size}, {self.num(scope, 1)})"
        return self.rng.choice(
            [
                f"(np.ones({size}) * {self.num(scope, 1)})",
                f"({self.num(scope, 1)} + np.zeros({size}))",
            ]
        )

    def special(self, scope: Scope, shape: Shape, depth: int) -> str:
        """What only some shapes have: products, joins, sums along axes, repetitions."""
        d = depth - 1
        found = []
        if len(shape) == 1 and shape[0]:
            n = shape[0]
            for v in scope.arrays():
                if len(v.shape) == 2 and 0 not in v.shape:
                    if v.shape[0] == n:
                        found += [f"np.sum({v.name}, axis=1)", f"{v.name}.mean(axis=1)"]
                        found.append(f"({v.name} @ {self.arr(scope, (v.shape[1],), d)})")
                    if v.shape[1] == n:
                        found += [
                            f"{v.name}.sum(axis=0)",
                            f"({self.arr(scope, (v.shape[0],), d)} @ {v.name})",
                        ]
            found.append(f"np.cumsum({self.arr(scope, shape, d)})")
            picked = [v for v in scope.arrays() if v.shape[1:] == () and 0 not in v.shape]
            for v in [v for v in picked if v.shape][:2]:
                places = [self.rng.randrange(v.shape[0]) for _ in range(n)]
                found.append(f"{v.name}[np.array({places})]")
            found.append(f"np.roll({self.arr(scope, shape, d)}, 1)")
            if n > 1 and self.world.chance(0.07):
                ends = self.rng.choice(
                    [self.num(scope, 1), f"{self.arr(scope, (1,), 0)}", f"[{self.num(scope, 1)}]"]
                )
                parts = [self.arr(scope, (n - 1,), d), ends]
                self.rng.shuffle(parts)
                found += [f"np.r_[{', '.join(parts)}]"] * 4
            found.append(
                f"np.concatenate(({self.arr(scope, (n - 1,), d)}, {self.arr(scope, (1,), d)}))"
                if n > 1
                else f"np.array([{self.num(scope, d)}])"
            )
            found.append(
                f"np.sort({self.arr(scope, shape, d)})"
                if self.world.chance(0.2)
                else f"np.copy({self.arr(scope, shape, d)})"
            )
        if len(shape) == 2 and 0 not in shape:
            n, m = shape
            found.append(f"np.outer({self.arr(scope, (n,), d)}, {self.arr(scope, (m,), d)})")
            found.append(f"np.stack([{', '.join(self.arr(scope, (m,), 0) for _ in range(n))}])")
            found.append(f"({self.arr(scope, (n, 1), 0)} * {self.arr(scope, (m,), d)})")
            found.append(f"({self.arr(scope, (m, n), d)}).T")
            if m > 1 and self.world.chance(0.07):
                parts = [self.arr(scope, (n,), d), self.arr(scope, (n, m - 1), 0)]
                self.rng.shuffle(parts)
                columns = ", ".join(self.arr(scope, (n,), 0) for _ in range(m))
                rows = [self.arr(scope, (n - 1, m), 0), self.arr(scope, (1, m), 0)]
                joined = [f"np.c_[{', '.join(parts)}]", f"np.c_[{columns}]"]
                found += [*joined, *joined, f"np.r_[{', '.join(rows)}]" if n > 1 else joined[0]]
            found += [
                f"({a.name} @ {self.arr(scope, (a.shape[1], m), 0)})"
                for a in scope.arrays()
                if len(a.shape) == 2 and a.shape[0] == n and a.shape[1]
            ]
            found.append(
                f"np.maximum({self.arr(scope, shape, d)}, {self.operand(scope, shape, d)})"
            )
        found.append(f"np.zeros_like({self.arr(scope, shape, 0)})")
        found.append(f"({self.arr(scope, shape, d)}).copy()")
        found.append(f"({self.arr(scope, shape, d)}) ** 2")
        if self.world.chance(0.05) and 0 not in shape:
            found.append(f"({self.arr(scope, shape, d)}).conj()")
        return self.rng.choice(found)


def _broadcasts(shape: Shape, to: Shape) -> bool:
    try:
        return np.broadcast_shapes(shape, to) == to
    except ValueError:
        return False
