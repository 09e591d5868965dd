"""Indices that are read, and changed afterwards in one of many ways: right, or refused."""

from __future__ import annotations

import linecache
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError

CHANGES = (
    "order.partition(1)",
    "order.sort()",
    "order.fill(0)",
    "order[:] = 1",
    "order[0] = 1",
    "random.Random(3).shuffle(order)",
    "np.random.default_rng(3).shuffle(order)",
    "np.random.default_rng(3).permuted(order, out=order)",
    "order.put(0, 1)",
    "np.put(order, 0, 1)",
    "np.copyto(order, 1)",
    "np.place(order, order > 0, 0)",
    "np.putmask(order, order > 0, 0)",
    "order += 1",
    "order |= 1",
    "np.add(order, 1, out=order)",
    "order.setfield(1, int)",
    "order.byteswap(True)",
    "order.view()[0] = 1",
    "order.flat[0] = 1",
    "order.flat = 1",
    "order.T.partition(1)",
    "order[:2].sort()",
    "memoryview(order)[0] = 1",
    "order.__setitem__(0, 1)",
    "np.ndarray.partition(order, 1)",
    "operator.setitem(order, 0, 1)",
    "operator.delitem(order, 0)",
    "(lambda q: q.fill(1))(order)",
    "changed(order)",
    "del order[0]",
    "del order[n - n : 1]",
    "del order[:]",
    "order.pop(0)",
    "order.insert(0, 1)",
    "order.reverse()",
    "order.clear()",
    "order[:1] = []",
    "order.remove(2)",
    "heapq.heapify(order)",
    "heapq.heappop(order)",
    "list.sort(order)",
    "order.sort(key=lambda v: -v)",
)
WAYS = {
    "item": "    y = np.sin(x[order[0]]) * x[3]",
    "named": "    k = order[0]\n    y = np.sin(x[k] * x[order[1]]) * x[k]",
    "part": "    part = order[:2]\n    y = np.sin(x[part[0]]) * x[part[1]]",
    "of a dict": "    rows = {'a': order}\n    y = np.sin(x[rows['a'][0]]) * x[2]",
    "by another name": "    other = order\n    w = 2.0 * other[0] + 1\n    y = np.sin(x[0] * w) * w",
}
X = np.array([0.3, 0.9, -0.4, 0.5])
TEXT = """import heapq, operator, random
import numpy as np
def changed(order):
    order.sort()
    order.reverse()
def f(x: np.ndarray, n: int):
    order = {order}
{way}
    {change}
    return y * x[1]
"""


def made(order: str, way: str, change: str) -> Callable[..., Any]:
    """The function of a text that is known to linecache."""
    text = TEXT.format(order=order, way=WAYS[way], change=change)
    file = f"<{order}, {way}, {change}>"
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    namespace: dict[str, Any] = {}
    exec(compile(text, file, "exec"), namespace)
    return namespace["f"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("order", ["np.array([2, 0, 1])", "[2, 0, 1]"])
def test_right_or_refused(order: str, change: str, way: str) -> None:
    function = made(order, way, change)
    try:
        function(X.copy(), 3)
    except (AttributeError, IndexError, TypeError, ValueError):
        pytest.skip("that can't be done with such a one")
    try:
        gradient = s2sgrad.transform(function, "x")
    except TransformError:
        return
    steps = 1e-6 * np.eye(4)
    differences = [(function(X + h, 3) - function(X - h, 3)) / 2e-6 for h in steps]
    for _ in range(2):
        assert np.allclose(gradient(X.copy(), 3), differences, atol=1e-7)
