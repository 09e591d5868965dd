"""Programs that write into what is around them by names that don't say so, or compute with it: right, or refused.

Each is differentiated imported, with and without examples, and as a file that is only read. The first call of a freshly
imported module is held against differences of others, and what it leaves in the modules against what a call leaves.
"""

from __future__ import annotations

import copy
import importlib
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from s2sgrad import TransformError
from s2sgrad.static import read
from s2sgrad.transform import derived, transform_source

FOLDER = Path(__file__).parent / "around"
X, S, STEP = np.array([1.1, 0.7, 1.3, 0.9]), 0.8, 1e-6
MODES = ("imported", "like", "read")
IMPORTED, ALL = ("imported", "like"), MODES
DONE = {
    "array_made_of_a_matrix": ALL,
    "array_of_a_module_that_a_helper_fills": IMPORTED,
    "array_put_into_a_list": IMPORTED,
    "augmented": IMPORTED,
    "helper_fills": IMPORTED,
    "helper_puts": IMPORTED,
    "helper_sets_an_attribute_plainly": IMPORTED,
    "helper_stores": ALL,
    "helper_stores_as_a_loop_does": ALL,
    "helper_stores_in_a_loop": ALL,
    "keys_of_a_dict_that_is_made": ALL,
    "list_of_a_module_that_a_helper_fills": ALL,
    "number_by_a_method": IMPORTED,
    "number_of_such_objects": ALL,
    "numbers_beside_such_objects": IMPORTED,
    "numbers_in_such_objects": ALL,
    "object_under_two_names": IMPORTED,
    "objects_without_operators": ALL,
    "operator_itself": IMPORTED,
    "perhaps_augmented": ("like",),
    "sum_of_keys": ALL,
    "whole_numbers_cut_off": IMPORTED,
    "whole_numbers_joined": IMPORTED,
    "whole_numbers_stacked": IMPORTED,
}
"""What is differentiated, in which modes; all else is refused."""
UNSEEN = {("attribute_that_a_method_gives", "read")}
"""What is differentiated wrongly, as docs/proof.md says."""


def programs() -> dict[str, str]:
    """The programs of both files by their titles, each with what stands at the head of its file."""
    found = {}
    for file in ("programs.txt", "overloading.txt"):
        head, *blocks = (FOLDER / file).read_text("utf-8").split("##### ")
        found.update({title: head + text for title, _, text in (b.partition("\n") for b in blocks)})
    return found


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Any]]:
    """Imports a program as if it had never been, and what it imports."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "elsewhere.py").write_text((FOLDER / "elsewhere.txt").read_text("utf-8"), "utf-8")

    def imported(text: str) -> Any:
        (tmp_path / "program_around.py").write_text(f"import numpy as np\n{text}", "utf-8")
        for name in ("program_around", "elsewhere"):
            sys.modules.pop(name, None)
        importlib.invalidate_caches()
        return importlib.import_module("program_around")

    yield imported
    for name in ("program_around", "elsewhere"):
        sys.modules.pop(name, None)


def left(module: Any) -> str:
    """What is in the modules, as a text."""
    modules = [module, *([sys.modules["elsewhere"]] if "elsewhere" in sys.modules else [])]
    found = {}
    for holder in modules:
        for name, value in vars(holder).items():
            own = getattr(type(value), "__module__", "") == module.__name__
            if name[:2] != "__" and not callable(value) and not isinstance(value, types.ModuleType):
                found[holder.__name__, name] = copy.deepcopy(vars(value) if own else value)
    return repr(found)


def made(module: Any, mode: str) -> Callable[..., Any]:
    if mode == "read":
        text = transform_source(read(module.__file__, "f"), wrt=("x", "s")).text
        names: dict[str, Any] = {}
        exec(compile(text, "derivative", "exec"), names)
        function: Callable[..., Any] = names["f_grad"]
        return function
    gradient, _ = derived(module.f, ("x", "s"), like=(X.copy(), S) if mode == "like" else None)
    return gradient


@pytest.mark.filterwarnings("ignore:the result of")
@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")  # of np.matrix
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("title", programs())
def test_programs(
    title: str, mode: str, fresh: Callable[[str], Any], request: pytest.FixtureRequest
) -> None:
    if (title, mode) in UNSEEN:
        request.applymarker(pytest.mark.xfail(strict=True))
    text = programs()[title]

    def value(x: np.ndarray, s: float) -> float:
        return float(np.sum(fresh(text).f(x.copy(), s)))

    module = fresh(text)
    if mode not in DONE.get(title, ()):
        with pytest.raises(TransformError) as refused:
            made(module, mode)
        assert all(finding.line for finding in refused.value.findings)
        return
    steps = STEP * np.eye(4)
    by_x = [(value(X + e, S) - value(X - e, S)) / (2 * STEP) for e in steps]
    by_s = (value(X, S + STEP) - value(X, S - STEP)) / (2 * STEP)
    module = fresh(text)
    module.f(X.copy(), S)
    wanted = left(module)
    module = fresh(text)
    found = made(module, mode)(X.copy(), S)
    np.testing.assert_allclose(found[0], by_x, atol=1e-6)
    np.testing.assert_allclose(found[1], by_s, atol=1e-6)
    assert left(module) == wanted
