"""How a function is begun: its parameters in parts, and a context for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from s2sgrad.context import Context, WholeNeededError, WrittenObjectError
from s2sgrad.errors import TransformError
from s2sgrad.in_parts import has_objects, has_optional_parts, in_parts
from s2sgrad.parts import Parts
from s2sgrad.question import Examples, Wrt
from s2sgrad.source import Source

__all__ = ["begun", "other_ways"]


def begun(
    source: Source,
    wrt: Wrt,
    like: Examples,
    *,
    maps: bool = False,
    optional: bool = False,
    objects: bool = False,
    tails: bool = False,
    written: bool = False,
) -> tuple[Context, Parts | None]:
    """A context for a function, and its parameters in parts, where it has any.

    Whole numbers and texts in examples are taken for what they are only if nothing can be done otherwise. optional:
    parameters with defaults are taken in parts as well, and None for what it is. maps: dicts whose keys only a run
    knows become lists. tails: functions that end by calling themselves become loops. objects: objects of any class are
    taken in parts. written: see `in_parts`.
    """
    context = Context(maps=maps, tails=tails)
    parts = in_parts(source, wrt, like, optional=optional, objects=objects, written=written)
    context.outermost = source.tree if parts is None else parts.source.tree
    if parts is None or like is None:
        return context, parts
    try:
        context.prepare(parts.source)
    except WrittenObjectError:
        if written:
            raise
        return begun(
            source,
            wrt,
            like,
            maps=maps,
            optional=optional,
            objects=objects,
            tails=tails,
            written=True,
        )
    except WholeNeededError:
        settled = in_parts(
            source, wrt, like, settled=True, optional=optional, objects=objects, written=written
        )
        assert settled is not None  # noqa: S101
        other = Context(maps=maps, tails=tails)
        other.outermost = settled.source.tree
        with suppress(WholeNeededError):
            other.prepare(settled.source)
            return other, settled
    return context, parts


def other_ways(
    source: Source, wrt: Wrt, like: Examples, error: TransformError
) -> Iterator[dict[str, bool]]:
    """How else a function may be begun that was refused: see `begun`."""
    messages = [f.message for f in error.findings]
    of_dicts = [m for m in messages if any(text in m for text in (*_OF_DICTS, *_OF_OBJECTS))]
    of_calls = [m for m in messages if any(text in m for text in _OF_CALLS)]
    ways = [
        way
        for way, found in (({"maps": True}, of_dicts), ({"tails": True}, of_calls))
        if found and len(messages) - len(found) <= _MANY
    ]
    if has_optional_parts(source, wrt, like):
        ways.append({"optional": True})
    yield from ways
    if has_objects(source, wrt, like):
        yield {"objects": True}
        for way in ways:
            yield {**way, "objects": True}


_MANY = 20
"""With more findings of other kinds a function is refused however those of dicts, or of calls, are mended."""
_OF_CALLS = (
    "returns may share memory with",
    "which shares memory with",
    "writes into its argument",
)
_OF_DICTS = ("what is in a dict", "the dict method", "defaultdict has")
_OF_OBJECTS = ("isn't followed", "is used as a whole", "is written into")
