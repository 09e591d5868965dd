"""From a primitive with a rule to its adjoint statements, and to its tangent: rules as templates.

Receives one statement with its resolution. Gives the statements that add to the derivatives of its active
arguments; names of helpers and modules stand with a `$` in front (`$np.cos`, `$unbroadcast`), so that no name
of the user's can be taken for them. Nothing about the order of statements, loops or saving is known here.
"""

from __future__ import annotations

import builtins
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType

import gast
import numpy as np

from s2sgrad.extents import Extent, Shape, broadcast, same_shape
from s2sgrad.foreign import foreign_name
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Primitive
from s2sgrad.kinds import Kind, Number, Sequence
from s2sgrad.list_operands import AS_ARRAY, is_listed, may_be_lists, of_lists, with_arrays
from s2sgrad.operands import literal, packed
from s2sgrad.program import Accumulate, Assign, Clear, Origin, Statement, Store
from s2sgrad.registry import Rule
from s2sgrad.rule_changes import Change, changed, shared_above
from s2sgrad.rule_loader import helpers
from s2sgrad.simplify.expressions import call, generated, neg, subscript, tuple_of
from s2sgrad.trees import (
    ends_with_an_axis,
    fields_changed,
    has_names_of_its_own,
    loaded,
    name,
    only_new_axes,
    renamed,
    whole_index,
    with_fields,
    without_new_axes,
)
from s2sgrad.zeros import fresh_value, zeros_for

__all__ = ["Adjoint", "adjoint", "global_name", "restored"]

Axes = tuple[Extent, ...]
_MODULES = {np: "$np", math: "$math", operator: "$operator"}


@dataclass(frozen=True, eq=False)
class Adjoint:
    """The adjoint statements of a primitive, in order; before: what they need computed first (not a read)."""

    statements: tuple[Statement, ...]


def global_name(rule: Rule, identifier: str) -> gast.AST:
    """What a name in a rule's text is called in generated code."""
    value = rule.namespace.get(identifier)
    if isinstance(value, ModuleType) and value in _MODULES:
        return name(_MODULES[value])
    known = helpers().get(identifier, getattr(builtins, identifier, None))
    if identifier not in rule.namespace or value is known:
        return name(f"${identifier}")
    return name(foreign_name(identifier, rule.namespace))


