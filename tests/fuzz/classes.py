"""Random classes as text: what their objects hold, methods, properties, operators, subclasses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.fuzz.control import Blocks
from tests.fuzz.expressions import Expressions
from tests.fuzz.scope import Class, Helper, Scope, Var, World
from tests.fuzz.statements import Lines, indented

__all__ = ["class_lines"]

_WORDS = {"arr": "np.ndarray", "num": "float"}

Blocked = Callable[[World, tuple[Var, ...]], Blocks]


def class_lines(world: World, blocks: Blocked) -> Lines:
    """A class, which the world knows from now on, or a class and one that inherits from it; blocks makes statements."""
    rng = world.rng
    name = world.fresh("C")
    fields = [Var("w", "arr", rng.choice(world.shapes)), Var("b", "num")]
    if rng.random() < 0.3:
        fields.append(Var("u", "arr", fields[0].shape))
    flavour = rng.choice(["plain", "plain", "plain", "dataclass", "tuple"])
    write = _Class(world, blocks, name, fields, fixed=flavour == "tuple")
    match flavour:
        case "plain":
            head, lines = [f"class {name}:"], write.constructor()
        case "dataclass":
            head = ["@dataclass", f"class {name}:"]
            lines = [f"{v.name}: {_WORDS[v.kind]}" for v in fields]
        case _:
            head = [f"class {name}(NamedTuple):"]
            lines = [f"{v.name}: {_WORDS[v.kind]}" for v in fields]
    lines += write.methods()
    made = replace(write.made(), plain=flavour == "plain")
    world.classes.append(made)
    text = [*head, *indented(lines), "", ""]
    if flavour == "plain" and rng.random() < 0.3:
        text += _subclass(world, blocks, made)
    return text


def _subclass(world: World, blocks: Blocked, base: Class) -> Lines:
    """A class that adds a field and says one method anew."""
    name = world.fresh("C")
    own = Var(f"e{name}", "num")
    parameters = (*base.parameters, own)
    given = ", ".join(p.name for p in base.parameters)
    lines = [
        f"def __init__(self, {', '.join(p.name for p in parameters)}):",
        f"    super().__init__({given})",
        f"    self.{own.name} = {own.name}",
    ]
    write = _Class(world, blocks, name, [*base.fields, own], fixed=False)
    again = [m for m in base.methods if m.name.startswith(".m")][:1]
    for method in again:
        names = ", ".join(p.name for p in method.parameters)
        outer = f"super({world.rng.choice(['', f'{name}, self'])}){method.name}({names})"
        if method.result is None:
            body = [outer, f"self.{own.name} *= 0.5"]
        else:
            body = [f"self.b += self.{own.name}"] * world.chance(0.4)
            body.append(f"return {outer} * self.{own.name}")
        lines += [f"def {method.name[1:]}(self, {names}):", *indented(body)]
    world.classes.append(
        replace(
            base,
            name=name,
            parameters=parameters,
            fields=(*base.fields, own),
            methods=base.methods,
            operators=(),
        )
    )
    assert write.own
    return [f"class {name}({base.name}):", *indented(lines), "", ""]


class _Class:
    """A class while its text is written."""

    def __init__(
        self, world: World, blocks: Blocked, name: str, fields: list[Var], *, fixed: bool
    ) -> None:
        self.world, self.rng, self.blocks = world, world.rng, blocks
        self.name, self.own, self.fixed = name, fields, fixed
        self.fields = list(fields)
        self.read_only: list[str] = [v.name for v in fields] if fixed else []
        self.helpers: list[Helper] = []
        self.operators: list[str] = []
        self.write = Expressions(world)

    def made(self) -> Class:
        return Class(
            self.name,
            tuple(self.own),
            tuple(self.fields),
            tuple(self.read_only),
            tuple(self.helpers),
            tuple(self.operators),
        )

    def scope(self, *parameters: Var) -> Scope:
        """What a method sees."""
        scope = Scope(self.world)
        for v in self.fields:
            scope.add(replace(v, name=f"self.{v.name}"))
        scope.frozen |= {f"self.{v}" for v in self.read_only}
        for v in parameters:
            scope.add(v)
        return scope

    def constructor(self) -> Lines:
        head = ", ".join(v.name for v in self.own)
        lines = []
        for v in self.own:
            value = v.name
            if self.world.chance(0.3):
                value = f"{v.name}.copy()" if v.kind == "arr" else f"{v.name} * 0.5"
            lines.append(f"self.{v.name} = {value}")
        if self.world.chance(0.4):
            outer = Scope(self.world)
            for v in self.own:
                outer.add(v)
            lines.append(f"self.c = {self.write.num(outer)}")
            self.fields.append(Var("c", "num"))
        return [f"def __init__(self, {head}):", *indented(lines)]

    def methods(self) -> Lines:
        lines: Lines = []
        ways = [
            self.method,
            self.method,
            self.property,
            self.static,
            self.of_class,
            self.call,
            self.operator,
            self.unary,
            self.context,
            self.asked,
            self.asked,
        ]
        for way in self.rng.sample(ways, self.rng.randint(1, 4)):
            lines += way()
        return lines

    def method(self) -> Lines:
        name, q = self.world.fresh("m"), self.world.fresh("q")
        shape = self.own[0].shape
        result = self.rng.choice([Var("", "num"), Var("", "num"), Var("", "arr", shape), None])
        statements = self.blocks(self.world, () if result is None else (result,))
        scope = self.scope(Var(q, "num"))
        lines = statements.block(scope, self.rng.randint(1, 2), 1, loop=False)
        if result is not None:
            lines.append(statements.result(scope))
        self.helpers.append(Helper(f".{name}", (Var(q, "num"),), result))
        return [f"def {name}(self, {q}):", *indented(lines)]

    def property(self) -> Lines:
        name = self.world.fresh("p")
        text = self.write.num(self.scope())
        lines = ["@property", f"def {name}(self):", f"    return {text}"]
        self.fields.append(Var(name, "num"))
        if self.fixed or self.world.chance(0.6):
            self.read_only.append(name)
            return lines
        q = self.world.fresh("q")
        inner = self.scope(Var(q, "num"))
        value = self.write.num(inner, 1)
        return [*lines, f"@{name}.setter", f"def {name}(self, {q}):", f"    self.b = {value}"]

    def static(self) -> Lines:
        name, q = self.world.fresh("t"), self.world.fresh("q")
        scope = Scope(self.world)
        scope.add(Var(q, "num"))
        text = self.write.num(scope)
        self.helpers.append(Helper(f".{name}", (Var(q, "num"),), Var("", "num")))
        return ["@staticmethod", f"def {name}({q}):", f"    return {text}"]

    def call(self) -> Lines:
        q = self.world.fresh("q")
        text = self.write.num(self.scope(Var(q, "num")))
        if any(not h.name for h in self.helpers):
            return []
        self.helpers.append(Helper("", (Var(q, "num"),), Var("", "num")))
        return [f"def __call__(self, {q}):", f"    return {text}"]

    def operator(self) -> Lines:
        """`a + b` gives another object; the first field is at `a[...]`."""
        if self.fixed:
            return []
        sign = self.rng.choice(["+", "*", "-"])
        method = {"+": "__add__", "*": "__mul__", "-": "__sub__"}[sign]
        parts = [f"self.{v.name} {self.rng.choice('+*-')} other.{v.name}" for v in self.own]
        self.operators.append(sign)
        return [f"def {method}(self, other):", f"    return {self.name}({', '.join(parts)})"]

    def of_class(self) -> Lines:
        """A class method that makes a number; objects have it, too."""
        name, q = self.world.fresh("t"), self.world.fresh("q")
        scope = Scope(self.world)
        scope.add(Var(q, "num"))
        text = self.write.num(scope)
        self.helpers.append(Helper(f".{name}", (Var(q, "num"),), Var("", "num")))
        return ["@classmethod", f"def {name}(cls, {q}):", f"    return {text}"]

    def unary(self) -> Lines:
        """`-a`, `a @ b`, `a[i]` or `len(a)`."""
        way = self.rng.choice(["-a", "@", "[]", "len"])
        self.operators.append(way)
        if way == "-a":
            if self.fixed:
                self.operators.pop()
                return []
            parts = ", ".join(f"-self.{v.name}" for v in self.own)
            return ["def __neg__(self):", f"    return {self.name}({parts})"]
        if way == "@":
            return ["def __matmul__(self, other):", "    return self.b * other.b"]
        if way == "[]" and not self.fixed:
            return ["def __getitem__(self, i):", "    return self.b * (i + 1)"]
        self.operators[-1] = "len"
        if self.fixed:
            self.operators.pop()
            return []
        return ["def __len__(self):", "    return 2"]

    def context(self) -> Lines:
        """What `with` asks for."""
        if self.fixed:
            return []
        self.operators.append("with")
        return [
            "def __enter__(self):",
            f"    self.b {self.rng.choice(['*=', '+='])} 0.5",
            "    return self",
            "def __exit__(self, *told):",
            f"    self.b {self.rng.choice(['*=', '+='])} 2.0",
        ]

    def asked(self) -> Lines:
        """What `for`, `in`, `==`, `2 * a` and `C.of(q)` ask for."""
        way = self.rng.choice(["for", "in", "==", "2 *", "of"])
        if self.fixed or way in self.operators:
            return []
        self.operators.append(way)
        parts = ", ".join(f"{v.name}=self.{v.name} * q" for v in self.own)
        arrays = [f"np.full({v.shape}, q)" if v.kind == "arr" else "q" for v in self.own]
        return {
            "for": ["def __iter__(self):", "    return iter([self.b, self.b * 0.5])"],
            "in": ["def __contains__(self, q):", "    return q < self.b"],
            "==": ["def __eq__(self, other):", "    return self.b == other.b"],
            "2 *": ["def __rmul__(self, q):", f"    return {self.name}({parts})"],
            "of": ["@classmethod", "def of(cls, q):", f"    return cls({', '.join(arrays)})"],
        }[way]
