"""What a program keeps in its module: arrays, lists and dicts that functions write and read."""

from __future__ import annotations

from tests.fuzz.conduits import Conduits
from tests.fuzz.scope import Helper, Scope, Shape, Var
from tests.fuzz.statements import Lines

__all__ = ["Outside"]


class Outside(Conduits):
    """Blocks that know what the module keeps, and its functions that write into it and read it."""

    def outside(self) -> Lines:
        """Something that the module keeps, and functions around it, all of which the world knows from now on."""
        shapes = [shape for shape in self.world.shapes if shape and 0 not in shape]
        kind = self.rng.choice(["arr", "arr", "list", "dict"])
        name = self.world.fresh({"arr": "A", "list": "ROWS", "dict": "STATE"}[kind])
        shape: Shape = self.rng.choice(shapes) if self.world.chance(0.7) else ()
        match kind:
            case "arr":
                var = Var(name, "arr", shape or self.rng.choice(shapes))
                made = self.rng.choice(["np.zeros({})", "np.ones({})", "np.full({}, 0.5)"])
                lines = [f"{name} = {made.format(var.shape)}"]
            case "list":
                var = Var(name, "list", length=1, item="num")
                lines = [f"{name} = [{self.world.constant()}]"]
            case _:
                var = Var(name, "dict", item="a")
                lines = [f"{name} = {{'a': {self.world.constant()}}}"]
        self.world.kept.append(var)
        lines += ["", ""]
        for way in self.rng.choice([[self.writer, self.reader], [self.writer], [self.both], []]):
            lines += [*way(var), "", ""]
        return lines

    def held(self, var: Var) -> tuple[str, Var]:
        """What is read of something that is kept, and its kind."""
        number = Var("", "num")
        match var.kind:
            case "arr":
                whole = Var("", "arr", var.shape)
                return self.rng.choice(
                    [(f"{var.name} * 1.0", whole), (var.name, whole), (f"{var.name}.sum()", number)]
                )
            case "list":
                return self.rng.choice([f"{var.name}[-1]", f"sum({var.name})"]), number
        return self.rng.choice([f"{var.name}['a']", f"{var.name}.get('a', 0.5)"]), number

    def written(self, var: Var, item: Var) -> str:
        """A statement that keeps an item in something."""
        name = var.name
        if var.kind == "arr" and item.kind == "num":
            place = self.rng.choice(["0", "-1", "..."])
            return f"{name}[{place}] {self.rng.choice(['=', '+=', '*='])} {item.name}"
        forms = {
            "arr": [
                f"{name}[:] = {item.name}",
                f"{name}[...] += {item.name}",
                f"np.copyto({name}, {item.name})",
            ],
            "list": [
                f"{name}.append({item.name})",
                f"{name}[0] = {item.name}",
                f"{name}[-1] += {item.name}",
            ],
            "dict": [
                f"{name}['a'] = {item.name}",
                f"{name}['a'] += {item.name}",
                f"{name}.update(a={item.name})",
            ],
        }[var.kind]
        return self.rng.choice(forms)

    def taken(self, var: Var) -> Var:
        """The parameter of a function that writes into something."""
        shape = var.shape if var.kind == "arr" and self.world.chance(0.6) else None
        q = self.world.fresh("q")
        return Var(q, "num") if shape is None else Var(q, "arr", shape)

    def writer(self, var: Var) -> Lines:
        name, item = self.world.fresh("h"), self.taken(var)
        self.world.helpers.append(Helper(name, (item,), None, grows=var.kind == "list"))
        self.world.beyond.add("what a function keeps in the module")
        return [f"def {name}({item.name}):", f"    {self.written(var, item)}"]

    def reader(self, var: Var) -> Lines:
        name = self.world.fresh("h")
        text, result = self.held(var)
        self.world.helpers.append(Helper(name, (), result))
        return [f"def {name}():", f"    return {text}"]

    def both(self, var: Var) -> Lines:
        name, item = self.world.fresh("h"), self.taken(var)
        text, result = self.held(var)
        self.world.helpers.append(Helper(name, (item,), result, grows=var.kind == "list"))
        self.world.beyond.add("what a function keeps in the module")
        return [
            f"def {name}({item.name}):",
            f"    {self.written(var, item)}",
            f"    return {text}",
        ]

    def know(self, scope: Scope) -> None:
        """Let a scope have what the module keeps."""
        for var in self.world.kept:
            if var.kind == "dict":
                scope.keep(var.name, {"a": Var("", "num")})
                continue
            scope.add(var)

    def kept(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """Something that the module keeps, written into or read, here or by one of its functions."""
        vars_ = [v for v in self.world.kept if v.name in scope.names]
        if not vars_:
            return None
        var = self.rng.choice(vars_)
        if var.name in scope.frozen or self.world.chance(0.4):
            text, result = self.held(var)
            name = self.world.fresh("e")
            scope.add(Var(name, result.kind, result.shape))
            return [f"{name} = {text}"]
        shape = var.shape if var.kind == "arr" and self.world.chance(0.6) else None
        name = self.write.num(scope, 1) if shape is None else self.write.arr(scope, shape, 1)
        if var.kind != "arr":
            self.world.beyond.add("what a function keeps in the module")
        return [self.written(var, Var(name, "num" if shape is None else "arr", shape or ()))]
