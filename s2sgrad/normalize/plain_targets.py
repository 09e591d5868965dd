"""Variables of comprehensions that have the name of a builtin, under other names.

Receives a function's tree, and gives one in which the variables of comprehensions hide no builtin: in the loops that
they become, these are variables of the whole function, where the builtin may be called.
"""

from __future__ import annotations

import gast

from s2sgrad.names import claimed
from s2sgrad.normalize.comprehensions import with_targets
from s2sgrad.normalize.nodes import COMPREHENSIONS, comprehension_targets
from s2sgrad.trees import fields_changed, names_bound_in, of_kind, with_fields

__all__ = ["with_plain_targets"]

_CALLED = frozenset(
    {"all", "any", "dict", "enumerate", "float", "int", "isinstance", "len", "list"}
)
_CALLED |= frozenset({"max", "min", "range", "reversed", "set", "sorted", "sum", "tuple", "zip"})
"""The builtins that loops and what is computed around them may be written with."""


def with_plain_targets(tree: gast.FunctionDef) -> gast.FunctionDef:
    """The function with other names for such variables; the same tree where there are none."""
    if not any(map(_hidden, of_kind(tree, *COMPREHENSIONS))):
        return tree
    taken = {*names_bound_in(tree), *(n.id for n in of_kind(tree, gast.Name))}

    def written(node: gast.AST) -> gast.AST:
        changed = fields_changed(node, written)
        new = with_fields(node, changed) if changed else node
        if not isinstance(new, COMPREHENSIONS) or not _hidden(new):
            return new
        return with_targets(new, {name: claimed(name, taken, 1) for name in _hidden(new)})

    return written(tree)


def _hidden(node: gast.AST) -> list[str]:
    """The builtins that the variables of a comprehension hide."""
    return sorted(_CALLED & comprehension_targets(node))
