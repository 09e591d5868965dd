"""Programs of which a derivative was once wrong, or failed where the program itself returns.

Random programs found them; each is as short as it could be made. All are differentiated with
respect to every parameter that is given as a real number or an array of them, and checked as the
zoo is: raw and simplified, forward and in reverse, without and with examples of the arguments.
"""

from __future__ import annotations

import inspect
import tracemalloc
from typing import Any

import numpy as np
import pytest

from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.differentiating import check_gradient, check_tangent
from tests.fuzz.found import FOUND
from tests.fuzz.verdicts import checked
from tests.regression_case import case_of
from tests.regression_examples import BY_EXAMPLE, LISTS
from tests.regression_programs import PROGRAMS
from tests.regression_refusals import REFUSED
from tests.running import same
from tests.zoo import Case

_A = np.array([0.6, -1.3, 0.9])
_B = np.array([-0.4, 0.8, 1.7])


@pytest.fixture(params=PROGRAMS, ids=[name for name, _, _ in PROGRAMS])
def case(request: pytest.FixtureRequest) -> Case:
    return case_of(*request.param)


def examples(case: Case) -> tuple[tuple[Any, ...] | None, ...]:
    """None, and the arguments for which the derivative may be made."""
    return None, case.inputs[0]


@pytest.mark.usefixtures("capsys")
@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
def test_gradient(case: Case, simplified: bool) -> None:
    for like in examples(case):
        made, _ = derived(case.function, case.variables, like=like, simplified=simplified)
        for args in case.inputs:
            check_gradient(case, args, made)


@pytest.mark.usefixtures("capsys")
@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
def test_value_and_gradient(case: Case, simplified: bool) -> None:
    for like in examples(case):
        both, _ = derived(
            case.function,
            case.variables,
            like=like,
            form="value_and_gradient",
            simplified=simplified,
        )

        def gradient(*args: Any, made: Any = both, **kwargs: Any) -> Any:
            value, found = made(*args, **kwargs)
            assert same(value, case.call(args))
            return found

        gradient.__signature__ = inspect.signature(both)  # type: ignore[attr-defined]
        for args in case.inputs:
            check_gradient(case, args, gradient)


@pytest.mark.usefixtures("capsys")
@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
def test_tangent(case: Case, simplified: bool) -> None:
    for like in examples(case):
        made, _ = derived(
            case.function, case.variables, like=like, form="tangent", simplified=simplified
        )
        for args in case.inputs:
            check_tangent(case, args, made)


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize(("name", "text", "args"), BY_EXAMPLE, ids=[b[0] for b in BY_EXAMPLE])
def test_by_example(name: str, text: str, args: tuple[Any, ...], simplified: bool) -> None:
    case = case_of(name, text, (args,))
    gradient, _ = derived(case.function, case.variables, like=args, simplified=simplified)
    check_gradient(case, args, gradient)
    tangent, _ = derived(case.function, like=args, form="tangent", simplified=simplified)
    check_tangent(case, args, tangent)


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize("result", ["a * b", "np.sum(a * b)", "a @ b", "(a * b, a[0])", "a"])
def test_single_precision_stays(result: str, simplified: bool) -> None:
    text = f"def f(a, b):\n    return {result}\n"
    like = (_A.astype(np.float32), _B.astype(np.float32))
    function = case_of(f"single {result}", text, ()).function
    gradient, _ = derived(function, ("a", "b"), like=like, simplified=simplified)
    seeds: tuple[Any, ...] = ((0.5, 0.7),) if "," in result else (0.5,)
    assert [d.dtype for d in gradient(*like, *seeds)] == [np.float32, np.float32]


def test_value_of_several_results_and_an_argument() -> None:
    """The results are what the function gave, though the backward half clears the memory that they were in."""
    text = """
    def f(A, b):
        x = np.zeros_like(b)
        for i in range(2):
            x[i] = b[i] * A[i] - x[i - 1] * A[2]
        A *= 2.0
        return x, b
    """
    function = case_of("results_and_an_argument", text, ()).function
    for simplified in False, True:
        both, _ = derived(
            function,
            of=("return", "A"),
            like=(_A, _B),
            form="value_and_gradient",
            simplified=simplified,
        )
        ((x, b), A), _ = both(_A, _B, d_A=_B, d_out=(_A, _A))
        own = _A.copy()
        expected, _ = function(own, _B)
        np.testing.assert_allclose(x, expected)
        np.testing.assert_allclose(b, _B)
        np.testing.assert_allclose(A, own)


