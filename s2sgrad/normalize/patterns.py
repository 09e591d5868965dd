"""The cases of `match` as tests of the subject, and assignments of what they capture."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable

import gast

from s2sgrad.normalize.nodes import (
    at,
    call,
    constant,
    load,
    store,
    subscript,
    tuple_of,
    walrus_targets,
)
from s2sgrad.trees import nodes, renamed

__all__ = [
    "Branch",
    "UnsupportedError",
    "branches",
    "held",
    "read_elsewhere",
]

Branch = tuple[gast.AST | None, list[gast.AST], list[gast.AST], gast.AST]
"""A test (None: always true), assignments, the statements of a case, and its place."""


class UnsupportedError(Exception):
    """Something that can't be written otherwise."""


def branches(
    subject: gast.AST,
    cases: list[gast.AST],
    builtin: Callable[[str], str],
    resolved: Callable[[gast.AST], object],
    calm: Callable[[gast.AST], bool],
    is_other: Callable[[gast.AST], bool],
) -> list[Branch]:
    """What each case tests, and what it captures.

    calm: whether an expression writes into nothing; is_other: whether one may give a sequence that is neither a list
    nor a tuple.
    """
    found: list[Branch] = []
    for case in cases:
        tests, captured = _Pattern(builtin, resolved, is_other).of(case.pattern, subject)
        body = case.body
        if any(isinstance(test, gast.Constant) for test in tests):
            continue  # a display of another length
        if case.guard is not None:
            parts = any(not isinstance(v, gast.Name | gast.Constant) for v in captured.values())
            if not parts or calm(case.guard):
                tests.append(renamed(case.guard, captured))
            elif case is cases[-1]:
                body = [at(gast.If(test=case.guard, body=body, orelse=[]), case.guard)]
            else:
                raise UnsupportedError  # it may change what is captured, and the next cases are asked behind it
        bindings = [
            at(gast.Assign(targets=[store(name)], value=value, type_comment=None), case.pattern)
            for name, value in captured.items()
        ]
        test = (
            None
            if not tests
            else tests[0]
            if len(tests) == 1
            else gast.BoolOp(op=gast.And(), values=tests)
        )
        found.append(
            (None if test is None else at(test, case.pattern), bindings, body, case.pattern)
        )
        if test is None:
            break
    return found


def held(
    node: gast.AST,
    subject: gast.AST,
    cases: list[gast.AST],
    rebound: set[str],
    fresh: Callable[[str], str],
) -> tuple[list[gast.AST], gast.AST]:
    """Names for what a match asks for, where it has none that stays, and the subject with them.

    rebound: the names that calls may bind.
    """
    guards = [c.guard for c in cases if c.guard is not None]
    changing = rebound | walrus_targets(guards)
    changing |= {name for c in cases for name in _captured(c.pattern)}
    if _is_display(subject):
        return _items_apart(subject, changing, fresh)
    if isinstance(subject, gast.Name) and subject.id not in changing:
        return [], subject
    name = fresh("subject")
    given = gast.Assign(targets=[store(name)], value=subject, type_comment=None)
    return [at(given, node)], load(name)


def _is_display(subject: gast.AST) -> bool:
    """Whether a subject is a tuple that is written there, of as many items as one sees, which bind no names."""
    return isinstance(subject, gast.Tuple) and not any(
        isinstance(n, gast.Starred | gast.NamedExpr) for n in nodes(subject)
    )


def _items_apart(
    subject: gast.Tuple, rebound: set[str], fresh: Callable[[str], str]
) -> tuple[list[gast.AST], gast.Tuple]:
    """What gives the items of a display their names, and a display of these; rebound: those that may change."""
    before: list[gast.AST] = []
    atoms: list[gast.AST] = []
    for item in subject.elts:
        known = isinstance(item, gast.Name) and item.id not in rebound
        if known or isinstance(item, gast.Constant):
            atoms.append(item)
            continue
        name = fresh("item")
        given = gast.Assign(targets=[store(name)], value=item, type_comment=None)
        before.append(at(given, item))
        atoms.append(load(name))
    return before, tuple_of(atoms)


def read_elsewhere(tree: gast.AST, cases: list[gast.AST]) -> bool:
    """Whether what a case captures may be read where its guard is false: it is captured behind the guard."""
    names = {n for case in cases if case.guard is not None for n in _captured(case.pattern)}
    if not names:
        return False
    read = _counted(tree)
    for match in nodes(tree):
        for case in match.cases if isinstance(match, gast.Match) else ():
            own = _captured(case.pattern)
            read.subtract({n: c for n, c in _counted(case).items() if n in own})
    return any(read[n] > 0 for n in names)


def _captured(pattern: gast.AST) -> set[str]:
    return {n.name for n in nodes(pattern) if getattr(n, "name", None)}


def _counted(tree: gast.AST) -> Counter[str]:
    """How often names are read."""
    names = [n for n in nodes(tree) if isinstance(n, gast.Name)]
    return Counter(n.id for n in names if isinstance(n.ctx, gast.Load))


