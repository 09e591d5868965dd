"""Whose memory a derivative is: it shares none with arguments, with what comes in, with other results, with
what the function keeps; it can be written into; a second call finds everything as the first did.
"""

import numpy as np

from tests.stated import Collection

case = Collection()

rng = np.random.default_rng(80)
_3 = np.array([0.5, -1.2, 2.0])
_y3 = np.array([1.5, 0.4, -0.9])
_23 = rng.normal(size=(2, 3))
_33 = rng.normal(size=(3, 3))
CACHE = np.array([1.0, 2.0, 3.0])
PARTS = [np.array([1.0, 2.0, 3.0]), np.array([2.0, -1.0, 0.0])]


def _read_only(a):
    a = a.copy()
    a.flags.writeable = False
    return a


def itself(x: np.ndarray):
    return x


case(itself, lambda w, x: w, (_3,), (_23,), (np.array(0.5),))


def itself_of_any_kind(x):
    return x


case(itself_of_any_kind, lambda w, x: w, (0.5,), (_3,), wrt=("x",))


def copied(x: np.ndarray):
    return x.copy()


case(copied, lambda w, x: w, (_3,), (_23,))


def transposed(A: np.ndarray):
    return A.T


case(transposed, lambda w, A: w.T, (_23,), (_33,), (_3,))


def all_of_it(x: np.ndarray):
    return x[:]


case(all_of_it, lambda w, x: w, (_3,), (_23,))


def reshaped(A: np.ndarray):
    return A.reshape(-1)


case(reshaped, lambda w, A: w.reshape(A.shape), (_23,), (_33.T,))


def backwards(x: np.ndarray):
    return x[::-1]


case(backwards, lambda w, x: w[::-1], (_3,), (_23,))


def negated(x: np.ndarray):
    return -x + 0


case(negated, lambda w, x: -w, (_3,))


def returned_twice(x: np.ndarray):
    return x, x


case(returned_twice, lambda w, x: w[0] + w[1], (_3,))


def returned_with_a_view(x: np.ndarray):
    return x, x[1:], 2 * x


def _with_a_view(w, x):
    d = w[0] + 2 * w[2]
    d[1:] += w[1]
    return d


case(returned_with_a_view, _with_a_view, (_3,))


def sum_of_two(x: np.ndarray, y: np.ndarray):
    return x + y


case(sum_of_two, lambda w, x, y: (w, w), (_3, _y3), (_23, _23 * 2))


def sum_of_three_and_difference(x: np.ndarray, y: np.ndarray, z: np.ndarray):
    return x + y - z


case(sum_of_three_and_difference, lambda w, x, y, z: (w, w, -w), (_3, _y3, _3 * 2))


def total(x: np.ndarray):
    """The derivative is one number spread over the shape, and can be written into."""
    return x.sum()


case(total, lambda w, x: np.full(x.shape, w), (_3,), (_23,), (np.zeros(0),))


def average(x: np.ndarray):
    return x.mean()


case(average, lambda w, x: np.full(x.shape, w / x.size), (_3,), (_23,))


def sums_of_columns(A: np.ndarray):
    return A.sum(axis=0)


case(sums_of_columns, lambda w, A: np.tile(w, (len(A), 1)), (_23,), (_33,))


def spread_out(x: np.ndarray):
    return np.broadcast_to(x, (4, 3))


case(spread_out, lambda w, x: w.sum(0), (_3,))


def one_array_for_two_arguments(x: np.ndarray, y: np.ndarray):
    return x * y + x


case(one_array_for_two_arguments, lambda w, x, y: (w * (y + 1), w * x), (_3, _3))


def overlapping_arguments(x: np.ndarray, y: np.ndarray):
    return x * y


_4 = np.array([0.5, -1.2, 2.0, 0.7])
case(overlapping_arguments, lambda w, x, y: (w * y, w * x), (_4[1:], _4[:-1]), (_4, _4[::-1]))


def arguments_that_cannot_be_written(x: np.ndarray, y: np.ndarray):
    a = x * 1.0
    a += y
    return a * a


case(
    arguments_that_cannot_be_written,
    lambda w, x, y: (2 * w * (x + y), 2 * w * (x + y)),
    (_read_only(_3), _read_only(_y3)),
    (np.broadcast_to(_3, (2, 3)), _23),
)


def strange_layouts(A: np.ndarray, B: np.ndarray):
    C = A.copy()
    C[0] *= B[0]
    return C.reshape(-1) * B.ravel()


def _layouts(w, A, B):
    W = w.reshape(A.shape)
    dA, dB = W * B, W * A
    dA[0], dB[0] = W[0] * B[0] ** 2, 2 * W[0] * A[0] * B[0]
    return dA, dB


_wide = rng.normal(size=(4, 6))
case(
    strange_layouts,
    _layouts,
    (np.asfortranarray(_23), _23 * 2),
    (_wide[::2, ::2], _wide[1::2, ::-2]),
    (_wide.T[:3, 1:3].T, _wide[:2, 3:]),
)


def argument_changed(x: np.ndarray):
    x[0] = x[1] * x[2]
    x *= 2
    return x[0] + x[1]


case(
    argument_changed,
    lambda w, x: 2 * w * np.array([0, x[2] + 1, x[1]]),
    (_3,),
    (_23[0],),
    mutated=("x",),
)


