"""Random functions of the module: decorated, remembered, with all kinds of parameters, counting, calling each other."""

from __future__ import annotations

from tests.fuzz.scope import Helper, Scope, Shape, Var
from tests.fuzz.statements import Lines, indented
from tests.fuzz.telling import Telling

__all__ = ["Defining"]


class Defining(Telling):
    """Blocks whose world gets functions of other kinds than helpers are."""

    def functions(self) -> Lines:
        """Functions of the module of one kind, which the world knows from now on."""
        ways = [self.decorated, self.decorated, self.parameters, self.parameters, self.rest]
        ways += [self.remembered, self.each_other, self.each_other, self.counting, self.checking]
        ways.append(self.defaults)
        return [*self.rng.choice(ways)(), "", ""]

    # ---- bodies ----------------------------------------------------------------------------------

    def shape(self) -> Shape:
        """A shape of at least one number and one axis."""
        return self.rng.choice([s for s in self.world.shapes if s and 0 not in s])

    def kind(self, shape: Shape) -> Var | None:
        """What a function returns: a number, an array, or nothing."""
        return self.rng.choice([Var("", "num"), Var("", "num"), Var("", "arr", shape), None])

    def filled(self, parameters: tuple[Var, ...], result: Var | None, last: str = "") -> Lines:
        """The body of a function; last: how it ends instead of by a return of its own."""
        scope = Scope(self.world)
        for p in parameters:
            scope.add(p)
        write = type(self)(self.world, () if result is None else (result,))
        lines = write.block(scope, self.rng.randint(1, 2), self.rng.choice([0, 1]), loop=False)
        arrays = [p.name for p in parameters if p.kind == "arr"]
        if arrays and self.world.chance(0.5):
            sign = self.rng.choice(["=", "+=", "*="])
            lines.append(f"{self.rng.choice(arrays)}[0] {sign} {self.write.num(scope, 1)}")
        if last or result is not None:
            lines.append(last or write.result(scope))
        return lines

    def array_and_number(self, name: str, shape: Shape) -> tuple[Var, Var]:
        """An array and a number that a function takes."""
        return Var(f"{name}_u", "arr", shape), Var(f"{name}_w", "num")

    # ---- decorators ------------------------------------------------------------------------------

    def decorated(self) -> Lines:
        """A function and a decorator that calls it: with all it is given, once, and something around it."""
        name, decorator = self.world.fresh("h"), self.world.fresh("w")
        shape = self.shape()
        parameters = self.array_and_number(name, shape)
        result = self.kind(shape)
        given = "*args, **kwargs"
        if self.world.chance(0.3):
            given = ", ".join(p.name for p in parameters)
        call = f"fn({given})"
        around = [f"return {call}", f"made = {call}\nreturn made"]
        if result is not None:
            factor = self.world.constant()
            around += [f"return {factor} * {call}", f"made = {call}\nreturn made * {factor}"]
        if "args" not in given:
            array, number = given.split(", ")
            around += [
                f"{array}[0] *= {number}\nreturn {call}",
                f"made = {call}\n{array}[-1] += {number}\nreturn made",
                f"return fn({array} * {number}, {number})",
            ]
        lines = self.rng.choice(around).split("\n")
        if self.world.chance(0.2):
            lines.insert(0, "print('called')")
        wraps = ["@wraps(fn)"] * self.world.chance(0.7)
        if self.world.chance(0.2):
            lines.insert(0, "inner.calls += 1")
            inner = [*wraps, f"def inner({given}):", *indented(lines), "inner.calls = 0"]
        else:
            inner = [*wraps, f"def inner({given}):", *indented(lines)]
        made = [f"def {decorator}(fn):", *indented([*inner, "return inner"])]
        use = f"@{decorator}"
        if self.world.chance(0.25):
            made = [
                f"def {decorator}(k):",
                "    def decorate(fn):",
                *indented(indented([*inner, "return inner"])),
                "    return decorate",
            ]
            made = [line.replace("return fn(", "return k * fn(") for line in made]
            made = made if result is not None else [m.replace("k * fn(", "fn(") for m in made]
            use = f"@{decorator}({self.world.constant()})"
        body = self.filled(parameters, result)
        self.world.helpers.append(Helper(name, parameters, result))
        head = ", ".join(p.name for p in parameters)
        return [*made, "", "", use, f"def {name}({head}):", *indented(body)]

    def remembered(self) -> Lines:
        """A function of an integer whose results are kept."""
        name = self.world.fresh("h")
        use = self.rng.choice(["@cache", "@lru_cache", "@lru_cache(maxsize=None)"])
        factor = self.world.constant()
        forms = [
            [f"return 1.0 if k <= 0 else k * {name}(k - 1) * {factor}"],
            ["if k < 2:", f"    return {factor}", f"return {name}(k - 1) + {name}(k - 2)"],
            [f"return {factor} ** k"],
        ]
        self.world.helpers.append(Helper(name, (Var("k", "int", bound=4),), Var("", "num")))
        return [use, f"def {name}(k):", *indented(self.rng.choice(forms))]

    # ---- parameters ------------------------------------------------------------------------------

    def parameters(self) -> Lines:
        """A function some of whose parameters are given by place only, or by name only."""
        name, shape = self.world.fresh("h"), self.shape()
        array, number = self.array_and_number(name, shape)
        other = Var(f"{name}_v", "arr", shape)
        last = Var(f"{name}_k", "num")
        result = self.kind(shape)
        parameters, before, behind = self.rng.choice(
            [
                ((array, number), 1, 0),
                ((array, number), 2, 0),
                ((number, array), 0, 1),
                ((array, number), 0, 1),
                ((array, other, number), 1, 1),
                ((array, number, last), 1, 1),
                ((array, other, last), 0, 2),
            ]
        )
        optional = (
            1 if parameters[-1].kind == "num" and before < 2 and self.world.chance(0.6) else 0
        )
        heads = [p.name for p in parameters]
        if optional:
            heads[-1] += "=0.6"
        if behind:
            heads.insert(len(heads) - behind, "*")
        if before:
            heads.insert(before, "/")
        body = self.filled(parameters, result)
        self.world.helpers.append(Helper(name, parameters, result, optional, False, before, behind))
        return [f"def {name}({', '.join(heads)}):", *indented(body)]

    def rest(self) -> Lines:
        """A function of any number of arguments, of which some come after the others or by a name."""
        name, shape = self.world.fresh("h"), self.shape()
        array, number = self.array_and_number(name, shape)
        result = self.kind(shape)
        if self.world.chance(0.5):
            more = Var(f"{name}_k", "num")
            forms = [
                f"{number.name}, {more.name} = rest",
                f"{number.name}, {more.name} = rest[0], rest[-1] * len(rest)",
                f"{number.name}, {more.name} = sum(rest), max(rest)",
            ]
            first = self.rng.choice(forms)
            head, parameters, before = f"{array.name}, *rest", (array, number, more), 3
            behind = 0
        else:
            get = self.rng.choice(["options['{}']", "options.get('{}', 0.5)", "options.pop('{}')"])
            first = f"{number.name} = {get.format(number.name)}"
            head, parameters = f"{array.name}, **options", (array, number)
            before, behind = 0, 1
        body = self.filled(parameters, result)
        self.world.helpers.append(Helper(name, parameters, result, 0, False, before, behind))
        return [f"def {name}({head}):", f"    {first}", *indented(body)]

    def defaults(self) -> Lines:
        """A function with a default that can be changed, which nobody gives: it is read, or calls are written there."""
        name, shape = self.world.fresh("h"), self.shape()
        array, number = parameters = self.array_and_number(name, shape)
        result = self.kind(shape)
        default, first = self.rng.choice(
            [
                ("table=[1.5, 0.5]", f"{number.name} *= table[0] + table[-1]"),
                (
                    "table=[1.5, 0.5]",
                    f"for k in table:\n    {number.name} += k * {array.name}.sum()",
                ),
                ("options={'k': 0.7}", f"{number.name} *= options['k']"),
                ("options={'k': 0.7}", f"{number.name} -= options.get('k', 1.0)"),
                ("weights=np.array([0.5, 1.5])", f"{number.name} *= weights[1]"),
                ("seen=[]", "seen.append(1)"),
            ]
        )
        self.world.beyond.add("a default that can be changed")
        body = [*first.split("\n"), *self.filled(parameters, result)]
        self.world.helpers.append(Helper(name, parameters, result))
        head = f"{array.name}, {number.name}, {default}"
        return [f"def {name}({head}):", *indented(body)]

    # ---- calls -----------------------------------------------------------------------------------

    def each_other(self) -> Lines:
        """Two functions that call each other until a count is over."""
        one, two = self.world.fresh("h"), self.world.fresh("h")
        shape = self.shape()
        array, number = self.array_and_number(one, shape)
        depth = Var(f"{one}_k", "int", bound=4)
        parameters = (array, depth, number)
        result = self.kind(shape)
        head = ", ".join(p.name for p in parameters)
        lines: Lines = []
        scope = Scope(self.world)
        for p in parameters:
            scope.add(p)
        write = type(self)(self.world, () if result is None else (result,))
        base = write.result(scope)
        for name, other in ((one, two), (two, one)):
            step = self.rng.choice([number.name, number.name, f"{number.name} * 0.5"])
            call = f"{other}({array.name}, {depth.name} - 1, {step})"
            end = call if result is None else f"return {call}"
            if result is not None and self.world.chance(0.4):
                end = f"return {call} * {number.name}"
            body = self.filled(parameters, result, last=end)
            lines += [
                *(["", ""] if lines else []),
                f"def {name}({head}):",
                f"    if {depth.name} <= 0:",
                f"        {base}",
                *indented(body),
            ]
        self.world.helpers.append(Helper(self.rng.choice([one, two]), parameters, result))
        return lines

    def counting(self) -> Lines:
        """A function that counts its calls in a variable of the module, and may read how many there were."""
        name, count, q = self.world.fresh("h"), self.world.fresh("COUNT"), self.world.fresh("q")
        shape = self.shape()
        array, _ = self.array_and_number(name, shape)
        number = Var(q, "num")
        step = self.rng.choice(["+= 1", "+= 1", f"= {count} + 2"])
        if self.world.chance(0.7):
            self.world.helpers.append(Helper(name, (), None))
            body = [f"global {count}", f"{count} {step}"]
            return [f"{count} = 0", "", "", f"def {name}():", *indented(body)]
        self.world.beyond.add("a variable of the module that is counted where a derivative passes")
        uses = [f"return {q} * {array.name}[0]", f"{array.name}[0] *= {q}\nreturn {q}"]
        uses += [f"return {q} * {count}", f"{array.name}[0] *= {count} * {q}\nreturn {q}"]
        use = self.rng.choice(uses)
        parameters = (array, number) if array.name in use else (number,)
        self.world.helpers.append(Helper(name, parameters, Var("", "num")))
        head = ", ".join(p.name for p in parameters)
        body = [f"global {count}", f"{count} {step}", *use.split("\n")]
        return [f"{count} = 0", "", "", f"def {name}({head}):", *indented(body)]

    def checking(self) -> Lines:
        """A function that asks first whether it can do with what it is given."""
        name, shape = self.world.fresh("h"), self.shape()
        array, number = parameters = self.array_and_number(name, shape)
        result = self.kind(shape)
        a, w = array.name, number.name
        checks = [
            [f"if abs({w}) > 1e3:", f"    raise ValueError(f'{{{w}}} is too large')"],
            [f"if {a}.ndim != {len(shape)}:", "    raise TypeError('axes')"],
            [f"assert {w} > -1e3, 'too small'"],
            [f"if not isinstance({w}, float):", f"    {w} = float({w})"],
            [f"if {a} is None:", "    return None"],
            [f"print('given', {w})"],
        ]
        body = self.filled(parameters, result)
        self.world.helpers.append(Helper(name, parameters, result))
        return [
            f"def {name}({a}, {w}):",
            *indented([*self.rng.choice(checks), *body]),
        ]
