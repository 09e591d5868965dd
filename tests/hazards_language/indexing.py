"""Reading and writing parts: negative steps, repeated indices, masks, new axes, mixtures of them."""

import numpy as np

from tests.stated import Collection

case = Collection()

rng = np.random.default_rng(78)
_5 = np.array([0.5, -1.2, 2.0, 0.8, -0.3])
_3 = np.array([1.5, -0.4, 0.9])
_23 = rng.normal(size=(2, 3))
_34 = rng.normal(size=(3, 4))
_234 = rng.normal(size=(2, 3, 4))


def _put(shape, *pairs):
    """Zeros, with each value added at its index, also where it is repeated."""
    d = np.zeros(shape)
    for index, value in pairs:
        np.add.at(d, index, value)
    return d


def negative_indices(x: np.ndarray):
    return x[-1] * x[-len(x)] + x[-2] ** 2


case(
    negative_indices,
    lambda w, x: w * _put(len(x), (-1, x[0]), (0, x[-1]), (-2, 2 * x[-2])),
    (_5,),
    (_3,),
)


def negative_step(x: np.ndarray):
    return x[::-1] * x + x[-1:0:-1].sum() + x[3::-2].sum()


def _negative_step(w, x):
    s = np.sum(w)
    return w * x[::-1] + (w * x)[::-1] + _put(len(x), (slice(-1, 0, -1), s), (slice(3, None, -2), s))


case(negative_step, _negative_step, (_5,), (_3,))


def slices_beyond_the_end(x: np.ndarray):
    return x[1:100].sum() * x[-100:2].sum() + x[7:].sum()


def _beyond(w, x):
    return w * _put(len(x), (slice(1, None), x[:2].sum()), (slice(0, 2), x[1:].sum()))


case(slices_beyond_the_end, _beyond, (_5,), (_3,))


def repeated_integers(x: np.ndarray):
    return x[[0, 0, 2, 0]] * np.array([1.0, 2.0, 3.0, 4.0])


case(
    repeated_integers,
    lambda w, x: _put(len(x), ([0, 0, 2, 0], w * np.array([1.0, 2.0, 3.0, 4.0]))),
    (_5,),
    (_3,),
)


def repeated_by_an_argument(x: np.ndarray, idx: np.ndarray):
    y = x[idx]
    return y * y


case(
    repeated_by_an_argument,
    lambda w, x, idx: _put(len(x), (idx, 2 * w * x[idx])),
    (_5, np.array([1, 1, -1, 4, 1])),
    (_3, np.array([[0, 2], [0, 0]])),
    (_3, np.array([], dtype=int)),
    (_3, np.array([2, 0], np.uint8)),
)


def update_of_repeated_places_happens_once(x: np.ndarray):
    """a[idx] += v reads all, adds, and writes all: of repeated places the last one counts."""
    a = x * x
    a[[0, 0, 1]] += x[:3]
    return a


case(
    update_of_repeated_places_happens_once,
    lambda w, x: 2 * w * x + _put(len(x), (1, w[0]), (2, w[1])),
    (_5,),
    (_3,),
)


def added_at_repeated_places(x: np.ndarray):
    a = x * x
    np.add.at(a, [0, 0, 1], x[:3])
    return a


case(
    added_at_repeated_places,
    lambda w, x: 2 * w * x + _put(len(x), ([0, 1, 2], w[[0, 0, 1]])),
    (_5,),
    (_3,),
)


def stored_at_repeated_places(x: np.ndarray):
    a = np.zeros(4)
    a[[1, 1, 2]] = x[:3] ** 2
    return a


case(
    stored_at_repeated_places,
    lambda w, x: _put(len(x), (1, 2 * x[1] * w[1]), (2, 2 * x[2] * w[2])),
    (_5,),
    (_3,),
)


def masked(x: np.ndarray):
    y = x[x > 0]
    return y.sum() * y[-1]


def _masked(w, x):
    p = np.flatnonzero(x > 0)
    return w * _put(len(x), (p, x[p[-1]]), (p[-1], x[p].sum()))


case(masked, _masked, (_5,), (_3,))


def masked_matrix(A: np.ndarray):
    return A[A > 0] ** 2


case(masked_matrix, lambda w, A: _put(A.shape, (A > 0, 2 * w * A[A > 0])), (_23,), (_34,))


def mask_of_rows_and_a_column(A: np.ndarray, rows: np.ndarray):
    return A[rows, 1] * A[rows][:, 0]


