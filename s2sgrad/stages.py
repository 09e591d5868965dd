"""The program after each pass, as text: how a derivative came about."""

from __future__ import annotations

import gast

from s2sgrad.alone import alone
from s2sgrad.context import Context
from s2sgrad.derive import derive
from s2sgrad.emit import emit
from s2sgrad.program import Function
from s2sgrad.question import Like, Of, Wrt, asked, exemplified, named, outputs
from s2sgrad.remembered import remembering
from s2sgrad.source import Source
from s2sgrad.to_python import function_definition
from s2sgrad.trees import renamed

__all__ = ["STAGES", "staged"]

STAGES = ("normalize", "webs", "infer", "activity", "reverse", "simplify")


@alone
@remembering()
def staged(source: Source, stage: str, wrt: Wrt, like: Like, form: str, *, of: Of = None) -> str:
    """The program after a pass, as text."""
    if stage not in STAGES:
        raise ValueError(f"stage is one of {', '.join(STAGES)}, not {stage!r}")
    if stage in {"reverse", "simplify"}:
        return derive(source, wrt, like, form, of=of, simplified=stage == "simplify").text
    context = Context()
    explicit = named(source, wrt)
    kinds = context.parameter_kinds(source, exemplified(source, like), explicit or ())
    _, normalized, split = context.prepare(source)
    if stage == "normalize":
        return program_text(normalized.function)
    text = program_text(split.function)
    if stage == "webs":
        return text
    analysis = context.analyse(source, kinds)
    if stage == "infer":
        return text + "".join(f"# {key}: {kind}\n" for key, kind in analysis.facts.kinds.items())
    question = asked(context, analysis, wrt, explicit, outputs(analysis, of))
    active = context.active(analysis, question.names, question.outputs).active
    return text + f"# active: {', '.join(n for n in analysis.facts.kinds if n in active)}\n"


def program_text(function: Function) -> str:
    """A program between the passes as Python text."""
    tree = function_definition(function, raw=True)
    own = {
        node.id: dotted(node.id.removeprefix("$"))
        for node in gast.walk(tree)
        if isinstance(node, gast.Name) and node.id.startswith("$")
    }
    body = [renamed(statement, own) for statement in tree.body]
    fields = {f: getattr(tree, f) for f in tree._fields}
    module = gast.Module(body=[gast.FunctionDef(**{**fields, "body": body})], type_ignores=[])
    return emit(module)


def dotted(text: str) -> gast.AST:
    """A dotted name as an expression."""
    root, *attributes = text.split(".")
    tree: gast.AST = gast.Name(id=root, ctx=gast.Load(), annotation=None, type_comment=None)
    for attr in attributes:
        tree = gast.Attribute(value=tree, attr=attr, ctx=gast.Load())
    return tree
