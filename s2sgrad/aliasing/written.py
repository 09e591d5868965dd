"""What a statement writes into, and what of that is refused wherever it stands."""

from __future__ import annotations

from collections.abc import Mapping

import gast

from s2sgrad.aliasing.found import Findings
from s2sgrad.aliasing.sharing import Sharing, shares
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import RESIZING, Container, Primitive, Unresolved, UserCall
from s2sgrad.kinds import BOTTOM, Kind, Number, Unknown, carries
from s2sgrad.program import Assign, Block, Effect, Statement, Store, While, walk
from s2sgrad.rule_changes import is_plain_write
from s2sgrad.webs import IN_PLACE

__all__ = ["perhaps_written_by", "refuse_writing_tests", "written_by"]

_COPY = "Write into a local array."
_IN_PLACE = frozenset(IN_PLACE.values())


def written_by(statement: Statement, sharing: Sharing, findings: Findings) -> tuple[str, ...]:
    """The names whose memory a statement writes."""
    resolution = sharing.facts.calls.get(statement)
    match statement, resolution:
        case Store(base=gast.Name(id=name), value=value, operator=gast.operator()), Container():
            if shares(sharing.facts.atom(value, statement)):
                findings.conflict(
                    statement,
                    "this augmented assignment changes an array in a list, which isn't differentiated",
                    "Write `values[k] = values[k] + v`.",
                )
            return (name,)
        case Store(base=gast.Name(id=name)), _:
            return (name,)
        case Store(), _:
            findings.conflict(
                statement,
                "writing into something that is no local variable isn't differentiated",
                _COPY,
            )
            return ()
        case Assign(), Primitive(arguments=arguments, in_place=True):
            first = next(iter(arguments.values()))
            assert isinstance(first, gast.Name)  # noqa: S101
            return (first.id,)
        case Assign(), Primitive(rule=rule, arguments=arguments):
            changed = [arguments[parameter] for parameter in sorted(rule.mutates)]
            if not all(isinstance(atom, gast.Name) for atom in changed):
                findings.conflict(
                    statement,
                    "writing into something that is no local variable isn't differentiated",
                    _COPY,
                )
            elif changed and not is_plain_write(rule.function):
                _refuse_numbers(statement, resolution, sharing, findings)
            return tuple(atom.id for atom in changed if isinstance(atom, gast.Name))
        case Assign(), Container(operation=operation, atoms=(gast.Name(id=name), *_)) if (
            operation in RESIZING
        ):
            return (name,)
        case Assign(), Unresolved(changes=names) as unresolved if names:
            if any(_is_real_array(sharing.facts.kinds.get(name)) for name in names):
                findings.conflict(statement, unresolved.message, unresolved.remedy)
            return tuple(name for name in names if name in sharing.facts.kinds)
        case Effect(node=gast.Delete(targets=targets)), _:
            lists = tuple(name for target in targets for name in sharing.sources(_base(target)))
            if any(
                carries(sharing.facts.atom(gast.Name(name, gast.Load(), None, None)))
                for name in lists
            ):
                findings.conflict(
                    statement,
                    "deleting items of a list isn't differentiated",
                    "Make a new list of those that stay.",
                )
            return lists
        case Assign(), UserCall() as call:
            return _written_by_call(statement, call, sharing, findings)
    return ()


def _refuse_numbers(
    statement: Statement, made: Primitive, sharing: Sharing, findings: Findings
) -> None:
    """Refuse a function with a rule, where it may be given numbers to write into: it may leave them as they are."""
    for parameter in sorted(made.rule.mutates):
        kind = sharing.facts.atom(made.arguments[parameter], statement)
        if not (isinstance(kind, Number) and kind.array is True):
            findings.conflict(
                statement,
                f"{made.rule.name} has a rule for arrays that it writes into, and its argument {parameter} isn't known "
                "to be one",
                "Annotate the parameters with np.ndarray, or give like=.",
            )


def _written_by_call(
    statement: Statement, call: UserCall, sharing: Sharing, findings: Findings
) -> tuple[str, ...]:
    """The arguments that a called function writes into: it shares their memory."""
    memory = sharing.called(call)
    given: list[str] = []
    for parameter, argument in call.arguments.items():
        function = call.source.name
        if parameter in memory.perhaps:
            findings.conflict(
                statement,
                f"{function} changes its argument {parameter} if that is an array, and only then",
                "Annotate the parameters with float or np.ndarray, or give like=.",
            )
        if parameter in memory.mutated:
            given += sharing.sources(argument)
            findings.is_seen(
                argument.id if isinstance(argument, gast.Name) else "",
                statement,
                f"{function} writes into its argument {parameter}, which isn't differentiated yet",
                f"Let {function} copy {parameter} first, and return what it makes. Or let it be known that "
                "it is an array: annotate the parameters with np.ndarray, or give like=.",
            )
    return tuple(given)


def perhaps_written_by(statement: Statement, sharing: Sharing) -> tuple[str, ...]:
    """What `x += v`, here or in a called function, changes if x is an array, where that isn't known."""
    call = sharing.facts.calls.get(statement)
    if isinstance(call, UserCall):
        perhaps = sharing.called(call).perhaps
        given = (sharing.sources(a) for p, a in call.arguments.items() if p in perhaps)
        return tuple(name for names in given for name in names)
    if isinstance(call, Container):
        return ()
    match statement:
        case Assign(value=gast.Call(func=gast.Name(id=function), args=[gast.Name(id=name), _])) if (
            function in _IN_PLACE
        ):
            kind = sharing.facts.kinds.get(name)
            number = isinstance(kind, Number) and kind.array is None
            unknown = isinstance(kind, Unknown) and name not in sharing.counters
            return (name,) if number or unknown else ()
    return ()


def _is_real_array(kind: Kind | None) -> bool:
    return isinstance(kind, Number) and kind.real and kind.array is not False


def _base(target: gast.AST) -> gast.AST:
    """What a target of `del` is an item of, or of an item of which."""
    while isinstance(target, gast.Subscript):
        target = target.value
    return target


def refuse_writing_tests(
    body: Block, writes: Mapping[Statement, tuple[str, ...]], facts: Facts, findings: Findings
) -> None:
    """Refuse tests of loops that change what carries a derivative: they run once more than the body."""
    heads = [loop.head for loop in walk(body) if isinstance(loop, While)]
    for statement in (inner for head in heads for inner in walk(head)):
        if any(carries(facts.kinds.get(n, BOTTOM)) for n in writes.get(statement, ())):
            findings.conflict(
                statement,
                "the test of a loop changes an array, which isn't differentiated",
                "Compute it in the loop: `while True:`, and `if not ...: break`.",
            )