case(
    mask_of_rows_and_a_column,
    lambda w, A, rows: _put(A.shape, ((rows, 1), w * A[rows, 0]), ((rows, 0), w * A[rows, 1])),
    (_34, np.array([True, False, True])),
    (_23, np.array([False, False])),
)


def mask_written_with_an_array(x: np.ndarray):
    a = x * 2
    a[x > 0] = x[x > 0] ** 3
    a[a < 0] *= x[0]
    return a


def _mask_written(w, x):
    d = np.where(x > 0, 3 * x * x, 2 * x[0]) * w
    d[0] += np.sum(w * np.where(x > 0, 0, 2 * x))
    return d


case(mask_written_with_an_array, _mask_written, (_5,), (_3,))


def new_axes(x: np.ndarray):
    A = x[:, None] * x[np.newaxis]
    return A[..., None][0, :, 0]


def _new_axes(w, x):
    d = w * x[0]
    d[0] += np.sum(w * x)
    return d


case(new_axes, _new_axes, (_5,), (_3,))


def ellipsis(A: np.ndarray):
    return A[..., -1].sum() * A[0, ...].sum() + A[..., 1:2].sum()


def _ellipsis(w, A):
    d = _put(A.shape, ((..., -1), w * A[0].sum()), ((..., slice(1, 2)), w))
    d[0] += w * A[..., -1].sum()
    return d


case(ellipsis, _ellipsis, (_23,), (_234,))


def integers_around_a_slice(A: np.ndarray):
    """Integer arrays on both sides of a slice: their axis comes first."""
    return A[[0, 1, 1], :, [2, 0, 0]]


case(integers_around_a_slice, lambda w, A: _put(A.shape, (([0, 1, 1], slice(None), [2, 0, 0]), w)), (_234,))


def number_and_integers_around_a_slice(A: np.ndarray):
    return A[1, :, [0, 0, 3]] * A[0][:, [1, 2, 2]].T


case(
    number_and_integers_around_a_slice,
    lambda w, A: _put(
        A.shape,
        ((1, slice(None), [0, 0, 3]), w * A[0][:, [1, 2, 2]].T),
        ((0, slice(None), [1, 2, 2]), w * A[1][:, [0, 0, 3]].T),
    ),
    (_234,),
)


def integers_that_broadcast(A: np.ndarray):
    return A[np.array([[0], [2]]), np.array([1, 3, 3])]


case(
    integers_that_broadcast,
    lambda w, A: _put(A.shape, ((np.array([[0], [2]]), np.array([1, 3, 3])), w)),
    (_34,),
)


def open_mesh(A: np.ndarray):
    B = A * A
    B[np.ix_([0, 2], [1, 3])] *= A[0, 0]
    return B[np.ix_([2, 0], [0, 1])]


def _open_mesh(w, A):
    f = np.ones(A.shape)
    f[np.ix_([0, 2], [1, 3])] = A[0, 0]
    s = _put(A.shape, (np.ix_([2, 0], [0, 1]), w))
    d = 2 * A * f * s
    d[0, 0] += np.sum((s * A * A)[np.ix_([0, 2], [1, 3])])
    return d


case(open_mesh, _open_mesh, (_34,))


def tuple_as_an_index(A: np.ndarray):
    place = (1, 2)
    part = (slice(None), 0)
    return A[place] * A[part].sum()


def _tuple_index(w, A):
    return w * _put(A.shape, ((1, 2), A[:, 0].sum()), ((slice(None), 0), A[1, 2]))


case(tuple_as_an_index, _tuple_index, (_23,), (_34,))


def slice_as_a_value(x: np.ndarray):
    inner = slice(1, -1)
    y = x * x
    y[inner] = x[inner] * 3
    return y


def _slice_value(w, x):
    d = 2 * w * x
    d[1:-1] = 3 * w[1:-1]
    return d


case(slice_as_a_value, _slice_value, (_5,), (_3,))


def index_by_index(A: np.ndarray):
    return A[1][2] * A[:][0][1:][0] + A[1:][0, 0]


case(
    index_by_index,
    lambda w, A: w * _put(A.shape, ((1, 2), A[0, 1]), ((0, 1), A[1, 2]), ((1, 0), 1.0)),
    (_23,),
    (_34,),
)


def empty_index(x: np.ndarray, p: np.ndarray):
    return x[()] * p[()] + p[...]


