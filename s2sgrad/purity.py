"""Which statements of a derivative do nothing but compute what they assign, and which memory they write.

The user's effects stay: what prints, draws random numbers, raises or asserts, what is called without a rule, what
writes to something that isn't the function's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import gast

from s2sgrad.context import Context
from s2sgrad.gradient import Reversal
from s2sgrad.infer.resolution import Container, Inert, Primitive, Unresolved, UserCall
from s2sgrad.program import Assign, Statement, Store

__all__ = ["Purity"]


@dataclass(eq=False)
class Purity:
    """The answers for the statements of one reversal."""

    made: Reversal
    context: Context

    def pure(self, statement: Statement) -> bool:
        """Whether a statement may go where nobody reads what it assigns or the memory that it writes."""
        match statement:
            case Store(base=gast.Name(id=base), index=gast.AST()):
                return base in self.made.names.taken and base in self._own
            case Store():
                return False
        match self.made.analysis.facts.calls.get(statement):
            case Inert(effect=effect):
                return not effect
            case Unresolved():
                return False
            case UserCall() as call:
                return not self.context.effectful(call)
            case Container(operation="append" | "extend" | "pop", atoms=(base, *_)):
                return isinstance(base, gast.Name) and base.id in self._own
        return True

    @property
    def _own(self) -> set[str]:
        return {*self.made.analysis.facts.kinds, *self.made.names.primal}

    def writes(self, statement: Statement) -> tuple[str, ...]:
        """The names whose memory an Assign writes."""
        if statement in self.made.analysis.aliasing.writes:
            return self.made.analysis.aliasing.writes[statement]
        match statement:
            case Assign(
                value=gast.Call(func=gast.Attribute(value=gast.Name(id=base), attr="append" | "pop"))
            ) if base in self._own and statement not in self.made.analysis.facts.calls:
                return (base,)
            case Assign(value=gast.Call(func=gast.Name(id=function), args=[gast.Name(id=base), *_])) if (
                function.startswith("$operator.i") and not isinstance(self.made.analysis.facts.calls.get(statement), Primitive)
            ):
                return (base,)
        return ()