@pytest.mark.parametrize("shape", [(2, 300, 4, 5), (2, 3, 4, 5, 6)])
def test_many_axes_take_little_memory(shape: tuple[int, ...]) -> None:
    """What primitives give is found out by running them, on arrays that are small for all that."""
    text = """
    def f(x):
        return np.sum(np.exp(x[:, 100:] * 2.0), axis=(0, 3))
    """
    function = case_of(f"of_{len(shape)}_axes", text, ()).function
    tracemalloc.start()
    try:
        derived(function, like=(np.zeros(shape),))
        assert tracemalloc.get_traced_memory()[1] < 150e6
    finally:
        tracemalloc.stop()


def test_layout_is_asserted() -> None:
    """Where a view is taken of an argument that is written into, it has to be in C order."""
    text = """
    def f(A):
        v = A.ravel()
        v *= 2.0
        return A
    """
    like = (np.outer(_A, _B),)
    function = case_of("written_through_a_view", text, ()).function
    gradient, _ = derived(function, like=like)
    np.testing.assert_allclose(gradient(*like), np.full((3, 3), 2.0))
    with pytest.raises(AssertionError):
        gradient(np.asfortranarray(like[0]))


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize(("name", "text", "args"), LISTS, ids=[name for name, _, _ in LISTS])
def test_lists(name: str, text: str, args: tuple[Any, ...], simplified: bool) -> None:
    """A list given for a parameter of which nothing is told has the derivative of an array."""
    function = case_of(name, text, ()).function
    arrays = tuple(map(np.array, args))
    expected = derived(function, ("x", "y"), simplified=simplified)[0]
    check_gradient(Case(function, (arrays,), label=name), arrays, expected)
    for like in None, args:
        gradient, _ = derived(function, ("x", "y"), like=like, simplified=simplified)
        for found, wanted in zip(gradient(*args), expected(*arrays), strict=True):
            np.testing.assert_allclose(np.array(list(found)), wanted)
        tangent, _ = derived(function, ("x", "y"), like=like, form="tangent", simplified=simplified)
        check_tangent(Case(function, (args,), ("x", "y"), label=name), args, tangent)


def test_list_of_arrays_of_several_shapes() -> None:
    """A network whose parameters are a list of arrays, of which nothing is told."""
    case = case_of(
        "network",
        """
        def f(layers, x):
            W, b = layers[0]
            h = np.tanh(W @ x + b)
            V, c = layers[1]
            for weights, _ in layers[:-1]:
                h = h * np.sum(weights)
            return np.sum(V @ h + c)
        """,
        (),
    )
    layers = [(np.outer(_A, _B), _A), (np.outer(_A[:2], _B), _B[:2])]
    wanted, _ = derived(case.function, like=(layers, _A))[0](layers, _A)
    for simplified in False, True:
        gradient, _ = derived(case.function, simplified=simplified)
        found, _ = gradient(layers, _A)
        for layer, other in zip(found, wanted, strict=True):
            for part, expected in zip(layer, other, strict=True):
                np.testing.assert_allclose(part, expected)


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize(("name", "text", "message"), REFUSED, ids=[r[0] for r in REFUSED])
def test_refused(name: str, text: str, message: str, form: str) -> None:
    with pytest.raises(TransformError, match=message):
        derived(case_of(name, text, ()).function, form=form)


def test_where_a_formula_divides_by_zero() -> None:
    """At the end of a domain the text does what Python and NumPy do; see Kinks in docs/design.md."""
    text = "def f(x):\n    return {}\n"
    at_zero = {"abs(x)": 0.0, "np.abs(x)": 0.0, "max(x, -x)": 0.0, "np.sqrt(x)": np.inf}
    with np.errstate(divide="ignore"):
        for number, (value, expected) in enumerate(at_zero.items()):
            function = case_of(f"kink_{number}", text.format(value), ()).function
            assert derived(function, like=(0.5,))[0](0.0) == expected
    for value in "math.sqrt(x)", "math.hypot(x, x)", "x**0.5":
        function = case_of(f"end of {value}", text.format(value), ()).function
        with pytest.raises(ZeroDivisionError):
            derived(function, like=(0.5,))[0](0.0)


@pytest.mark.parametrize("name", FOUND)
def test_found_by_a_random_program(name: str) -> None:
    """With examples it is right, whatever is asked; without it may be refused."""
    for verdict in checked(FOUND[name]):
        assert verdict.way is not None, verdict
        allowed = {"right"} if verdict.way.like else {"right", "refused"}
        assert verdict.kind in allowed, verdict
