"""Calls: objects that are made, methods, functions that are given as arguments; what is written out in their place."""

from __future__ import annotations

import dataclasses
import functools
import inspect
import types
from collections.abc import Sequence
from typing import Any

import gast

from s2sgrad.flow import bound, read
from s2sgrad.infer.functions import signature, source_of
from s2sgrad.normalize import Normalized
from s2sgrad.program import Assign, Block, Return, Statement, walk
from s2sgrad.renaming import renamed_block
from s2sgrad.rewrite import rewritten
from s2sgrad.settled import as_literal, is_literal
from s2sgrad.source import MISSING, Source, resolve
from s2sgrad.trees import identifiers, loaded
from s2sgrad.unfold.classes import attribute_of, how_it_is_made, is_plain_class, owner_of
from s2sgrad.unfold.expressions import Expressions
from s2sgrad.unfold.frame import Again
from s2sgrad.unfold.values import Bound, Fixed, Nested, Partial, Plain, Record, Super, Value
from s2sgrad.written_out import joined_contexts

__all__ = ["Calls"]

DEEPEST = 12


class Calls(Expressions):
    """Lowering of calls."""

    def block(self, statements: Block) -> None:
        """Write statements."""
        raise NotImplementedError

    def call(self, node: gast.Call) -> Value | gast.AST:
        """What a call gives."""
        function = self.callee(node.func)
        if isinstance(function, Super | Value) and not isinstance(function, Plain):
            given = self.given(node)
            if given is not None:
                found = self.applied(function, *given, node=node)
                if found is not None:
                    return found
        return self.as_it_is(node, function)

    def callee(self, func: gast.AST) -> Value:
        """What is called."""
        if isinstance(func, gast.Attribute) and not self.is_static(func):
            owner = self.atom(func.value)
            if isinstance(owner, Plain):
                return owner
            if isinstance(owner, Record) and owner.kind in {dict, list, tuple}:
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

    def given(self, node: gast.Call) -> tuple[list[Value], dict[str, Value]] | None:
        """The arguments of a call, None where it isn't known which they are."""
        args: list[Value] = []
        for arg in node.args:
            if isinstance(arg, gast.Starred):
                items = self.spread(arg.value)
                if items is None:
                    return None
                args += items
            else:
                args.append(self.atom(arg))
        keywords: dict[str, Value] = {}
        for keyword in node.keywords:
            value = self.atom(keyword.value)
            if keyword.arg is not None:
                keywords[keyword.arg] = value
            elif isinstance(value, Record) and value.kind is dict:
                keywords.update({str(key): part for key, part in value.parts.items()})
            else:
                return None
        return args, keywords

    def as_it_is(self, node: gast.Call, function: Value) -> gast.AST:
        """A call that stays one: with ordinary atoms, and its `*` and `**` written out where that is possible."""
        func = node.func
        if self.may_change_lists(func, function):
            self.lists_change()
        if self.tracking and self.sees_tracked(node, function):
            raise NotImplementedError
        atom = self.as_atom(function) if isinstance(function, Fixed | Nested) else None
        plain = not isinstance(func, gast.Attribute) or self.is_static(func)
        if atom is not None and (plain or (isinstance(atom, gast.Attribute | gast.Name) and self.is_static(atom))):
            func = atom
        elif isinstance(func, gast.Attribute) and not self.is_static(func):
            func = gast.Attribute(
                value=self.whole_atom(func.value), attr=func.attr, ctx=gast.Load()
            )
        elif isinstance(func, gast.Name):
            func = self.whole_atom(func)
        starred = any(isinstance(a, gast.Starred) for a in node.args) or any(
            k.arg is None for k in node.keywords
        )
        given = self.given(node) if starred else None
        if given is not None:
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
        """Whether a call may make a list longer or shorter: a method of one, or a function of the user's."""
        if isinstance(func, gast.Attribute) and not self.is_static(func):
            return func.attr in _LENGTHENING
        return not isinstance(function, Fixed) or self.python_source(function.object) is not None

    @staticmethod
    def called(
        node: gast.Call, func: gast.AST, args: list[Any], keywords: list[gast.AST]
    ) -> gast.AST:
        return gast.copy_location(gast.Call(func=func, args=args, keywords=keywords), node)

    # ---- known functions --------------------------------------------------------------------

    def applied(
        self,
        function: Value,
        args: Sequence[Value],
        keywords: dict[str, Value],
        node: gast.Call | None = None,
    ) -> Value | gast.AST | None:
        """What a call with known parts gives, None where it stays as it is."""
        match function:
            case Partial(function=inner, args=first, keywords=named):
                found = self.applied(inner, [*first, *args], {**named, **keywords})
                return (
                    self.plain_call(inner, [*first, *args], {**named, **keywords})
                    if found is None
                    else found
                )
            case Bound(receiver=Record(kind=kind) as record, function=Fixed(object=str() as attr)):
                return self.of_container(record, kind, attr, list(args), keywords)
            case Record(kind=kind) if is_plain_class(kind):
                call = attribute_of(kind, "__call__")
                if call is None or not isinstance(call[0], types.FunctionType):
                    return None
                inner_call = Bound(function, Fixed(call[0], gast.Constant(value=None, kind=None)), call[1])
                return self.applied(inner_call, args, keywords)
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
                    receiver: Value = Fixed(of, self.visible(of, function.node))
                    return (
                        None
                        if source is None
                        else self.written_out(
                            source, [receiver, *args], keywords, owner_of(of, plain)
                        )
                    )
                return None
            case Fixed(object=type() as cls) if is_plain_class(cls):
                return self.constructed(cls, args, keywords, function.node)
            case Fixed(object=functools.partial() as partial):
                return self.of_partial(partial, args, keywords)
            case Fixed(object=value, node=place):
                return self.of_fixed(value, place, args, keywords)
        return None

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
        inner = Fixed(
            partial.func, self.visible(partial.func, gast.Constant(value=None, kind=None))
        )
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
            return Partial(args[0], tuple(args[1:]), dict(keywords))
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
        if source is None:
            return None
        everything = [*args, *keywords.values()]
        varying = source.tree.args.vararg is not None or source.tree.args.kwarg is not None
        if not varying and not any(map(self.needs, everything)) and not _hands_on(source):
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

    closures: set[str] = set()
    """The functions made here that read names of the function."""

    def of_nested(
        self, home: str, args: Sequence[Value], keywords: dict[str, Value]
    ) -> Value | gast.AST | None:
        """A call of a function that is made here: written out where an argument has parts."""
        made = self.made_here.get(home)
        if made is None:
            return None
        varying = made.tree.args.vararg is not None or made.tree.args.kwarg is not None
        if not varying and not any(map(self.needs, [*args, *keywords.values()])):
            return None
        return self.written_out(made, args, keywords, None, here=True)

    made_here: dict[str, Source] = {}

    def special(
        self, function: Any, args: list[Value], keywords: dict[str, Value]
    ) -> Value | gast.AST | None:
        """What builtins and the like do with what has parts."""
        first = args[0] if args else None
        match function.__name__, args:
            case "isinstance", [value, kinds]:
                return self.is_instance(value, kinds)
            case "callable", [Nested() | Partial() | Bound()]:
                return Plain(gast.Constant(value=True, kind=None))
            case "len", [Record(is_sequence=True) | Record(kind=_) as record] if (
                record.is_sequence or record.kind is dict
            ):
                return Plain(gast.Constant(value=len(record.parts), kind=None))
            case "len", [Plain(atom=gast.Name(id=known))] if known in self.displays:
                return Plain(gast.Constant(value=len(self.displays[known]), kind=None))
            case "min", [*counts] if len(counts) > 1 and not keywords:
                numbers = [
                    self.constant_of(c.atom) if isinstance(c, Plain) else MISSING for c in counts
                ]
                if all(type(n) is int for n in numbers):
                    return Plain(gast.Constant(value=min(numbers), kind=None))  # type: ignore[type-var]
            case "range", [Plain(atom=atom)] if isinstance(self.constant_of(atom), int):
                return None
            case "getattr", [owner, Plain(atom=key), *_] if isinstance(owner, Record):
                attr = self.constant_of(key)
                if isinstance(attr, str) and attr in owner.parts:
                    return owner.parts[attr]
            case "hasattr", [Record() as record, Plain(atom=key)]:
                return Plain(gast.Constant(value=self.constant_of(key) in record.parts, kind=None))
            case (("list" | "tuple"), [Record() as record]) if (
                record.is_sequence or record.kind is dict
            ):
                return self.sequence(function, record.items)
            case (("dict" | "OrderedDict" | "SimpleNamespace"), []) if True:
                kind = dict if function.__name__ != "SimpleNamespace" else function
                return Record(kind, dict(keywords))
            case (("dict" | "OrderedDict"), [Record(kind=kind) as record]) if kind is dict:
                return Record(dict, {**record.parts, **keywords})
            case "replace", [Record() as record]:
                return Record(record.kind, {**record.parts, **keywords})
            case "abs", [Record() as record] if is_plain_class(record.kind):
                return self.method(record, "__abs__", [])
            case "float", [Record() as record] if is_plain_class(record.kind):
                return self.method(record, "__float__", [])
            case "super", []:
                return self.super_of_this()
            case "reversed", [Record() as record] if record.is_sequence:
                return self.sequence(list, record.items[::-1])
        if isinstance(first, Record) and function.__name__ in {"sum", "max", "min"}:
            return None
        return None

    def super_of_this(self) -> Value | None:
        """`super()` in the method that is being written out."""
        if not self.calling:
            return None
        _, owner, receiver = self.calling[-1]
        return None if owner is None or receiver is None else Super(receiver, owner)

    def is_instance(self, value: Value, kinds: Value) -> Value | None:
        wanted = kinds.items if isinstance(kinds, Record) else [kinds]
        if not all(isinstance(k, Fixed) and isinstance(k.object, type) for k in wanted):
            return None
        classes = tuple(k.object for k in wanted if isinstance(k, Fixed))
        if isinstance(value, Record | Fixed):
            cls = self.class_of(value)
            return (
                None
                if cls is None
                else Plain(gast.Constant(value=issubclass(cls, classes), kind=None))
            )  # type: ignore[arg-type]
        literal = isinstance(value, Plain) and self.constant_of(value.atom) is not MISSING
        if literal and all(is_plain_class(k) for k in classes):
            return Plain(gast.Constant(value=False, kind=None))
        return None

    parameters: frozenset[str] = frozenset()

    def of_container(
        self, record: Record, kind: type, attr: str, args: list[Value], keywords: dict[str, Value]
    ) -> Value | gast.AST | None:
        """A method of a tuple, a list or a dict with known parts."""
        key = self.constant_of(args[0].atom) if args and isinstance(args[0], Plain) else MISSING
        if kind is dict:
            match attr, args:
                case "items", []:
                    pairs = [
                        self.sequence(tuple, [Plain(gast.Constant(value=k, kind=None)), part])
                        for k, part in record.parts.items()
                    ]
                    return self.sequence(tuple, pairs)
                case "values", []:
                    return self.sequence(tuple, list(record.parts.values()))
                case "keys", []:
                    return self.sequence(tuple, record.items)
                case "get", [_, *default] if key is not MISSING:
                    none = Plain(gast.Constant(value=None, kind=None))
                    return record.parts.get(key, default[0] if default else none)
                case "copy", []:
                    return Record(dict, dict(record.parts))
                case "update", [*others]:
                    given = dict(keywords)
                    for other in others:
                        if not isinstance(other, Record) or other.kind is not dict:
                            self.give_up([record])
                        given.update(other.parts)  # type: ignore[union-attr, arg-type]
                    for name_, value in given.items():
                        self.store_part(record, name_, value)
                    return Plain(gast.Constant(value=None, kind=None))
                case "setdefault", [_, default] if key is not MISSING:
                    if key not in record.parts:
                        self.store_part(record, key, default)
                    return record.parts[key]
        if kind is list and record.place == self.place:
            self.mutate(record)
            match attr, args:
                case "append", [value]:
                    self.new_part(record, len(record.parts), value)
                    return Plain(gast.Constant(value=None, kind=None))
                case "extend", [Record() as other] if other.is_sequence:
                    for value in other.items:
                        self.new_part(record, len(record.parts), value)
                    return Plain(gast.Constant(value=None, kind=None))
                case "pop", [] if record.parts:
                    return record.parts.pop(len(record.parts) - 1)
        self.give_up([record, *args])
        return None

    # ---- writing parts ----------------------------------------------------------------------

    def mutate(self, record: Record) -> None:
        """Note that a record is written into; no copy of it may have been made."""
        if not record.root:
            record.root = self.temporary()
            record.place = self.place
        if record.root.startswith("\0"):
            raise NotImplementedError
        if id(record) in self.making and record.root not in self.linked:
            return
        if record.root in self.linked or record.root not in self.whole.mutated:
            fresh = record.root not in self.whole.mutated
            self.whole.mutated.add(record.root)
            if record.root in self.linked:
                if fresh:
                    raise Again
                self.solidify(record.root)

    def store_part(self, record: Record, key: object, value: Value) -> None:
        """`record.key = value`, `record[key] = value`."""
        self.mutate(record)
        old = record.parts.get(key)
        if old is None:
            if record.place != self.place:
                self.solidify(record.root)
            self.new_part(record, key, value)
            return
        if isinstance(old, Plain) and isinstance(value, Plain):
            if isinstance(old.atom, gast.Name) and old.atom.id in self.own_parts(record, key):
                self.binds[old.atom.id] += 1
                self.known.pop(old.atom.id, None)
                self.assign((old.atom.id,), value.atom)
                return
            self.solidify(record.root)
        if record.place == self.place:
            self.new_part(record, key, value)
            return
        if isinstance(old, Record) and isinstance(value, Record):
            self.overwritten(record, old, value)
            return
        self.solidify(record.root)

    def overwritten(self, record: Record, old: Record, value: Record) -> None:
        """A part that has parts itself gets those of another value."""
        from s2sgrad.unfold.values import alike  # noqa: PLC0415

        if not alike(old, value):
            self.solidify(record.root)
        pairs: list[tuple[str, gast.AST]] = []

        def collect(a: Record, b: Record) -> None:
            for k, part in a.parts.items():
                other = b.parts[k]
                if isinstance(part, Record) and isinstance(other, Record):
                    collect(part, other)
                elif isinstance(part, Plain) and isinstance(other, Plain):
                    if not isinstance(part.atom, gast.Name):
                        self.solidify(record.root)
                    self.binds[part.atom.id] += 1
                    pairs.append((part.atom.id, other.atom))

        collect(old, value)
        if len(pairs) == 1:
            self.assign((pairs[0][0],), pairs[0][1])
        elif pairs:
            atoms = gast.Tuple(elts=[atom for _, atom in pairs], ctx=gast.Load())
            self.assign(tuple(n for n, _ in pairs), atoms)

    def own_parts(self, record: Record, key: object) -> set[str]:
        return {n for owner_key, n in self.part_names.items() if owner_key.endswith(f"\0{key}")}

    def new_part(self, record: Record, key: object, value: Value) -> None:
        """A part that there wasn't, or that has another structure from here on."""
        if isinstance(value, Plain):
            value = self.part(record.root, key, value)
        elif isinstance(value, Record) and not value.root:
            value = self.held_part(record, key, value)
        record.parts[key] = value

    def held_part(self, record: Record, key: object, value: Record) -> Record:
        for inner in value.walk():
            inner.root, inner.place = record.root, self.place
        return self.named(f"{record.root}_{key}", value)

    # ---- objects ----------------------------------------------------------------------------

    def constructed(
        self, cls: type, args: Sequence[Value], keywords: dict[str, Value], place: gast.AST
    ) -> Value | gast.AST | None:
        """An object of a plain class."""
        made = how_it_is_made(cls)
        if made is None:
            return None
        record = Record(cls, {}, "", self.place)
        if made.fields is None:
            record.root = self.wanted or self.fresh(_spelled(cls))
            if not self.wanted:
                self.binds[record.root] += 1
            self.wanted = ""
        if made.fields is not None:
            values = list(args)
            names = list(made.fields)
            if len(values) > len(names) or not keywords.keys() <= set(names[len(values) :]):
                return None
            given = {**dict(zip(names, values, strict=False)), **keywords}
            for field, default in made.fields.items():
                value = given.get(field)
                if value is None:
                    value = self.default(default)
                if value is None:
                    return None
                record.parts[field] = value
        if made.initial is not None:
            source = self.python_source(made.initial)
            if source is None:
                return None
            self.making.add(id(record))
            given_value = self.written_out(
                source, [record, *args], keywords, owner_of(cls, made.initial)
            )
            self.making.discard(id(record))
            if given_value is None:
                return None
        if made.after is not None:
            source = self.python_source(made.after)
            record.root = record.root or self.temporary()
            self.named(record.root, record)
            if (
                source is None
                or self.written_out(source, [record], {}, owner_of(cls, made.after)) is None
            ):
                return None
        return record

    def default(self, value: object) -> Value | None:
        """The default of a field."""
        if value is MISSING:
            return None
        if isinstance(value, dataclasses.Field):
            factory = value.default_factory
            if factory is list:
                return self.into(gast.List(elts=[], ctx=gast.Load()))
            if factory is dict:
                return Record(dict, {})
            source = self.python_source(factory)
            found = None if source is None else self.written_out(source, [], {}, None)
            return None if found is None else self.into(found)
        literal = as_literal(value)
        if literal is not None:
            return Plain(literal)
        found = self.fixed(value, self.visible(value, gast.Constant(value=None, kind=None)))
        return None if isinstance(found, Plain) else found

    # ---- writing functions out --------------------------------------------------------------

    def written_out(
        self,
        source: Source,
        args: Sequence[Value],
        keywords: dict[str, Value],
        owner: type | None,
        *,
        here: bool = False,
    ) -> Value | gast.AST | None:
        """What a function gives for some arguments, its statements being written here; None where that can't be."""
        key = id(source.tree)
        if key in self.whole.recursive or len(self.calling) > DEEPEST:
            return None
        if any(k == key for k, _, _ in self.calling):
            self.whole.recursive.add(key)
            raise Again
        normal = self.normal(source)
        bound_values = self.arguments(source, args, keywords)
        if (
            normal is None
            or bound_values is None
            or not self.fits(normal, source, bound_values, here=here)
        ):
            return None
        self.changed = True
        self.wanted = ""
        *inside, end = normal.function.body
        assert isinstance(end, Return)  # noqa: S101
        rebound = [n for s in walk(tuple(inside)) for n in bound(s)]
        self.taken |= identifiers(normal.function) - {*rebound, *bound_values}
        self.taken |= {n for s in walk(tuple(inside)) for n in _inner_names(s)}
        names = {n: self.fresh(n) for n in sorted({*rebound, *bound_values})}
        self.arrived |= {names[n] for n in bound_values}
        for n in rebound:
            self.binds[names[n]] += 1
        self.note(normal, names)
        atoms: dict[str, gast.AST] = {}
        outer = self.origin
        for parameter, value in bound_values.items():
            self.pass_on(parameter, value, names, rebound, normal, atoms)
        renaming = {n: new for n, new in names.items() if n not in atoms}
        body = (*inside, Return(end.value, origin=end.origin))
        written = renamed_block(body, renaming, atoms)
        if (source.filename, source.lines) != (self.source.filename, self.source.lines):
            written = rewritten(written, lambda s: _placed(s, outer))
        receiver = args[0] if args and owner is not None else None
        self.calling.append((key, owner, receiver))
        *statements, last = written
        self.block(tuple(statements))
        self.calling.pop()
        assert isinstance(last, Return)  # noqa: S101
        self.origin = outer
        return self.result(last.value)

    def result(self, value: gast.AST | None) -> Value | gast.AST:
        """What is returned."""
        if value is None:
            return Plain(gast.Constant(value=None, kind=None))
        return self.value(value)

    def pass_on(
        self,
        parameter: str,
        value: Value,
        names: dict[str, str],
        rebound: list[str],
        normal: Normalized,
        atoms: dict[str, gast.AST],
    ) -> None:
        """Let a parameter stand for an argument."""
        new = names[parameter]
        again = parameter in rebound
        self.binds[new] += 1
        if isinstance(value, Plain):
            atom = value.atom
            changes = (
                isinstance(atom, gast.Name)
                and self.binds[atom.id] != 1
                and parameter in normal.captured
            )
            if again or changes:
                self.assign((new,), atom)
            else:
                atoms[parameter] = atom
        elif again:
            self.give(new, value)
        else:
            atom = self.as_atom(value)
            if atom is not None and not isinstance(atom, gast.Constant):
                atoms[parameter] = atom
                if isinstance(value, Nested):
                    self.known.setdefault(value.name, value)
                    return
                names.pop(parameter, None)
                del atoms[parameter]
                names[parameter] = new
            self.known[new] = value

    def arguments(
        self, source: Source, args: Sequence[Value], keywords: dict[str, Value]
    ) -> dict[str, Value] | None:
        """Parameter → what is passed for it."""
        try:
            found = signature(source).bind(*args, **keywords)
        except TypeError:
            return None
        given = set(found.arguments)
        found.apply_defaults()
        out: dict[str, Value] = {}
        for parameter, value in found.arguments.items():
            kind = found.signature.parameters[parameter].kind
            if kind is inspect.Parameter.VAR_POSITIONAL:
                out[parameter] = self.varying(list(value))
            elif kind is inspect.Parameter.VAR_KEYWORD:
                out[parameter] = Record(dict, dict(value))
            elif parameter in given:
                out[parameter] = value
            elif is_literal(value):
                out[parameter] = Plain(value)
            else:
                default = self.default(source.defaults.get(parameter, MISSING))
                if default is None:
                    return None
                out[parameter] = default
        return out

    def varying(self, values: list[Value]) -> Value:
        """What `*args` is: a tuple like any other where nothing in it has parts."""
        atoms = [value.atom for value in values if isinstance(value, Plain)]
        if len(atoms) < len(values):
            return self.sequence(tuple, values)
        held = self.into(gast.Tuple(elts=atoms, ctx=gast.Load()))
        assert isinstance(held, Plain)  # noqa: S101
        self.displays[held.atom.id] = atoms
        return held

    def fits(
        self, normal: Normalized, source: Source, given: dict[str, Value], *, here: bool
    ) -> bool:
        """Whether the text of a function means here what it means there."""
        body = normal.function.body
        if normal.imports or not isinstance(body[-1], Return):
            return False
        rebound = {n for s in walk(body) for n in bound(s)}
        others = {n for s in walk(body) for n in read(s)} - rebound - given.keys()
        if here:
            return all(n in self.binds or self.means_the_same(n, source) for n in others)
        return all(n not in self.binds and self.means_the_same(n, source) for n in others)

    def means_the_same(self, root: str, callee: Source) -> bool:
        """Whether a name that isn't local is the same object here and there."""
        here = self.source.namespace.get(root, MISSING)
        there = callee.namespace.get(root, MISSING)
        return root.startswith("$") or (here is there and here is not MISSING)

    def note(self, normal: Normalized, names: dict[str, str]) -> None:
        """Remember what the names are that come from another function."""
        self.taken |= {n for s in walk(normal.function.body) for n in read(s)}
        self.made |= {names[n] for n in normal.temporaries if n in names}
        self.flags |= {names[n] for n in normal.flags if n in names}
        self.unused |= {names[n] for n in normal.unused if n in names}
        self.contexts = joined_contexts(self.contexts, normal.contexts)
        self.captured |= {names[n] for n in normal.captured if n in names}


