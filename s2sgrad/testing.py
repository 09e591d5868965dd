"""Tests of derivative rules, without the transformer: for the rules of s2sgrad and for anybody's.

Receives a callable that has a rule, and arguments; promises to raise AssertionError, saying what and where,
unless the rule's text agrees with differences of the callable, in reverse and in forward mode.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import gast
import numpy as np

from s2sgrad.numeric import flat, is_real, richardson_directional
from s2sgrad.registry import Rule, lookup

__all__ = ["check_rule", "gradient"]

TOLERANCE = 1e-7


def check_rule(function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> None:
    """Check the rule of function at the given arguments.

    Every argument that the rule gives a derivative, and that holds floats, is differentiated: floats, arrays,
    and sequences of these. Checked are the values of the forward part; structure, shape and dtype of the
    derivatives, for random incoming ones; reverse against Richardson differences along random directions;
    forward against them, and against reverse (⟨w, J v⟩ = ⟨Jᵀ w, v⟩); that arguments are as they were after the
    backward part; and, where the arguments are float64 arrays, that float32 stays float32.
    """
    rule = lookup(function, len(args), kwargs)
    assert rule is not None, f"{function!r} has no rule"
    assert rule.accepts(len(args), kwargs), (
        f"the rule of {rule.name} has the signature {rule.signature}"
    )
    _Check(rule, args, kwargs).run()
    narrow = _narrowed(args)
    if narrow is not None:
        _Check(rule, narrow, kwargs).dtypes()


def gradient(function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> dict[str, Any]:
    """What the rule of function gives for each argument that holds floats, for an incoming derivative of ones."""
    rule = lookup(function, len(args), kwargs)
    assert rule is not None, f"{function!r} has no rule"
    return _Check(rule, args, kwargs).gradient_of_ones()


class _Check:
    """One rule at one place."""

    def __init__(self, rule: Rule, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        self.rule = rule
        self.bound = rule.signature.bind(*args, **kwargs)
        self.bound.apply_defaults() if rule.kind != "inert" else None
        self.given = tuple(rule.signature.bind(*args, **kwargs).arguments)
        self.random = np.random.default_rng(1)
        self.active = [
            name
            for name in self.given
            if name in rule.differentiable and _has_reals(self.arguments[name])
        ]
        self.outputs = [*rule.results, *sorted(rule.mutates)]

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments by parameter, unshared."""
        return copy.deepcopy(dict(self.bound.arguments))

    def run(self) -> None:
        """All checks but those of dtypes."""
        if self.rule.kind == "inert":
            self._no_derivative()
            return
        places = self.arguments
        values = self._value(places)
        self._shares_no_memory(values, places)
        names = self._forward()
        self._equal(
            flat([names[name] for name in self.outputs]), flat(values), "the value above the yield"
        )
        seeds = {name: self._like(value) for name, value in zip(self.outputs, values, strict=True)}
        gradient = self._backward(names, seeds)
        self._unchanged(names)
        for name in self.active:
            self._same_form(gradient[name], self.bound.arguments[name], name)
        for name in self.active:
            for _ in range(2):
                self._along({name: self._like(self.bound.arguments[name])}, gradient, seeds)
        if self.active:
            self._along(
                {name: self._like(self.bound.arguments[name]) for name in self.active},
                gradient,
                seeds,
            )

    def dtypes(self) -> None:
        """Whether float32 arguments of a float32 function have float32 derivatives."""
        values = self._value(self.arguments)
        if self.rule.kind == "inert" or any(_wide(value) for value in values):
            return
        names = self._forward()
        seeds = {name: self._like(value) for name, value in zip(self.outputs, values, strict=True)}
        gradient = self._backward(names, seeds)
        for name in self.active:
            self._same_form(gradient[name], self.bound.arguments[name], name)

    def gradient_of_ones(self) -> dict[str, Any]:
        """The derivatives for incoming ones."""
        names = self._forward()
        ones = {n: np.ones_like(names[n])[()] for n in self.outputs}
        return self._backward(names, ones)

    # ---- what is compared ----

    def _no_derivative(self) -> None:
        """A function without a derivative: along any direction the real numbers it returns stay."""
        arguments = self.arguments
        places = {name: value for name, value in arguments.items() if _has_reals(value)}
        if not places or self.rule.effect:
            return
        directions = [
            self._like(value) if name in places else None for name, value in arguments.items()
        ]
        slope = richardson_directional(
            lambda *a: self._call(dict(zip(arguments, a, strict=True))),
            list(arguments.values()),
            directions,
        )
        self._equal(slope, np.zeros_like(slope), "the derivative of an inert function")

    def _along(
        self, tangents: dict[str, Any], gradient: Mapping[str, Any], seeds: Mapping[str, Any]
    ) -> None:
        """Differences, reverse and forward mode along one direction."""
        names = list(self.bound.arguments)
        slope = richardson_directional(
            lambda *values: self._value(dict(zip(names, values, strict=True))),
            list(self.bound.arguments.values()),
            [tangents.get(name) for name in names],
        )
        weight = flat(list(seeds.values()))
        pulled = sum(flat(gradient[name]) @ flat(tangents[name]) for name in tangents)
        where = f"with respect to {', '.join(tangents)}"
        self._equal(
            pulled, weight @ slope, f"reverse mode {where}", scale=np.abs(weight) @ np.abs(slope)
        )
        pushed = flat(self._tangent(tangents))
        self._equal(pushed, slope, f"forward mode {where}")
        self._equal(
            weight @ pushed,
            pulled,
            f"forward against reverse mode {where}",
            scale=np.abs(weight) @ np.abs(slope),
        )

    def _equal(self, got: Any, expected: Any, what: str, scale: Any = 0.0) -> None:
        with np.errstate(invalid="ignore"):
            error = np.abs(got - expected) > TOLERANCE * np.maximum(
                np.maximum(1, scale), np.abs(expected)
            )
        if (
            np.any(error)
            or np.shape(got) != np.shape(expected)
            or np.any(np.isnan(got) != np.isnan(expected))
        ):
            raise AssertionError(f"{self.rule.name}: {what} is {got}, expected {expected}")

    def _same_form(self, got: Any, like: Any, name: str) -> None:
        """Whether a derivative has the structure, shapes and dtypes of what it belongs to."""
        if isinstance(like, list | tuple):
            assert isinstance(got, list), f"{self.rule.name}: d.{name} must be a list, not {got!r}"
            assert len(got) == len(like), (
                f"{self.rule.name}: d.{name} has {len(got)} items, expected {len(like)}"
            )
            for part, item in zip(got, like, strict=True):
                self._same_form(part, item, name)
            return
        where = f"{self.rule.name}: d.{name}"
        assert np.shape(got) == np.shape(like), (
            f"{where} has the shape {np.shape(got)}, expected {np.shape(like)}"
        )
        if not isinstance(like, np.ndarray):
            scalar = self.rule.kind != "elementwise" or not isinstance(got, np.ndarray)
            assert scalar, f"{where} is an array, expected a scalar"
        if isinstance(like, np.ndarray | np.float32) and type(got) is not float:
            assert np.result_type(got) == like.dtype, (
                f"{where} is {np.result_type(got)}, expected {like.dtype}"
            )

    def _unchanged(self, names: Mapping[str, Any]) -> None:
        """Whether the part below the yield leaves the arguments as they were before the call."""
        for name, value in self.bound.arguments.items():
            if _has_reals(value):
                self._equal(
                    flat(names[name]), flat(value), f"{name} after the part below the yield"
                )

    def _shares_no_memory(self, values: list[Any], arguments: Mapping[str, Any]) -> None:
        """Whether only the result of a view shares memory with an argument."""
        if self.rule.kind == "view" or self.rule.mutates:
            return
        for value in values:
            for name, argument in arguments.items():
                if isinstance(value, np.ndarray) and isinstance(argument, np.ndarray):
                    assert not np.shares_memory(value, argument), (
                        f"{self.rule.name}: the result shares memory with {name}: it is a view"
                    )

    # ---- running ----

    def _call(self, arguments: dict[str, Any]) -> Any:
        bound = copy.copy(self.bound)
        bound.arguments = {name: arguments[name] for name in self.given}
        with np.errstate(all="ignore"):
            return self.rule.function(*bound.args, **bound.kwargs)

    def _value(self, arguments: dict[str, Any]) -> list[Any]:
        """The results of the callable, then the arguments that it has written."""
        result = self._call(arguments)
        results = (
            []
            if not self.rule.results
            else [result]
            if len(self.rule.results) == 1
            else list(result)
        )
        return results + [arguments[name] for name in sorted(self.rule.mutates)]

    def _forward(self, rule: Rule | None = None) -> dict[str, Any]:
        """All names of the rule at its yield."""
        rule = rule or self.rule
        names = self.arguments
        if rule.plain:
            result = self._call(names)
            names |= dict(
                zip(rule.results, [result] if len(rule.results) == 1 else result, strict=True)
            )
        else:
            _execute(rule, rule.forward, names)
        return names

    def _backward(self, names: dict[str, Any], seeds: Mapping[str, Any]) -> dict[str, Any]:
        """The derivatives of the active arguments."""
        from s2sgrad.rules.helpers import unbroadcast, zeros_like

        zeros = {
            name: zeros_like(self.bound.arguments[name])
            for name in self.rule.differentiable
            if name in names
        }
        d = SimpleNamespace(**zeros | copy.deepcopy(dict(seeds)))
        _execute(self.rule, self.rule.backward_for(self.active), names, d)
        if self.rule.kind == "elementwise":
            return {
                name: unbroadcast(getattr(d, name), self.bound.arguments[name])
                for name in self.active
            }
        return {name: getattr(d, name) for name in self.active}

    def _tangent(self, tangents: dict[str, Any]) -> Any:
        """Forward mode as the kind of the rule gives it."""
        from s2sgrad.rules.helpers import zeros_like

        arguments = self.arguments
        zeros = {n: zeros_like(v) for n, v in arguments.items() if n in self.rule.differentiable}
        match self.rule.kind:
            case "elementwise":
                names = self._forward()
                (result,) = self.rule.results
                total: Any = 0.0
                for name, value in tangents.items():
                    d = SimpleNamespace(
                        **{result: np.broadcast_to(value, np.shape(names[result]))[()]}
                    )
                    _execute(self.rule, self.rule.backward_for([name]), dict(names), d)
                    total = total + getattr(d, name)
                return total
            case "linear" | "view":
                return self._call(arguments | zeros | tangents)
            case "bilinear":
                return sum(
                    self._call(arguments | {name: value}) for name, value in tangents.items()
                )
        rule = self.rule.tangent
        assert rule is not None, f"{self.rule.name} has no tangent rule"
        d = SimpleNamespace(**zeros | copy.deepcopy(tangents))
        names = self._forward(rule)
        _execute(rule, rule.backward, names, d)
        return [
            getattr(d, name, zeros_like(names[name]))
            for name in self.outputs
            if _has_reals(names[name])
        ]

    def _like(self, value: Any) -> Any:
        """Random numbers in the place of the real numbers of value."""
        if isinstance(value, list | tuple):
            return [self._like(item) for item in value]
        if isinstance(value, np.ndarray) and is_real(value):
            return np.asarray(self.random.normal(size=value.shape), value.dtype)
        if isinstance(value, np.floating):
            return type(value)(self.random.normal())
        return float(self.random.normal()) if is_real(value) else None


