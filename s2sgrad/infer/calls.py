"""Which object each call means, and which rule applies."""

from __future__ import annotations

import operator
from dataclasses import replace
from inspect import getattr_static
from typing import Any

import gast
import numpy as np

from s2sgrad import registry
from s2sgrad.emit import expression
from s2sgrad.infer import functions
from s2sgrad.infer.drawing import GENERATOR, draw, makes_generator
from s2sgrad.infer.gone_through import as_listed, as_read, has_keys, items_of, key_at, keys_of
from s2sgrad.infer.items import (
    METHOD_OF_MIXED,
    OPERATOR_OF_MIXED,
    SUM_OF_LISTS,
    are_lists,
    is_mixed,
    joins_or_repeats,
)
from s2sgrad.infer.of_classes import (
    MAKING_ARRAYS,
    OF_A_CLASS,
    OF_AN_OBJECT,
    given_objects,
    of_a_class,
    of_an_object,
)
from s2sgrad.infer.plain import a_number, a_number_for_certain
from s2sgrad.infer.primitives import (
    among_sequences,
    arguments_of,
    by_rule,
    result_of,
    with_dtype,
)
from s2sgrad.infer.ranges import augmented_by_range, compared, with_range
from s2sgrad.infer.resolution import (
    LARGEST_SEQUENCE,
    READ_FROM_TEXT,
    Closure,
    Container,
    Copy,
    Inert,
    Primitive,
    Resolution,
    Stands,
    Unresolved,
)
from s2sgrad.infer.results import elementwise_kind, joined
from s2sgrad.infer.unread import made_by, makes_acting, may_change
from s2sgrad.infer.user_calls import UserCalls
from s2sgrad.infer.writers import method_standing, standing
from s2sgrad.kinds import (
    BOOL,
    BOTTOM,
    OTHER,
    UNKNOWN,
    Kind,
    Known,
    Number,
    Other,
    Sequence,
    Unknown,
    has_own_operators,
    is_foreign,
    join,
)
from s2sgrad.source import MISSING, Source
from s2sgrad.source import Unknown as Unread
from s2sgrad.trees import loaded
from s2sgrad.webs import IN_PLACE

__all__ = ["Calls"]


