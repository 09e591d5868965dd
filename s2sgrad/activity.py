"""Which names carry a derivative: those that depend on an input and on which an output depends.

Both halves are asked over the whole function at once (a name is active or not, wherever it stands),
through the primitives that have a derivative: integers, tests, shapes and what rules call inert end
the flow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import gast

from s2sgrad.aliasing import Aliasing
from s2sgrad.derivative_flow import (
    Calls,
    Flow,
    bound_by,
    flows_of,
    kept_outside,
    may_hold,
    names_in,
    read_by,
    spread,
)
from s2sgrad.flow import bound, read
from s2sgrad.headers import keys_read
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import (
    IN_A_DICT,
    READ_FROM_TEXT,
    Closure,
    Container,
    Copy,
    Inert,
    Primitive,
    Unresolved,
    UserCall,
)
from s2sgrad.kinds import BOTTOM, Kind, Number, Sequence, Unknown, carries
from s2sgrad.program import Assign, Block, For, Return, Statement, Store, While, walk
from s2sgrad.through_text import is_text, text_flows, texts_of
from s2sgrad.trees import loaded, nodes
from s2sgrad.trees import name as load
from s2sgrad.whole_numbers import conversions_that_may_cut_off, stores_that_may_cut_off

__all__ = ["Activity", "Outputs", "activity", "carries"]


@dataclass(frozen=True, eq=False)
class Activity:
    """What carries a derivative.

    active: the names with one; between: those with one, or that would have one if it passed through texts; blocked: the
    statements that one would have to pass through, and why; leaving: those that make a function which carries one out,
    unless a called function is refused for what it does with that.
    """

    active: frozenset[str]
    between: frozenset[str]
    blocked: tuple[tuple[Statement | None, Unresolved], ...]
    leaving: tuple[tuple[Statement, Unresolved], ...] = ()


@dataclass(frozen=True)
class Outputs:
    """What is differentiated of a function: its result, and the final contents of parameters."""

    returned: bool
    contents: tuple[str, ...]


def _of_functions(kind: Kind) -> bool:
    """Whether something is a list of functions, which has no derivative, whatever they read."""
    return isinstance(kind, Sequence) and not carries(kind)


def _may_lead(kind: Kind) -> bool:
    """Whether something may lead to what carries a derivative, or to a text."""
    return may_hold(kind) or is_text(kind)


def activity(
    body: Block,
    facts: Facts,
    aliases: Aliasing,
    inputs: Iterable[str],
    outputs: Outputs,
    calls: Calls,
    fixed: frozenset[str] = frozenset(),
) -> Activity:
    """The activity of a function body with respect to inputs.

    fixed: names that don't vary, whatever they may share memory with.
    """
    kept = kept_outside(body, facts, calls)
    flows = [flow for statement in walk(body) for flow in flows_of(statement, facts, calls, kept)]
    varied = {name for name in inputs if may_hold(facts.kinds[name])}
    spread(flows, varied, facts, aliases, fixed)
    useful = {
        name
        for statement in walk(body)
        if isinstance(statement, Return) and outputs.returned
        for name in _result_names(statement)
    }
    useful.update(outputs.contents)
    backwards = [(sources, targets, statement) for targets, sources, statement in flows]
    spread(backwards, useful, facts, aliases)
    active = frozenset(n for n in varied & useful if not _of_functions(facts.kinds.get(n, BOTTOM)))
    texts = texts_of(body, facts, flows)
    links, between = flows, active.union(useful.intersection(inputs))
    if texts:
        links = [*flows, *text_flows(body, facts, texts)]
        between = _between(links, inputs, useful, facts, aliases)
        texts &= between
    blocked = [
        (statement, resolution)
        for statement in walk(body)
        if isinstance(resolution := facts.calls.get(statement), Unresolved)
        and any(name in varied or name in texts for name in (*read_by(statement), *kept))
        and (
            any(name in useful for name in bound_by(statement, resolution))
            or _read_again(statement, body, facts, varied)
        )
    ]
    opaque = (
        (statement, _OPAQUE)
        for statement in walk(body)
        if isinstance(statement, For) and statement.target in active
    )
    refused = (
        *_complex(body, facts, active, varied),
        *stores_that_may_cut_off(body, facts, active, frozenset(inputs)),
        *conversions_that_may_cut_off(body, facts, active, frozenset(inputs)),
        *_outside(body, facts, active),
        *_through_calls(body, facts, calls, varied, active),
        *_kept_by_calls(body, facts, aliases, calls, active),
        *_unknown_derivatives(body, facts, varied, useful),
        *_keys(body, active),
        *opaque,
        *blocked,
        *_read_from(texts, links, facts, useful),
    )
    return Activity(active, between, refused, tuple(_functions(body, facts, active)))


def _between(
    links: list[Flow],
    inputs: Iterable[str],
    useful: set[str],
    facts: Facts,
    aliases: Aliasing,
) -> frozenset[str]:
    """What depends on an input and is needed for an output, be it through texts."""
    reached, needed = set(inputs), set(useful)
    spread(links, reached, facts, aliases, may=_may_lead)
    backwards = [(sources, targets, statement) for targets, sources, statement in links]
    spread(backwards, needed, facts, aliases, may=_may_lead)
    return frozenset(reached & needed)


def _read_from(
    texts: frozenset[str], links: list[Flow], facts: Facts, useful: set[str]
) -> Iterator[tuple[Statement, Unresolved]]:
    """Where numbers are read from texts."""
    for targets, sources, statement in links:
        numbers = any(target in useful and target not in texts for target in targets)
        if numbers and not texts.isdisjoint(sources):
            found = facts.calls.get(statement)
            yield statement, found if isinstance(found, Unresolved) else READ_FROM_TEXT


def _unknown_derivatives(
    body: Block, facts: Facts, varied: set[str], useful: set[str]
) -> Iterator[tuple[Statement, Unresolved]]:
    """Refuse arguments that vary and for which a rule has no derivative, though there is one."""
    for statement in walk(body):
        found = facts.calls.get(statement)
        if isinstance(found, Primitive) and not useful.isdisjoint(bound(statement)):
            for parameter in sorted(found.rule.without):
                if not varied.isdisjoint(names_in(found.arguments, frozenset({parameter}))):
                    yield (
                        statement,
                        Unresolved(
                            f"{found.rule.name} has no derivative with respect to {parameter}",
                            "Leave it out of wrt, or pass what doesn't depend on what is differentiated.",
                        ),
                    )


def _keys(body: Block, active: frozenset[str]) -> Iterator[tuple[Statement, Unresolved]]:
    """Where a key of a dict carries a derivative."""
    for statement in walk(body):
        if keys_read(statement) is not None and not active.isdisjoint(bound(statement)):
            yield statement, IN_A_DICT


def _read_again(statement: Statement, body: Block, facts: Facts, varied: set[str]) -> bool:
    """Whether what varies is stored in an attribute that is read, be it of what has another name: a class, say."""
    if not isinstance(statement, Store) or not isinstance(statement.index, str):
        return False
    if varied.isdisjoint(loaded(statement.value)):
        return False
    trees = [part for s in walk(body) for part in vars(s).values() if isinstance(part, gast.AST)]
    called = (facts.calls.get(s) for s in walk(body))
    trees += [call.source.tree for call in called if isinstance(call, UserCall)]
    return any(
        isinstance(part, gast.Attribute)
        and part.attr == statement.index
        and isinstance(part.ctx, gast.Load)
        for tree in trees
        for part in nodes(tree)
    )


def _outside(
    body: Block, facts: Facts, active: frozenset[str]
) -> Iterator[tuple[Statement, Unresolved]]:
    """Where a derivative would pass through a list that isn't the function's own."""
    for statement in walk(body):
        match facts.calls.get(statement):
            case Container(atoms=(gast.Name(id=base), *_)) if (
                base in active and base not in facts.kinds
            ):
                yield statement, _OUTSIDE
                return


def _through_calls(
    body: Block, facts: Facts, calls: Calls, varied: set[str], active: frozenset[str]
) -> Iterator[tuple[Statement, Unresolved]]:
    """Where a called function reads something outside of both that has been given what varies."""
    for statement in walk(body):
        call = facts.calls.get(statement)
        if not isinstance(call, UserCall) or active.isdisjoint(bound(statement)):
            continue
        if not calls.seen(call).isdisjoint(varied):
            yield statement, _OUTSIDE_OF_BOTH


def _kept_by_calls(
    body: Block, facts: Facts, aliases: Aliasing, calls: Calls, active: frozenset[str]
) -> Iterator[tuple[Statement, Unresolved]]:
    """Where a called function writes into something outside that carries a derivative here, or gets one from it."""
    arrays = Number | Sequence | Unknown
    outside = (n for n in active & aliases.written if n not in facts.kinds)
    around = frozenset(n for n in outside if isinstance(facts.atom(load(n)), arrays))
    for statement in walk(body):
        call = facts.calls.get(statement)
        kept = isinstance(call, UserCall) and not calls.outside(call).isdisjoint(active)
        changed = around & calls.changed(call) if around and call else frozenset()
        if around and _asks_the_unknown(statement, facts, around):
            changed = around
        if isinstance(statement, Assign) and isinstance(statement.value, gast.Call):
            # what objects do to themselves is asked elsewhere
            changed -= {*loaded(statement.value.func)}
        if kept or (changed and _may_follow_a_store(statement, changed, body, aliases)):
            yield statement, _OUTSIDE_OF_BOTH


def _asks_the_unknown(statement: Statement, facts: Facts, around: frozenset[str]) -> bool:
    """Whether a statement asks something that only a run can tell what it is, and that may write into the module."""
    call = facts.calls.get(statement)
    if not isinstance(call, Inert | Unresolved) or not isinstance(statement, Assign):
        return False
    match statement.value:
        case gast.Call(func=gast.Name(id=own)) if isinstance(facts.kinds.get(own), Unknown):
            return True
    names = (n for n in read(statement) if n not in facts.kinds and n not in around)
    return any(isinstance(facts.atom(load(n)), Unknown) for n in names)


def _may_follow_a_store(
    call: Statement, names: frozenset[str], body: Block, aliases: Aliasing
) -> bool:
    """Whether something may have been stored under some names when a call runs."""
    order = list(walk(body))
    loops = (s for s in order if isinstance(s, For | While) and call in walk((s,)))
    before = {*order[: order.index(call)], *(s for loop in loops for s in walk((loop,)))}
    stored = (n for s in before for n in aliases.writes.get(s, ()))
    return any(not names.isdisjoint(aliases.aliases(n)) for n in stored)


def _functions(
    body: Block, facts: Facts, active: frozenset[str]
) -> Iterator[tuple[Statement, Unresolved]]:
    """Where a function is made that carries a derivative out, as what it captures does."""
    for statement in walk(body):
        made = isinstance(facts.calls.get(statement), Closure)
        if made and not active.isdisjoint(bound(statement)):
            yield statement, _FUNCTION


_FUNCTION = Unresolved(
    "a function that captures what carries a derivative leaves the function that makes it",
    "Call it there, and return what it gives.",
)

_OPAQUE = Unresolved(
    "what this loop runs over carries a derivative, and isn't known to be an array, a list or a tuple",
    "Loop over the indices: for k in range(len(values)).",
)

_OUTSIDE = Unresolved(
    "a derivative would pass through a list that is defined outside of the function",
    "Pass the list as an argument, or keep the values in a list of the function's own.",
)


def _complex(
    body: Block, facts: Facts, active: frozenset[str], varied: set[str]
) -> Iterator[tuple[Statement | None, Unresolved]]:
    """The first place where a complex number would carry a derivative, or may."""
    places = [s for s in walk(body) if _makes_complex(s, facts, active, varied)]
    found = {name for name in active if _is_complex(facts.kinds.get(name))}
    given = found - {target for s in places for target in bound(s)}
    if places or given:
        yield None if given else places[0], _COMPLEX


def _makes_complex(
    statement: Statement, facts: Facts, active: frozenset[str], varied: set[str]
) -> bool:
    """Whether a target of a statement that carries a derivative is complex, or may be.

    Also what has no derivative by real numbers may have one by complex ones, such as np.sign.
    """
    targets = [facts.kinds.get(target) for target in getattr(statement, "targets", ())]
    match facts.calls.get(statement):
        case Inert() if isinstance(statement, Assign):
            read = varied.intersection(loaded(statement.value))
            real = any(isinstance(kind, Number) and kind.real for kind in targets)
            return real and any(_is_complex(facts.kinds.get(name)) for name in read)
        case Primitive(arguments=arguments) if not active.isdisjoint(bound(statement)):
            parts = (v if isinstance(v, tuple) else (v,) for v in arguments.values())
            if any(_is_complex(facts.atom(atom)) for part in parts for atom in part):
                return True
        case Copy(atoms=atoms) | Container(atoms=atoms) if not active.isdisjoint(
            {*bound(statement), *(n for atom in atoms[:1] for n in loaded(atom))}
        ):
            if any(_is_complex(facts.atom(atom)) for atom in atoms):
                return True
    complex_ = {t for t in getattr(statement, "targets", ()) if _is_complex(facts.kinds.get(t))}
    return not active.isdisjoint(complex_)


def _is_complex(kind: Kind | None) -> bool:
    if isinstance(kind, Sequence):
        return any(map(_is_complex, kind.items or (kind.item,)))
    return isinstance(kind, Number) and kind.dtype == "complex"


_OUTSIDE_OF_BOTH = Unresolved(
    "a derivative would pass through something that is defined outside of the function and of what it calls",
    "Pass it as an argument.",
)

_COMPLEX = Unresolved(
    "complex numbers aren't differentiated yet",
    "Compute with the real and the imaginary part, each a number of its own.",
)


def _result_names(statement: Return) -> tuple[str, ...]:
    return () if statement.value is None else loaded(statement.value)
