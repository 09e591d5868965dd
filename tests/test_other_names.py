"""Arrays of the module that have the memory of others without being known as views of them, and what holds them."""

from __future__ import annotations

import array
import ctypes
import linecache
import types
import weakref
from collections import UserDict, UserList, deque
from typing import Any

import numpy as np
import pytest

from s2sgrad.errors import TransformError
from s2sgrad.transform import derived

FORMS = ("gradient", "tangent")
WAYS = [
    (form, like, simplified)
    for form in FORMS
    for like in (True, False)
    for simplified in (True, False)
]
X, S = np.array([0.4, -1.3, 0.8, 0.6]), 0.7

W, APART = np.ones(4), np.arange(8.0)
BYTES = array.array("d", [1.0, 2.0, 3.0, 4.0])
OF_BYTES = np.frombuffer(BYTES)
OF_C = (ctypes.c_double * 4)(1.0, 2.0, 3.0, 4.0)


class Given:
    """What gives its memory by NumPy's protocol."""

    def __init__(self, known: np.ndarray) -> None:
        self.__array_interface__ = known.__array_interface__
        self.known = known


class Keeping:
    """An object with an attribute."""

    def __init__(self, known: np.ndarray) -> None:
        self.known = known


def in_an_array(known: Any) -> np.ndarray:
    """An array of objects that holds something."""
    found = np.empty(2, dtype=object)
    found[0] = known
    return found


def in_a_structure(known: Any) -> np.ndarray:
    """A structured array that holds something."""
    found = np.empty(1, dtype=[("a", object)])
    found[0] = (known,)
    return found


WINDOWS = np.lib.stride_tricks.sliding_window_view(W, 2)
STRIDED = np.lib.stride_tricks.as_strided(W, (4,), (8,))
BEHIND = np.lib.stride_tricks.as_strided(APART[4:], (4,), (8,))
BEFORE = APART[:4]

OTHERS: dict[str, Any] = {
    "windows": WINDOWS[:, 0],
    "strided": STRIDED,
    "part of strided": STRIDED[1:],
    "flat": W.flat,
    "of a memoryview": np.asarray(memoryview(W)),
    "memoryview": memoryview(W),
    "dlpack": np.from_dlpack(W),
    "part by dlpack": np.from_dlpack(W[1:]),
    "interface": np.asarray(Given(W)),
    "ctypes": np.ctypeslib.as_array(W.ctypes.data_as(ctypes.POINTER(ctypes.c_double)), (4,)),
}
HOLDERS: dict[str, Any] = {
    "array": in_an_array(W),
    "array with a window": in_an_array(WINDOWS[:, 0]),
    "list": [STRIDED],
    "tuple": (STRIDED,),
    "deque": deque([W]),
    "user's list": UserList([W]),
}


def reads(x: np.ndarray, s: float):
    W[1] = s * x[0]
    return OTHER[1] * x[1] + W[1]


def reads_what_is_written_later(x: np.ndarray, s: float):
    r = OTHER[1] * (x * s).sum()
    W[1] = 5.0
    return r * r * OTHER[1]


def writes():
    W[1] = 5.0


def reads_what_a_helper_writes(x: np.ndarray, s: float):
    r = OTHER[1] * (x * s).sum()
    writes()
    return r * r * OTHER[1]


def reads_an_item(x: np.ndarray, s: float):
    W[1] = s * x[0]
    return OTHER[0][1] * x[1] + W[1]


def writes_an_item(x: np.ndarray, s: float):
    r = (W * x).sum() * s
    OTHER[0][1] = 5.0
    return r * r * (W * x).sum()


OTHER: Any = W


def refused(function: Any, form: str, *, like: bool) -> str:
    """What a function is refused with."""
    with pytest.raises(TransformError) as caught:
        derived(function, ("x", "s"), like=(X, S) if like else None, form=form)
    return str(caught.value)


@pytest.mark.parametrize("like", [True, False])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("function", [reads, reads_what_is_written_later], ids=lambda f: f.__name__)
@pytest.mark.parametrize("other", OTHERS)
def test_another_name_is_refused(
    other: str, function: Any, form: str, monkeypatch: pytest.MonkeyPatch, *, like: bool
) -> None:
    monkeypatch.setitem(globals(), "OTHER", OTHERS[other])
    assert "this writes into what OTHER leads to, too" in refused(function, form, like=like)


@pytest.mark.parametrize(("form", "like", "simplified"), WAYS)
@pytest.mark.parametrize("other", OTHERS)
def test_what_a_helper_writes_by_another_name(
    other: str, form: str, monkeypatch: pytest.MonkeyPatch, *, like: bool, simplified: bool
) -> None:
    """What was an element is kept; see below for what was an array."""
    monkeypatch.setitem(globals(), "OTHER", OTHERS[other])
    given = (X, S) if like else None
    made, _ = derived(reads_what_a_helper_writes, "x", like=given, form=form, simplified=simplified)

    def value(x: np.ndarray) -> float:
        W[...] = 1.0
        return float(reads_what_a_helper_writes(x, S))

    steps = np.eye(4) * 1e-6
    differences = np.array([(value(X + h) - value(X - h)) / 2e-6 for h in steps])
    W[...] = 1.0
    found = made(X, S, np.ones(4))[1] if form == "tangent" else made(X, S)
    W[...] = 1.0
    wanted = differences.sum() if form == "tangent" else differences
    np.testing.assert_allclose(found, wanted, rtol=1e-6)