def _execute(
    rule: Rule, statements: tuple[gast.AST, ...], names: dict[str, Any], d: object = None
) -> None:
    """Run a part of a rule on names, which are updated."""
    body = [gast.gast_to_ast(statement) for statement in statements]
    module = ast.fix_missing_locations(ast.Module(body, type_ignores=[]))
    with np.errstate(all="ignore"):
        space = {**rule.namespace, **names, "d": d}
        exec(compile(module, f"<rule of {rule.name}>", "exec"), space)  # noqa: S102 - the rule's own text
    names.update(
        {name: value for name, value in space.items() if name in names or name in rule.results}
    )
    if d is None:
        names.update(
            {
                name: value
                for name, value in space.items()
                if name not in rule.namespace and name != "d"
            }
        )


def _has_reals(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(_has_reals(item) for item in value)
    return is_real(value)


def _wide(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(_wide(item) for item in value)
    return is_real(value) and np.asarray(value).dtype == np.float64


def _narrowed(args: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """args with float32 for float64 arrays, None where there is no array."""

    def narrowed(value: Any) -> Any:
        if isinstance(value, np.ndarray) and is_real(value):
            return value.astype(np.float32)
        if isinstance(value, float):
            return np.float32(value)
        if isinstance(value, list | tuple):
            return type(value)(narrowed(item) for item in value)
        return value

    out = narrowed(args)
    return out if any(isinstance(a, np.ndarray) for a in _items(args)) else None


def _items(value: Any) -> list[Any]:
    if isinstance(value, list | tuple):
        return [leaf for item in value for leaf in _items(item)]
    return [value]
