"""Numbers and arrays around a function that are others when its derivative runs."""

from __future__ import annotations

import pickle
import warnings
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived

K: Any = np.ones(4)
W: Any = np.ones(4)
V: Any = np.zeros(4)
LISTED: Any = [np.ones(4), 2.0]
X, S = np.array([0.4, -1.3, 0.8, 0.6]), 0.7


class Base:
    """A class with an array."""

    known: Any = np.ones(4)


class Inheriting(Base):
    """One that inherits it."""


OBJECT = Base()
OBJECT.known = np.ones(4)


def summed(x: np.ndarray, s: float):
    return (K * x).sum() * s


def mean(x: np.ndarray, s: float):
    return (K * s).mean() * x.sum()


def mean_in_a_helper(x: np.ndarray, s: float):
    return mean(x, s) * s


def mean_of_a_class(x: np.ndarray, s: float):
    return (Inheriting.known * s).mean() * x.sum()


def stored(x: np.ndarray, s: float):
    W[1] = s * x[0]
    return (W * W).sum() * s


def parts(x: np.ndarray, s: float):
    W[1:] = W[1:] * s + x[0]
    return (W**2).sum()


def all_of_it(x: np.ndarray, s: float):
    W[...] = W * s + x[0]
    return (W**2).sum()


def two(x: np.ndarray, s: float):
    W[1] = s * s
    r = (W * x).sum()
    V[2] = r * s
    return (W * V).sum() * r


def one_is_read(x: np.ndarray, s: float):
    W[1] = s * x[0]
    return (W * V * x).sum()


def one_is_listed(x: np.ndarray, s: float):
    W[1] = s * x[0]
    return (W * x).sum() * (LISTED[0] * x).sum()


def one_is_an_attribute(x: np.ndarray, s: float):
    W[1] = s * x[0]
    return (W * x).sum() * (OBJECT.known * x).sum()


WAYS = [
    (form, like, simplified)
    for form in ("gradient", "value_and_gradient", "tangent")
    for like in (True, False)
    for simplified in (True, False)
]
CHANGES: dict[str, tuple[Any, Any]] = {
    "more axes": (summed, lambda: {"K": np.arange(16.0).reshape(4, 4)}),
    "a number": (summed, lambda: {"K": 3.0}),
    "no axes": (all_of_it, lambda: {"W": np.array(0.4)}),
    "rows": (stored, lambda: {"W": np.arange(12.0).reshape(4, 3)}),
    "longer": (stored, lambda: {"W": np.arange(6.0)}),
    "longer, parts": (parts, lambda: {"W": np.arange(6.0)}),
    "longer, a mean": (mean, lambda: {"K": np.arange(6.0)}),
    "longer, in a helper": (mean_in_a_helper, lambda: {"K": np.arange(6.0)}),
    "as long": (stored, lambda: {"W": np.arange(4.0)}),
    "the same": (two, lambda: {"V": W}),
    "reversed": (two, lambda: {"V": W[::-1]}),
    "reversed, read": (one_is_read, lambda: {"V": W[::-1]}),
    "windows": (one_is_read, lambda: {"V": np.lib.stride_tricks.as_strided(W, (4,), (0,))}),
    "by dlpack": (one_is_read, lambda: {"V": np.from_dlpack(W)}),
    "both others": (two, lambda: {"V": np.arange(8.0)[::2], "W": np.arange(8.0)[1::2]}),
    "listed": (one_is_listed, lambda: {"LISTED": [W, 2.0]}),
    "an item": (one_is_listed, lambda: {"W": LISTED[0]}),
    "another list": (one_is_listed, lambda: {"LISTED": [np.arange(4.0), 3.0]}),
    "an attribute": (one_is_an_attribute, lambda: {"W": OBJECT.known}),
}


def started() -> None:
    """What is around the functions as it is in the beginning."""
    globals().update(K=np.ones(4), W=np.ones(4), V=np.zeros(4), LISTED=[np.ones(4), 2.0])
    OBJECT.known = np.ones(4)


@pytest.fixture(autouse=True)
def _as_it_was() -> Any:
    started()
    yield
    started()


@pytest.mark.parametrize(("form", "like", "simplified"), WAYS)
@pytest.mark.parametrize("change", CHANGES)
def test_is_right_or_refused(change: str, form: str, *, like: bool, simplified: bool) -> None:
    function, names = CHANGES[change]

    def changed() -> None:
        started()
        globals().update(names())

    def value(x: np.ndarray) -> float:
        changed()
        return float(function(x, S))

    made, _ = derived(
        function, "x", like=(X, S) if like else None, form=form, simplified=simplified
    )
    steps = np.eye(4) * 1e-6
    differences = np.array([(value(X + h) - value(X - h)) / 2e-6 for h in steps])
    globals().update(names())
    arguments = (X, S, np.ones(4)) if form == "tangent" else (X, S)
    try:
        found = made(*arguments)
    except TransformError as error:
        assert "Transform the function again." in str(error)  # noqa: PT017
        assert change not in {"as long", "both others", "another list"}
        return
    if form == "tangent":
        np.testing.assert_allclose(found[1], differences.sum(), rtol=1e-5, atol=1e-7)
    else:
        gradient = found if form == "gradient" else found[1]
        assert gradient.shape == X.shape
        np.testing.assert_allclose(gradient, differences, rtol=1e-5, atol=1e-7)


