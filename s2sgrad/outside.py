"""Arguments that a function writes into, where it is called from outside: the caller's arrays stay as they are."""

from __future__ import annotations

import gast

from s2sgrad.activity import Outputs
from s2sgrad.context import Analysis
from s2sgrad.kinds import NONE, Number, Sequence
from s2sgrad.layout import in_c_order
from s2sgrad.program import Assign, Statement
from s2sgrad.simplify.expressions import call, method, real_dtype
from s2sgrad.trees import name

__all__ = ["begun", "copies", "parts"]


def copies(analysis: Analysis) -> tuple[Statement, ...]:
    """Copies of the arguments that a function writes into."""
    return tuple(
        Assign((p.name,), _copied(p.name, analysis))
        for p in analysis.function.parameters
        if p.name in analysis.aliasing.mutated
    )


def _copied(parameter: str, analysis: Analysis) -> gast.AST:
    """A copy of an argument; of a list, with copies of its arrays where these are written."""
    aliasing, kinds = analysis.aliasing, analysis.facts.kinds
    if not isinstance(kinds.get(parameter), Sequence):
        return method(name(parameter), "copy")
    inside = {n for n in aliasing.aliases(parameter) if isinstance(kinds.get(n), Number)}
    helper = "$list" if inside.isdisjoint(aliasing.written) else "$copied"
    return call(helper, name(parameter))


def begun(parameter: str, analysis: Analysis, incoming: str) -> gast.AST:
    """A derivative that comes in for an array, in its shape and never written into."""
    kind = analysis.facts.kinds.get(parameter)
    whole = call("$np.broadcast_to", name(incoming), call("$np.shape", name(parameter)))
    written = kind.dtype if isinstance(kind, Number) else None
    dtype = () if written == "float64" else (real_dtype(name(parameter), written),)
    if parameter in analysis.aliasing.laid_out:
        return in_c_order(whole, *dtype)
    return call("$np.array", whole, *dtype)


def parts(analysis: Analysis, result: gast.AST | None, outputs: Outputs | None) -> list[gast.AST]:
    """What is differentiated: the result, final contents of parameters, or both."""
    none = result is None or analysis.facts.result == NONE
    wanted = outputs is None or outputs.returned
    contents = () if outputs is None else outputs.contents
    return [*([] if none or not wanted or result is None else [result]), *map(name, contents)]
