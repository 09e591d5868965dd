"""Calls: methods, functions that are given as arguments, and calls that stay as they are."""

from __future__ import annotations

import dataclasses
import functools
import inspect
import types
from collections.abc import Sequence
from typing import Any

import gast

from s2sgrad.infer.functions import source_of
from s2sgrad.infer.unread import is_harmless
from s2sgrad.settled import as_literal
from s2sgrad.source import MISSING, Source, resolve
from s2sgrad.trees import name, nodes
from s2sgrad.unfold.arguments import Arguments, Given
from s2sgrad.unfold.classes import attribute_of, is_plain_class, of_named_tuples, owner_of
from s2sgrad.unfold.given_back import calls_if_given, gives_functions
from s2sgrad.unfold.values import (
    KEYS,
    Bound,
    Choice,
    Columns,
    Fixed,
    Mapped,
    Nested,
    Partial,
    Plain,
    Record,
    Super,
    Value,
    unnamed,
)
from s2sgrad.unfold.whole import LENGTHENING, UnfoldingError
from s2sgrad.unfold.writers import writes_outside

__all__ = ["Calls"]


class Calls(Arguments):
    """What calls give."""

    def call(self, node: gast.Call) -> Value | gast.AST:
        """What a call gives."""
        self.grown_here(node)
        if isinstance(node.func, gast.Name) and node.func.id == "$set" and len(node.args) > 2:
            return self.set_display(node)
        function = self.callee(node.func)
        if isinstance(function, Nested):
            self.heed(function)
        if isinstance(function, Super | Value) and not isinstance(function, Plain):
            given = self.given(node, function)
            if given is not None:
                found = self.applied(function, *given)
                if found is not None:
                    return found
            return self.as_it_is(node, function, given)
        return self.as_it_is(node, function, self.given(node, function))

    def set_display(self, node: gast.Call) -> Value | gast.AST:
        """`$set(a, b, c)`, which is `{a, b, c}`."""
        items = [self.atom(item) for item in node.args]
        found = self.special(set, [Record(tuple, dict(enumerate(items)))], {})
        return self.as_it_is(node, Plain(node.func), (items, {})) if found is None else found

    def grown_here(self, node: gast.Call) -> None:
        """Note what `values.append(v)` says of the items of the list."""
        match node:
            case gast.Call(
                func=gast.Attribute(value=gast.Name(id=listed), attr="append"),
                args=[arg],
                keywords=[],
            ) if listed in self.begun_empty and not isinstance(arg, gast.Starred):
                self.grown(listed, self.atom(arg))

    def callee(self, func: gast.AST) -> Value:
        """What is called."""
        if isinstance(func, gast.Attribute) and not self.is_static(func):
            owner = self.opened(func.value)
            if isinstance(owner, Plain):
                return owner
            sequence = isinstance(owner, Record) and owner.kind in {dict, list, tuple, set, KEYS}
            if sequence or isinstance(owner, Columns | Mapped):
                return Bound(owner, Fixed(func.attr, func), object)
            found = self.attribute(owner, func.attr, func)
            return found if isinstance(found, Value) else Plain(found)
        found = self.atom(func)
        if isinstance(found, Plain) and isinstance(func, gast.Attribute):
            base = self.atom(func.value)
            if isinstance(base, Fixed):
                inner = self.attribute(base, func.attr, func)
                return inner if isinstance(inner, Value) else found
        return found

    def as_it_is(self, node: gast.Call, function: Value, given: Given | None) -> gast.AST:
        """A call that stays one: with ordinary atoms, and its `*` and `**` written out where that is possible."""
        func = node.func
        if self.may_change_lists(func, function):
            self.lists_change()
        if isinstance(func, gast.Attribute) and func.attr in {"reverse", "sort"}:
            self.items_change()
        if self.tracking and self.sees_tracked(node, function):
            raise UnfoldingError
        atom = self.as_atom(function) if isinstance(function, Fixed | Nested) else None
        plain = not isinstance(func, gast.Attribute) or self.is_static(func)
        if atom is not None and (
            plain or (isinstance(atom, gast.Attribute | gast.Name) and self.is_static(atom))
        ):
            func = atom
            self.changed = self.changed or not plain
        elif isinstance(func, gast.Attribute) and not self.is_static(func):
            func = gast.Attribute(
                value=self.whole_atom(func.value), attr=func.attr, ctx=gast.Load()
            )
        elif isinstance(func, gast.Name):
            func = self.whole_atom(func)
        starred = any(isinstance(a, gast.Starred) for a in node.args) or any(
            k.arg is None for k in node.keywords
        )
        if starred and given is not None:
            args = [self.as_atom(value) for value in given[0]]
            values = {key: self.as_atom(value) for key, value in given[1].items()}
            if None not in args and None not in values.values():
                self.changed = True
                keywords = [gast.keyword(arg=key, value=value) for key, value in values.items()]
                return self.called(node, func, args, keywords)
        args = [self.with_whole_atoms(arg) for arg in node.args]
        keywords = [
            gast.keyword(arg=k.arg, value=self.with_whole_atoms(k.value)) for k in node.keywords
        ]
        return self.called(node, func, args, keywords)

    def sees_tracked(self, node: gast.Call, function: Value) -> bool:
        """Whether a call that isn't written out may read an object from outside whose attributes are written here."""
        written = {id(owner.object) for owner, _ in self.whole.tracked.values()}
        atoms = [*node.args, *(k.value for k in node.keywords)]
        values = [self.atom(a.value if isinstance(a, gast.Starred) else a) for a in atoms]
        if any(isinstance(v, Fixed) and id(v.object) in written for v in values):
            return True
        source = self.python_source(function.object) if isinstance(function, Fixed) else None
        if isinstance(function, Nested):
            source = self.made_here.get(function.name)
        return source is not None and _reaches(source, written, set())

    def may_change_lists(self, func: gast.AST, function: Value) -> bool:
        """Whether a call may make a list longer or shorter: a method of one, a function of the user's, `heappop`."""
        if isinstance(func, gast.Attribute) and not self.is_static(func):
            empty = isinstance(func.value, gast.Name) and func.value.id in self.begun_empty
            return func.attr in LENGTHENING and not empty
        if not isinstance(function, Fixed) or self.python_source(function.object) is not None:
            return True
        return not is_harmless(function.object)

    @staticmethod
    def called(
        node: gast.Call, func: gast.AST, args: list[Any], keywords: list[gast.AST]
    ) -> gast.AST:
        return gast.copy_location(gast.Call(func=func, args=args, keywords=keywords), node)

    def applied(
        self,
        function: Value,
        args: Sequence[Value],
        keywords: dict[str, Value],
    ) -> Value | gast.AST | None:
        """What a call with known parts gives, None where it stays as it is."""
        match function:
            case Choice():
                return self.of_choice(function, args, keywords)
            case Partial(function=inner, args=first, keywords=named):
                found = self.applied(inner, [*first, *args], {**named, **keywords})
                return (
                    self.plain_call(inner, [*first, *args], {**named, **keywords})
                    if found is None
                    else found
                )
            case Bound(receiver=Record(kind=kind) as record, function=Fixed(object=str() as attr)):
                return self.of_container(record, kind, attr, list(args), keywords)
            case Bound(receiver=Columns() as lists, function=Fixed(object=str() as attr)):
                if keywords:
                    self.give_up([lists])
                return self.of_columns(lists, attr, list(args))
            case Bound(receiver=Mapped() as mapped, function=Fixed(object=str() as attr)):
                if keywords:
                    self.give_up([mapped])
                return self.of_map(mapped, attr, list(args))
            case Record(kind=kind) if is_plain_class(kind):
                call = attribute_of(kind, "__call__")
                if call is None or not isinstance(call[0], types.FunctionType):
                    return None
                inner_call = Bound(function, Fixed(call[0], unnamed()), call[1])
                return self.applied(inner_call, args, keywords)
            case Bound(receiver=Record() as record, function=inner) if not args and (
                method := of_named_tuples(inner.object)
            ):
                return self.of_named_tuple(record, method, keywords)
            case Bound(receiver=receiver, function=inner, owner=owner):
                source = self.python_source(inner.object)
                return (
                    None
                    if source is None
                    else self.written_out(source, [receiver, *args], keywords, owner)
                )
            case Nested(name=home):
                return self.of_nested(home, args, keywords)
            case Fixed(object=types.MethodType() as bound_method):
                of, plain = bound_method.__self__, bound_method.__func__
                if (
                    isinstance(of, type)
                    and is_plain_class(of)
                    and isinstance(plain, types.FunctionType)
                ):
                    source = self.python_source(plain)
                    of_class: Value = Fixed(of, self.visible(of, function.node))
                    return (
                        None
                        if source is None
                        else self.written_out(
                            source, [of_class, *args], keywords, owner_of(of, plain)
                        )
                    )
                return None
            case Fixed(object=type() as cls) if is_plain_class(cls):
                return self.constructed(cls, args, keywords)
            case Fixed(object=functools.partial() as partial):
                return self.of_partial(partial, args, keywords)
            case Fixed(object=value, node=place):
                return self.of_fixed(value, place, args, keywords)
        return None

    def of_choice(
        self, choice: Choice, args: Sequence[Value], keywords: dict[str, Value]
    ) -> Value | gast.AST | None:
        """A call of one of several functions."""
        raise NotImplementedError

    def of_partial(
        self, partial: functools.partial[Any], args: Sequence[Value], keywords: dict[str, Value]
    ) -> Value | gast.AST | None:
        """A call of a partial function from outside, if its arguments are literals or have names here."""
        literals = [as_literal(v) for v in (*partial.args, *partial.keywords.values())]
        if any(literal is None for literal in literals):
            return None
        atoms = [Plain(literal) for literal in literals if literal is not None]
        count = len(partial.args)
        named = dict(zip(partial.keywords, atoms[count:], strict=True))
        inner = Fixed(partial.func, self.visible(partial.func, unnamed()))
        all_args, all_keywords = [*atoms[:count], *args], {**named, **keywords}
        found = self.applied(inner, all_args, all_keywords)
        return self.plain_call(inner, all_args, all_keywords) if found is None else found

    def plain_call(
        self, function: Value, args: Sequence[Value], keywords: dict[str, Value]
    ) -> gast.AST | None:
        """A call of a function with ordinary arguments."""
        func = self.as_atom(function)
        atoms = [self.as_atom(a) for a in args]
        named = {key: self.as_atom(v) for key, v in keywords.items()}
        if (
            func is None
            or isinstance(func, gast.Constant)
            or None in atoms
            or None in named.values()
        ):
            self.give_up([*args, *keywords.values()])
        keys = [gast.keyword(arg=k, value=v) for k, v in named.items()]
        return gast.Call(func=func, args=atoms, keywords=keys)

    def of_fixed(
        self, value: object, place: gast.AST, args: Sequence[Value], keywords: dict[str, Value]
    ) -> Value | gast.AST | None:
        """A call of a function from outside, or of an object with a `__call__`."""
        if value is functools.partial and args:
            first = tuple(self.kept(arg) for arg in args[1:])
            return Partial(
                self.kept(args[0]), first, {key: self.kept(v) for key, v in keywords.items()}
            )
        if (
            value in _SPECIAL
            if isinstance(value, types.BuiltinFunctionType | type | types.FunctionType)
            else False
        ):
            return self.special(value, list(args), keywords)
        if is_plain_class(type(value)) and not isinstance(value, type):
            call = inspect.getattr_static(type(value), "__call__", None)
            source = self.python_source(call)
            owner = owner_of(type(value), call)
            return (
                None
                if source is None
                else self.written_out(source, [Fixed(value, place), *args], keywords, owner)
            )
        source = self.python_source(value)
        if isinstance(place, gast.Subscript | gast.Constant):  # it has no name to be called by
            named = self.visible(value, place)
            if source is not None:
                return self.written_out(source, args, keywords, None)
            return None if named is place else self.plain_call(Fixed(value, named), args, keywords)
        if source is None:
            return None
        everything = [*args, *keywords.values()]
        varying = source.tree.args.vararg is not None or source.tree.args.kwarg is not None
        shown = varying or _hands_on(source) or gives_functions(source) or calls_if_given(source)
        shown = shown or writes_outside(source, self.whole.touched)
        if not shown and not any(map(self.needs, everything)):
            return None
        return self.written_out(source, args, keywords, None)

    def needs(self, value: Value) -> bool:
        """Whether a function has to be written out where such an argument is given."""
        match value:
            case Plain():
                return False
            case Nested(name=home):
                return home in self.closures
            case Fixed(object=known):
                return not isinstance(
                    known, types.FunctionType | type | types.BuiltinFunctionType
                ) and (
                    is_plain_class(type(known))
                    or isinstance(known, types.MethodType | functools.partial)
                )
        return True

    def written_here(
        self, home: str, made: Source, args: Sequence[Value], keywords: dict[str, Value]
    ) -> Value | gast.AST | None:
        """What a function that is made here gives, its statements being written here."""
        captured = {n: self.opened(name(n)) for n in self.captures.get(home, ())}
        return self.written_out(made, args, {**keywords, **captured}, None, here=True)

    def of_nested(
        self, home: str, args: Sequence[Value], keywords: dict[str, Value]
    ) -> Value | gast.AST | None:
        """A call of a function that is made here: written out where an argument has parts."""
        made = self.made_here.get(home)
        if made is None:
            return None
        varying = made.tree.args.vararg is not None or made.tree.args.kwarg is not None
        shown = varying or gives_functions(made) or calls_if_given(made) or home in self.unwritten
        shown = shown or writes_outside(made, self.whole.touched)
        if not shown and not any(map(self.needs, [*args, *keywords.values()])):
            return None
        found = self.written_here(home, made, args, keywords)
        if found is None and home in self.unwritten:
            raise UnfoldingError
        return found


