"""What the hazards of the language have found, in its smallest form."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.test_regressions import case_of

LATER = 2.0
OFFSETS = np.array([1.0, 2.0])


def with_default(x: float, a=LATER, b=OFFSETS):
    return a * x * b[0]


def calls_with_default(x: float):
    return with_default(x, b=np.array([3.0]))


LATER = 50.0
OFFSETS = np.array([100.0, 200.0])


@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_a_default_is_what_it_was_when_the_function_was_defined(form: str) -> None:
    function, _ = derived(with_default, "x", form=form)
    if form == "gradient":
        assert function(0.5) == 2.0
        assert "a=2.0" in function.source
    else:
        assert function(0.5, d_x=1.0) == (1.0, 2.0)


def test_a_default_of_a_helper_is_what_it_was() -> None:
    assert s2sgrad.grad(calls_with_default)(0.5) == 6.0


def test_a_default_that_means_the_same_stays_as_it_is_written() -> None:
    assert "scale=FACTOR" in derived(scaled_by_a_constant)[0].source


FACTOR = 3.0


def scaled_by_a_constant(x: float, scale=FACTOR):
    return x * scale


def test_unpacking_is_no_copy() -> None:
    """A part of a tuple isn't called like the tuple while that is still read."""

    def f(x: float):
        pair = (x, (x * x, [x**3, 5.0]))
        a, (b, (c, d)) = pair
        return pair[1][1][0] * a + b * d + c

    np.testing.assert_allclose(derived(f)[0](1.2), 4 * 1.2**3 + 12 + 3 * 1.2**2)


COMPLEX = [
    lambda x: np.abs(x + 1j),
    lambda x: (x * 1j * x).real,
    lambda x: np.dot(x, np.array([1j, 2.0])).real,
    lambda x: np.vdot(x * 1j, x).real,
]


@pytest.mark.parametrize("number", range(len(COMPLEX)))
@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_complex_numbers_are_seen_without_examples(number: int, form: str) -> None:
    with pytest.raises(TransformError, match="complex numbers aren't differentiated yet"):
        derived(COMPLEX[number], form=form)


def test_an_annotation_says_that_a_number_is_complex() -> None:
    def f(z: complex):
        return abs(z) ** 2

    with pytest.raises(TransformError, match="complex numbers aren't differentiated yet"):
        derived(f)


def test_an_example_makes_no_real_number_of_an_annotated_integer() -> None:
    def f(n: int):
        return n * n

    with pytest.raises(TransformError, match="n is no real number"):
        derived(f, "n", like=(3,))


def test_what_has_keys_that_are_texts_is_a_dict() -> None:
    def f(params):
        return params["W"] * params["b"]

    with pytest.raises(TransformError, match="what is in a dict isn't differentiated yet"):
        derived(f)


MADE = [
    "np.zeros_like(n)",
    "n.copy()",
    "n * 2",
    "np.zeros(n.shape, n.dtype)",
    "np.zeros(3, dtype='int64')",
    "np.array([n[0], n[1], 3])",
]


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_what_is_stored_in_integers_is_cut_off(made: str, form: str) -> None:
    """Where it isn't known whether an array holds integers, the store is refused."""
    text = f"""
        def f(x: np.ndarray, n: np.ndarray):
            a = {made}
            a[1:] = x[1:] * 2
            return a * x
        """
    f = case_of(f"stored in {made}", text, ()).function
    with pytest.raises(TransformError, match="it isn't known whether this array holds integers"):
        derived(f, "x", form=form)


@pytest.mark.parametrize("made", MADE[:4])
def test_with_examples_it_is_known_what_is_cut_off(made: str) -> None:
    text = f"""
        def f(x: np.ndarray, n: np.ndarray):
            a = {made}
            a[1:] = x[1:] * 2
            return a * 1.0
        """
    f = case_of(f"stored in {made}, with examples", text, ()).function
    x = np.array([2.6, -1.3, 0.4])
    whole, real = np.array([3, 1, 2]), np.array([3.0, 1.0, 2.0])
    np.testing.assert_allclose(derived(f, "x", like=(x, real))[0](x, real), [0, 2, 2])
    with warnings.catch_warnings(action="ignore"):
        function, told = derived(f, "x", like=(x, whole))
    np.testing.assert_allclose(function(x, whole), [0, 0, 0])
    assert "its derivative is zero" in told[0]


NO_INTEGERS = [
    "np.zeros_like(x)",
    "n * x",
    "n * 0.5",
    "np.zeros(3)",
    "np.zeros(3, x.dtype)",
    "np.zeros(m)",
    "np.zeros(m + 1)[1:].copy()",
    "np.full(m, 0.5)",
    "np.full_like(x, m)",
    "np.linspace(0, 1, m)",
    "np.repeat(0.5, m)",
    "np.array([0.5, m, n[0]])",
    "np.eye(m)[0].copy()",
    "np.ones((m, m))[0].copy()",
    "np.arange(m) / 2",
]


@pytest.mark.parametrize("made", NO_INTEGERS)
def test_what_is_made_of_real_numbers_holds_such(made: str) -> None:
    text = f"""
        def f(x: np.ndarray, n: np.ndarray, m):
            a = {made}
            a[0:] = x * 2
            return a
        """
    f = case_of(f"made as {made}", text, ()).function
    x = np.array([2.6, -1.3, 0.4])
    np.testing.assert_allclose(derived(f, "x")[0](x, np.array([3, 1, 2]), 3), [2, 2, 2])


SECOND = {
    "det": lambda A: np.linalg.det(A) ** 2,
    "eigvalsh": lambda A: np.sum(np.linalg.eigvalsh(A @ A.T) ** 3),
    "eigh": lambda A: np.linalg.eigh(A @ A.T)[0][0] ** 2,
    "cholesky": lambda A: np.sum(np.linalg.cholesky(A @ A.T) ** 2),
    "pinv": lambda A: np.sum(np.linalg.pinv(A[:, :2]) ** 2),
    "norm": lambda A: np.linalg.norm(A[0], 3),
    "nansum": lambda A: np.nansum(A**3),
    "item": lambda A: A.item(2) ** 3,
}


@pytest.mark.parametrize("name", SECOND)
def test_second_derivatives_of_new_rules(name: str) -> None:
    A = np.array([[2.0, 0.5, -0.3], [0.1, 1.5, 0.7], [0.4, -0.2, 1.1]])
    s2sgrad.check_grads(SECOND[name], (A,), order=2)
