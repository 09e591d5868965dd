"""What is differentiated by what, where parameters are given in parts.

By default that is all that can be: the containers and objects that have a real number or an array in them, and of the
other parameters those on which what comes out depends. What of a container that is asked for isn't known to be a real
number has no derivative of its own, so nothing may depend on it.
"""

from __future__ import annotations

from dataclasses import dataclass

import gast

from s2sgrad.activity import Outputs
from s2sgrad.context import Analysis, Context
from s2sgrad.derivative_flow import may_hold
from s2sgrad.errors import TransformError
from s2sgrad.flow import bound
from s2sgrad.holding import leads_to_reals, own_attributes
from s2sgrad.kinds import Kind, Sequence, carries
from s2sgrad.parts import Parts
from s2sgrad.program import Assign, Statement, trees_of, walk
from s2sgrad.question import Question, asked, named
from s2sgrad.source import MISSING
from s2sgrad.trees import loaded

__all__ = ["asked_in_parts"]


def asked_in_parts(
    context: Context, analysis: Analysis, parts: Parts, outputs: Outputs
) -> tuple[Parts, Question]:
    """What is differentiated by what, and the parts without the parameters that it isn't."""
    other = frozenset(n for n in parts.unsure if not carries(analysis.kinds[n]))
    parts = parts.without(other)
    if not parts.wrt:
        raise _nothing(analysis, parts)
    explicit = named(parts.source, parts.wrt)
    question = asked(context, analysis, parts.wrt, explicit, outputs)
    idle = parts.unsure & frozenset(question.zero)
    if idle.issuperset(parts.wrt):
        raise _nothing(analysis, parts)
    _refuse_left_out(context, analysis, parts, outputs)
    return parts.without(idle), question.without(idle)


_MAKE = (
    "Differentiate by other parts, as wrt=\"params['w']\" does. Or make it a dict, a tuple with names, or a dataclass "
    "that does nothing when it is made."
)


def _nothing(analysis: Analysis, parts: Parts) -> TransformError:
    names = " and ".join(parts.asked) or analysis.source.name
    what = "has no parameter that is" if not parts.asked else "isn't, and has no part that is,"
    message = f"{names} {what} a real number or an array of such"
    return TransformError([analysis.finding(None, message, "Give floats, or arrays of floats.")])


def _may_matter(name: str, kind: Kind, parts: Parts) -> bool:
    """Whether a part that has no derivative of its own may be, or lead to, a real number."""
    if isinstance(kind, Sequence) and kind.items == ():
        return False
    example = (parts.like or {}).get(name, MISSING)
    if example is MISSING:
        return may_hold(kind)
    return carries(kind) or leads_to_reals(example)


def _refuse_left_out(context: Context, analysis: Analysis, parts: Parts, outputs: Outputs) -> None:
    """Refuse where something depends on a part of what is asked for that has no derivative of its own."""
    kinds = analysis.kinds
    names = tuple(n for n in parts.left_out() if _may_matter(n, kinds[n], parts))
    whole = frozenset(n for n in names if not carries(kinds[n]))
    uses = {n: _uses(n, (parts.like or {}).get(n, MISSING), analysis) for n in whole}
    inputs = (*(n for n in names if n not in whole), *(r for u in uses.values() for r in u.reads))
    active = context.active(analysis, inputs, outputs).active if inputs else frozenset()
    findings = []
    for name in names:
        path = parts.with_paths(name)
        told = (
            f"it isn't known whether {path}, on which the result depends, is a real number",
            f"Annotate it, give an example of it by like=, or differentiate by {path} itself.",
        )
        if name in whole:
            told = (
                f"the result depends on what {path} holds, which has no derivative of its own",
                _MAKE,
            )
        if name in active or (name in whole and uses[name].matters(active)):
            findings.append(analysis.finding(None, *told))
    if findings:
        raise TransformError(findings)


@dataclass(frozen=True)
class _Uses:
    """What is done with an object or a dict; reads: the names of parts that may be, or lead to, real numbers.

    otherwise: something else is done with it than that parts are read, one by one.
    """

    reads: tuple[str, ...]
    otherwise: bool

    def matters(self, active: frozenset[str]) -> bool:
        """Whether something that is differentiated depends on it, where these names are active."""
        return self.otherwise or not active.isdisjoint(self.reads)


def _uses(name: str, example: object, analysis: Analysis) -> _Uses:
    """What is done with something that is given; example: what is known of it, or MISSING."""
    body = list(walk(analysis.function.body))
    names, before = {name}, 0
    while len(names) > before:
        before = len(names)
        for s in body:
            if isinstance(s, Assign) and isinstance(s.value, gast.Name) and s.value.id in names:
                names |= {*s.targets}
    reads: list[str] = []
    otherwise = False
    for statement in body:
        found = {n for tree in trees_of(statement) for n in loaded(tree)}
        if names.isdisjoint(found) or _only_names(statement):
            continue
        part = _part_read(statement, example)
        otherwise |= part is None
        if part is not None and (part is MISSING or leads_to_reals(part)):
            reads += bound(statement)
    return _Uses(tuple(reads), otherwise)


def _only_names(statement: Statement) -> bool:
    """Whether a statement gives something another name, or asks whether it is something."""
    match statement:
        case Assign(value=gast.Name()):
            return True
        case Assign(value=gast.Compare(left=gast.Name(), ops=[gast.Is() | gast.IsNot()])):
            return True
    return False


def _part_read(statement: Statement, example: object) -> object:
    """What a part is that is read by its name or its key, MISSING if nothing is known; None: something else is done."""
    match statement:
        case Assign(value=gast.Attribute(value=gast.Name(), attr=attribute)):
            return own_attributes(example).get(attribute, MISSING)
        case Assign(value=gast.Subscript(value=gast.Name(), slice=gast.Constant(value=key))):
            return example.get(key, MISSING) if isinstance(example, dict) else MISSING
    return None
