"""Which assignments reach which reads of a normalised function, jumps in place."""

from __future__ import annotations

from collections.abc import Iterable

import gast

from s2sgrad.flow import read
from s2sgrad.places import places
from s2sgrad.program import (
    Assign,
    Block,
    Effect,
    For,
    Function,
    If,
    Jump,
    Statement,
    Update,
    While,
    walk,
)
from s2sgrad.trees import children, loaded

__all__ = ["UNBOUND", "Reaching", "left_by_loops", "targets_of"]

UNBOUND = -1
"""The number of no assignment: the name may be unbound."""
_CLOSURES = "closures that read "
_Env = dict[str, frozenset[int]]


class Reaching:
    """Which assignments reach which reads: a forward analysis over the structured program."""

    def __init__(self, function: Function) -> None:
        self.function = function
        self.definitions: dict[tuple[Statement | None, str], int] = {}
        self.uses: dict[tuple[Statement, str], frozenset[int]] = {}
        self.locals = {parameter.name for parameter in function.parameters}
        for statement in walk(function.body):
            self.locals.update(targets_of(statement), _unbound_by(statement))
        self.breaks: list[list[_Env]] = []
        self.continues: list[list[_Env]] = []
        self.closures: list[Statement] = []
        self.captures: set[tuple[Statement, str]] = set()  # their reads
        self.captured: set[str] = set()  # no other name for these: functions may have one like it

    def run(self) -> None:
        env = dict.fromkeys(sorted(self.locals), frozenset({UNBOUND}))
        env |= {_CLOSURES + name: frozenset() for name in self.locals}
        for parameter in self.function.parameters:
            env[parameter.name] = frozenset({self.definition(None, parameter.name)})
        self.block(self.function.body, env)

    def definition(self, statement: Statement | None, name: str) -> int:
        return self.definitions.setdefault((statement, name), len(self.definitions))

    def read(self, statement: Statement, names: Iterable[str], env: _Env) -> None:
        for name in names:
            if name in self.locals:
                known = self.uses.get((statement, name))
                self.uses[statement, name] = env[name] if known is None else known | env[name]

    def write(self, statement: Statement, env: _Env) -> None:
        for name in _unbound_by(statement):
            env[name] = frozenset({UNBOUND})
        for name in targets_of(statement):
            number = self.definition(statement, name)
            env[name] = frozenset({number})
            for closure in env[_CLOSURES + name]:
                self.uses[self.closures[closure], name] |= {number}

    def closure(self, statement: Statement, env: _Env) -> None:
        """A function written inside may be called later: it also sees what is assigned by then."""
        for name in dict.fromkeys(_captured(statement)):
            if name in self.locals:
                self.captured.add(name)
                self.captures.add((statement, name))
                if statement not in self.closures:
                    self.closures.append(statement)
                env[_CLOSURES + name] |= {self.closures.index(statement)}

    def block(self, block: Block, env: _Env | None) -> _Env | None:
        for statement in block:
            if env is None:
                return None
            env = self.statement(statement, env)
        return env

    def statement(self, statement: Statement, env: _Env) -> _Env | None:
        match statement:
            case If(test=test, body=body, orelse=orelse):
                self.read(statement, loaded(test), env)
                return _joined([self.block(body, dict(env)), self.block(orelse, dict(env))])
            case For() | While():
                return self.loop(statement, env)
            case Jump(kind=kind):
                (self.breaks if kind == "break" else self.continues)[-1].append(env)
                return None
            case Assign(targets=targets, value=gast.FunctionDef() | gast.Lambda() as made):
                own = set(targets).difference(_at_once(made))  # its body runs when it is there
                self.read(statement, [n for n in read(statement) if n not in own], env)
                self.closure(statement, env)
                for name in own.intersection(read(statement)):
                    self.uses.setdefault((statement, name), frozenset())
                self.write(statement, env)
                return env
            case _:
                self.read(statement, read(statement), env)
                self.closure(statement, env)
                self.write(statement, env)
                return env

    def loop(self, loop: For | While, entry: _Env) -> _Env | None:
        if isinstance(loop, For):
            self.read(loop, read(loop), entry)
        head = entry
        while True:
            self.breaks.append([])
            self.continues.append([])
            env: _Env | None = dict(head)
            if isinstance(loop, While):
                env = self.block(loop.head, env)
                if env is not None:
                    self.read(loop, loaded(loop.test), env)
                done = None if env is None or _always(loop.test) else dict(env)
            else:
                done = dict(head)
                self.write(loop, env)  # type: ignore[arg-type]
            env = self.block(loop.body, env)
            again = _joined([dict(entry), env, *self.continues.pop()])
            after = [done, *self.breaks.pop()]
            if again == head:
                return _joined(after)
            head = again  # type: ignore[assignment]


def left_by_loops(function: Function, reaching: Reaching) -> frozenset[tuple[Statement, str]]:
    """The reads, by their statements and names, of what the last trip of a loop that they are behind has assigned."""
    loops = places(function.body, frozenset(), lambda _: ()).loops

    def around(statement: Statement | None, inside: type[Statement]) -> tuple[Statement, ...]:
        if statement is None:
            return ()
        return (*loops[statement], *((statement,) if isinstance(statement, inside) else ()))

    made = {
        number: around(statement, For) for (statement, _), number in reaching.definitions.items()
    }
    left = set()
    for (statement, name), numbers in reaching.uses.items():
        here = around(statement, While)
        (*_, number) = numbers or {UNBOUND}
        if len(numbers) == 1 and number != UNBOUND and made[number] != here[: len(made[number])]:
            left.add((statement, name))
    return frozenset(left)


def targets_of(statement: Statement) -> tuple[str, ...]:
    match statement:
        case Assign(targets=targets):
            return targets
        case Update(target=target) | For(target=target):
            return (target,)
    return ()


def _unbound_by(statement: Statement) -> tuple[str, ...]:
    match statement:
        case Effect(node=gast.Delete(targets=targets)):
            return tuple(target.id for target in targets if isinstance(target, gast.Name))
    return ()


def _captured(statement: Statement) -> tuple[str, ...]:
    """The names that functions written in a statement read."""
    match statement:
        case Assign(value=tree) | Effect(node=tree):
            return tuple(name for function in _functions(tree) for name in loaded(function))
    return ()


def _at_once(function: gast.AST) -> list[str]:
    """The names that a function reads where it is made."""
    args = function.args
    return [n for d in (*args.defaults, *args.kw_defaults) if d is not None for n in loaded(d)]


def _functions(tree: gast.AST) -> list[gast.AST]:
    """The functions in a tree that are in no other: what those inside them read may be theirs."""
    if isinstance(tree, gast.Lambda | gast.FunctionDef):
        return [tree]
    return [function for child in children(tree) for function in _functions(child)]


def _joined(envs: list[_Env | None]) -> _Env | None:
    known = [env for env in envs if env is not None]
    if not known:
        return None
    first, *others = known
    for other in others:
        for name, numbers in other.items():
            if first[name] is not numbers:
                first[name] = first[name] | numbers
    return first


def _always(test: gast.AST) -> bool:
    return isinstance(test, gast.Constant) and bool(test.value)
