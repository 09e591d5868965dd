"""Texts are made, and what was made is called, from many threads at once."""

from __future__ import annotations

import gc
import math
import os
import subprocess
import sys
import textwrap
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad import registry
from s2sgrad.alone import TURN
from s2sgrad.transform import FORMS, derived

THREADS = 8
SECONDS = 60.0
ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def often() -> Iterator[None]:
    """Threads are switched between often."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def together(*work: Callable[[], Any]) -> list[Any]:
    """What each of these gives; all begin at the same time, each in a thread of its own."""
    start = threading.Barrier(len(work))

    def begun(function: Callable[[], Any]) -> Any:
        start.wait(SECONDS)
        return function()

    with ThreadPoolExecutor(len(work)) as pool:
        return [future.result(SECONDS) for future in [pool.submit(begun, f) for f in work]]


def logistic(x, w):
    return -math.log(1 / (1 + math.exp(-(x * w))))


def smoothed(a: np.ndarray, steps: int):
    for _ in range(steps):
        a[1:-1] = (a[:-2] + a[2:]) * 0.5
    return np.sum(a * a)


def scale(a, s):
    a *= s


def helped(x: np.ndarray, s: float):
    y = x * x
    scale(y[1:], s)
    return y @ x


def branched(x, n):
    out = x
    while n > 0:
        out = out * x if out < 2.0 else np.sin(out)
        n -= 1
    return out


FUNCTIONS = (logistic, smoothed, helped, branched)


def test_the_texts_are_those_that_are_made_alone() -> None:
    ways = [(f, form, plain) for f in FUNCTIONS for form in FORMS for plain in (False, True)]

    def texts() -> list[str]:
        return [derived(f, form=form, simplified=not plain)[0].source for f, form, plain in ways]

    expected = texts()
    filters, enabled = list(warnings.filters), gc.isenabled()
    assert together(*[texts] * 4) == [expected] * 4
    assert warnings.filters == filters
    assert gc.isenabled() == enabled


def test_what_was_made_is_called_from_many_threads() -> None:
    x = np.linspace(-1.0, 1.5, 9)
    gradient, _ = derived(smoothed)
    expected = gradient(x, 3)

    def calls() -> bool:
        return all(np.array_equal(gradient(x, 3), expected) for _ in range(100))

    assert together(*[calls] * THREADS) == [True] * THREADS
    np.testing.assert_equal(x, np.linspace(-1.0, 1.5, 9))


def test_what_is_made_at_a_call_is_made_once() -> None:
    gradient = s2sgrad.grad(branched)
    made = together(*[lambda: (gradient(0.7, 5), gradient.source)] * THREADS)
    assert len(set(made)) == 1
    assert len(gradient.recipe.kept) == 1


def test_rules_are_registered_while_texts_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    assert registry.rules()
    known = {key: list(found) for key, found in registry._rules.items()}
    monkeypatch.setattr(registry, "_rules", known)
    functions = [lambda x, k=k: x * k for k in range(20)]

    def registering() -> bool:
        for function in functions:
            s2sgrad.inert(function)
            s2sgrad.elementwise(function, lambda y, x, k: (k, x), override=True)
        return all(rule.name for rule in registry.rules())

    def transforming() -> bool:
        return all(derived(logistic)[0](0.3, 0.2) for _ in range(5))

    assert together(registering, transforming, transforming) == [True] * 3


def test_a_refusal_gives_the_turn_back() -> None:
    def refused() -> str:
        with pytest.raises(s2sgrad.TransformError) as caught:
            derived(lambda x: (yield x))
        return str(caught.value)

    assert len(set(together(*[refused] * 4))) == 1
    assert together(lambda: TURN.acquire(timeout=SECONDS) and TURN.release()) == [None]


def run(text: str, **given: Any) -> str:
    """What a program prints that runs in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(text)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        **given,
    )
    assert not done.returncode, done.stderr
    return done.stdout


def test_the_first_texts_of_a_process() -> None:
    """The rules are loaded by the first thread that needs them; the others wait for all of them."""
    text = """
    import sys, threading
    from concurrent.futures import ThreadPoolExecutor
    import s2sgrad
    from tests.test_threads import FUNCTIONS
    sys.setswitchinterval(1e-5)
    start = threading.Barrier(8)
    def made(k):
        start.wait(60)
        return s2sgrad.transform(FUNCTIONS[k % len(FUNCTIONS)]).source
    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(made, range(8)))
    print(texts[:4] == texts[4:], len(set(texts)))
    """
    assert run(text).split() == ["True", "4"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_fork_while_another_thread_makes_a_text() -> None:
    text = """
    import os, threading, warnings
    from s2sgrad.alone import TURN
    from tests.test_threads import logistic
    import s2sgrad
    warnings.simplefilter("ignore")
    taken, over = threading.Event(), threading.Event()
    def holding():
        with TURN:
            taken.set()
            over.wait(60)
    thread = threading.Thread(target=holding)
    thread.start()
    taken.wait(60)
    child = os.fork()
    if not child:
        threading.Timer(30.0, os._exit, (1,)).start()
        s2sgrad.transform(logistic)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    over.set()
    thread.join()
    print(os.waitstatus_to_exitcode(status))
    """
    assert run(text).split() == ["0"]
