"""All that hinders a transform, found before anything is written: in a function and in those that it calls.

Syntax comes first, since nothing else can be told of what has no normal form. Then what the analyses have found,
in each function that a derivative passes through, so that all of it is raised together.
"""

from __future__ import annotations

from collections import abc
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import gast

from s2sgrad.check import check_syntax
from s2sgrad.errors import Finding, TransformError
from s2sgrad.flow import bound, read
from s2sgrad.implicit import implicit_writes
from s2sgrad.infer.functions import source_of
from s2sgrad.infer.resolution import Copy, Inert, Refused, Resolution, Unresolved, UserCall
from s2sgrad.kinds import Known, Other, Sequence, Unknown
from s2sgrad.normalize.sequences import OTHER_SEQUENCE, holds_other
from s2sgrad.overlapping import under_two_names
from s2sgrad.program import Assign, Block, For, Statement, While, trees_of, walk
from s2sgrad.source import Source, resolve
from s2sgrad.trees import calls_inside, loaded, nodes
from s2sgrad.unfold.classes import is_plain_class
from s2sgrad.unread_memory import cut_off_unseen

if TYPE_CHECKING:
    from s2sgrad.activity import Activity
    from s2sgrad.context import Analysis, Context, Key

__all__ = ["own_problems", "refuse", "refuse_homeless", "syntax_problems"]


def syntax_problems(source: Source) -> list[Finding]:
    """What isn't accepted in a function; if there is anything, also in the functions that it calls by name."""
    found = check_syntax(source)
    seen = {id(source.tree)}
    waiting = [source] if found else []
    while waiting:
        caller = waiting.pop()
        for node in nodes(caller.tree):
            called = resolve(node.func, caller.namespace) if isinstance(node, gast.Call) else None
            callee = source_of(called)
            if isinstance(callee, Source) and id(callee.tree) not in seen:
                seen.add(id(callee.tree))
                waiting.append(callee)
                found += check_syntax(callee)
    return found


def own_problems(analysis: Analysis, active: Activity) -> list[Finding]:
    """What the analyses have found in one function."""
    given_up = _given_up(analysis, active)
    conflicts = (
        analysis.finding(c.statement, c.message, c.remedy)
        for c in analysis.aliasing.conflicts
        if not given_up or not _is_part(c.statement, analysis)
    )
    blocked = (
        analysis.finding(s, why.message, why.remedy)
        for s, why in active.blocked
        if not given_up or s is None or not _is_part(s, analysis)
    )
    called = ((s, analysis.facts.calls.get(s)) for s in walk(analysis.function.body))
    refused = (
        analysis.finding(s, why.message, why.remedy)
        for s, why in called
        if isinstance(why, Refused)
    )
    found = [*given_up, *conflicts, *refused, *blocked]
    found += [*under_two_names(analysis), *implicit_writes(analysis), *_other_sequences(analysis)]
    found += cut_off_unseen(analysis, active)
    homeless = [
        analysis.finding(s, *_SUPER)
        for s in walk(analysis.function.body)
        if any(map(_is_super, (call for tree in trees_of(s) for call in calls_inside(tree))))
    ]
    lines = {(finding.filename, finding.line) for finding in homeless}
    found = [*homeless, *(f for f in found if (f.filename, f.line) not in lines)]
    held = (analysis.finding(s, *_HELD) for s in _written_in_objects(analysis, active))
    return found or [*held] or [*_used_up(analysis)]


def _used_up(analysis: Analysis) -> Iterator[Finding]:
    """The statements that take items of a generator which prints, draws or writes, and that may go for all else."""
    kinds = analysis.facts.kinds.items()
    acting = {name for name, kind in kinds if isinstance(kind, Unknown) and kind.acting}
    for statement in walk(analysis.function.body) if acting else ():
        found = analysis.facts.calls.get(statement)
        handed_on = isinstance(found, Copy) or not acting.isdisjoint(bound(statement))
        if (
            not handed_on
            and not _stays(statement, found)
            and not acting.isdisjoint(read(statement))
        ):
            yield analysis.finding(statement, *_ACTING)


def _stays(statement: Statement, found: Resolution | None) -> bool:
    """Whether a statement is one that the user wrote to call something of which it isn't known what it does."""
    match statement, found:
        case Assign(value=gast.Call(func=func)), Inert(effect=True) | Unresolved():
            return not (isinstance(func, gast.Name) and func.id.startswith("$"))
    return False


def _other_sequences(analysis: Analysis) -> Iterator[Finding]:
    """The patterns that ask for the items of what is known to be a sequence, but neither a list nor a tuple."""
    for statement in walk(analysis.function.body):
        match statement:
            case Assign(
                value=gast.Call(func=gast.Name(id="$isinstance"), args=[gast.Name(id=name), asked])
            ):
                kind = analysis.facts.kinds.get(name)
                of = analysis.facts.kinds.get(asked.id) if isinstance(asked, gast.Name) else None
                if isinstance(of, Sequence) and of.items is not None and len(of.items) == 2:
                    given = kind.value if isinstance(kind, Known) else None
                    ranged = isinstance(kind, Other) and kind.name == "range"
                    if ranged or holds_other(given):
                        yield analysis.finding(statement, *OTHER_SEQUENCE)


def _is_super(call: gast.Call) -> bool:
    """Whether a call is `super()`, which means nothing outside of its class, and so in no text."""
    named = isinstance(call.func, gast.Name) and call.func.id in {"super", "$super"}
    return named and not call.args and not call.keywords


