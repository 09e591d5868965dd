"""Where statements are written: the block, the names, and what they are known to stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import gast

from s2sgrad.names import claimed
from s2sgrad.normalize import GivenUp, Normalized
from s2sgrad.program import Assign, Block, Jump, Origin, Statement, walk
from s2sgrad.source import Source
from s2sgrad.structure import Structure
from s2sgrad.trees import loaded, name, with_fields
from s2sgrad.unfold.outliving import Outliving
from s2sgrad.unfold.values import (
    Bound,
    Choice,
    Columns,
    Fixed,
    Mapped,
    Nested,
    Pairs,
    Partial,
    Plain,
    Record,
    Super,
    Value,
    View,
    alike,
)
from s2sgrad.unfold.whole import LARGEST, Again, UnfoldingError, Whole

__all__ = ["Frame", "part_key", "root_of"]


def part_key(owner: str, key: object) -> str:
    """What a part of a name is known by."""
    return f"{owner}\0{key!r}"


@dataclass(eq=False)
class Frame:
    """One function that is being unfolded."""

    source: Source
    normal: Callable[[Source], Normalized | None]
    whole: Whole
    taken: set[str]
    binds: Counter[str]
    known: dict[str, Value] = field(default_factory=dict)
    ordinary: set[str] = field(default_factory=set)
    displays: dict[str, list[gast.AST]] = field(default_factory=dict)
    replaced: set[str] = field(default_factory=set)
    keys_of: dict[str, list[object]] = field(default_factory=dict)
    map_lists: set[str] = field(default_factory=set)
    literals: dict[str, gast.AST] = field(default_factory=dict)
    displayed_at: dict[str, tuple[int, ...]] = field(default_factory=dict)
    read_only: set[str] = field(default_factory=set)
    begun_empty: dict[str, tuple[str, tuple[int, ...]]] = field(default_factory=dict)
    in_trip: bool = False
    in_header: bool = False
    headings: list[Statement] = field(default_factory=list)
    read_around: set[str] = field(default_factory=set)
    spread_only: set[str] = field(default_factory=set)
    given_none: set[str] = field(default_factory=set)
    flag_now: dict[str, tuple[tuple[int, ...], bool | None]] = field(default_factory=dict)
    loops: tuple[str, ...] = ()
    linked: set[str] = field(default_factory=set)
    rigid: set[str] = field(default_factory=set)
    copies: set[Statement] = field(default_factory=set)
    rewrites: dict[Statement, str] = field(default_factory=dict)
    out: list[Statement] = field(default_factory=list)
    place: tuple[int, ...] = ()
    origin: Origin | None = None
    made: set[str] = field(default_factory=set)
    changed: bool = False
    counted_lists: bool = False
    read_lists: bool = False
    arrays: set[str] = field(default_factory=set)
    overlaid: set[tuple[str, int]] = field(default_factory=set)
    outermost: bool = False
    making: set[int] = field(default_factory=set)
    tracking: dict[str, str] = field(default_factory=dict)
    closures: set[str] = field(default_factory=set)
    made_here: dict[str, Source] = field(default_factory=dict)
    unwritten: set[str] = field(default_factory=set)
    captures: dict[str, tuple[str, ...]] = field(default_factory=dict)
    outliving: dict[str, Outliving] = field(default_factory=dict)
    nonlocals: set[str] = field(default_factory=set)
    augmented: set[str] = field(default_factory=set)
    shared: dict[int, set[str]] = field(default_factory=dict)
    parameters: frozenset[str] = frozenset()
    rest: str = ""
    rest_told: dict[tuple[str, ...], list[tuple[int, ...]]] = field(default_factory=dict)
    begun: int = 0
    blocks: int = 0
    coming: list[Block] = field(default_factory=list)
    part_names: dict[str, str] = field(default_factory=dict)
    grows: bool = False
    arrived: set[str] = field(default_factory=set)
    arrived_at: dict[str, tuple[int, ...]] = field(default_factory=dict)
    bound_at: dict[str, tuple[int, ...]] = field(default_factory=dict)
    begun_at: dict[str, int] = field(default_factory=dict)
    defaulted: set[str] = field(default_factory=set)
    structure: Structure | None = None
    contexts: tuple[gast.AST, ...] = ()
    wanted: str = ""
    flags: set[str] = field(default_factory=set)
    unused: set[str] = field(default_factory=set)
    captured: set[str] = field(default_factory=set)
    calling: list[tuple[int, type | None, Value | None]] = field(default_factory=list)
    count: int = 0
    size: int = 0

    # ---- names ------------------------------------------------------------------------------

    def fresh(self, wanted: str) -> str:
        """A name that nobody uses."""
        return claimed(wanted, self.taken)

    def temporary(self) -> str:
        """A name for a value that the user didn't name."""
        while (new := f"_{self.count}") in self.taken:
            self.count += 1
        self.taken.add(new)
        self.made.add(new)
        self.binds[new] += 1
        return new

    def part_name(self, owner: str, key: object) -> str:
        """The name of a part, always the same for the same part of the same name."""
        known = part_key(owner, key)
        if known not in self.part_names:
            plain = _spelled(key)
            base = (
                f"{owner}_{plain}".lstrip("_0123456789")
                if owner.startswith("_")
                else f"{owner}_{plain}"
            )
            if not base.isidentifier():
                base = f"item_{plain}"
            self.part_names[known] = self.fresh(base)
        new = self.part_names[known]
        self.binds[new] += 1
        return new

    # ---- statements -------------------------------------------------------------------------

    def add(self, statement: Statement) -> None:
        """Write a statement."""
        self.size += 1
        if self.size > LARGEST:
            raise UnfoldingError
        self.out.append(statement)

    @contextmanager
    def nested(self, kind: int) -> Iterator[list[Statement]]:
        """A block inside a loop (1) or a branch (0)."""
        outer, place = self.out, self.place
        self.blocks += 1
        self.out, self.place = [], (*place, 2 * self.blocks + kind)
        yield self.out
        self.out, self.place = outer, place

    def assign(self, targets: tuple[str, ...], value: gast.AST) -> None:
        """Write an ordinary assignment."""
        targets = tuple(self.again(target) for target in targets)
        for target in targets:
            if target in self.replaced:
                self.whole.unsteady.add(target)
                raise Again
            if target in self.known and not isinstance(self.known[target], Plain):
                self.solidify(target)
            self.known.pop(target, None)
            self.ordinary.add(target)
            self.bound_at[target] = self.place
        for target in targets:
            if target in self.flags:
                self.note_flag(target, value)
        if len(targets) == 1 and self.binds[targets[0]] == 1:
            self.alias(targets[0], value)
        self.add(Assign(targets, value, origin=self.origin))

    def note_flag(self, flag: str, value: gast.AST) -> None:
        """Note what a flag is in the block where it is set first."""
        place, _ = self.flag_now.get(flag, (self.place, None))
        constant = isinstance(value, gast.Constant) and place == self.place
        self.flag_now[flag] = place, bool(value.value) if constant else None

    def alias(self, target: str, value: gast.AST) -> None:
        """Note what is known of a list or a tuple under the name that it gets, if it keeps that."""
        if target in self.whole.bound_again:
            return
        if isinstance(value, gast.List) and not value.elts:
            self.begun_empty[target] = target, self.place
        if isinstance(value, gast.Name) and value.id in self.begun_empty:
            self.begun_empty[target] = self.begun_empty[value.id]
        if isinstance(value, gast.Name) and value.id in self.displays:
            self.displays[target] = self.displays[value.id]
            self.displayed_at[target] = max(self.place, self.displayed_at[value.id], key=len)
            if value.id in self.read_only:
                self.read_only.add(target)
        if isinstance(value, gast.BinOp):
            self.arrays.add(target)
        if isinstance(value, gast.Name) and value.id in self.map_lists:
            self.map_lists.add(target)
        if isinstance(value, gast.Name) and value.id in self.keys_of:
            self.keys_of[target] = self.keys_of[value.id]

    def bound_again(self, part: str) -> None:
        """A part gets another value: nothing is known of a list or a tuple under its name, wherever it is read."""
        known = (self.displays, self.begun_empty, self.map_lists, self.keys_of, self.arrays)
        if any(part in names for names in known) and part not in self.whole.bound_again:
            self.whole.bound_again.add(part)
            raise Again

    def items_known(self, listed: str) -> list[gast.AST] | None:
        """The items of a tuple, or of a list of which none is replaced."""
        here = self.displayed_at.get(listed)
        if here is None or self.place[: len(here)] != here:
            return None
        if listed not in self.read_only:
            if not self.whole.items:
                return None
            self.read_lists = True
        return self.displays[listed]

    def items_change(self) -> None:
        """Something may replace an item of a list: its items aren't known."""
        self.whole.items = False
        if self.read_lists:
            raise Again

    def solidify(self, name: str, why: str = "what is done with {} here isn't followed") -> None:
        """Give up the parts of a name; why: what is told where that is refused, with a place for the name."""
        self.whole.given_up.setdefault(name, GivenUp(self.origin, why))
        if name.startswith("\0") or name in self.source.structures:
            raise UnfoldingError
        self.whole.solid.add(name)
        raise Again

    def unroll(self) -> None:
        """Have the loop around this be written trip by trip, so that what it counts is known."""
        for target in reversed(self.loops):
            if target not in self.whole.unrolled:
                self.whole.unrolled.add(target)
                raise Again

    def lists_change(self) -> None:
        """Something may change how long lists are: their lengths aren't known."""
        self.whole.lists = False
        if self.counted_lists:
            raise Again

    def given_structures(self, kind: type) -> Iterator[Structure]:
        """The structures of one kind in the parameters."""
        for whole in self.source.structures.values():
            assert isinstance(whole, Structure)  # noqa: S101
            yield from (inner for inner in whole.walk() if inner.kind is kind)

    def decides(self, value: Value, what: str) -> None:
        """Note that something is decided by the class of an object, which a derived one may do otherwise."""
        if isinstance(value, Record):
            for structure in self.given_structures(value.kind):
                structure.decided.add(what)

    # ---- giving names values ----------------------------------------------------------------

    def again(self, target: str, value: Value | None = None) -> str:
        """The name for what a parameter gets after its argument, if that is of another structure; or its own.

        That of a function that is written out, where it is assigned in the same block: all that comes later reads this.
        """
        old = self.known.get(target)
        here = target in self.arrived and self.arrived_at.get(target) == self.place
        if target in self.arrived and target not in self.arrived_at:
            self.arrived_at[target] = self.place
        was_plain = target in self.ordinary or isinstance(old, Plain)
        if value is None:
            other = old is not None and not isinstance(old, Plain)
        else:
            other = was_plain or (old is not None and not alike(old, value))
        if not here or not other or target in self.captured:
            return target
        new = self.fresh(target)
        self.binds[new] += 1
        if value is None:
            self.known[target] = Plain(name(new))
        return new

    # ---- reading ----------------------------------------------------------------------------

    def lasts(self, place: tuple[int, ...]) -> bool:
        """Whether what is bound at a place is what it is now, wherever something is read that is bound here.

        In a loop around both it is bound again in the next trip: then, what is bound here has to be so as well.
        """
        around = (a for a, b in zip(place, self.place, strict=False) if a == b)
        if not any(number % 2 for number in around):
            return True
        return place == self.place and not any(isinstance(s, Jump) for s in walk(tuple(self.out)))

    def is_settled(self, identifier: str) -> bool:
        """Whether a name is what it is now, wherever something is read that is bound here."""
        return self.binds[identifier] <= 1 and self.lasts(self.bound_at.get(identifier, ()))

    def is_steady(self, atom: gast.AST) -> bool:
        """Whether an atom is the same wherever it is read: no name that is bound several times."""
        return not isinstance(atom, gast.Name) or self.binds[atom.id] <= 1

    def whole_atom(self, atom: gast.AST) -> gast.AST:
        """An atom for something that takes a value as a whole."""
        if isinstance(atom, gast.Name):
            match self.known.get(atom.id):
                case Nested(name=home):
                    if home in self.unwritten or home in self.outliving:
                        raise UnfoldingError
                    return name(home)
                case Fixed(node=node):
                    return node
                case Plain(atom=constant):
                    return constant
                case (
                    Record()
                    | Bound()
                    | Partial()
                    | Super()
                    | Columns()
                    | Choice()
                    | Mapped()
                    | Pairs()
                    | View()
                ):
                    self.solidify(self.owner(atom.id), "{} is used as a whole here")
            if atom.id not in self.known:
                self.ordinary.add(atom.id)
        return atom

    def heed(self, function: Nested) -> None:
        """Refuse a call of a function whose variables may have got other values since it was made."""
        made = self.outliving.get(function.name)
        if made is not None and not made.may_be_called(self.place, self.calling):
            raise UnfoldingError

    def owner(self, identifier: str) -> str:
        """The name that has to stay whole where a name is used as a whole."""
        value = self.known[identifier]
        if (
            isinstance(value, Record | Columns | Mapped)
            and value.root
            and value.root != identifier
            and value.root not in self.whole.solid
        ):
            return value.root
        return identifier

    def inside(self, tree: gast.AST) -> gast.AST:
        """A tree that stays as it is written, with the names of parts in the place of attributes of objects."""
        free = [n for n in loaded(tree) if n in self.known]
        if not free:
            for read in loaded(tree):
                self.ordinary.add(read)
            return tree
        tree = self._inside(tree)
        from s2sgrad.trees import renamed  # noqa: PLC0415

        values = {n: self.whole_atom(name(n)) for n in loaded(tree) if n in self.known}
        return renamed(tree, values)

    def _inside(self, tree: gast.AST) -> gast.AST:
        if isinstance(tree, gast.Attribute | gast.Subscript):
            found = self.known_part(tree)
            if found is not None and not isinstance(tree.ctx, gast.Load):
                self.solidify(self.owner(root_of(tree).id))
            if isinstance(found, Plain):
                return found.atom
            if isinstance(found, Fixed):
                return found.node
        changed: dict[str, object] = {}
        for each in tree._fields:
            value = getattr(tree, each, None)
            if isinstance(value, gast.AST):
                changed[each] = self._inside(value)
            elif isinstance(value, list):
                changed[each] = [self._inside(v) if isinstance(v, gast.AST) else v for v in value]
        return with_fields(tree, changed) if changed else tree

    def known_part(self, tree: gast.Attribute | gast.Subscript) -> Value | None:
        """What an attribute of a record is, or what is there at a constant key, without writing anything."""
        base: Value | None = None
        if isinstance(tree.value, gast.Name):
            base = self.known.get(tree.value.id)
        elif isinstance(tree.value, gast.Attribute | gast.Subscript):
            base = self.known_part(tree.value)
        if not isinstance(base, Record) or base.uncertain:
            return None
        named = isinstance(tree, gast.Attribute)
        key = tree.attr if named else getattr(tree.slice, "value", None)
        of_kind = named == (base.kind not in {dict, list, tuple})
        return base.parts.get(key) if of_kind else None


def _spelled(key: object) -> str:
    """How a key is spelled in the name of a part."""
    if isinstance(key, tuple):
        return "_".join(map(_spelled, key))
    if isinstance(key, int) and key < 0:
        return f"minus_{-key}"
    return str(key) if str(key).isidentifier() or isinstance(key, int) else "item"


def root_of(tree: gast.AST) -> gast.AST:
    """What stands at the beginning of a name with attributes and keys."""
    while isinstance(tree, gast.Attribute | gast.Subscript):
        tree = tree.value
    return tree
