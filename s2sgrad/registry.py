"""The rule table: which callable has which derivative rule, and how rules are registered.

Receives rules from the modules of the package `s2sgrad.rules`, from packages with an entry point in
the group `s2sgrad.rules`, and from users. Promises `lookup`, `operator_rule`, `method` and
`attribute`, which load all of these at their first use. A callable is found by what it is, not by
its name. Nothing is run but the modules that register.

A rule is a generator; above its `yield` is the forward pass, below it the backward pass::

    @elementwise(np.true_divide)
    def divide(d, x, y):
        z = x / y
        yield z
        d.x = d.z / y
        d.y = -z * d.x

`d.z` is the derivative that comes in, for the result that was yielded. Storing `d.x`, or adding
to a part of it (`np.add.at(d.x, i, d.y)`), gives the derivative of the argument x, and declares
that x has one; an argument that is treated in neither way has none. Of what a rule writes into,
`d.x` comes in, and is written into, too. Both parts are straight-line code, of the statements that
`rule_forms` lists; control flow belongs into functions that they call. A variadic parameter is the
tuple of its arguments, its derivative a list with one item for each.
"""

from __future__ import annotations

import builtins
import inspect
import math
import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeVar

import gast
import numpy as np

from s2sgrad import rule_loader
from s2sgrad.alone import alone
from s2sgrad.rule_source import (
    Parts,
    identity,
    is_plain,
    namespace_of,
    needed,
    parts_of_generator,
    parts_of_partials,
)
from s2sgrad.trees import nodes

__all__ = [
    "Rule",
    "adjoint",
    "alias",
    "attribute",
    "attributes",
    "bilinear",
    "elementwise",
    "inert",
    "linear",
    "load_plugins",
    "lookup",
    "method",
    "methods",
    "name_of",
    "operator_rule",
    "operators",
    "rules",
    "tangent",
    "variants",
    "view",
]

Function = Callable[..., object]
F = TypeVar("F", bound=Function)


@dataclass(frozen=True, eq=False)
class Rule:
    """How one callable is differentiated, for the arguments that `signature` accepts.

    kind: "elementwise" (broadcasts; its formulas leave the broadcasting out), "linear", "bilinear",
    "view" (linear, and the result may share memory with the argument), "adjoint" (anything else;
    forward mode has the rule `tangent`), "tangent" (below the yield, `d.y` is made from `d.a`), or
    "inert" (no derivative). results: the names yielded; () for a primitive that only writes into
    its arguments. forward, backward: the statements above and below the yield; plain: above is only
    the call itself. differentiable: the parameters that have a derivative. mutates: the parameters
    that are written. namespace: what the other names in the text mean. effect: to be run exactly
    once and in order, though it has no derivative. shares: the result may share memory with an argument.
    without: the parameters that have a derivative which isn't known.
    """

    function: Function
    kind: str
    name: str
    signature: inspect.Signature
    results: tuple[str, ...] = ("y",)
    forward: tuple[gast.AST, ...] = ()
    backward: tuple[gast.AST, ...] = ()
    differentiable: frozenset[str] = frozenset()
    mutates: frozenset[str] = frozenset()
    plain: bool = True
    tangent: Rule | None = None
    namespace: Mapping[str, object] = field(default_factory=dict, repr=False)
    effect: bool = False
    shares: bool = False
    without: frozenset[str] = frozenset()

    def backward_for(self, active: Collection[str]) -> tuple[gast.AST, ...]:
        """The statements of backward that the derivatives of these parameters need."""
        return needed(self.backward, {*active, *self.mutates})

    def accepts(self, positional: int, keywords: Collection[str] = ()) -> bool:
        """Whether a call with these keywords fits the signature."""
        return _fits(self, positional, frozenset(keywords))

    def reads_given(self, parameter: str, value: gast.AST) -> bool:
        """Whether a line of backward below `d.parameter = value` reads what was given to it."""
        return _reads_given(self, parameter, value)


@lru_cache(maxsize=1 << 12)
def _fits(rule: Rule, positional: int, keywords: frozenset[str]) -> bool:
    try:
        rule.signature.bind(*range(positional), **dict.fromkeys(keywords))
    except TypeError:
        return False
    return True


@lru_cache(maxsize=1 << 12)
def _reads_given(rule: Rule, parameter: str, value: gast.AST) -> bool:
    seen = False
    for statement in rule.backward:
        if seen and any(
            isinstance(node, gast.Attribute)
            and isinstance(node.value, gast.Name)
            and node.value.id == "d"
            and node.attr == parameter
            and isinstance(node.ctx, gast.Load)
            for node in nodes(statement)
        ):
            return True
        seen = seen or getattr(statement, "value", None) is value
    return False


