"""What value and gradient cost, compared with the function: kernels of `tests/kernels` at sizes where it takes 1 ms.

    python benchmarks/kernels.py                    # all
    python benchmarks/kernels.py jacobi_1d lu       # some
    python benchmarks/kernels.py --runs 30
    python benchmarks/kernels.py --allocator default

The kernels are differentiated with the arguments that they are timed with as `like`. Times are medians in milliseconds
of the processor, of one thread; the function and its derivative run in turn, in one process. The function may
overwrite its arguments, and is given copies that aren't counted; the derivative leaves them alone. Each gradient is
compared once with the difference along one direction.

glibc gives freed memory back to the system and asks for it again, page by page, whenever the heap shrinks and grows:
how often depends on what else lies on the heap, and differs from run to run. So the benchmark starts itself again
with thresholds (`PINNED`) at which memory stays with the process, for the function and its derivative alike. With
`--allocator default` nothing is set: what is measured then are also the page faults of new arrays.
"""

from __future__ import annotations

import argparse
import copy
import inspect
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")

import numpy as np

PINNED = {
    "MALLOC_MMAP_THRESHOLD_": str(1 << 30),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 32),
    "MALLOC_TOP_PAD_": str(1 << 28),
}
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from s2sgrad.transform import derived  # noqa: E402  the checkout's, wherever this is started
from tests.kernels import ALL  # noqa: E402
from tests.memory_case import MemoryCase  # noqa: E402

Arguments = tuple[Any, ...]

rng = np.random.default_rng(7)


def n(*shape: int) -> Any:
    return rng.normal(size=shape)


def u(*shape: int) -> Any:
    return rng.uniform(0.5, 1.5, shape)


def dominant(size: int) -> Any:
    """A matrix that can be factored without pivots."""
    return n(size, size) + 2 * size * np.eye(size)


def definite(size: int) -> Any:
    half = n(size, size) / size
    return half @ half.T + np.eye(size)


STENCILS: dict[str, Callable[[], Arguments]] = {
    "jacobi_1d": lambda: (20, n(20000), n(20000)),
    "jacobi_2d": lambda: (10, n(150, 150), n(150, 150)),
    "heat_3d": lambda: (6, n(30, 30, 30), n(30, 30, 30)),
    "seidel_2d": lambda: (2, 40, n(40, 40)),
    "gauss_seidel_poisson": lambda: (n(30, 30), n(30, 30), 0.7, 2),
    "red_black": lambda: (n(200, 200), n(200, 200), 0.7, 1.3, 6),
    "sine_gordon": lambda: (n(5000), n(5000), 0.2, 0.6, 30),
    "burgers_1d": lambda: (0.1 * n(20000), 0.3, 0.01, 0.6, 20),
    "fdtd_1d": lambda: (n(20000), n(19999), 0.1 * u(20000), n(50), 50),
    "fdtd_2d": lambda: (10, n(150, 150), n(150, 150), n(150, 150), n(10)),
    "upwind_2d": lambda: (n(100, 100), u(100, 100), -u(100, 100), 0.1, 10),
}
OTHERS: dict[str, Callable[[], Arguments]] = {
    "wave_three_buffers": lambda: (n(20000), 0.8, 0.3, 0.5, 30),
    "perona_malik": lambda: (n(100, 100), 1.4, 0.1, 5),
    "lu": lambda: (40, dominant(40)),
    "cholesky_by_columns": lambda: (definite(160),),
    "qr_modified": lambda: (n(200, 60),),
    "back_substitution": lambda: (dominant(300), n(300)),
    "thomas": lambda: (n(1000), n(1000) + 6, n(1000), n(1000)),
    "thomas_rows": lambda: (n(200, 200), n(200, 200) + 8, n(200, 200), n(200, 200)),
    "conjugate_gradient": lambda: (definite(300), n(300), 50),
    "gemm": lambda: (1.5, 1.2, n(250, 250), n(250, 250), n(250, 250)),
    "two_mm": lambda: (1.5, 1.2, n(200, 200), n(200, 200), n(200, 200), n(200, 200)),
    "doitgen": lambda: (n(20, 20, 60), n(60, 60)),
    "covariance": lambda: (100, 1000.0, n(1000, 100)),
    "soft_kmeans": lambda: (n(1000, 10), n(8, 10), 0.7, 5),
    "exponential_smoothing": lambda: (n(5000), 0.3),
    "conv2d": lambda: (n(4, 30, 30, 1), n(3, 3, 1, 8)),
    "shallow_water": lambda: (2 + 0.1 * u(10000), 0.1 * n(10000), 0.01, 0.5, 1.3, 20),
    "nbody": lambda: (u(40), 3 * n(40, 3), n(40, 3), 20, 0.01, 1.2, 0.5),
    "kuramoto": lambda: (n(100), n(100), 1.4, 0.02, 10),
    "layer_norm": lambda: (n(400, 600), n(600), n(600), 0.1),
    "lstm": lambda: (n(60, 40), n(40), n(40), n(40, 160) / 9, n(40, 160) / 9, n(160)),
    "attention": lambda: (n(200, 32), n(200, 32), n(200, 32)),
    "sgd_momentum": lambda: (n(50), n(500, 50), n(500), 0.01, 0.8, 50),
    "horner": lambda: (n(60), 0.9 * u(40000)),
    "black_scholes_grid": lambda: (np.linspace(0.5, 20, 500), 1.0, 0.1, 0.3, 1e-6, 60),
}
CASES: dict[str, MemoryCase] = {case.name: case for case in ALL}


