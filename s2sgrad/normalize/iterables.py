"""Lowering of what a `for` runs over: its parts before the loop, its elements inside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import gast

from s2sgrad.normalize.expressions import Expressions
from s2sgrad.normalize.nodes import at, binary, call, constant, integer, subscript, tuple_of
from s2sgrad.normalize.streams import Joined, Numbers, Ranged, Reversed, Sequence, Stream
from s2sgrad.program import Effect

__all__ = ["Iterables"]


class Iterables(Expressions):
    """Lowering of iterables to streams, their lengths and their elements."""

    def stream(self, node: gast.AST) -> Stream:
        """Write what an iterable computes before its loop starts, in Python's order."""
        leaves: list[gast.AST] = []
        self.leaves(node, leaves)
        return self._stream(node, iter(self.operands(leaves)))

    def _kind(self, node: gast.AST) -> str | None:
        """'range', 'zip', 'enumerate' or 'reversed', where node is such a call in a usual form."""
        if not isinstance(node, gast.Call) or not isinstance(node.func, gast.Name):
            return None
        kind, count = node.func.id, len(node.args)
        if kind not in {"range", "zip", "enumerate", "reversed"} or not self.scope.means_builtin(
            kind
        ):
            return None
        if any(isinstance(argument, gast.Starred) for argument in node.args):
            return None
        keywords = [keyword.arg for keyword in node.keywords]
        if kind == "enumerate":
            usual = (count, keywords) in [(1, []), (2, []), (1, ["start"])]
        elif kind == "reversed":
            usual = (count, keywords) == (1, []) and self._kind(node.args[0]) in {None, "range"}
        elif kind == "range":
            usual = 1 <= count <= 3 and not keywords
        else:
            usual = count > 0 and (not keywords or _strictness(node) is not None)
        return kind if usual else None

    def leaves(self, node: gast.AST, leaves: list[gast.AST]) -> None:
        """Collect what stands inside range, zip, enumerate and reversed, from left to right."""
        match self._kind(node):
            case None:
                leaves.append(node)
            case "range":
                leaves.extend(node.args)
            case "enumerate":
                self.leaves(node.args[0], leaves)
                leaves.extend(node.args[1:])
                leaves.extend(keyword.value for keyword in node.keywords)
            case _:
                for argument in node.args:
                    self.leaves(argument, leaves)

    def _stream(self, node: gast.AST, atoms: Iterator[gast.AST]) -> Stream:
        match self._kind(node):
            case None:
                return Sequence(next(atoms))
            case "range":
                return Ranged(tuple(next(atoms) for _ in node.args))
            case "enumerate":
                inner = self._stream(node.args[0], atoms)
                written = (*node.args[1:], *node.keywords)
                return Joined((Numbers(tuple(next(atoms) for _ in written)), inner))
            case "reversed":
                return Reversed(self._stream(node.args[0], atoms))
        joined = Joined(tuple(self._stream(argument, atoms) for argument in node.args))
        if _strictness(node):
            self.of_one_length(joined)
        return joined

    def of_one_length(self, stream: Joined) -> None:
        """Assert what `strict=True` says, before the loop; the stream needn't say it then."""
        first, *others = (self._counted(part) for part in stream.inner)
        if others:
            equal = [gast.Eq() for _ in others]
            test = gast.Compare(left=first, ops=equal, comparators=others)
            self.add(Effect(gast.Assert(test=test, msg=None), origin=self.origin))

    def _counted(self, stream: Stream) -> gast.AST:
        """The length of a stream as it is written in an assertion."""
        match stream:
            case Reversed():
                return self._counted(stream.inner)
            case Joined():
                return self.length(stream)[0]
        return self.builtin("len", stream.expression)

    def builtin(self, function: str, *arguments: gast.AST) -> gast.Call:
        """A call of a builtin, whatever its name means to the user."""
        return call(self.scope.builtin(function), *arguments)

    def length(self, stream: Stream) -> tuple[gast.AST, Stream]:
        """Write the length of a stream; the stream comes back with what its elements need."""
        match stream:
            case Sequence():
                return self.temporary(at(self.builtin("len", stream.atom), stream.atom)), stream
            case Ranged():
                stop = integer(stream.stop)
                if stream.counts and stop is not None and stop >= 0:
                    return stream.stop, stream
                return self.temporary(
                    self.builtin("len", self.temporary(stream.expression))
                ), stream
            case Reversed():
                count, inner = self.length(stream.inner)
                last = self.temporary(binary(count, gast.Sub(), constant(1)))
                return count, Reversed(inner, last)
            case Joined():
                counts: list[gast.AST] = []
                streams: list[Stream] = []
                for part in stream.inner:
                    if isinstance(part, Numbers):
                        streams.append(part)
                        continue
                    count, known = self.length(part)
                    counts.append(count)
                    streams.append(known)
                count = (
                    counts[0] if len(counts) == 1 else self.temporary(self.builtin("min", *counts))
                )
                return count, replace(stream, inner=tuple(streams))
        raise TypeError(stream)

    def element(self, stream: Stream, index: gast.AST) -> gast.AST:
        """Write all but the last step of element number `index`, and give that.

        It is a primitive or an atom.
        """
        match stream:
            case Sequence():
                return at(subscript(stream.atom, index), stream.atom)
            case Numbers():
                return self._affine(stream.start, index, constant(1))
            case Ranged():
                return self._affine(stream.start, index, stream.step)
            case Reversed(inner=inner, last=gast.AST() as last):
                return self.element(inner, self.temporary(binary(last, gast.Sub(), index)))
            case Joined():
                return tuple_of([self.held_element(part, index) for part in stream.inner])
        raise TypeError(stream)

    def held_element(self, stream: Stream, index: gast.AST) -> gast.AST:
        """Write element number `index`, and give the atom that holds it."""
        value = self.element(stream, index)
        return value if self.is_atom(value) else self.temporary(value)

    def _affine(self, start: gast.AST, index: gast.AST, step: gast.AST) -> gast.AST:
        if integer(step) != 1:
            index = binary(index, gast.Mult(), step)
            if integer(start) != 0:
                index = self.temporary(index)
        return index if integer(start) == 0 else binary(start, gast.Add(), index)


def _strictness(node: gast.Call) -> bool | None:
    """What the one keyword of a `zip` says, where that is `strict` and a literal."""
    match node.keywords:
        case [gast.keyword(arg="strict", value=gast.Constant(value=bool() as strict))]:
            return strict
    return None
