"""From a primitive with a rule to its tangent: the kind of the rule says how.

Receives one primitive with its resolution. Gives the tangents of its results as expressions in the tangents
of its active arguments, and the statements that compute what these share:

- an elementwise function: the sum of the rule's formulas, each with the tangent of its argument in the place
  of the incoming derivative;
- a linear function, or a view: the same call, made on the tangents;
- a bilinear function: the sum of such calls, one argument at a time;
- anything else: what the rule's own `tangent` says.

Names of helpers and modules stand with a `$` in front. Order, memory and loops are the business of `forward`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

import gast

from s2sgrad.adjoint import global_name
from s2sgrad.extents import broadcast
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Primitive
from s2sgrad.kinds import Number, Other, Sequence
from s2sgrad.list_operands import AS_ARRAY, is_listed, with_arrays
from s2sgrad.operands import Argument, literal, made_on, packed
from s2sgrad.program import Assign, Origin, Statement, Store
from s2sgrad.registry import Rule
from s2sgrad.rule_changes import Change, changed, shared_above
from s2sgrad.simplify.equality import key
from s2sgrad.simplify.expressions import add, call, number, sub, subscript
from s2sgrad.simplify.negatives import negated
from s2sgrad.trees import loaded, name, nodes, renamed
from s2sgrad.zeros import zeros_for

__all__ = ["NoTangentError", "Tangent", "Tangents", "total", "zeros"]


class NoTangentError(Exception):
    """A rule that says nothing about forward mode."""


@dataclass(frozen=True, eq=False)
class Tangent:
    """shared: statements to run first; values: the tangent of each result, None where it is zero."""

    shared: tuple[Statement, ...]
    values: tuple[gast.AST | None, ...]


@dataclass(eq=False)
class Tangents:
    """The tangents of one statement's primitive.

    value: the primitive as it is written; results: what the results are read from, one for each; derivative:
    the name of a name's tangent; at: what identifies the place, for kinds that vary from trip to trip.
    """

    resolution: Primitive
    value: gast.AST
    results: tuple[gast.AST, ...]
    derivative: Callable[[str], str]
    fresh: Callable[[str], str]
    active: Callable[[str], bool]
    facts: Facts
    at: object
    origin: Origin | None = None
    shared: list[Statement] = field(default_factory=list)
    locals: dict[gast.AST, str] = field(default_factory=dict)

    @property
    def rule(self) -> Rule:
        """The rule of the primitive."""
        return self.resolution.rule

    def all(self) -> Tangent:
        """The tangents of all results."""
        rule = self.rule
        if rule.tangent is not None:
            values: tuple[gast.AST | None, ...] = self.by_rule(rule.tangent)
        elif rule.kind in {"elementwise", "bilinear"} and not self.varying():
            values = (None,)
        elif rule.kind == "elementwise":
            values = (self.elementwise(),)
        elif rule.kind in {"linear", "view"}:
            values = (self.made_on(self.varying(), with_zeros=True),)
        elif rule.kind == "bilinear":
            values = (total(self.made_on([p], with_zeros=False) for p in self.varying()),)
        else:
            raise NoTangentError
        return Tangent(tuple(self.shared), values)

    def writes(self) -> tuple[list[Statement], list[Statement]]:
        """What writes into the tangents of the arguments that the primitive writes into; what comes before it."""
        rule = self.rule.tangent
        if rule is None:
            raise NoTangentError
        values = self.values(rule)
        given = {
            p: packed(self.of(self.resolution.arguments[p])) for p in rule.signature.parameters
        }
        before: list[Statement] = []
        after: list[Statement] = []
        above = shared_above(rule.forward, rule.backward)
        for statement in (*above, *rule.backward):
            change = changed(statement)
            if change is not None:
                after += self.written(rule, statement, change, values, given)
                continue
            base, value = statement.targets[0].id, _filled(rule, statement.value, values, given)
            new = self.fresh(base)
            values[base] = name(new)
            out = before if statement in above else after
            out.append(Assign((new,), value, origin=self.origin))
        return before, after

    def written(
        self,
        rule: Rule,
        statement: gast.AST,
        change: Change,
        values: Mapping[str, gast.AST],
        given: Mapping[str, gast.AST],
    ) -> list[Statement]:
        """One line that writes into the tangent of an argument, if that has one."""
        base = given[change.base]
        if not isinstance(base, gast.Name):
            return []
        if change.repeated:
            called = _filled(rule, statement.value, values, given)
            return [Assign((self.fresh("_"),), called, origin=self.origin)]
        index = _filled(rule, change.index, values, given)
        value = _filled(rule, change.value, values, given)
        part = subscript(base, index)
        if change.sign:
            value = add(part, value) if change.sign == "+" else sub(part, value)
        return [Store(base, index, value, origin=self.origin)]

    # ---- arguments --------------------------------------------------------------------------------

    def varying(self) -> list[str]:
        """The parameters with an active argument, in order."""
        return [
            parameter
            for parameter, value in self.resolution.arguments.items()
            if parameter in self.rule.differentiable and any(map(self.is_active, _atoms(value)))
        ]

    def is_active(self, atom: gast.AST) -> bool:
        """Whether an atom has a tangent."""
        return isinstance(atom, gast.Name) and self.active(atom.id)

    def of(self, value: Argument) -> Argument:
        """The tangent of an argument, zeros where it isn't active."""
        if isinstance(value, tuple):
            return tuple(self.of_atom(atom) for atom in value)
        return self.of_atom(value)

    def of_atom(self, atom: gast.AST) -> gast.AST:
        """The tangent of an atom, zeros where it isn't active."""
        if isinstance(atom, gast.Name) and self.active(atom.id):
            return name(self.derivative(atom.id))
        return zeros(atom, self.facts, self.at)

    def made_on(self, parameters: Iterable[str], *, with_zeros: bool) -> gast.AST:
        """The primitive with the tangents of some arguments in their places."""
        arguments = self.resolution.arguments
        replaced = {parameter: self.of(arguments[parameter]) for parameter in parameters}
        if with_zeros:
            others = self.rule.differentiable & arguments.keys() - replaced.keys()
            replaced |= {parameter: self.of(arguments[parameter]) for parameter in sorted(others)}
        return made_on(
            self.value, self.resolution, replaced, lambda atom: self.facts.atom(atom, self.at)
        )

    # ---- elementwise functions --------------------------------------------------------------------

    def elementwise(self) -> gast.AST:
        """The sum over the active arguments, in the shape of the result."""
        varying = self.varying()
        expression = total(self.term(parameter) for parameter in varying)
        (result,) = self.results
        kind = self.facts.atom(result, self.at)
        if not self.whole(varying):
            expression = call("$np.broadcast_to", expression, call("$np.shape", result))
        elif not _is_where(expression):
            return expression
        if isinstance(kind, Number) and kind.array is True:
            return expression
        return subscript(expression, gast.Tuple(elts=[], ctx=gast.Load()))

    def term(self, parameter: str) -> gast.AST:
        """The contribution of one argument."""
        argument = self.resolution.arguments[parameter]
        assert isinstance(argument, gast.AST)  # noqa: S101
        tangent = self.of_atom(argument)
        if isinstance(self.facts.atom(argument, self.at), Sequence):
            tangent = call("$np.array", tangent)
        (result,) = self.rule.results
        return self.backward(self.rule, self.rule.backward_for([parameter]), {result: tangent})[
            parameter
        ]

    def whole(self, varying: Iterable[str]) -> bool:
        """Whether the sum of the contributions certainly has the shape of the result."""
        arguments = self.resolution.arguments
        read = {atom for p in varying for atom in self.read_by(p)}
        if set(self.rule.results) & read:
            return True
        given = {
            p: kind
            for p, a in arguments.items()
            if not isinstance(kind := self.facts.atom(a, self.at), Other)
        }
        same = {key(arguments[p]) for p in read if p in arguments}
        missing = [p for p in given if p not in read and key(arguments[p]) not in same]
        if not missing:
            return True
        if not all(isinstance(kind, Number) for kind in given.values()):
            return False
        shapes = {p: kind.shape for p, kind in given.items() if isinstance(kind, Number)}
        part = broadcast([shapes[p] for p in shapes if p in read], object())
        return part == broadcast(list(shapes.values()), object())

    def read_by(self, parameter: str) -> set[str]:
        """The arguments and results that the contribution of an argument reads, itself included."""
        read = {parameter}
        for statement in self.rule.backward_for([parameter]):
            read.update(loaded(statement.value))
        return read

    # ---- the text of rules ------------------------------------------------------------------------

    def by_rule(self, rule: Rule) -> tuple[gast.AST | None, ...]:
        """What a rule for forward mode says."""
        given: dict[str, gast.AST] = {}
        for parameter in rule.signature.parameters:
            value = self.resolution.arguments.get(parameter)
            given[parameter] = number(0.0) if value is None else packed(self.of(value))
        made = self.backward(rule, rule.backward, given)
        return tuple(made.get(result) for result in rule.results)

    def backward(
        self, rule: Rule, statements: Iterable[gast.AST], given: Mapping[str, gast.AST]
    ) -> dict[str, gast.AST]:
        """What the statements below a rule's yield make of the derivatives that are given."""
        values, lists = self.values(rule), self.lists(rule)
        made = dict(given)
        for statement in (*(() if rule.plain else rule.forward), *statements):
            match statement:
                case gast.Assign(targets=[gast.Name(id=target)], value=value):
                    if target not in values:
                        values[target] = name(
                            self.local(statement, _filled(rule, value, values, made, lists), target)
                        )
                case gast.Assign(
                    targets=[gast.Attribute(value=gast.Name(id="d"), attr=parameter)], value=value
                ):
                    made[parameter] = _filled(rule, value, values, made, lists)
                case _:
                    continue  # what makes the results, which are at hand
        return made

    def values(self, rule: Rule) -> dict[str, gast.AST]:
        """The arguments and results by their names in a rule."""
        values = dict(zip(rule.results, self.results, strict=True))
        for parameter, described in rule.signature.parameters.items():
            value = self.resolution.arguments.get(parameter)
            default = () if described.kind is described.VAR_POSITIONAL else described.default
            values[parameter] = literal(default) if value is None else packed(value)
        return values

    def lists(self, rule: Rule) -> frozenset[str]:
        """The parameters that are given lists."""
        return frozenset(
            parameter
            for parameter in rule.signature.parameters
            if isinstance(atom := self.resolution.arguments.get(parameter), gast.Name)
            and is_listed(self.facts.atom(atom, self.at))
        )

    def local(self, statement: gast.AST, expression: gast.AST, base: str) -> str:
        """A value that several formulas share, computed once; one made of a derivative is none."""
        alone = any(_of_d(node) for node in nodes(statement))
        if alone or statement not in self.locals:
            self.locals[statement] = self.fresh(base)
            target = (self.locals[statement],)
            self.shared.append(Assign(target, expression, origin=self.origin))
        return self.locals[statement]


