"""What calls change that aren't resolved, by the names that the function has for it."""

from __future__ import annotations

from collections.abc import Iterable
from inspect import getattr_static

import gast

from s2sgrad.infer.items import Items
from s2sgrad.infer.resolution import Closure
from s2sgrad.infer.unread import changed_by, may_change
from s2sgrad.kinds import Number, Other
from s2sgrad.trees import loaded, name

__all__ = ["Changes"]


class Changes(Items):
    """Asks what is called, and what of that which is given to it can be changed at all."""

    def changed(self, call: gast.Call) -> tuple[str, ...]:
        """The names whose contents a call that has no rule may change."""
        owner = self.kind_of(call.func.value) if isinstance(call.func, gast.Attribute) else None
        if isinstance(owner, Other) and owner.of is not None:
            given = [call.func.value, *call.args, *(k.value for k in call.keywords)]
            method = getattr_static(owner.of, call.func.attr, None)
            return may_change(getattr(method, "__func__", method), self.no_numbers(given))
        function = self.object(call.func)
        if isinstance(function, Closure):
            return self.changed_by_closure(function, call)
        if not call.args and not call.keywords and self.is_apart(call.func):
            return ()
        return changed_by(call, function, self.kind_of)

    def is_apart(self, callee: gast.AST) -> bool:
        """Whether a function is what another one has made that was given nothing."""
        if not isinstance(callee, gast.Name) or callee.id not in self.slices.values:
            return False
        match self.slices.definitions.get(callee.id):
            case gast.Call(func=gast.Name(id=maker), args=[], keywords=[]):
                return maker not in self.locals
        return False

    def changed_by_closure(self, closure: Closure, call: gast.Call) -> tuple[str, ...]:
        """The same where a function is called that is made here, or was made elsewhere, with what it captures."""
        given = [*call.args, *(k.value for k in call.keywords)]
        further: tuple[str, ...] = ()
        if closure in self.lifted.values():
            further = (*closure.captured, *closure.defaults)
        elif given and closure.source.tree is not self.source.tree:
            further = loaded(call.func)
        return may_change(closure.source, [*self.no_numbers(given), *map(name, further)])

    def no_numbers(self, atoms: Iterable[gast.AST]) -> list[gast.AST]:
        """The atoms that may hold something that can be changed."""
        kinds = ((atom, self.kind_of(atom)) for atom in atoms)
        return [
            a for a, k in kinds if not (isinstance(k, Number) and k.scalar and k.array is False)
        ]