def _hands_on(source: Source) -> bool:
    """Whether a function unpacks a parameter into a call: it has to be seen what that is."""
    own = {n.id for n in nodes(source.tree.args) if isinstance(n, gast.Name)}
    calls = (node for node in nodes(source.tree) if isinstance(node, gast.Call))
    return any(
        isinstance(part, gast.Starred | gast.keyword)
        and getattr(part, "arg", None) is None
        and isinstance(part.value, gast.Name)
        and part.value.id in own
        for call in calls
        for part in (*call.args, *call.keywords)
    )


def _reaches(source: Source, objects: set[int], seen: set[int]) -> bool:
    """Whether a function, or one that it calls, reads one of some objects by a global name."""
    if id(source.tree) in seen:
        return False
    seen.add(id(source.tree))
    for node in nodes(source.tree):
        value = (
            resolve(node, source.namespace)
            if isinstance(node, gast.Name | gast.Attribute)
            else MISSING
        )
        if id(value) in objects:
            return True
        callee = source_of(value) if isinstance(value, types.FunctionType) else None
        if isinstance(callee, Source) and _reaches(callee, objects, seen):
            return True
    return False


_SPECIAL: tuple[Any, ...] = (
    *(
        isinstance,
        callable,
        len,
        min,
        getattr,
        hasattr,
        setattr,
        list,
        tuple,
        dict,
        abs,
        float,
        super,
        type,
        reversed,
        sum,
        max,
        sorted,
        set,
    ),
    __import__("collections").OrderedDict,
    types.SimpleNamespace,
    dataclasses.replace,
    dict.fromkeys,
)
