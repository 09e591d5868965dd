"""Which statements a rule may have, and where: any other is refused when the rule is registered.

The text of a rule is never run in a derivative. It is copied into it, by the names that it binds and by what it says
of the derivatives `d.a`. So each statement has to be one of these, x being an argument that is written into, a one
that isn't, y a result, t another name:

    above the yield    t = ...   y = ...   y, z = ...   y[i] = ...   x[i] = ...   x[i] += ...   np.add.at(x, i, ...)
    below the yield    x[i] = ..., which puts back what was overwritten; then
                       t = ...   d.a = ...   d.a[i] += ...   d.a[i] -= ...   np.add.at(d.a, i, ...); and last of all
                       d.x[i] = ...   d.x[i] += ...   d.x[i] -= ...   np.add.at(d.x, i, ...)
    in a tangent rule  t = ...   d.y = ...   d.x[i] = ...   d.x[i] += ...   d.x[i] -= ...   np.add.at(d.x, i, ...)

What is wrong is a ValueError with its line and with what to write instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from inspect import Signature

import gast
import numpy as np

from s2sgrad.rule_changes import SIGNS, Change, changed, is_new, puts_back, shared_above
from s2sgrad.trees import loaded, nodes

__all__ = ["RuleText", "assert_forms"]

_BINDING = (gast.NamedExpr, gast.Yield, gast.YieldFrom, gast.Await)
_PLACE = (
    "says a place by what is no argument: let that be an argument, or write into all of it, `[...]`"
)


@dataclass(frozen=True, eq=False)
class RuleText:
    """A rule as it is written: see the fields of the same names in `registry.Rule`.

    file: where it stands; resolve: what an expression of its module means.
    """

    file: str
    kind: str
    signature: Signature
    results: tuple[str, ...]
    forward: tuple[gast.AST, ...]
    backward: tuple[gast.AST, ...]
    resolve: Callable[[gast.AST], object]


def assert_forms(text: RuleText) -> None:
    """Raise ValueError where a statement has no meaning where it stands."""
    forms = _Forms(text)
    forms.above()
    if text.kind == "tangent":
        forms.forward_mode()
    else:
        forms.below()


@dataclass(eq=False)
class _Forms:
    """The walk through a rule.

    known: of what `d.a` may be read; parts: of what only parts are said; replaced: of what `d.x` has been changed;
    views: names, and the x of which they may be views of `d.x`.
    """

    text: RuleText
    known: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    replaced: set[str] = field(default_factory=set)
    views: dict[str, set[str]] = field(default_factory=dict)

    @cached_property
    def parameters(self) -> set[str]:
        return {*self.text.signature.parameters}

    @cached_property
    def written(self) -> set[str]:
        """The arguments that are written into."""
        found = filter(None, map(changed, self.text.forward))
        return {change.base for change in found if not change.of_d} & self.parameters

    def wrong(self, statement: gast.AST, what: str) -> ValueError:
        text = gast.unparse(statement).strip()
        return ValueError(f"{self.text.file}:{statement.lineno}: `{text}` {what}")

    def change(self, statement: gast.AST) -> Change | None:
        """What a statement writes a part of; of the methods of NumPy's functions only `np.add.at` is known."""
        if isinstance(statement, gast.Expr) and isinstance(statement.value, gast.Call):
            function = self.text.resolve(statement.value.func)
            if getattr(function, "__self__", None) is not np.add:
                return None
        return changed(statement)

    # ---- above the yield --------------------------------------------------------------------------

    def above(self) -> None:
        """Refuse what can't stand above a yield, and rules that both write and give something."""
        for statement in self.text.forward:
            self.one_above(statement)
            self.reads(statement)
        last = (*self.text.forward, *self.text.backward)[-1:]
        for statement in last:
            if self.text.results and self.written:
                raise self.wrong(
                    statement,
                    f"is of a rule that writes into {min(self.written)} and yields a result, "
                    "which isn't known together: make two functions of it",
                )
            if not self.text.results and not self.written:
                raise self.wrong(
                    statement,
                    "is of a rule that yields nothing, and that writes into no argument above its yield: "
                    "write `x[...] = ...` there for what is left in x",
                )
            if self.written and self.text.kind in {"elementwise", "bilinear", "view"}:
                raise self.wrong(
                    statement,
                    f"is of a rule that writes into {min(self.written)}: register it with @s2sgrad.adjoint",
                )

    def one_above(self, statement: gast.AST) -> None:
        match statement:
            case gast.Assign(targets=[gast.Name() | gast.Tuple() | gast.List(), *_]):
                return
            case gast.AugAssign(target=gast.Name(id=base), op=op, value=value):
                instead = f"{base}[...] {SIGNS.get(type(op), '')}= {gast.unparse(value)}"
                raise self.wrong(
                    statement,
                    f"doesn't tell whether memory is written into: write `{instead}` if it is, "
                    "and otherwise give the new value a name of its own",
                )
        change = self.change(statement)
        if change is None or change.of_d:
            raise self.wrong(
                statement,
                "can't stand above the yield of a rule, where names are assigned and arguments written into "
                "(`x[i] = ...`, `x[i] += ...`, `np.add.at(x, i, ...)`): put it into a function that is called",
            )
        shared = shared_above(self.text.forward, self.text.backward)
        if change.base not in self.written and (change.base not in self.text.results or shared):
            raise self.wrong(
                statement,
                f"changes {change.base} after it was made, which the part below the yield doesn't see: "
                f"let a function that is called make {change.base}",
            )

    # ---- below the yield --------------------------------------------------------------------------

    def below(self) -> None:
        """Refuse what can't stand below the yield of a rule for reverse mode."""
        self.assert_put_back()
        self.known = {*self.text.results, *self.written}
        hidden = self.made_later()
        putting_back = True
        for statement in self.text.backward:
            putting_back = putting_back and puts_back(statement)
            if putting_back:
                self.put_back(statement)
                continue
            if isinstance(statement, gast.Expr) and self.change(statement) is None:
                raise self.unknown(statement)
            self.reads(statement, hidden)
            self.one_below(statement)

    def unknown(self, statement: gast.AST) -> ValueError:
        x = min(self.written, default="x")
        stored = f"`d.{x}[i] = ...`, " if self.written else ""
        return self.wrong(
            statement,
            "can't stand below the yield of a rule, where names are assigned and derivatives said: "
            f"`d.a = ...`, {stored}`d.{x}[i] += ...`, `np.add.at(d.{x}, i, ...)`",
        )

    def one_below(self, statement: gast.AST) -> None:
        match statement:
            case gast.Assign(targets=[gast.Name(id=name)], value=value):
                self.views[name] = set() if is_new(value) else self.seen_through(value)
                return
            case gast.Assign(
                targets=[gast.Attribute(value=gast.Name(id="d"), attr=name)], value=value
            ):
                self.assert_of_argument(statement, name)
                if name in self.written:
                    raise self.wrong(statement, self.new_object(name, value))
                self.assert_before_changes(statement)
                self.assert_said_once(statement, name, self.parts)
                self.known.add(name)
                return
            case gast.AugAssign(target=gast.Attribute(value=gast.Name(id="d"), attr=name)):
                self.assert_of_argument(statement, name)
                instead = f"d.{name}[...] = ..." if name in self.written else f"d.{name} = ..."
                raise self.wrong(statement, f"changes all of d.{name}: write `{instead}`")
        change = self.change(statement)
        if change is None:
            raise self.unknown(statement)
        if not change.of_d:
            raise self.wrong(
                statement,
                f"changes {change.base} below the yield, where only what was overwritten above it is put back, "
                "by `x[i] = old`, first of all",
            )
        self.part(statement, change)

    def part(self, statement: gast.AST, change: Change) -> None:
        """A part of a derivative is changed."""
        base, place = change.base, gast.unparse(change.index).strip("()")
        self.assert_of_argument(statement, base)
        there, value = f"d.{base}[{place}]", gast.unparse(change.value)
        parameter = self.text.signature.parameters[base]
        several = parameter.kind in {parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD}
        if self.text.kind == "elementwise" or several:
            raise self.wrong(statement, f"says a part of d.{base}: write `d.{base} = ...`")
        if base in self.written:
            if not self.parameters.issuperset(loaded(change.index)):
                raise self.wrong(statement, _PLACE)
            if change.sign not in {"", "+", "-"}:
                instead = f"{there} = {there} {change.sign} ({value})"
                raise self.wrong(statement, f"isn't known: write `{instead}`")
            self.replaced.add(base)
            return
        self.assert_before_changes(statement)
        if not change.sign:
            raise self.wrong(
                statement,
                f"replaces a part of d.{base}, which others add to as well: write `{there} += {value}`",
            )
        if change.sign not in {"+", "-"}:
            raise self.wrong(
                statement,
                f"changes a part of d.{base} otherwise than by adding to it: write `d.{base} = ...`",
            )
        self.assert_said_once(statement, base, self.known)
        self.parts.add(base)

    def assert_of_argument(self, statement: gast.AST, name: str) -> None:
        if name in self.text.results:
            raise self.wrong(
                statement,
                f"changes d.{name}, which comes in: give the new value a name of its own, without `d.`",
            )
        if name not in self.parameters:
            raise self.wrong(
                statement, f"has no argument {name}: give the value a name of its own, without `d.`"
            )

    def assert_before_changes(self, statement: gast.AST) -> None:
        if self.replaced:
            raise self.wrong(
                statement, f"stands below what changes d.{min(self.replaced)}: put it above that"
            )

    def assert_said_once(self, statement: gast.AST, name: str, otherwise: set[str]) -> None:
        if name in otherwise:
            raise self.wrong(
                statement,
                f"stands beside another statement about d.{name}: write all of it as `d.{name} = ...`, or only "
                f"`d.{name}[i] += ...`",
            )

    @staticmethod
    def new_object(name: str, value: gast.AST) -> str:
        return (
            f"makes something new of d.{name}, while {name} is written into: "
            f"write `d.{name}[...] = {gast.unparse(value)}`"
        )

    # ---- what is written into ---------------------------------------------------------------------

    def assert_put_back(self) -> None:
        """What is written above the yield is put back below it."""
        there: dict[str, set[str]] = {}
        for back in filter(None, map(changed, filter(puts_back, self.text.backward))):
            there.setdefault(back.base, set()).add(gast.unparse(back.index))
        for statement in self.text.forward:
            change = self.change(statement)
            if change is None or change.base not in self.written:
                continue
            index = gast.unparse(change.index)
            if there.get(change.base, set()).isdisjoint({"...", ":", index}):
                instead = f"{change.base}[{index.strip('()')}] = old"
                raise self.wrong(
                    statement,
                    f"overwrites what isn't put back: write `{instead}` first of all below the yield, "
                    "old being what was there",
                )

    def put_back(self, statement: gast.AST) -> None:
        change = changed(statement)
        assert change is not None  # noqa: S101
        if change.base not in self.written:
            raise self.wrong(
                statement, f"changes {change.base}, into which nothing is written above the yield"
            )
        if not self.parameters.issuperset(loaded(change.index)):
            raise self.wrong(statement, _PLACE)

    def made_later(self) -> set[str]:
        """The names that are assigned after an argument was written into."""
        hidden, writing = set(), False
        for statement in self.text.forward:
            change = self.change(statement)
            writing = writing or (change is not None and change.base in self.written)
            match statement:
                case gast.Assign(targets=[gast.Name(id=name)]) if writing:
                    hidden.add(name)
        return hidden

    # ---- forward mode -----------------------------------------------------------------------------

    def forward_mode(self) -> None:
        """Refuse what can't stand below the yield of a rule for forward mode."""
        self.known = set(self.parameters)
        hidden = self.made_later()
        for statement in self.text.backward:
            self.reads(statement, hidden)
            match statement:
                case gast.Assign(targets=[gast.Name()]):
                    continue
                case gast.Assign(
                    targets=[gast.Attribute(value=gast.Name(id="d"), attr=name)], value=value
                ):
                    if name in self.written:
                        raise self.wrong(statement, self.new_object(name, value))
                    if name not in self.text.results:
                        raise self.wrong(
                            statement,
                            f"has no result {name}: give the value a name of its own, without `d.`",
                        )
                    self.known.add(name)
                    continue
            change = self.change(statement)
            known = change is not None and change.of_d and change.sign in {"", "+", "-"}
            if change is None or change.base not in self.written or not known:
                x = min(self.written, default="")
                forms = [f"`d.{y} = ...`" for y in self.text.results]
                if x:
                    forms = [f"`d.{x}[i] = ...`, `d.{x}[i] += ...`, `np.add.at(d.{x}, i, ...)`"]
                raise self.wrong(
                    statement,
                    "can't stand below the yield of a rule for forward mode, where names are assigned and derivatives "
                    f"said: {', '.join(forms)}",
                )

    # ---- what is read -----------------------------------------------------------------------------

    def reads(self, statement: gast.AST, hidden: set[str] = frozenset()) -> None:  # type: ignore[assignment]
        """Refuse what an expression can't read where it stands."""
        change = self.change(statement)
        read = [statement.value] if change is None else [change.index, change.value]
        inside = [node for tree in read for node in nodes(tree)]
        if any(isinstance(node, _BINDING) for node in inside):
            raise self.wrong(statement, "binds a name inside an expression: assign it before")
        derivatives = [node.attr for node in inside if _of_d(node)]
        if sum(isinstance(node, gast.Name) and node.id == "d" for node in inside) > len(
            derivatives
        ):
            raise self.wrong(statement, "reads d itself: name the derivatives, as `d.y`")
        for name in derivatives:
            if name in self.replaced:
                raise self.wrong(
                    statement, f"reads d.{name} where it is changed already: read it above that"
                )
            if name not in self.known:
                what = "isn't known there" if name in self.parameters else "isn't known"
                raise self.wrong(statement, f"reads d.{name}, which {what}")
        for name in (name for tree in read for name in loaded(tree)):
            if name in hidden:
                raise self.wrong(
                    statement,
                    f"reads {name}, which is made after something is written: make it below the yield, "
                    "or above what writes",
                )
            if not self.views.get(name, set()).isdisjoint(self.replaced):
                raise self.wrong(
                    statement, f"reads {name}, which may be a view of what is changed: copy it"
                )

    def seen_through(self, value: gast.AST) -> set[str]:
        """Of which x a value may be a view of `d.x`."""
        found = {node.attr for node in nodes(value) if _of_d(node)}
        return found.union(*(self.views.get(name, set()) for name in loaded(value)))


def _of_d(node: gast.AST) -> bool:
    return (
        isinstance(node, gast.Attribute)
        and isinstance(node.value, gast.Name)
        and node.value.id == "d"
    )