class _Pattern:
    """Reads patterns."""

    def __init__(
        self,
        builtin: Callable[[str], str],
        resolved: Callable[[gast.AST], object],
        is_other: Callable[[gast.AST], bool],
    ) -> None:
        self.builtin = builtin
        self.resolved = resolved
        self.is_other = is_other

    def of(
        self, pattern: gast.AST, subject: gast.AST
    ) -> tuple[list[gast.AST], dict[str, gast.AST]]:
        """What has to be true of the subject, and name → what it captures."""
        match pattern:
            case gast.MatchValue(value=value):
                return [_compared(subject, gast.Eq(), value)], {}
            case gast.MatchSingleton(value=value):
                return [_compared(subject, gast.Is(), constant(value))], {}
            case gast.MatchAs(pattern=None, name=name):
                return [], {} if name is None else {name: subject}
            case gast.MatchAs(pattern=inner, name=name):
                tests, captured = self.of(inner, subject)
                return tests, {**captured, name: subject}
            case gast.MatchOr(patterns=patterns):
                return self.any_of(patterns, subject)
            case gast.MatchSequence(patterns=patterns):
                return self.sequence(patterns, subject)
            case gast.MatchClass():
                return self.class_(pattern, subject)
        raise UnsupportedError

    def any_of(
        self, patterns: list[gast.AST], subject: gast.AST
    ) -> tuple[list[gast.AST], dict[str, gast.AST]]:
        """`"a" | "b"`: one of some; what they capture has to be at the same place in all of them."""
        values = []
        places: list[dict[str, str]] = []
        for pattern in patterns:
            tests, captured = self.of(pattern, subject)
            places.append({name: gast.dump(value) for name, value in captured.items()})
            same = places[-1] == places[0]
            if not same or not tests or any(isinstance(t, gast.Constant) for t in tests):
                raise UnsupportedError
            values.append(tests[0] if len(tests) == 1 else gast.BoolOp(op=gast.And(), values=tests))
        return [gast.BoolOp(op=gast.Or(), values=values)], captured

    def sequence(
        self, patterns: list[gast.AST], subject: gast.AST
    ) -> tuple[list[gast.AST], dict[str, gast.AST]]:
        """`[a, *b, c]`: a list or a tuple of that length."""
        if isinstance(subject, gast.Tuple):
            return self.display(patterns, subject)
        if self.is_other(subject):
            raise UnsupportedError
        kinds = tuple_of([load(self.builtin("list")), load(self.builtin("tuple"))])
        stars = [k for k, p in enumerate(patterns) if isinstance(p, gast.MatchStar)]
        count = len(patterns) - len(stars)
        length = call(self.builtin("len"), subject)
        tests: list[gast.AST] = [
            call("$isinstance", subject, kinds),  # by which `problems` knows a pattern
            _compared(length, gast.GtE() if stars else gast.Eq(), constant(count)),
        ]
        captured: dict[str, gast.AST] = {}
        for k, pattern in enumerate(patterns):
            after = len(patterns) - k
            if isinstance(pattern, gast.MatchStar):
                if pattern.name is not None:
                    part = gast.Slice(lower=constant(k), upper=_from_end(after - 1), step=None)
                    captured[pattern.name] = call(self.builtin("list"), subscript(subject, part))
                continue
            index = _from_end(after) if stars and k > stars[0] else constant(k)
            more, inner = self.of(pattern, subscript(subject, index))
            tests += more
            captured |= inner
        return tests, captured

    def display(
        self, patterns: list[gast.AST], subject: gast.Tuple
    ) -> tuple[list[gast.AST], dict[str, gast.AST]]:
        """The same of a display: its items, one by one; False where there are not as many."""
        items = list(subject.elts)
        stars = [k for k, p in enumerate(patterns) if isinstance(p, gast.MatchStar)]
        if stars:
            (k,) = stars
            rest = len(items) - len(patterns) + 1
            if rest < 0:
                return [constant(value=False)], {}
            items[k : k + rest] = [gast.List(elts=items[k : k + rest], ctx=gast.Load())]
        if len(items) != len(patterns):
            return [constant(value=False)], {}
        tests: list[gast.AST] = []
        captured: dict[str, gast.AST] = {}
        for pattern, item in zip(patterns, items, strict=True):
            if not isinstance(pattern, gast.MatchStar):
                more, inner = self.of(pattern, item)
                tests += more
                captured |= inner
            elif pattern.name is not None:
                captured[pattern.name] = item
        return tests, captured

    def class_(
        self, pattern: gast.AST, subject: gast.AST
    ) -> tuple[list[gast.AST], dict[str, gast.AST]]:
        """`Point(x=0, y=b)`: an object of a class, with attributes."""
        known = self.resolved(pattern.cls)
        if not isinstance(known, type):
            raise UnsupportedError
        names = [*getattr(known, "__match_args__", ())]
        tests: list[gast.AST] = [call(self.builtin("isinstance"), subject, pattern.cls)]
        captured: dict[str, gast.AST] = {}
        pairs: list[tuple[gast.AST, gast.AST]] = []
        if known in {bool, bytes, dict, float, int, list, set, str, tuple} and pattern.patterns:
            pairs.append((pattern.patterns[0], subject))
        elif len(pattern.patterns) > len(names):
            raise UnsupportedError
        else:
            given = zip(names, pattern.patterns)
            pairs += [(p, gast.Attribute(value=subject, attr=n, ctx=gast.Load())) for n, p in given]
        for name, inner in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
            pairs.append((inner, gast.Attribute(value=subject, attr=name, ctx=gast.Load())))
        for inner, part in pairs:
            named = getattr(part, "attr", "") if part is not subject else ""
            if isinstance(inspect.getattr_static(known, named, None), property):
                raise UnsupportedError
            more, found = self.of(inner, part)
            tests += more
            captured |= found
        return tests, captured


def _compared(left: gast.AST, op: gast.AST, right: gast.AST) -> gast.AST:
    return gast.Compare(left=left, ops=[op], comparators=[right])


def _from_end(count: int) -> gast.AST | None:
    return gast.UnaryOp(op=gast.USub(), operand=constant(count)) if count else None
