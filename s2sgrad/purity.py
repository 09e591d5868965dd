"""Which statements of a derivative do nothing but compute what they assign, and which memory they write.

The user's effects stay: what prints, draws random numbers, raises or asserts, what is called without a rule, what
writes to something that isn't the function's own. An effect is known by the callee that the user wrote, however
the statement around it is changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import gast

from s2sgrad.context import Context
from s2sgrad.flow import bound
from s2sgrad.gradient import Reversal
from s2sgrad.infer.resolution import Inert, Primitive, Resolution, Unresolved, UserCall
from s2sgrad.program import Assign, Restore, Statement, Store, Update, walk
from s2sgrad.pushforward import Pushforward
from s2sgrad.trees import calls_inside, loaded

__all__ = ["Purity"]

_CHANGES_LISTS = frozenset(
    {"append", "extend", "insert", "pop", "remove", "clear", "reverse", "sort"}
)


@dataclass(eq=False)
class Purity:
    """The answers for the statements of one reversal or pushforward."""

    made: Reversal | Pushforward
    context: Context
    callees: dict[int, gast.AST] = field(default_factory=dict)
    methods: set[str] = field(default_factory=set)
    mutations: dict[int, tuple[gast.AST, tuple[str, ...]]] = field(default_factory=dict)
    written: dict[gast.Call, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.through = self.made.analysis.aliasing.through
        for statement, resolution in self.made.analysis.facts.calls.items():
            if not isinstance(statement, Assign) or not isinstance(statement.value, gast.Call):
                continue
            match resolution:
                case Primitive(rule=rule, arguments=arguments) if rule.mutates:
                    changed = tuple(n for p in rule.mutates for n in loaded(arguments[p]))
                    self.mutates(statement.value.func, changed)
                case Inert(effect=True) | Unresolved() as call:
                    written = self.made.analysis.aliasing.writes.get(statement, ())
                    self.mutates(statement.value.func, (*written, *self.changed(call)))
                    self.has_effect(statement.value)
                case UserCall() as call:
                    written = call.passed(self.context.memory(call).mutated)
                    self.mutates(statement.value.func, (*written, *self.changed(call)))
                    if self.context.effects.effectful(call):
                        self.has_effect(statement.value)

        for made in self.made.calls:
            self.mutates(made.callee, (*made.writes, *self.changed(made.call)))
            if made.forward and self.context.effects.effectful(made.call):
                self.callees[id(made.callee)] = made.callee

    def changed(self, call: Resolution) -> frozenset[str]:
        """What a called function changes that nobody passes to it."""
        return self.context.effects.around(self.made.analysis).changed.get(call, frozenset())

    def mutates(self, callee: gast.AST, names: tuple[str, ...]) -> None:
        """Note the memory that a call writes; what is written out several times has the same callee each time."""
        _, before = self.mutations.get(id(callee), (callee, ()))
        self.mutations[id(callee)] = callee, tuple(dict.fromkeys((*before, *names)))

    def has_effect(self, call: gast.Call) -> None:
        """Note that what is called has an effect."""
        self.callees[id(call.func)] = call.func
        if isinstance(call.func, gast.Attribute):
            self.methods.add(call.func.attr)

    def own(self, name: str) -> bool:
        """Whether a name is the function's own, and so is all that may be the same memory, which nobody else keeps."""
        made = self.made
        if name in made.names.primal:
            return True
        if not all(map(self.made_here, made.analysis.aliasing.keepers.get(name, ()))):
            return False
        facts = made.analysis.facts
        names = made.analysis.aliasing.aliases(name)
        return not any(facts.outside(n) or facts.foreign(n) for n in names)

    def made_here(self, keeper: str) -> bool:
        """Whether what keeps memory is a container of the function's own, that nobody else looks into."""
        analysis = self.made.analysis
        facts, aliasing = analysis.facts, analysis.aliasing
        around = any(facts.outside(n) or facts.foreign(n) for n in aliasing.aliases(keeper))
        keepers = {keeper, *aliasing.keepers.get(keeper, ())}
        return not around and all(map(self.is_display, keepers))

    def is_display(self, container: str) -> bool:
        """Whether a name is only given containers that are written out."""
        given = [s for s in walk(self.made.analysis.function.body) if container in bound(s)]
        displays = gast.Dict | gast.List
        return bool(given) and all(
            isinstance(s, Assign) and isinstance(s.value, displays) for s in given
        )

    def pure(self, statement: Statement) -> bool:
        """Whether a statement may go where nobody reads what it assigns or the memory that it writes."""
        match statement:
            case Store(base=gast.Name(id=base), index=gast.AST()) | Update(target=base):
                return self.own(base)
            case Store():
                return False
            case Restore(targets=targets):
                parts = (t for t in targets if not isinstance(t, gast.Name))
                return all(self.own(loaded(part)[0]) for part in parts)
            case Assign(value=value):
                calls = calls_inside(value)
                if not calls:
                    return True
                outside = any(not self.own(base) for base in self.writes(statement))
                return not outside and not any(map(self.effect, calls))
        return True

    def effect(self, call: gast.Call) -> bool:
        """Whether a call has an effect."""
        func = call.func
        return id(func) in self.callees or (
            isinstance(func, gast.Attribute) and func.attr in self.methods
        )

    def writes(self, statement: Statement) -> tuple[str, ...]:
        """The names whose memory an Assign writes, and the functions that read what a statement gives a new value."""
        seen = self.seen(statement) if self.through else ()
        if not isinstance(statement, Assign) or statement.value.__class__ is not gast.Call:
            return seen
        call = statement.value
        if call not in self.written:
            self.written[call] = self.written_by(call)
        return self.written[call] + seen

    def seen(self, statement: Statement) -> tuple[str, ...]:
        """The functions that read what a statement gives a new value."""
        return tuple(f for name in bound(statement) for f in self.through.get(name, ()))

    def written_by(self, call: gast.Call) -> tuple[str, ...]:
        """The names whose memory a call writes."""
        func = call.func
        match func:
            case gast.Attribute(value=gast.Name(id=base), attr=attr) if attr in _CHANGES_LISTS:
                return (base,)
            case gast.Attribute(attr="at", value=ufunc) if loaded(ufunc) == ("$np",):
                written = _first(call)
            case gast.Name(id=function) if function.startswith("$operator.i"):
                written = _first(call)
            case _:
                written = None
        if written is not None:
            return (written,)
        return self.mutations[id(func)][1] if id(func) in self.mutations else ()


def _first(call: gast.Call) -> str | None:
    """The name that is the first argument of a call."""
    first = call.args[0] if call.args else None
    return first.id if isinstance(first, gast.Name) else None
