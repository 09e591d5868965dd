"""What is differentiated by what: `wrt`, `of` and `like`, made out against the function.

Receives what the user asks. Gives the names of parameters and outputs; QuestionError (a ValueError) where there is
none of a name, TransformError where the function has no such derivative.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import gast

from s2sgrad.activity import Activity, Outputs, carries
from s2sgrad.context import Analysis, Context
from s2sgrad.errors import Finding, QuestionError, TransformError
from s2sgrad.flow import read
from s2sgrad.infer.functions import signature
from s2sgrad.infer.resolution import Unresolved
from s2sgrad.kinds import NONE, is_foreign
from s2sgrad.source import MISSING, Source
from s2sgrad.trees import nodes

__all__ = [
    "Examples",
    "Like",
    "Of",
    "Question",
    "QuestionError",
    "Wrt",
    "asked",
    "exemplified",
    "given",
    "is_parameter",
    "named",
    "outputs",
    "written",
]

Examples = Mapping[str, Any] | None
Wrt = str | int | tuple[str | int, ...] | None
Of = str | tuple[str, ...] | None
Like = tuple[Any, ...] | Mapping[str, Any] | None


@dataclass(frozen=True, eq=False)
class Question:
    """What is differentiated by what: names are those of parameters; single: the derivative stands bare.

    zero: those of the names that the outputs don't depend on; activity: with respect to the others.
    """

    names: tuple[str, ...]
    single: bool
    outputs: Outputs
    activity: Activity
    zero: tuple[str, ...] = ()

    @property
    def moved(self) -> tuple[str, ...]:
        """The names that the outputs depend on."""
        return tuple(name for name in self.names if name not in self.zero)

    def without(self, names: frozenset[str]) -> Question:
        """The same without some of the names that the outputs don't depend on."""
        kept, zero = (
            tuple(n for n in those if n not in names) for those in (self.names, self.zero)
        )
        return replace(self, names=kept, zero=zero)


def named(source: Source, wrt: Wrt) -> tuple[str, ...] | None:
    """The names of the parameters that wrt gives; None for the default."""
    if wrt is None:
        return None
    names = [node.id for node in nodes(source.tree.args) if is_parameter(node)]
    out = []
    for item in wrt if isinstance(wrt, tuple) else (wrt,):
        if isinstance(item, int) and not isinstance(item, bool):
            if not -len(names) <= item < len(names):
                raise QuestionError(f"{source.name} has no parameter number {item}")
            out.append(names[item])
        elif item in names:
            out.append(item)
        else:
            raise QuestionError(
                f"{source.name} has no parameter {item!r}; it has: {', '.join(names)}"
            )
    if len(set(out)) < len(out) or not out:
        raise QuestionError("wrt names no parameter, or one twice")
    return tuple(out)


def _by_what_is_held(names: list[str], analysis: Analysis) -> str:
    """How one differentiates by what the first object among some parameters holds, in words; none if there is none."""
    objects = [name for name in names if is_foreign(analysis.kinds[name])]
    return (
        f'Differentiate by what {objects[0]} holds, as wrt="{objects[0]}.w" does. '
        if objects
        else ""
    )


def is_parameter(node: gast.AST) -> bool:
    return isinstance(node, gast.Name) and isinstance(node.ctx, gast.Param)


def exemplified(source: Source, like: Like) -> dict[str, Any]:
    """The examples by name of their parameter, with the defaults where they are those of a whole call."""
    found = given(source, like) or {}
    parameters = signature(source).parameters.values()
    required = {p.name for p in parameters if p.default is p.empty}
    if found and required <= found.keys():
        defaults = {p.name: source.defaults.get(p.name) for p in parameters}
        found = {**{n: v for n, v in defaults.items() if isinstance(v, float)}, **found}
    return found


def given(source: Source, like: Like) -> dict[str, Any] | None:
    """The examples by name of their parameter; the object that a method is bound to needn't be among them."""
    if like is None:
        return None
    names = [node.id for node in nodes(source.tree.args) if is_parameter(node)]
    bound = source.receiver
    if isinstance(like, Mapping):
        unknown = [key for key in like if key not in names]
        if unknown:
            raise ValueError(f"like: {source.name} has no parameter {unknown[0]!r}")
        found = dict(like) if bound is MISSING else {names[0]: bound, **like}
        return _with_tuples(found, source)
    if bound is not MISSING and not _begins_with(like, bound, source):
        like = (bound, *like)
    if len(like) > len(names):
        raise ValueError(
            f"like has {len(like)} examples, {source.name} has {len(names)} parameters"
        )
    return _with_tuples(dict(zip(names, like, strict=False)), source)


def _with_tuples(examples: dict[str, Any], source: Source) -> dict[str, Any]:
    """Refuse an example of `*rest` that isn't a tuple, as what a function finds there is."""
    rest = source.tree.args.vararg
    if rest is not None and not isinstance(examples.get(rest.id, ()), tuple):
        raise ValueError(f"like: the example of *{rest.id} is a tuple of all that it is given")
    return examples


