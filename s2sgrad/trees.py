"""Small questions about gast expressions, and renaming without changing the tree that is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import gast

from s2sgrad.program import Function, walk

__all__ = ["identifiers", "loaded", "name", "names_bound_in", "renamed"]


def name(identifier: str) -> gast.Name:
    """An expression that reads identifier."""
    return gast.Name(id=identifier, ctx=gast.Load(), annotation=None, type_comment=None)


def loaded(tree: gast.AST) -> tuple[str, ...]:
    """The names that an expression or a statement reads, each once, in the order of the text."""
    if isinstance(tree, gast.Name):
        return (tree.id,)
    if isinstance(tree, gast.Constant):
        return ()
    return tuple(dict.fromkeys(_loaded(tree)))


def _loaded(tree: gast.AST) -> Iterator[str]:
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, gast.Name):
            if isinstance(node.ctx, gast.Load):
                yield node.id
        elif isinstance(node, gast.Lambda | gast.FunctionDef):
            bound = {
                n.id
                for n in gast.walk(node.args)
                if isinstance(n, gast.Name) and not isinstance(n.ctx, gast.Load)
            }
            bodies = node.body if isinstance(node, gast.FunctionDef) else [node.body]
            for body in bodies:
                bound |= {
                    n.id
                    for n in gast.walk(body)
                    if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Store)
                }
            for default in (
                *node.args.defaults,
                *(d for d in node.args.kw_defaults if d is not None),
            ):
                yield from _loaded(default)
            for body in bodies:
                yield from (read for read in _loaded(body) if read not in bound)
        else:
            stack.extend(reversed(list(gast.iter_child_nodes(node))))


def renamed(tree: gast.AST, names: Mapping[str, gast.AST]) -> gast.AST:
    """The tree with names that it reads replaced by expressions; what doesn't change is shared.

    Functions written inside keep their own names: only what they read from outside changes.
    """
    if isinstance(tree, gast.Name):
        return names.get(tree.id, tree) if isinstance(tree.ctx, gast.Load) else tree
    if not names or isinstance(tree, gast.Constant):
        return tree
    if isinstance(tree, gast.Lambda | gast.FunctionDef):
        free = set(loaded(tree))
        names = {old: new for old, new in names.items() if old in free}
        if not names:
            return tree
    changed: dict[str, object] = {}
    for field in tree._fields:
        value = getattr(tree, field, None)
        if isinstance(value, gast.AST):
            new: object = renamed(value, names)
            if new is not value:
                changed[field] = new
        elif isinstance(value, list):
            items = [renamed(item, names) if isinstance(item, gast.AST) else item for item in value]
            if any(item is not old for item, old in zip(items, value, strict=True)):
                changed[field] = items
    if not changed:
        return tree
    fields = {field: getattr(tree, field, None) for field in tree._fields}
    copy = type(tree)(**{**fields, **changed})
    for attribute in ("lineno", "col_offset", "end_lineno", "end_col_offset"):
        if hasattr(tree, attribute):
            setattr(copy, attribute, getattr(tree, attribute))
    return copy


def names_bound_in(node: gast.AST) -> tuple[str, ...]:
    """The names that a kept statement binds or unbinds (`del x`)."""
    return tuple(
        dict.fromkeys(
            n.id
            for n in gast.walk(node)
            if isinstance(n, gast.Name) and not isinstance(n.ctx, gast.Load | gast.Param)
        )
    )


def identifiers(function: Function) -> set[str]:
    """Every identifier that occurs anywhere in a function, also inside kept statements."""
    found = {parameter.name for parameter in function.parameters}
    for statement in walk(function.body):
        for field in vars(statement).values():
            if isinstance(field, gast.AST):
                found.update(n.id for n in gast.walk(field) if isinstance(n, gast.Name))
            elif isinstance(field, str):
                found.add(field)
            elif isinstance(field, tuple):
                found.update(item for item in field if isinstance(item, str))
    return found
