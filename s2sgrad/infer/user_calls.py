"""Calls of functions whose text is read: their arguments, and what comes back."""

from __future__ import annotations

import gast

from s2sgrad.errors import TransformError
from s2sgrad.infer import functions
from s2sgrad.infer.across import Crossing
from s2sgrad.infer.changes import Changes
from s2sgrad.infer.resolution import Closure, Refused, Resolution, Unresolved, UserCall
from s2sgrad.infer.unread import may_change
from s2sgrad.kinds import UNKNOWN, Kind, Known, has_own_operators
from s2sgrad.normalize.nodes import bound_names
from s2sgrad.settled import as_literal, is_literal
from s2sgrad.source import MISSING, Source
from s2sgrad.trees import loaded, name, own_names

__all__ = ["UserCalls"]


_MADE_LATER = Refused(
    "this function reads what is made behind it, which isn't differentiated where functions inside call each other",
    "Define them outside of the function, and pass what they read.",
)


class UserCalls(Changes):
    """Binds what is passed to parameters, of functions of modules and of those made inside."""

    def user_call(
        self,
        source: Source,
        args: list[gast.AST],
        keywords: dict[str, gast.AST],
        captured: tuple[str, ...],
        key: object,
    ) -> tuple[Resolution, Kind]:
        try:
            bound = functions.signature(source).bind(
                *args, **keywords, **{read: name(read) for read in captured}
            )
            given = set(bound.arguments)
        except TypeError as error:
            return Unresolved(
                f"{source.name}() {error}", "Call it with the arguments that it takes."
            ), UNKNOWN
        bound.apply_defaults()
        arguments = dict(bound.arguments)
        for parameter in arguments.keys() - given:
            default = arguments[parameter]
            if isinstance(default, gast.AST) and not is_literal(default):
                literal = as_literal(source.defaults.get(parameter, MISSING))
                if literal is None:
                    return Unresolved(
                        f"{source.name} has a default that is no literal", "Pass the argument."
                    ), UNKNOWN
                arguments[parameter] = literal
        if any(not isinstance(value, gast.AST) for value in arguments.values()):
            return Unresolved(
                f"{source.name} takes *args or **kwargs", "Name its parameters."
            ), UNKNOWN
        crossing = Crossing(key)
        kinds = crossing.inward({name: self.passed(value) for name, value in arguments.items()})
        try:
            result = crossing.outward(self.called(source, kinds))
            contracts, likely = self.agreed(source, kinds)
            self.contracts.extend(crossing.agreed(contracts))
            self.likely.extend(crossing.likely(likely))
        except TransformError as error:
            message = f"{source.name} can't be differentiated:\n{error}"
            return Unresolved(
                message,
                "Mend it there.",
                changes=may_change(source, self.no_numbers(arguments.values())),
            ), UNKNOWN
        return UserCall(source, arguments, kinds), result

    def passed(self, value: gast.AST) -> Kind:
        """The kind of an argument: that of a number, if it can be one."""
        kind = self.kind_of(value)
        return kind if has_own_operators(kind) else self.number(value) or kind

    def closure(self, node: gast.AST) -> tuple[Resolution, Kind]:
        """A lambda or a nested function: lifted, with what it captures as further parameters."""
        if self.reads_what_is_gone(node):
            return _MADE_LATER, UNKNOWN
        if id(node) not in self.lifted:
            source, captured = functions.lift(node, self.source, self.locals)
            args = node.args
            defaults = [n for d in (*args.defaults, *args.kw_defaults) if d for n in loaded(d)]
            self.lifted[id(node)] = Closure(source, captured, tuple(defaults))
        closure = self.lifted[id(node)]
        return closure, Known(closure)

    def reads_what_is_gone(self, node: gast.AST) -> bool:
        """Whether a function inside reads a name of the one around it that stands for nothing there any more.

        So it is where only functions that are made before it read it; it would mean something of the module then.
        """
        body = self.source.tree.body
        imported = bound_names(s for s in body if isinstance(s, gast.Import | gast.ImportFrom))
        around = bound_names(body) - imported - self.locals
        return not around.isdisjoint(set(loaded(node)) - own_names(node))

    def closure_call(
        self, closure: Closure, args: list[gast.AST], keywords: dict[str, gast.AST], key: object
    ) -> tuple[Resolution, Kind]:
        own = closure in self.lifted.values() or closure.source.tree is self.source.tree
        if closure.captured and not own:
            return Unresolved(
                "a nested function is called where its variables can't be seen",
                "Call it where it's defined.",
            ), UNKNOWN
        return self.user_call(closure.source, args, keywords, closure.captured, key)
