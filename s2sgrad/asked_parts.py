"""What is differentiated by what, where parameters are given in parts.

By default that is all that can be: the containers and objects that have a real number or an array in them, and of the
other parameters those on which what comes out depends. What of a container that is asked for isn't known to be a real
number has no derivative of its own, so nothing may depend on it.
"""

from __future__ import annotations

from s2sgrad.activity import Outputs
from s2sgrad.context import Analysis, Context
from s2sgrad.errors import TransformError
from s2sgrad.kinds import Kind, Sequence, carries
from s2sgrad.parts import Parts
from s2sgrad.question import Question, asked, named

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


def _nothing(analysis: Analysis, parts: Parts) -> TransformError:
    names = " and ".join(parts.asked) or analysis.source.name
    what = "has no parameter that is" if not parts.asked else "isn't, and has no part that is,"
    message = f"{names} {what} a real number or an array of such"
    return TransformError([analysis.finding(None, message, "Give floats, or arrays of floats.")])


def _is_empty(kind: Kind) -> bool:
    return isinstance(kind, Sequence) and kind.items == ()


def _refuse_left_out(context: Context, analysis: Analysis, parts: Parts, outputs: Outputs) -> None:
    """Refuse where something depends on a part of what is asked for that has no derivative of its own."""
    kinds = analysis.kinds
    names = tuple(n for n in parts.left_out() if carries(kinds[n]) and not _is_empty(kinds[n]))
    active = context.active(analysis, names, outputs).active if names else frozenset()
    findings = [
        analysis.finding(
            None,
            f"it isn't known whether {parts.with_paths(name)}, on which the result depends, is a real number",
            f"Annotate it, give an example of it by like=, or differentiate by {parts.with_paths(name)} itself.",
        )
        for name in names
        if name in active
    ]
    if findings:
        raise TransformError(findings)
