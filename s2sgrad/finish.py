"""From the raw statements of a generated function to those that are printed: simplified, named, commented."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property

import gast

from s2sgrad.comments import commented
from s2sgrad.context import Context
from s2sgrad.flow import live_before, without_dead
from s2sgrad.gradient import Reversal
from s2sgrad.infer.resolution import Container, Primitive, Unresolved
from s2sgrad.kinds import UNKNOWN, Kind, Number, Sequence, is_number
from s2sgrad.lower import lowered, unfused, without_results
from s2sgrad.precision import narrow
from s2sgrad.program import Assign, Block, Function, Save, Statement, walk
from s2sgrad.purity import Purity
from s2sgrad.pushforward import Pushforward
from s2sgrad.rule_views import views_of_rules
from s2sgrad.simplify.block import simplified
from s2sgrad.simplify.branches import returned_early
from s2sgrad.simplify.headers import with_headers
from s2sgrad.simplify.key_lists import with_key_lists
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.naming import renamed_block
from s2sgrad.simplify.order import memory_written
from s2sgrad.simplify.put_back import given_out, handed_out
from s2sgrad.simplify.reading_order import Reading
from s2sgrad.simplify.shapes import Shapes
from s2sgrad.simplify.titles import Titles, as_written, made_for
from s2sgrad.source import MISSING, resolve
from s2sgrad.trees import loaded, name, nodes

__all__ = ["Finisher"]


Made = Reversal | Pushforward


@dataclass(eq=False)
class Finisher:
    """Finishes the functions that come from one reversal or pushforward; after: the names that count at the end."""

    made: Made
    context: Context
    simplified: bool
    after: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.purity = Purity(self.made, self.context)

    def aliases(self, value: str) -> tuple[str, ...]:
        """All names through which the memory of a name may be read, those of functions that read it, too."""
        found = self.made.aliases(value)
        readers = self.context.effects.around(self.made.analysis).readers
        found = (*found, *(f for n in found for f in readers.get(n, ()))) if readers else found
        found = (*found, *(f for n in (value, *found) for f in self.halves.get(n, ())))
        return (*found, *self.views_of((value, *found))) if self.views else found

    def views_of(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The names that rules give to what may be views of others, and of such views."""
        found = list(names)
        for n in found:  # which grows
            found += (view for view in self.views.get(n, ()) if view not in found)
        return tuple(found[len(names) :])

    @cached_property
    def views(self) -> dict[str, list[str]]:
        """Names → those that rules give to what may be a view of their memory (`flat = gather(x)`)."""
        made, kinds = self.made, self.made.analysis.facts.kinds
        shapes = Shapes(lambda n: self.kind_of(n) or UNKNOWN)
        blocks = (made.body,) if isinstance(made, Pushforward) else (made.forward, made.backward)
        return views_of_rules(
            (statement for block in blocks for statement in walk(block)),
            lambda n: n in kinds or n in made.names.primal,
            shapes,
        )

    @cached_property
    def halves(self) -> dict[str, list[str]]:
        """Functions that read what is around them → what is called instead of them, which does so, too."""
        reading = {
            f
            for found in self.context.effects.around(self.made.analysis).readers.values()
            for f in found
        }
        out: dict[str, list[str]] = {}
        for made in self.made.calls if reading else ():
            for statement, call in self.made.analysis.facts.calls.items():
                if call is made.call and isinstance(statement, Assign):
                    for function in reading.intersection(loaded(statement.value.func)):
                        out.setdefault(function, []).extend(loaded(made.callee))
        return out

    def tidied(self, block: Block) -> Block:
        """The block without statements whose results nobody reads."""
        behind: dict[str, list[str]] = {}
        for statement in walk(block):
            if isinstance(statement, Save):
                for value in statement.values:
                    if isinstance(value, gast.Name):
                        behind.setdefault(value.id, []).append(statement.stack)

        def aliases(value: str) -> tuple[str, ...]:
            found = self.aliases(value)
            return (*found, *(stack for name in found for stack in behind.get(name, ())))

        purity, found = self.purity, aliases if behind else self.aliases

        def slots(value: str) -> Iterable[str]:
            names = found(value)
            return (n for n in names if not self.is_plain(n)) if self.has_items(value) else names

        return without_dead(block, self.after, purity.pure, found, purity.writes, self.fixed, slots)

    def has_items(self, value: str) -> bool:
        """Whether a name, or what it is the derivative of, holds a list."""
        return isinstance(self.kind_of(value), Sequence)

    def is_plain(self, value: str) -> bool:
        """Whether a name, or what it is the derivative of, holds a number or an array, and no list."""
        return isinstance(self.kind_of(value), Number)

    def kind_of(self, value: str) -> Kind | None:
        """The kind of a name, or of what it is the derivative of."""
        return self.made.analysis.facts.kinds.get(self.made.names.primal.get(value, value))

    def fixed(self, value: str) -> bool:
        """Whether a name certainly holds an array, and `len` is Python's own."""
        kind = self.made.analysis.facts.kinds.get(value)
        return (
            isinstance(kind, Number)
            and kind.array is True
            and kind.shape != ()
            and self.measured_by_python
        )

    @cached_property
    def measured_by_python(self) -> bool:
        """Whether `len` is Python's own."""
        analysis = self.made.analysis
        return (
            "len" not in analysis.webs.home
            and resolve(name("len"), analysis.source.namespace) is len
        )

    def put_back(self, block: Block, own: AbstractSet[str] = frozenset()) -> set[str]:
        """The names of the user's whose memory is written in a backward half; own: names that have their own."""
        made = self.made
        written = {n for s in walk(block) for n in memory_written(s, self.purity.writes)}
        return {
            alias
            for n in written - made.names.primal.keys() - own
            for alias in made.analysis.aliasing.aliases(n)
        }

    @property
    def guards(self) -> int:
        """In how many places the user's function returns early."""
        tree = self.made.analysis.source.tree
        return sum(isinstance(node, gast.Return) for node in nodes(tree)) - 1

    @property
    def returned(self) -> str | None:
        """The name of a returned value that the user gave no name: it is called `out`."""
        result = self.made.result
        home, temporaries = self.made.analysis.webs.home, self.made.analysis.normalized.temporaries
        if not isinstance(result, gast.Name) or "out" in home.values():
            return None
        return (
            result.id
            if home.get(result.id) in temporaries and home[result.id].startswith("_")
            else None
        )

    def in_place(self, statement: Statement) -> bool:
        """Whether an augmented assignment writes into the memory of what it assigns."""
        found = self.made.analysis.facts.calls.get(statement)
        if isinstance(found, Container):
            return True
        if isinstance(found, Unresolved):
            return any(map(self.is_list, found.changes))
        return found is None or (isinstance(found, Primitive) and found.in_place)

    def is_list(self, value: str) -> bool:
        """Whether a name certainly holds a list, which `*=` changes under all of its names."""
        kind = self.made.analysis.facts.kinds.get(value)
        return isinstance(kind, Sequence) and kind.type == "list"

    def block(
        self,
        block: Block,
        parameters: tuple[str, ...],
        *,
        whole: bool = False,
        results: bool = False,
    ) -> Block:
        """The block without what nobody reads, simplified if that is asked for.

        whole: whether it has both halves; results: whether it ends with what the user's function returns, and
        derivatives.
        """
        block = self.tidied(lowered(block, self.in_place))
        if self.simplified:
            known = self.knowledge(parameters)
            reading = Reading.of(self.made.analysis.function.body)
            block = simplified(block, known, reading, self.tidied)
            block = handed_out(block, known) if whole else block
            block = given_out(block, known) if results else block
        return unfused(block)

    def cheap_again(self, backward: Block) -> Block:
        """What the backward half reads and can compute again at next to no cost: it needn't be saved.

        These are scalars made by a little arithmetic from other values, once and for all.
        """
        facts, variables = self.made.analysis.facts, self.made.analysis.webs.variables
        made: dict[str, Assign] = {}
        for statement in self.made.analysis.function.body:
            match statement:
                case Assign(targets=(target,), value=gast.BinOp() | gast.UnaryOp() as value):
                    names = (target, *loaded(value))
                    if all(n not in variables and is_number(facts.kinds.get(n)) for n in names):
                        made[target] = statement
        wanted = [n for n in live_before(self.tidied(backward), frozenset()) if n in made]
        found: dict[str, Assign] = {}
        while wanted:
            target = wanted.pop()
            if target not in found:
                found[target] = made[target]
                wanted.extend(n for n in loaded(made[target].value) if n in made)
        return tuple(statement for target, statement in made.items() if target in found)

    @cached_property
    def of_the_module(self) -> dict[str, Kind]:
        """The arrays of the module that have derivatives, because the function stores into them, and their kinds."""
        facts = self.made.analysis.facts
        around = set(self.made.names.primal.values()) - facts.kinds.keys()
        return {n: kind for n in around if (kind := facts.known(n)) is not None}

    def knowledge(self, parameters: tuple[str, ...]) -> Knowledge:
        """What the simplifications know of the names."""
        made, analysis = self.made, self.made.analysis
        local = analysis.webs.home.keys()

        def function_of(tree: gast.AST) -> object | None:
            root = tree
            while isinstance(root, gast.Attribute):
                root = root.value
            if (
                not isinstance(root, gast.Name)
                or root.id in local
                or (root.id in made.names.taken and root.id in made.names.primal)
            ):
                return None
            found = resolve(tree, analysis.source.namespace)
            return None if found is MISSING else found

        incoming = (made.incoming,) if isinstance(made.incoming, str) else made.incoming
        kinds = {**self.of_the_module, **analysis.facts.kinds}
        if (
            isinstance(made.incoming, str)
            and isinstance(analysis.facts.result, Number)
            and analysis.facts.result.scalar
        ):
            kinds[made.incoming] = Number("float", (), analysis.facts.result.array)
        known = Knowledge(
            kinds=kinds,
            primal=made.names.primal,
            home=dict(analysis.webs.home),
            temporaries=analysis.normalized.temporaries,
            named=frozenset((*self.of_the_module, *filter(None, (self.returned,)))),
            pure=self.purity.pure,
            aliases=self.aliases,
            writes=self.purity.writes,
            function_of=function_of,
            parameters=parameters,
            incoming=frozenset(incoming),
            fresh=made.names.fresh,
            shared=frozenset(
                d for n, d in made.names.of_derivatives.items() if n in analysis.aliasing.joint
            ),
            given=frozenset(p.name for p in analysis.function.parameters),
            kept=frozenset(analysis.aliasing.keepers),
            roots=made.roots if isinstance(made, Reversal) else frozenset(),
            narrow=narrow(made) if isinstance(made, Reversal) else lambda _: frozenset(),
        )
        for statement in walk(analysis.function.body):
            for value in vars(statement).values():
                if isinstance(value, gast.AST):
                    known.adopt(value)
        return known

    def named(self, function: Function, taken: frozenset[str]) -> Function:
        """The function with the names that are printed."""
        if not self.simplified:
            return function
        analysis, names = self.made.analysis, self.made.names
        home, temporaries = analysis.webs.home, analysis.normalized.temporaries

        returned, written = self.returned, as_written(analysis.source.tree)
        later = made_for(analysis.normalized.function.body, temporaries)

        def user(local: str) -> str | None:
            own = home.get(local)
            if local in self.of_the_module:
                return local
            if own is None or (own in temporaries and own.startswith("_")):
                return "out" if local == returned else later.get(own or "")
            return written(own)

        titles = Titles.of(analysis.function.body, user)

        def preferred(local: str) -> str:
            primal = names.primal.get(local)
            if primal is not None:
                return "d_" + titles.title(primal).strip("_")
            if local in home:
                return titles.title(local)
            prefix, of = names.made_of.get(local, ("", ""))
            if prefix and of in home:
                return prefix + titles.title(of)
            return names.base.get(local, local)

        def changes(local: str) -> bool:
            kind = self.kind_of(local)
            return isinstance(kind, Sequence) or (isinstance(kind, Number) and kind.array is True)

        parameters = tuple(p.name for p in function.parameters)
        functions = {
            target
            for s in walk(function.body)
            if isinstance(s, Assign) and isinstance(s.value, gast.FunctionDef)
            for target in s.targets
        }
        apart = analysis.normalized.captured | functions
        body, final = renamed_block(function.body, preferred, taken, parameters, apart, changes)
        body = returned_early(body, self.guards)
        body = with_headers(without_results(body))
        body = with_key_lists(replace(function, body=body), taken)
        if isinstance(self.made, Reversal):
            new = (n for n, base in names.base.items() if base.startswith("d_"))
            derivatives = {final.get(d, d) for d in (*names.primal, *new, self.made.incoming)}
            body = commented(body, analysis.source, derivatives.__contains__)
        return replace(function, body=body)
