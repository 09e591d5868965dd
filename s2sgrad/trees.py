"""Small questions about gast expressions, and renaming without changing the tree that is asked.

No tree is changed in place once it is made, here or elsewhere: what was found out about one stays true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter, is_not
from typing import TypeVar

import gast

from s2sgrad.program import Function, walk
from s2sgrad.remembered import remembered

__all__ = [
    "calls_inside",
    "children",
    "ends_with_an_axis",
    "fields_changed",
    "fields_inside",
    "has_names_of_its_own",
    "identifiers",
    "loaded",
    "made",
    "name",
    "names_bound_in",
    "nodes",
    "of_kind",
    "only_new_axes",
    "own_names",
    "renamed",
    "times_loaded",
    "whole_axis",
    "whole_index",
    "with_fields",
    "without_new_axes",
]


_LOAD = gast.Load()  # one for all trees, which nobody changes
_new = gast.AST.__new__
Node = TypeVar("Node", bound=gast.AST)


def made(kind: type[Node], /, **fields: object) -> Node:
    """A node with these fields; gast's own constructors take twice as long."""
    node: Node = _new(kind)
    vars(node).update(fields)
    return node


def name(identifier: str) -> gast.Name:
    """An expression that reads identifier."""
    node = _new(gast.Name)
    node.id, node.ctx, node.annotation, node.type_comment = identifier, _LOAD, None, None
    return node


def loaded(tree: gast.AST) -> tuple[str, ...]:
    """The names that an expression or a statement reads, each once, in the order of the text."""
    kind = tree.__class__
    if kind is gast.Name:
        return (tree.id,)
    return () if kind is gast.Constant else _loaded_once(tree)


def times_loaded(tree: gast.AST, name: str) -> int:
    """In how many places an expression reads a name."""
    return _loads(tree).count(name)


@remembered
def _loaded_once(tree: gast.AST) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_loads(tree)))


@remembered
def _loads(tree: gast.AST) -> tuple[str, ...]:
    return tuple(_loaded(tree))


def _loaded(tree: gast.AST) -> list[str]:
    found: list[str] = []
    stack = [tree]
    while stack:
        node = stack.pop()
        kind = node.__class__
        if kind is gast.Name:
            if node.ctx.__class__ is gast.Load:
                found.append(node.id)
        elif kind in _FUNCTIONS:
            hidden = own_names(node)
            for default in _outside(node):
                found += _loaded(default)
            for body in _body(node):
                found += (read for read in _loaded(body) if read not in hidden)
        elif kind in _COMPREHENSIONS:
            hidden = _targets(node)
            found += _loaded(node.generators[0].iter)
            for part in _inside(node):
                found += (read for read in _loaded(part) if read not in hidden)
        elif kind is not gast.Constant:
            stack += reversed(children(node))
    return found


@remembered
def children(node: gast.AST) -> tuple[gast.AST, ...]:
    """The nodes directly inside a node but for contexts and operators, in the order of the text."""
    parts = _PARTS.get(node.__class__)
    if parts is not None:
        return parts(node)
    own = vars(node)
    found = []
    for field in fields_inside(node):
        value = own.get(field)
        if value is None:
            continue
        if value.__class__ is list:
            found += [item for item in value if isinstance(item, gast.AST)]
        elif isinstance(value, gast.AST):
            found.append(value)
    return tuple(found)


@remembered
def calls_inside(tree: gast.AST) -> tuple[gast.Call, ...]:
    """The calls in a tree."""
    return tuple(node for node in nodes(tree) if isinstance(node, gast.Call))


def fields_inside(node: gast.AST) -> tuple[str, ...]:
    """The fields of a node in which there may be an expression or a statement."""
    kind = node.__class__
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(field for field in kind._fields if field not in _PLAIN)
    return _FIELDS[kind]


def of_kind(tree: gast.AST, *kinds: type[gast.AST]) -> list[gast.AST]:
    """The nodes of some classes in a tree, those of each class level by level."""
    inside = _by_kind(tree)
    return [node for kind in kinds for node in inside.get(kind, ())]


@remembered
def _by_kind(tree: gast.AST) -> dict[type[gast.AST], list[gast.AST]]:
    found: dict[type[gast.AST], list[gast.AST]] = {}
    for node in nodes(tree):
        found.setdefault(node.__class__, []).append(node)
    return found


@remembered
def nodes(tree: gast.AST) -> tuple[gast.AST, ...]:
    """A node and all that are inside it but for contexts and operators, level by level."""
    found = [tree]
    for node in found:  # which grows
        kind = node.__class__
        if kind is not gast.Constant and (kind is not gast.Name or node.annotation is not None):
            found += children(node)
    return tuple(found)


