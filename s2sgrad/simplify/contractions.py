"""Rewrites of sums, and of what is spread over axes: broadcasting isn't written out, nor summed term by term.

Each function receives an arranged expression and gives a better one, or None where it doesn't
apply.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import gast
import numpy as np

from s2sgrad.kinds import Shape
from s2sgrad.simplify.expressions import (
    OPAQUE,
    attribute,
    binary,
    call,
    children,
    generated,
    mapped,
    method,
    mul,
    name,
    names,
    number_of,
    rebuilt,
)
from s2sgrad.simplify.shapes import Axes, Shapes, met, same_extent, same_shape
from s2sgrad.simplify.terms import Product, Terms

__all__ = [
    "Take",
    "contracted",
    "narrowed",
    "respread",
    "spread",
    "spread_product",
    "unspread",
    "without_spreads",
]

Take = Callable[[gast.AST], Product]
"""Takes an arranged expression apart."""


@dataclass(frozen=True)
class Spread:
    """`np.broadcast_to(value, shape)`, or `unreduce(value, a)`, which has the shape of a."""

    value: gast.AST
    axes: Axes | Shape


def spread(expr: gast.AST, shapes: Shapes) -> Spread | None:
    """The parts of something spread over axes, where those of the value are known."""
    match expr:
        case gast.Call(func=func, args=[value, shape], keywords=[]) if (
            shapes.called(func) is np.broadcast_to
        ):
            axes = shapes.shape_named(shape)
        case gast.Call(func=gast.Name(id="$unreduce"), args=[value, like], keywords=[]) if (
            shapes.scalar(value)
        ):
            axes = shapes.number(like).shape
        case _:
            return None
    return None if axes is None or shapes.axes(value) is None else Spread(value, axes)


def unspread(expr: gast.AST, shapes: Shapes) -> gast.AST:
    """What expr may be written as where it is combined elementwise with something that has the full shape.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", v="n", A="n m")
    >>> text(unspread(expression("2 * $np.broadcast_to(v[:, None], A.shape)"), shapes))
    '2 * v[:, None]'
    >>> text(unspread(expression("$np.broadcast_to(s, v.shape)[:, None]"), shapes))
    's'
    """
    if not _holds_spread(expr, shapes):
        return expr
    match expr:
        case gast.Call():
            found = spread(expr, shapes)
            return expr if found is None else unspread(found.value, shapes)
        case gast.Subscript(value=base, slice=index) if _only_adds_axes(index):
            inner = unspread(base, shapes)
            return inner if inner is not base and shapes.scalar(inner) else expr
        case gast.UnaryOp(op=gast.USub(), operand=operand):
            return mapped(expr, {id(operand): unspread(operand, shapes)})
        case gast.BinOp(op=op, left=left, right=right) if not isinstance(op, gast.MatMult):
            return mapped(
                expr, {id(left): unspread(left, shapes), id(right): unspread(right, shapes)}
            )
    return expr


def _holds_spread(expr: gast.AST, shapes: Shapes) -> bool:
    """Whether something may be spread in an expression; the answer is kept."""
    known = shapes.spreads
    stack = [expr]
    while stack:
        node = stack.pop()
        if id(node) in known:
            continue
        inside = [] if isinstance(node, OPAQUE) else children(node)
        waiting = [child for child in inside if id(child) not in known]
        if waiting:
            stack.append(node)
            stack.extend(waiting)
            continue
        own = isinstance(node, gast.Call) and spread(node, shapes) is not None
        known[id(node)] = (node, own or any(known[id(child)][1] for child in inside))
    return known[id(expr)][1]


def _only_adds_axes(index: gast.AST) -> bool:
    parts = index.elts if isinstance(index, gast.Tuple) else [index]
    return all(
        (isinstance(part, gast.Constant) and part.value in {None, ...})
        or (
            isinstance(part, gast.Slice)
            and part.lower is None
            and part.upper is None
            and part.step is None
        )
        for part in parts
    )


def without_spreads(parts: list[gast.AST], shapes: Shapes) -> list[gast.AST]:
    """The factors of a product, or the terms of a sum, not spread where the others have the full shape.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> parts = [expression("$np.broadcast_to(s, A.shape)"), expression("A")]
    >>> [text(part) for part in without_spreads(parts, given(s="", A="n m"))]
    ['s', 'A']
    """
    out = list(parts)
    for index, part in enumerate(parts):
        plain = unspread(part, shapes)
        if plain is part or len(out) == 1:
            continue
        rest = out[:index] + out[index + 1 :]
        whole = rest[0]
        for other in rest[1:]:
            whole = binary(whole, gast.Mult(), other)
        if shapes.fills(part, shapes.number(whole).shape):
            out[index] = plain
    return out


def spread_product(product: Product, terms: Terms) -> gast.AST | None:
    """Scalars that multiply something spread are multiplied before it is spread.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> terms = Terms(given(d="", A="n m"), lambda name: name == "d", lambda expr: False)
    >>> product = Product(True, (2,), (expression("$np.broadcast_to(d, A.shape)"),))
    >>> text(spread_product(product, terms))
    '$np.broadcast_to(-2 * d, A.shape)'
    """
    large = [factor for factor in product.factors if not terms.shapes.scalar(factor)]
    found = spread(large[0], terms.shapes) if len(large) == 1 else None
    if found is None or product == Product(factors=(large[0],)):
        return None
    factors = tuple(found.value if factor is large[0] else factor for factor in product.factors)
    return rebuilt(
        large[0],
        args=[terms.written(Product(product.negative, product.numbers, factors)), large[0].args[1]],
    )


def respread(expr: gast.AST, shapes: Shapes) -> gast.AST | None:
    """What is spread twice is spread once; what already has the shape isn't spread.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", v="m", A="n m")
    >>> text(respread(expression("$np.broadcast_to($np.broadcast_to(s, v.shape), A.shape)"), shapes))
    '$np.broadcast_to(s, A.shape)'
    """
    found = spread(expr, shapes)
    if found is None:
        return None
    if same_shape(shapes.number(found.value).shape, found.axes):
        return found.value
    plain = unspread(found.value, shapes)
    return None if plain is found.value else rebuilt(expr, args=[plain, expr.args[1]])


# ---- sums -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sum:
    """`base.sum(axis=axis)` or `np.sum(base, axis=axis)`; axis is None for the sum of everything."""

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
    >>> terms = Terms(given(s="", a="n", b="n", c="m", A="n m"), lambda name: name == "b", lambda expr: False)
    >>> take = lambda expr: Product(factors=(expr.left, expr.right))
    >>> for example in (
    ...     "(s * a).sum()", "(a * b).sum()", "(A * c).sum(axis=1)",
    ...     "(A * a[:, None]).sum(axis=0)",
    ... ):
    ...     print(text(contracted(expression(example), terms, take)))
    s * a.sum()
    a.dot(b)
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
    """`(A * v).sum(axis=1)` and `(A * v[:, None]).sum(axis=0)`, where one factor has one axis and the others two."""
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


# ---- unbroadcast ------------------------------------------------------------------------------------


def narrowed(expr: gast.AST, terms: Terms, take: Take) -> gast.AST | None:
    """Factors that have the final shape are multiplied after a sum, and the shape is that of a short name.

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
