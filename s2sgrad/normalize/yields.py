"""Where the yields of a generator stand, and what stands around them.

A loop's body takes the place of each yield, which is what happens when Python runs it. Of a generator with one loop it
can be told what it does in each trip, before its yield and behind it, so that several of them can go on together.
"""

from __future__ import annotations

from dataclasses import dataclass

import gast

from s2sgrad.normalize.nodes import at, constant, has_own_break, own_statements
from s2sgrad.trees import nodes, with_fields

__all__ = ["Strides", "around_the_body", "strides_of", "with_steps", "yielded"]

_LOOPS = (gast.For, gast.While)
_MOST = 4
"""How many statements are written several times at most."""


@dataclass(frozen=True, eq=False)
class Strides:
    """A generator with one loop, in which one yield stands.

    first: what it does before the loop; loop: the loop; lead: what its trips do before the yield; item: what is
    yielded; rest: what they do behind it.
    """

    first: list[gast.AST]
    loop: gast.AST
    lead: list[gast.AST]
    item: gast.AST
    rest: list[gast.AST]

    @property
    def test(self) -> gast.AST | None:
        """Whether it goes on, where that is a test that may fail."""
        test = getattr(self.loop, "test", None)
        return None if isinstance(test, gast.Constant) and test.value else test

    @property
    def endless(self) -> bool:
        """Whether it certainly never ends."""
        leaves = any(isinstance(s, gast.Break) for s in own_statements([*self.lead, *self.rest]))
        return isinstance(self.loop, gast.While) and self.test is None and not leaves


def strides_of(before: list[gast.AST], body: list[gast.AST]) -> Strides | None:
    """What a generator does in each trip; None where its statements are others. before: what its parameters are."""
    if not body:
        return None
    *first, loop = body
    yields = [n for s in body for n in nodes(s) if isinstance(n, gast.Yield)]
    if len(yields) != 1 or not isinstance(loop, _LOOPS) or loop.orelse:
        return None
    place = next((k for k, s in enumerate(loop.body) if yielded(s) is yields[0]), None)
    if place is None or not _returns_of_the_loop(body, loop):
        return None
    lead, rest = (_leaving(part) for part in (loop.body[:place], loop.body[place + 1 :]))
    if any(isinstance(s, gast.Continue) for s in own_statements([*lead, *rest])):
        return None
    item = constant(None) if yields[0].value is None else yields[0].value
    return Strides([*before, *first], loop, lead, item, rest)


def with_steps(body: list[gast.AST], steps: list[gast.AST]) -> list[gast.AST] | None:
    """A loop's body with these statements done before the next trip; None where they would be written too often."""
    continued = [s for s in own_statements(body) if isinstance(s, gast.Continue)]
    if not steps or not continued:
        return [*body, *steps]
    managed = [
        inner
        for s in own_statements(body)
        if isinstance(s, gast.With | gast.Try)
        for inner in own_statements([s])
    ]
    again = any(isinstance(n, gast.Yield) for s in steps for n in nodes(s))
    if again or len(continued) * _size(steps) > _MOST or any(s in managed for s in continued):
        return None
    return [*_before_continuing(body, steps), *steps]


def _before_continuing(body: list[gast.AST], steps: list[gast.AST]) -> list[gast.AST]:
    out: list[gast.AST] = []
    for statement in body:
        if isinstance(statement, gast.Continue):
            out += [*steps, statement]
            continue
        names = ("orelse",) if isinstance(statement, _LOOPS) else ("body", "orelse")
        changed = {
            name: _before_continuing(getattr(statement, name), steps)
            for name in names
            if isinstance(statement, gast.stmt)
            and not isinstance(statement, gast.FunctionDef)
            and isinstance(getattr(statement, name, None), list)
        }
        if isinstance(statement, gast.Match):
            changed = {
                "cases": [
                    with_fields(c, {"body": _before_continuing(c.body, steps)})
                    for c in statement.cases
                ]
            }
        out.append(with_fields(statement, changed) if changed else statement)
    return out


