"""Rewrites of sums: scalar factors stand in front, sums of products are the products that they are.

Each function receives an arranged expression and gives a better one, or None if it doesn't apply.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import gast

from s2sgrad.extents import Shape
from s2sgrad.simplify.expressions import (
    attribute,
    binary,
    call,
    generated,
    method,
    mul,
    name,
    names,
    number_of,
    rebuilt,
)
from s2sgrad.simplify.shapes import Axes, Shapes, met, same_extent
from s2sgrad.simplify.spreads import spread
from s2sgrad.simplify.terms import Product, Terms

__all__ = ["Take", "contracted", "narrowed", "of_vector"]

Take = Callable[[gast.AST], Product]
"""Takes an arranged expression apart."""


# ---- sums ----


@dataclass(frozen=True)
class Sum:
    """`base.sum(axis=axis)` or `np.sum(base, axis=axis)`; axis is None where all is summed."""

    call: gast.AST
    base: gast.AST
    axis: gast.AST | None
    keepdims: bool

    def of(self, base: gast.AST) -> gast.AST:
        """The same sum of something else."""
        if isinstance(self.call.func, gast.Attribute) and generated(self.call.func) is None:
            return rebuilt(self.call, func=attribute(base, "sum"))
        return rebuilt(self.call, args=[base, *self.call.args[1:]])


def _sum(expr: gast.AST, shapes: Shapes) -> Sum | None:
    if not isinstance(expr, gast.Call) or any(isinstance(arg, gast.Starred) for arg in expr.args):
        return None
    args = list(expr.args)
    if (
        generated(expr.func) is None
        and isinstance(expr.func, gast.Attribute)
        and expr.func.attr == "sum"
    ):
        if not shapes.array(expr.func.value):
            return None
        args.insert(0, expr.func.value)
    elif generated(expr.func) != "$np.sum":
        return None
    keywords = {keyword.arg: keyword.value for keyword in expr.keywords}
    if (
        not args
        or len(args) > 2
        or set(keywords) - {"axis", "keepdims"}
        or (len(args) == 2 and "axis" in keywords)
    ):
        return None
    axis = args[1] if len(args) > 1 else keywords.get("axis")
    if isinstance(axis, gast.Constant) and axis.value is None:
        axis = None
    return Sum(expr, args[0], axis, "keepdims" in keywords)


def contracted(expr: gast.AST, terms: Terms, take: Take) -> gast.AST | None:
    """A sum with its scalar factors in front, and of a product as the dot product that it is.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", a="n", b="n", c="m", A="n m", B="n m")
    >>> terms = Terms(shapes, lambda name: name == "b", lambda expr: False)
    >>> take = lambda expr: Product(factors=(expr.left, expr.right))
    >>> for example in (
    ...     "(s * a).sum()", "(a * b).sum()", "(A * B).sum()", "(A * c).sum(axis=1)",
    ...     "(A * a[:, None]).sum(axis=0)",
    ... ):
    ...     print(text(contracted(expression(example), terms, take)))
    s * a.sum()
    a.dot(b)
    $np.vdot(A, B)
    A @ c
    a @ A
    """
    found = _sum(expr, terms.shapes)
    if found is None:
        return None
    product = take(found.base)
    shapes = terms.shapes
    scalars = [factor for factor in product.factors if shapes.scalar(factor)]
    large = [factor for factor in product.factors if not shapes.scalar(factor)]
    if not large:
        return None
    summed = _summed(found, list(terms.ordered(large)), terms)
    if summed is None:
        if not scalars and not product.numbers and not product.negative:
            return None
        summed = found.of(terms.chain(terms.ordered(large)))
    return terms.written(Product(product.negative, product.numbers, (*scalars, summed)))


def _summed(found: Sum, factors: list[gast.AST], terms: Terms) -> gast.AST | None:
    """The sum of a product without scalars, where it has a better form."""
    shapes = terms.shapes
    if found.keepdims or not any(terms.real(factor) for factor in factors):
        return None
    if len(factors) == 1:
        return _sum_of_spread(factors[0], shapes) if found.axis is None else None
    axes = [shapes.axes(factor) for factor in factors]
    *first, last = factors
    if found.axis is None:
        if all(a is not None and len(a) == 1 and _same(a[0], (axes[0] or a)[0]) for a in axes):
            return method(terms.chain(first), "dot", last)
        if len(factors) > 1 and all(a and shapes.same(f, last) for f, a in zip(factors, axes)):
            return call("$np.vdot", terms.chain(first), last)
        return None
    return _with_vector(found, factors, axes, terms)


def _sum_of_spread(factor: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The sum of a scalar spread over one axis, or over the shape of something with a name."""
    inside = spread(factor, shapes)
    if inside is None or not shapes.scalar(inside.value):
        return None
    match factor.args[1]:
        case gast.Attribute(value=value, attr="shape") if shapes.array(value):
            one = isinstance(inside.axes, tuple) and len(inside.axes) == 1
            return mul(call("$len", value) if one else attribute(value, "size"), inside.value)
        case gast.Tuple(elts=[length]) if not isinstance(length, gast.Starred):
            return mul(length, inside.value)
    return None