_rules: dict[object, list[Rule]] = {}
_methods: dict[type, dict[str, Function]] = {}
_attributes: dict[type, dict[str, Function]] = {}
_operators: dict[str, Function] = {}
_ANYTHING = inspect.Signature(
    [
        inspect.Parameter("args", inspect.Parameter.VAR_POSITIONAL),
        inspect.Parameter("kwargs", inspect.Parameter.VAR_KEYWORD),
    ]
)


# ---- registering ---------------------------------------------------------------------------------


def elementwise(
    function: Function, partials: Function | None = None, *, override: bool = False
) -> Callable[[F], F]:
    """Register the rule of a function that works on each element by itself, and broadcasts.

    partials: `lambda y, a, b: (partial in a, partial in b)` with y the result. Without it this is a
    decorator for a generator, whose formulas may share work.
    """
    if partials is not None:
        parts = parts_of_partials(partials, name_of(function))
        _add(_rule(function, "elementwise", parts, partials, plain=True), override)
    return _decorator(function, "elementwise", override)


def linear(
    function: Function, *, override: bool = False, without: Collection[str] = ()
) -> Callable[[F], F]:
    """Register the rule of a function that is linear in its differentiable arguments, jointly.

    without: the parameters that the result depends on, and that the rule has no derivative for: refused if they vary.
    """
    return _decorator(function, "linear", override, without=without)


def bilinear(
    function: Function, *, override: bool = False, without: Collection[str] = ()
) -> Callable[[F], F]:
    """Register the rule of a function that is linear in each of its differentiable arguments.

    without: as for `linear`.
    """
    return _decorator(function, "bilinear", override, without=without)


def view(
    function: Function, *, override: bool = False, without: Collection[str] = ()
) -> Callable[[F], F]:
    """Register the rule of a linear function whose result may share memory with its argument.

    without: as for `linear`.
    """
    return _decorator(function, "view", override, without=without)


def adjoint(
    function: Function,
    *,
    override: bool = False,
    without: Collection[str] = (),
    shares: bool = False,
) -> Callable[[F], F]:
    """Register the rule of any other function; forward mode needs a `tangent` beside it.

    without: as for `linear`. shares: the result may be an argument, or share memory with it.
    """
    return _decorator(function, "adjoint", override, shares, without)


def tangent(function: Function, *, override: bool = False) -> Callable[[F], F]:
    """Register forward mode beside an `adjoint` rule: below the yield, store `d.y` from `d.a`."""

    @alone
    def register(rule_function: F) -> F:
        rule = _generator_rule(function, "tangent", rule_function)
        table = _rules.get(identity(function), [])
        for k, beside in enumerate(table):
            if list(beside.signature.parameters) == list(rule.signature.parameters):
                if beside.tangent is not None and not override:
                    raise ValueError(
                        f"{rule.name} has a tangent rule already: pass override=True to replace it"
                    )
                if (len(beside.results), beside.mutates) != (len(rule.results), rule.mutates):
                    raise ValueError(
                        f"the tangent rule of {rule.name} yields or writes something else than its adjoint rule"
                    )
                table[k] = replace(beside, tangent=rule)
                return rule_function
        raise ValueError(
            f"{rule.name} has no adjoint rule with the parameters of this tangent rule"
        )

    return register


def inert(*functions: Function, effect: bool = False, override: bool = False) -> None:
    """Register functions without a derivative: it is zero, or the result is no real number."""
    for function in functions:
        rule = Rule(function, "inert", name_of(function), _ANYTHING, effect=effect)
        _add(rule, override)


def alias(function: Function, of: Function) -> None:
    """Give function the rules of another callable that does the same."""
    for rule in _rules[identity(of)]:
        _add(replace(rule, function=function, name=name_of(function)), override=False)


def operators(table: Mapping[str, Function]) -> None:
    """Say which function each operator means, by the name of its class in `ast`."""
    _operators.update(table)


def methods(cls: type, table: Mapping[str, Function]) -> None:
    """Say which function each method of cls means; it receives the object as its first argument."""
    _methods.setdefault(cls, {}).update(table)


def attributes(cls: type, table: Mapping[str, Function]) -> None:
    """Say which function of the object each attribute of cls means."""
    _attributes.setdefault(cls, {}).update(table)


# ---- looking up ----------------------------------------------------------------------------------


def lookup(
    function: object, positional: int | None = None, keywords: Collection[str] = ()
) -> Rule | None:
    """The rule of a callable, None where it has none.

    A callable may have several rules, which differ in the number of arguments. With the number of
    positional arguments and the keywords of a call, the rule that accepts them is given, otherwise
    the first one.
    """
    found = variants(function)
    if positional is not None:
        found = tuple(rule for rule in found if rule.accepts(positional, keywords)) or found
    return found[0] if found else None