class Calls(UserCalls):
    """Resolves primitives, given a way to ask for the kind of an atom."""

    # ---- primitives -----------------------------------------------------------------------------

    def resolve(self, value: gast.AST, key: object) -> tuple[Resolution, Kind]:
        """What a primitive means, and the kind of its result."""
        resolution, kind = self.meant(value, key)
        return resolution, self.overloaded.marked(value, resolution, kind, self)

    def meant(self, value: gast.AST, key: object) -> tuple[Resolution, Kind]:
        """The same, as far as is known of its parts."""
        defined = isinstance(value, gast.Lambda | gast.FunctionDef)
        if not defined and any(map(self.unreached, loaded(value))):
            return Inert(), BOTTOM
        match value:
            case (
                gast.Name()
                | gast.Constant()
                | gast.UnaryOp(op=gast.USub(), operand=gast.Constant())
            ):
                return Copy((value,)), self.kind_of(value)
            case gast.IfExp(body=body, orelse=orelse):
                return Inert(), join(self.kind_of(body), self.kind_of(orelse), key)
            case gast.BinOp(left=left, op=op, right=right):
                return self.operation(type(op).__name__, [left, right], key)
            case gast.UnaryOp(op=op, operand=operand):
                return self.operation(type(op).__name__, [operand], key)
            case gast.Compare(left=left, ops=[op], comparators=[right]):
                return self.comparison(type(op).__name__, [left, right], key)
            case gast.Call():
                resolution, kind = self.call(value, key)
                if isinstance(resolution, Unresolved) and not resolution.changes:
                    resolution = replace(resolution, changes=self.changed(value))
                return resolution, kind
            case gast.Subscript(value=base, slice=index):
                return self.item(base, index, key)
            case gast.Attribute(value=base, attr=attribute):
                return self.attribute(value, base, attribute, key)
            case gast.Tuple(elts=items) | gast.List(elts=items):
                kinds = tuple(self.kind_of(item) for item in items)
                type_ = "tuple" if isinstance(value, gast.Tuple) else "list"
                fixed = kinds if type_ == "tuple" else None
                return Container("display", tuple(items)), Sequence(
                    type_, fixed, joined(kinds) if kinds else BOTTOM
                )
            case gast.Lambda() | gast.FunctionDef():
                return self.closure(value)
            case gast.JoinedStr():
                return Inert(effect=True), Other("str")
            case gast.Dict():
                return self.dict_display(value), functions.DICT
        return Unresolved(
            f"{type(value).__name__} isn't differentiated", "Write it with operations that are."
        ), UNKNOWN

    def operation(self, name: str, atoms: list[gast.AST], key: object) -> tuple[Resolution, Kind]:
        kinds = [self.kind_of(atom) for atom in atoms]
        if name == "Not":
            return Inert(), BOOL
        if name == "Mod" and isinstance(kinds[0], Other) and kinds[0].name in {"str", "bytes"}:
            return Inert(effect=True), kinds[0]  # whatever the text is filled with
        if any(isinstance(kind, Sequence) for kind in kinds) and not any(
            isinstance(kind, Number) and kind.array is True for kind in kinds
        ):
            return self.sequence_operation(name, atoms, kinds)
        if joins_or_repeats(name, atoms, kinds):
            return OPERATOR_OF_MIXED, UNKNOWN
        if any(map(has_own_operators, kinds)):
            return of_a_class(kinds), UNKNOWN
        if (stands := with_range(name, atoms, kinds, self.slices)) is not None:
            return stands, UNKNOWN
        if any(isinstance(kind, Other) for kind in kinds):
            if of_an_object(name, kinds):
                return OF_AN_OBJECT, UNKNOWN
            return Inert(effect=True), OTHER
        rule = registry.operator_rule(name)
        if rule is None:
            return Unresolved(
                f"the operator {name} has no derivative rule",
                "Write it with operators that have one.",
            ), UNKNOWN
        return self.primitive(rule, atoms, {}, key)

    def comparison(self, name: str, atoms: list[gast.AST], key: object) -> tuple[Resolution, Kind]:
        kinds = [self.kind_of(atom) for atom in atoms]
        foreign = [atom for atom, kind in zip(atoms, kinds, strict=True) if is_foreign(kind)]
        if foreign and name not in {"Is", "IsNot"}:
            changes = tuple(n for atom in foreign for n in loaded(atom))
            return replace(OF_A_CLASS, changes=changes), BOOL
        numbers = [number for atom in atoms if (number := self.number(atom)) is not None]
        if name in {"Is", "IsNot", "In", "NotIn"}:
            return Inert(), BOOL
        if len(numbers) < len(kinds):
            return Inert(), compared(kinds, key)
        return Inert(), elementwise_kind(operator.lt, numbers, key, self.contracts, self.likely)

    def primitive(
        self,
        rule: registry.Rule,
        args: list[gast.AST],
        keywords: dict[str, gast.AST],
        key: object,
        *,
        in_place: bool = False,
    ) -> tuple[Resolution, Kind]:
        """A call of something with a rule."""
        try:
            bound = arguments_of(rule, args, keywords)
        except TypeError:
            return self.unmatched(rule, keywords), UNKNOWN
        if rule.function is sum and are_lists([*map(self.kind_of, (*args, *keywords.values()))]):
            return SUM_OF_LISTS, UNKNOWN
        if self.by_operators(rule, args) or given_objects(rule, bound, self.kind_of):
            return of_a_class([self.kind_of(arg) for arg in args]), UNKNOWN
        resolution = by_rule(rule, bound, map(self.kind_of, args), in_place=in_place)
        kinds = [_literal(arg) or self.number(arg) or self.kind_of(arg) for arg in args]
        if (chosen := among_sequences(rule, kinds)) is not None:
            return LARGEST_SEQUENCE, chosen
        if (
            rule.function is float
            and any(isinstance(k, Other) for k in kinds)
            and isinstance(args[0], gast.Name)
        ):
            return READ_FROM_TEXT, UNKNOWN
        named = {key: _literal(v) or self.kind_of(v) for key, v in keywords.items()}
        agreed = self.contracts, self.likely
        found = result_of(rule, kinds, named, key, *agreed)
        return resolution, with_dtype(found, rule, args, keywords)

    def by_operators(self, rule: registry.Rule, args: list[gast.AST]) -> bool:
        """Whether a function makes use of operators that a class may overload, or gives another of such objects."""
        kinds = [self.kind_of(arg) for arg in args]
        items = [k.item for k in kinds if isinstance(k, Sequence)]
        if rule.function in {max, min, sum}:
            return any(map(has_own_operators, (*kinds, *items)))
        known = len(args) == 1 and not isinstance(self.object(args[0]), Unread)
        if known and rule.function in MAKING_ARRAYS:
            kinds = []
        return any(isinstance(k, Unknown) and k.overloads for k in (*kinds, *items))

    def unmatched(self, rule: registry.Rule, keywords: dict[str, gast.AST]) -> Unresolved:
        known = {
            ", ".join(each.signature.parameters): None for each in registry.variants(rule.function)
        }
        extra = [name for name in keywords if name not in rule.signature.parameters]
        what = f"for the keyword {extra[0]!r}" if extra else "for this way of calling it"
        return Unresolved(
            f"{rule.name} has no derivative rule {what}",
            f"{rule.name} is known with: {'; or with: '.join(known)}. "
            f"{'Leave the keyword out' if extra else 'Call it like this'}, "
            f"or register a rule with @s2sgrad.adjoint({rule.name}, override=True).",
        )

    # ---- calls ----------------------------------------------------------------------------------

    def call(self, call: gast.Call, key: object) -> tuple[Resolution, Kind]:
        if any(isinstance(arg, gast.Starred) for arg in call.args) or any(
            k.arg is None for k in call.keywords
        ):
            return Unresolved(
                "unpacking arguments with * or ** isn't differentiated", "Write the arguments out."
            ), UNKNOWN
        args = list(call.args)
        keywords = {keyword.arg: keyword.value for keyword in call.keywords}
        function = self.object(call.func)
        if function is MISSING and isinstance(call.func, gast.Attribute):
            return self.method(call.func, args, keywords, key)
        if function is MISSING:
            return Unresolved(*functions.unknown(expression(call.func))), UNKNOWN
        if isinstance(function, Closure):
            return self.closure_call(function, args, keywords, key)
        return self.function(function, call.func, args, keywords, key)

    def only_reads(self, call: gast.Call) -> bool:
        """Whether what is called has a rule, and so keeps or changes no list that it is handed."""
        function = self.object(call.func)
        if function is MISSING or isinstance(function, Closure):
            return False
        rules = registry.variants(function)
        return bool(rules) and not any(rule.mutates for rule in rules)

    def function(
        self,
        function: Any,
        name: gast.AST,
        args: list[gast.AST],
        keywords: dict[str, gast.AST],
        key: object,
    ) -> tuple[Resolution, Kind]:
        special = None
        if not keywords:
            special = functions.special(function, [self.kind_of(arg) for arg in args])
        if special is not None:
            operation, kind = special
            return (Container(operation, tuple(args)) if operation else Inert()), kind
        if function is a_number:
            return a_number_for_certain(args[0], self.kind_of(args[0])), self.kind_of(args[0])
        if function in {items_of, keys_of} if _hashable(function) else False:
            listed = as_listed(args[0], self.kind_of(args[0]), keys_only=function is keys_of)
            if listed.result is None:
                return listed, self.function(list, name, args[:1], keywords, key)[1]
            return listed, self.stood_for(listed)
        if function is key_at:
            return Inert() if has_keys(self.kind_of(args[0])) else as_read(*args), UNKNOWN
        if function in functions.IN_PLACE if _hashable(function) else False:
            if not (isinstance(name, gast.Name) and name.id.startswith("$")):
                return replace(_IN_PLACE, changes=loaded(args[0])), UNKNOWN
            return self.in_place(functions.IN_PLACE[function], args, key)
        stands = standing(function, name, args, keywords, self.known_kind)
        if stands is not None:
            return stands, self.stood_for(stands)
        if makes_generator(function):
            return Inert(effect=True), GENERATOR
        operation = _OPERATORS.get(function) if _hashable(function) else None
        if operation is not None and len(args) == 2 and self.may_be_lists(args):
            made = gast.BinOp(left=args[0], op=_OF_SEQUENCES[operation](), right=args[1])
            return Stands((made,)), self.operation(operation, args, key)[1]
        rule = registry.lookup(function, len(args), keywords)
        if rule is not None:
            return self.primitive(rule, args, keywords, key)
        source = functions.source_of(function)
        if isinstance(source, Source):
            return self.user_call(source, args, keywords, (), key)
        text = expression(name)
        if source is not None:
            changes = may_change(function, self.no_numbers([*args, *keywords.values()]))
            return Unresolved(*source, changes=changes), made_by(function)
        return Unresolved(
            f"{text} has no derivative rule",
            f"Write {text} with functions that have one, "
            f"or register a rule with @s2sgrad.adjoint({text}).",
        ), functions.DICT if function is dict else made_by(function)

    def may_be_lists(self, atoms: list[gast.AST]) -> bool:
        """Whether any of some operands is, or may be, a list or a tuple."""
        return any(
            isinstance(kind, Sequence) or is_mixed(kind) for kind in map(self.kind_of, atoms)
        )

    def known_kind(self, atom: gast.AST) -> Kind:
        """The kind of an atom, that of a number if it can be one."""
        return self.number(atom) or self.kind_of(atom)

    def stood_for(self, stands: Resolution) -> Kind:
        """What a call gives that stands for something else: more is known when that is written."""
        if isinstance(stands, Stands) and stands.result is not None:
            return self.kind_of(stands.result)
        return UNKNOWN

    def in_place(self, name: str, args: list[gast.AST], key: object) -> tuple[Resolution, Kind]:
        """`x += v`: mutates an array or a list, rebinds a number."""
        target, value = kinds = [self.kind_of(arg) for arg in args]
        if (stands := augmented_by_range(IN_PLACE[name], args, kinds, self.slices)) is not None:
            return stands, target
        if isinstance(target, Sequence) and target.type == "list":
            if name != "Add" or not isinstance(value, Sequence):
                return Unresolved(
                    "this augmented assignment of a list isn't differentiated",
                    "Use append.",
                    changes=loaded(args[0]),
                ), Sequence("list", None, UNKNOWN)
            extended = gast.Call(
                func=gast.Attribute(value=args[0], attr="extend", ctx=gast.Load()),
                args=[args[1]],
                keywords=[],
            )
            return Stands((extended,), None, args[0]), Sequence(
                "list", None, joined([target.item, value.item])
            )
        if isinstance(target, Sequence) and name in _OF_SEQUENCES:  # a tuple, which is made anew
            made = gast.BinOp(left=args[0], op=_OF_SEQUENCES[name](), right=args[1])
            return Stands((made,)), self.operation(name, args, key)[1]
        resolution, kind = self.operation(name, args, key)
        number = self.number(args[0])
        if isinstance(resolution, Primitive) and number is not None and number.array is True:
            return Primitive(resolution.rule, resolution.arguments, in_place=True), target
        if (
            isinstance(resolution, Inert)
            and number is not None
            and number.array is True
            and number.real
        ):
            return Unresolved(
                "this augmented assignment of an array isn't differentiated",
                "Write it out, x = x // v, which makes a new array.",
                changes=loaded(args[0]),
            ), target
        return resolution, kind

    def method(
        self, func: gast.Attribute, args: list[gast.AST], keywords: dict[str, gast.AST], key: object
    ) -> tuple[Resolution, Kind]:
        receiver, attribute = func.value, func.attr
        owner = self.object(receiver)
        told = None if owner is MISSING else registry.method(type(owner), attribute)
        rule = None if told is None else registry.lookup(told, 1 + len(args), keywords)
        if rule is not None and rule.effect:
            return self.primitive(rule, [receiver, *args], keywords, key)
        kind = self.kind_of(receiver)
        if isinstance(kind, Other) and kind.of is not None:
            told = registry.method(kind.of, attribute)
            rule = None if told is None else registry.lookup(told, 1 + len(args), keywords)
            if rule is not None and rule.effect:
                return self.primitive(rule, [receiver, *args], keywords, key)
        if isinstance(kind, Sequence):
            return self.sequence_method(kind, receiver, attribute, args, keywords)
        if isinstance(kind, Other) and not kind.foreign and kind != GENERATOR:
            return self.of_other(kind, func, [*args, *keywords.values()]), UNKNOWN
        if kind == GENERATOR and (drawn := draw(attribute, args, keywords, self.kind_of, key)):
            return drawn
        if attribute in {"copy", "sort"} and isinstance(kind, Number) and is_mixed(kind):
            return METHOD_OF_MIXED, UNKNOWN
        if isinstance(kind, Number | Unknown) and not has_own_operators(kind):
            stands = method_standing(func, args, keywords, self.kind_of)
            if stands is not None:
                return stands, self.stood_for(stands)
            function = registry.method(np.ndarray, attribute)
            rule = None if function is None else registry.lookup(function, 1 + len(args), keywords)
            if rule is not None:
                return self.primitive(rule, [receiver, *args], keywords, key)
        name = f"{expression(receiver)}.{attribute}"
        own = getattr_static(kind.of, attribute, None) if isinstance(kind, Other) else None
        own = getattr(own, "__func__", own)
        acting = makes_acting(own) or (isinstance(kind, Unknown) and attribute in kind.methods)
        return Unresolved(
            f"the method {name} has no derivative rule",
            _INSTEAD.get(attribute, f"Write {name} with functions that have one."),
        ), Unknown(acting=acting)


_OPERATORS = {operator.add: "Add", operator.mul: "Mult"}
_OF_SEQUENCES = {"Add": gast.Add, "Mult": gast.Mult}
_IN_PLACE = Unresolved(
    "what the functions of operator change in place isn't differentiated",
    "Write an augmented assignment, x += v.",
)
_INSTEAD = {
    "resize": "Make a new array, np.zeros(size), and store what is to be kept.",
    "partition": "Sort it, or make a sorted copy with np.sort.",
}
"""What to write in the place of methods that have no rule."""


def _literal(atom: gast.AST) -> Known | None:
    """True and False themselves: what a call gives may depend on which it is (`keepdims`)."""
    known = isinstance(atom, gast.Constant) and isinstance(atom.value, bool)
    return Known(atom.value) if known else None


def _hashable(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True