def _begins_with(like: tuple[Any, ...], bound: object, source: Source) -> bool:
    """Whether the first example is the object that a method is called on, and not its first argument."""
    parameters = [*signature(source).parameters.values()][1:]
    positional = (p for p in parameters if p.kind <= p.POSITIONAL_OR_KEYWORD)
    needed = sum(p.default is p.empty for p in positional)
    return len(like) > needed and isinstance(like[0], type(bound))


def outputs(analysis: Analysis, of: Of) -> Outputs:
    """What is differentiated: the result, or what a function that returns none leaves in its arguments."""
    mutated = [p.name for p in analysis.function.parameters if p.name in analysis.aliasing.mutated]
    wanted = () if of is None else of if isinstance(of, tuple) else (of,)
    unsure = [
        analysis.finding(why.statement, why.message, why.remedy)
        for parameter, why in analysis.aliasing.perhaps
        if parameter in wanted
        or (of is None and not mutated and not carries(analysis.facts.result))
    ]
    conflicts = [
        analysis.finding(c.statement, c.message, c.remedy) for c in analysis.aliasing.conflicts
    ]
    none = of is None and not mutated and not carries(analysis.facts.result)
    asked_for = [p.name for p in analysis.function.parameters] if none else wanted
    unsure += _not_followed(analysis, [n for n in asked_for if n not in {"return", *mutated}])
    if unsure or (conflicts and not {"return", *mutated}.issuperset(wanted)):
        raise TransformError([*unsure, *conflicts])
    if of is None:
        contents = tuple(n for n in mutated if carries(analysis.kinds[n]))
        alone = bool(contents) and not carries(analysis.facts.result)
        return Outputs(not alone, contents if alone else ())
    if len(set(wanted)) < len(wanted) or not wanted:
        raise QuestionError("of names nothing, or something twice")
    for name in wanted:
        if name != "return" and name not in mutated:
            raise QuestionError(
                f"of: {analysis.source.name} doesn't write into {name!r}; "
                f"it is 'return' or a parameter that is written into: {', '.join(mutated) or 'there is none'}"
            )
    return Outputs("return" in wanted, tuple(n for n in wanted if n != "return"))


def _not_followed(analysis: Analysis, names: Sequence[str]) -> list[Finding]:
    """The calls of which it isn't known what they do, where they may write into some parameters."""
    memory = frozenset().union(*(analysis.aliasing.aliases(name) for name in names))
    return [
        analysis.finding(statement, call.message, call.remedy)
        for statement, call in analysis.facts.calls.items()
        if isinstance(call, Unresolved) and not memory.isdisjoint(read(statement))
    ]


def written(source: Source, wrt: Wrt, like: Like) -> tuple[frozenset[str], tuple[str, ...]]:
    """The containers and arrays that a function writes into, and what of them is differentiated by default."""
    context = Context()
    kinds = context.parameter_kinds(source, exemplified(source, like), named(source, wrt) or ())
    analysis = context.analyse(source, kinds)
    mutated = (n for n in analysis.aliasing.mutated if not is_foreign(analysis.kinds[n]))
    return frozenset(mutated), outputs(analysis, None).contents


def asked(
    context: Context,
    analysis: Analysis,
    wrt: Wrt,
    explicit: tuple[str, ...] | None,
    outputs: Outputs,
) -> Question:
    """What is differentiated by what."""
    parameters = [p.name for p in analysis.function.parameters]
    if outputs.returned and analysis.facts.result == NONE:
        message = f"{analysis.source.name} returns nothing, so there is nothing to differentiate"
        remedy = "Return a real number or an array, or name in of= what it writes into."
        raise TransformError([analysis.finding(None, message, remedy)])
    if explicit is not None:
        for name in explicit:
            if not carries(analysis.kinds[name]):
                raise TransformError(
                    [
                        analysis.finding(
                            None,
                            f"{name} is no real number, so there is no derivative by it",
                            f"{_by_what_is_held([name], analysis)}Leave it out of wrt.",
                        )
                    ]
                )
        active = context.active(analysis, explicit, outputs)
        zero = tuple(n for n in explicit if n not in active.active)
        if zero:
            moved = tuple(n for n in explicit if n in active.between)
            active = context.active(analysis, moved, outputs)
        return Question(explicit, not isinstance(wrt, tuple), outputs, active, zero)
    possible = tuple(n for n in parameters if carries(analysis.kinds[n]))
    active = context.active(analysis, possible, outputs)
    names = tuple(n for n in possible if n in active.active)
    if not names:
        blocked = [analysis.finding(s, why.message, why.remedy) for s, why in active.blocked]
        raise TransformError(
            blocked
            or [
                analysis.finding(
                    None,
                    f"the result of {analysis.source.name} depends on no parameter differentiably",
                    f"{_by_what_is_held(parameters, analysis)}Return a real number or an array that depends on one.",
                )
            ]
        )
    if names != possible:
        moved = tuple(n for n in possible if n in active.between)
        active = context.active(analysis, moved, outputs)
    return Question(names, len(names) == 1, outputs, active)
