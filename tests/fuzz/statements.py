"""Random statements as text: bindings, views, stores, calls that write, lists and closures."""

from __future__ import annotations

from tests.fuzz.expressions import Expressions
from tests.fuzz.scope import Scope, Var, World
from tests.fuzz.wider import wider_change

__all__ = ["Lines", "Simple", "indented"]

Lines = list[str]


class Simple:
    """Statements without blocks of their own, each as lines; None where the scope has nothing for them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rng = world.rng
        self.write = Expressions(world)

    # ---- bindings --------------------------------------------------------------------------------

    def number(self, scope: Scope, depth: int, loop: bool) -> Lines:
        text = self.write.num(scope)
        nums = [v.name for v in scope.of("num") if v.name not in scope.frozen]
        if nums and self.world.chance(0.6):
            name = self.rng.choice(nums)
            if self.world.chance(0.5):
                return [f"{name} {self.rng.choice(['+', '-', '*'])}= {text}"]
            return [f"{name} = {text}"]
        name = self.world.fresh("s")
        scope.add(Var(name, "num"))
        return [f"{name} = {text}"]

    def array(self, scope: Scope, depth: int, loop: bool) -> Lines:
        shape = self.rng.choice(self.world.shapes)
        name = self.world.fresh("a")
        text = self.write.arr(scope, shape)
        scope.add(Var(name, "arr", shape))
        return [f"{name} = {text}"]

    def rebind(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        arrays = [v for v in scope.arrays() if scope.bindable(v)]
        if not arrays:
            return None
        v = self.rng.choice(arrays)
        views = self.write.views_of_shape(scope, v.shape)
        if views and self.world.chance(0.4):
            return [f"{v.name} = {self.rng.choice(views)}"]
        if self.world.chance(0.3):
            return [f"{v.name} = {self.rng.choice(scope.arrays(v.shape)).name}"]
        return [f"{v.name} = {self.write.arr(scope, v.shape)}"]

    def alias(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        arrays = scope.arrays()
        if not arrays:
            return None
        v = self.rng.choice(arrays)
        name = self.world.fresh("y")
        other = self.rng.choice(scope.arrays(v.shape)).name
        test = self.write.test(scope)
        scope.add(Var(name, "arr", v.shape))
        if self.world.chance(0.3):
            return [f"{name} = {v.name} if {test} else {other}"]
        return [f"{name} = {v.name}"]

    def view(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        arrays = scope.arrays()
        made = self.write.view(scope, self.rng.choice(arrays)) if arrays else None
        if not made:
            return None
        name = self.world.fresh("v")
        scope.add(Var(name, "arr", made[1]))
        return [f"{name} = {made[0]}"]

    def swap(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        names = [v for v in scope.names.values() if v.kind in {"arr", "num"} and scope.bindable(v)]
        self.rng.shuffle(names)
        for v in names:
            for w in names:
                if v is not w and v.like(w):
                    right = (
                        self.write.arr(scope, v.shape, 1)
                        if v.kind == "arr" and self.world.chance(0.3)
                        else v.name
                    )
                    return [f"{v.name}, {w.name} = {w.name}, {right}"]
        return None

    def tuple(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        shape = self.rng.choice(self.world.shapes)
        a, s, pair = self.world.fresh("p"), self.world.fresh("s"), self.world.fresh("t")
        texts = f"{self.write.arr(scope, shape, 1)}, {self.write.num(scope, 1)}"
        scope.add(Var(a, "arr", shape))
        scope.add(Var(s, "num"))
        if self.world.chance(0.5):
            return [f"{pair} = ({texts})", f"{a}, {s} = {pair}"]
        return [f"{pair} = ({texts})", f"{a} = {pair}[0]", f"{s} = {pair}[1]"]

    # ---- stores ----------------------------------------------------------------------------------

    def target(self, scope: Scope) -> tuple[str, tuple[int, ...] | None] | None:
        """A place of an array, and its shape; None for the shape of what only takes numbers."""
        arrays = [v for v in scope.arrays() if v.name not in scope.frozen]
        if not arrays:
            return None
        v = self.rng.choice(arrays)
        if v.shape and v.shape[0] and self.world.chance(0.15):
            fancy = self.write.fancy(scope, v.name, v.shape)
            return f"{v.name}[{fancy}]", None
        text = f"{v.name}[{self.write.subscript(scope, v.shape)}]"
        try:
            shape = self.write.shape_of(scope, text)
        except Exception:  # noqa: BLE001
            return None
        return text, () if shape is None else shape

    def value_for(self, scope: Scope, shape: tuple[int, ...] | None) -> str:
        if not shape or self.world.chance(0.15):
            return self.write.num(scope)
        return self.write.operand(scope, shape, 1)

    def store(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        made = self.target(scope)
        if made is None:
            return None
        return [f"{made[0]} = {self.value_for(scope, made[1])}"]

    def augmented(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        operator = self.rng.choice(["+=", "+=", "-=", "*=", "*=", "/="])
        arrays = [v for v in scope.arrays() if scope.bindable(v)]
        if arrays and self.world.chance(0.5):
            v = self.rng.choice(arrays)
            target, shape = v.name, v.shape
            value = self.write.operand(scope, shape, 1) if shape else self.write.num(scope, 1)
        else:
            made = self.target(scope)
            if made is None:
                return None
            target, value = made[0], self.value_for(scope, made[1])
        if operator == "/=":
            value = f"2.0 + np.cos({value})"
        if self.world.chance(0.04):
            operator, value = "**=", "2"
        return [f"{target} {operator} {value}"]

    def out(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        arrays = [v for v in scope.arrays() if v.shape and v.name not in scope.frozen]
        if not arrays:
            return None
        v = self.rng.choice(arrays)
        one, two = self.write.arr(scope, v.shape, 1), self.write.operand(scope, v.shape, 1)
        forms = [
            f"np.{self.rng.choice(['multiply', 'add', 'subtract', 'maximum'])}({one}, {two}, out={v.name})",
            f"np.{self.rng.choice(['sin', 'tanh', 'cos'])}({one}, out={v.name})",
            f"np.copyto({v.name}, {one})",
            f"{v.name}.fill({self.write.num(scope, 1)})",
        ]
        return [self.rng.choice(forms)]

    def changed(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """What changes an array, or a view of one, that dual numbers don't have."""
        arrays = [v for v in scope.arrays() if v.shape and v.name not in scope.frozen]
        if not arrays:
            return None
        v = self.rng.choice(arrays)
        made = self.write.view(scope, v) if self.world.chance(0.3) else None
        text, shape = made if made and made[0].endswith("]") else (v.name, v.shape)
        return [wider_change(self.write, scope, text, shape)] if shape and 0 not in shape else None

    def call(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        helpers = scope.callable()
        if not helpers:
            return None
        helper = self.rng.choice(helpers)
        text = self.write.call_of(scope, helper)
        if text is None:
            return None
        result = helper.result
        if result is None or self.world.chance(0.1):
            return [text]
        if result.kind == "tuple":
            array, number = self.world.fresh("h"), self.world.fresh("s")
            scope.add(Var(array, "arr", result.shape))
            scope.add(Var(number, "num"))
            return [f"{array}, {number} = {text}"]
        same = [v.name for v in scope.names.values() if v.like(result) and scope.bindable(v)]
        if same and self.world.chance(0.4):
            return [f"{self.rng.choice(same)} = {text}"]
        name = self.world.fresh("h")
        scope.add(Var(name, result.kind, result.shape))
        return [f"{name} = {text}"]

    def buffer(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """A new array that a helper, or a store, writes into before it is read."""
        takers = [
            (helper, p) for helper in scope.callable() for p in helper.parameters if p.kind == "arr"
        ]
        helper, taken = self.rng.choice(takers) if takers else (None, None)
        shape = taken.shape if taken else self.rng.choice(self.world.shapes)
        name = self.world.fresh("b")
        maker = self.rng.choice(["np.zeros({})", "np.zeros({})", "np.ones({})", "np.full({}, 0.5)"])
        made = maker.format(repr(shape))
        if shape and self.world.chance(0.5):
            made = f"{self.write.arr(scope, shape, 1)} * {self.write.num(scope, 1)}"
        lines = [f"{name} = {made}"]
        inner = scope.child()
        inner.add(Var(name, "arr", shape))
        text = self.write.call_of(inner, helper, given={taken: name}) if helper and taken else None
        if text is None:
            part = self.write.subscript(scope, shape) if self.world.chance(0.5) else "..."
            value = self.write.num(scope, 1)
            if part == "...":
                value = self.write.arr(scope, shape, 1)
            text = f"{name}[{part}] {self.rng.choice(['=', '+='])} {value}"
        fill = [text]
        if self.world.chance(0.3):
            fill = [f"if {self.write.test(scope)}:", *indented(fill)]
        scope.add(Var(name, "arr", shape))
        known = [v.name for v in scope.of("num") if v.name not in scope.frozen]
        result = self.rng.choice(known) if known and self.world.chance(0.6) else None
        other = name if self.world.chance(0.4) else self.write.operand(scope, shape, 1)
        read = [f"{result or self.world.fresh('s')} = np.tanh(np.sum({name} * {other}))"]
        scope.add(Var(read[0].partition(" ")[0], "num"))
        return [*lines, *fill, *read]

    # ---- lists and functions ---------------------------------------------------------------------

    def new_list(self, scope: Scope, depth: int, loop: bool) -> Lines:
        name = self.world.fresh("L")
        count = self.rng.choice([1, 2, 2, 3])
        if self.world.chance(0.3):
            items = [self.write.num(scope, 1) for _ in range(count)]
            scope.add(Var(name, "list", length=count, item="num"))
            return [f"{name} = [{', '.join(items)}]"]
        shape = self.rng.choice(self.world.shapes)
        items = [self.write.arr(scope, shape, self.rng.choice([0, 0, 1])) for _ in range(count)]
        scope.add(Var(name, "list", shape, length=count))
        if self.world.chance(0.2):
            return [f"{name} = [{items[0]} for _ in range({count})]"]
        return [f"{name} = [{', '.join(items)}]"]

    def list_change(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        lists = [v for v in scope.of("list") if v.length and v.name not in scope.frozen]
        if not lists:
            return self.new_list(scope, depth, loop)
        v = self.rng.choice(lists)
        place = f"{v.name}[{self.rng.choice(['0', '-1', str(v.length - 1)])}]"
        item = self.write.num(scope, 1) if v.item == "num" else self.write.arr(scope, v.shape, 1)
        forms = [[f"{place} = {item}"], [f"{v.name}.append({item})"]]
        name = self.world.fresh("e")
        forms.append([f"{v.name}.append({item})", f"{name} = {v.name}.pop()"])
        forms += [[f"{name} = {place}"]] * 2
        if v.item == "arr":
            forms += [
                [f"{place}[...] = {item}"],
                [f"{place} {self.rng.choice(['+=', '*='])} {item}"],
            ]
            inner = [f"{name} *= {self.write.num(scope, 1)}"] if v.shape else ["pass"]
            forms.append([f"for {name} in {v.name}:", *indented(inner)])
            if v.shape and v.shape[0]:
                part = self.write.subscript(scope, v.shape)
                forms += [
                    [
                        f"{place}[{part}] {self.rng.choice(['=', '+=', '*='])} {self.write.num(scope)}"
                    ]
                ] * 2
        else:
            forms.append([f"{place} += {item}"])
        if self.world.chance(0.1) and v.name.startswith("L"):
            forms = self.whole_list(v, item)
        chosen = self.rng.choice(forms)
        if chosen[-1].startswith(f"{name} ="):
            scope.add(Var(name, "num" if v.item == "num" else "arr", v.shape))
        return chosen

    def whole_list(self, v: Var, item: str) -> list[Lines]:
        """What changes all of a list, which may not get shorter."""
        forms = [
            [f"{v.name}.reverse()"],
            [f"{v.name}.append({item})", f"del {v.name}[0]"],
            [f"{v.name}.append({item})", f"del {v.name}[-1:]"],
            [f"{v.name}[:1] = [{item}, {v.name}[0]]"],
            [f"{v.name}[1:1] = [{item}]"],
        ]
        if v.item == "num":
            forms += [[f"{v.name}.sort()"], [f"{v.name}.sort(key=lambda t: -t)"]]
        return forms

    def closure(self, scope: Scope, depth: int, loop: bool) -> Lines:
        name, parameter = self.world.fresh("g"), self.world.fresh("q")
        inner = scope.child()
        inner.add(Var(parameter, "num"))
        text = self.write.num(inner)
        result = self.world.fresh("s")
        call = f"{result} = {name}({self.write.num(scope, 1)}) + {name}({self.world.constant()})"
        scope.add(Var(result, "num"))
        arrays = [v for v in scope.arrays() if 0 not in v.shape and v.shape]
        if arrays and self.world.chance(0.25):
            place = self.write.element(scope, self.rng.choice(arrays))
            return [
                f"def {name}({parameter}):",
                f"    {place} = {parameter}",
                f"    return {text}",
                call,
            ]
        if self.world.chance(0.4):
            return [f"{name} = lambda {parameter}: {text}", call]
        if self.world.chance(0.15):
            test, other = self.write.test(scope), self.write.num(inner)
            return [
                f"if {test}:",
                *indented([f"def {name}({parameter}):", f"    return {text}"]),
                "else:",
                *indented([f"def {name}({parameter}):", f"    return {other}"]),
                call,
            ]
        return [f"def {name}({parameter}):", f"    return {text}", call]

    def odd(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """What isn't accepted yet, or may not be."""
        nums = [self.write.num(scope, 1) for _ in range(2)]
        name, other = self.world.fresh("s"), self.world.fresh("d")
        forms = [
            [
                f"{other} = {{'a': {nums[0]}, 'b': {nums[1]}}}",
                f"{name} = {other}['a'] * {other}['b']",
            ],
            [f"{other} = [{', '.join(nums)}]", f"{other}.sort()", f"{name} = {other}[0]"],
            [
                f"{other} = [{', '.join(nums)}]",
                f"{other}.insert(0, {nums[0]})",
                f"{name} = {other}[1]",
            ],
            [
                f"{other} = [{', '.join(nums)}]",
                f"{other}[0:1] = [{nums[1]}]",
                f"{name} = {other}[0]",
            ],
            [f"{other}, *rest = ({', '.join(nums)}, 1.0)", f"{name} = {other} + rest[0]"],
            [f"{name} = sum(t * t for t in ({', '.join(nums)}))"],
            [f"{other} = [{', '.join(nums)}] + [{nums[0]}]", f"{name} = sum({other}[1:])"],
            [f"{other} = [t * {nums[1]} for t in ({', '.join(nums)})]", f"{name} = {other}[1]"],
            [f"if ({name} := {nums[0]}) > 0.1:", f"    {name} *= 2.0"],
            ["try:", f"    {name} = {nums[0]}", "except ValueError:", f"    {name} = {nums[1]}"],
            [f"assert {self.write.test(scope)} or True", f"{name} = {nums[0]}"],
            [
                f"{other} = np.sin if {self.write.test(scope)} else np.cos",
                f"{name} = {other}({nums[0]})",
            ],
        ]
        chosen = self.rng.choice(forms)
        scope.add(Var(name, "num"))
        return chosen


def indented(lines: Lines) -> Lines:
    """Lines as the block of a header."""
    return [f"    {line}" for line in lines]