def around_the_body(body: list[gast.AST], loop: gast.For) -> list[gast.AST] | None:
    """A generator's statements with a loop's body in the place of each yield; None where that isn't the same."""
    yields = [n for s in body for n in nodes(s) if isinstance(n, gast.Yield)]
    given = [yielded(n) for s in body for n in nodes(s)]
    if not yields or not all(any(y is g for g in given) for y in yields):
        return None
    makes = any(isinstance(n, gast.FunctionDef) for s in loop.body for n in nodes(s))
    if len(yields) > 1 and (makes or _size(loop.body) > _MOST):
        return None
    returns = any(isinstance(n, gast.Return) for s in body for n in nodes(s))
    end = body[-1]
    inside = isinstance(end, _LOOPS) and not end.orelse
    direct = [yielded(s) for s in own_statements(end.body)] if inside else []
    looped = all(any(y is d for d in direct) for y in yields)
    if returns and not (looped and _returns_of_the_loop(body, end)):
        return None
    if has_own_break(loop.body) and not looped:
        return None
    return _around(body, loop, None)


def yielded(statement: gast.AST) -> gast.AST | None:
    """The yield that a statement is."""
    plain = isinstance(statement, gast.Expr) and isinstance(statement.value, gast.Yield)
    return statement.value if plain else None


def _size(statements: list[gast.AST]) -> int:
    """How many statements there are."""
    return sum(isinstance(n, gast.stmt) for s in statements for n in nodes(s))


def _around(
    body: list[gast.AST], loop: gast.For, rest: list[gast.AST] | None
) -> list[gast.AST] | None:
    """Statements with a loop's body in the place of the yields.

    rest: what follows in the same trip of the generator's loop; None outside of loops.
    """
    out: list[gast.AST] = []
    for k, statement in enumerate(body):
        later = None if rest is None else [*body[k + 1 :], *rest]
        item = yielded(statement)
        if item is not None:
            value = constant(None) if item.value is None else item.value
            given = gast.Assign(targets=[loop.target], value=value, type_comment=None)
            continued = any(isinstance(s, gast.Continue) for s in own_statements(loop.body))
            inner = loop.body
            if continued:
                steps = None if later is None else with_steps(loop.body, _leaving(later))
                if later is None or steps is None:
                    return None
                inner = steps[: len(steps) - len(later)]
            out += [at(given, loop), *inner]
            continue
        if isinstance(statement, gast.Return):
            out.append(at(gast.Break(), statement))
            continue
        changed: dict[str, list[gast.AST]] = {}
        for name in ("body", "orelse"):
            if isinstance(getattr(statement, name, None), list):
                within = [] if isinstance(statement, _LOOPS) and name == "body" else later
                inner_block = _around(getattr(statement, name), loop, within)
                if inner_block is None:
                    return None
                changed[name] = inner_block
        out.append(with_fields(statement, changed) if changed else statement)
    return out


def _leaving(body: list[gast.AST]) -> list[gast.AST]:
    """Statements of a generator's loop with the loop left where the generator returns."""
    out: list[gast.AST] = []
    for statement in body:
        if isinstance(statement, gast.Return):
            out.append(at(gast.Break(), statement))
            continue
        changed = {
            name: _leaving(getattr(statement, name))
            for name in ("body", "orelse")
            if isinstance(getattr(statement, name, None), list)
        }
        out.append(with_fields(statement, changed) if changed else statement)
    return out


def _returns_of_the_loop(body: list[gast.AST], loop: gast.AST) -> bool:
    """Whether each return stands in the loop itself, where it is a break."""
    own = [s for s in own_statements(loop.body) if isinstance(s, gast.Return)]
    every = [n for s in body for n in nodes(s) if isinstance(n, gast.Return)]
    return all(any(r is s for s in own) for r in every)
