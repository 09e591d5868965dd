"""Which names of a text are bound nowhere: by the text, by a function around, by Python itself."""

from __future__ import annotations

import builtins
import dis
import symtable
import types
from collections.abc import Iterator

__all__ = ["free_names", "unbound"]


def unbound(text: str) -> list[str]:
    """The names that are read in a text and bound nowhere."""
    top = symtable.symtable(text, "<text>", "exec")
    known = {
        symbol.get_name()
        for symbol in top.get_symbols()
        if symbol.is_assigned() or symbol.is_imported()
    }
    known |= {symbol.get_name() for symbol in top.get_symbols() if symbol.is_namespace()}
    known |= set(vars(builtins)) | {"__file__", "__name__"}
    return sorted(set(_read(top)) - known)


def _read(table: symtable.SymbolTable) -> Iterator[str]:
    """The global names that are read in a scope and in those inside it."""
    outermost = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (outermost or symbol.is_global()):
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _read(inner)


def free_names(code: types.CodeType) -> list[str]:
    """The names that compiled code looks up in its globals and that aren't Python's own."""
    found = {
        instruction.argval
        for instruction in dis.get_instructions(code)
        if instruction.opname == "LOAD_GLOBAL"
    }
    inner = (constant for constant in code.co_consts if isinstance(constant, types.CodeType))
    return sorted((found - vars(builtins).keys()).union(*map(free_names, inner)))