_PLAIN = frozenset({"ctx", "op", "ops", "type_comment", "kind", "attr", "id", "arg"})
"""Fields in which there is no expression and no statement."""

_FIELDS: dict[type, tuple[str, ...]] = {gast.Constant: ()}
"""Classes of nodes and their fields in which there may be one, as they come up."""

_PARTS: dict[type, Callable[[gast.AST], tuple[gast.AST, ...]]] = {
    gast.Constant: lambda _: (),
    gast.Name: lambda node: () if node.annotation is None else (node.annotation,),
    gast.Attribute: lambda node: (node.value,),
    gast.UnaryOp: lambda node: (node.operand,),
    gast.BinOp: attrgetter("left", "right"),
    gast.Subscript: attrgetter("value", "slice"),
    gast.Call: lambda node: (node.func, *node.args, *node.keywords),
}
"""What is directly inside the nodes that there are most of."""

_FUNCTIONS = (gast.Lambda, gast.FunctionDef)
_COMPREHENSIONS = (gast.ListComp, gast.SetComp, gast.DictComp, gast.GeneratorExp)


def _body(function: gast.AST) -> list[gast.AST]:
    return function.body if isinstance(function.body, list) else [function.body]


def _outside(function: gast.AST) -> list[gast.AST]:
    """What is evaluated where a function is defined."""
    defaults = [*function.args.defaults, *(d for d in function.args.kw_defaults if d is not None)]
    return [*defaults, *getattr(function, "decorator_list", ())]


def _inside(comprehension: gast.AST) -> Iterator[gast.AST]:
    """What is evaluated in the scope of a comprehension: all but its first iterable."""
    fields = ("key", "value") if isinstance(comprehension, gast.DictComp) else ("elt",)
    yield from (getattr(comprehension, field) for field in fields)
    for number, generator in enumerate(comprehension.generators):
        yield generator.target
        if number:
            yield generator.iter
        yield from generator.ifs


def _targets(comprehension: gast.AST) -> set[str]:
    return {
        node.id
        for generator in comprehension.generators
        for node in nodes(generator.target)
        if isinstance(node, gast.Name) and isinstance(node.ctx, gast.Store)
    }


def own_names(function: gast.AST) -> set[str]:
    """The names that are local to a function."""
    parameters = {
        node.id
        for node in nodes(function.args)
        if isinstance(node, gast.Name) and isinstance(node.ctx, gast.Param)
    }
    return parameters.union(*map(names_bound_in, _body(function)))


def has_names_of_its_own(tree: gast.AST) -> bool:
    """Whether a node is a function or a comprehension, in which names may be others than around it."""
    return isinstance(tree, (*_FUNCTIONS, *_COMPREHENSIONS))


def whole_index(index: gast.AST) -> bool:
    """Whether an index is `()` or `...`, and gives an array as a whole."""
    match index:
        case gast.Tuple(elts=items):
            return not items
        case gast.Constant(value=value):
            return value is Ellipsis
    return False


def only_new_axes(index: gast.AST) -> bool:
    """Whether an index is made of `None` and `...`, with a None: it gives axes to a number, too."""
    items = index.elts if isinstance(index, gast.Tuple) else [index]
    values = [item.value if isinstance(item, gast.Constant) else 0 for item in items]
    return None in values and all(value is None or value is Ellipsis for value in values)


def ends_with_an_axis(index: gast.AST) -> bool:
    """Whether an index gives an axis behind all others: `y[..., None]`."""
    items = index.elts if isinstance(index, gast.Tuple) else []
    last = items[-1] if items else None
    return isinstance(last, gast.Constant) and last.value is None and any(map(whole_index, items))


def without_new_axes(index: gast.AST) -> gast.AST | None:
    """The index that undoes one which does nothing but give axes to an array: `[:, 0]` for `[:, None]`.

    None for every other index, and for one that could be given to a number.
    """
    items = index.elts if isinstance(index, gast.Tuple) else [index]
    new = [isinstance(item, gast.Constant) and item.value is None for item in items]
    if not any(new) or not any(map(whole_axis, items)):
        return None
    if not all(fresh or whole_axis(item) or whole_index(item) for fresh, item in zip(new, items)):
        return None
    first = gast.Constant(value=0, kind=None)
    parts = [first if fresh else item for fresh, item in zip(new, items)]
    return gast.Tuple(elts=parts, ctx=gast.Load())


def whole_axis(item: gast.AST) -> bool:
    """Whether a part of an index is `:`."""
    return isinstance(item, gast.Slice) and item.lower is item.upper is item.step is None


