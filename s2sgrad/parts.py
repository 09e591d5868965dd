"""A function whose parameters are given in parts: its text, with the user's parameters, put together again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import gast

from s2sgrad.attributes import Attribute
from s2sgrad.emit import expression
from s2sgrad.errors import TransformError
from s2sgrad.given_once import identity_tests, overlapping
from s2sgrad.infer.functions import signature
from s2sgrad.left_out import defaults_of
from s2sgrad.names import claimed
from s2sgrad.paths import all_parameters
from s2sgrad.program import (
    Assign,
    Block,
    Effect,
    Function,
    Parameter,
    Return,
    Statement,
    trees_of,
    walk,
)
from s2sgrad.rewrite import rewritten
from s2sgrad.source import Source
from s2sgrad.structure import Structure
from s2sgrad.trees import loaded, name

__all__ = ["Parts"]


@dataclass(frozen=True, eq=False)
class Parts:
    """A function whose parameters are given in parts, and what is asked of it.

    items: what the user differentiates by, each a name or a structure; single: it isn't a tuple. attributes: those of
    the object that a method is called on. unsure: the names of which it isn't said that they are differentiated by, nor
    known what they are.
    """

    source: Source
    wrt: tuple[str, ...]
    like: dict[str, Any] | None
    whole: Source
    structures: dict[str, Structure]
    items: tuple[Structure | str, ...]
    single: bool
    attributes: tuple[Attribute, ...] = ()
    unsure: frozenset[str] = frozenset()

    @property
    def certain(self) -> tuple[str, ...]:
        """The names that are certainly differentiated by."""
        return tuple(name for name in self.wrt if name not in self.unsure)

    def without(self, names: frozenset[str]) -> Parts:
        """The same where nobody differentiates by some of the names that are unsure."""
        if not names:
            return self
        items = tuple(item for item in self.items if item not in names)
        wrt = tuple(name for name in self.wrt if name not in names)
        return replace(self, items=items, wrt=wrt, single=len(items) == 1)

    def left_out(self) -> tuple[str, ...]:
        """The parts of what is differentiated by that have no derivatives of their own."""
        structures = [item for item in self.items if isinstance(item, Structure)]
        return tuple(n for s in structures for n in s.names() if n not in self.wrt)

    def put_together(self, function: Function, form: str) -> Function:
        """The function with the user's parameters, and derivatives of their structure."""
        body = function.body
        if form != "tangent":

            def returned(statement: Statement) -> Statement:
                if not isinstance(statement, Return):
                    return statement
                return replace(statement, value=self.result(statement.value, form))

            body = rewritten(body, returned)
        parameters, reads = self.parameters(function, form, body)
        tests = [t for p, s in self.structures.items() for t in s.tests(name(p), self.told(p))]
        tests += [*self.class_tests(), *identity_tests(self.structures)]
        none = gast.Constant(value=None, kind=None)
        tests += [
            gast.Compare(left=name(p), ops=[gast.Is()], comparators=[none])
            for p in sorted(self.source.nones)
        ]
        if tests:
            whole = tests[0] if len(tests) == 1 else gast.BoolOp(op=gast.And(), values=tests)
            reads = (Effect(gast.Assert(test=whole, msg=None)), *reads)
        text = function.docstring
        text, gap, apart = (text or "").partition("\n\n")
        if text and form == "tangent":
            own = {*signature(self.source).parameters, *self.structures}
            along = ", ".join(p.name for p in parameters if p.name not in own)
            text = f"{text.partition(' along ')[0]} along {along}."
        elif text:
            text = self.said(text)
        text = (text + gap + self.with_paths(apart)) or None
        return replace(function, parameters=parameters, body=(*reads, *body), docstring=text)

    @property
    def has_objects(self) -> bool:
        """Whether there are objects in parts that can't be made of these."""
        return any(inner.opaque for s in self.structures.values() for inner in s.walk())

    @property
    def settled(self) -> bool:
        """Whether whole numbers and texts of examples were taken for what they are."""
        return any(s.settled for s in self.structures.values())

    def without_unread(self, examples: Mapping[str, Any], body: Block) -> dict[str, Any]:
        """The examples without those of parts that a function doesn't read and isn't differentiated by."""
        used = {n for s in body for n in _reads_of(s)} | {*self.wrt}
        parts = {n for s in self.structures.values() for n in s.names()}
        return {n: value for n, value in examples.items() if n in used or n not in parts}

    def wholes(self, names: frozenset[str]) -> frozenset[str]:
        """The user's parameters that some parameters are, or are parts of."""
        whole = {n: p for p, s in self.structures.items() for n in s.names()}
        return frozenset(whole.get(n, n) for n in names)

    def refuse_overlap(self, mutated: frozenset[str]) -> None:
        """Refuse an example with two names for memory that is written into."""
        for structure in self.structures.values():
            found = overlapping(structure, self.like or {}, mutated)
            if found is not None:
                one, other = map(self.with_paths, found)
                message = f"{self.whole.name} writes into memory that {one} and {other} share in the example"
                remedy = f"Give an example where {other} is a copy, if what it does then is what you mean."
                raise TransformError([self.whole.finding(self.whole.tree, message, remedy)])

    def class_tests(self) -> list[gast.AST]:
        """That the object has the class whose methods are written out, where the text can say so."""
        cls = type(self.source.receiver)
        if not self.attributes or self.source.namespace.get(cls.__name__) is not cls:
            return []
        root = self.attributes[0].path.partition(".")[0]
        of = gast.Call(func=name("$type"), args=[name(root)], keywords=[])
        return [gast.Compare(left=of, ops=[gast.Is()], comparators=[name(cls.__name__)])]

    def told(self, parameter: str) -> bool:
        """Whether the user says in the text what class a parameter has."""
        return isinstance(self.whole.annotations.get(parameter), type)

    def said(self, text: str) -> str:
        """The docstring with the names that the user gave."""
        before, word, _ = text.partition(" with respect to ")
        asked = ", ".join(self.asked)
        plural = "s" if len(self.asked) > 1 else ""
        for kind in ("Derivatives of", "Derivative of"):
            before = before.replace(kind, f"Derivative{plural} of")
        return self.with_paths(f"{before}{word}{asked}.") if word else text

    def with_paths(self, text: str) -> str:
        """A text that names parts as the user reads them."""
        reads = {n: expression(r) for p, s in self.structures.items() for n, r in s.reads(name(p))}
        return re.sub(r"\w+", lambda word: reads.get(word[0], word[0]), text)

    @property
    def asked(self) -> list[str]:
        """The names of what is differentiated by."""
        whole = (place for p, s in self.structures.items() for place in s.places(name(p)))
        known = {id(structure): expression(node) for structure, node in whole}
        paths = {a.parameter: a.path for a in self.attributes}
        return [known[id(i)] if isinstance(i, Structure) else paths.get(i, i) for i in self.items]

    def zero(self, names: tuple[str, ...]) -> list[str]:
        """What the result doesn't depend on; names: the parts that it doesn't depend on."""
        return [
            asked
            for asked, item in zip(self.asked, self.items, strict=True)
            if (item.real if isinstance(item, Structure) else {item}) <= set(names)
        ]

    def result(self, value: Any, form: str) -> gast.AST:
        """What is returned: each derivative of the structure of its parameter."""
        if form == "value_and_gradient":
            first, rest = value.elts
            return gast.Tuple(elts=[first, self.result(rest, "gradient")], ctx=gast.Load())
        values = dict(zip(self.wrt, value.elts, strict=True))
        found = [
            item.put_together(values) if isinstance(item, Structure) else values[item]
            for item in self.items
        ]
        return found[0] if self.single else gast.Tuple(elts=found, ctx=gast.Load())

    def parameters(
        self, function: Function, form: str, body: Block
    ) -> tuple[tuple[Parameter, ...], Block]:
        """The user's parameters, and what reads their parts."""
        part_of = {n: p for p, s in self.structures.items() for n in s.names()}
        arguments = self.whole.tree.args
        annotations = {a.id: a.annotation for a in all_parameters(arguments)}
        defaults = dict(defaults_of(arguments))
        seen: set[str] = set()
        out: list[Parameter] = []
        reads: list[Assign] = []
        used = {n for s in body for n in _reads_of(s)}
        attributes = {a.parameter: a.read for a in self.attributes}
        own = signature(self.source).parameters
        for parameter in function.parameters:
            whole = part_of.get(parameter.name)
            if parameter.name in attributes:
                if parameter.name in used:
                    reads.append(Assign((parameter.name,), attributes[parameter.name]))
            elif whole is None:
                out.append(parameter)
            elif whole not in seen:
                seen.add(whole)
                default = defaults.get(whole)
                out.append(
                    replace(
                        parameter, name=whole, annotation=annotations.get(whole), default=default
                    )
                )
                for part, read in self.structures[whole].reads(name(whole)):
                    if part in used:
                        reads.append(Assign((part,), read))
        if form != "tangent":
            return tuple(out), tuple(reads)
        incoming = [p for p in function.parameters if p.name not in own]
        kept = [p for p in out if p not in incoming]
        given = dict(zip(self.wrt, incoming, strict=True))
        new: list[Parameter] = []
        taken = used | {p.name for p in function.parameters} | {p.name for p in kept}
        for item, asked in zip(self.items, self.asked, strict=True):
            if isinstance(item, Structure):
                whole = claimed("_".join(["d", *re.findall(r"\w+", asked)]), taken)
                new.append(Parameter(whole, incoming[0].kind))
                for part, read in item.reads(name(whole)):
                    if part in given and given[part].name in used:
                        reads.append(Assign((given[part].name,), read))
            else:
                new.append(given[item])
        at = next((i for i, p in enumerate(kept) if p.kind == "variadic_keyword"), len(kept))
        return (*kept[:at], *new, *kept[at:]), tuple(reads)


def _reads_of(statement: Any) -> set[str]:
    return {n for s in walk((statement,)) for part in trees_of(s) for n in loaded(part)}
