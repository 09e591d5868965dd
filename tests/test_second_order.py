"""Generated code is in the language that s2sgrad accepts: derivatives of derivatives, in both modes.

The gradient function of every case of the zoo is transformed again, by its arguments and by the
derivative that comes in, and held against differences of the gradient along random directions.
"""

from __future__ import annotations

import contextlib
import copy
import importlib
import inspect
import io
import math
import warnings
from typing import Any

import numpy as np
import pytest

from s2sgrad.checking import check_grads
from s2sgrad.command_line import main
from s2sgrad.copied import helper_of, helpers
from s2sgrad.errors import TransformError
from s2sgrad.load import load
from s2sgrad.numeric import flat, richardson_directional
from s2sgrad.transform import derived, transform
from tests.differentiating import cotangent, direction, generator, positions
from tests.running import same
from tests.zoo import ALL, Case

TOLERANCE = 1e-5

REFUSED_FIRST = {
    "bubble_pass": "swaps items of an array through views",
}
"""Cases without a first derivative."""

BOTH = ("gradient", "tangent")
REFUSED_SECOND = {
    "buffer_per_step": (BOTH, "an item of an array whose axes are not known: perhaps a view"),
}
"""Cases whose gradient function is refused without examples of arguments, in which form and why."""

FORMS = ("gradient", "tangent")


def shapes(value: Any) -> Any:
    return [shapes(item) for item in value] if isinstance(value, list | tuple) else np.shape(value)


class Second:
    """The gradient function of a case at one input, with random directions and weights."""

    def __init__(self, case: Case, args: tuple[Any, ...], gradient: Any, salt: int) -> None:
        rng = generator(case, salt)
        self.case, self.args, self.gradient = case, args, gradient
        self.incoming = list(inspect.signature(gradient).parameters)[-1]
        places = positions(case, args)
        result = case.call(copy.deepcopy(args))
        self.seed = cotangent(result, rng)
        self.points = [*(args[place] for place in places), self.seed]
        self.moves = [direction(point, rng) for point in self.points]
        self.value = self.at(*copy.deepcopy(args), self.seed)
        self.weights = cotangent(self.value, rng)
        along = dict(zip(places, self.moves, strict=False))
        directions = [along.get(place) for place in range(len(args))]
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            slopes = richardson_directional(
                lambda *values: float(flat(self.weights) @ flat(self.at(*values))),
                (*args, self.seed),
                (*directions, self.moves[-1]),
            )
        self.expected = float(slopes[0])

    def at(self, *values: Any) -> Any:
        *args, seed = values
        return self.gradient(*args, **self.case.kwargs, **{self.incoming: seed})

    def check(self, form: str, derivative: Any) -> None:
        """Compare the derivative of the gradient with differences."""
        before = copy.deepcopy((self.args, self.seed, self.weights, self.moves))
        given = self.case.kwargs | {self.incoming: self.seed}
        known = inspect.signature(self.gradient).parameters
        new = [n for n in inspect.signature(derivative).parameters if n not in known]
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("error")
            if form == "gradient":
                found = derivative(*self.args, **given, **{new[0]: self.weights})
                again = derivative(*self.args, **given, **{new[0]: self.weights})
                assert shapes(found) == shapes(self.points)
                got = sum(flat(d) @ flat(v) for d, v in zip(found, self.moves, strict=True))
            else:
                moved = dict(zip(new, self.moves, strict=True))
                found = derivative(*self.args, **given, **moved)
                again = derivative(*self.args, **given, **moved)
                np.testing.assert_allclose(flat(found[0]), flat(self.value), 1e-12, 1e-12)
                got = flat(self.weights) @ flat(found[1])
        assert same(found, again), "the second call gave something else"
        assert same((self.args, self.seed, self.weights, self.moves), before)
        assert abs(got - self.expected) <= TOLERANCE * max(1.0, abs(self.expected))


def gradient_of(case: Case, *, simplified: bool) -> Any:
    if case.name in REFUSED_FIRST:
        with pytest.raises(TransformError):
            derived(case.function, case.variables, simplified=simplified)
        pytest.skip(f"no first derivative: {REFUSED_FIRST[case.name]}")
    return derived(case.function, case.variables, simplified=simplified)[0]


