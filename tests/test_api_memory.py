"""The call-time interface, for functions that write into their arguments: those that are given stay as they are."""

from __future__ import annotations

import math

import numpy as np
import pytest

import s2sgrad


def relax(u, n):
    for _ in range(n):
        u[1:-1] = (u[:-2] + u[2:]) / 2


def carried(a, b):
    a[1:] *= b[1:]
    b[0] = a[1]


def shifted(a, b):
    a[1:] += a[0] * b[1:]
    return (a * a).sum()


def squared_first(a):
    a[0] = a[1] ** 2


def through_a_helper(a, b):
    squared_first(a)
    return (a * b).sum()


def array_of_both(a, b):
    a *= b
    return a * b


def of_a_list(a, values):
    a[0] = values[0][1] ** 2
    return (a * values[1]).sum()


@pytest.fixture
def a():
    return np.array([0.5, -1.0, 2.0])


@pytest.fixture
def b():
    return np.array([1.5, 0.25, -0.75])


def test_grad(a, b):
    before = a.copy(), b.copy()
    d_a, d_b = s2sgrad.grad(shifted, (0, 1))(a, b)
    last = a[1:] + a[0] * b[1:]
    np.testing.assert_allclose(d_a, [2 * a[0] + 2 * last @ b[1:], *(2 * last)])
    np.testing.assert_allclose(d_b, [0.0, *(2 * last * a[0])])
    value, derivative = s2sgrad.value_and_grad(shifted)(a, b)
    np.testing.assert_allclose(value, a[0] ** 2 + last @ last)
    np.testing.assert_allclose(derivative, d_a)
    np.testing.assert_array_equal((a, b), before)


def test_a_helper_writes(a, b):
    before = a.copy()
    d_a = s2sgrad.grad(through_a_helper)(a, b)
    np.testing.assert_allclose(d_a, [0.0, 2 * a[1] * b[0] + b[1], b[2]])
    np.testing.assert_array_equal(a, before)


def test_jvp(a, b):
    before = a.copy()
    value, tangent = s2sgrad.jvp(shifted, (a, b), (b, None))
    assert value == s2sgrad.value_and_grad(shifted)(a, b)[0]
    np.testing.assert_allclose(tangent, s2sgrad.grad(shifted)(a, b) @ b)
    np.testing.assert_array_equal(a, before)


def test_jvp_of_what_returns_nothing(a):
    expected = a.copy()
    relax(expected, 2)
    value, tangent = s2sgrad.jvp(relax, (a, 2), (np.ones(3), None))
    np.testing.assert_array_equal(value, expected)
    np.testing.assert_array_equal(tangent, np.ones(3))


def test_derivatives_of_derivatives(a, b):
    before = a.copy()
    _, along = s2sgrad.jvp(s2sgrad.grad(shifted), (a, b), (np.array([0.0, 1.0, 0.0]), None))
    np.testing.assert_allclose(along, [2 * b[1], 2.0, 0.0])
    np.testing.assert_array_equal(a, before)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (relax, "relax returns nothing. Use s2sgrad.transform(relax, of='u') for"),
        (carried, "carried returns nothing. Use s2sgrad.transform(carried, of=('a', 'b')) for"),
    ],
)
@pytest.mark.parametrize("make", [s2sgrad.grad, s2sgrad.value_and_grad])
def test_grad_of_what_returns_nothing(a, make, function, words):
    before = a.copy()
    with pytest.raises(TypeError) as caught:
        make(function)(a, 2 if function is relax else a.copy())
    assert words in str(caught.value)
    np.testing.assert_array_equal(a, before)


def test_what_is_named_there_can_be_called(a):
    relax_grad = s2sgrad.transform(relax, "u", of="u", like=(a, 2))
    np.testing.assert_array_equal(relax_grad(a, 1, d_u=np.ones(3)), [1.5, 0.0, 1.5])


