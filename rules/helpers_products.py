"""Helpers for products of vectors, matrices and higher arrays. See `helpers`."""

import numpy as np

from s2sgrad.rules.helpers_reductions import unbroadcast
from s2sgrad.rules.helpers_shaping import inverse_axes


def matmul_left(d, a, b):
    """The derivative in a of a @ b, for d of the shape of a @ b."""
    if np.ndim(b) == 1:
        return np.tensordot(d, b, 0)
    if np.ndim(a) == 1:
        return unbroadcast(np.matmul(b, np.expand_dims(d, -1))[..., 0], a)
    return unbroadcast(np.matmul(d, np.swapaxes(b, -1, -2)), a)


def matmul_right(d, a, b):
    """The derivative in b of a @ b, for d of the shape of a @ b."""
    if np.ndim(b) == 1:
        return np.tensordot(d, a, np.ndim(d))
    if np.ndim(a) == 1:
        return unbroadcast(np.expand_dims(a, -1) * np.expand_dims(d, -2), b)
    return unbroadcast(np.matmul(np.swapaxes(a, -1, -2), d), b)


def dot_left(d, a, b):
    """The derivative in a of np.dot(a, b), for d of the shape of np.dot(a, b)."""
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return unbroadcast(d * b, a)
    after = range(np.ndim(a) - 1, np.ndim(d))
    others = [k for k in range(np.ndim(b)) if k != max(np.ndim(b) - 2, 0)]
    return np.tensordot(d, b, (after, others))


def dot_right(d, a, b):
    """The derivative in b of np.dot(a, b), for d of the shape of np.dot(a, b)."""
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return unbroadcast(a * d, b)
    before = range(np.ndim(a) - 1)
    summed = np.tensordot(a, d, (before, before))
    return np.moveaxis(summed, 0, max(np.ndim(b) - 2, 0))


def inner_left(d, a, b):
    """The derivative in a of np.inner(a, b), for d of the shape of np.inner(a, b)."""
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return unbroadcast(d * b, a)
    return np.tensordot(d, b, np.ndim(b) - 1)


def inner_right(d, a, b):
    """The derivative in b of np.inner(a, b), for d of the shape of np.inner(a, b)."""
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return unbroadcast(a * d, b)
    before = range(np.ndim(a) - 1)
    return np.tensordot(d, a, (before, before))


def contracted_axes(a, b, axes=2):
    """The axes of a and of b that np.tensordot(a, b, axes) sums over, as two lists."""
    if np.ndim(axes) == 0:
        return list(range(np.ndim(a) - axes, np.ndim(a))), list(range(axes))
    return (
        [int(k) % np.ndim(a) for k in np.atleast_1d(axes[0])],
        [int(k) % np.ndim(b) for k in np.atleast_1d(axes[1])],
    )


def tensordot_left(d, a, b, axes=2):
    """The derivative in a of np.tensordot(a, b, axes), for d of the shape of that."""
    of_a, of_b = contracted_axes(a, b, axes)
    free_a = [k for k in range(np.ndim(a)) if k not in of_a]
    free_b = [k for k in range(np.ndim(b)) if k not in of_b]
    product = np.tensordot(d, b, (range(len(free_a), np.ndim(d)), free_b))
    order = free_a + [of_a[k] for k in np.argsort(of_b)]
    return np.transpose(product, inverse_axes(order))


def tensordot_right(d, a, b, axes=2):
    """The derivative in b of np.tensordot(a, b, axes), for d of the shape of that."""
    of_a, of_b = contracted_axes(a, b, axes)
    free_a = [k for k in range(np.ndim(a)) if k not in of_a]
    free_b = [k for k in range(np.ndim(b)) if k not in of_b]
    product = np.tensordot(a, d, (free_a, range(len(free_a))))
    order = [of_b[k] for k in np.argsort(of_a)] + free_b
    return np.transpose(product, inverse_axes(order))


def einsum_alone(d, subscripts, a):
    """The derivative in a of np.einsum(subscripts, a)."""
    return einsum_adjoint(d, subscripts, [a], 0)


def einsum_left(d, subscripts, a, b):
    """The derivative in a of np.einsum(subscripts, a, b)."""
    return einsum_adjoint(d, subscripts, [a, b], 0)


def einsum_right(d, subscripts, a, b):
    """The derivative in b of np.einsum(subscripts, a, b)."""
    return einsum_adjoint(d, subscripts, [a, b], 1)


def einsum_adjoint(d, subscripts, operands, k):
    """The derivative in operand k of np.einsum(subscripts, *operands)."""
    terms, output = einsum_labels(subscripts, operands)
    term, shape = terms[k], np.shape(operands[k])
    labels = "".join(dict.fromkeys(term))
    rest = [(output, d)] + [(terms[j], x) for j, x in enumerate(operands) if j != k]
    sizes = {}
    for known, x in rest:
        for c, n in zip(known, np.shape(x)):
            sizes[c] = max(n, sizes.get(c, 0))
    ones = {c: np.ones(n, np.result_type(d)) for c, n in zip(term, shape)}
    rest += [(c, vector) for c, vector in ones.items() if len(vector) > sizes.get(c, -1)]
    formula = ",".join(t for t, _ in rest) + "->" + labels
    product = np.einsum(formula, *(x for _, x in rest))
    if labels == term:
        return unbroadcast(product, operands[k])
    out = np.zeros(shape, product.dtype)
    np.einsum(f"{term}->{labels}", out)[...] = product
    return out


def einsum_labels(subscripts, operands):
    """The labels of the operands of np.einsum and of its result, written out."""
    inputs, arrow, output = subscripts.replace(" ", "").partition("->")
    free = [c for c in map(chr, range(97, 123)) if c not in subscripts]
    terms, longest = [], 0
    for term, operand in zip(inputs.split(","), operands):
        extra = np.ndim(operand) - len(term.replace("...", ""))
        longest = max(longest, extra)
        terms.append(term.replace("...", "".join(free[:extra][::-1])))
    dots = "".join(free[:longest][::-1])
    if not arrow:
        letters = "".join(inputs.replace("...", "").split(","))
        once = (c for c in sorted(set(letters)) if letters.count(c) == 1)
        output = "..." + "".join(once)
    return terms, output.replace("...", dots)
