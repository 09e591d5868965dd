"""How long it takes to differentiate functions of 100, 200 and 2000 statements, and what takes it.

    python benchmarks/transform_time.py             # times
    python benchmarks/transform_time.py --profile   # and the functions that take most of them

Times are in milliseconds of the processor: the median of some rounds and, behind it, the least. In
each round every size is taken in turn, the smaller ones before and after the largest, so that a
machine that is slower for a while is slower for all of them; the ratio of the two largest sizes is
taken round by round. One that is much larger than that of the statements tells of a pass that is
quadratic.
"""

from __future__ import annotations

import argparse
import cProfile
import linecache
import pstats
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
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


def milliseconds(call: Callable[[], object]) -> float:
    """Of the processor, for one call."""
    start = time.process_time()
    call()
    return (time.process_time() - start) * 1000


def rounds(calls: dict[int, Callable[[], object]], count: int) -> Iterator[dict[int, list[float]]]:
    """The times of the calls, by size, in so many rounds."""
    *smaller, largest = sorted(calls)
    for _ in range(count):
        times: dict[int, list[float]] = {size: [] for size in calls}
        for size in (*smaller * 2, largest, *smaller * 2):
            times[size].append(milliseconds(calls[size]))
        yield times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--profile", action="store_true", help="show what takes the time")
    parser.add_argument("--plain", action="store_true", help="without simplification")
    parser.add_argument("--form", default="gradient")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 200, 2000])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    sizes = sorted(options.sizes)
    print(f"{'':8}" + "".join(f"{size:>16}" for size in sizes) + "   statements")
    for kind, (templates, annotation, like) in CASES.items():
        calls: dict[int, Callable[[], object]] = {
            size: partial(
                derived,
                program(templates, size, annotation),
                like=like,
                form=options.form,
                simplified=not options.plain,
            )
            for size in sizes
        }
        taken = list(rounds(calls, options.rounds))
        shown = [[ms for times in taken for ms in times[size]] for size in sizes]
        row = "".join(f"{median(ms):>9.0f} ({min(ms):4.0f})" for ms in shown)
        print(f"{kind:8}{row}   ms", end="")
        if len(sizes) > 1:
            ratios = [median(times[sizes[-1]]) / median(times[sizes[-2]]) for times in taken]
            print(f"   ratio of the last two {median(ratios):.1f}", end="")
        print()
        if options.profile:
            profile = cProfile.Profile()
            profile.runcall(calls[sizes[-1]])
            statistics = pstats.Stats(profile)
            statistics.sort_stats("tottime").print_stats(25)
            statistics.sort_stats("cumtime").print_stats("s2sgrad", 45)


if __name__ == "__main__":
    main()
