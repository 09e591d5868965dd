"""Containers in each other that are given to random programs, and random statements over what they hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.fuzz.corners import Corners
from tests.fuzz.scope import Scope, Var, World
from tests.fuzz.statements import Lines

__all__ = ["Given", "Held", "as_text", "held"]


@dataclass(frozen=True)
class Held:
    """A container, and what it holds by keys and places, as they stand in brackets; kind: dict, list or tuple."""

    kind: str
    parts: tuple[tuple[str, Held | Var], ...]

    @property
    def alike(self) -> Held | Var | None:
        """What all its parts are, None where they differ, or where there are none."""
        parts = [part for _, part in self.parts]
        return parts[0] if parts and all(part == parts[0] for part in parts) else None


def held(world: World, depth: int = 2) -> Held:
    """A random container: the outermost is a dict more often than not."""
    rng = world.rng
    number, array = Var("", "num"), Var("", "arr", rng.choice(world.shapes))

    def inner() -> Held | Var:
        return held(world, depth - 1) if depth else rng.choice([number, array])

    match rng.choice(["dict", "dict", "layers", "net", "tuple", "list", "unlike"]):
        case "dict":
            kinds = [inner() for _ in range(rng.randint(1, 3))]
            return Held("dict", tuple((f"'{k}'", v) for k, v in zip("abc", kinds, strict=False)))
        case "layers" if depth:
            layer = Held("dict", (("'w'", array), ("'b'", number)))
            return _listed(rng.choice(["list", "list", "tuple"]), [layer] * rng.randint(1, 3))
        case "net" if depth:
            lists = (
                ("'W'", _listed("list", [array] * rng.randint(1, 3))),
                ("'c'", _listed("list", [number] * rng.randint(1, 3))),
            )
            return Held("dict", (*lists, ("'s'", number)))
        case "tuple":
            return _listed("tuple", [inner() for _ in range(rng.randint(1, 3))])
        case "unlike":
            return _listed("list", [inner() for _ in range(rng.randint(1, 3))])
    return _listed("list", [inner()] * rng.randint(1, 3))


def _listed(kind: str, parts: list[Held | Var]) -> Held:
    return Held(kind, tuple((str(k), part) for k, part in enumerate(parts)))


def as_text(what: Held | Var, leaf: Callable[[Var], str]) -> str:
    """A container as an expression; leaf: that of a number or an array."""
    if isinstance(what, Var):
        return leaf(what)
    parts = [(key, as_text(part, leaf)) for key, part in what.parts]
    if what.kind == "dict":
        return f"{{{', '.join(f'{key}: {part}' for key, part in parts)}}}"
    items = ", ".join(part for _, part in parts)
    if what.kind == "list":
        return f"[{items}]"
    return f"({items},)" if len(parts) == 1 else f"({items})"


class Given(Corners):
    """Blocks over what a container that is given holds, be it several steps inside."""

    def of_containers(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """One of these blocks: an item, a name for a container, a loop, a sum, a copy that changes, a write."""
        names = scope.of("given")
        if not names:
            return None
        v = self.rng.choice(names)
        path, what = self.somewhere(v.name, self.world.containers[v.item])
        before = set(scope.names)
        lines = self.of_an_item(scope, path, what)
        new = [n for n in scope.names if n not in before and scope.names[n].kind != "fun"]
        if self.tally in scope.names and new and self.world.chance(0.6):
            read = scope.names[self.rng.choice(new)]
            what = self.world.containers[read.item] if read.kind == "given" else read
            lines.append(f"{self.tally} += {self.number_of(scope, what, read.name)}")
        return lines

    def counted(self, scope: Scope) -> Lines:
        """A number that what is read is added to, and that is returned."""
        self.tally = self.world.fresh("t")
        made = f"{self.tally} = {self.write.num(scope, 1)}"
        scope.add(Var(self.tally, "num"))
        return [made]

    def of_an_item(self, scope: Scope, path: str, what: Held | Var) -> Lines:
        """A block over what is at a path."""
        if isinstance(what, Var):
            return self.under_a_name(scope, path, what)
        ways = [self.named_container, self.gone_through, self.gone_through, self.taken_apart]
        ways += [self.in_a_function, self.total_of, self.copied, self.copied, self.written_inside]
        return self.rng.choice(ways)(scope, path, what)

    def somewhere(self, path: str, what: Held | Var) -> tuple[str, Held | Var]:
        """A path to something in a container, and what is there."""
        while isinstance(what, Held) and self.world.chance(0.65):
            place = self.rng.randrange(len(what.parts))
            key, part = what.parts[place]
            if what.kind != "dict" and self.world.chance(0.25):
                key = str(place - len(what.parts))
            path, what = f"{path}[{key}]", part
        return path, what

    def under_a_name(self, scope: Scope, path: str, what: Var) -> Lines:
        """A number or an array under a name of its own."""
        name = self.world.fresh("e")
        scope.add(Var(name, what.kind, what.shape))
        return [f"{name} = {path}"]

    def known_as(self, scope: Scope, name: str, what: Held | Var) -> None:
        """Note what a name stands for."""
        if isinstance(what, Var):
            scope.add(Var(name, what.kind, what.shape))
            return
        self.world.containers[name] = what
        scope.add(Var(name, "given", item=name))

    def number_of(self, scope: Scope, what: Held | Var, path: str, depth: int = 1) -> str:
        """A number that is made of what is at a path."""
        if isinstance(what, Var):
            if what.kind == "num":
                return self.rng.choice([path, f"{path} * {self.write.num(scope, depth)}"])
            return self.rng.choice([f"np.sum({path})", f"{path}.sum()", f"np.sum({path} ** 2)"])
        key, part = self.rng.choice(what.parts)
        if isinstance(part, Var) and what.kind == "dict" and self.world.chance(0.3):
            return self.number_of(scope, part, f"{path}.get({key})")
        if what.alike == Var("", "num") and self.world.chance(0.6):
            whole = f"{path}.values()" if what.kind == "dict" else path
            return self.rng.choice([f"sum({whole})", f"max({whole})", f"math.prod({whole})"])
        return self.number_of(scope, part, f"{path}[{key}]")

    def named_container(self, scope: Scope, path: str, what: Held) -> Lines:
        """Another name for a container, or one of two that are alike."""
        name = self.world.fresh("q")
        first = f"{path}[{what.parts[0][0]}]"
        if isinstance(what.alike, Held) and self.world.chance(0.5):
            last = f"{path}[{what.parts[-1][0]}]"
            self.known_as(scope, name, what.alike)
            return [f"{name} = {first} if {self.write.test(scope)} else {last}"]
        self.known_as(scope, name, what)
        return [f"{name} = {path}"]

    def gone_through(self, scope: Scope, path: str, what: Held) -> Lines:
        """A loop, or a sum, over items that are alike, or over places and keys of any."""
        t, k, v = (self.world.fresh(stem) for stem in "tkv")
        alike, inner = what.alike, scope.child()
        start = self.write.num(scope, 1)
        if alike is None:
            keys = ", ".join(key for key, _ in what.parts)
            numbers = all(part == Var("", "num") for _, part in what.parts)
            if not all(isinstance(part, Var) for _, part in what.parts):
                return self.taken_apart(scope, path, what)
            term = f"{path}[{k}]" if numbers else f"np.sum({path}[{k}])"
            scope.add(Var(t, "num"))
            return [f"{t} = {start}", f"for {k} in ({keys},):", f"    {t} += {term} * {start}"]
        self.known_as(inner, v, alike)
        term = self.number_of(inner, alike, v)
        items = path
        if what.kind == "dict":
            items, pairs = f"{path}.values()", f"for {k}, {v} in {path}.items():"
            heads = [f"for {v} in {items}:", pairs]
        else:
            heads = [
                f"for {v} in {path}:",
                f"for {v} in {path}[::-1]:",
                f"for {v} in {path}[1:]:",
                f"for {v} in reversed({path}):",
                f"for {k}, {v} in enumerate({path}):",
                f"for {v}, {k} in zip({path}, {path}[::-1]):",
                f"for {k} in range(len({path})):",
            ]
        head = self.rng.choice(heads)
        if "range(" in head or "[::-1]" in head or "[1:]" in head:
            self.more_than_parts(what)
        if "range(" in head:
            term = self.number_of(inner, alike, f"{path}[{k}]")
        step = self.rng.choice([f"{t} += {term}", f"{t} = {t} * 0.5 + {term}"])
        stop = [f"    if {t} > 3:", f"        {self.rng.choice(['break', 'continue'])}"]
        scope.add(Var(t, "num"))
        if self.world.chance(0.3) and "range(" not in head:
            return [f"{t} = sum({term} for {v} in {items})"]
        return [f"{t} = {start}", head, *(stop if self.world.chance(0.3) else []), f"    {step}"]

    def taken_apart(self, scope: Scope, path: str, what: Held) -> Lines:
        """Names for all items at once, or for the first one and a list of the others."""
        names = [self.world.fresh("u") for _ in what.parts]
        source = f"{path}.values()" if what.kind == "dict" else path
        if what.alike is not None and len(names) > 1 and self.world.chance(0.4):
            self.known_as(scope, names[0], what.alike)
            self.more_than_parts(what)
            rest = Held("list", what.parts[:-1] if what.kind != "dict" else ())
            if rest.parts:
                self.known_as(scope, names[1], rest)
            return [f"{names[0]}, *{names[1]} = {source}"]
        for name, (_, part) in zip(names, what.parts, strict=True):
            self.known_as(scope, name, part)
        return [f"{', '.join(names)}{',' * (len(names) == 1)} = {source}"]

    def more_than_parts(self, what: Held) -> None:
        """Note that a container with containers in it is copied, cut, or read at places that only a run knows."""
        if any(isinstance(part, Held) for _, part in what.parts):
            self.world.beyond.add("more than the parts of what is given")

    def in_a_function(self, scope: Scope, path: str, what: Held) -> Lines:
        """A function that is given a container, and called once or twice."""
        g, q, t = (self.world.fresh(stem) for stem in "gqt")
        inner = scope.child()
        self.known_as(inner, q, what)
        one, two = self.number_of(inner, what, q), self.number_of(inner, what, q)
        other = self.rng.choice([f"{g}({path})", self.write.num(scope, 1)])
        scope.add(Var(t, "num"))
        return [
            f"def {g}({q}):",
            f"    return {one} * {two}" if self.world.chance(0.5) else f"    return {one}",
            f"{t} = {g}({path}) * {other}",
        ]

    def total_of(self, scope: Scope, path: str, what: Held) -> Lines:
        """What NumPy makes of a list of numbers or of arrays, or a comprehension over it."""
        name, v = self.world.fresh("a"), self.world.fresh("v")
        alike = what.alike
        if not isinstance(alike, Var) or what.kind == "dict":
            scope.add(Var(name, "num"))
            return [f"{name} = {self.number_of(scope, what, path)}"]
        factor = self.write.num(scope, 1)
        made = [f"np.array({path})", f"np.array([{v} * {factor} for {v} in {path}])"]
        if alike.kind == "arr":
            made += [f"np.stack({path})", f"np.stack([np.tanh({v}) for {v} in {path}])"]
            scope.add(Var(name, "arr", (len(what.parts), *alike.shape)))
            if self.world.chance(0.3):
                scope.add(Var(name, "arr", alike.shape))
                made = [f"sum({path})", f"sum([{v} * {factor} for {v} in {path}])"]
            return [f"{name} = {self.rng.choice(made)}"]
        scope.add(Var(name, "arr", (len(what.parts),)))
        return [f"{name} = {self.rng.choice(made)}"]

    def copied(self, scope: Scope, path: str, what: Held) -> Lines:
        """A copy of the container itself, of which an item is replaced, and which gets longer."""
        name, t = self.world.fresh("w"), self.world.fresh("t")
        place = self.rng.randrange(len(what.parts))
        key, part = what.parts[place]
        if not isinstance(part, Var) or what.kind == "tuple":
            self.more_than_parts(what)
            self.known_as(scope, name, what)
            made = {"dict": [f"dict({path})", f"{{**{path}}}", f"{path}.copy()"]}
            plain = [f"{what.kind}({path})", f"{path}[:]"]
            return [f"{name} = {self.rng.choice(made.get(what.kind, plain))}"]
        new = (
            self.write.num(scope, 1) if part.kind == "num" else self.write.arr(scope, part.shape, 1)
        )
        forms = [f"{name}[{key}] = {new}"]
        if part.kind == "num":
            forms.append(f"{name}[{key}] *= {new}")
        if what.kind == "list" and what.alike is not None:
            forms += [f"{name}.append({new})", f"{name}.insert(0, {new})", f"{name} += [{new}]"]
            forms += [f"{name}.reverse()", f"del {name}[{key}]", f"{name}.pop()"]
        change = self.rng.choice(forms)
        made = {"dict": [f"dict({path})", f"{{**{path}}}", f"{path}.copy()", f"{path} | {{}}"]}
        listed = [f"list({path})", f"{path}[:]", f"{path}.copy()", f"[*{path}]"]
        first = f"{name} = {self.rng.choice(made.get(what.kind, listed))}"
        if change.startswith(("del ", f"{name}.pop")) and len(what.parts) == 1:
            change = forms[0]
        shorter = "del " in change or ".pop" in change
        left = Held(what.kind, what.parts[:-1] if shorter else what.parts)
        self.known_as(scope, name, left)
        scope.add(Var(t, "num"))
        return [first, change, f"{t} = {self.number_of(scope, left, name)}"]

    def written_inside(self, scope: Scope, path: str, what: Held) -> Lines:
        """An item of what is given that is replaced, or an array there that is written into."""
        key, part = self.rng.choice(what.parts)
        if not isinstance(part, Var) or (what.kind == "tuple" and part.kind == "num"):
            return self.copied(scope, path, what)
        if part.kind == "arr" and self.world.chance(0.5):
            new = self.write.num(scope, 1)
            sign = self.rng.choice(["=", "+=", "*="])
            return [f"{path}[{key}][...] {sign} {new}"]
        if what.kind == "tuple":
            return self.copied(scope, path, what)
        if what.kind == "list":
            self.world.beyond.add("lists that are given in something, and written into")
        new = (
            self.write.num(scope, 1) if part.kind == "num" else self.write.arr(scope, part.shape, 1)
        )
        return [f"{path}[{key}] {self.rng.choice(['=', '=', '*='])} {new}"]
