"""How long it takes to differentiate functions of 100, 200 and 2000 statements, and what takes it.

    python benchmarks/transform_time.py             # times
    python benchmarks/transform_time.py --profile   # and the functions that take most of them

Times are the best of three runs, in milliseconds of the processor. A time that grows much faster
than the number of statements tells of a pass that is quadratic.
"""

from __future__ import annotations

import argparse
import cProfile
import linecache
import pstats
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from s2sgrad.transform import derived  # noqa: E402  the checkout's, wherever this is started

SCALARS = (
    "{z} = {x} * {y} + 0.5",
    "{z} = math.sin({x}) / (1 + {y} ** 2)",
    "{z} = {x} - {y} / 3",
    "{z} = math.exp(-{x} * {x})",
    "{z} = 0.1 * {x} + 0.2 * {y}",
)
ARRAYS = (
    "{z} = {x} * {y} + 0.5",
    "{z} = np.sin({x}) / (1 + {y} ** 2)",
    "{z} = {x} - np.mean({y})",
    "{z} = np.tanh({x} @ {y})",
    "{z} = {x}.copy()\n    {z}[0] = {y}[1] * 2",
)


def program(templates: tuple[str, ...], statements: int, kind: str) -> Callable[..., Any]:
    """A straight-line function of so many statements; each reads two of the values before it."""
    lines = [f"def f(x0: {kind}, x1: {kind}):"]
    made = 0
    for number in range(2, statements + 2):
        near, far = f"x{number - 1}", f"x{max(number - 2 - number * 7 % 5, 0)}"
        text = templates[number % len(templates)].format(z=f"x{number}", x=near, y=far)
        made += text.count("\n") + 1
        lines.append(f"    {text}")
        if made >= statements:
            break
    lines.append(f"    return {'np.sum' if kind != 'float' else ''}(x{number} * x{number - 1})")
    text = "\n".join(lines) + "\n"
    filename = f"<{kind} {statements}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    names: dict[str, Any] = {"np": np, "math": __import__("math"), "__name__": "benchmark"}
    exec(compile(text, filename, "exec"), names)  # noqa: S102
    function: Callable[..., Any] = names["f"]
    return function


CASES = {
    "scalars": (SCALARS, "float", (0.5, 0.7)),
    "arrays": (ARRAYS, "np.ndarray", (np.ones((3, 3)), np.ones((3, 3)))),
}


def milliseconds(call: Callable[[], object], runs: int = 3) -> float:
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        call()
        best = min(best, time.process_time() - start)
    return best * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--profile", action="store_true", help="show what takes the time")
    parser.add_argument("--plain", action="store_true", help="without simplification")
    parser.add_argument("--form", default="gradient")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 200, 2000])
    options = parser.parse_args()
    print(f"{'':8}" + "".join(f"{size:>10}" for size in options.sizes) + "   statements")
    for kind, (templates, annotation, like) in CASES.items():
        shown = []
        profile = cProfile.Profile()
        for size in options.sizes:
            f = program(templates, size, annotation)

            def run(f: Callable[..., Any] = f, like: tuple[Any, ...] = like) -> None:
                derived(f, like=like, form=options.form, simplified=not options.plain)

            shown.append(milliseconds(run))
            if options.profile and size == options.sizes[-1]:
                profile.runcall(run)
        print(f"{kind:8}" + "".join(f"{ms:>10.0f}" for ms in shown) + "   ms")
        if options.profile:
            statistics = pstats.Stats(profile)
            statistics.sort_stats("tottime").print_stats(25)
            statistics.sort_stats("cumtime").print_stats("s2sgrad", 45)


if __name__ == "__main__":
    main()