def _placed(statement: Statement, origin: Any) -> Statement:
    from dataclasses import replace  # noqa: PLC0415

    return replace(statement, origin=origin)


def _inner_names(statement: Statement) -> set[str]:
    """The names in functions that are made inside a function: those stay as they are."""
    value = statement.value if isinstance(statement, Assign) else None
    inner = isinstance(value, gast.FunctionDef | gast.Lambda)
    return (
        {n.id for n in gast.walk(value) if isinstance(n, gast.Name)} - {*loaded(value)}
        if inner
        else set()
    )


def _hands_on(source: Source) -> bool:
    """Whether a function unpacks a parameter into a call: it has to be seen what that is."""
    own = {n.id for n in gast.walk(source.tree.args) if isinstance(n, gast.Name)}
    calls = (node for node in gast.walk(source.tree) if isinstance(node, gast.Call))
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
    for node in gast.walk(source.tree):
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


def _spelled(cls: type) -> str:
    return (
        "".join(f"_{c.lower()}" if c.isupper() else c for c in cls.__name__).lstrip("_") or "object"
    )


_LENGTHENING = frozenset({"append", "clear", "extend", "insert", "pop", "remove"})
_SPECIAL: tuple[Any, ...] = (
    *(
        isinstance,
        callable,
        len,
        min,
        getattr,
        hasattr,
        list,
        tuple,
        dict,
        abs,
        float,
        super,
        reversed,
    ),
    __import__("collections").OrderedDict,
    types.SimpleNamespace,
    dataclasses.replace,
)
