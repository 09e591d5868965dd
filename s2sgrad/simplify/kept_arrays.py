"""Arrays that are kept as they are, and bound anew, where their contents were copied and overwritten.

    saved_y.append(np.copy(y))              saved_y.append(y)
    y *= x                                  y = y * x

Only where y certainly is the only name of its array, gets another one of the same dtype and shape, and is put back
under its name: see `put_back.rebound`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import gast

from s2sgrad.flow import bound, read
from s2sgrad.program import Assign, Block, For, Jump, Restore, Save, Statement, Store, Update, walk
from s2sgrad.rewrite import as_block, with_blocks
from s2sgrad.shape_reads import copied_name
from s2sgrad.simplify.expressions import binary
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.order import memory_written
from s2sgrad.simplify.put_back import copied_arguments
from s2sgrad.simplify.spellings import owned
from s2sgrad.simplify.taken import whole
from s2sgrad.trees import loaded, name, nodes

__all__ = ["kept_arrays"]

_NO_WIDER = frozenset({"bool", "int", "float32", "float64"})


def kept_arrays(block: Block, known: Knowledge) -> Block:
    """The block with arrays bound anew where what they held is recorded as a whole."""
    kept = _recorded(block)
    if not kept:
        return block
    work = _Kept(known, block, kept)
    return work.block(block)


def _recorded(block: Block) -> dict[Statement, str]:
    """The records of whole arrays, each with the array that gets it back and is bound to it then."""
    found: dict[str, list[tuple[Statement, str]]] = {}
    back: dict[str, set[str]] = {}
    reads: Counter[str] = Counter()
    for statement in walk(block):
        if not isinstance(statement, Save | Restore):
            reads.update(read(statement))
        match statement:
            case Save(stack=record, values=(value,)):
                found.setdefault(record, []).append((statement, copied_name(value) or ""))
            case Restore(stack=record, targets=(gast.Name(id=target),)):
                back.setdefault(record, set()).add(target)
            case Save(stack=record) | Restore(stack=record):
                back.setdefault(record, set()).add("")
            case Assign(targets=(record,), value=value) if copied_name(value):
                found.setdefault(record, []).append((statement, copied_name(value) or ""))
            case Assign(targets=(target,), value=gast.Name(id=record)):
                back.setdefault(record, set()).add(target)
            case _:
                continue
    return {
        records[0][0]: records[0][1]
        for record, records in found.items()
        if len(records) == 1
        and back.get(record) == {records[0][1]}
        and reads[record] == isinstance(records[0][0], Assign)
    }


@dataclass(eq=False)
class _Kept:
    """The walk over the whole block; kept: see `_recorded`."""

    known: Knowledge
    whole: Block
    kept: dict[Statement, str]

    def __post_init__(self) -> None:
        self.names = {n for s in walk(self.whole) for n in read(s)}
        self.copied = copied_arguments(self.whole)
        self.held = {n for s in walk(self.whole) for n in _held(s)}
        self.over = _inside_loops_over(self.whole)

    def block(self, block: Block) -> Block:
        instead: dict[Statement, Statement] = {}
        for place, statement in enumerate(block):
            array = self.kept.get(statement)
            write = None if array is None else self.overwritten(array, block[place + 1 :])
            new = None if write is None else self.bound_anew(array or "", write)
            if array is None or write is None or new is None or not self.may_be_kept(array):
                continue
            if write in self.over.get(array, ()):
                continue
            instead[write] = new
            plain = name(array)
            match statement:
                case Save():
                    instead[statement] = replace(statement, values=(plain,))
                case Assign():
                    instead[statement] = replace(statement, value=plain)
        return as_block((with_blocks(instead.get(s, s), self.block) for s in block), block)

    def may_be_kept(self, array: str) -> bool:
        """Whether an array has one name, which alone leads to it."""
        return array not in self.held and self.known.alone(array, self.names, self.copied)

    def overwritten(self, array: str, later: Block) -> Statement | None:
        """The statement that overwrites an array after it was recorded, if that certainly is the next one."""
        for statement in later:
            for inner in walk((statement,)):
                touched = array in (*bound(inner), *memory_written(inner, self.known.writes))
                if isinstance(inner, Jump) or (touched and inner is not statement):
                    return None
                if touched:
                    return statement
        return None

    def bound_anew(self, array: str, write: Statement) -> Statement | None:
        """The statement that makes a new array, of the same dtype and shape, with what is written."""
        shapes = self.known.shapes()
        own = shapes.number(name(array))
        match write:
            case Update(operator=operator, value=value):
                new = binary(name(array), operator, value)
                fits = shapes.scalar(value) or shapes.fills(value, own.shape)
            case Store(index=gast.AST() as index, value=value, operator=None) if whole(index):
                new = owned(value, shapes)
                fits = shapes.same(value, name(array)) and own.shape != ()
            case _:
                return None
        same = own.dtype == "float64" and shapes.number(value).dtype in _NO_WIDER
        if isinstance(write, Store) and shapes.number(value).dtype != "float64":
            return None
        return Assign((array,), new, origin=write.origin) if fits and same else None


def _inside_loops_over(block: Block) -> dict[str, set[Statement]]:
    """Array → the statements in loops over it, which would go on with the old one if it were bound anew."""
    found: dict[str, set[Statement]] = {}
    for loop in walk(block):
        if isinstance(loop, For):
            iterable = loop.iterable if loop.header is None else loop.header.iterable
            for array in loaded(iterable):
                found.setdefault(array, set()).update(walk(loop.body))
    return found


def _held(statement: Statement) -> list[str]:
    """The names whose arrays something else gets hold of: another name, a list, a tuple."""
    match statement:
        case Assign(value=gast.Name(id=source)):
            return [source]
        case Save(values=values):
            return [v.id for v in values if isinstance(v, gast.Name)]
        case Assign(value=value):
            return [
                item.id
                for node in nodes(value)
                if isinstance(node, gast.Tuple | gast.List | gast.Dict)
                for item in (node.values if isinstance(node, gast.Dict) else node.elts)
                if isinstance(item, gast.Name)
            ]
    return []
