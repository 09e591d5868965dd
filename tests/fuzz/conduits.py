"""Random statements in which values go through methods and iterators under names, texts, and views of dicts."""

from __future__ import annotations

from dataclasses import replace

from tests.fuzz.scope import Helper, Scope, Var
from tests.fuzz.statements import Lines, indented
from tests.fuzz.yielding import Yielding

__all__ = ["Conduits"]


class Conduits(Yielding):
    """Blocks whose names stand for methods, iterators, texts and views of dicts."""

    def between(self, scope: Scope) -> Lines:
        """A statement that may change what a name stands for, now and then."""
        return self.block(scope, 1, 0, loop=False) if self.world.chance(0.6) else []

    # ---- methods ---------------------------------------------------------------------------------

    def bound(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """A method of a list, an array, a dict or an object under a name, and a call of it."""
        ways = [self.of_list, self.of_array, self.of_array, self.of_dict, self.of_object]
        return self.rng.choice(ways)(scope)

    def of_list(self, scope: Scope) -> Lines | None:
        first: Lines = []
        if not any(v.length and v.name not in scope.frozen for v in scope.of("list")):
            first = self.new_list(scope, 0, loop=False)
        v = self.rng.choice(
            [v for v in scope.of("list") if v.length and v.name not in scope.frozen]
        )
        item = Var(self.world.fresh("q"), v.item, v.shape)
        add, read = self.world.fresh("m"), self.world.fresh("e")
        text = self.item(scope, item)
        scope.methods += (Helper(add, (item,), None, grows=True),)
        bind = [f"{add} = {v.name}.append", *self.between(scope)]
        more = self.item(scope, item)
        uses = [
            [f"{add}({text})", f"{read} = {v.name}[-1]"],
            [f"{add}({text})", f"{read} = {v.name}.pop()"],
            [f"{add}({text})", f"{add}({more})", f"{read} = {v.name}[-2]"],
            [
                f"for {self.world.fresh('i')} in range(2):",
                f"    {add}({text})",
                f"{read} = {v.name}[-2]",
            ],
        ]
        scope.add(replace(item, name=read))
        return [*first, *bind, *self.rng.choice(uses)]

    def item(self, scope: Scope, v: Var) -> str:
        """What may be an item of a list, or what a method is given."""
        return self.write.num(scope, 1) if v.kind == "num" else self.write.arr(scope, v.shape, 1)

    def of_array(self, scope: Scope) -> Lines | None:
        arrays = [v for v in scope.arrays() if v.shape and 0 not in v.shape]
        if not arrays:
            return None
        v = self.rng.choice(arrays)
        name, read = self.world.fresh("m"), self.world.fresh("s")
        inner = scope.child()
        word = self.rng.choice(["sum", "mean", "fill", "fill", "__setitem__", "__iadd__", "copy"])
        if v.name in scope.frozen and word in {"fill", "__setitem__", "__iadd__"}:
            return None
        number = Var("", "num")
        match word:
            case "sum" | "mean":
                call, helper = f"{read} = {name}()", Helper(name, (), number)
                inner.add(replace(number, name=read))
            case "copy":
                copied = Var(read, "arr", v.shape)
                call, helper = f"{read} = {name}()", Helper(name, (), copied)
                inner.add(copied)
            case "fill":
                given = replace(number, name=self.world.fresh("q"))
                helper = Helper(name, (given,), None)
                call = f"{name}({self.write.num(scope, 1)})"
            case "__setitem__":
                place = self.write.index(scope, v.shape[0])
                row = Var("", "arr", v.shape[1:]) if v.shape[1:] else number
                call, helper = f"{name}({place}, {self.item(scope, row)})", None
            case _:
                given = Var(self.world.fresh("q"), "arr", v.shape)
                helper = Helper(name, (given,), None)
                call = f"{name}({self.write.arr(scope, v.shape, 1)})"
        lines = [f"{name} = {v.name}.{word}", *self.between(scope), call]
        scope.names |= {n: w for n, w in inner.names.items() if n == read}
        if helper is not None and self.world.chance(0.5):
            scope.methods += (helper,)
        return lines

    def of_dict(self, scope: Scope) -> Lines | None:
        first = [] if scope.of("dict") else self.new_dict(scope, 0, loop=False)
        v = self.rng.choice(scope.of("dict"))
        parts = scope.parts(v.name)
        key = self.rng.choice(list(parts))
        part = parts[key]
        name, read = self.world.fresh("m"), self.world.fresh("e")
        value, changed = self.item(scope, part), self.item(scope, part)
        between = [f"{v.name}['{key}'] = {changed}"]
        if self.world.chance(0.5):
            between = self.between(scope)
        scope.add(replace(part, name=read))
        again = f"{read} = {v.name}['{key}']"
        word, *use = self.rng.choice(
            [
                ("get", f"{read} = {name}('{key}')"),
                ("get", f"{read} = {name}('none', {value})"),
                ("__getitem__", f"{read} = {name}('{key}')"),
                ("__setitem__", f"{name}('{key}', {value})", again),
                ("update", f"{name}({{'{key}': {value}}})", again),
                ("setdefault", f"{read} = {name}('{key}', {value})"),
            ]
        )
        return [*first, f"{name} = {v.name}.{word}", *between, *use]

    def of_object(self, scope: Scope) -> Lines | None:
        """A method of an object that is changed, or whose name is bound again, before it is called."""
        objects = scope.of("obj")
        if not objects:
            return None
        v = self.rng.choice(objects)
        methods = [m for m in scope.methods if m.name.startswith(f"{v.name}.")]
        if not methods:
            return None
        chosen = self.rng.choice(methods)
        kept = replace(chosen, name=self.world.fresh("m"))
        lines = [f"{kept.name} = {chosen.name}"]
        if f"{v.name}.b" not in scope.frozen and self.world.chance(0.6):
            lines.append(f"{v.name}.b {self.rng.choice(['=', '*='])} {self.write.num(scope, 1)}")
        elif v.name not in scope.frozen and self.world.chance(0.3):
            lines.append(f"{v.name} = {self.made(scope, self.kind_of(v))}")
        text = self.write.call_of(scope, kept)
        scope.methods += (kept,)
        if text is None or kept.result is None:
            return [*lines, *([text] if text else [])]
        name = self.world.fresh("h")
        scope.add(replace(kept.result, name=name))
        return [*lines, f"{name} = {text}"]

    # ---- iterators -------------------------------------------------------------------------------

    def iterator(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """An iterator that has a name, used later, in part, or twice."""
        name, first, q, total = (self.world.fresh(stem) for stem in "msqs")
        vectors = [v.name for v in scope.arrays() if len(v.shape) == 1 and v.shape[0]]
        lists = [v.name for v in scope.of("list") if v.item == "num" and v.length]
        given = [*vectors, *lists, f"[{self.write.num(scope, 1)}, {self.write.num(scope, 1)}]"]
        one, other = self.rng.choice(given), self.rng.choice(given)
        self.world.beyond.add("an iterator that carries a derivative under a name")
        factor = self.write.num(scope, 1)
        if self.world.chance(0.4):
            made = self.rng.choice([f"zip({one}, {other})", f"enumerate({one})"])
            between = self.between(scope)
            scope.add(Var(total, "num"))
            return [
                f"{name} = {made}",
                *between,
                *([f"{first}, {q} = next({name})"] * self.world.chance(0.4)),
                f"{total} = {factor}",
                f"for {first}, {q} in {name}:",
                f"    {total} += {first} * {q}",
            ]
        made = self.rng.choice(
            [
                *[f"iter({one})"] * 3,
                f"map(math.sin, {one})",
                f"reversed({one})",
                f"({q} * {factor} for {q} in {one})",
                f"filter(lambda {q}: {q} > {self.world.constant()}, {one})",
            ]
        )
        lines = [f"{name} = {made}"]
        lines += self.between(scope)
        head = f"next({name}, 0.5)" if self.world.chance(0.3) else f"next({name})"
        lines += [f"{first} = {head} * {factor}"] * self.world.chance(0.6)
        if lines[-1].startswith(f"{first} ="):
            scope.add(Var(first, "num"))
            lines += self.between(scope)
        scope.add(Var(total, "num"))
        if depth > 0 and self.world.chance(0.4):
            inner = scope.child()
            inner.add(Var(q, "num"))
            inner.freeze(one)
            body = self.body(inner, depth, loop=True, most=2)
            return [*lines, f"{total} = 0.0", f"for {q} in {name}:", *indented(body)]
        form = self.rng.choice(["sum({})", "sum(list({}))", "sum({q} * {q} for {q} in {})"])
        return [*lines, f"{total} = {form.format(name, q=q)}"]

    def plain_iterator(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """An iterator that gives integers under a name."""
        name, first, q, total = (self.world.fresh(stem) for stem in "miis")
        made = self.rng.choice(["iter(range(4))", "iter([2, 1, 3])", "reversed(range(3))"])
        lines = [f"{name} = {made}", f"{first} = next({name})"]
        inner = scope.child()
        inner.add(Var(q, "int", bound=4))
        factor = self.write.num(inner, 1)
        scope.add(Var(first, "int", bound=4))
        scope.add(Var(total, "num"))
        end = ["    break"] if self.world.chance(0.2) else []
        again = [f"{total} += sum({name})"] if end or self.world.chance(0.2) else []
        return [
            *lines,
            f"{total} = 0.0",
            f"for {q} in {name}:",
            f"    {total} += {factor} * {q}",
            *end,
            *again,
        ]

    # ---- texts -----------------------------------------------------------------------------------

    def text(self, scope: Scope, depth: int, loop: bool) -> Lines:
        """A number that is read from a text."""
        name, told = self.world.fresh("s"), self.world.fresh("t")
        ints = [v.name for v in scope.of("int")]
        factor = self.write.num(scope, 1)
        if self.world.chance(0.5):
            n = self.rng.choice([*ints, "3", "0.25"])
            forms = [
                [f"{name} = float(str({n})) * {factor}"],
                [f'{name} = float(f"{{{n}}}") * {factor}'],
                [f'{told} = f"{{{n}}}"', f"{name} = float({told}) + {factor}"],
                [f"{name} = float('{self.world.constant()}') * {factor}"],
            ]
        else:
            self.world.beyond.add("a number that goes through a text")
            number = self.write.num(scope, 1)
            forms = [
                [f"{name} = float(str({number})) * {factor}"],
                [f'{name} = float(f"{{{number}}}") + {factor}'],
                [f"{told} = str({number})", f"{name} = float({told})"],
                [f'{told} = f"{{{number}}} {{{factor}}}"', f"{name} = float({told}.split()[0])"],
                [f"{name} = float('%s' % ({number},)) * {factor}"],
                [f"{name} = float('{{}}'.format({number})) * {factor}"],
                [f"{name} = {factor} * float(repr(float({number})))"],
                [
                    f"{told} = {{'k': str({number})}}",
                    f"{name} = sum(float(v) for v in {told}.values())",
                ],
            ]
        scope.add(Var(name, "num"))
        return self.rng.choice(forms)

    # ---- dicts -----------------------------------------------------------------------------------

    def dict_view(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """A view of a dict that is looked at when it has changed, or a loop over one that changes it."""
        first = [] if scope.of("dict") else self.new_dict(scope, depth, loop)
        v = self.rng.choice(scope.of("dict"))
        parts = scope.parts(v.name)
        key = self.rng.choice(list(parts))
        part = parts[key]
        total, view, k, item = (self.world.fresh(stem) for stem in "smke")
        changed = self.item(scope, part)
        change = f"{v.name}['{key}'] {self.rng.choice(['=', '=', '*='])} {changed}"
        factor = self.write.num(scope, 1)
        numbers = all(p.kind == "num" for p in parts.values())
        term = f"{item} * {factor}" if numbers else f"np.sum({item}) * {factor}"
        lines = [*first, f"{total} = {factor}"]
        if self.world.chance(0.5):
            between = [change]
            if self.world.chance(0.3):
                between = [f"if {self.write.test(scope)}:", f"    {change}"]
            scope.add(Var(total, "num"))
            word = self.rng.choice(["values", "values", "items"])
            lines += [f"{view} = {v.name}.{word}()", *between]
            if word == "items":
                return [*lines, f"for {k}, {item} in {view}:", f"    {total} += {term}"]
            if numbers and self.world.chance(0.5):
                return [*lines, f"{total} += {self.rng.choice(['sum', 'max'])}({view})"]
            if self.world.chance(0.3):
                return [*lines, f"{total} += sum({term} for {item} in {view})"]
            return [*lines, f"for {item} in {view}:", f"    {total} += {term}"]
        inner = scope.child()
        inner.add(Var(total, "num"))
        body = [f"{total} += {term}", change]
        self.rng.shuffle(body)
        if len({(p.kind, p.shape) for p in parts.values()}) == 1:
            inner.add(replace(part, name=item))
            value = self.item(inner, part)
            body.append(f"{v.name}[{k}] {self.rng.choice(['=', '*='])} {value}")
        scope.add(Var(total, "num"))
        return [*lines, f"for {k}, {item} in {v.name}.items():", *indented(body)]

    # ---- functions -------------------------------------------------------------------------------

    def stars(self, scope: Scope, depth: int, loop: bool) -> Lines | None:
        """A function with * and ** that reads attributes of arrays around it."""
        arrays = [
            v for v in scope.arrays() if v.shape and 0 not in v.shape and v.name.isidentifier()
        ]
        if not arrays:
            return None
        v = self.rng.choice(arrays)
        g, q, name = (self.world.fresh(stem) for stem in "gqs")
        a, number = v.name, self.write.num(scope, 1)
        reads = [f"{a}.T.sum() * {q}", f"{a}.shape[0] * {q}", f"{q} * {a}.sum()"]
        reads += [f"{q} * {a}.size + {a}.T[0].sum()", f"{a}.T @ {a} * {q}"][
            : 1 + (len(v.shape) == 1)
        ]
        extra = self.rng.choice(["len(rest)", "sum(rest)", "options.get('scale', 2.0)"])
        text = f"{self.rng.choice(reads)} + {extra}"
        calls = [
            f"{g}({number})",
            f"{g}({number}, 0.5)",
            f"{g}({number}, scale={self.write.num(scope, 1)})",
            f"{g}({number}, *[0.5, {number}])",
            f"{g}(0.5, **{{'scale': {number}}})",
            f"sum(map({g}, [{number}, 0.7]))",
        ]
        whole = self.world.chance(0.4)
        lines = [f"def {g}({q}, *rest, **options):"]
        lines.append(f"    return {f'{a}.T * {q} * {a}.T' if whole else text}")
        lines += self.between(scope)
        scope.add(Var(name, "arr", v.shape[::-1]) if whole else Var(name, "num"))
        return [*lines, f"{name} = {self.rng.choice(calls)}"]