def test_messages_leave_arguments_alone(a):
    """What a function returns is asked for a message only, with copies."""
    before = a.copy()
    for derivative in (s2sgrad.grad(array_of_both), s2sgrad.grad(s2sgrad.grad(array_of_both))):
        with pytest.raises(TypeError, match="returns an array of float64 with shape"):
            derivative(a, 2.0)
    np.testing.assert_array_equal(a, before)


# ---- arguments that overlap ----------------------------------------------------------------------


def overlapping():
    base = np.arange(1.0, 7.0)
    return [(base, base), (base[:3], base[2:5]), (base[::-1], base), (base[::2], base[4:])]


@pytest.mark.parametrize("arguments", overlapping())
def test_overlapping_arguments_are_refused(arguments):
    words = "shifted writes into its argument a, which shares memory with b. Give a.copy()"
    for call in (
        lambda: s2sgrad.grad(shifted)(*arguments),
        lambda: s2sgrad.value_and_grad(shifted)(*arguments),
        lambda: s2sgrad.grad(s2sgrad.grad(shifted))(*arguments),
        lambda: s2sgrad.jvp(shifted, arguments, (arguments[0], None)),
        lambda: s2sgrad.jvp(s2sgrad.grad(shifted), arguments, (arguments[0], None)),
        lambda: s2sgrad.check_grads(shifted, arguments),
        lambda: s2sgrad.check_grads(s2sgrad.grad(shifted), arguments),
    ):
        with pytest.raises(TypeError) as caught:
            call()
        assert words in str(caught.value)


def test_arrays_in_lists_overlap(a, b):
    s2sgrad.check_grads(of_a_list, (a, [a.copy(), b]))
    with pytest.raises(TypeError, match="its argument a, which shares memory with values"):
        s2sgrad.grad(of_a_list)(a, [b, a[:1]])


def test_arrays_that_only_interlace_are_apart():
    base = np.arange(1.0, 7.0)
    apart = s2sgrad.grad(shifted)(base[::2].copy(), base[1::2].copy())
    np.testing.assert_array_equal(s2sgrad.grad(shifted)(base[::2], base[1::2]), apart)


def test_what_is_only_read_may_overlap(a):
    def product(x, y):
        return (x * y).sum()

    np.testing.assert_array_equal(s2sgrad.grad(product)(a, a), a)


# ---- check_grads ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("function", "order"),
    [(shifted, 2), (through_a_helper, 1), (carried, 2), (array_of_both, 2)],
)
def test_check_grads(a, b, function, order):
    before = a.copy(), b.copy()
    s2sgrad.check_grads(function, (a, b), order=order)
    np.testing.assert_array_equal((a, b), before)


def test_check_grads_of_contents(a):
    s2sgrad.check_grads(relax, (np.linspace(0.0, 1.0, 5) ** 2, 3), order=2)

    class Grid:
        def step(self, u):
            u[1:] = u[:-1] * math.pi

    s2sgrad.check_grads(Grid().step, (a,), order=2)


def test_check_grads_finds_what_is_wrong(monkeypatch, a, b):
    from s2sgrad import checking

    made = checking._Check.made

    def wrong(self, mode):
        function = made(self, mode)
        if mode == "forward":
            return function

        def gradient(a, b, d_a, d_b):
            first, second = function(a, b, d_a, d_b)
            return 2 * first, second

        return gradient

    monkeypatch.setattr(checking._Check, "made", wrong)
    with pytest.raises(AssertionError, match="carried: reverse mode is wrong with respect to a"):
        s2sgrad.check_grads(carried, (a, b))


def tries(u, w):
    u[0] = w
    try:
        u[1] = 1 / w
        u[2] = 2 / w
    except ZeroDivisionError:
        u[1] = w


def passes_on(x: np.ndarray, w: float):
    tries(x, w)


@pytest.mark.parametrize("of", [None, "x"])
def test_what_a_call_writes_that_is_not_followed(a, of):
    """Nothing is known of what it writes: that is said, not that nothing is written."""
    with pytest.raises(s2sgrad.TransformError, match="this try statement is not supported"):
        s2sgrad.transform(passes_on, of=of, like=(a, 0.5))
