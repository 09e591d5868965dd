"""Memory of a function that something outside of it keeps: what it puts into objects, dicts and lists of the module.

What is written into such memory, before or after it was put there, is seen by whoever looks there next: another
function, the caller, the same function when it is called again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from types import ModuleType

import gast

from s2sgrad.aliasing.found import Aliasing, CallMemory, Findings, Keeping
from s2sgrad.aliasing.sharing import Sharing
from s2sgrad.flow import bound
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Closure, Container, Unresolved, UserCall
from s2sgrad.kinds import Number, Other, Sequence, Unknown
from s2sgrad.outward import reached
from s2sgrad.program import Assign, Block, Effect, For, If, Statement, Store, While, walk
from s2sgrad.source import MISSING
from s2sgrad.trees import loaded, name
from s2sgrad.unfollowed import is_library, is_library_module, value_of

__all__ = ["keepers", "keeping", "read_again", "refuse_unsure", "that_may_change", "without"]

_ADDING = frozenset({"append", "extend", "insert", "store"})
_TAKING = frozenset(
    {
        "append",
        "appendleft",
        "extend",
        "extendleft",
        "insert",
        "setdefault",
        "update",
        "__setitem__",
    }
)
"""The methods by which containers are given something to hold."""


def keeping(
    body: Block,
    sharing: Sharing,
    classes: Mapping[str, frozenset[str]],
    called: Callable[[UserCall], CallMemory],
    outer: Mapping[str, object],
) -> dict[Statement, Keeping]:
    """The statements after which something outside keeps memory that the function has names for.

    classes: name → all names that may share memory with it; called: what a call does with memory; outer: what names
    mean outside of the function.
    """
    calls = sharing.facts.calls
    captured = {
        target: (*closure.captured, *closure.defaults)
        for statement in walk(body)
        if isinstance(closure := calls.get(statement), Closure)
        for target in bound(statement)
    }

    def memory(*trees: gast.AST) -> tuple[str, ...]:
        found = [n for tree in trees for n in loaded(tree)]
        for n in found:  # which grows
            found += (inner for inner in captured.get(n, ()) if inner not in found)
        return tuple(dict.fromkeys(n for n in found if n in sharing.sources(name(n))))

    def outside(tree: gast.AST) -> bool:
        return any(
            sharing.facts.outside(alias) for n in loaded(tree) for alias in classes.get(n, {n})
        )

    found: dict[Statement, Keeping] = {}
    for statement in walk(body):
        names: tuple[str, ...] = ()
        by: tuple[str, ...] = ()
        match statement, calls.get(statement):
            case Effect(node=gast.Assign(targets=targets, value=value)), _:
                names, by = memory(value), tuple(n for t in targets for n in loaded(t))
            case Store(base=base, value=value), Unresolved():
                names, by = memory(value), loaded(base)
            case ((Store() | Assign()), Container(operation=operation, atoms=(base, *items))) if (
                operation in _ADDING and outside(base)
            ):
                names, by = memory(*items), loaded(base)
            case Assign(value=gast.Call(func=func) as call), Unresolved() if _keeps(
                func, sharing, outer
            ):
                given = (*call.args, *(k.value for k in call.keywords))
                names, by = memory(*given), loaded(func)
            case Assign(targets=targets, value=gast.Call(func=user_func)), UserCall(
                arguments=arguments
            ) as user:
                kept = called(user)
                given = tuple(arguments[p] for p in sorted(kept.kept) if p in arguments)
                own = tuple(map(name, targets if kept.gives_kept else ()))
                names, by = memory(*given, *own), (*loaded(user_func), *sharing.outside)
        own_names = tuple(n for n in names if n in sharing.facts.kinds)
        if own_names:
            found[statement] = Keeping(own_names, tuple(dict.fromkeys(by)))
    return found


def that_may_change(
    kept: Mapping[Statement, Keeping],
    writes: Collection[tuple[Statement, tuple[str, ...]]],
    classes: Mapping[str, frozenset[str]],
    facts: Facts,
) -> dict[Statement, Keeping]:
    """Those that are kept outside, or in a dict of the function's own and may be written into.

    writes: statements and the names whose memory they write; a store into such a dict writes nothing that is in it.
    """
    own = {k for keeping in kept.values() for k in keeping.keepers if _is_own(k, classes, facts)}
    changed = {n for s, names in writes for n in names if not (isinstance(s, Store) and n in own)}

    def may_change(keeping: Keeping) -> bool:
        seen = {*keeping.names, *keeping.keepers}
        return not changed.isdisjoint(alias for n in seen for alias in classes.get(n, {n}))

    return {s: k for s, k in kept.items() if not own.issuperset(k.keepers) or may_change(k)}


def _is_own(name: str, classes: Mapping[str, frozenset[str]], facts: Facts) -> bool:
    """Whether a name is of something that the function has made."""
    return name in facts.kinds and not any(map(facts.outside, classes.get(name, ())))


def read_again(
    body: Block,
    kept: Mapping[Statement, Keeping],
    links: Mapping[Statement, dict[str, list[str]]],
    around: Callable[[Statement], frozenset[int]],
    outer: Mapping[str, object],
) -> dict[Statement, dict[str, list[str]]]:
    """The links with what keeps memory, where something may be read of that afterwards: it may be that memory.

    links: statement → name → those whose memory it may share; around: the identities of what is outside of the
    function and a statement may give a name to, or to what that leads to.
    """
    found = dict(links)
    for statement, keeping in kept.items():
        later = _after(statement, body)
        leading = {n for s in later for names in links.get(s, {}).values() for n in names}
        for keeper in leading.intersection(keeping.keepers):
            known = found[statement]
            found[statement] = {**known, keeper: [*known.get(keeper, ()), *keeping.names]}
        given = {other: identities for other in later if (identities := around(other))}
        for other, identities in given.items():
            if any(not identities.isdisjoint(reached(outer.get(k))) for k in keeping.keepers):
                known = found[other]
                found[other] = {t: [*names, *keeping.names] for t, names in known.items()}
    return found


def refuse_unsure(
    sharing: Sharing,
    kept: Mapping[Statement, Keeping],
    perhaps: Mapping[Statement, tuple[str, ...]],
    classes: Mapping[str, frozenset[str]],
    home: Mapping[str, str],
    findings: Findings,
) -> None:
    """Refuse what changes something that is kept outside if it is an array, where that isn't known.

    perhaps: statement → the names whose memory it writes then; home: name → the user's.
    """
    for statement, keeping in kept.items() if perhaps else ():
        for later in _after(statement, sharing.body):
            if later in sharing.put_back or sharing.counters.issuperset(perhaps.get(later, ())):
                continue  # `self.trips += 1`
            names = {alias for n in perhaps.get(later, ()) for alias in classes.get(n, {n})}
            if not names.isdisjoint(keeping.names):
                mine = home.get(perhaps[later][0], "a value")
                findings.conflict(
                    later,
                    f"this changes what is kept elsewhere if {mine} is an array, and only then",
                    "Annotate the parameters with float or np.ndarray, or give like=. Or write it out, "
                    f"{mine} = {mine} ..., which never changes another value.",
                )


def _after(statement: Statement, block: Block) -> list[Statement]:
    """The statements that may run after one that is in a block: those behind it, and all of the loops around it."""
    for place, other in enumerate(block):
        inside = walk((other,))
        if statement in inside:
            behind = list(walk(block[place + 1 :]))
            if isinstance(other, For | While):
                return [*inside, *behind]
            if isinstance(other, If):
                branch = other.body if statement in walk(other.body) else other.orelse
                return [*_after(statement, branch), *behind]
            return behind
    return []


def keepers(
    kept: Mapping[Statement, Keeping], classes: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """Name of the function's own → the names of what keeps its memory; classes: as above."""
    found: dict[str, set[str]] = {}
    for keeping in kept.values():
        for own in keeping.names:
            for alias in classes.get(own, {own}):
                found.setdefault(alias, set()).update(keeping.keepers)
    return {own: frozenset(names) for own, names in found.items()}


