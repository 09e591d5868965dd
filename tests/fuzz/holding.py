"""Random statements over objects and dicts: made, read, written into, given other names, looped over."""

from __future__ import annotations

from dataclasses import replace

from tests.fuzz.control import Blocks
from tests.fuzz.scope import Class, Scope, Var
from tests.fuzz.statements import Lines, indented

__all__ = ["Holding"]


class Holding(Blocks):
    """Blocks whose names hold objects of the program's classes, and dicts."""

    # ---- objects ---------------------------------------------------------------------------------

    def made(self, scope: Scope, kind: Class) -> str:
        """An object of a class as text."""
        given = []
        for number, p in enumerate(kind.parameters):
            text = (
                self.write.num(scope, 1) if p.kind == "num" else self.write.arr(scope, p.shape, 1)
            )
            keyword = number > 0 and number == len(kind.parameters) - 1 and self.world.chance(0.3)
            given.append(f"{p.name}={text}" if keyword else text)
        return f"{kind.name}({', '.join(given)})"

    def kind_of(self, v: Var) -> Class:
        return next(c for c in self.world.classes if c.name == v.item)

    def new_object(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        if not self.world.classes:
            return None
        kind = self.rng.choice(self.world.classes)
        name = self.world.fresh("o")
        text = self.made(scope, kind)
        scope.hold(name, kind)
        return [f"{name} = {text}"]

    def object_change(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """Another name, another object under a name, or one that an operator makes."""
        objects = scope.of("obj")
        if not objects:
            return self.new_object(scope, depth, loop)
        v = self.rng.choice(objects)
        kind = self.kind_of(v)
        others = [o.name for o in objects if o.item == v.item]
        name = self.world.fresh("o")
        ways = ["alias", "rebind", "rebind", "choice", "operator", "operator", "loop", "unpack"]
        match self.rng.choice(ways):
            case "alias":
                lines = [f"{name} = {v.name}"]
            case "rebind":
                if v.name in scope.frozen:
                    return None
                new = self.rng.choice([*others, self.made(scope, kind)])
                return [f"{v.name} = {new}"]
            case "choice":
                other = self.rng.choice([*others, self.made(scope, kind)])
                lines = [f"{name} = {v.name} if {self.write.test(scope)} else {other}"]
            case "operator" if kind.operators:
                sign = self.rng.choice(kind.operators)
                if sign in {"@", "[]", "len", "with", "for", "in", "=="}:
                    return self.object_number(scope, v.name, sign, self.rng.choice(others))
                other = self.rng.choice(others)
                made = {
                    "-a": f"-{other}",
                    "2 *": f"{self.world.constant()} * {other}",
                    "of": f"{kind.name}.of({self.write.num(scope, 1)})",
                }
                lines = [f"{name} = {made.get(sign, f'{v.name} {sign} {other}')}"]
            case "loop":
                return self.object_loop(scope, depth, kind, others)
            case _:
                return None
        scope.hold(name, kind)
        return lines

    def object_number(self, scope: Scope, name: str, sign: str, other: str) -> Lines:
        """A number that operators make of objects."""
        number = self.world.fresh("s")
        text = {
            "@": f"{name} @ {other}",
            "[]": f"{name}[1] * {self.write.num(scope, 1)}",
            "len": f"len({name}) * {self.write.num(scope, 1)}",
            "for": f"sum(q * {self.write.num(scope, 1)} for q in {name})",
            "in": f"{self.write.num(scope, 1)} if {self.world.constant()} in {name} else 0.5",
            "==": f"{self.write.num(scope, 1)} if {name} == {other} else 0.5",
        }.get(sign)
        scope.add(Var(number, "num"))
        if text is None:
            return [f"with {name}:", f"    {number} = {self.write.num(scope, 1)}"]
        return [f"{number} = {text}"]

    def object_loop(
        self, scope: Scope, depth: int, kind: Class, objects: list[str]
    ) -> Lines | None:
        """A loop over some objects, or a sum over them."""
        name, total = self.world.fresh("o"), self.world.fresh("s")
        some = [*self.rng.sample(objects, min(2, len(objects))), self.made(scope, kind)]
        inner = scope.child()
        inner.hold(name, kind)
        scope.add(Var(total, "num"))
        if self.world.chance(0.4) or depth <= 0:
            text = self.write.num(inner, 1)
            return [f"{total} = sum({text} for {name} in [{', '.join(some)}])"]
        inner.add(Var(total, "num"))
        body = [*self.body(inner, depth, loop=True, most=2), f"{total} += {name}.b"]
        return [
            f"{total} = 0.0",
            f"for {name} in ({', '.join(some)},):",
            *indented(body),
        ]

    # ---- lists -----------------------------------------------------------------------------------

    def list_names(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """Lists under other names, joined, cut, turned round, longer in front and shorter."""
        lists = [v for v in scope.of("list") if v.length and scope.bindable(v)]
        if not lists:
            return self.new_list(scope, depth, loop)
        v = self.rng.choice(lists)
        item = self.write.num(scope, 1) if v.item == "num" else self.write.arr(scope, v.shape, 1)
        name, read = self.world.fresh("L"), self.world.fresh("e")
        same = [w.name for w in lists if w.like(v) and w.length == v.length]
        way = self.rng.choice(
            ["alias", "bind", "bind", "swap", "longer", "longer", "shorter", "new"]
        )
        match way:
            case "alias":
                scope.add(replace(v, name=name))
                return [f"{name} = {v.name}"]
            case "bind":
                new = [*same, f"[{', '.join([item] * v.length)}]", f"list({v.name})"]
                if v.item == "num":
                    new.append(f"[t * 0.5 for t in {v.name}]")
                return [f"{v.name} = {self.rng.choice(new)}"]
            case "swap":
                other = self.rng.choice(same)
                return [f"{v.name}, {other} = {other}, {v.name}"]
            case "longer":
                forms = [
                    f"{v.name}.insert(0, {item})",
                    f"{v.name}.insert({self.rng.choice([1, -1, 7])}, {item})",
                    f"{v.name}.extend([{item}])",
                    f"{v.name} += [{item}]",
                    f"{v.name} = {v.name} + [{item}]",
                    f"{v.name} = [{item}] + {v.name}",
                ]
                if not v.name.startswith(
                    "P"
                ):  # what isn't told of a parameter is taken for an array
                    forms.append(f"{v.name} = {v.name} * 2")
                return [self.rng.choice(forms)]
            case "shorter":
                scope.add(Var(read, v.item, v.shape))
                place = self.rng.choice(["0", "-1", ""])
                return [f"{v.name}.append({item})", f"{read} = {v.name}.pop({place})"]
        forms = [f"{v.name}[:]", f"{v.name}.copy()", f"{v.name}[::-1]", f"[{item}] * {v.length}"]
        scope.add(replace(v, name=name))
        turned = [f"{name}.reverse()"] * self.world.chance(0.3)
        return [f"{name} = {self.rng.choice(forms)}", *turned]

    # ---- dicts -----------------------------------------------------------------------------------

    def new_dict(self, scope: Scope, depth: int, loop: bool) -> Lines:
        name = self.world.fresh("d")
        shape = self.rng.choice(self.world.shapes)
        kinds = self.rng.choice([("num", "num"), ("arr", "arr"), ("num", "arr"), ("num",)])
        parts: dict[str, Var] = {}
        texts = []
        for key, kind in zip("abc", kinds, strict=False):
            parts[key] = Var("", kind, shape if kind == "arr" else ())
            text = self.write.num(scope, 1) if kind == "num" else self.write.arr(scope, shape, 1)
            texts.append(f"{key}={text}" if kinds == ("num", "arr") else f"'{key}': {text}")
        joined = ", ".join(texts)
        scope.keep(name, parts)
        return [f"{name} = dict({joined})" if kinds == ("num", "arr") else f"{name} = {{{joined}}}"]

    def dict_change(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        dicts = scope.of("dict")
        if not dicts:
            return self.new_dict(scope, depth, loop)
        v = self.rng.choice(dicts)
        parts = scope.parts(v.name)
        key = self.rng.choice(list(parts))
        part = parts[key]
        value = (
            self.write.num(scope, 1) if part.kind == "num" else self.write.arr(scope, part.shape, 1)
        )
        place, name = f"{v.name}['{key}']", self.world.fresh("d")
        ways = ["store", "store", "augmented", "alias", "copy", "new", "update", "loop", "loop"]
        ways += ["get", "comprehension", "pop", "default"]
        match self.rng.choice(ways):
            case "store":
                return [f"{place} = {value}"]
            case "augmented":
                return [f"{place} {self.rng.choice(['+=', '*='])} {value}"]
            case "alias" | "copy" as way:
                made = {
                    "alias": [v.name],
                    "copy": [f"dict({v.name})", f"{v.name}.copy()", f"{{**{v.name}}}"],
                }[way]
                scope.keep(name, parts)
                return [f"{name} = {self.rng.choice(made)}"]
            case "new" if not loop:
                fresh = self.world.fresh("k")
                scope.keep(v.name, {**parts, fresh: Var("", "num")})
                return [f"{v.name}['{fresh}'] = {self.write.num(scope, 1)}"]
            case "update":
                given = f"{key}={value}" if self.world.chance(0.5) else f"{{'{key}': {value}}}"
                return [f"{v.name}.update({given})"]
            case "loop":
                return self.dict_loop(scope, v, parts)
            case "get":
                return self.read(scope, part, f"{v.name}.get('{key}')")
            case "default":
                number = self.world.fresh("s")
                text = f"{v.name}.get('none', {self.write.num(scope, 1)})"
                scope.add(Var(number, "num"))
                return [f"{number} = {text}"]
            case "comprehension":
                if len({(p.kind, p.shape) for p in parts.values()}) > 1:
                    return None
                inner = scope.child()
                item = self.world.fresh("e")
                inner.add(replace(part, name=item))
                text = (
                    self.write.num(inner, 1)
                    if part.kind == "num"
                    else self.write.arr(inner, part.shape, 1)
                )
                scope.keep(name, parts)
                return [f"{name} = {{k: {text} for k, {item} in {v.name}.items()}}"]
            case "pop":
                number = self.world.fresh("s")
                text = self.write.num(scope, 1)
                scope.add(Var(number, "num"))
                return [f"{v.name}['gone'] = {text}", f"{number} = {v.name}.pop('gone')"]
        return None

    def read(self, scope: Scope, part: Var, text: str) -> Lines:
        name = self.world.fresh("e")
        scope.add(replace(part, name=name))
        return [f"{name} = {text}"]

    def dict_loop(self, scope: Scope, v: Var, parts: dict[str, Var]) -> Lines:
        """A loop over keys, items or values, or what only numbers allow."""
        total, key, item = (self.world.fresh(stem) for stem in "ske")
        numbers = all(p.kind == "num" for p in parts.values())
        scope.add(Var(total, "num"))
        if numbers and self.world.chance(0.4):
            word = self.rng.choice(["sum", "sum", "max", "min"])
            return [f"{total} = {word}({v.name}.values())"]
        term = "np.sum({})" if not numbers else "{}"
        factor = self.write.num(scope, 1)
        head, value = self.rng.choice(
            [
                (f"for {key} in {v.name}:", f"{v.name}[{key}]"),
                (f"for {key}, {item} in {v.name}.items():", item),
                (f"for {item} in {v.name}.values():", item),
            ]
        )
        lines = [f"{total} = 0.0", head, f"    {total} += {term.format(value)} * {factor}"]
        if "[" in value and self.world.chance(0.4):
            lines.append(f"    {value} {self.rng.choice(['=', '*='])} {value} * 0.5")
        return lines