def check(case: Case, *, simplified: bool) -> None:
    gradient = gradient_of(case, simplified=simplified)
    wrt = (*case.variables, list(inspect.signature(gradient).parameters)[-1])
    refused, reason = REFUSED_SECOND.get(case.name, ((), ""))
    for form in refused:
        with pytest.raises(TransformError):
            derived(gradient, wrt, form=form, simplified=simplified)
    forms = [form for form in FORMS if form not in refused]
    made = {f: derived(gradient, wrt, form=f, simplified=simplified)[0] for f in forms}
    with contextlib.redirect_stdout(io.StringIO()):
        for salt, args in enumerate(case.inputs[: 2 if simplified else 1]):
            second = Second(case, args, gradient, salt)
            like = (*args, second.seed)
            for form in refused:
                made[form] = derived(gradient, wrt, like=like, form=form, simplified=simplified)[0]
            for form, derivative in made.items():
                second.check(form, derivative)
    if refused:
        pytest.skip(f"{' and '.join(refused)} refused without examples: {reason}")


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_derivatives_of_gradients(case: Case) -> None:
    check(case, simplified=True)


@pytest.mark.parametrize("case", ALL[::4], ids=[case.name for case in ALL[::4]])
def test_derivatives_of_raw_gradients(case: Case) -> None:
    check(case, simplified=False)


# ---- what generated text is made of --------------------------------------------------------------


def polynomial(x: float, n: int):
    total = 0.0
    for k in range(n):
        total = total + x**k
    return total


def until(x: float, limit: float):
    while x < limit:
        x = x * x + 0.5
    return x


def table(x: np.ndarray):
    y = np.zeros(len(x))
    for k in range(len(x)):
        y[k] = x[k] * x[k - 1]
    return (y * y).sum()


def cube(x):
    return square(x) * x


def square(x):
    return x * x


def scaled(x, a):
    y = np.sin(x) * a
    return np.sum(y * y)


def test_third_derivatives() -> None:
    third = transform(transform(transform(polynomial, "x"), "x"), "x")
    assert third(0.5, 5) == pytest.approx(6 + 24 * 0.5)
    third = transform(transform(transform(cube, "x"), "x"), "x")
    assert third(1.5) == pytest.approx(6)


@pytest.mark.parametrize("function", [polynomial, until, table, scaled, cube])
def test_helpers_are_copied_once(function) -> None:
    gradient = transform(function)
    second = transform(gradient)
    names = [line for line in second.source.splitlines() if line.startswith("def ")]
    assert len(names) == len(set(names))
    for name in helpers():
        assert f"def {name}_1(" not in second.source
        assert f"def {name}_forward(" not in second.source


@pytest.mark.parametrize("name", sorted(helpers()))
def test_copies_of_helpers_are_known(name: str) -> None:
    text = f"import math\nimport numpy as np\nimport numpy as other\n\n{copies()}"
    assert helper_of(load(text, name)) == name


def copies() -> str:
    return "\n\n".join(inspect.getsource(function) for function in helpers().values())


def test_copies_under_other_names_are_known() -> None:
    text = inspect.getsource(helpers()["zeros_like"]).replace("zeros_like(", "zeros_2(")
    text = text.replace("np.zeros_2(", "numpy.zeros_like(").replace("np.", "numpy.")
    assert helper_of(load(f"import numpy\n\n{text}", "zeros_2")) == "zeros_like"


def test_what_only_looks_like_a_helper_is_none() -> None:
    text = inspect.getsource(helpers()["zeros_like"])
    other = text.replace("0.0", "1.0")
    assert helper_of(load(f"import numpy as np\n\n{other}", "zeros_like")) is None
    assert helper_of(load(f"import math as np\n\n{text}", "zeros_like")) is None
    assert helper_of(math.sin) is None
    assert helper_of(square) is None


def test_function_of_a_written_module(tmp_path, monkeypatch) -> None:
    lines = inspect.getsource(scaled)
    (tmp_path / "primal_2.py").write_text(f"import numpy as np\n\n\n{lines}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert main(["generate", "primal_2.py:scaled", "-o", "written_2.py"]) == 0
    written = importlib.import_module("written_2")
    x, a = np.array([0.3, -0.7]), 1.5
    assert flat(written.scaled_grad(x, a)) == pytest.approx(flat(transform(scaled)(x, a)))
    check_grads(written.scaled_grad, (x, a, 0.7))
