"""Makes the right-hand side of a derivative look as if written by hand.

Receives one expression and what is known of its names. Promises the same value, apart from the
rounding that comes with the order of additions and multiplications, of the same shape. Divisions
are barriers: only a factor of a number over a divisor, `1 / e * d`, is written `d / e`; divisors
stay as they are, since `e / (1 + e) ** 2` overflows where the primal doesn't. Products aren't
distributed over sums. What the user wrote stays as it is, unless it is a factor itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import gast

from s2sgrad.simplify.choices import chosen_together
from s2sgrad.simplify.contractions import contracted, narrowed, of_vector
from s2sgrad.simplify.equality import same
from s2sgrad.simplify.expressions import (
    CLOSED,
    add,
    div,
    generated,
    mapped,
    neg,
    number,
    number_of,
    rebuilt,
    sub,
)
from s2sgrad.simplify.scales import is_length, without_halves, without_ones
from s2sgrad.simplify.shapes import Shapes
from s2sgrad.simplify.spreads import respread, spread, spread_product, unspread, without_spreads
from s2sgrad.simplify.terms import Product, Terms, exact_sum, multiplied
from s2sgrad.trees import children

__all__ = ["arrange"]

_SUMS = frozenset({gast.Add, gast.Sub})


def arrange(
    expr: gast.AST,
    shapes: Shapes,
    incoming: Callable[[str], bool],
    users: Callable[[gast.AST], bool] = lambda _: False,
) -> gast.AST:
    """An expression with the same value that reads better; itself where there is nothing to do.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(x="", y="", d_out="")
    >>> for example in (
    ...     "2 * ($math.cos(2 * x) * d_out)", "x * d_out + d_out * x",
    ...     "3 * x ** (3 - 1) * d_out", "x * (1 / y * d_out)", "x * (d_out / y)",
    ...     "2 * (0.5 * d_out / y)", "4 * x * (d_out / 2)",
    ... ):
    ...     print(text(arrange(expression(example), shapes, lambda name: name == "d_out")))
    2 * $math.cos(2 * x) * d_out
    2 * x * d_out
    3 * x ** 2 * d_out
    x * d_out / y
    x * (d_out / y)
    d_out / y
    2 * x * d_out
    """
    new = _Arranger(shapes, incoming, users).arrange(expr)
    return expr if same(new, expr) else new


def _is_sum(expr: gast.AST) -> bool:
    return expr.__class__ is gast.BinOp and expr.op.__class__ in _SUMS


class _Arranger(Terms):
    """Arranges expressions, each node once."""

    def __init__(
        self, shapes: Shapes, incoming: Callable[[str], bool], users: Callable[[gast.AST], bool]
    ) -> None:
        super().__init__(shapes, incoming, users)
        self._arranged: dict[int, tuple[gast.AST, gast.AST]] = {}

    def arrange(self, expr: gast.AST) -> gast.AST:
        """An expression, after everything inside it that is arranged on its own."""
        arranged = self._arranged
        found = arranged.get(id(expr))
        if found is not None:
            return found[1]
        stack = [(expr, False)]
        while stack:
            node, ready = stack.pop()
            if id(node) in arranged:
                continue
            if not ready:
                waiting = [part for part in self._separate(node) if id(part) not in arranged]
                if waiting:
                    stack.append((node, True))
                    stack.extend((part, False) for part in waiting)
                    continue
            arranged[id(node)] = (node, self.settled(self._new(node)))
        return arranged[id(expr)][1]

    def _separate(self, expr: gast.AST) -> list[gast.AST]:
        """The parts that are arranged before expr: what isn't a factor or a term of it itself."""
        out: list[gast.AST] = []
        stack = [] if self._stands(expr) else [expr]
        while stack:
            node = stack.pop()
            inside = [child for child in children(node) if not self._stands(child)]
            product = bool(inside) and (self.splits(node) or self.signed(node))
            for child in inside:
                inner = self.splits(child) or self.signed(child)
                if (product and inner) or (_is_sum(node) and (inner or _is_sum(child))):
                    stack.append(child)
                else:
                    out.append(child)
        return out

    def _stands(self, expr: gast.AST) -> bool:
        """Whether an expression stays as it is."""
        kind = expr.__class__
        if kind in CLOSED or (kind is gast.Attribute and generated(expr) is not None):
            return True
        return self.users(expr) and not self.carries(expr)

    def settled(self, result: gast.AST) -> gast.AST:
        """A result, which isn't arranged again."""
        self._arranged[id(result)] = (result, result)
        return result

    def _new(self, expr: gast.AST) -> gast.AST:
        if self._stands(expr):
            return expr
        if self.splits(expr) or self.signed(expr):
            return self.product(self.take(expr))
        match expr:
            case gast.BinOp(op=gast.Add() | gast.Sub()):
                return self.sum(expr) if self.carries(expr) else self.plain_sum(expr)
            case gast.BinOp(op=gast.Div(), left=left, right=right):
                return self.quotient(expr, self.arrange(left), self.arrange(right))
            case gast.BinOp(op=gast.Pow()):
                return self.power(self.inside(expr))
            case gast.Call():
                return self.call(self.inside(expr))
        inner = self.inside(expr)
        better = of_vector(inner, self, self.take)
        return inner if better is None else self.arrange(better)

    def inside(self, expr: gast.AST) -> gast.AST:
        """An expression with what is inside it arranged."""
        return mapped(expr, {id(child): self.arrange(child) for child in children(expr)})

    # ---- products ----

    def take(self, expr: gast.AST) -> Product:
        """An expression taken apart into a sign, numbers and arranged factors."""
        negative = False
        numbers: list[int | float] = []
        factors: list[gast.AST] = []
        stack = [(expr, False)]
        while stack:
            node, users = stack.pop()
            users = (users or self.users(node)) and not self.carries(node)
            value = number_of(node)
            if self.splits(node):
                stack += [(node.right, users), (node.left, users)]
            elif value is not None and not (users and value == 0):
                negative ^= value < 0
                numbers.append(abs(value))
            elif self.signed(node):
                negative = not negative
                stack.append((node.operand, users))
            else:
                new = node if users else self.arrange(node)
                if new is not node and (
                    self.splits(new) or self.signed(new) or number_of(new) is not None
                ):
                    stack.append((new, users))
                    continue
                if not users and self.negative(new):
                    negative = not negative
                    new = self.settled(self.negated(new))
                factors.append(new)
        return Product(negative, multiplied(numbers), tuple(factors))

    def signed(self, expr: gast.AST) -> bool:
        """Whether an expression is the negative of a number, or of something certainly real."""
        if expr.__class__ is not gast.UnaryOp or expr.op.__class__ is not gast.USub:
            return False
        return self.real(expr.operand) or number_of(expr.operand) is not None

    def product(self, product: Product) -> gast.AST:
        """A product as one writes it, and without broadcasting that happens anyway."""
        if product.zero and product.factors and all(map(self.shapes.scalar, product.factors)):
            return number(0.0)
        product = without_halves(without_ones(product, self), self, self.take)
        factors = without_spreads(list(product.factors), self.shapes)
        if any(new is not old for new, old in zip(factors, product.factors, strict=True)):
            inner = self.take(self.chain(factors))
            numbers = multiplied((*product.numbers, *inner.numbers))
            return self.product(Product(product.negative != inner.negative, numbers, inner.factors))
        below = self.over_divisor(product)
        if below is not None:
            return below
        inner_product = spread_product(product, self)
        return self.written(product) if inner_product is None else self.arrange(inner_product)

    def over_divisor(self, product: Product) -> gast.AST | None:
        """`d / e` for `1 / e * d`, and `0.5 * d / e` for `0.5 / e * d`."""
        for factor in product.factors:
            if factor.__class__ is not gast.BinOp or factor.op.__class__ is not gast.Div:
                continue
            value, others = number_of(factor.left), [f for f in product.factors if f is not factor]
            if value is None or self.users(factor) or not any(map(self.carries, others)):
                continue
            numbers = multiplied((*product.numbers, *(() if value == 1 else (value,))))
            above = self.product(Product(product.negative, numbers, tuple(others)))
            return div(above, factor.right)
        return None

    def quotient(self, expr: gast.AST, left: gast.AST, right: gast.AST) -> gast.AST:
        """`left / right`, a barrier: only the sign passes it."""
        if number_of(right) == 1 and self.real(left):
            return left
        plain_left, plain_right = without_spreads([left, right], self.shapes)
        if plain_left is not left or plain_right is not right:
            return self.arrange(div(plain_left, plain_right))
        found = spread(left, self.shapes)
        if found is not None and self.shapes.scalar(right):
            return self.arrange(rebuilt(left, args=[div(found.value, right), left.args[1]]))
        return mapped(expr, {id(expr.left): left, id(expr.right): right})

    def power(self, expr: gast.AST) -> gast.AST:
        """`x ** 1` is x."""
        exponent = number_of(expr.right)
        return (
            expr.left
            if exponent == 1 and (self.real(expr.left) or isinstance(exponent, int))
            else expr
        )

    def call(self, expr: gast.AST) -> gast.AST:
        """A call in a better form, if there is one."""
        for better in (
            respread(expr, self.shapes),
            contracted(expr, self, self.take),
            narrowed(expr, self, self.take),
        ):
            if better is not None:
                return self.arrange(better)
        return expr

    # ---- sums ----

    def plain_sum(self, expr: gast.AST) -> gast.AST:
        """A sum without derivatives: only its numbers are added."""
        spine = []
        while _is_sum(expr) and not self.users(expr):
            spine.append(expr)
            expr = expr.left
        result = self.arrange(expr) if spine else expr
        for outer in reversed(spine):
            right = self.arrange(outer.right)
            a, b = number_of(result), number_of(right)
            if b == 0 and isinstance(outer.op, gast.Sub) and is_length(result, self.shapes):
                continue
            total = (
                None
                if a is None or b is None
                else exact_sum(a, -b if isinstance(outer.op, gast.Sub) else b)
            )
            result = (
                mapped(outer, {id(outer.left): result, id(outer.right): right})
                if total is None
                else number(total)
            )
        return result

    def sum(self, expr: gast.AST) -> gast.AST:
        """A sum with like terms added, in the order in which they first appear."""
        products = self.merged(
            [product for product in self.terms(expr) if not (product.zero and not product.factors)]
        )
        products = self.without_zeros(products)
        if not products:
            return number(0.0)
        first = next((index for index, product in enumerate(products) if not product.negative), 0)
        products.insert(0, products.pop(first))
        parts = [self.product(replace(product, negative=False)) for product in products]
        parts = self.without_spread_terms(parts)
        signs = [product.negative for product in products]
        terms = chosen_together(list(zip(signs, parts, strict=True)))
        if len(terms) < len(parts):
            (negative, first), *others = [(sign, self.again(term)) for sign, term in terms]
            result = neg(first) if negative else first
        else:
            result, others = self.product(self.signed_product(products[0], parts[0])), terms[1:]
        for negative, part in others:
            result = sub(result, part) if negative else add(result, part)
        return result

    def again(self, choice: gast.AST) -> gast.AST:
        """A choice whose values are sums now, arranged."""
        if not isinstance(choice, gast.Call):
            return choice
        return rebuilt(choice, args=[self.arrange(part) for part in choice.args])

    def signed_product(self, product: Product, part: gast.AST) -> Product:
        inner = self.take(part)
        return Product(product.negative != inner.negative, inner.numbers, inner.factors)

    def terms(self, expr: gast.AST) -> list[Product]:
        """The terms of a sum, those of sums inside it too."""
        out = []
        stack = [(expr, False)]
        while stack:
            node, negative = stack.pop()
            if _is_sum(node) and self.carries(node):
                stack += [
                    (node.right, negative != isinstance(node.op, gast.Sub)),
                    (node.left, negative),
                ]
                continue
            product = (
                Product(factors=(node,))
                if self.users(node) and not self.carries(node)
                else self.take(node)
            )
            negative = negative != product.negative
            only = product.factors[0] if len(product.factors) == 1 and not product.numbers else None
            if only is not None and _is_sum(only) and self.carries(only):
                stack.append((only, negative))
            else:
                out.append(Product(negative, product.numbers, product.factors))
        return out

    def merged(self, products: list[Product]) -> list[Product]:
        """Terms that differ in their number only become one, unless the numbers add up to zero.

        A term without an incoming derivative may be one of integers, and stays alone.
        """
        out: list[Product] = []
        places: dict[object, int] = {}
        for product in products:
            if product.coefficient is None or not any(map(self.carries, product.factors)):
                out.append(product)
                continue
            factors = product.same_factors()
            place = places.setdefault(factors, len(out))
            if place == len(out):
                out.append(product)
                continue
            total = exact_sum(out[place].coefficient or 0, product.coefficient)
            if total:
                out[place] = Product(
                    total < 0, () if abs(total) == 1 else (abs(total),), out[place].factors
                )
            else:
                out.append(product)
        return out

    def without_zeros(self, products: list[Product]) -> list[Product]:
        """A sum without zeros, where a real term or nothing but a number gives the shape."""
        out = list(products)
        for product in products:
            if not product.zero:
                continue
            shapes = [
                self.shapes.number(self.chain(other.factors)).shape
                for other in out
                if other is not product and any(map(self.real, other.factors))
            ]
            zero = self.chain(product.factors)
            if (self.shapes.scalar(zero) and (shapes or len(out) == 1)) or any(
                self.shapes.fills(zero, shape) for shape in shapes
            ):
                out = [other for other in out if other is not product]
        return out

    def without_spread_terms(self, parts: list[gast.AST]) -> list[gast.AST]:
        """Terms that aren't spread, where another term has the full shape."""
        out = list(parts)
        for index, part in enumerate(parts):
            others = out[:index] + out[index + 1 :]
            plain = unspread(part, self.shapes, others)
            if plain is not part and any(
                self.shapes.fills(part, self.shapes.number(other).shape) for other in others
            ):
                out[index] = self.arrange(plain)
        return out
