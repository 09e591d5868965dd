"""Whether a function that remembers its results may be given what it takes for the same, and isn't: 1, 1.0 and True.

`functools.cache` compares arguments by `==`. Where those of all calls are certainly of one kind, as whole numbers are,
equal ones are the same. Else the function mustn't tell them apart: it computes with them, compares them and uses them
as indices, but doesn't ask for their class, and not for the sign of a zero, unless it divides by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import gast
import numpy as np

from s2sgrad.trees import children, nodes, of_kind

__all__ = ["takes_for_the_same"]

_Resolved = Callable[[gast.AST], object]
_ONE_KIND = (
    frozenset({"int"}),
    frozenset({"bool"}),
    frozenset({"float", "0.0"}),
    frozenset({"float", "-0.0"}),
)
_NEVER_EQUAL = frozenset({"str", "NoneType", "bytes", "ellipsis"})
_ZEROS = frozenset({"0.0", "-0.0"})
_WHOLE = (gast.Add, gast.Sub, gast.Mult, gast.FloorDiv, gast.Mod)
_SAME = (np.sin, np.cos, np.tan, np.exp, np.tanh, np.sinh, np.cosh, np.square, np.abs, np.sqrt)
_TELLING = {"copysign", "atan2"}
_Form = tuple[int, tuple[str | None, ...]]
_ALONE: _Form = (1, ())
"""How many arguments are given by place, and the names of others; what is given alone is no key together with others:
a whole number then only equals whole numbers."""


def takes_for_the_same(
    function: gast.FunctionDef,
    bodies: Mapping[str, gast.AST],
    tree: gast.FunctionDef,
    resolved: _Resolved,
) -> bool:
    """Whether two calls may have arguments that are equal, and be told apart by what they give.

    function: what remembers; bodies: that, what may call it, and what these call, by name.
    """
    work = _Alike(bodies, tree, resolved)
    doubtful: set[str] = set()
    for parameter in work.parameters(function):
        for form, given in work.by_form(function, parameter).items():
            kinds = {kind for node in given for kind in work.kinds(node)}
            if form == _ALONE:
                kinds -= {"int"}
            kinds = {kind.lstrip("(") for kind in kinds} - _NEVER_EQUAL
            if kinds >= _ZEROS:
                return True
            if kinds and not (_is_of_one_kind(kinds) or work.is_one_thing(given)):
                doubtful.add(parameter)
                work.may_be_true = work.may_be_true or "bool" in kinds
    return bool(doubtful) and work.tell_apart(doubtful)


class _Alike:
    def __init__(
        self, bodies: Mapping[str, gast.AST], tree: gast.FunctionDef, resolved: _Resolved
    ) -> None:
        self.bodies = bodies
        self.tree = tree
        self.resolved = resolved
        self.above = {id(part): node for node in nodes(tree) for part in children(node)}
        self.may_be_true = False
        self.own = self.parameters(tree)
        self.values = self.given()
        self.found: dict[str, set[str]] = {name: set() for name in self.values}
        while True:
            more = {
                n: self.found[n].union(*(self.kinds(v) for v in vs))
                for n, vs in self.values.items()
            }
            if more == self.found:
                break
            self.found = more

    def given(self) -> dict[str, list[gast.AST | None]]:
        """What each name may be given; None for what isn't known."""
        out: dict[str, list[gast.AST | None]] = {}
        followed = {id(n) for f in self.bodies.values() for n in nodes(f.args)}
        for node in nodes(self.tree):
            match node:
                case gast.Assign(targets=targets, value=value):
                    for target in targets:
                        for part, each in _one_by_one(target, value):
                            out.setdefault(part, []).append(each)
                case gast.AugAssign(target=gast.Name(id=name) as target, op=op, value=value):
                    old = gast.Name(id=name, ctx=gast.Load(), annotation=None, type_comment=None)
                    out.setdefault(name, []).append(gast.BinOp(left=old, op=op, right=value))
                case (
                    gast.For(target=target, iter=items)
                    | gast.comprehension(target=target, iter=items)
                ):
                    counts = isinstance(items, gast.Call) and self.resolved(items.func) is range
                    value = gast.Constant(value=0, kind=None) if counts else None
                    for part in _names(target):
                        out.setdefault(part, []).append(value)
                case gast.NamedExpr(target=gast.Name(id=name), value=value):
                    out.setdefault(name, []).append(value)
                case gast.Name(id=name) if isinstance(node.ctx, gast.Param):
                    said = node.annotation
                    whole = said is not None and self.resolved(said) is int
                    if whole or id(node) not in followed:
                        value = gast.Constant(value=0, kind=None) if whole else None
                        out.setdefault(name, []).append(value)
                case gast.FunctionDef(name=name) | gast.alias(name=name):
                    out.setdefault(name, []).append(None)
        for name, function in self.bodies.items():
            for parameter in self.parameters(function):
                given = self.arguments(name, function, parameter)
                out.setdefault(parameter, []).extend(given)
        return out

    @staticmethod
    def parameters(function: gast.AST) -> list[str]:
        """The names of its parameters."""
        return [n.id for n in of_kind(function.args, gast.Name) if isinstance(n.ctx, gast.Param)]

    def by_form(
        self, function: gast.FunctionDef, parameter: str
    ) -> dict[_Form, list[gast.AST | None]]:
        """What a function inside is given for a parameter, by the form of its calls, which are kept apart."""
        out: dict[_Form, list[gast.AST | None]] = {}
        calls = self.calls(function.name)
        for call in calls:
            form = len(call.args), tuple(k.arg for k in call.keywords)
            out.setdefault(form, []).append(self.argument(call, function, parameter))
        plain = not self.is_handed_on(function.name, calls) and not any(map(_is_starred, calls))
        return out if plain else {(0, ()): [None]}

    def calls(self, name: str) -> list[gast.Call]:
        """The calls of a function inside."""
        return [
            c
            for c in of_kind(self.tree, gast.Call)
            if isinstance(c.func, gast.Name) and c.func.id == name
        ]

    def is_handed_on(self, name: str, calls: list[gast.Call]) -> bool:
        """Whether a function is read in other ways than by calling it."""
        called = {id(c.func) for c in calls}
        named = (n for n in of_kind(self.tree, gast.Name) if n.id == name)
        return any(id(n) not in called and isinstance(n.ctx, gast.Load) for n in named)

    def arguments(self, name: str, function: gast.AST, parameter: str) -> list[gast.AST | None]:
        """What a function inside is given for a parameter; with None where it is handed on, too."""
        calls = self.calls(name)
        given = [self.argument(call, function, parameter) for call in calls]
        return [*given, None] if self.is_handed_on(name, calls) else given

    def argument(self, call: gast.Call, function: gast.AST, parameter: str) -> gast.AST | None:
        """What a call gives a parameter; None where that isn't known."""
        args = function.args
        plain = [*args.posonlyargs, *args.args]
        if _is_starred(call):
            return None
        given = dict(zip([p.id for p in plain], call.args, strict=False))
        given |= {k.arg: k.value for k in call.keywords}
        first = len(plain) - len(args.defaults)
        defaults = dict(zip([p.id for p in plain[first:]], args.defaults, strict=True))
        named = zip([p.id for p in args.kwonlyargs], args.kw_defaults, strict=True)
        return {**defaults, **dict(named), **given}.get(parameter)

    def kinds(self, node: gast.AST | None) -> set[str]:
        """What an expression may be: classes, zeros with their sign, `?name` of parameters, '' else; `(` in tuples."""
        match node:
            case gast.Constant(value=float(value)) if value == 0.0:
                return {str(value)}
            case gast.Constant(value=value):
                return {type(value).__name__}
            case gast.Name(id=name):
                if name in self.own and self.values[name] == [None]:
                    return {f"?{name}"}  # whatever it is, it is that wherever it is read
                return self.found.get(name, {""})
            case gast.UnaryOp(op=gast.USub(), operand=operand):
                signs = {"0.0": "-0.0", "-0.0": "0.0", "bool": "int"}
                return {signs.get(k, k) for k in self.kinds(operand)}
            case gast.UnaryOp(op=gast.Not()) | gast.Compare():
                return {"bool"}
            case gast.BinOp(op=op, left=left, right=right) if isinstance(op, _WHOLE):
                one, other = self.kinds(left), self.kinds(right)
                kinds = one | other
                if not one or not other:
                    return set()  # it isn't known yet
                if kinds <= {"int", "bool"}:
                    return {"int"}
                others = kinds - {"int"}
                kept = isinstance(op, gast.Add | gast.Sub) and _is_of_one_kind(others)
                return others if kept and min(others).startswith("?") else {""}
            case gast.IfExp(body=one, orelse=other):
                return self.kinds(one) | self.kinds(other)
            case gast.Tuple(elts=parts):
                return {f"({kind}" for part in parts for kind in self.kinds(part)}
            case gast.Call(func=func, args=args, keywords=[]):
                known = self.resolved(func)
                if any(known is f for f in (len, int)):
                    return {"int"}
                if (known is min or known is max) and len(args) > 1:
                    return {kind for part in args for kind in self.kinds(part)}
        return {""}

    def is_one_thing(self, given: list[gast.AST | None]) -> bool:
        """Whether what calls are given is one name that is given its value once, outside of loops."""
        names = {n.id if isinstance(n, gast.Name) else "" for n in given}
        if len(names) != 1 or "" in names:
            return False
        (name,) = names
        begun = [s for s in self.tree.body if isinstance(s, gast.Assign)]
        once = any(name in _names(t) for s in begun for t in s.targets)
        return len(self.values.get(name, [])) == 1 and (name in self.own or once)

    # ---- what a function does with what it is given -------------------------------------------

    def tell_apart(self, doubtful: set[str]) -> bool:
        """Whether the functions may give something else for what is equal."""
        inside = {id(n) for function in self.bodies.values() for n in nodes(function)}
        waiting, seen = [*doubtful], {*doubtful}
        while waiting:
            name = waiting.pop()
            for node in of_kind(self.tree, gast.Name):
                if node.id != name or id(node) not in inside or not isinstance(node.ctx, gast.Load):
                    continue
                more = self.goes_to(node)
                if more is None:
                    return True
                waiting += more - seen
                seen |= more
        return False

    def goes_to(self, node: gast.AST) -> set[str] | None:
        """The names that may hold what only differs as an expression does; None where it may be told apart."""
        while True:
            above = self.above[id(node)]
            match above:
                case gast.BinOp(op=op) if not isinstance(op, gast.LShift | gast.RShift):
                    node = above
                case gast.UnaryOp(op=gast.USub() | gast.UAdd()) | gast.BoolOp() | gast.Tuple():
                    node = above
                case gast.UnaryOp(op=gast.Not()) | gast.Slice():
                    return set()
                case gast.IfExp(test=test):
                    if test is node:
                        return set()
                    node = above
                case gast.If() | gast.While() | gast.Assert():
                    return set()
                case gast.Compare(ops=ops, comparators=others):
                    none = all(isinstance(o, gast.Constant) and o.value is None for o in others)
                    by_identity = any(isinstance(op, gast.Is | gast.IsNot) for op in ops)
                    return None if by_identity and not none else set()
                case gast.Subscript(slice=index):
                    if index is node:
                        return None if self.may_be_true else set()  # which is a mask for an array
                    node = above
                case gast.Assign(targets=targets):
                    names = {n for t in targets for n in _names(t)}
                    return names if all(map(_is_of_names, targets)) else None
                case gast.AugAssign(target=gast.Name(id=name), op=op):
                    return None if isinstance(op, gast.LShift | gast.RShift) else {name}
                case gast.Return() | gast.Lambda():
                    return None if self.is_made_of(node) else set()
                case gast.Call(func=func, keywords=[]) if func is not node:
                    found = self.passed(above, node)
                    if found is not None:
                        return found
                    if not self.is_alike(self.resolved(func)):
                        return None
                    node = above
                case _:
                    return None

    def passed(self, call: gast.Call, node: gast.AST) -> set[str] | None:
        """The parameters of a function inside that are given an expression; None where none is called."""
        function = self.bodies.get(call.func.id) if isinstance(call.func, gast.Name) else None
        if function is None:
            return set() if self.resolved(call.func) in {range, len, bool} else None
        return {p for p in self.parameters(function) if self.argument(call, function, p) is node}

    @staticmethod
    def is_alike(known: object) -> bool:
        """Whether a function gives what is equal for what is equal, whatever its class and sign."""
        if getattr(known, "__module__", None) == "math":
            return getattr(known, "__name__", "") not in _TELLING
        return any(known is f for f in (float, int, abs, min, max, *_SAME))

    def is_made_of(self, node: gast.AST) -> bool:
        """Whether a result is made of nothing but parameters and constants, so that its class is theirs."""
        names = of_kind(node, gast.Name)
        called = {id(c.func) for c in of_kind(node, gast.Call)}
        own = {n for f in self.bodies.values() for n in self.parameters(f)}
        return all(n.id in own for n in names if id(n) not in called)


