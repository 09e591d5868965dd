"""Dicts whose keys only a run knows: a dict from keys to positions, and a list of what stands there.

`memo[n] = v` is `memo_values[memo_at[n]] = v` where memo has n, and else `memo_at[n] = len(memo_values)` and
`memo_values.append(v)`; `memo[n]` is `memo_values[memo_at[n]]`. So what carries a derivative is in a list. What
`memo.pop(n)` takes out stays in that list, where no position leads to it any more; the values of such a dict are found
by its keys.
"""

from __future__ import annotations

import collections
from dataclasses import replace

import gast

from s2sgrad.program import Assign, Block, For, Header, If, Store
from s2sgrad.source import MISSING, resolve
from s2sgrad.trees import name
from s2sgrad.unfold.choosing import Choosing
from s2sgrad.unfold.values import Mapped, Pairs, Plain, Record, Value, literal_key
from s2sgrad.unfold.whole import Again, UnfoldingError

__all__ = ["InMaps"]

_DEFAULTS = {float: 0.0, int: 0, list: None}


class InMaps(Choosing):
    """What dicts with keys that aren't known do."""

    def block(self, statements: Block) -> None:
        """Write statements."""
        raise NotImplementedError

    def begin_map(self, target: str, value: gast.AST) -> bool:
        """Make the dict and the list for a dict that is known to get such keys."""
        if not self.whole.maps or target in self.whole.solid or self.binds[target] != 1:
            return False
        default: gast.AST | None = None
        of_lists = False
        keys: list[object] = []
        values: list[gast.AST] = []
        if isinstance(value, gast.Dict) and target in self.whole.mapped:
            keys = [MISSING if key is None else self.key_of(key) for key in value.keys]
            if MISSING in keys or len(set(keys)) < len(keys):
                return False
            values = [self.with_whole_atoms(each) for each in value.values]
        elif (factory := self.factory_of(value)) is not None:
            of_lists = factory is list
            default = None if of_lists else gast.Constant(value=_DEFAULTS[factory], kind=None)
        else:
            return False
        self.changed = True
        base = "values" if target.startswith("_") else f"{target}_values"
        made = Mapped(self.fresh(base.replace("values", "at")), self.fresh(base), target)
        made.default, made.of_lists = default, of_lists
        positions = [literal_key(k) for k in range(len(keys))]
        at = gast.Dict(keys=[literal_key(key) for key in keys], values=positions)
        for new, first in ((made.at, at), (made.items, gast.List(elts=values, ctx=gast.Load()))):
            self.binds[new] += 1
            self.assign((new,), first)
        self.known[target] = made
        self.map_lists.add(made.items)
        return True

    def factory_of(self, value: gast.AST) -> type | None:
        """What a defaultdict that is made here makes for a missing key."""
        match value:
            case gast.Call(func=func, args=[gast.Name() as factory], keywords=[]) if self.is_static(
                func
            ) and self.is_static(factory):
                known = resolve(func, self.source.namespace) is collections.defaultdict
                found = resolve(factory, self.source.namespace)
                return found if known and found in _DEFAULTS else None
        return None

    def maps_later(self, record: Record) -> None:
        """A dict gets a key that isn't known: it is done again with one of that kind."""
        root = record.root
        if self.whole.maps and root not in self.whole.solid and root not in self.whole.mapped:
            self.whole.mapped.add(root)
            raise Again

    # ---- reading ----------------------------------------------------------------------------

    def at_key(self, mapped: Mapped, index: gast.AST) -> gast.AST:
        """`mapped[index]`; where a loop begins, it is the key that is read."""
        index = self.with_whole_atoms(index)
        if self.in_header:
            return gast.Call(func=name("$key_at"), args=[name(mapped.at), index], keywords=[])
        if mapped.default is not None or mapped.of_lists:
            self.insert_missing(mapped, index, mapped.default)
        return self.item_at(mapped, index)

    def item_at(self, mapped: Mapped, index: gast.AST) -> gast.AST:
        where = self.into(gast.Subscript(value=name(mapped.at), slice=index, ctx=gast.Load()))
        assert isinstance(where, Plain)  # noqa: S101
        return gast.Subscript(value=name(mapped.items), slice=where.atom, ctx=gast.Load())

    def has_key(self, mapped: Mapped, index: gast.AST) -> gast.AST:
        """`index in mapped`."""
        return gast.Compare(left=index, ops=[gast.In()], comparators=[name(mapped.at)])

    def insert_missing(self, mapped: Mapped, index: gast.AST, value: gast.AST | None) -> None:
        """Let a dict have a key; value: what stands there, None for a new list."""
        there = self.into(self.has_key(mapped, index))
        assert isinstance(there, Plain)  # noqa: S101
        with self.nested(0) as body:
            self.insert(mapped, index, value or gast.List(elts=[], ctx=gast.Load()))
        missing = gast.UnaryOp(op=gast.Not(), operand=there.atom)
        self.add(If(missing, tuple(body), (), origin=self.origin))

    def insert(self, mapped: Mapped, index: gast.AST, value: gast.AST) -> None:
        """Write what a new key and its value do."""
        length = gast.Call(func=name("len"), args=[name(mapped.items)], keywords=[])
        count, held = self.into(length), self.into(value)
        assert isinstance(count, Plain)  # noqa: S101
        assert isinstance(held, Plain)  # noqa: S101
        self.add(Store(name(mapped.at), index, count.atom, origin=self.origin))
        append = gast.Attribute(value=name(mapped.items), attr="append", ctx=gast.Load())
        new = self.temporary()
        self.unused.add(new)
        call = gast.Call(func=append, args=[held.atom], keywords=[])
        self.add(Assign((new,), call, origin=self.origin))

    # ---- writing ----------------------------------------------------------------------------

    def store_at_key(self, statement: Store, mapped: Mapped) -> None:
        """`mapped[index] = value`."""
        value = self.atom(statement.value)
        if not isinstance(value, Plain) or isinstance(statement.index, str):
            self.solidify(mapped.root)
            raise UnfoldingError
        self.changed = True
        index = self.with_whole_atoms(statement.index)
        if statement.operator is not None:
            where = self.item_at(mapped, index)
            self.add(
                replace(statement, base=name(mapped.items), index=where.slice, value=value.atom)
            )
            return
        there = self.into(self.has_key(mapped, index))
        assert isinstance(there, Plain)  # noqa: S101
        with self.nested(0) as body:
            where = self.item_at(mapped, index)
            self.add(
                replace(statement, base=name(mapped.items), index=where.slice, value=value.atom)
            )
        with self.nested(0) as orelse:
            self.insert(mapped, index, value.atom)
        self.add(If(there.atom, tuple(body), tuple(orelse), origin=self.origin))

    # ---- methods, loops ---------------------------------------------------------------------

    def of_map(self, mapped: Mapped, attr: str, args: list[Value]) -> Value | gast.AST:
        """A method of such a dict."""
        atoms = [arg.atom for arg in args if isinstance(arg, Plain)]
        match attr, atoms:
            case "values", [] if not args:
                loses = mapped.root in self.whole.losing
                return Pairs(mapped, keys=False) if loses else Plain(name(mapped.items))
            case "pop", [index, *default] if len(args) == len(atoms) < 3:
                return self.popped(mapped, index, default)
            case "keys", [] if not args:
                return Plain(name(mapped.at))
            case "items", [] if not args:
                return Pairs(mapped)
            case "get", [index, default] if len(args) == 2:
                return self.got_of(mapped, index, default)
            case "setdefault", [index, default] if len(args) == 2:
                self.insert_missing(mapped, index, default)
                return self.item_at(mapped, index)
        self.solidify(mapped.root)
        raise UnfoldingError

    def got_of(self, mapped: Mapped, index: gast.AST, default: gast.AST) -> Value:
        """`mapped.get(index, default)`."""
        there = self.into(self.has_key(mapped, index))
        assert isinstance(there, Plain)  # noqa: S101
        new = self.temporary()
        self.binds[new] += 1
        with self.nested(0) as body:
            self.add(Assign((new,), self.item_at(mapped, index), origin=self.origin))
        with self.nested(0) as orelse:
            self.add(Assign((new,), default, origin=self.origin))
        self.add(If(there.atom, tuple(body), tuple(orelse), origin=self.origin))
        self.ordinary.add(new)
        return Plain(name(new))

    def lose(self, mapped: Mapped) -> None:
        """Note that such a dict loses keys."""
        if mapped.root not in self.whole.losing:
            self.whole.losing.add(mapped.root)
            raise Again

    def popped(self, mapped: Mapped, index: gast.AST, default: list[gast.AST]) -> Value:
        """`mapped.pop(index)`, `mapped.pop(index, default)`."""
        self.lose(mapped)
        pop = gast.Attribute(value=name(mapped.at), attr="pop", ctx=gast.Load())
        found = gast.Call(func=pop, args=[index], keywords=[])
        if not default:
            where = self.into(found)
            assert isinstance(where, Plain)  # noqa: S101
            item = gast.Subscript(value=name(mapped.items), slice=where.atom, ctx=gast.Load())
            return self.into(item)
        there = self.into(self.has_key(mapped, index))
        assert isinstance(there, Plain)  # noqa: S101
        new = self.temporary()
        self.binds[new] += 1
        with self.nested(0) as body:
            where = self.into(found)
            assert isinstance(where, Plain)  # noqa: S101
            item = gast.Subscript(value=name(mapped.items), slice=where.atom, ctx=gast.Load())
            self.add(Assign((new,), item, origin=self.origin))
        with self.nested(0) as orelse:
            self.add(Assign((new,), default[0], origin=self.origin))
        self.add(If(there.atom, tuple(body), tuple(orelse), origin=self.origin))
        self.ordinary.add(new)
        return Plain(name(new))

    def values_listed(self, pairs: Pairs) -> Value:
        """A list of the values of a dict that loses keys, as they are now."""
        mapped = pairs.mapped
        keys = self.into(gast.Call(func=name("list"), args=[name(mapped.at)], keywords=[]))
        listed = self.into(gast.List(elts=[], ctx=gast.Load()))
        assert isinstance(keys, Plain)  # noqa: S101
        assert isinstance(listed, Plain)  # noqa: S101
        index, unused = self.temporary(), self.temporary()
        self.unused.add(unused)
        with self.nested(1) as body:
            key = self.into(gast.Subscript(value=keys.atom, slice=name(index), ctx=gast.Load()))
            assert isinstance(key, Plain)  # noqa: S101
            item = self.into(self.item_at(mapped, key.atom))
            assert isinstance(item, Plain)  # noqa: S101
            append = gast.Attribute(value=listed.atom, attr="append", ctx=gast.Load())
            call = gast.Call(func=append, args=[item.atom], keywords=[])
            self.add(Assign((unused,), call, origin=self.origin))
        length = self.into(gast.Call(func=name("len"), args=[keys.atom], keywords=[]))
        assert isinstance(length, Plain)  # noqa: S101
        counted = gast.Call(func=name("range"), args=[length.atom], keywords=[])
        self.add(For(index, counted, tuple(body), None, origin=self.origin))
        return listed

    def loop_over_values(self, loop: For, values: str) -> None:
        """`for value in mapped.values()`."""
        length = self.into(gast.Call(func=name("len"), args=[name(values)], keywords=[]))
        assert isinstance(length, Plain)  # noqa: S101
        index = self.temporary()
        with self.nested(1) as body:
            read = gast.Subscript(value=name(values), slice=name(index), ctx=gast.Load())
            self.assign((loop.target,), read)
            self.block(loop.body)
        counted = gast.Call(func=name("range"), args=[length.atom], keywords=[])
        header = None
        if loop.header is None:
            header = Header(name(loop.target), name(values), 1)
        self.add(For(index, counted, tuple(body), header, origin=loop.origin))

    def loop_over_pairs(self, loop: For, pairs: Pairs) -> None:
        """`for key, value in mapped.items()`."""
        self.changed = True
        mapped = pairs.mapped
        keys = self.into(gast.Call(func=name("list"), args=[name(mapped.at)], keywords=[]))
        assert isinstance(keys, Plain)  # noqa: S101
        loses = mapped.root in self.whole.losing
        counted_by = keys.atom if loses else name(mapped.items)
        length = self.into(gast.Call(func=name("len"), args=[counted_by], keywords=[]))
        assert isinstance(length, Plain)  # noqa: S101
        index = self.temporary()
        with self.nested(1) as body:
            key = self.into(gast.Subscript(value=keys.atom, slice=name(index), ctx=gast.Load()))
            assert isinstance(key, Plain)  # noqa: S101
            at_index = gast.Subscript(value=name(mapped.items), slice=name(index), ctx=gast.Load())
            item = self.into(self.item_at(mapped, key.atom) if loses else at_index)
            if pairs.keys:
                both: dict[object, Value] = {0: key, 1: item}
                self.known[loop.target] = Record(tuple, both, loop.target, self.place)
            else:
                self.give(loop.target, item)
            self.block(loop.body)
        counted = gast.Call(func=name("range"), args=[length.atom], keywords=[])
        self.add(For(index, counted, tuple(body), None, origin=loop.origin))
