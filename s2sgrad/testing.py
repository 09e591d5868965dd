"""Tests of derivative rules, without the transformer: for the rules of s2sgrad and for anybody's.

Receives a callable that has a rule, and arguments; promises to raise AssertionError, saying what
and where, unless the rule's text agrees with differences of the callable, in reverse and in
forward mode. The arguments stay as they are.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any

import gast
import numpy as np

from s2sgrad.numeric import flat, is_real, richardson_directional
from s2sgrad.registry import Rule, lookup, name_of
from s2sgrad.rule_loader import helpers
from s2sgrad.trees import loaded

__all__ = ["check_rule", "gradient"]

TOLERANCE = 1e-7


def check_rule(function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> None:
    """Check the rule of function at the given arguments.

    Every argument that the rule gives a derivative, and that holds floats, is differentiated:
    floats, arrays, and sequences of these. Checked are

    - the results of the part above the yield, and that only a view shares memory with an argument;
    - that the function writes into those arguments only that its rule writes into;
    - structure, shape and dtype of the derivatives, for random incoming ones;
    - that the arguments are as they were after the part below the yield;
    - reverse mode against Richardson differences along random directions;
    - forward mode against them, and against reverse mode (⟨w, J v⟩ = ⟨Jᵀ w, v⟩);
    - where there are float64 arrays, that float32 ones in their place have float32 derivatives.

    For a function without a derivative, that its real results don't change along random directions.
    """
    checked = _Checked.of(function, args, kwargs)
    if checked.rule.kind == "inert":
        checked.has_no_derivative()
        return
    checked.agrees_with_differences()
    if any(isinstance(leaf, np.ndarray) for leaf in _leaves(args)):
        _Checked.of(function, _narrowed(args), kwargs).keeps_precision()


def gradient(function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> dict[str, Any]:
    """What the rule of function gives for each parameter that holds floats, for incoming ones."""
    checked = _Checked.of(function, args, kwargs)
    names = checked.forward()
    return checked.backward(
        names, {name: np.ones_like(names[name])[()] for name in checked.outputs}
    )


class _Checked:
    """One rule at one place: what runs it, and what is required of it.

    outputs are the names that have an incoming derivative: the results, and what is written.
    """

    def __init__(self, rule: Rule, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        self.rule = rule
        self.bound = rule.signature.bind(*args, **kwargs)
        self.given = tuple(self.bound.arguments)
        self.bound.apply_defaults()
        self.outputs = [*rule.results, *sorted(rule.mutates)]
        self.active = [
            name
            for name in self.given
            if name in rule.differentiable and _has_reals(self.bound.arguments[name])
        ]
        self.random = np.random.default_rng(1)

    @classmethod
    def of(
        cls, function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> _Checked:
        rule = lookup(function, len(args), kwargs)
        if rule is None:
            raise AssertionError(f"{name_of(function)} has no rule")
        if not rule.accepts(len(args), kwargs):
            raise AssertionError(f"the rule of {rule.name} is for {rule.signature}")
        return cls(rule, args, kwargs)

    # ---- what is required -------------------------------------------------------------------

    def agrees_with_differences(self) -> None:
        """Everything but the dtypes of narrow arguments."""
        arguments = self.arguments()
        values = self.value(arguments)
        for name in arguments.keys() - self.rule.mutates:
            left, given = flat(arguments[name]), flat(self.bound.arguments[name])
            self.equal(left, given, f"{name}, into which the rule doesn't write,")
        self.shares_no_memory(values, arguments)
        names = self.forward()
        above = flat([names[name] for name in self.outputs])
        self.equal(above, flat(values), "the value above the yield")
        seeds = self.seeds(values)
        derivatives = self.backward(names, seeds)
        self.leaves_arguments(names)
        for name in self.active:
            self.has_form_of(derivatives[name], self.bound.arguments[name], f"d.{name}")
        directions = [{name: self.noise(self.bound.arguments[name])} for name in self.active * 2]
        if len(self.active) > 1:
            directions.append(
                {name: self.noise(self.bound.arguments[name]) for name in self.active}
            )
        for tangents in directions:
            self.agrees_along(tangents, derivatives, seeds)

    def agrees_along(
        self, tangents: dict[str, Any], derivatives: Mapping[str, Any], seeds: Mapping[str, Any]
    ) -> None:
        """Differences, reverse and forward mode along one direction."""
        slope = self.slope(tangents)
        weight = flat(list(seeds.values()))
        size = float(np.abs(weight) @ np.abs(slope))
        pulled = sum(flat(derivatives[name]) @ flat(tangents[name]) for name in tangents)
        pushed = flat(self.tangent(tangents))
        where = f"in {', '.join(tangents)}"
        self.equal(pulled, weight @ slope, f"reverse mode {where}", size)
        self.equal(pushed, slope, f"forward mode {where}")
        self.equal(weight @ pushed, pulled, f"forward against reverse mode {where}", size)

    def keeps_precision(self) -> None:
        """Derivatives of float32 arguments are float32 where the results are."""
        values = self.value(self.arguments())
        if any(np.asarray(leaf).dtype == np.float64 for leaf in _leaves(values) if is_real(leaf)):
            return
        derivatives = self.backward(self.forward(), self.seeds(values))
        for name in self.active:
            self.has_form_of(derivatives[name], self.bound.arguments[name], f"d.{name}")

    def has_no_derivative(self) -> None:
        """The real results don't change along a random direction."""
        arguments = self.bound.arguments
        tangents = {name: self.noise(v) for name, v in arguments.items() if _has_reals(v)}
        if tangents and not self.rule.effect:
            slope = self.slope(tangents)
            self.equal(slope, np.zeros_like(slope), "the derivative of an inert function")

    def equal(self, got: Any, expected: Any, what: str, size: float = 0.0) -> None:
        """Two numbers or vectors are equal, as exactly as differences of this size can be."""
        if np.shape(got) == np.shape(expected):
            scale = np.maximum(max(1.0, size), np.abs(expected))
            if np.all(
                (np.abs(got - expected) <= TOLERANCE * scale) | (np.isnan(got) & np.isnan(expected))
            ):
                return
        raise AssertionError(f"{self.rule.name}: {what} is {got}, expected {expected}")

    def has_form_of(self, got: Any, like: Any, what: str) -> None:
        """A derivative has structure, shapes and dtypes of what it belongs to, tuples being lists.

        A scalar's may be an array without axes, but for an elementwise function.
        """
        where = f"{self.rule.name}: {what}"
        if isinstance(like, list | tuple):
            if not isinstance(got, list) or len(got) != len(like):
                raise AssertionError(f"{where} is {got!r}, expected a list of {len(like)}")
            for k, (part, item) in enumerate(zip(got, like, strict=True)):
                self.has_form_of(part, item, f"{what}[{k}]")
            return
        if np.shape(got) != np.shape(like):
            raise AssertionError(f"{where} has shape {np.shape(got)}, expected {np.shape(like)}")
        if not isinstance(like, np.ndarray):
            if self.rule.kind == "elementwise" and isinstance(got, np.ndarray):
                raise AssertionError(f"{where} is an array, expected a scalar")
            if type(got) is float or not isinstance(like, np.float32):
                return
        if np.result_type(got) != np.result_type(like):
            raise AssertionError(f"{where} is {np.result_type(got)}, not {np.result_type(like)}")

    def leaves_arguments(self, names: Mapping[str, Any]) -> None:
        """The part below the yield has undone what the part above has written."""
        for name, value in self.bound.arguments.items():
            self.equal(flat(names[name]), flat(value), f"{name} after the part below the yield")

    def shares_no_memory(self, values: list[Any], arguments: Mapping[str, Any]) -> None:
        """Only the result of a rule that says so shares memory with an argument."""
        if self.rule.shares or self.rule.mutates:
            return
        results = [leaf for leaf in _leaves(values) if isinstance(leaf, np.ndarray)]
        for name, argument in arguments.items():
            for leaf in _leaves(argument):
                if isinstance(leaf, np.ndarray) and any(np.shares_memory(leaf, r) for r in results):
                    raise AssertionError(
                        f"{self.rule.name} is a view: it shares memory with {name}"
                    )

    # ---- what runs --------------------------------------------------------------------------

    def arguments(self) -> dict[str, Any]:
        """The arguments by parameter, copied."""
        return copy.deepcopy(dict(self.bound.arguments))

    def call(self, arguments: Mapping[str, Any]) -> Any:
        """The callable itself, with what was given (defaults are its own)."""
        bound = copy.copy(self.bound)
        bound.arguments = {name: arguments[name] for name in self.given}
        with np.errstate(all="ignore"):
            return self.rule.function(*bound.args, **bound.kwargs)

    def value(self, arguments: Mapping[str, Any]) -> list[Any]:
        """The results of the callable, then the arguments that it has written."""
        result = self.call(arguments)
        results = [result] if len(self.rule.results) < 2 else list(result)
        return results[: len(self.rule.results)] + [
            arguments[name] for name in sorted(self.rule.mutates)
        ]

    def slope(self, tangents: Mapping[str, Any]) -> np.ndarray:
        """The derivative of the real numbers of `value` along tangents, by differences."""
        arguments = self.bound.arguments
        return richardson_directional(
            lambda *values: self.value(dict(zip(arguments, values, strict=True))),
            list(arguments.values()),
            [tangents.get(name) for name in arguments],
        )

    def forward(self, rule: Rule | None = None) -> dict[str, Any]:
        """All names of the rule, or of its tangent rule, at the yield."""
        rule = rule or self.rule
        called = [n for s in rule.forward for n in loaded(s) if "." in n]  # in rules of one line
        names = dict.fromkeys(called, rule.function)
        return _executed(rule, rule.forward, self.arguments() | names)

    def backward(self, names: dict[str, Any], seeds: Mapping[str, Any]) -> dict[str, Any]:
        """The derivatives of the active arguments; names become what they are afterwards."""
        d = SimpleNamespace(**self.zeros() | copy.deepcopy(dict(seeds)))
        names |= _executed(self.rule, self.rule.backward_for(self.active), names, d)
        derivatives = {name: getattr(d, name) for name in self.active}
        if self.rule.kind == "elementwise":
            unbroadcast = _helper("unbroadcast")
            return {n: unbroadcast(v, self.bound.arguments[n]) for n, v in derivatives.items()}
        return derivatives

    def tangent(self, tangents: dict[str, Any]) -> Any:
        """Forward mode, as the kind of the rule gives it."""
        arguments = self.arguments()
        match self.rule.kind:
            case "elementwise":
                return self.sum_of_formulas(tangents)
            case "linear" | "view":
                return self.call(arguments | self.zeros() | tangents)
            case "bilinear":
                return sum(self.call(arguments | {n: v}) for n, v in tangents.items())
        rule = self.rule.tangent
        if rule is None:
            raise AssertionError(f"{self.rule.name} has no tangent rule")
        d = SimpleNamespace(**self.zeros() | copy.deepcopy(tangents))
        names = _executed(rule, rule.backward, self.forward(rule), d)
        zeros_like = _helper("zeros_like")
        return [getattr(d, n, zeros_like(names[n])) for n in self.outputs if _has_reals(names[n])]

    def sum_of_formulas(self, tangents: Mapping[str, Any]) -> Any:
        """An elementwise rule's formulas, each with the tangent of its argument coming in."""
        names = self.forward()
        (result,) = self.rule.results
        total: Any = 0.0
        for name, value in tangents.items():
            d = SimpleNamespace(**{result: np.broadcast_to(value, np.shape(names[result]))[()]})
            _executed(self.rule, self.rule.backward_for([name]), names, d)
            total = total + getattr(d, name)
        return total

    def zeros(self) -> dict[str, Any]:
        """Zeros for every parameter that has a derivative."""
        zeros_like = _helper("zeros_like")
        return {
            n: zeros_like(v) for n, v in self.arguments().items() if n in self.rule.differentiable
        }

    def seeds(self, values: list[Any]) -> dict[str, Any]:
        """Random incoming derivatives."""
        return {name: self.noise(value) for name, value in zip(self.outputs, values, strict=True)}

    def noise(self, value: Any) -> Any:
        """Random numbers in the places of the real numbers of value, None in all others."""
        if isinstance(value, list | tuple):
            return [self.noise(item) for item in value]
        if isinstance(value, np.ndarray) and is_real(value):
            return np.asarray(self.random.normal(size=value.shape), value.dtype)
        return type(value)(self.random.normal()) if is_real(value) else None


def _executed(
    rule: Rule, statements: tuple[gast.AST, ...], names: Mapping[str, Any], d: object = None
) -> dict[str, Any]:
    """names after a part of a rule has run on them, with what it has bound."""
    body = [gast.gast_to_ast(statement) for statement in statements]
    module = ast.fix_missing_locations(ast.Module(body, type_ignores=[]))
    code = compile(module, str(rule.namespace.get("__file__", "<rule>")), "exec")
    space = {**rule.namespace, **names, "d": d}
    with np.errstate(all="ignore"):
        exec(code, space)  # noqa: S102  the rule's text, under its file and its lines
    return {n: v for n, v in space.items() if n != "d" and rule.namespace.get(n, space) is not v}


def _helper(name: str) -> Callable[..., Any]:
    """A helper of the rules."""
    return helpers()[name]


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


def _has_reals(value: Any) -> bool:
    return any(map(is_real, _leaves(value)))


def _narrowed(value: Any) -> Any:
    """The same with float32 for every real number."""
    if isinstance(value, list | tuple):
        return type(value)(_narrowed(item) for item in value)
    if is_real(value):
        return value.astype(np.float32) if isinstance(value, np.ndarray) else np.float32(value)
    return value
