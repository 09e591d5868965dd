"""Attributes of the object that a method is called on, as what is differentiated by: `wrt="self.W1"`.

Each is a parameter of its own inside. All that the function does with the object has to be known then: nothing else may
read these attributes unseen.
"""

from __future__ import annotations

import dataclasses
import dis
import inspect
import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import gast

from s2sgrad.errors import QuestionError
from s2sgrad.names import claimed
from s2sgrad.program import Block, Statement, Store, trees_of, walk
from s2sgrad.source import MISSING, Source
from s2sgrad.trees import name, nodes
from s2sgrad.unfold.classes import attribute_of, computes, is_plain_class

__all__ = ["Attribute", "attributes_of", "is_method", "read_unseen", "receiver_of", "written_in"]


@dataclass(frozen=True, eq=False)
class Attribute:
    """An attribute that is a parameter inside: path as the user writes it, owner the object that has it.

    example: what it is in the example that was given, MISSING if none was.
    """

    path: str
    parameter: str
    owner: object
    attr: str
    example: object

    @property
    def read(self) -> gast.AST:
        """How it is read."""
        root, *steps = self.path.split(".")
        tree: gast.AST = name(root)
        for step in steps:
            tree = gast.Attribute(value=tree, attr=step, ctx=gast.Load())
        return tree


def receiver_of(source: Source, examples: Mapping[str, Any]) -> object:
    """The object that a method is called on: an example, what it is bound to, or one of its class; MISSING for none."""
    parameters = [p.id for p in source.tree.args.args]
    if not parameters:
        return MISSING
    found = examples.get(parameters[0], source.receiver)
    if found is not MISSING:
        return found
    cls = source.owner
    return _blank(cls) if is_plain_class(cls) and isinstance(cls, type) else MISSING


def is_method(source: Source, receiver: object) -> bool:
    """Whether a function is a method of an object: it is bound, or its class has it."""
    if source.owner is not None or source.receiver is not MISSING:
        return True
    code = getattr(source.namespace, "code", None)
    held = (v for base in type(receiver).__mro__ for v in vars(base).values())
    return code is not None and any(getattr(v, "__code__", None) is code for v in held)


def _blank(cls: type) -> object:
    """An object of a class, which has the attributes that making one stores, but nothing in them."""
    made: Any = object.__new__(cls)
    attributes = (
        {f.name for f in dataclasses.fields(cls)} if dataclasses.is_dataclass(cls) else set()
    )
    for base in cls.__mro__:
        initial = vars(base).get("__init__")
        if isinstance(initial, types.FunctionType):
            stored = (i for i in dis.get_instructions(initial) if i.opname == "STORE_ATTR")
            attributes |= {i.argval for i in stored}
    if hasattr(made, "__dict__"):
        vars(made).update(dict.fromkeys(attributes, MISSING))
    return made


def attributes_of(
    source: Source, paths: list[str], receiver: object, taken: set[str], *, made: bool
) -> list[Attribute]:
    """The attributes that paths name; made: the object is there for its class only."""
    found: list[Attribute] = []
    for path in paths:
        root, *steps = path.split(".")
        if not steps or not all(step.isidentifier() for step in steps):
            raise _no_attribute(source, path)
        owner = receiver
        for step in steps[:-1]:
            owner = vars(owner).get(step, MISSING) if hasattr(owner, "__dict__") else MISSING
        if owner is MISSING or not is_plain_class(type(owner)):
            raise _no_attribute(source, path)
        held = inspect.getattr_static(owner, steps[-1], MISSING)
        special = isinstance(held, property | types.FunctionType | classmethod | staticmethod)
        if special or (held is MISSING and not made):
            raise _no_attribute(source, path)
        example = MISSING if made else held
        parameter = claimed("_".join((root, *steps)), taken)
        found.append(Attribute(path, parameter, owner, steps[-1], example))
    return found


def _no_attribute(source: Source, path: str) -> QuestionError:
    parameters = [p.id for p in source.tree.args.args]
    return QuestionError(
        f"{source.name} has no parameter {path!r}; it has: {', '.join(parameters)}"
    )


def read_unseen(block: Block, root: str, paths: list[str], receiver: object) -> Statement | None:
    """A statement that may read one of some attributes of an object otherwise than by their parameters."""
    wanted = [tuple(path.split(".")[1:]) for path in paths]

    def harmless(steps: tuple[str, ...]) -> bool:
        if not steps or any(path[: len(steps)] == steps for path in wanted):
            return False
        own = hasattr(receiver, "__dict__") and steps[0] in vars(receiver)
        held = attribute_of(type(receiver), steps[0])
        return held is None or not computes(held[0], own=own)

    def looks(node: object) -> bool:
        steps: list[str] = []
        inner = node
        while isinstance(inner, gast.Attribute):
            steps.insert(0, inner.attr)
            inner = inner.value
        if isinstance(inner, gast.Name) and inner.id == root:
            stored = isinstance(getattr(node, "ctx", None), gast.Store)
            return not (stored and steps) and not harmless(tuple(steps))
        if isinstance(node, gast.AST):
            return any(looks(getattr(node, f, None)) for f in node._fields)
        return isinstance(node, list | tuple) and any(map(looks, node))

    for statement in walk(block):
        parts = [v for k, v in vars(statement).items() if k not in {"body", "orelse", "head"}]
        if any(map(looks, parts)):
            return statement
    return None


def written_in(block: Block, root: str) -> Statement | None:
    """A statement that gives an attribute of an object, or of what it holds, something new, or deletes it."""

    def writes(node: gast.AST) -> bool:
        stored = isinstance(getattr(node, "ctx", None), gast.Store | gast.Del)
        return isinstance(node, gast.Attribute) and stored and _begins_with(node, root)

    for statement in walk(block):
        match statement:
            case Store(base=base, index=str()) if _begins_with(base, root):
                return statement
        if any(writes(node) for tree in trees_of(statement) for node in nodes(tree)):
            return statement
    return None


def _begins_with(node: gast.AST, root: str) -> bool:
    """Whether something is read of what a name means."""
    while isinstance(node, gast.Attribute | gast.Subscript):
        node = node.value
    return isinstance(node, gast.Name) and node.id == root