def argument_changed_through_a_view(A: np.ndarray):
    row = A[0]
    row += A[1]
    return A.sum() * row[0]


def _through_a_view(w, A):
    first = A[0, 0] + A[1, 0]
    total = A.sum() + A[1].sum()
    d = np.full(A.shape, first)
    d[1] += first
    d[:2, 0] += total
    return w * d


case(argument_changed_through_a_view, _through_a_view, (_23,), (_33,), mutated=("A",))


def final_contents(x: np.ndarray, y: np.ndarray):
    x += y
    y *= x


case(
    final_contents,
    lambda w, x, y: (w[0] + w[1] * y, w[0] + w[1] * (x + 2 * y)),
    (_3, _y3),
    mutated=("x", "y"),
    of=("x", "y"),
)


def result_and_final_contents(x: np.ndarray):
    s = x.sum()
    x *= x
    return x * s


def _result_and_final(w, x):
    s = x.sum()
    return w[0] * 2 * x * s + np.sum(w[0] * x * x) + w[1] * 2 * x


case(result_and_final_contents, _result_and_final, (_3,), mutated=("x",), of=("return", "x"))


def global_array_is_not_changed(x: np.ndarray):
    a = CACHE
    b = a * x
    b += a
    return b * x


case(global_array_is_not_changed, lambda w, x: w * (2 * CACHE * x + CACHE), (_3,))


def global_array_is_returned(x: np.ndarray):
    return CACHE, x * CACHE


case(global_array_is_returned, lambda w, x: w[1] * CACHE, (_3,))


def global_list_of_arrays(x: np.ndarray):
    total = 0.0
    for part in PARTS:
        total += x @ part * (x @ part)
    return total


case(
    global_list_of_arrays,
    lambda w, x: w * sum(2 * (x @ p) * p for p in PARTS),
    (_3,),
)


def scratch(x, buffer=np.zeros(3)):  # noqa: B008
    buffer[:] = x * x
    return buffer * x


def helper_keeps_a_buffer(x: np.ndarray):
    return scratch(x, np.zeros(3)) + x


case(helper_keeps_a_buffer, lambda w, x: w * (3 * x * x + 1), (_3,))


def list_argument(parts):
    a, b = parts
    return a * b + a


case(
    list_argument,
    lambda w, parts: [w * (parts[1] + 1), w * parts[0]],
    ([_3, _y3],),
    ([_3, _3],),
    wrt=("parts",),
)


def list_is_returned(x: np.ndarray):
    parts = [x, x * 2]
    parts.append(parts[0])
    return parts


case(list_is_returned, lambda w, x: w[0] + 2 * w[1] + w[2], (_3,))


def nested_argument(pair):
    (a, b), c = pair
    return a * c + b


case(
    nested_argument,
    lambda w, pair: ((w * pair[1], w), np.sum(w * pair[0][0])),
    (((_3, _y3), 0.7),),
    wrt=("pair",),
)


def dict_argument(params):
    return params["W"] @ params["b"]


case(
    dict_argument,
    lambda w, params: {"W": np.outer(w, params["b"]), "b": params["W"].T @ w},
    ({"W": _23, "b": _3},),
    wrt=("params",),
    unsupported="dictionaries",
)


def chosen_argument(x: np.ndarray, y: np.ndarray, flag: bool):
    return x if flag else y


case(
    chosen_argument,
    lambda w, x, y, flag: (w * flag, w * (not flag)),
    (_3, _y3, True),
    (_3, _y3, False),
)


def swapped_arguments(x: np.ndarray, y: np.ndarray):
    x, y = y, x
    return x, y


case(swapped_arguments, lambda w, x, y: (w[1], w[0]), (_3, _y3))


def carried_through_a_loop(x: np.ndarray, n: int):
    y = x
    for _ in range(n):
        y = y + x
    return y


case(carried_through_a_loop, lambda w, x, n: (n + 1) * w, (_3, 0), (_3, 1), (_3, 3))


def square_without_axes(p: np.ndarray):
    return p * p


case(square_without_axes, lambda w, p: 2 * w * p, (np.array(0.7),))


def zero_derivative(x: np.ndarray, y: np.ndarray):
    """Two derivatives that are zero are two arrays."""
    return np.floor(x) + np.sign(y) + x * 0


case(
    zero_derivative,
    lambda w, x, y: (0 * w, 0 * w),
    (_3, _y3),
    smooth=False,
)


def same_shape_again(x: np.ndarray):
    """Nothing is kept between calls, whatever the shapes are."""
    a = np.zeros(x.shape)
    a += x
    return a * x.size


case(same_shape_again, lambda w, x: w * x.size, (_3,), (_23,), (_3[:2],), (np.zeros((0, 2)),))


def concatenated_with_itself(x: np.ndarray):
    return np.concatenate([x, x, x[:1]])


def _concatenated(w, x):
    n = len(x)
    d = w[:n] + w[n : 2 * n]
    d[0] += w[2 * n]
    return d


case(concatenated_with_itself, _concatenated, (_3,))


def split_and_exchanged(x: np.ndarray):
    a, b = np.split(x, 2)
    return np.hstack([b, a])


case(split_and_exchanged, lambda w, x: np.roll(w, 2), (_4,))

CASES = tuple(case.all)