def _given_up(analysis: Analysis, active: Activity) -> list[Finding]:
    """Why the parts of objects aren't followed, where a derivative would pass through one: what hindered it first."""
    made = next((s for s, _ in active.blocked if _makes_object(s, analysis)), None)
    if made is None:
        return []
    name, given_up = next(iter(analysis.normalized.given_up.items()))
    text = given_up.why.format("an object" if name.startswith(("_", "\0")) else name)
    if given_up.origin is not None and given_up.origin != made.origin:
        text = text.replace(" here", f" in line {given_up.origin.line}")
    return [analysis.finding(made, text, _FOLLOWED)]


def _makes_object(statement: Statement | None, analysis: Analysis) -> bool:
    """Whether a statement makes an object whose parts were given up."""
    if not isinstance(statement, Assign) or _names(statement.targets, analysis).isdisjoint(
        analysis.normalized.given_up
    ):
        return False
    value = statement.value
    made = resolve(value.func, analysis.source.namespace) if isinstance(value, gast.Call) else None
    return isinstance(value, gast.Dict) or made is dict or is_plain_class(made)


def _is_part(statement: Statement, analysis: Analysis) -> bool:
    """Whether a statement makes, reads or writes an object whose parts were given up."""
    value = getattr(statement, "base", None)
    if isinstance(statement, Assign):
        if _makes_object(statement, analysis):
            return True
        value = statement.value.func if isinstance(statement.value, gast.Call) else statement.value
    while isinstance(value, gast.Attribute | gast.Subscript):
        value = value.value
    given_up = analysis.normalized.given_up
    return isinstance(value, gast.Name) and not _names([value.id], analysis).isdisjoint(given_up)


def _names(names: Iterable[str], analysis: Analysis) -> set[str]:
    """What the user calls names."""
    return {analysis.webs.home.get(name, name) for name in names}


_SUPER = (
    "super() would stand outside of its class, as what it is asked for can't be written out here",
    "Name the class: `Base.method(self, ...)`.",
)
_ACTING = (
    "what a generator does beside giving items, as print, draw or write, isn't kept where they are taken in this way",
    "Make a list of them, as in values = list(numbers()), and use that.",
)
_FOLLOWED = (
    "Parts of objects, dicts and tuples are followed where they are read and written by attributes and constant keys, "
    "in this function, its methods, and functions that are given them. Pass the parts on, or make a new object."
)
_HELD = (
    "what an attribute of an object holds is read several times and written into, which isn't differentiated yet",
    "Read it once, give it a name, and write into that.",
)


def _written_in_objects(analysis: Analysis, active: Activity) -> Iterator[Statement]:
    """The reads of attributes of objects whose contents are written, and that aren't the only ones to see that."""
    body = analysis.function.body
    repeated = {s for loop in walk(body) if isinstance(loop, For | While) for s in walk((loop,))}
    found_by: dict[str, list[Assign]] = {}
    for statement in walk(body):
        match statement, analysis.facts.calls.get(statement):
            case Assign(targets=(_,), value=gast.Attribute(attr=attr)), (Inert() | Unresolved()):
                found_by.setdefault(attr, []).append(statement)
    for found in found_by.values():
        written = [s for s in found if s.targets[0] in analysis.aliasing.written]
        unlike = len(found) > 1 or any(
            s in repeated or s.targets[0] in active.active for s in written
        )
        if written and unlike and not all(_only_appended(s.targets[0], body) for s in found):
            yield written[0]


def _only_appended(target: str, body: Block) -> bool:
    """Whether all that is done with a name is to append to what it holds."""
    reading = [s for s in walk(body) if target in read(s)]
    return len(reading) == 1 and any(
        isinstance(s, Assign)
        and isinstance(s.value, gast.Call)
        and isinstance(s.value.func, gast.Attribute)
        and s.value.func.attr == "append"
        and target not in {n for a in s.value.args for n in loaded(a)}
        for s in reading
    )


def refuse(context: Context, analysis: Analysis, active: Activity) -> None:
    """Raise what hinders a derivative, in a function and in all that it passes through."""
    for told in (own_problems, _leaving):
        findings = _problems(told, context, analysis, active, set())
        if findings:
            raise TransformError(findings)


def refuse_homeless(source: Source, names: abc.Sequence[str]) -> None:
    """Raise what hinders a text to stand alone: names of a file that can't be imported."""
    found = []
    for name in names:
        read = (n for n in nodes(source.tree) if isinstance(n, gast.Name) and n.id == name)
        message = f"the derivative needs {name}, and a file of this name can't be imported"
        remedy = "Give the file a name that an import statement can have."
        found.append(source.finding(next(read, source.tree), message, remedy))
    if found:
        raise TransformError(found)


def _leaving(analysis: Analysis, active: Activity) -> list[Finding]:
    """The functions that carry a derivative out of the function that makes them."""
    return [analysis.finding(s, why.message, why.remedy) for s, why in active.leaving]


def _problems(
    told: Callable[[Analysis, Activity], list[Finding]],
    context: Context,
    analysis: Analysis,
    active: Activity,
    seen: set[tuple[Key, frozenset[str]]],
) -> list[Finding]:
    found = told(analysis, active)
    for statement in walk(analysis.function.body):
        call = analysis.facts.calls.get(statement)
        if (
            not isinstance(call, UserCall)
            or not isinstance(statement, Assign)
            or active.active.isdisjoint(statement.targets)
        ):
            continue
        needed = call.carrying(active.active) & context.depends(call)
        key = (context.key(call.source, call.kinds), needed)
        if key not in seen:
            seen.add(key)
            callee = context.analyse(call.source, call.kinds)
            inputs = tuple(p.name for p in callee.function.parameters if p.name in needed)
            found += _problems(told, context, callee, context.active(callee, inputs), seen)
    return found
