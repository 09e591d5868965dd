"""What random programs return: the kinds of its parts, and how these are put together."""

from __future__ import annotations

from tests.fuzz.scope import Var, World

__all__ = ["returned"]

_SHARED = (
    "{0}, {0}",
    "{0}, {0} * 2.0",
    "{0} * {1}, {1}, {0}",
    "{0}, [{0}, {1}]",
    "[{0}, {1}], {1}",
    "({0}, {1}), {0}",
    "{{'a': {0}, 'b': {0}}}, {1}",
)
_SHARED_ARRAYS = (
    "{0}, np.where({0} > 0.2, 1.0, {0})",
    "np.where({1} > 0.2, {0}, 0.5), {0}",
    "{0}, {0} * 2.0, np.where({1} > 0.1, {1}, {0}), [{0}, {1}]",
    "{0}, {0}[::-1]",
    "{0}.T, {0}",
    "{0}, {0}[...]",
    "{0}.reshape(-1), {0}",
    "{0}[0], {0}",
    "{0}, {0}.sum()",
)


def returned(world: World) -> tuple[tuple[Var, ...], str]:
    """The kinds of what is returned, and, where these aren't simply its parts, a format that takes them."""
    if world.chance(0.05):
        return (), ""
    if world.chance(0.03):
        return _shared(world)
    kinds = [Var("", "num"), *(Var("", "arr", shape) for shape in world.shapes)]
    returns = tuple(world.rng.choices(kinds, k=world.rng.choice([1, 1, 1, 2, 3])))
    return _shaped(world, returns) if world.chance(0.12) else (returns, "")


def _shared(world: World) -> tuple[tuple[Var, ...], str]:
    """Two values of one kind, which are in several results."""
    shapes = [shape for shape in world.shapes if shape and 0 not in shape]
    if world.chance(0.25):
        return (Var("", "num"), Var("", "num")), world.rng.choice(_SHARED)
    kind = Var("", "arr", world.rng.choice(shapes))
    return (kind, kind), world.rng.choice([*_SHARED, *_SHARED_ARRAYS])


def _shaped(world: World, returns: tuple[Var, ...]) -> tuple[tuple[Var, ...], str]:
    """What is returned in a dict, a nested tuple, a list or an object: its parts, and how they are put together."""
    rng = world.rng
    known = [c for c in world.classes if not c.plain]
    if known and rng.random() < 0.5:
        made = rng.choice(known)
        items = ", ".join(f"{{{k}}}" for k in range(len(made.parameters)))
        return made.parameters, f"{made.name}({items})"
    parts = [f"{{{k}}}" for k in range(len(returns))]
    keys = ", ".join(f"'k{k}': {part}" for k, part in enumerate(parts))
    nested = f"({', '.join(parts)},), {parts[0]}"
    return returns, rng.choice([f"{{{{{keys}}}}}", nested, f"[{', '.join(parts)}]"])
