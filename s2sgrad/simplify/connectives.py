"""Two tests as one: `a and b`, `a or b`, and `a < b < c` for `a < b and b < c`."""

from __future__ import annotations

import gast

__all__ = ["both"]


def both(first: gast.AST, op: gast.AST, second: gast.AST) -> gast.AST:
    """`first and second`, or with `or`; a chain where one comparison goes on where the other ends."""
    values = _operands(first, op)
    for other in _operands(second, op):
        match values[-1], other:
            case (
                gast.Compare(left=left, ops=ops, comparators=[*inner, gast.Name(id=last) as end]),
                gast.Compare(left=gast.Name(id=same), ops=more, comparators=others),
            ) if isinstance(op, gast.And) and last == same:
                comparators = [*inner, end, *others]
                values[-1] = gast.Compare(left=left, ops=[*ops, *more], comparators=comparators)
            case _:
                values.append(other)
    return gast.BoolOp(op=op, values=values) if len(values) > 1 else values[0]


def _operands(test: gast.AST, op: gast.AST) -> list[gast.AST]:
    alike = isinstance(test, gast.BoolOp) and isinstance(test.op, type(op))
    return list(test.values) if alike else [test]
