"""Spellings of products of vectors and matrices, and of their derivatives, by their axes."""

from __future__ import annotations

from collections.abc import Callable

import gast

from s2sgrad.simplify.expressions import (
    arguments,
    call,
    method,
    mul,
    number_of,
)
from s2sgrad.simplify.extents import Axes, same_extent
from s2sgrad.simplify.shapes import Shapes
from s2sgrad.simplify.spelled_axes import matrix_product, transposed

__all__ = ["PRODUCTS"]


def matmul_left(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The derivative in a of `a @ b`, by the number of axes of both.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(
    ...     s="", v="m", A="n m", B="m k", S="b n m", T="b m k", d="n k", u="n", D="b n k"
    ... )
    >>> for example in (
    ...     "(d, A, B)", "(u, A, v)", "(v, u, A)", "(s, v, v)", "(D, S, T)", "(D, S, B)", "(d, A)",
    ... ):
    ...     found = matmul_left(expression("$matmul_left" + example), shapes)
    ...     print(example, "->", found and text(found))
    (d, A, B) -> d @ B.T
    (u, A, v) -> $np.outer(u, v)
    (v, u, A) -> A @ v
    (s, v, v) -> v * s
    (D, S, T) -> D @ T.swapaxes(-1, -2)
    (D, S, B) -> D @ B.T
    (d, A) -> None
    """
    found = _operands(node, shapes)
    if found is None:
        return None
    d, _, b, axes_a, axes_b = found
    match len(axes_a), len(axes_b):
        case 1, 1:
            return mul(b, d)
        case 1, 2:
            return matrix_product(b, d)
        case 2, 1:
            return call("$np.outer", d, b)
        case m, n if m >= n >= 2 and _batches(axes_a[m - n : -2], axes_b[:-2]):
            return matrix_product(d, transposed(b, n))
    return None


def matmul_right(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The derivative in b of `a @ b`, by the number of axes of both.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(
    ...     s="", v="m", A="n m", B="m k", S="b n m", T="b m k", d="n k", u="n", D="b n k"
    ... )
    >>> for example in (
    ...     "(d, A, B)", "(u, A, v)", "(v, u, A)", "(s, v, v)", "(D, S, T)", "(D, A, T)",
    ... ):
    ...     print(example, "->", text(matmul_right(expression("$matmul_right" + example), shapes)))
    (d, A, B) -> A.T @ d
    (u, A, v) -> A.T @ u
    (v, u, A) -> $np.outer(u, v)
    (s, v, v) -> v * s
    (D, S, T) -> S.swapaxes(-1, -2) @ D
    (D, A, T) -> A.T @ D
    """
    found = _operands(node, shapes)
    if found is None:
        return None
    d, a, _, axes_a, axes_b = found
    match len(axes_a), len(axes_b):
        case 1, 1:
            return mul(a, d)
        case 1, 2:
            return call("$np.outer", a, d)
        case 2, 1:
            return matrix_product(transposed(a, 2), d)
        case m, n if n >= m >= 2 and _batches(axes_b[n - m : -2], axes_a[:-2]):
            return matrix_product(transposed(a, m), d)
    return None


def dot_left(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The derivative in a of `np.dot(a, b)`: that of `a @ b`, unless one is a number.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", v="m", A="n m", d="n")
    >>> for example in ("(s, v, v)", "(d, A, v)", "(A, s, A)", "(d, A, b=v)"):
    ...     found = dot_left(expression("$dot_left" + example), shapes)
    ...     print(found and text(found))
    v * s
    $np.outer(d, v)
    $unbroadcast(A * A, s)
    None
    """
    return _dot(node, shapes, matmul_left, 1)


def dot_right(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The derivative in b of `np.dot(a, b)`: that of `a @ b`, unless one is a number.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", v="m", A="n m", d="n")
    >>> text(dot_right(expression("$dot_right(d, A, v)"), shapes))
    'A.T @ d'
    """
    return _dot(node, shapes, matmul_right, 2)


def _dot(
    node: gast.AST,
    shapes: Shapes,
    of_matmul: Callable[[gast.AST, Shapes], gast.AST | None],
    wanted: int,
) -> gast.AST | None:
    if len(node.args) != 3 or node.keywords:
        return None
    d, a, b = node.args
    if shapes.scalar(a) or shapes.scalar(b):
        product = mul(d, b) if wanted == 1 else mul(a, d)
        return call("$unbroadcast", product, node.args[wanted])
    axes = [shapes.axes(a), shapes.axes(b)]
    if any(part is None or len(part) > 2 for part in axes):
        return None
    return of_matmul(node, shapes)


def inner_left(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The derivative in a of `np.inner(a, b)`, of vectors and matrices.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", v="m", A="n m", B="k m", d="n k", u="n")
    >>> for example in ("(s, v, v)", "(d, A, B)", "(u, A, v)", "(u, v, A)"):
    ...     print(text(inner_left(expression("$inner_left" + example), shapes)))
    v * s
    d @ B
    $np.outer(u, v)
    u @ A
    """
    found = _operands(node, shapes)
    if found is None:
        return None
    d, _, b, axes_a, axes_b = found
    match len(axes_a), len(axes_b):
        case 1, 1:
            return mul(b, d)
        case 2, 1:
            return call("$np.outer", d, b)
        case 1 | 2, 2:
            return matrix_product(d, b)
    return None


def inner_right(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The derivative in b of `np.inner(a, b)`, of vectors and matrices.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", v="m", A="n m", B="k m", d="n k", u="n")
    >>> for example in ("(s, v, v)", "(d, A, B)", "(u, A, v)", "(u, v, A)"):
    ...     print(text(inner_right(expression("$inner_right" + example), shapes)))
    v * s
    d.T @ A
    u @ A
    $np.outer(u, v)
    """
    found = _operands(node, shapes)
    if found is None:
        return None
    d, a, _, axes_a, axes_b = found
    match len(axes_a), len(axes_b):
        case 1, 1:
            return mul(a, d)
        case 1, 2:
            return call("$np.outer", d, a)
        case 2, 1:
            return matrix_product(d, a)
        case 2, 2:
            return matrix_product(transposed(d, 2), a)
    return None


def dot(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """`a @ b` of matrices, the method of vectors, `*` of numbers.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", v="m", A="n m", B="m k")
    >>> for example in ("(s, s)", "(s, A)", "(v, v)", "(A, v)", "(A, B)", "(A, b=v)"):
    ...     found = dot(expression("$np.dot" + example), shapes)
    ...     print(found and text(found))
    s * s
    s * A
    v.dot(v)
    A @ v
    A @ B
    None
    """
    if len(node.args) != 2 or node.keywords:
        return None
    a, b = node.args
    kinds = [shapes.number(a), shapes.number(b)]
    if any(kind.array is None or kind.ndim is None for kind in kinds):
        return None
    if any(kind.scalar for kind in kinds):
        return mul(a, b) if any(shapes.real(part) for part in (a, b)) else None
    if all(kind.ndim in {1, 2} for kind in kinds):
        vectors = all(kind.ndim == 1 for kind in kinds)
        return method(a, "dot", b) if vectors else matrix_product(a, b)
    return method(a, "dot", b)


def matmul(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """`a @ b` of arrays.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(v="m", A="n m", x="?")
    >>> for example in ("(A, v)", "(A, x)", "(A, v, A)"):
    ...     found = matmul(expression("$np.matmul" + example), shapes)
    ...     print(found and text(found))
    A @ v
    None
    None
    """
    if len(node.args) != 2 or node.keywords:
        return None
    a, b = node.args
    return matrix_product(a, b) if shapes.array(a) and shapes.array(b) else None


def tensordot(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """One summed axis of vectors and matrices is `@`; none of vectors is `np.outer`.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", v="m", A="n m", B="m k")
    >>> for example in (
    ...     "(A, B, 1)", "(v, v, 1)", "(v, v, 0)", "(s, A, 0)", "(A, B, 0)", "(A, A, 2)", "(A, B)",
    ... ):
    ...     found = tensordot(expression("$np.tensordot" + example), shapes)
    ...     print(example, "->", found and text(found))
    (A, B, 1) -> A @ B
    (v, v, 1) -> v.dot(v)
    (v, v, 0) -> $np.outer(v, v)
    (s, A, 0) -> s * A
    (A, B, 0) -> None
    (A, A, 2) -> None
    (A, B) -> None
    """
    if len(node.args) != 3 or node.keywords:
        return None
    a, b, count = node.args
    axes = [shapes.axes(part) for part in (a, b)]
    known = [len(part) for part in axes if part is not None]
    if len(known) < 2:
        return None
    if number_of(count) == 1 and set(known) <= {1, 2}:
        return dot(call("$np.dot", a, b), shapes)
    if number_of(count) == 0:
        if known == [1, 1]:
            return call("$np.outer", a, b)
        if 0 in known and any(shapes.real(part) for part in (a, b)):
            return mul(a, b)
    return None


def solve_right(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The derivative in b of `np.linalg.solve(a, b)`, for one vector, or for matrices.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(v="n", A="n n", B="n k", S="b n n")
    >>> for example in ("(v, A, v)", "(B, A, B)", "(B, S, B)"):
    ...     print(text(solve_right(expression("$solve_right" + example), shapes)))
    $np.linalg.solve(A.T, v)
    $np.linalg.solve(A.T, B)
    $np.linalg.solve(S.swapaxes(-1, -2), B)
    """
    d, a, b = node.args
    axes_a, axes_b = shapes.axes(a), shapes.axes(b)
    if axes_a is None or axes_b is None or (len(axes_b) == 1 and len(axes_a) > 2):
        return None
    return call("$np.linalg.solve", transposed(a, len(axes_a)), d)


def solve_left(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The derivative in a of `np.linalg.solve(a, b)`.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(v="n", A="n n", B="n k")
    >>> for example in ("(v, A, v, v)", "(B, A, B, B)"):
    ...     print(text(solve_left(expression("$solve_left" + example), shapes)))
    -$np.outer(v, v)
    -(B @ B.T)
    """
    d, a, b, y = node.args
    axes_a, axes_b = shapes.axes(a), shapes.axes(b)
    if axes_a is None or len(axes_a) != 2 or axes_b is None or len(axes_b) > 2:
        return None
    product = call("$np.outer", d, y)
    if len(axes_b) == 2:
        product = matrix_product(d, transposed(y, 2))
    return gast.UnaryOp(op=gast.USub(), operand=product)


def solve_apply(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """`a @ y`, unless a stack of matrices meets vectors.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> text(solve_apply(expression("$solve_apply(A, v, v)"), given(v="n", A="n n")))
    'A @ v'
    """
    a, y, b = node.args
    axes_a, axes_b = shapes.axes(a), shapes.axes(b)
    if axes_a is None or axes_b is None or (len(axes_b) == 1 and len(axes_a) > 2):
        return None
    return matrix_product(a, y)


def on_matrices(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """A number for one matrix is that number.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> text(on_matrices(expression("$on_matrices(s, A)"), given(s="", A="n n")))
    's'
    """
    d, a = node.args
    axes = shapes.axes(a)
    return d if axes is not None and len(axes) == 2 else None


def _operands(
    node: gast.AST, shapes: Shapes
) -> tuple[gast.AST, gast.AST, gast.AST, Axes, Axes] | None:
    """d, a and b of a helper of products, and the axes of a and b, of which both have some."""
    found = arguments(node, "d", "a", "b")
    if found is None or len(found) < 3:
        return None
    axes_a, axes_b = shapes.axes(found["a"]), shapes.axes(found["b"])
    if not axes_a or not axes_b:
        return None
    return found["d"], found["a"], found["b"], axes_a, axes_b


def _batches(whole: Axes, part: Axes) -> bool:
    """Whether axes of which those of the product are made are those of the product themselves."""
    return all(same_extent(m, n) or n.number == 1 for m, n in zip(whole, part))


PRODUCTS: dict[str, Callable[[gast.AST, Shapes], gast.AST | None]] = {
    "$dot_left": dot_left,
    "$dot_right": dot_right,
    "$inner_left": inner_left,
    "$inner_right": inner_right,
    "$matmul_left": matmul_left,
    "$matmul_right": matmul_right,
    "$on_matrices": on_matrices,
    "$solve_apply": solve_apply,
    "$solve_left": solve_left,
    "$solve_right": solve_right,
    "$np.dot": dot,
    "$np.matmul": matmul,
    "$np.tensordot": tensordot,
}
