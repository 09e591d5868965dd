"""Sets, and generator expressions that lists are extended by, written as what lists and tuples are made of.

x in {1, n}                      x in (1, n)
{1, n}                           set((1, n))
{k % 2 for k in ks}              set([k % 2 for k in ks])
values.extend(v * v for v in x)  values.extend([v * v for v in x])
"""

from __future__ import annotations

from collections.abc import Callable

import gast

from s2sgrad.normalize.list_changes import is_made_here
from s2sgrad.normalize.nodes import at, call, tuple_of
from s2sgrad.normalize.quiet import is_quiet
from s2sgrad.trees import loaded, with_fields

__all__ = ["among", "as_set", "extended_at_once"]


def among(node: gast.AST) -> gast.AST:
    """`x in (a, b)` for `x in {a, b}`; anything else as it is."""
    match node:
        case gast.Compare(ops=[gast.In() | gast.NotIn()], comparators=[gast.Set(elts=items)]):
            return with_fields(node, {"comparators": [at(tuple_of(items), node)]})
    return node


def as_set(node: gast.Set | gast.SetComp, builtin: str) -> gast.AST:
    """A call of set, whose name is given, with a tuple or a list for a display or a comprehension.

    A display of more than two is `$set(a, b, c)`, and printed as one: Python builds it in an order of its own.
    """
    shown = node.elts if isinstance(node, gast.Set) else []
    if len(shown) > 2 and not any(isinstance(item, gast.Starred) for item in shown):
        return at(call("$set", *shown), node)
    items = (
        tuple_of(node.elts)
        if isinstance(node, gast.Set)
        else gast.ListComp(elt=node.elt, generators=node.generators)
    )
    return at(call(builtin, at(items, node)), node)


def extended_at_once(
    node: gast.Call, tree: gast.FunctionDef, resolved: Callable[[gast.AST], object]
) -> gast.AST:
    """The call with all items made before the list gets the first, where nobody sees that; as it is where one may."""
    (items,) = node.args
    base = node.func.value
    apart = (
        isinstance(base, gast.Name)
        and base.id not in loaded(items)
        and is_quiet(items, resolved, methods=True)
        and is_made_here(base.id, tree, resolved)
    )
    if not apart:
        return node
    listed = gast.ListComp(elt=items.elt, generators=items.generators)
    return with_fields(node, {"args": [at(listed, items)]})
