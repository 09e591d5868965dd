"""Every rule has a case, and the rules are closed: what their backward parts call has a rule."""

from __future__ import annotations

import builtins
import importlib.util
import inspect
from pathlib import Path

import gast
import numpy as np
import pytest

from s2sgrad import registry
from s2sgrad.registry import lookup, name_of, rules
from s2sgrad.rules.helpers import HELPERS

OPERATORS = (gast.operator, gast.unaryop, gast.cmpop)


def own_rules():
    """The rules of the package: other tests register some of functions of their own."""
    modules = ((rule, getattr(rule.function, "__module__", None) or "") for rule in rules())
    return [rule for rule, module in modules if not module.startswith("tests")]


def functions_with_cases():
    """What the other modules of this folder say that they test."""
    functions = []
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        if "FUNCTIONS = [" in path.read_text(encoding="utf-8") and path != Path(__file__):
            spec = importlib.util.spec_from_file_location(f"cases_of_{path.stem}", path)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            functions += module.FUNCTIONS
    return functions


def test_every_rule_with_a_derivative_has_a_case():
    tested = {id(function) for function in functions_with_cases()}
    ufunc_methods = {
        name_of(f)
        for f in functions_with_cases()
        if not isinstance(f, type) and hasattr(f, "__self__")
    }
    untested = [
        rule.name
        for rule in own_rules()
        if rule.kind != "inert"
        and id(rule.function) not in tested
        and rule.name not in ufunc_methods
    ]
    assert untested == []


def test_every_adjoint_has_a_tangent():
    assert [
        rule.name for rule in own_rules() if rule.kind == "adjoint" and rule.tangent is None
    ] == []


def resolved(node, namespace):
    """What a callee in the text of a rule is."""
    if isinstance(node, gast.Attribute):
        return getattr(resolved(node.value, namespace), node.attr)
    return namespace.get(node.id) or getattr(builtins, node.id)


@pytest.mark.parametrize(
    "rule", [r for r in own_rules() if r.kind != "inert"], ids=lambda rule: rule.name
)
def test_what_a_rule_calls_has_a_rule(rule):
    texts = [rule, *([rule.tangent] if rule.tangent else [])]
    for text in texts:
        for statement in text.backward + (() if text.plain else text.forward):
            for node in gast.walk(statement):
                if isinstance(node, gast.Call):
                    function = resolved(node.func, text.namespace)
                    assert lookup(function, len(node.args)) or function is list, name_of(function)
                elif isinstance(node, OPERATORS):
                    assert registry.operator_rule(type(node).__name__) is not None
                else:
                    control = (
                        gast.ListComp
                        | gast.GeneratorExp
                        | gast.IfExp
                        | gast.Lambda
                        | gast.NamedExpr
                    )
                    assert not isinstance(node, control), "a rule's text is straight-line"


@pytest.mark.parametrize(
    "rule", [r for r in own_rules() if r.kind != "inert"], ids=lambda rule: rule.name
)
def test_the_names_in_a_rule_are_known(rule):
    own = {*rule.signature.parameters, *rule.results, "d"}
    for statement in rule.forward + rule.backward:
        own |= {
            n.id
            for n in gast.walk(statement)
            if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Store)
        }
    for statement in rule.backward:
        for node in gast.walk(statement):
            if isinstance(node, gast.Name) and node.id not in own:
                assert node.id in {"np", "math", *HELPERS} or hasattr(builtins, node.id), node.id
            if (
                isinstance(node, gast.Attribute)
                and isinstance(node.value, gast.Name)
                and node.value.id == "d"
            ):
                assert node.attr in {*rule.signature.parameters, *rule.results}, node.attr


_EARLIER = {"newshape": "shape"}
"""What NumPy 2.0 calls parameters → what they are called since."""


@pytest.mark.parametrize(
    "rule", [r for r in own_rules() if r.kind != "inert"], ids=lambda rule: rule.name
)
def test_the_signature_is_that_of_the_function(rule):
    """Names and order of the arguments are the function's own, as far as Python knows them."""
    try:
        known = inspect.signature(rule.function)
    except (ValueError, TypeError):
        return
    if rule.function in HELPERS.values() or len(registry.variants(rule.function)) > 1:
        return
    theirs = [
        p
        for p in known.parameters.values()
        if p.kind is not p.KEYWORD_ONLY and p.kind is not p.VAR_KEYWORD
    ]
    if isinstance(rule.function, np.ufunc) or any(p.kind is p.VAR_POSITIONAL for p in theirs):
        return
    theirs = [p for p in theirs if p.kind is not p.POSITIONAL_ONLY]
    keywords = {p.name for p in known.parameters.values()}
    for position, ours in enumerate(rule.signature.parameters.values()):
        if ours.kind is ours.KEYWORD_ONLY:
            assert ours.name in keywords
        elif theirs[position : position + 1] and len(theirs) == len(known.parameters):
            assert ours.name == _EARLIER.get(theirs[position].name, theirs[position].name)