def test_what_is_told() -> None:
    gradient = s2sgrad.transform(mean, "s", like=(X, S))
    globals()["K"] = np.arange(6.0)
    with pytest.raises(TransformError) as caught:
        gradient(X, S)
    message, *_, remedy = str(caught.value).split("\n")
    assert message.endswith(
        "K is an array of float64 with shape (6,), and was an array of float64 with shape (4,) "
        "when mean_grad was made"
    )
    assert remedy.strip() == "Transform the function again."
    np.testing.assert_allclose(s2sgrad.transform(mean, "s", like=(X, S))(X, S), K.mean() * X.sum())
    globals()["K"] = np.full(4, 2.0)
    np.testing.assert_allclose(gradient(X, S), 2.0 * X.sum())


def test_the_text_has_nothing_of_it() -> None:
    gradient = s2sgrad.transform(mean, "s", like=(X, S))
    assert "still" not in gradient.source
    assert "<still>" in gradient.__code__.co_freevars
    nothing = s2sgrad.transform(lambda x: x * x)
    assert "<still>" not in nothing.__code__.co_freevars


def test_arrays_of_another_length_where_the_text_is_the_same() -> None:
    gradient = s2sgrad.transform(summed, "s", like=(X, S))
    globals()["K"] = np.arange(6.0)
    x = np.arange(6.0) / 7
    np.testing.assert_allclose(gradient(x, S), (K * x).sum())


def test_an_array_whose_shape_is_changed() -> None:
    gradient = s2sgrad.transform(mean, "s", like=(X, S))
    with warnings.catch_warnings(action="ignore"):  # which NumPy 2.5 advises against
        K.shape = (2, 2)
        np.testing.assert_allclose(s2sgrad.grad(mean, 1)(X, S), X.sum())
        K.shape = (4,)
    np.testing.assert_allclose(gradient(X, S), X.sum())
    K.resize(6, refcheck=False)
    with pytest.raises(TransformError, match="K is an array"):
        gradient(X, S)


def test_attributes_of_classes() -> None:
    gradient = s2sgrad.transform(mean_of_a_class, "s", like=(X, S))
    np.testing.assert_allclose(gradient(X, S), X.sum())
    for owner in (Base, Inheriting):
        before = vars(owner).get("known")
        owner.known = np.arange(6.0)
        try:
            with pytest.raises(TransformError, match=r"Inheriting\.known is an array"):
                gradient(X, S)
        finally:
            if before is None:
                del owner.known
            else:
                owner.known = before
    np.testing.assert_allclose(gradient(X, S), X.sum())


def test_in_a_closure() -> None:
    known = np.ones(4)

    def inner(s: float):
        return (known * s).mean()

    gradient = s2sgrad.transform(inner, like=(S,))
    kept = s2sgrad.grad(inner)
    assert gradient(S) == kept(S) == 1.0
    known = np.arange(6.0)
    assert kept(S) == 2.5
    with pytest.raises(TransformError, match="known is an array"):
        gradient(S)


def test_grad_is_made_again() -> None:
    first, second = s2sgrad.grad(mean, 1), s2sgrad.grad(s2sgrad.grad(mean_in_a_helper, 1), 1)
    np.testing.assert_allclose([first(X, S), second(X, S)], [X.sum(), 2 * X.sum()])
    globals()["K"] = np.arange(6.0)
    np.testing.assert_allclose([first(X, S), second(X, S)], [2.5 * X.sum(), 5 * X.sum()])


def test_grad_looks_at_memory() -> None:
    gradient = s2sgrad.grad(one_is_read)
    gradient(X, S)
    globals()["V"] = np.ones(4)
    gradient(X, S)
    globals()["V"] = W[::-1]
    with pytest.raises(TransformError, match="this writes into what V leads to, too"):
        gradient(X, S)


def test_derivatives_of_what_was_made() -> None:
    gradient = s2sgrad.transform(mean_in_a_helper, "s", like=(X, S))
    second = s2sgrad.transform(gradient, "s", like=(X, S, 1.0))

    def through(x: np.ndarray, s: float):
        return gradient(x, s) * s

    third = s2sgrad.transform(through, "s", like=(X, S))
    kept = s2sgrad.grad(through, 1)
    for made in (second, third, kept):
        made(X, S)
    globals()["K"] = np.arange(6.0)
    for made in (second, third, kept):
        with pytest.raises(TransformError, match="K is an array"):
            made(X, S)


def test_by_value() -> None:
    cloudpickle = pytest.importorskip("cloudpickle")
    gradient = s2sgrad.transform(summed, "s", like=(X, S))
    again = pickle.loads(cloudpickle.dumps(gradient))
    np.testing.assert_allclose(again(X, S), gradient(X, S))