@dataclass(eq=False)
class _Template:
    """Fills one rule for one statement."""

    rule: Rule
    resolution: Primitive
    targets: tuple[str, ...]
    derivative: Callable[[str], str]
    fresh: Callable[[str, str], str]
    active: Callable[[str], bool]
    facts: Facts
    at: object
    origin: Origin | None
    results: tuple[str, ...] = ()
    fitted: Axes | None = None
    values: dict[str, gast.AST] = field(default_factory=dict)
    given: dict[str, gast.AST] = field(default_factory=dict)
    out: list[Statement] = field(default_factory=list)
    lists: frozenset[str] = frozenset()

    def fill(self) -> tuple[Statement, ...]:
        self.lists = self.lists_given()
        for parameter, described in self.rule.signature.parameters.items():
            value = self.resolution.arguments.get(parameter)
            if value is None:
                default = () if described.kind is described.VAR_POSITIONAL else described.default
                self.values[parameter] = literal(default)
            else:
                self.values[parameter] = packed(value)
        for result, target in zip(self.rule.results, self.results or self.targets, strict=True):
            self.values[result] = name(target)
        forward, backward = self.rule.forward, self.rule.backward
        if self.rule.mutates:
            forward = shared_above(forward, backward)
        for statement in () if self.rule.plain else forward:
            self.local(statement)
        for statement in backward:
            self.statement(statement)
        return tuple(self.out)

    @cached_property
    def changes(self) -> bool:
        """Whether the derivative of what is written into is changed, of which others then mustn't be views."""
        found = filter(None, map(changed, self.rule.backward))
        return any(change.of_d and change.base in self.rule.mutates for change in found)

    def give(self, target: str, value: gast.AST) -> None:
        """Add to the derivative of a name."""
        if self.changes:
            value = self.apart(value, self.facts.atom(name(target), self.at))
        self.out.append(Accumulate(self.derivative(target), value, origin=self.origin))

    @staticmethod
    def apart(value: gast.AST, kind: Kind) -> gast.AST:
        """A value that is no view of a derivative that is changed."""
        function = value.func if isinstance(value, gast.Call) else value
        number = isinstance(kind, Number) and kind.scalar and kind.array is False
        if isinstance(kind, Sequence):
            return call("$copied", value)
        if number or fresh_value(value) or generated(function) == "$np.sum":
            return value
        known = isinstance(kind, Number) and kind.array is True
        copied = call("$np.copy", value)
        return copied if known else subscript(copied, tuple_of([]))

    def local(self, statement: gast.AST) -> None:
        """A value that the backward part shares: computed there, under a name of its own."""
        match statement:
            case gast.Assign(targets=[gast.Name(id=target)], value=value) if (
                target not in self.values
            ):
                new = self.fresh("", target)
                self.out.append(Assign((new,), self.expression(value), origin=self.origin))
                self.values[target] = name(new)

    def statement(self, statement: gast.AST) -> None:
        match statement:
            case gast.Assign(
                targets=[gast.Attribute(value=gast.Name(id="d"), attr=parameter)], value=value
            ):
                self.contribute(parameter, value)
            case gast.Assign(targets=[gast.Name()]):
                self.local(statement)
            case _:
                change = changed(statement)
                assert change is not None, self.rule.name  # noqa: S101
                if change.of_d and self.is_active(change.base):
                    self.change(change)  # what puts back what was overwritten: see `restored`

    def change(self, change: Change) -> None:
        """Add to a part of a derivative, or replace it where that of what was written into comes in."""
        (target,) = self.names(change.base)
        d_target, place = self.derivative(target), self.expression(change.index)
        given = self.expression(change.value)
        if change.sign == "-":
            given = neg(given)
        if self.rule.function is operator.getitem:
            whole = self.as_whole(target, place, given)
            if whole is not None:
                self.give(target, whole)
                return
        if not change.sign:
            zero = isinstance(given, gast.Constant) and given.value == 0
            store = Store(name(d_target), place, given, origin=self.origin)
            self.out.append(Clear(d_target, place, origin=self.origin) if zero else store)
            return
        once = self.facts.plain_index(place) or self.facts.is_mask(place)
        repeated = change.repeated and not once
        self.out.append(Accumulate(d_target, given, place, repeated, origin=self.origin))

    def contribute(self, parameter: str, value: gast.AST) -> None:
        argument = self.resolution.arguments.get(parameter)
        if isinstance(argument, tuple):
            expression = self.expression(value)
            for position, atom in enumerate(argument):
                for read in loaded(atom):
                    if self.active(read):
                        item = self.structured(subscript(expression, literal(position)), atom)
                        self.give(read, item)
            return
        later = self.rule.reads_given(parameter, value)
        if not self.is_active(parameter) and not later:
            return
        expression = self.expression(value)
        if later:
            of = argument.id if isinstance(argument, gast.Name) else parameter
            new = self.fresh("d_", of)
            self.out.append(Assign((new,), expression, origin=self.origin))
            expression = self.given[parameter] = name(new)
        if self.rule.kind == "elementwise" and argument is not None:
            expression = self.unbroadcast(expression, argument)
        elif isinstance(argument, gast.AST) and self.is_number(argument):
            expression = subscript(self.as_array(expression), tuple_of([]))
        if isinstance(argument, gast.Name):
            expression = self.structured(expression, argument)
        if self.is_active(parameter):
            (target,) = self.names(parameter)
            self.give(target, expression)

    def as_array(self, value: gast.AST) -> gast.AST:
        """A derivative as an array: what belongs to an array without axes may be a number."""
        match value:
            case gast.Call(func=gast.Name(id=helper), args=[d, _]) if helper == "$split_like" or (
                helper == "$unbroadcast" and all(map(self.has_no_axes, self.targets))
            ):
                return call("$np.asarray", d)
        return value

    def has_no_axes(self, target: str) -> bool:
        kind = self.facts.kinds.get(target)
        return isinstance(kind, Number) and kind.scalar

    def structured(self, expression: gast.AST, argument: gast.AST) -> gast.AST:
        """A derivative in the structure that derivatives of its argument have: lists for lists only."""
        kind = self.facts.atom(argument, self.at)
        if isinstance(kind, Sequence) and may_be_lists(kind.item):
            match expression:  # the derivative of a list that isn't told is an array
                case gast.Call(func=gast.Name(id="$split_like"), args=[d, _]):
                    expression = call("$list", d)
        if isinstance(kind, Sequence) and not of_lists(expression, kind):
            if may_be_lists(kind.item):
                return call("$list", expression)
            return call("$split_like", expression, argument)
        if isinstance(kind, Number):
            match expression:
                case gast.Call(func=gast.Name(id="$unconcatenate")):
                    return call("$packed", expression, argument)
        if isinstance(kind, Number) and kind.array is None and not kind.scalar:
            match expression:
                case gast.Call(func=gast.Name(id="$split_like"), args=[d, _]):
                    return call("$unbroadcast", d, argument)
                case gast.Call(func=gast.Name(id="$spread"), args=[d, _]):
                    return call("$np.broadcast_to", d, call("$np.shape", argument))
        return expression

    def as_whole(self, target: str, place: gast.AST, given: gast.AST) -> gast.AST | None:
        """What comes in for a part that is all of an array, or may be a number, in the shape of that."""
        kind = self.facts.atom(name(target), self.at)
        maybe_number = isinstance(kind, Number) and (kind.scalar or kind.array is not True)
        undone = without_new_axes(place)
        if maybe_number and only_new_axes(place):
            if ends_with_an_axis(place):
                given = call("$np.reshape", given, call("$np.shape", name(target)))
                return subscript(given, tuple_of([]))
            return call("$unbroadcast", given, name(target))
        if undone is not None:
            return subscript(given, undone)
        return given if whole_index(place) else None

    @cached_property
    def whole(self) -> Axes | Shape | None:
        """The shape that the arguments are broadcast to, None where one of them is no number."""
        kinds = [self.facts.atom(value, self.at) for value in self.resolution.arguments.values()]
        numbers = [kind.shape for kind in kinds if isinstance(kind, Number)]
        return broadcast(numbers, object()) if len(numbers) == len(kinds) else None

    def unbroadcast(self, expression: gast.AST, argument: gast.AST) -> gast.AST:
        """Sum over what was broadcast, unless the shapes are provably equal."""
        own = self.facts.atom(argument, self.at)
        whole = self.whole
        if isinstance(own, Number) and whole is not None:
            fits = same_shape(whole, own.shape) or self.fitted == own.shape
            function = expression.func if isinstance(expression, gast.Call) else expression
            if fits and own.scalar and own.array is False and generated(function) == "$np.where":
                return subscript(expression, tuple_of([]))  # an array, even of numbers
            if fits:
                return expression
        return gast.Call(func=name("$unbroadcast"), args=[expression, argument], keywords=[])

    def is_number(self, argument: gast.AST) -> bool:
        """Whether a number is given to what makes an array of it: its derivative is no array."""
        kind = self.facts.atom(argument, self.at)
        given = isinstance(kind, Number) and kind.scalar and kind.array is False
        made = self.facts.kinds.get(self.targets[0]) if self.targets else None
        array = isinstance(made, Number) and made.array is not False
        return given and array and self.rule.kind in {"view", "linear", "bilinear"}

    def names(self, parameter: str) -> tuple[str, ...]:
        argument = self.resolution.arguments.get(parameter)
        return loaded(argument) if isinstance(argument, gast.AST) else ()

    def is_active(self, parameter: str) -> bool:
        return any(map(self.active, self.names(parameter)))

    def lists_given(self) -> frozenset[str]:
        """The parameters that are given lists; what is made of these has arrays."""
        found = {
            parameter: call("$np.array", argument)
            for parameter, argument in self.resolution.arguments.items()
            if isinstance(argument, gast.Name) and is_listed(self.facts.atom(argument, self.at))
        }
        self.values |= {parameter + AS_ARRAY: array for parameter, array in found.items()}
        return frozenset(found)

    def expression(self, tree: gast.AST) -> gast.AST:
        """An expression of the rule with the user's operands in the place of parameters."""
        tree = with_arrays(tree, self.lists)
        replaced: dict[str, gast.AST] = {}
        for identifier in loaded(tree):
            if identifier == "d":
                continue
            replaced[identifier] = (
                self.values[identifier]
                if identifier in self.values
                else global_name(self.rule, identifier)
            )
        return self.filled(tree, replaced)

    def filled(self, tree: gast.AST, replaced: Mapping[str, gast.AST]) -> gast.AST:
        """The expression with names that it reads replaced, and `d.y` and the like as names of their own."""
        kind = tree.__class__
        if kind is gast.Name:
            return replaced.get(tree.id, tree) if isinstance(tree.ctx, gast.Load) else tree
        if kind is gast.Constant:
            return tree
        if kind is gast.Attribute and tree.value.__class__ is gast.Name and tree.value.id == "d":
            return self.one_derivative(tree.attr)
        if has_names_of_its_own(tree):
            return renamed(self.filled_inside(tree, {}), replaced)
        return self.filled_inside(tree, replaced)

    def filled_inside(self, tree: gast.AST, replaced: Mapping[str, gast.AST]) -> gast.AST:
        changed = fields_changed(tree, lambda part: self.filled(part, replaced))
        return with_fields(tree, changed) if changed else tree

    def one_derivative(self, parameter: str) -> gast.AST:
        if parameter in self.rule.results:
            new = self.derivative(self.targets[self.rule.results.index(parameter)])
        elif parameter in self.given:
            given = self.given[parameter]
            assert isinstance(given, gast.Name)  # noqa: S101
            new = given.id
        elif not self.is_active(parameter):  # written into beside others, and a constant
            argument = packed(self.resolution.arguments[parameter])
            return zeros_for(argument, self.facts.atom(argument, self.at))
        else:
            (target,) = self.names(parameter)
            new = self.derivative(target)
        self.values.setdefault(new, name(new))
        return name(new)