case(
    empty_index,
    lambda w, x, p: (w * p, np.sum(w * (x + 1))),
    (_3, np.array(0.7)),
)


def truth_as_an_index(x: np.ndarray):
    """A truth value adds an axis of length 1 or 0."""
    return x[True] * 2 + x[False].sum()


case(truth_as_an_index, lambda w, x: 2 * w[0], (_3,))


def largest_by_its_place(x: np.ndarray):
    k = np.argmax(x)
    order = np.argsort(x)
    return x[k] * x[order[0]] + x[order][1] ** 2


def _by_place(w, x):
    o = np.argsort(x)
    return w * _put(len(x), (o[-1], x[o[0]]), (o[0], x[o[-1]]), (o[1], 2 * x[o[1]]))


case(largest_by_its_place, _by_place, (_5,), (_3,))


def places_that_are_searched(x: np.ndarray):
    knots = np.array([-1.0, 0.0, 1.0, 3.0])
    values = np.array([2.0, -1.0, 0.5, 4.0])
    k = np.clip(np.searchsorted(knots, x) - 1, 0, 2)
    t = (x - knots[k]) / (knots[k + 1] - knots[k])
    return values[k] * (1 - t) + values[k + 1] * t


def _searched(w, x):
    knots, values = np.array([-1.0, 0.0, 1.0, 3.0]), np.array([2.0, -1.0, 0.5, 4.0])
    k = np.clip(np.searchsorted(knots, x) - 1, 0, 2)
    return w * (values[k + 1] - values[k]) / (knots[k + 1] - knots[k])


case(places_that_are_searched, _searched, (_5,), (_3,))


def interpolated(x: np.ndarray, values: np.ndarray):
    return np.interp(x, [-1.0, 0.0, 1.0, 3.0], values)


def _interpolated(w, x, values):
    knots = np.array([-1.0, 0.0, 1.0, 3.0])
    k = np.clip(np.searchsorted(knots, x) - 1, 0, 2)
    t = (x - knots[k]) / (knots[k + 1] - knots[k])
    inside = (x > -1) & (x < 3)
    d = _put(4, (k, w * np.where(inside, 1 - t, x < 0)), (k + 1, w * np.where(inside, t, x > 0)))
    return w * inside * (values[k + 1] - values[k]) / (knots[k + 1] - knots[k]), d


case(interpolated, _interpolated, (_5, np.array([2.0, -1.0, 0.5, 4.0])))


def rows_exchanged(A: np.ndarray):
    B = A * A
    B[[0, 1]] = B[[1, 0]]
    B[0] *= A[0]
    return B


def _rows_exchanged(w, A):
    s = w.copy()
    d = np.zeros(A.shape)
    d[0] += s[0] * A[1] ** 2
    s[0] *= A[0]
    s[[0, 1]] = s[[1, 0]]
    return d + 2 * A * s


case(rows_exchanged, _rows_exchanged, (_23,), (_34,))


def rolled_and_flipped(x: np.ndarray):
    return np.roll(x, 2) * np.flip(x) - np.roll(x, -1) ** 2


def _rolled(w, x):
    return np.roll(w * x[::-1], -2) + (w * np.roll(x, 2))[::-1] - np.roll(2 * w * np.roll(x, -1), 1)


case(rolled_and_flipped, _rolled, (_5,), (_3,))


def taken_with_a_mode(x: np.ndarray):
    return np.take(x, [0, 7, -1], mode="wrap") * np.take(x, [9, 0, 1], mode="clip")


def _taken(w, x):
    n = len(x)
    i, j = np.array([0, 7, -1]) % n, np.array([n - 1, 0, 1])
    return _put(n, (i, w * x[j]), (j, w * x[i]))


case(taken_with_a_mode, _taken, (_5,), (_3,))


def along_an_axis(A: np.ndarray):
    order = np.argsort(A, axis=1)
    B = np.take_along_axis(A, order[:, :2], axis=1)
    return B * B


def _along(w, A):
    o = np.argsort(A, axis=1)[:, :2]
    rows = np.arange(len(A))[:, None]
    return _put(A.shape, ((rows, o), 2 * w * A[rows, o]))


case(along_an_axis, _along, (_23,), (_34,))


def diagonals(A: np.ndarray):
    d = np.diag(A)
    B = np.diag(d) @ A
    return B + np.triu(A, 1) * 2