def _is_starred(call: gast.Call) -> bool:
    """Whether it isn't seen how many arguments a call has."""
    spread = any(isinstance(a, gast.Starred) for a in call.args)
    return spread or any(k.arg is None for k in call.keywords)


def _is_of_one_kind(kinds: set[str]) -> bool:
    """Whether what is of some kinds is the same where it is equal."""
    unknown = len(kinds) == 1 and min(kinds).startswith("?")
    return unknown or any(kinds <= one for one in _ONE_KIND)


def _one_by_one(target: gast.AST, value: gast.AST) -> Iterable[tuple[str, gast.AST | None]]:
    """What an assignment gives each name."""
    if isinstance(target, gast.Name):
        return [(target.id, value)]
    if isinstance(target, gast.Tuple) and isinstance(value, gast.Tuple):
        plain = [n.id if isinstance(n, gast.Name) else "" for n in target.elts]
        if len(plain) == len(value.elts) and all(plain):
            return list(zip(plain, value.elts, strict=True))
    return [(name, None) for name in _names(target)]


def _names(target: gast.AST) -> set[str]:
    """The names that a target binds."""
    return {n.id for n in of_kind(target, gast.Name) if isinstance(n.ctx, gast.Store)}


def _is_of_names(target: gast.AST) -> bool:
    return isinstance(target, gast.Name) or (
        isinstance(target, gast.Tuple) and all(map(_is_of_names, target.elts))
    )