# ---- expressions ---------------------------------------------------------------------------------


def zeros(atom: gast.AST, facts: Facts, at: object) -> gast.AST:
    """Zeros in the structure of an atom: 0.0 for a number."""
    kind = facts.atom(atom, at)
    scalar = isinstance(kind, Number) and kind.scalar and kind.array is False
    if scalar or isinstance(atom, gast.Constant | gast.UnaryOp):
        return number(0.0)
    like = zeros_for(atom, kind)
    return call("$tuple", like) if isinstance(kind, Sequence) and kind.type == "tuple" else like


def total(terms: Iterable[gast.AST]) -> gast.AST:
    """The sum of terms: one with a sign is subtracted, a selection takes the place of its zeros."""
    first, *others = terms
    for term in others:
        chosen = _chosen(first, term)
        positive = negated(term)
        first = (
            chosen
            if chosen is not None
            else add(first, term)
            if positive is None
            else sub(first, positive)
        )
    return first


def _chosen(first: gast.AST, second: gast.AST) -> gast.AST | None:
    """`np.where(c, a, 0) + np.where(c, 0, b)` as `np.where(c, a, b)`."""
    if not (_is_where(first) and _is_where(second)):
        return None
    (test, chosen, zero), (other_test, other_zero, other) = first.args, second.args
    if key(test) == key(other_test) and _is_zero(zero) and _is_zero(other_zero):
        return call("$np.where", test, chosen, other)
    return None