def _diagonals(w, A):
    return np.diag(np.diag(w @ A.T)) + np.diag(A)[:, None] * w + 2 * np.triu(w, 1)


case(diagonals, _diagonals, (_34[:, :3],))


def flat_element(A: np.ndarray):
    return A.flat[2] * A.ravel()[1]


case(flat_element, lambda w, A: w * _put(A.shape, ((0, 2), A[0, 1]), ((0, 1), A[0, 2])), (_23,), (_34,))


def deleted_and_inserted(x: np.ndarray):
    return np.delete(x, 1) * 2, np.insert(x, 1, x[0] ** 2)


def _deleted(w, x):
    d = _put(len(x), ([0, *range(2, len(x))], 2 * w[0]))
    d += np.delete(w[1], 1)
    d[0] += 2 * x[0] * w[1][1]
    return d


case(deleted_and_inserted, _deleted, (_5,), (_3,))


def chosen(x: np.ndarray, k: np.ndarray):
    return np.choose(k, [x, x * x, -x]) + np.select([x > 1, x > 0], [x**2, x], 0.0)


def _chosen(w, x, k):
    return w * (np.choose(k, [np.ones(len(x)), 2 * x, -np.ones(len(x))]) + np.where(x > 1, 2 * x, x > 0))


case(chosen, _chosen, (_5, np.array([0, 1, 2, 1, 0])), (_3, np.array([2, 2, 1])))


def nonzero_places(x: np.ndarray):
    (k,) = np.nonzero(x > 0)
    i = np.where(x < 0)[0]
    return x[k].sum() * x[i].sum()


def _nonzero(w, x):
    return w * np.where(x > 0, x[x < 0].sum(), x[x > 0].sum())


case(nonzero_places, _nonzero, (_5,), (_3,))


def list_of_arrays_by_index(x: np.ndarray):
    parts = [x * x, x * 3, np.sin(x)]
    parts[1] = parts[0] * parts[-1]
    return parts[1] + parts[2]


case(
    list_of_arrays_by_index,
    lambda w, x: w * (2 * x * np.sin(x) + x * x * np.cos(x) + np.cos(x)),
    (_5,),
)


def values_in_a_dict(x: float, y: float):
    table = {"a": x * x, "b": y}
    table["b"] = table["a"] * table["b"]
    return table["a"] + table["b"]


case(
    values_in_a_dict,
    lambda w, x, y: (w * (2 * x + 2 * x * y), w * x * x),
    (1.2, 0.7),
    unsupported="dictionaries",
)


def nested_tuples(x: float):
    pair = (x, (x * x, [x**3, 5.0]))
    a, (b, (c, d)) = pair
    return pair[1][1][0] * a + b * d + c


case(nested_tuples, lambda w, x: w * (4 * x**3 + 10 * x + 3 * x * x), (1.2,))


def transposed_part(A: np.ndarray):
    B = A.T
    C = np.swapaxes(A, 0, 1)[1:]
    return B[0] * C[0] + A.reshape(-1)[:: A.shape[1]]


def _transposed_part(w, A):
    return _put(
        A.shape,
        ((slice(None), 0), w * A[:, 1]),
        ((slice(None), 1), w * A[:, 0]),
        ((slice(None), 0), w),
    )


case(transposed_part, _transposed_part, (_23,), (_34,))


def moving_window(x: np.ndarray, n: int):
    y = np.zeros(len(x) - n + 1)
    for i in range(len(y)):
        y[i] = x[i : i + n].max() * x[i : i + n].sum()
    return y


def _moving_window(w, x, n):
    d = np.zeros(len(x))
    for i in range(len(x) - n + 1):
        part = x[i : i + n]
        d[i : i + n] += w[i] * (part.max() + part.sum() * (part == part.max()))
    return d


case(moving_window, _moving_window, (_5, 2), (_5, 5), (_3, 1))


def swap_of_elements(x: np.ndarray):
    a = x * x
    a[0], a[-1] = a[-1], a[0]
    a[1] = a[0] * x[1]
    return a


def _swap(w, x):
    s = w.copy()
    d = _put(len(x), (1, s[1] * x[-1] ** 2))
    s[0] += s[1] * x[1]
    s[1] = 0
    s[0], s[-1] = s[-1], s[0]
    return d + 2 * x * s


case(swap_of_elements, _swap, (_5,), (_3,))

CASES = tuple(case.all)