@dataclass(frozen=True)
class Measured:
    """Medians in seconds, and how far the gradient is from the difference, relative to that."""

    primal: float
    derivative: float
    error: float

    @property
    def ratio(self) -> float:
        return self.derivative / self.primal


def seeds(case: MemoryCase, outputs: Any) -> dict[str, Any]:
    """Incoming derivatives of the structure of the outputs."""
    given = (outputs,) if len(case.of) == 1 else outputs
    names = ("d_out" if output == "return" else f"d_{output}" for output in case.of)
    return {name: _random(output) for name, output in zip(names, given, strict=True)}


def _random(output: Any) -> Any:
    if isinstance(output, list | tuple):
        return type(output)(map(_random, output))
    return rng.normal(size=np.shape(output))[()]


def product(a: Any, b: Any) -> float:
    if isinstance(a, list | tuple):
        return sum(product(m, n) for m, n in zip(a, b, strict=True))
    return float(np.sum(np.multiply(a, b)))


def error(case: MemoryCase, args: Arguments, given: dict[str, Any], gradient: Any) -> float:
    """How far the gradient is from a central difference along a random direction."""
    names = list(inspect.signature(case.function).parameters)
    given_values = {name: args[names.index(name)] for name in case.variables}
    direction = {name: _random(v) * np.max(np.abs(v)) for name, v in given_values.items()}

    def along(step: float) -> float:
        moved = [
            value + step * direction[name] if name in direction else value
            for name, value in zip(names, args, strict=True)
        ]
        outputs = case.call(tuple(moved))
        return product((outputs,) if len(case.of) == 1 else outputs, tuple(given.values()))

    difference = (along(1e-6) - along(-1e-6)) / 2e-6
    parts = (gradient,) if len(case.variables) == 1 else gradient
    found = product(tuple(direction.values()), parts)
    return abs(found - difference) / max(abs(difference), 1e-3)


def measured(case: MemoryCase, args: Arguments, runs: int) -> Measured:
    derivative, _ = derived(
        case.function,
        case.variables,
        of=case.of,
        like=args,
        form="value_and_gradient",
    )
    given = seeds(case, case.call(args))
    _, gradient = derivative(*copy.deepcopy(args), **given)
    off = error(case, args, given, gradient)
    times: tuple[list[float], list[float]] = ([], [])
    calls: tuple[Callable[..., object], ...] = (
        case.function,
        lambda *own: derivative(*own, **given),
    )
    for _ in range(runs):
        for call, taken in zip(calls, times, strict=True):
            own = copy.deepcopy(args)
            start = time.thread_time()
            call(*own)
            taken.append(time.thread_time() - start)
    return Measured(statistics.median(times[0]), statistics.median(times[1]), off)


def table(title: str, kernels: dict[str, Callable[[], Arguments]], runs: int) -> list[Measured]:
    """Measure kernels, and print a line for each."""
    print(f"{title:24}{'function':>10}{'derivative':>12}{'ratio':>8}")
    found = []
    for name, arguments in kernels.items():
        result = measured(CASES[name], arguments(), runs)
        notes = ["less than 1 ms"] if result.primal < 0.001 else []
        notes += [f"WRONG: {result.error:.1e} from the difference"] if result.error > 1e-4 else []
        times = f"{result.primal * 1000:>10.2f}{result.derivative * 1000:>12.2f}"
        print(f"{name:24}{times}{result.ratio:>8.2f}  {'; '.join(notes)}".rstrip(), flush=True)
        found.append(result)
    if found:
        mean = statistics.geometric_mean([result.ratio for result in found])
        print(f"{'geometric mean':24}{'':22}{mean:>8.2f}\n")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("kernels", nargs="*", help="names; all if there are none")
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--allocator", choices=("pinned", "default"), default="pinned")
    options = parser.parse_args()
    if options.allocator == "pinned" and not PINNED.items() <= os.environ.items():
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | PINNED)  # noqa: S606
    settings = PINNED if options.allocator == "pinned" else {}
    print("allocator:", " ".join(f"{k}={v}" for k, v in settings.items()) or "default", end="\n\n")
    found: list[Measured] = []
    for title, kernels in (("stencils in place", STENCILS), ("others", OTHERS)):
        chosen = {k: v for k, v in kernels.items() if k in (options.kernels or kernels)}
        found += table(title, chosen, options.runs) if chosen else []
    mean = statistics.geometric_mean([result.ratio for result in found])
    print(f"{'all':24}{'':22}{mean:>8.2f}")
    if any(result.error > 1e-4 for result in found):
        sys.exit("a gradient is wrong")


if __name__ == "__main__":
    main()