def renamed(tree: gast.AST, names: Mapping[str, gast.AST]) -> gast.AST:
    """The tree with names that it reads replaced by expressions; what doesn't change is shared.

    Functions and comprehensions keep their own names: only what they read from outside changes.
    """
    kind = tree.__class__
    if kind is gast.Name:
        return names.get(tree.id, tree) if isinstance(tree.ctx, gast.Load) else tree
    if not names or kind is gast.Constant:
        return tree
    if kind in _COMPREHENSIONS:
        return _renamed_comprehension(tree, names)
    if kind in _FUNCTIONS:
        hidden = own_names(tree)
        inner = {old: new for old, new in names.items() if old not in hidden}
        outside = {id(tree.args), *map(id, getattr(tree, "decorator_list", ()))}
        fields = _renamed_fields(tree, inner, names, outside)
    else:
        fields = fields_changed(tree, lambda part: renamed(part, names))
    return with_fields(tree, fields) if fields else tree


def _renamed_comprehension(tree: gast.AST, names: Mapping[str, gast.AST]) -> gast.AST:
    hidden = _targets(tree)
    inner = {old: new for old, new in names.items() if old not in hidden}
    first, *others = tree.generators
    changed = _renamed_fields(first, inner, names, {id(first.iter)})
    generators = [with_fields(first, changed) if changed else first]
    generators += [renamed(generator, inner) for generator in others]
    fields = _renamed_fields(tree, inner, {}, set(map(id, tree.generators)))
    if any(new is not old for new, old in zip(generators, tree.generators, strict=True)):
        fields["generators"] = generators
    return with_fields(tree, fields) if fields else tree


def _renamed_fields(
    tree: gast.AST,
    names: Mapping[str, gast.AST],
    names_outside: Mapping[str, gast.AST],
    outside: set[int],
) -> dict[str, object]:
    """The fields that change; parts whose id is in outside are renamed by names_outside."""

    def new(part: gast.AST) -> gast.AST:
        return renamed(part, names_outside if id(part) in outside else names)

    return fields_changed(tree, new)


def fields_changed(tree: gast.AST, new: Callable[[gast.AST], gast.AST]) -> dict[str, object]:
    """The fields of a node that are others with new parts."""
    own = vars(tree)
    changed: dict[str, object] = {}
    for field in fields_inside(tree):
        value = own.get(field)
        if value.__class__ is list:
            items = [new(item) if isinstance(item, gast.AST) else item for item in value]
            if any(map(is_not, items, value)):
                changed[field] = items
        elif isinstance(value, gast.AST):
            part = new(value)
            if part is not value:
                changed[field] = part
    return changed


def with_fields(tree: gast.AST, changed: Mapping[str, object]) -> gast.AST:
    """A copy of a node, at the same place of the user's, with some fields changed."""
    kind = tree.__class__
    copy = kind.__new__(kind)  # its constructor would set one field after the other
    fields = vars(copy)
    fields.update(vars(tree))
    fields.update(changed)
    return copy


@remembered
def names_bound_in(node: gast.AST) -> tuple[str, ...]:
    """The names that a statement or an expression binds or unbinds in its own scope."""
    found: dict[str, None] = {}
    stack: list[tuple[gast.AST, frozenset[str]]] = [(node, frozenset())]
    while stack:
        part, hidden = stack.pop()
        if isinstance(part, gast.Name):
            if not isinstance(part.ctx, gast.Load | gast.Param) and part.id not in hidden:
                found[part.id] = None
            continue
        if isinstance(part, _FUNCTIONS):
            if isinstance(part, gast.FunctionDef):
                found[part.name] = None
            inner = tuple(_outside(part))
        elif isinstance(part, gast.Import | gast.ImportFrom):
            inner = ()
        else:
            inner = children(part)
        if isinstance(part, _COMPREHENSIONS):
            hidden |= _targets(part)
        stack.extend((child, hidden) for child in reversed(inner))
    return tuple(found)


@remembered
def identifiers(function: Function) -> frozenset[str]:
    """Every identifier that occurs anywhere in a function, also inside kept statements."""
    found = {parameter.name for parameter in function.parameters}
    trees: list[gast.AST] = []
    for statement in walk(function.body):
        for field in vars(statement).values():
            if isinstance(field, gast.AST):
                trees.append(field)
            elif isinstance(field, str):
                found.add(field)
            elif isinstance(field, tuple):
                found.update(item for item in field if isinstance(item, str))
    while trees:
        node = trees.pop()
        kind = node.__class__
        if kind is gast.Name:
            found.add(node.id)
            if node.annotation is not None:
                trees.append(node.annotation)
        elif kind is not gast.Constant:
            trees += children(node)
    return frozenset(found)
