"""Products taken apart: a sign, numbers, and factors; and put together again as one writes them.

A multiplication is taken apart only where one side certainly is floating-point: in integers, and
these may be small ones that wrap around, the order of multiplication is part of the result. For the
same reason a factor that may be an integer is never multiplied with a product of integers first,
and takes no sign.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

import gast

from s2sgrad.frozen import dataclass
from s2sgrad.kinds import Sequence as SequenceKind
from s2sgrad.simplify.equality import key
from s2sgrad.simplify.expressions import OPAQUE, generated, mul, neg, number, number_of, rebuilt
from s2sgrad.simplify.shapes import Shapes
from s2sgrad.simplify.widths import is_precise
from s2sgrad.trees import children

__all__ = ["Product", "Terms", "exact_product", "exact_sum", "multiplied"]


@dataclass(frozen=True)
class Product:
    """`-number * ... * factor * ...`: the minus where negative is set."""

    negative: bool = False
    numbers: tuple[int | float, ...] = ()
    factors: tuple[gast.AST, ...] = ()

    @property
    def zero(self) -> bool:
        """Whether a zero stands in it."""
        return 0 in self.numbers

    @property
    def coefficient(self) -> int | float | None:
        """The signed number in front, None where several can't be made one exactly."""
        if len(self.numbers) > 1:
            return None
        value = self.numbers[0] if self.numbers else 1
        return -value if self.negative else value

    def same_factors(self) -> Hashable:
        """Equal for products that differ in their number only, in whatever order."""
        counts: dict[Hashable, int] = {}
        for factor in self.factors:
            known = key(factor)
            counts[known] = counts.get(known, 0) + 1
        return frozenset(counts.items())


def exact_product(a: float, b: float) -> int | float | None:
    """a times b where that is exact in binary and in decimal, and the text says what it said.

    >>> exact_product(2, 3), exact_product(2, 0.05), exact_product(3, 0.1)
    (6, 0.1, None)
    """
    return _exact(a * b, Fraction(a) * Fraction(b), Decimal(repr(a)) * Decimal(repr(b)))


def exact_sum(a: float, b: float) -> int | float | None:
    """a plus b where that is exact in binary and in decimal.

    >>> exact_sum(3, -1), exact_sum(0.5, -1), exact_sum(2.2, -1)
    (2, -0.5, None)
    """
    return _exact(a + b, Fraction(a) + Fraction(b), Decimal(repr(a)) + Decimal(repr(b)))


def _exact(value: float, binary: Fraction, decimal: Decimal) -> int | float | None:
    if not math.isfinite(value) or Fraction(value) != binary or Decimal(repr(value)) != decimal:
        return None
    return value


def multiplied(numbers: Iterable[int | float]) -> tuple[int | float, ...]:
    """Numbers folded into as few as exactness allows, in their order.

    >>> multiplied([2, 3, 0.5]), multiplied([3, 0.1])
    ((3.0,), (3, 0.1))
    """
    out: list[int | float] = []
    for value in numbers:
        for index, other in enumerate(out):
            folded = exact_product(other, value)
            if folded is not None:
                out[index] = folded
                break
        else:
            out.append(value)
    return tuple(out)


_FACTS = frozenset({"$count", "$len", "$np.ndim", "$np.shape", "$np.size"})


_LEAVES = frozenset({gast.Name, gast.Constant})


def _is_fact(node: gast.AST) -> bool:
    """Whether no derivative comes through: a shape, a dtype, a comparison."""
    kind = node.__class__
    if kind is gast.Attribute:
        return node.attr in {"dtype", "ndim", "shape", "size"}
    return kind is gast.Compare or (kind is gast.Call and generated(node.func) in _FACTS)


