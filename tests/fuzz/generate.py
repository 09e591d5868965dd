"""Random programs: helpers, a function f, and the arguments that it is called with."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from tests.fuzz.classes import class_lines
from tests.fuzz.ending import TooLongError, limited
from tests.fuzz.given import as_text, held
from tests.fuzz.naming import renamed
from tests.fuzz.passing import PREAMBLE, Statements
from tests.fuzz.profiles import BASE, LATER, ODDS, PROFILES
from tests.fuzz.program import Program
from tests.fuzz.results import returned
from tests.fuzz.scope import Helper, Scope, Shape, Var, World

__all__ = ["generated"]


def generated(
    seed: int, number: int, profiles: Sequence[str] = (), *, wider: bool = False
) -> Program:
    """The program of a number in the sequence of a seed; profiles: what it may be of, anything where there are none.

    wider: it has functions that dual numbers don't have.
    """
    rng = random.Random(f"{seed}-{number}")
    profile = _profile(rng, profiles, f"{seed}-{number}")
    n, m = rng.randint(2, 4), rng.randint(2, 3)
    shapes: list[Shape] = [(n,), (n,), (n,), (n, m), (n, m), (m,), ()]
    shapes += [rng.choice([(1,), (n, 1), (1, m), (n, n), (0,), (2, n, m), (m, n)])]
    world = World(rng, shapes, {**BASE, **PROFILES[profile]}, wider=0.4 if wider else 0.0)
    classes: list[str] = []
    if rng.random() < (0.9 if profile in {"outside", "corners"} else 0.015):
        classes += Statements(world, ()).outside()
    if profile == "corners":
        classes += Statements(world, ()).passes()
    many = {"objects": rng.choice([1, 1, 2]), "telling": rng.random() < 0.5}
    for _ in range(many.get(profile, rng.random() < 0.03)):
        classes += class_lines(world, Statements)
    helpers = _helpers(world, 2 if profile == "helpers" else rng.choice([0, 0, 1]))
    if profile in {"objects", "dicts", "functions"} and rng.random() < 0.6:
        helpers += _taking(world, profile)
    if profile == "yielding" or rng.random() < 0.1:
        write = Statements(world, ())
        helpers += [*write.generators(), *write.managers()]
    for _ in range(rng.randint(1, 2) if profile == "defining" else rng.random() < 0.06):
        helpers += Statements(world, ()).functions()
    parameters = _parameters(world, profile)
    scope = _knowing(world, parameters)
    returns, shaped = returned(world)
    if profile == "given" and not shaped:
        returns = (Var("", "num"), *returns[1:])
    statements = Statements(world, returns)
    statements.shaped = shaped
    statements.know(scope)
    first = statements.counted(scope) if profile == "given" else []
    body = statements.block(scope, rng.randint(2, 7), rng.choice([1, 2, 2, 3]), loop=False)
    last = statements.ending(scope) if returns else []
    annotated = rng.random() < 0.9
    head = ", ".join(_parameter(p, annotated=annotated) for p in parameters)
    text = "\n".join(
        [*classes, *helpers, f"def f({head}):", *(f"    {line}" for line in [*first, *body, *last])]
    )
    imports = [line for word, line in PREAMBLE.items() if word in text]
    text = "\n".join([*imports, "", "", text] if imports else [text])
    arrays = [p.name for p in parameters if p.kind == "arr"]
    shared = "None"
    inputs = tuple(tuple(_argument(world, p) for p in parameters) for _ in range(2))
    if rng.random() < 0.06 and len(arrays) > 1:
        shared = _numbers(rng, 60)
        inputs = tuple(_overlapping(parameters, row) for row in inputs)
    wrt = _wrt(world, parameters)
    names = tuple(p.name for p in parameters)
    beyond = tuple(sorted(world.beyond))
    program = Program(f"{text}\n", inputs, names, wrt, ("return",), shared, beyond, wider)
    program = replace(program, of=_outputs(rng, program, returned=bool(returns)))
    return renamed(program, rng) if rng.random() < 0.06 else program


def _profile(rng: random.Random, profiles: Sequence[str], title: str) -> str:
    """What a program is of; title: its seed and number."""
    names = profiles or list(ODDS)
    chosen = rng.choices(names, [ODDS.get(name, 1) for name in names])[0]
    later = [n for n, share in LATER.items() if random.Random(f"{n}-{title}").random() < share]
    return [chosen, *([] if profiles else later)][-1]


def _parameters(world: World, profile: str) -> list[Var]:
    rng = world.rng
    found = (
        [Var("x", "num")] if profile == "numbers" else [Var("x", "arr", rng.choice(world.shapes))]
    )
    found += [Var(name, "arr", rng.choice(world.shapes)) for name in "yz"[: rng.randint(0, 2)]]
    if rng.random() < 0.15:
        found.append(Var("P", "list", rng.choice(world.shapes), length=2))
    if rng.random() < (0.4 if profile == "dicts" else 0.02):
        found.append(Var("D", "dict", rng.choice(world.shapes), item="a,b"))
    if profile == "given":
        world.containers["G"] = held(world)
        found.append(Var("G", "given", item="G"))
    if world.classes and rng.random() < (0.4 if profile == "objects" else 0.02):
        found.append(Var("O", "obj", item=rng.choice(world.classes).name))
    found += [Var(name, "num") for name in "st"[: rng.randint(0, 2)]]
    if rng.random() < 0.5:
        found.append(Var("n", "int", bound=4))
    return found


def _knowing(world: World, parameters: list[Var]) -> Scope:
    """What can be read of parameters."""
    scope = Scope(world)
    for p in parameters:
        scope.add(p)
        if p.kind == "obj":
            scope.hold(p.name, next(c for c in world.classes if c.name == p.item))
        if p.kind == "dict":
            scope.keep(p.name, {key: _part(world, p, key) for key in p.item.split(",")})
    return scope


def _parameter(var: Var, *, annotated: bool) -> str:
    words = {"num": "float", "arr": "np.ndarray", "int": "int", "obj": var.item}
    return f"{var.name}: {words[var.kind]}" if annotated and var.kind in words else var.name


def _wrt(world: World, parameters: list[Var]) -> tuple[str, ...]:
    """What is differentiated by: what can be, or some of it, or parts."""
    plain = {c.name for c in world.classes if c.plain}
    wrt = [p for p in parameters if p.kind != "int" and not (p.kind == "obj" and p.item in plain)]
    if world.chance(0.2) and len(wrt) > 1:
        some = world.rng.sample(wrt, world.rng.randint(1, len(wrt) - 1))
        wrt = [p for p in parameters if p in some]
    return tuple(_path(world, p) for p in wrt)


def _path(world: World, var: Var) -> str:
    """A parameter, or now and then one of its parts."""
    if var.kind not in {"obj", "dict", "given"} or world.chance(0.7):
        return var.name
    if var.kind == "given":
        made = world.containers[var.item]
        key, _ = world.rng.choice(made.parts)
        return f"{var.name}[{key}]" if made.kind == "dict" else var.name
    if var.kind == "dict":
        return f"{var.name}['{world.rng.choice(var.item.split(','))}']"
    made = next(c for c in world.classes if c.name == var.item)
    return f"{var.name}.{world.rng.choice(made.parameters).name}"


def _outputs(rng: random.Random, program: Program, *, returned: bool) -> tuple[str, ...]:
    """What is differentiated: the result, what is left in arguments, or both."""
    try:
        with limited():
            written = program.written()
    except TooLongError:  # it will be rejected
        written = []
    of = ["return"] if returned else []
    if written and (not returned or rng.random() < 0.3):
        of += rng.sample(written, rng.randint(1, len(written)))
    return tuple(of) or ("return",)


# ---- helpers -------------------------------------------------------------------------------------


def _helpers(world: World, count: int) -> list[str]:
    lines: list[str] = []
    for _ in range(count):
        lines += [*_helper(world), "", ""]
    return lines


def _helper(world: World) -> list[str]:
    rng = world.rng
    name = world.fresh("h")
    parameters = [
        Var(f"{name}_{letter}", "arr", rng.choice(world.shapes))
        for letter in "uv"[: rng.randint(1, 2)]
    ]
    parameters.append(Var(f"{name}_w", "num"))
    kinds = [
        None,
        Var("", "num"),
        Var("", "arr", parameters[0].shape),
        Var("", "tuple", parameters[0].shape),
    ]
    result = rng.choice(kinds)
    returns: tuple[Var, ...] = ()
    if result is not None:
        array = Var("", "arr", result.shape)
        returns = {"num": (Var("", "num"),), "arr": (array,), "tuple": (array, Var("", "num"))}[
            result.kind
        ]
    scope = Scope(world)
    for p in parameters:
        scope.add(p)
    recursive = rng.random() < 0.15
    depth = Var(f"{name}_k", "int", bound=4)
    if recursive:
        scope.add(depth)
        parameters = [*parameters[:-1], depth, parameters[-1]]
    statements = Statements(world, returns)
    body = statements.block(scope, rng.randint(1, 3), rng.choice([0, 1, 1, 2]), loop=False)
    optional = int(rng.random() < 0.3)
    if recursive:
        own = ", ".join(p.name if p is not depth else f"{depth.name} - 1" for p in parameters)
        first = [f"if {depth.name} <= 0:", f"    {_base(statements, parameters)}"]
        again = [f"return {name}({own})"] if returns else [f"{name}({own})"]
        body = [*first, *body, *again]
    elif returns:
        body += statements.ending(scope)
    head = ", ".join(p.name for p in parameters) + ("=0.6" if optional else "")
    world.helpers.append(Helper(name, tuple(parameters), result, optional))
    return [f"def {name}({head}):", *(f"    {line}" for line in body)]


def _base(statements: Statements, parameters: list[Var]) -> str:
    scope = Scope(statements.world)
    for p in parameters:
        scope.add(p)
    return statements.result(scope)


def _taking(world: World, profile: str) -> list[str]:
    """A helper that takes an object, a dict or a function beside a number."""
    rng = world.rng
    name = world.fresh("h")
    number = Var(f"{name}_w", "num")
    scope = Scope(world)
    if profile == "functions":
        taken = Var(f"{name}_g", "fun")
        scope.add(taken)
    elif profile == "dicts":
        taken = Var(f"{name}_d", "dict", item="a,b")
        scope.keep(taken.name, {"a": Var("", "num"), "b": Var("", "num")})
    else:
        kind = rng.choice(world.classes)
        taken = Var(f"{name}_o", "obj", item=kind.name)
        scope.hold(taken.name, kind)
    scope.add(number)
    result = Var("", "num")
    statements = Statements(world, (result,))
    body = statements.block(scope, rng.randint(1, 3), 1, loop=False)
    if profile == "functions":
        body.append(f"return {taken.name}({number.name}) * {taken.name}(0.5)")
    else:
        body.append(statements.result(scope))
    world.helpers.append(Helper(name, (taken, number), result))
    return [f"def {name}({taken.name}, {number.name}):", *(f"    {line}" for line in body), "", ""]


# ---- arguments -----------------------------------------------------------------------------------


def _number(rng: random.Random) -> str:
    return str(round(rng.choice([-1, 1]) * rng.uniform(0.1, 1.9), 3))


def _numbers(rng: random.Random, count: int) -> str:
    return f"np.array([{', '.join(_number(rng) for _ in range(count))}])"


def _part(world: World, var: Var, key: str) -> Var:
    """What a dict that is given holds at a key: an array at a, a number at others."""
    return Var("", "arr", var.shape) if key == "a" else Var("", "num")


def _argument(world: World, var: Var) -> str:
    rng = world.rng
    if var.kind == "dict":
        keys = var.item.split(",")
        parts = (f"'{key}': {_argument(world, _part(world, var, key))}" for key in keys)
        return f"{{{', '.join(parts)}}}"
    if var.kind == "given":
        return as_text(world.containers[var.item], lambda part: _argument(world, part))
    if var.kind == "obj":
        made = next(c for c in world.classes if c.name == var.item)
        return f"{made.name}({', '.join(_argument(world, p) for p in made.parameters)})"
    if var.kind == "num":
        return _number(rng)
    if var.kind == "int":
        return str(rng.choice([0, 1, 2, 3, 3]))
    if var.kind == "list":
        return f"[{', '.join(_array(rng, var.shape) for _ in range(var.length))}]"
    return _array(rng, var.shape)


def _array(rng: random.Random, shape: Shape) -> str:
    if 0 in shape:
        return f"np.zeros({shape})"
    count = 1
    for extent in shape:
        count *= extent
    if not shape:
        return f"np.array({_number(rng)})"
    if len(shape) == 1:
        if rng.random() < 0.06:
            return f"{_numbers(rng, 2 * count)}[::2]"
        return _numbers(rng, count)
    if rng.random() < 0.06:
        return f"{_numbers(rng, count)}.reshape({shape[::-1]}).T"
    return f"{_numbers(rng, count)}.reshape({shape})"


def _overlapping(parameters: list[Var], row: tuple[str, ...]) -> tuple[str, ...]:
    """The arguments with the arrays as overlapping parts of one."""
    found, start = [], 0
    for p, text in zip(parameters, row, strict=True):
        if p.kind != "arr" or 0 in p.shape or not p.shape:
            found.append(text)
            continue
        count = 1
        for extent in p.shape:
            count *= extent
        found.append(f"shared[{start}:{start + count}].reshape({p.shape})")
        start += 1
    return tuple(found)