def variants(function: object) -> tuple[Rule, ...]:
    """All rules of a callable, in the order in which they were registered."""
    _load()
    return tuple(_rules.get(identity(function), ()))


@alone
def rules() -> tuple[Rule, ...]:
    """All rules."""
    _load()
    return tuple(rule for table in _rules.values() for rule in table)


def operator_rule(name: str) -> Rule | None:
    """The rule of an operator, by the name of its class in `ast`: "Add", "USub", "Lt"."""
    _load()
    return lookup(_operators[name]) if name in _operators else None


def method(cls: type, name: str) -> Function | None:
    """The function that a method means: `method(np.ndarray, "sum")` is np.sum."""
    _load()
    return _inherited(_methods, cls, name)


def attribute(cls: type, name: str) -> Function | None:
    """The function that an attribute means: `attribute(np.ndarray, "T")` is np.transpose."""
    _load()
    return _inherited(_attributes, cls, name)


def load_plugins() -> None:
    """Import the modules that packages name in the entry-point group `s2sgrad.rules` (once)."""
    rule_loader.load_plugins()


def name_of(function: object) -> str:
    """What a callable is called in code: "np.sin", "math.exp", "abs", "np.ndarray.astype"."""
    name = getattr(function, "__name__", type(function).__name__)
    for prefix, module in _MODULES.items():
        if getattr(module, name, None) is function:
            return prefix + name
    owner = getattr(function, "__objclass__", None) or getattr(function, "__self__", None)
    if owner is not None and not inspect.ismodule(owner):
        return f"{name_of(owner)}.{name}"
    home = getattr(function, "__module__", None)
    if home is None or home == "builtins" or home.startswith(rule_loader.HELPERS):
        return name
    return f"{home}.{getattr(function, '__qualname__', name)}"


_MODULES = {
    "": builtins,
    "math.": math,
    "np.": np,
    "np.linalg.": np.linalg,
    "np.random.": np.random,
    "operator.": operator,
}


# ---- inside --------------------------------------------------------------------------------------

rule_loader.locate()
rule_loader.filled_by_rules(_rules, _methods, _attributes, _operators)


def _load() -> None:
    rule_loader.load_rules()
    rule_loader.load_plugins()


def _inherited(
    table: Mapping[type, Mapping[str, Function]], cls: type, name: str
) -> Function | None:
    return next((table[base][name] for base in cls.__mro__ if name in table.get(base, ())), None)


def _decorator(
    function: Function,
    kind: str,
    override: bool,
    shares: bool = False,
    without: Collection[str] = (),
) -> Callable[[F], F]:
    def register(rule_function: F) -> F:
        rule = _generator_rule(function, kind, rule_function)
        rule = replace(rule, shares=shares or kind == "view", without=frozenset(without))
        _add(rule, override)
        return rule_function

    return register


def _generator_rule(function: Function, kind: str, rule_function: Function) -> Rule:
    parts = parts_of_generator(rule_function, kind)
    namespace = namespace_of(rule_function)
    plain = is_plain(function, parts, namespace)
    return _rule(function, kind, parts, rule_function, plain=plain)


def _rule(
    function: Function, kind: str, parts: Parts, rule_function: Function, *, plain: bool
) -> Rule:
    return Rule(
        function=function,
        kind=kind,
        name=name_of(function),
        plain=plain,
        namespace=namespace_of(rule_function),
        **vars(parts),
    )


@alone
def _add(rule: Rule, override: bool) -> None:
    rule_loader.load_rules()  # so that a user's rule comes after ours, whatever was imported first
    table = _rules.setdefault(identity(rule.function), [])
    if override:
        table.clear()
    fewest, most = _counts(rule.signature)
    for other in table:
        low, high = _counts(other.signature)
        if rule.kind == "inert" or (low <= fewest and most <= high):
            raise ValueError(f"{rule.name} has a rule already: pass override=True to replace it")
    table.append(rule)


def _counts(signature: inspect.Signature) -> tuple[float, float]:
    """The fewest and the most positional arguments that a signature accepts."""
    kinds = [(p.kind, p.default is p.empty) for p in signature.parameters.values()]
    positional = [
        required for kind, required in kinds if kind <= inspect.Parameter.POSITIONAL_OR_KEYWORD
    ]
    variadic = any(kind is inspect.Parameter.VAR_POSITIONAL for kind, _ in kinds)
    return sum(positional), math.inf if variadic else len(positional)
