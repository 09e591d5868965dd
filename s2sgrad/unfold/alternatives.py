"""Functions, and objects from outside, that are chosen while the program runs: by a condition, or by a key from a dict.

A name that stands for one of several functions is a name for which of them it is: after `f = np.sin` in one branch and
`f = np.cos` in another one, `which_f` is "sin" or "cos". A call is a row of tests, with one of the functions in each; a
method or an attribute of one of several objects is that of each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import FunctionType, MethodType

import gast

from s2sgrad.program import Assign, Effect, If
from s2sgrad.trees import loaded, name
from s2sgrad.unfold.calls import Calls
from s2sgrad.unfold.classes import attribute_of, is_named_tuple, is_plain_class
from s2sgrad.unfold.outliving import names_in
from s2sgrad.unfold.values import Bound, Choice, Fixed, Nested, Plain, Record, Value, alike, unnamed
from s2sgrad.unfold.whole import Again, UnfoldingError

__all__ = ["Alternatives"]


class Alternatives(Calls):
    """Writes what chosen functions are, and their calls."""

    def is_function(self, value: object) -> bool:
        """Whether a value is a function or an object from outside, which a name may stand for among others."""
        if isinstance(value, Fixed):
            known = value.object
            plain = isinstance(known, FunctionType | MethodType)
            of_users = is_plain_class(type(known)) and not is_named_tuple(type(known))
            return plain or of_users or (callable(known) and not isinstance(known, type))
        return isinstance(value, Nested)

    def of_alternatives(self, choice: Choice, attr: str, node: gast.AST) -> Value | gast.AST:
        """An attribute of one of several objects: a choice of their methods, or the value that it has."""
        if not all(isinstance(option, Fixed) for _, option in choice.options):
            return self.with_whole_atoms(node)
        methods: list[tuple[object, Value]] = []
        for key, option in choice.options:
            found = self.method_of(option, attr)
            if found is not None:
                methods.append((key, found))
        self.changed = True
        if len(methods) == len(choice.options):
            return Choice(choice.subject, methods)
        result = self.temporary()
        self.binds[result] += len(choice.options)
        self.ordinary.add(result)

        def read(option: Value) -> Value | gast.AST:
            place = self.as_atom(option)
            here = gast.Attribute(value=place, attr=attr, ctx=gast.Load())
            return self.attribute(option, attr, here)

        self.tested_one_by_one(choice, list(choice.options), result, read)
        return Plain(name(result))

    @staticmethod
    def method_of(option: Value, attr: str) -> Value | None:
        """The method of an object that has a name, None if it is no method."""
        assert isinstance(option, Fixed)  # noqa: S101
        found = attribute_of(type(option.object), attr)
        own = getattr(option.object, "__dict__", {})
        if found is None or not isinstance(found[0], FunctionType | staticmethod) or attr in own:
            return None
        if isinstance(found[0], staticmethod):
            return Fixed(found[0].__func__, unnamed())
        function = Fixed(found[0], unnamed())
        return Bound(option, function, found[1])

    def give(self, target: str, value: Value) -> None:
        """Let a name stand for a value, or for one of several functions."""
        if self.may_be_several(target, value):
            assert isinstance(value, Choice)  # noqa: S101
            self.choose_among(target, value)
            return
        if target not in self.whole.solid and self.is_function(value):
            old = self.known.get(target)
            several = self.is_function(old) and old is not None and not alike(old, value)
            if target in self.whole.alternatives or several:
                self.choose(target, value)
                return
        super().give(target, value)

    def choose(self, target: str, value: Value) -> None:
        """Let a name stand for one of the functions that it is given anywhere."""
        options = self.options_with(target, [value])
        labels = self.labels(options)
        label = next(k for k, o in zip(labels, options, strict=True) if alike(o, value))
        which = self.which(target)
        self.changed = True
        self.assign((which,), gast.Constant(value=label, kind=None))
        known: list[tuple[object, Value]] = list(zip(labels, options, strict=True))
        self.known[target] = Choice(name(which), known, now=value, place=self.place)

    def may_be_several(self, target: str, value: Value) -> bool:
        """Whether one of several functions is given to a name that is given others as well."""
        several = target in self.whole.alternatives or self.binds[target] != 1
        here = isinstance(value, Choice) and target not in self.whole.solid
        return here and several and target not in self.arrived

    def options_with(self, target: str, functions: Sequence[Value]) -> list[Value]:
        """The functions that a name stands for, with these among them; Again where they weren't."""
        if target in self.ordinary or target in self.captured:
            self.solidify(target)
        options = self.whole.alternatives.setdefault(target, [])
        old = self.known.get(target)
        held = [option for _, option in old.options] if isinstance(old, Choice) else []
        if not all(any(alike(o, each) for o in options) for each in held):
            self.solidify(target)  # it was given one of several as they are
        new = [f for f in functions if not any(alike(option, f) for option in options)]
        if new:
            options += new
            raise Again
        return options

    def choose_among(self, target: str, value: Choice) -> None:
        """Let a name that stands for functions stand for one of several others."""
        if value.missing or isinstance(self.known.get(target), Nested | Fixed):
            self.solidify(target)
        options = self.options_with(target, [option for _, option in value.options])
        labels = self.labels(options)
        which = self.which(target)
        self.changed = True

        def label(function: Value) -> str:
            return next(k for k, o in zip(labels, options, strict=True) if alike(o, function))

        def written(function: Value) -> None:
            self.assign((which,), gast.Constant(value=label(function), kind=None))

        if all(key == label(function) for key, function in value.options):
            self.assign((which,), value.subject)
        else:
            self.binds[which] += len(value.options)
            self.one_by_one(value, list(value.options), written)
        known: list[tuple[object, Value]] = list(zip(labels, options, strict=True))
        self.known[target] = Choice(name(which), known)

    def chosen_now(self, target: str, value: Value) -> Value:
        """One of several functions, as what it is now: which one gets a name of its own."""
        if not isinstance(value, Choice) or any(
            not self.is_settled(n) for _, option in value.options for n in names_in(option)
        ):
            self.solidify(target)
        assert isinstance(value, Choice)  # noqa: S101
        which = self.which(target)
        self.changed = True
        self.assign((which,), value.subject)
        return Choice(name(which), value.options, missing=value.missing)

    def which(self, target: str) -> str:
        """The name for which function another name stands for, always the same one."""
        key = f"{target}\0which"
        if key not in self.part_names:
            self.part_names[key] = self.fresh(f"which_{target.lstrip('_0123456789') or 'function'}")
            self.binds[self.part_names[key]] += 1
        self.binds[self.part_names[key]] += 1
        return self.part_names[key]

    @staticmethod
    def labels(options: Sequence[Value]) -> list[str]:
        """What the functions are called."""
        labels: list[str] = []
        for option in options:
            known = option.object if isinstance(option, Fixed) else None
            plain = option.name if isinstance(option, Nested) else getattr(known, "__name__", "")
            if isinstance(option, Fixed) and known is None:
                plain = "None"
            if not plain and isinstance(option, Fixed):
                plain = getattr(option.node, "id", getattr(option.node, "attr", ""))
            plain = "lambda" if plain[:1] in {"<", "_"} else plain or "function"
            count = 1
            label = plain
            while label in labels:
                count += 1
                label = f"{plain} {count}"
            labels.append(label)
        return labels

    def chosen_function(self, owner: Record, index: gast.AST) -> Value | None:
        """`functions[key]` of a dict, a list or a tuple of functions: one of them.

        Of a row of functions `(0, 1)[key]` says which, and raises what `functions[key]` does.
        """
        keys = all(isinstance(key, str | int) for key in owner.parts)
        if not owner.parts or not keys or not all(map(self.is_function, owner.parts.values())):
            return None
        held = self.kept(Plain(index))
        if not isinstance(held, Plain) or not isinstance(held.atom, gast.Name):
            return None
        self.changed = True
        if owner.is_sequence:
            places = [gast.Constant(value=place, kind=None) for place in owner.parts]
            row = self.as_atom(self.into(gast.Tuple(elts=places, ctx=gast.Load())))
            which = self.into(gast.Subscript(value=row, slice=held.atom, ctx=gast.Load()))
            return Choice(self.as_atom(which), list(owner.parts.items()))
        return Choice(held.atom, list(owner.keys_in_order().parts.items()), missing=True)

    def of_choice(
        self, choice: Choice, args: Sequence[Value], keywords: dict[str, Value]
    ) -> Value | gast.AST | None:
        """A call of one of several functions."""
        self.changed = True
        only = choice.options[0][1]
        if len(choice.options) == 1 and not choice.missing and not _is_absent(only):
            return self.of_one(only, args, keywords)
        known = choice.now is not None and self.comes_from(choice.place)
        if known and choice.now is not None and not _is_absent(choice.now):
            return self.of_one(choice.now, args, keywords)
        result = self.temporary()
        self.binds[result] += len(choice.options)
        self.ordinary.add(result)

        def called(function: Value) -> Value | gast.AST | None:
            return self.of_one(function, args, keywords)

        self.tested_one_by_one(choice, list(choice.options), result, called)
        return Plain(name(result))

    def comes_from(self, place: tuple[int, ...]) -> bool:
        """Whether what was bound last at a place is certainly bound here: no loop in between may bind it otherwise."""
        inner = self.place[len(place) :]
        return self.place[: len(place)] == place and not any(number % 2 for number in inner)

    def tested_one_by_one(
        self,
        choice: Choice,
        options: list[tuple[object, Value]],
        result: str,
        given: Callable[[Value], Value | gast.AST | None],
    ) -> None:
        """The tests which function it is, and what it gives in each."""
        self.one_by_one(choice, options, lambda function: self.write_one(result, function, given))

    def one_by_one(
        self, choice: Choice, options: list[tuple[object, Value]], write: Callable[[Value], None]
    ) -> None:
        """The tests which function it is, and what is written for each."""
        (key, function), *others = options
        if not others and not choice.missing:
            write(function)
            return
        origin = self.origin
        test = self.temporary()
        constant = gast.Constant(value=key, kind=None)
        compared = gast.Compare(left=choice.subject, ops=[gast.Eq()], comparators=[constant])
        self.add(Assign((test,), compared, origin=origin))
        self.ordinary.add(test)
        with self.nested(0) as body:
            write(function)
        self.origin = origin
        with self.nested(0) as orelse:
            if others:
                self.one_by_one(choice, others, write)
            else:
                error = gast.Call(func=name("$KeyError"), args=[choice.subject], keywords=[])
                self.add(Effect(gast.Raise(exc=error, cause=None), origin=origin))
        self.origin = origin
        self.add(If(name(test), tuple(body), tuple(orelse), origin=origin))

    def write_one(
        self, result: str, function: Value, given: Callable[[Value], Value | gast.AST | None]
    ) -> None:
        """What one function gives, in a name; None can't be called."""
        if not _is_absent(function):
            self.write_result(result, given(function))
            return
        told = gast.Constant(value="'NoneType' object is not callable", kind=None)
        error = gast.Call(func=name("$TypeError"), args=[told], keywords=[])
        self.add(Effect(gast.Raise(exc=error, cause=None), origin=self.origin))

    def write_result(self, result: str, found: Value | gast.AST | None) -> None:
        """What one function gives, in a name."""
        if isinstance(found, Plain):
            found = found.atom
        if isinstance(found, Value) or found is None:
            raise UnfoldingError
        self.assign((result,), found)

    def of_one(
        self, function: Value, args: Sequence[Value], keywords: dict[str, Value]
    ) -> Value | gast.AST | None:
        """A call of one function: written out if it can't be called by a name here."""
        if isinstance(function, Nested):
            if function.name in self.outliving:
                raise UnfoldingError
            made = self.made_here.get(function.name)
            if made is None:
                raise UnfoldingError
            found = self.written_here(function.name, made, args, keywords)
            if found is None:
                raise UnfoldingError
            return found
        found = self.applied(function, args, keywords)
        return self.plain_call(function, args, keywords) if found is None else found

    def made_anew(self, target: str, tree: gast.AST) -> str:
        """The name for a function that is made here, if its own name is given to others as well."""
        if target in self.whole.solid or target in loaded(tree) or target in self.ordinary:
            return target
        new = self.fresh(target)
        self.binds[new] += 1
        return new


def _is_absent(option: Value) -> bool:
    """Whether a name stands for None."""
    return isinstance(option, Fixed) and option.object is None