def without(aliasing: Aliasing, copied: Collection[Statement]) -> Aliasing:
    """What is known of memory where some statements hand out copies, so that nothing is kept after them."""
    if not copied:
        return aliasing
    rest = {s: keeping for s, keeping in aliasing.keeping.items() if s not in copied}
    return replace(aliasing, keeping=rest, keepers=keepers(rest, aliasing.classes))


def _keeps(func: gast.AST, sharing: Sharing, outer: Mapping[str, object]) -> bool:
    """Whether something that is called, of which it isn't known what it does, may keep what it is given.

    Methods of objects and containers may, and functions of the user's. Libraries look at what they are given.
    """
    root, *_ = loaded(func) or ("",)
    own = root in sharing.facts.kinds
    known = MISSING if own else value_of(func, outer)
    if not isinstance(func, gast.Attribute):
        return known is not MISSING and not is_library(known)
    owner = MISSING if own else value_of(func.value, outer)
    if isinstance(owner, ModuleType):
        return not is_library_module(owner) and not is_library(known)
    kind = sharing.facts.atom(func.value)
    if isinstance(kind, Sequence) or (isinstance(kind, Other) and not kind.foreign):
        return func.attr in _TAKING
    return not isinstance(kind, Number | Unknown) and not isinstance(owner, type)