class Terms:
    """Takes products apart and puts them together.

    incoming: which names are derivatives that come in. users: which expressions stand as the user
    wrote them.
    """

    def __init__(
        self, shapes: Shapes, incoming: Callable[[str], bool], users: Callable[[gast.AST], bool]
    ) -> None:
        self.shapes = shapes
        self.incoming = incoming
        self.users = users
        self._carries: dict[int, tuple[gast.AST, bool]] = {}

    # ---- questions ----

    def carries(self, expr: gast.AST) -> bool:
        """Whether an incoming derivative is read in an expression."""
        if expr.__class__ in _LEAVES:
            return expr.__class__ is gast.Name and self.incoming(expr.id)
        known = self._carries
        found = known.get(id(expr))
        if found is not None:
            return found[1]
        stack = [expr]
        while stack:
            node = stack[-1]
            if id(node) in known:
                stack.pop()
                continue
            closed = node.__class__ in OPAQUE or _is_fact(node)
            carries, waiting = False, []
            for child in () if closed else children(node):
                if child.__class__ is gast.Name:
                    carries = carries or self.incoming(child.id)
                elif child.__class__ is not gast.Constant:
                    inner = known.get(id(child))
                    if inner is None:
                        waiting.append(child)
                    else:
                        carries = carries or inner[1]
            if waiting and not carries:
                stack.extend(waiting)
                continue
            known[id(node)] = (node, carries)
            stack.pop()
        return known[id(expr)][1]

    def real(self, expr: gast.AST) -> bool:
        """Whether an expression certainly is floating-point."""
        return self.carries(expr) or self.shapes.real(expr)

    def splits(self, expr: gast.AST) -> bool:
        """Whether an expression is a multiplication that may be taken apart."""
        if expr.__class__ is not gast.BinOp or expr.op.__class__ is not gast.Mult:
            return False
        if self.repeats(expr.left, expr.right) or self.repeats(expr.right, expr.left):
            return False
        return self.carries(expr) or self.shapes.real(expr.left) or self.shapes.real(expr.right)

    def repeats(self, expr: gast.AST, times: gast.AST) -> bool:
        """Whether an expression is a list or a tuple, which an integer repeats."""
        if expr.__class__ is gast.List:
            return True
        if not isinstance(number_of(times), int):
            return False
        while expr.__class__ is gast.Subscript and expr.slice.__class__ is gast.Slice:
            expr = expr.value
        return isinstance(self.shapes.kind(expr), SequenceKind)

    # ---- signs ----

    def negated(self, expr: gast.AST) -> gast.AST:
        """`-expr`, the sign before the first factor, or removed from there.

        >>> from s2sgrad.simplify.expressions import expression, text
        >>> from s2sgrad.simplify.given import given
        >>> terms = Terms(given(a="", b="", i="int n"), lambda name: False, lambda expr: False)
        >>> for example in ("a / b", "-a * b", "i * a", "a - b"):
        ...     print(text(terms.negated(expression(example))))
        -a / b
        a * b
        -(i * a)
        -(a - b)
        """
        spine, first = self._spine(expr)
        minus = isinstance(first, gast.UnaryOp) and isinstance(first.op, gast.USub)
        node = first.operand if minus and (not spine or self._signed(first.operand)) else neg(first)
        for outer in reversed(spine):
            node = rebuilt(outer, left=node)
        return node

    def negative(self, expr: gast.AST) -> bool:
        """Whether an expression begins with a sign that `negated` takes away."""
        _, first = self._spine(expr)
        return (
            isinstance(first, gast.UnaryOp)
            and isinstance(first.op, gast.USub)
            and self._signed(first.operand)
        )

    def _spine(self, expr: gast.AST) -> tuple[list[gast.AST], gast.AST]:
        """The `*` and `/` that a sign can pass on its way to the left, and what stands there."""
        spine = []
        while self._passes(expr):
            spine.append(expr)
            expr = expr.left
        return spine, expr

    def _passes(self, expr: gast.AST) -> bool:
        """Whether a sign before an expression means what it means before its left part."""
        if expr.__class__ is not gast.BinOp:
            return False
        if expr.op.__class__ is gast.Mult:
            return self.real(expr) and self._signed(expr.left)
        return expr.op.__class__ is gast.Div and self._signed(expr.left)

    def _signed(self, expr: gast.AST) -> bool:
        """Whether something can't wrap around when it is negated."""
        return number_of(expr) is not None or self.real(expr)

    # ---- putting together ----

    def ordered(
        self, factors: Sequence[gast.AST], *, number: float | None = None
    ) -> tuple[gast.AST, ...]:
        """Scalars first, incoming derivatives last; integers, which may wrap, meet a float."""
        carrying = [factor for factor in factors if self.carries(factor)]
        others = [factor for factor in factors if not self.carries(factor)]
        if len(others) > 1:
            others.sort(key=lambda factor: not self.shapes.scalar(factor))
        waiting = [*others, *carrying]
        if self.shapes.narrow:
            waiting = self.precise(waiting, number)
        out: list[gast.AST] = []
        safe = isinstance(number, float)
        while waiting:
            chosen = 0
            if not safe and (out or number is not None) and not self.real(waiting[0]):
                chosen = next(
                    (index for index, factor in enumerate(waiting) if self.real(factor)), 0
                )
            out.append(waiting.pop(chosen))
            safe = safe or (bool(waiting) and self.real(out[-1]))
        return tuple(out)

    def precise(self, factors: list[gast.AST], number: float | None) -> list[gast.AST]:
        """Factors with one of float64 before what is narrower, where that would be rounded otherwise."""
        places = (k for k, factor in enumerate(factors) if is_precise(factor, self.shapes))
        place = next(places, 0)
        before = factors[:place]
        narrow = [f for f in before if self.shapes.number(f).dtype == "float32"]
        scalars = [f for f in before if self.shapes.scalar(f) and f not in narrow]
        exact = number is None or math.frexp(number)[0] == 0.5  # a power of two
        if not narrow or (exact and not scalars and len(narrow) == 1):
            return factors
        return [
            *scalars,
            factors[place],
            *(f for f in before if f not in scalars),
            *factors[place + 1 :],
        ]

    def chain(self, factors: Sequence[gast.AST]) -> gast.AST:
        """The factors multiplied from left to right."""
        product, *rest = factors
        for factor in rest:
            product = mul(product, factor)
        return product

    def written(self, product: Product) -> gast.AST:
        """A product as one writes it: sign, number, scalars, other factors, incoming derivatives.

        >>> from s2sgrad.simplify.expressions import expression, text
        >>> from s2sgrad.simplify.given import given
        >>> terms = Terms(given(A="n", s="", d="n"), lambda name: name == "d", lambda expr: False)
        >>> text(terms.written(Product(True, (2,), tuple(map(expression, "dAs")))))
        '-2 * s * A * d'
        """
        numbers = multiplied(product.numbers)
        if 1 in numbers and any(map(self.real, product.factors)):
            numbers = tuple(value for value in numbers if value != 1)
        first = next(
            (value for value in numbers if isinstance(value, float)),
            numbers[0] if numbers else None,
        )
        factors = self.ordered(product.factors, number=first)
        result = self.chain([*map(number, numbers), *factors]) if numbers or factors else number(1)
        if not product.negative:
            return result
        return neg(result) if isinstance(result, gast.Constant) else self.negated(result)
