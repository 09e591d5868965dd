"""Numbers that take each other back: `2 * (0.5 * d / e)` is `d / e`, `len(x) - 0` is `len(x)`."""

from __future__ import annotations

import math
from collections.abc import Callable

import gast

from s2sgrad.simplify.expressions import div, generated, number_of
from s2sgrad.simplify.shapes import Shapes
from s2sgrad.simplify.terms import Product, Terms, exact_product, multiplied

__all__ = ["is_length", "without_halves", "without_ones"]

_Take = Callable[[gast.AST], Product]


def without_halves(product: Product, terms: Terms, take: _Take) -> Product:
    """A product in which the number in front is multiplied with that of a quotient: powers of two scale exactly.

    A quotient may hold a number above, `2 * (0.5 * d / e)`, or be by one: `4 * x * (d / 2)`.
    """
    if len(product.numbers) != 1:
        return product
    for place, factor in enumerate(product.factors):
        found = None if terms.users(factor) else _halved(factor, terms, take)
        value = None if found is None else exact_product(product.numbers[0], found[0])
        if found is None or value is None:
            continue
        inner = take(found[1])
        factors = (*product.factors[:place], *inner.factors, *product.factors[place + 1 :])
        whole = int(value) if float(value).is_integer() else value
        numbers = multiplied((*(() if whole == 1 else (whole,)), *inner.numbers))
        negative = product.negative != inner.negative
        return without_halves(Product(negative, numbers, factors), terms, take)
    return product


def _halved(factor: gast.AST, terms: Terms, take: _Take) -> tuple[float, gast.AST] | None:
    """A power of two by which a quotient of a derivative is scaled, and the quotient without it."""
    if factor.__class__ is not gast.BinOp or factor.op.__class__ is not gast.Div:
        return None
    if not terms.carries(factor.left):
        return None
    divisor = number_of(factor.right)
    if divisor is not None and _is_power_of_two(divisor):
        return 1 / divisor, factor.left
    above = take(factor.left)
    if above.negative or len(above.numbers) != 1 or not _is_power_of_two(above.numbers[0]):
        return None
    return above.numbers[0], div(terms.written(Product(factors=above.factors)), factor.right)


def _is_power_of_two(value: float) -> bool:
    return value > 0 and math.frexp(value)[0] == 1 / 2


def without_ones(product: Product, terms: Terms) -> Product:
    """A product without `x ** 0`, where something else has the shape of x.

    It is what remains of the derivative of `x ** 1`.
    """
    factors = list(product.factors)
    for factor in product.factors:
        if (
            factor.__class__ is gast.BinOp
            and factor.op.__class__ is gast.Pow
            and number_of(factor.right) == 0
        ):
            others = [other for other in factors if other is not factor and terms.real(other)]
            if any(
                terms.shapes.fills(factor, terms.shapes.number(other).shape) for other in others
            ):
                factors.remove(factor)
    if len(factors) == len(product.factors):
        return product
    return Product(product.negative, product.numbers, tuple(factors))


def is_length(expr: gast.AST, shapes: Shapes) -> bool:
    """Whether an expression is a length or a size."""
    match expr:
        case gast.Attribute(attr="size"):
            return shapes.scalar(expr)
        case gast.Call(func=func, args=[_], keywords=[]):
            return generated(func) in {"$count", "$len", "$np.size"}
    return False
