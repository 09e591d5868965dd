"""Several generated modules as one: imports together, what two of them share once.

Receives complete module texts. Promises a module in which every name means what it meant in each
of them: a definition that several texts share (a copied helper, the pair of a called function) is
there once, and comments stay above what they belong to. Leaves the text of every definition as it
is.
"""

from __future__ import annotations

import ast
import symtable
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["NameClashError", "merged"]

_WIDTH = 88


class NameClashError(Exception):
    """Two texts give a name different meanings."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} would have two meanings in one module")
        self.name = name


def _no_module(_: str) -> bool:
    return False


def merged(texts: Sequence[str], own: Callable[[str], bool] = _no_module) -> str:
    r"""The texts as one module; NameClashError where a name would have to mean two things.

    own: whether a module is one of the user's, of which the imports stand last.

    >>> one = "import math\n\n\ndef f(x):\n    return math.sin(x)\n"
    >>> two = "import math\n\n\ndef g(x):\n    return math.cos(x)\n"
    >>> print(merged([one, two]), end="")
    import math
    <BLANKLINE>
    <BLANKLINE>
    def f(x):
        return math.sin(x)
    <BLANKLINE>
    <BLANKLINE>
    def g(x):
        return math.cos(x)
    """
    distinct = tuple(dict.fromkeys(texts))
    if len(distinct) == 1 and not any(own(module) for module in _imported(distinct[0])):
        return distinct[0]
    imports: dict[str, ast.Import | ast.ImportFrom] = {}
    definitions: dict[str, str] = {}
    meanings: dict[str, str] = {}
    for text in distinct:
        for node, part in _parts(text):
            if isinstance(node, ast.Import | ast.ImportFrom):
                for single in _singles(node):
                    imports[ast.unparse(single)] = single
                    _mean(meanings, *_meaning(single))
            else:
                name = _name(node)
                definitions[name] = part
                _mean(meanings, name, part)
    for text in distinct:
        for name in _taken_from_builtins(text):
            if name in meanings:
                raise NameClashError(name)
    body = "\n\n\n".join(definitions.values()) + "\n"
    head = "\n\n".join(_import_blocks(imports.values(), own))
    return f"{head}\n\n\n{body}" if head else body


def _parts(text: str) -> Iterator[tuple[ast.stmt, str]]:
    """The statements of a module, each with its text and the comments above it."""
    lines = text.splitlines()
    end = 0
    for node in ast.parse(text).body:
        start, end = end, node.end_lineno or node.lineno
        yield node, "\n".join(lines[start:end]).strip("\n")


def _singles(node: ast.Import | ast.ImportFrom) -> Iterator[ast.Import | ast.ImportFrom]:
    """An import as imports of one name each."""
    for alias in node.names:
        if isinstance(node, ast.Import):
            yield ast.Import([alias])
        else:
            yield ast.ImportFrom(node.module, [alias], node.level)


def _meaning(node: ast.Import | ast.ImportFrom) -> tuple[str, str]:
    """The name that an import of one name binds, and what it makes it mean."""
    alias = node.names[0]
    if isinstance(node, ast.Import):
        first = alias.name.partition(".")[0]
        return (
            (alias.asname, f"module {alias.name}") if alias.asname else (first, f"module {first}")
        )
    return alias.asname or alias.name, f"{'.' * node.level}{node.module or ''} {alias.name}"


def _name(node: ast.stmt) -> str:
    """The name that a statement binds; other statements are known by what they say."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return node.name
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    return ast.unparse(node)


def _mean(meanings: dict[str, str], name: str, meaning: str) -> None:
    if meanings.setdefault(name, meaning) != meaning:
        raise NameClashError(name)


def _taken_from_builtins(text: str) -> list[str]:
    """The names that the functions of a module read and that it doesn't bind."""
    module = symtable.symtable(text, "<generated>", "exec")
    bound = {symbol.get_name() for symbol in module.get_symbols() if symbol.is_local()}
    read: set[str] = set()
    pending = list(module.get_children())
    while pending:
        table = pending.pop()
        read |= {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global()}
        pending += table.get_children()
    return sorted(read - bound)


def _imported(text: str) -> Iterator[str]:
    """The modules that a text imports."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def _import_blocks(
    imports: Iterable[ast.Import | ast.ImportFrom], own: Callable[[str], bool]
) -> list[str]:
    """Imports as text, in four blocks: `__future__`, the standard library, others, the user's."""
    blocks: tuple[list[str], ...] = ([], [], [], [])
    origins: dict[str, list[str]] = {}
    for node in imports:
        if isinstance(node, ast.Import):
            blocks[_block(node.names[0].name, own)].append(ast.unparse(node))
        else:
            names = origins.setdefault("." * node.level + (node.module or ""), [])
            names.append(ast.unparse(node.names[0]))
    for block in blocks:
        block.sort()
    for module, names in sorted(origins.items()):
        blocks[_block(module, own)].append(_import_from(module, sorted(names)))
    return ["\n".join(block) for block in blocks if block]


def _block(module: str, own: Callable[[str], bool]) -> int:
    if module.startswith(".") or own(module):
        return 3
    first = module.partition(".")[0]
    return 0 if first == "__future__" else 1 if first in sys.stdlib_module_names else 2


def _import_from(module: str, names: list[str]) -> str:
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= _WIDTH:
        return line
    return f"from {module} import (\n" + "".join(f"    {name},\n" for name in names) + ")"