def _with_vector(
    found: Sum, factors: list[gast.AST], axes: list[Axes | None], terms: Terms
) -> gast.AST | None:
    """`(A * v).sum(axis=1)` and `(A * v[:, None]).sum(axis=0)`, v with one axis, A with two."""
    axis = None if found.axis is None else number_of(found.axis)
    if axis not in {0, 1, -1, -2}:
        return None
    last = axis in {1, -1}
    vectors = []
    for factor, a in zip(factors, axes, strict=True):
        if last and a is not None and len(a) == 1:
            vectors.append((factor, factor))
        elif not last and _column(factor, terms.shapes) is not None:
            vectors.append((factor, _column(factor, terms.shapes)))
    if len(vectors) != 1:
        return None
    ((factor, vector),) = vectors
    others = [other for other in factors if other is not factor]
    own = terms.shapes.axes(vector)
    for a in (a for other, a in zip(factors, axes, strict=True) if other is not factor):
        if a is None or own is None or len(a) != 2 or not _same(own[0], a[1 if last else 0]):
            return None
    if any(not terms.shapes.same(other, others[0]) for other in others):
        return None
    matrix = terms.chain(others)
    return (
        binary(matrix, gast.MatMult(), vector) if last else binary(vector, gast.MatMult(), matrix)
    )


def _column(factor: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The `v` of `v[:, None]`."""
    match factor:
        case gast.Subscript(
            value=value,
            slice=gast.Tuple(
                elts=[gast.Slice(lower=None, upper=None, step=None), gast.Constant(value=None)]
            ),
        ):
            axes = shapes.axes(value)
            return value if axes is not None and len(axes) == 1 else None
    return None


def _same(m: object, n: object) -> bool:
    """Whether extents that are combined elementwise are equal."""
    return same_extent(m, n) or (met(m, n) and met(n, m) and 1 not in {m.number, n.number})  # type: ignore[arg-type,attr-defined]


# ---- unbroadcast ----


def narrowed(expr: gast.AST, terms: Terms, take: Take) -> gast.AST | None:
    """Factors of the final shape are multiplied after the sum; the shape is that of a short name.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> terms = Terms(given(x="?", w="?", d="?"), lambda name: name == "d", lambda expr: False)
    >>> take = lambda expr: Product(True, (), (expr.left, expr.right))
    >>> text(narrowed(expression("$unbroadcast($np.cos(x) * d, $np.sin(x))"), terms, take))
    '-$np.cos(x) * $unbroadcast(d, x)'
    """
    match expr:
        case gast.Call(func=gast.Name(id="$unbroadcast"), args=[value, like], keywords=[]):
            pass
        case _:
            return None
    shapes = terms.shapes
    product = take(value)
    scalars = [factor for factor in product.factors if shapes.scalar(factor)]
    large = [factor for factor in product.factors if not shapes.scalar(factor)]
    if not large:
        return None
    fitting = [
        factor for factor in large if not terms.carries(factor) and shapes.same(factor, like)
    ]
    inside = [factor for factor in large if not any(factor is other for other in fitting)]
    if not inside or not _as_large(inside, value, terms):
        fitting, inside = [], large
    shorter = _shortest(like, value, terms)
    if (
        not fitting
        and not scalars
        and not product.numbers
        and not product.negative
        and shorter is like
    ):
        return None
    summed = rebuilt(expr, args=[terms.chain(terms.ordered(inside)), shorter])
    return terms.written(Product(product.negative, product.numbers, (*scalars, *fitting, summed)))


def _as_large(inside: list[gast.AST], whole: gast.AST, terms: Terms) -> bool:
    """Whether factors have the shape of the whole product.

    The derivative of a result has the shape of the result, and nothing in its partial derivative is
    larger: only one that isn't spread, and is of known shape then, can be smaller.
    """
    if any(
        terms.carries(factor) and isinstance(terms.shapes.number(factor).shape, Shape)
        for factor in inside
    ):
        return True
    return terms.shapes.same(terms.chain(inside), whole)


def _shortest(like: gast.AST, value: gast.AST, terms: Terms) -> gast.AST:
    """The shortest name that provably has the shape of like: a parameter if there is one."""
    parameters = terms.shapes.parameters
    candidates = [
        other
        for other in dict.fromkeys((*parameters, *names(like), *names(value)))
        if not terms.incoming(other)
    ]
    fitting = [
        other
        for other in candidates
        if not other.startswith("$") and terms.shapes.same(name(other), like)
    ]
    if isinstance(like, gast.Name) and (like.id in parameters or not fitting):
        return like
    if not fitting:
        return like
    best = min(
        fitting, key=lambda other: (other not in parameters, len(other), fitting.index(other))
    )
    if isinstance(like, gast.Name) and best not in parameters and len(best) >= len(like.id):
        return like
    return name(best)


# ---- matrices ----


def of_vector(expr: gast.AST, terms: Terms, take: Take) -> gast.AST | None:
    """A matrix times a vector, the numbers in front of it: otherwise they multiply all of the matrix.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> terms = Terms(given(A="n m", d="m"), lambda name: name == "d", lambda expr: False)
    >>> take = lambda expr: Product(numbers=(2,), factors=(expr.right,))
    >>> text(of_vector(expression("2 * A @ d"), terms, take))
    '2 * (A @ d)'
    """
    match expr:
        case gast.BinOp(left=left, op=gast.MatMult(), right=right) if (
            terms.splits(left) and not terms.users(left) and terms.carries(right)
        ):
            axes = terms.shapes.axes(right)
        case _:
            return None
    product = take(left)
    matrices = [factor for factor in product.factors if not terms.shapes.scalar(factor)]
    if axes is None or len(axes) != 1 or len(matrices) != 1:
        return None
    scalars = [factor for factor in product.factors if factor is not matrices[0]]
    vector = rebuilt(expr, left=matrices[0])
    return terms.written(Product(product.negative, product.numbers, (*scalars, vector)))
