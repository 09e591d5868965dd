"""Parameters that are containers or objects, given in parts: a dict of arrays is a parameter for each array.

Receives a function, and what is told of its arguments. Gives a function with parameters for the parts, which all other
passes know nothing special of; `parts.py` puts the parameters, their reads and the derivatives together again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import gast

from s2sgrad.attributes import Attribute, attributes_of, is_method, receiver_of
from s2sgrad.given_once import reached
from s2sgrad.left_out import defaults_of, with_defaults, without_defaults
from s2sgrad.parts import Parts
from s2sgrad.parts_of import Maker
from s2sgrad.paths import all_parameters, root_of, wanted_parts
from s2sgrad.question import Examples, Wrt
from s2sgrad.source import MISSING, Source
from s2sgrad.structure import Structure
from s2sgrad.trees import nodes

__all__ = ["has_objects", "has_optional_parts", "in_parts"]


def has_optional_parts(source: Source, wrt: Wrt, like: Examples) -> bool:
    """Whether parameters with defaults can be taken in parts, or are None."""
    if like is None or not source.tree.args.defaults:
        return False
    parts = in_parts(source, wrt, like, optional=True)
    names = set(with_defaults(source.tree.args))
    return parts is not None and not names.isdisjoint({*parts.structures, *parts.source.nones})


def has_objects(source: Source, wrt: Wrt, like: Examples) -> bool:
    """Whether there are objects among the examples that are taken in parts if that is asked for."""
    parts = None if like is None else in_parts(source, wrt, like, objects=True)
    return parts is not None and parts.has_objects


def in_parts(
    source: Source,
    wrt: Wrt,
    like: Examples,
    *,
    settled: bool = False,
    optional: bool = False,
    objects: bool = False,
    written: bool = False,
) -> Parts | None:
    """The function with parameters for the parts of containers and objects, None where it has none.

    settled: whole numbers and texts in examples are taken for what they are. optional: parameters with defaults are
    taken in parts, too, and those that are None in the examples are None. objects: objects are taken in parts whatever
    their class does when they are made: but for what is differentiated by, and the object of a method. written: so is
    the first parameter if it is differentiated by attributes of it.
    """
    parameters = [p.id for p in all_parameters(source.tree.args)]
    examples = like or {}
    taken = {n.id for n in nodes(source.tree) if isinstance(n, gast.Name)}
    paths = [
        w
        for w in (wrt if isinstance(wrt, tuple) else (wrt,))
        if isinstance(w, str) and not w.isidentifier()
    ]
    asked = wrt if isinstance(wrt, tuple) else (wrt,)
    whole = {p for k, p in enumerate(parameters) if {p, k, k - len(parameters)} & {*asked}}
    if source.owner is not None or source.receiver is not MISSING:
        whole |= {*parameters[:1]}
    makers: dict[str, Maker] = {}
    structures: dict[str, Structure] = {}
    defaulted = with_defaults(source.tree.args) if optional else []
    for parameter in (*without_defaults(source.tree.args), *defaulted):
        wanted = any(root_of(path) == parameter for path in paths)
        found: Structure | None
        by_attributes = wanted and (written or parameter != parameters[0])
        in_objects = (objects or by_attributes) and parameter not in whole
        maker = Maker(taken, {}, {}, source, settled, in_objects)
        if parameter in examples:
            found = maker.of_value(parameter, examples[parameter])
        else:
            found = maker.of_annotation(parameter, source.annotations.get(parameter))
        if isinstance(found, Structure) and (
            wanted or _worth_it(found) or _unlike(found, maker.given)
        ):
            structures[parameter], makers[parameter] = found, maker
    _without_reached(structures, makers, examples)
    given = {n: value for p in structures for n, value in makers[p].given.items()}
    annotations = {n: value for p in structures for n, value in makers[p].annotations.items()}
    attributes: list[Attribute] = []
    own = [
        path for path in paths if root_of(path) == parameters[0] and parameters[0] not in structures
    ]
    if own:
        receiver = receiver_of(source, examples)
        made = receiver is not source.receiver and parameters[0] not in examples
        attributes = attributes_of(source, own, receiver, taken, made=made)
        source = replace(source, receiver=receiver, stays=not is_method(source, receiver))
    nones = {p for p in defaulted if _is_none(p, source, examples)}
    numbers = {w for w in asked if isinstance(w, int)}
    nones -= {p for k, p in enumerate(parameters) if {k, k - len(parameters)} & numbers}
    nones -= {root_of(w) for w in asked if isinstance(w, str)}
    source = replace(source, nones=frozenset(nones))
    if not structures and not attributes and not source.nones:
        return None
    return _made(
        source, wrt, examples, structures, given, annotations, tuple(attributes), like is not None
    )


def _without_reached(
    structures: dict[str, Structure], makers: Mapping[str, Maker], examples: Mapping[str, Any]
) -> None:
    """Leave out what is reached by other ways than its parts: by objects that aren't taken in parts."""
    wholes = [value for p in structures for value in makers[p].given.values()]
    wholes += [value for p, value in examples.items() if p not in structures]
    wanted = frozenset(i for p in structures for s in structures[p].walk() for i in s.identity)
    found = reached(wholes, wanted)
    for parameter, structure in list(structures.items()):
        if any(not found.isdisjoint(s.identity) for s in structure.walk()):
            del structures[parameter]


