"""Lists in lists that are changed: a table whose rows stand there, and get longer, or other items, later.

`table = [[s, t], [u]]` with `table[1].append(v)` is a name for each row, `table_0` and `table_1`: the same lists under
names of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator

import gast

from s2sgrad.flow import bound
from s2sgrad.program import Assign, Block, Statement, Store, Update, walk
from s2sgrad.trees import name

__all__ = ["changed_tables"]

_CHANGING = frozenset({"append", "extend", "insert", "pop", "remove", "reverse"})


def changed_tables(body: Block) -> set[str]:
    """The names of lists of lists that stand there, of which a row is changed by its place."""
    times = Counter(n for s in walk(body) for n in bound(s))
    once = dict(_assigned(body, times))
    lists = {n for n, value in once.items() if isinstance(value, gast.List)}
    lists |= {n for n, value in once.items() if _is_repeated(value, lists)}
    added: dict[str, list[gast.AST]] = {n: [*getattr(once[n], "elts", ())] for n in lists}
    for table, row in map(_appended, walk(body)):
        if table in added:
            added[table].append(row)
    tables = {n for n, rows in added.items() if rows and all(_is_one_of(r, lists) for r in rows)}
    called = {n: n for n in tables}
    called |= {n: value.id for n, value in once.items() if _is_one_of(value, tables)}
    rows = {
        n: called[value.value.id]
        for n, value in once.items()
        if isinstance(value, gast.Subscript) and _is_one_of(value.value, called)
    }
    changed = (_changed(statement) for statement in walk(body))
    return {rows[n] for n in changed if n in rows} | {
        called[s.base.id]
        for s in walk(body)
        if isinstance(s, Store) and s.operator is not None and _is_one_of(s.base, called)
    }


def _assigned(body: Block, times: Counter[str]) -> Iterator[tuple[str, gast.AST]]:
    """The names that are assigned once, and what they are given."""
    for statement in walk(body):
        if isinstance(statement, Assign) and len(statement.targets) == 1:
            (target,) = statement.targets
            if times[target] == 1:
                yield target, statement.value


def _is_repeated(value: gast.AST, lists: set[str]) -> bool:
    """Whether a value is `[v] * n`."""
    times = isinstance(value, gast.BinOp) and isinstance(value.op, gast.Mult)
    return times and _is_one_of(value.left, lists)


def _appended(statement: Statement) -> tuple[str, gast.AST]:
    """What something is appended to by its name, and that."""
    match statement:
        case Assign(
            value=gast.Call(
                func=gast.Attribute(value=gast.Name(id=table), attr="append"), args=[row]
            )
        ):
            return str(table), row
    return "", name("")


def _is_one_of(node: gast.AST, names: Container[str]) -> bool:
    return isinstance(node, gast.Name) and node.id in names


def _changed(statement: Statement) -> str:
    """The name of what a statement may change, if it may be a list."""
    match statement:
        case Assign(
            value=gast.Call(func=gast.Attribute(value=gast.Name(id=changed), attr=attr))
        ) if attr in _CHANGING:
            return str(changed)
        case Update(target=changed) | Store(base=gast.Name(id=changed)):
            return str(changed)
    return ""
