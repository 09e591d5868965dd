"""What happens between a source and the text of its derivative."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import gast

from s2sgrad.activity import Outputs
from s2sgrad.alone import alone
from s2sgrad.as_tuples import with_tuples
from s2sgrad.asked_parts import asked_in_parts
from s2sgrad.assemble import Assembler
from s2sgrad.begun import begun, other_ways
from s2sgrad.context import Analysis, Context
from s2sgrad.contracts import assertions
from s2sgrad.emit import Emitted, emitted
from s2sgrad.errors import TransformError
from s2sgrad.finish import Finisher
from s2sgrad.followed import Followed, followed
from s2sgrad.gradient import Reversal, reversal
from s2sgrad.kinds import BOTTOM, Kind, Number, Other, Sequence
from s2sgrad.layout import are_in_c_order, is_in_c_order
from s2sgrad.lower import all_bound
from s2sgrad.memory_around import settled_memory
from s2sgrad.names import bare
from s2sgrad.normalize.logs import logs_of
from s2sgrad.normalize.nodes import bound_names
from s2sgrad.normalize.sequences import refuse_other_sequences
from s2sgrad.overlapping import refuse_changed_examples
from s2sgrad.pairs import Companions, Unit
from s2sgrad.parameters import Incoming, with_derivatives
from s2sgrad.parts import Parts
from s2sgrad.problems import refuse
from s2sgrad.program import Effect, Function, Origin, Return
from s2sgrad.question import (
    Examples,
    Like,
    Of,
    Question,
    Wrt,
    asked,
    exemplified,
    given,
    is_parameter,
    named,
    outputs,
)
from s2sgrad.remembered import remembering
from s2sgrad.result_parts import returning
from s2sgrad.same_things import same_things, unnamed_functions
from s2sgrad.settled import kept
from s2sgrad.simplify.expressions import tuple_of
from s2sgrad.simplify.inline import last_returned
from s2sgrad.source import Source
from s2sgrad.to_python import function_definition
from s2sgrad.trees import nodes
from s2sgrad.uncollected import uncollected
from s2sgrad.unfold.values import is_unnamed

__all__ = ["FORMS", "Derivative", "derive"]

FORMS = ("gradient", "value_and_gradient", "tangent")


@dataclass(frozen=True, eq=False)
class Derivative:
    """A generated text: text stands alone, memory_text sees the user's names themselves.

    memory_tree: what memory_text parses to, for who loads it once.
    result: the kind of what the function that was differentiated returns. annotations: what is
    known of the derivatives that come in, for whoever differentiates the text again. mutated: the
    parameters that the function writes into; contents: those of them whose final contents are differentiated.
    homeless: the names that text reads of a file that can't be imported. followed: what it takes from outside. settled:
    whether it holds for the whole numbers and texts in examples only; objects: for objects only that hold what those
    of the examples hold.
    """

    name: str
    text: str
    memory_text: str
    memory_tree: ast.Module
    bound: Mapping[str, object] = field(default_factory=dict)
    defaults: Mapping[str, object] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    result: Kind = field(default_factory=Kind)
    annotations: Mapping[str, object] = field(default_factory=dict)
    mutated: frozenset[str] = frozenset()
    contents: tuple[str, ...] = ()
    homeless: tuple[str, ...] = ()
    followed: Followed = field(default_factory=Followed)
    settled: bool = False
    objects: bool = False


@alone
@uncollected()
@remembering()
def derive(
    source: Source,
    wrt: Wrt,
    like: Like,
    form: str,
    *,
    of: Of = None,
    simplified: bool = True,
) -> Derivative:
    """The derivative of a function; without simplified as the passes before simplify leave it."""
    if form not in FORMS:
        raise ValueError(f"form is one of {', '.join(FORMS)}, not {form!r}")
    examples = given(source, like)
    refuse_other_sequences(source, examples or {})

    def begun_in(way: Mapping[str, bool]) -> Derivative:
        return settled_memory(lambda: _derived(source, wrt, examples, form, of, simplified, **way))

    try:
        return begun_in({})
    except TransformError as error:
        least = error
        for way in other_ways(source, wrt, examples, error):
            try:
                return begun_in(way)
            except TransformError as other:
                if "objects" in way and len(other.findings) < len(least.findings):
                    least = other
        raise least from None


def _derived(
    source: Source,
    wrt: Wrt,
    like: Examples,
    form: str,
    of: Of,
    simplified: bool,
    **way: bool,
) -> Derivative:
    """The derivative, the function being begun in some way."""
    source = replace(source, logs=logs_of(source.tree))
    called_with = like or {}
    context, parts = begun(source, wrt, like, **way)
    if parts is not None:
        source, like = parts.source, parts.like
    explicit = named(source, wrt) if parts is None else parts.certain
    examples = exemplified(source, like)
    kinds = context.parameter_kinds(source, examples, explicit or ())
    analysis = context.analyse(source, kinds)
    if parts is not None:
        parts.refuse_overlap(analysis.aliasing.mutated)
        examples = parts.without_unread(examples, analysis.function.body)
    wanted = outputs(analysis, of)
    if parts is None:
        question = asked(context, analysis, wrt, explicit, wanted)
    else:
        parts, question = asked_in_parts(context, analysis, parts, wanted)
    refuse(context, analysis, question.activity)
    refuse_changed_examples(context, analysis, called_with)
    companions = Companions(context, simplified)
    companions.begin()
    name = companions.name(f"{bare(source.name)}_{_SUFFIX[form]}")
    if form == "tangent":
        unit = companions.tangent_unit(
            analysis, question.names, name, question.moved, question.outputs
        )
        unit = checked(unit, context, examples)
        unit = put_together(unit, parts, form, question.outputs, simplified=simplified)
        return answered(
            printed([unit, *companions.units], source, name, companions),
            question,
            analysis,
            context,
            parts,
        )
    made = reversal(
        analysis,
        question.activity,
        question.names,
        companions,
        frozenset(companions.taken),
        question.outputs,
    )
    unit = checked(gradient_unit(made, question, name, form, companions), context, examples)
    shaped = with_tuples(unit.function, question.names, question.single, examples, kinds, form)
    unit = replace(unit, function=shaped)
    unit = put_together(unit, parts, form, question.outputs, simplified=simplified)
    return answered(
        printed([unit, *companions.units], source, name, companions),
        question,
        analysis,
        context,
        parts,
    )


def put_together(
    unit: Unit, parts: Parts | None, form: str, outputs: Outputs, *, simplified: bool
) -> Unit:
    """The function with parameters and a result that are containers as the user has them."""
    structure = unit.analysis.normalized.returned
    if structure is not None and outputs.returned:
        shaped = returning(structure, unit, form, len(outputs.contents))
        unit = replace(unit, function=shaped)
    if parts is None:
        return unit
    function = parts.put_together(unit.function, form)
    body = last_returned(function.body) if simplified else function.body
    return replace(unit, function=replace(function, body=body))


_SUFFIX = {"gradient": "grad", "value_and_gradient": "value_and_grad", "tangent": "tangent"}


def gradient_unit(
    made: Reversal, question: Question, name: str, form: str, companions: Companions
) -> Unit:
    """The function of a gradient."""
    analysis = made.analysis
    derivatives = list(made.derivatives)
    returned = derivatives[0] if question.single else tuple_of(derivatives)
    if form == "value_and_gradient":
        returned = tuple_of([made.result, returned])
    result = analysis.facts.result
    incoming = [Incoming(d, None, analysis.kinds[p]) for p, d in made.contents.items()]
    if question.outputs.returned:
        incoming.append(Incoming(made.incoming, _default(result), result))
    parameters = with_derivatives(analysis, incoming)
    finisher = Finisher(made, companions.context, companions.simplified)
    names = tuple(p.name for p in parameters)
    whole = (*made.forward, *made.backward, Return(returned))
    block = finisher.block(whole, names, whole=True, results=form == "value_and_gradient")
    text = _docstring(analysis, question, form)
    function = finisher.named(
        Function(name, parameters, block, text), frozenset(companions.outside)
    )
    return Unit(function, analysis, made)


def checked(unit: Unit, context: Context, examples: Mapping[str, Any]) -> Unit:
    """The function with what it relies on asserted at its head."""
    written = unit.analysis.source.annotations
    numbers = (float, int, bool)
    wanted = [key for key in examples if not any(written.get(key) is n for n in numbers)]
    tests = assertions(context.begun, wanted, context.agreed)
    tests += same_things(unit.analysis, context, context.begun, wanted)
    aliasing = unit.analysis.aliasing
    for parameter in (p.name for p in unit.analysis.function.parameters):
        if parameter in aliasing.laid_out:
            tests.append(is_in_c_order(parameter))
        elif isinstance(unit.analysis.kinds[parameter], Sequence) and not (
            aliasing.laid_out.isdisjoint(aliasing.aliases(parameter))
        ):
            tests.append(are_in_c_order(parameter))
    function = unit.function
    for parameter in unnamed_functions(context.begun, wanted):
        said = f"{function.docstring}\n\n{parameter} must be that of the example."
        function = replace(function, docstring=said)
    if not tests:
        return replace(unit, function=function)
    whole = tests[0] if len(tests) == 1 else gast.BoolOp(op=gast.And(), values=tests)
    head = Effect(gast.Assert(test=whole, msg=None))
    return replace(unit, function=replace(function, body=(head, *function.body)))


def _docstring(analysis: Analysis, question: Question, form: str) -> str:
    function, names, contents = analysis.source.name, question.names, question.outputs.contents
    plural = "s" if len(names) > 1 else ""
    initial = "the initial " if names and set(names) <= set(contents) else ""
    by = f"with respect to {initial}{', '.join(names)}"
    if contents:
        final = ", ".join(contents)
        given = (
            f"those of the final {final}"
            if not initial or names != contents
            else "those of the final ones"
        )
        given += " and of the result" if question.outputs.returned else ""
        by += f", given {given if plural or not initial else 'that of the final one'}"
    if form == "value_and_gradient":
        said = f"Value of {function}, and its derivative{plural} {by}."
    else:
        said = f"Derivative{plural} of {function} {by}."
    apart = [
        f"the arrays in {p.name}" if isinstance(analysis.kinds[p.name], Sequence) else p.name
        for p in analysis.function.parameters
        if _of_arrays(analysis.kinds[p.name])
    ]
    if analysis.aliasing.mutated and apart and (len(apart) > 1 or " " in apart[0]):
        said += f"\n\n{_together(apart)} must not overlap."
    return said


def _together(names: list[str]) -> str:
    """`x, y and z`, beginning a sentence where they are no names."""
    text = " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
    return text[0].upper() + text[1:] if text.startswith("the ") else text


def _of_arrays(kind: Kind) -> bool:
    """Whether a parameter is certainly an array, or a list of arrays."""
    item = kind.item if isinstance(kind, Sequence) else kind
    return isinstance(item, Number) and item.array is True


def _default(kind: Kind) -> gast.AST | None:
    """The default of the derivative that comes in: 1.0 where one number says it all."""
    return None if isinstance(kind, Sequence | Other) else gast.Constant(value=1.0, kind=None)


_UNNAMED = (
    "a function or an object that is used as a value has no name, as a default or what another function has made",
    "Give it a name in the module, or ask whether it is None and not whether it is true.",
)


def printed(units: list[Unit], source: Source, name: str, companions: Companions) -> Derivative:
    """The text of functions."""
    places: list[str] = []
    trees = [in_its_contexts(u, places) for u in units]
    for unit, tree in zip(units, trees, strict=True):
        if any(map(is_unnamed, nodes(tree))):
            raise TransformError([unit.analysis.finding(None, *_UNNAMED)])
    local = {
        name for tree in trees for name in bound_names([tree, *tree.body]) | parameter_names(tree)
    }
    taken = {
        n.id for tree in trees for n in nodes(tree) if isinstance(n, gast.Name)
    } | companions.outside
    own = frozenset(tree.name for tree in trees)
    assembler = Assembler(source.namespace, source.module, taken, local, own)
    functions = []
    for unit, tree in zip(units, trees, strict=True):
        functions.append(assembler.resolved(tree, unit.analysis.source))
    functions += list(assembler.helpers.values())
    names = {n.id for f in functions for n in nodes(f) if isinstance(n, gast.Name)}
    texts: list[Emitted] = []
    for own_names in (True, False):
        imports = assembler.imports(own=own_names, needed=names)
        if texts and len(imports) == len(assembler.imports(own=True, needed=names)):
            texts.append(texts[0])
            continue
        module = gast.Module(body=[*imports, *functions], type_ignores=[])
        texts.append(emitted(module))
    alone, memory = texts
    notes = {line: places[index] for line, index in memory.origins.items() if index < len(places)}
    bound = {
        g.name: g.value
        for g in assembler.globals.values()
        if g.own and g.name not in source.namespace
    }
    result = units[0].analysis.facts.result
    return Derivative(
        name,
        alone.text,
        memory.text,
        memory.parsed,
        bound=bound,
        defaults=kept(source),
        notes=notes,
        result=result,
        annotations=annotations_of(units[0]),
        homeless=tuple(g.name for g in assembler.globals.values() if g.own and g.statement is None),
    )


def in_its_contexts(unit: Unit, places: list[str]) -> gast.FunctionDef:
    """A function as a tree, its body in the contexts that it runs in."""
    tree = function_definition(finished(unit), place=placing(unit, places))
    contexts = unit.analysis.normalized.contexts
    if contexts:
        said = isinstance(tree.body[0], gast.Expr) and isinstance(tree.body[0].value, gast.Constant)
        items = [gast.withitem(context_expr=c, optional_vars=None) for c in contexts]
        inside = gast.With(items=items, body=tree.body[said:], type_comment=None)
        tree.body = [*tree.body[:said], inside]
    return tree


def annotations_of(unit: Unit) -> dict[str, object]:
    """The derivatives that come in and are floats, as the numbers are that they belong to."""
    made, facts = unit.reversal, unit.analysis.facts
    if isinstance(made, Reversal):
        kinds = {made.incoming: facts.result}
    else:
        kinds = {d: facts.kinds.get(made.names.primal[d], BOTTOM) for d in made.incoming}
    return {
        incoming: float
        for incoming, kind in kinds.items()
        if isinstance(kind, Number)
        and (kind.shape, kind.array) == ((), False)
        and kind.dtype in {"float64", "float", None}
    }


def placing(unit: Unit, places: list[str]) -> Callable[[Origin], int]:
    """Gives every place of the user's a number: that of its words in places."""
    source = unit.analysis.source
    known: dict[int, int] = {}

    def place(origin: Origin) -> int:
        if origin.line not in known:
            known[origin.line] = len(places)
            places.append(f"{source.filename}:{origin.line}: {source.line(origin.line).strip()}")
        return known[origin.line]

    return place


def answered(
    made: Derivative,
    question: Question,
    analysis: Analysis,
    context: Context,
    parts: Parts | None = None,
) -> Derivative:
    """The derivative with what its caller is told, a warning for each parameter that it is zero by included."""
    mutated = analysis.aliasing.mutated
    words = "the result of {} doesn't depend on {} differentiably: its derivative is zero"
    return replace(
        made,
        warnings=tuple(
            words.format(analysis.source.name, n)
            for n in (question.zero if parts is None else parts.zero(question.zero))
        ),
        mutated=mutated if parts is None else parts.wholes(mutated),
        settled=parts is not None and parts.settled,
        objects=parts is not None and parts.has_objects,
        contents=question.outputs.contents,
        followed=followed(
            [
                *(source for source, _, _ in context.prepared.values()),
                *(source for source, _ in context.normals.values()),
            ]
        ),
    )


def parameter_names(tree: gast.FunctionDef) -> set[str]:
    """The names of a function's parameters."""
    return {node.id for node in nodes(tree.args) if is_parameter(node)}


def finished(unit: Unit) -> Function:
    """The function with names that are bound wherever they are recorded."""
    function = unit.function
    return replace(
        function, body=all_bound(function.body, frozenset(p.name for p in function.parameters))
    )