def adjoint(
    resolution: Primitive,
    targets: tuple[str, ...],
    derivative: Callable[[str], str],
    fresh: Callable[[str, str], str],
    active: Callable[[str], bool],
    facts: Facts,
    at: object,
    origin: Origin | None = None,
    results: tuple[str, ...] = (),
    fitted: Axes | None = None,
) -> tuple[Statement, ...]:
    """The adjoint statements of `targets = primitive`.

    results: the names from which the results are read, where these aren't the targets. fitted: the shape of the
    part of an array that the result is stored into, where it certainly fills that.

    derivative: the name of a name's derivative; fresh: a new name,
    of a prefix and what it stands for; active: which names have a derivative;
    at: what identifies the place (for kinds that vary from trip to trip).
    """
    template = _Template(
        resolution.rule,
        resolution,
        targets,
        derivative,
        fresh,
        active,
        facts,
        at,
        origin,
        results,
        fitted,
    )
    return template.fill()


def restored(resolution: Primitive) -> list[tuple[gast.Name, gast.AST]]:
    """What a primitive overwrites: (argument, index), where its rule says `x[i] = old`."""
    found = []
    for statement in resolution.rule.backward:
        match statement:
            case gast.Assign(targets=[gast.Subscript(value=gast.Name(id=parameter), slice=index)]):
                base = resolution.arguments[parameter]
                assert isinstance(base, gast.Name)  # noqa: S101
                arguments = {p: packed(a) for p, a in resolution.arguments.items()}
                found.append((base, renamed(index, arguments)))
    return found