def _is_where(tree: gast.AST) -> bool:
    match tree:
        case gast.Call(
            func=gast.Attribute(value=gast.Name(id="$np"), attr="where"), args=[_, _, _]
        ):
            return True
    return False


def _is_zero(tree: gast.AST) -> bool:
    return isinstance(tree, gast.Constant) and tree.value == 0


def _of_d(node: gast.AST) -> bool:
    return (
        isinstance(node, gast.Attribute)
        and isinstance(node.value, gast.Name)
        and node.value.id == "d"
    )


def _filled(
    rule: Rule,
    tree: gast.AST,
    values: Mapping[str, gast.AST],
    given: Mapping[str, gast.AST],
    lists: Collection[str] = (),
) -> gast.AST:
    """An expression of a rule, with values in the place of its names, and of its derivatives; lists as arrays."""
    tree = with_arrays(_with_names(tree), {*lists, *(f"d.{parameter}" for parameter in lists)})
    new: dict[str, gast.AST] = {}
    for identifier in loaded(tree):
        plain = identifier.removesuffix(AS_ARRAY)
        if plain.startswith("d."):
            found = given[plain.removeprefix("d.")]
        else:
            found = values.get(plain) or global_name(rule, plain)
        new[identifier] = found if plain == identifier else call("$np.array", found)
    return renamed(tree, new)


def _with_names(tree: gast.AST) -> gast.AST:
    """The expression with each `d.x` as a name."""
    if _of_d(tree):
        return name(f"d.{tree.attr}")
    changed: dict[str, object] = {}
    for field_name in tree._fields:
        value = getattr(tree, field_name, None)
        if isinstance(value, gast.AST):
            changed[field_name] = _with_names(value)
        elif isinstance(value, list):
            changed[field_name] = [
                _with_names(item) if isinstance(item, gast.AST) else item for item in value
            ]
        else:
            changed[field_name] = value
    return type(tree)(**changed)


def _atoms(value: Argument) -> tuple[gast.AST, ...]:
    return value if isinstance(value, tuple) else (value,)