def _is_none(parameter: str, source: Source, examples: Mapping[str, Any]) -> bool:
    """Whether the example of a parameter is None, or its default if it has none."""
    known = examples.get(parameter, source.defaults.get(parameter, MISSING))
    return known is None


def _worth_it(structure: Structure) -> bool:
    """Whether something is more than a list or a tuple of numbers and arrays."""
    if structure.kind not in {list, tuple}:
        return True
    return any(isinstance(p, Structure) and _worth_it(p) for p in structure.parts.values())


def _unlike(structure: Structure, given: Mapping[str, Any]) -> bool:
    """Whether something is a list that has lists and something else in it."""
    listed = {isinstance(given.get(str(part)), list) for part in structure.parts.values()}
    return structure.kind is list and len(listed) > 1


def _made(
    source: Source,
    wrt: Wrt,
    examples: Mapping[str, Any],
    structures: dict[str, Structure],
    given: dict[str, Any],
    annotations: dict[str, object],
    attributes: tuple[Attribute, ...],
    told: bool,
) -> Parts:
    arguments = source.tree.args
    new_args = []
    defaults = []
    given_by_default = dict(defaults_of(arguments))
    for parameter in arguments.args:
        structure = structures.get(parameter.id)
        default = given_by_default.get(parameter.id)
        new = [parameter] if structure is None else [_parameter(n) for n in structure.names()]
        new_args += new
        if default is not None:
            none = gast.Constant(value=None, kind=None)
            defaults += [default] if structure is None else [none] * len(new)
    new_args[1:1] = [_parameter(a.parameter) for a in attributes]
    given |= {a.parameter: a.example for a in attributes if a.example is not MISSING}
    fields = {f: getattr(arguments, f) for f in arguments._fields}
    tree_fields = {f: getattr(source.tree, f) for f in source.tree._fields}
    tree_fields["args"] = gast.arguments(**{**fields, "args": new_args, "defaults": defaults})
    tree = gast.copy_location(gast.FunctionDef(**tree_fields), source.tree)
    inner = replace(
        source,
        tree=tree,
        annotations={**source.annotations, **annotations},
        structures=structures,
        attributes={(id(a.owner), a.attr): a.parameter for a in attributes},
        paths=tuple(a.path for a in attributes),
        receiver=source.receiver if attributes else MISSING,
    )
    items, single = wanted_parts(source, wrt, structures, examples, attributes)
    unsure = frozenset(i for i in items if wrt is None and isinstance(i, str) and i not in examples)
    names = [
        n
        for i in items
        for n in ([p for p in i.names() if p in i.real] if isinstance(i, Structure) else [i])
    ]
    like = {**{p: v for p, v in examples.items() if p not in structures}, **given} if told else None
    return Parts(inner, tuple(names), like, source, structures, items, single, attributes, unsure)


def _parameter(identifier: str) -> gast.AST:
    return gast.Name(id=identifier, ctx=gast.Param(), annotation=None, type_comment=None)