def reads_all_that_a_helper_writes(x: np.ndarray, s: float):
    r = (STRIDED * x).sum() * s
    writes()
    return r * r * (STRIDED * x).sum()


@pytest.mark.parametrize("like", [True, False])
def test_what_a_helper_writes_and_is_needed_is_refused(*, like: bool) -> None:
    assert "whose earlier value the derivative needs" in refused(
        reads_all_that_a_helper_writes, "gradient", like=like
    )


@pytest.mark.parametrize("like", [True, False])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("function", [reads_an_item, writes_an_item], ids=lambda f: f.__name__)
@pytest.mark.parametrize("other", HOLDERS)
def test_what_holds_it_is_refused(
    other: str, function: Any, form: str, monkeypatch: pytest.MonkeyPatch, *, like: bool
) -> None:
    monkeypatch.setitem(globals(), "OTHER", HOLDERS[other])
    refused(function, form, like=like)


@pytest.mark.parametrize(
    ("holder", "read"),
    [
        (types.SimpleNamespace(known=W), "OTHER.known[1]"),
        (Keeping(WINDOWS[:, 0]), "OTHER.known[1]"),
        (UserDict(known=W), "OTHER['known'][1]"),
        (types.MappingProxyType({"known": W}), "OTHER['known'][1]"),
        (in_a_structure(W), "OTHER['a'][0][1]"),
        (weakref.ref(W), "OTHER()[1]"),
        (np.nditer(W), "OTHER[0]"),
        (iter([W]), "next(OTHER)[1]"),
    ],
    ids=lambda h: h if isinstance(h, str) else type(h).__name__,
)
def test_what_holds_it_otherwise_is_refused(holder: Any, read: str) -> None:
    text = f"def f(s):\n    W[:2] = s\n    return {read} * s\n"
    with pytest.raises(TransformError):
        derived(made(text, W=W, OTHER=holder), "s", like=(S,))


def made(text: str, **names: Any) -> Any:
    """The function f of a text, around which names have a meaning."""
    filename = f"<other names {len(linecache.cache)}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    space = {"np": np, **names}
    exec(compile(text, filename, "exec"), space)
    return space["f"]


def bytes_are_written(x: np.ndarray, s: float):
    r = (OF_BYTES * x).sum() * s
    BYTES[1] = 5.0
    return r * r * (OF_BYTES * x).sum()


@pytest.mark.parametrize("form", FORMS)
def test_what_memory_was_taken_from_is_refused(form: str) -> None:
    assert "this writes into what OF_BYTES leads to, too" in refused(
        bytes_are_written, form, like=True
    )


def test_two_arrays_of_memory_that_is_not_numpys() -> None:
    text = "def f(s):\n    A[1] = s\n    return B[1] * s\n"
    a, b = np.ctypeslib.as_array(OF_C), np.frombuffer(OF_C)
    with pytest.raises(TransformError, match="what B leads to, too"):
        derived(made(text, A=a, B=b), "s")
    derived(made(text, A=a, B=np.ones(4)), "s")


def apart(x: np.ndarray, s: float):
    BEFORE[1] = s * x[0]
    return (BEHIND * x).sum() * BEFORE[1]


def windows_are_only_read(x: np.ndarray, s: float):
    return (WINDOWS[:, 0] * x[:3]).sum() * s * (WINDOWS[:, 1] * x[1:]).sum()


@pytest.mark.parametrize(("form", "like", "simplified"), WAYS)
@pytest.mark.parametrize("function", [apart, windows_are_only_read], ids=lambda f: f.__name__)
def test_what_does_not_overlap_is_differentiated(
    function: Any, form: str, *, like: bool, simplified: bool
) -> None:
    made, _ = derived(
        function, "x", like=(X, S) if like else None, form=form, simplified=simplified
    )
    steps = np.eye(4) * 1e-6
    differences = np.array([(function(X + h, S) - function(X - h, S)) / 2e-6 for h in steps])
    if form == "tangent":
        np.testing.assert_allclose(made(X, S, X)[1], X @ differences, rtol=1e-6, atol=1e-8)
    else:
        np.testing.assert_allclose(made(X, S), differences, rtol=1e-6, atol=1e-8)


KEPT = in_an_array(np.zeros(2))
KEPT_TOO = deque([np.zeros(2)])


def item_of_an_array_of_objects(s: float):
    KEPT[0][1] = 5.0
    return s * s


def item_of_a_deque(s: float):
    KEPT_TOO[0][1] += 5.0
    return s * s


@pytest.mark.parametrize(("form", "like", "simplified"), WAYS)
def test_what_is_written_into_an_item_is_there_afterwards(
    form: str, *, like: bool, simplified: bool
) -> None:
    function, examples = item_of_a_deque, (S,) if like else None
    made, _ = derived(function, "s", like=examples, form=form, simplified=simplified)
    KEPT_TOO[0][...] = 0.0
    made(S, 1.0)
    assert KEPT_TOO[0].tolist() == [0.0, 5.0]
    with pytest.raises(TransformError, match="whose items aren't plain numbers"):
        derived(item_of_an_array_of_objects, "s", like=examples, form=form, simplified=simplified)
