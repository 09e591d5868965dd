"""Calls that write into what they are given, or are called on: right, or refused, and those that write nothing stay."""

from __future__ import annotations

import pytest

from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.fuzz.program import Program, written_down
from tests.fuzz.verdicts import checked
from tests.test_regressions import case_of

_A, _B = "np.array([0.6, 1.1, 0.8])", "np.array([0.4, 0.9, 1.2])"
_M = "np.array([[0.6, 1.1], [0.8, 0.3]])"


def program(*lines: str, example: tuple[str, ...] = (_A, _B)) -> Program:
    """A function of two arrays with such lines."""
    text = "\n".join(("def f(x: np.ndarray, a: np.ndarray):", *(f"    {line}" for line in lines)))
    return written_down(text, example, wrt=("x", "a"))


RIGHT = {
    "append_under_a_name": program(
        "out = []", "add = out.append", "for r in x:", "    add(r * r)", "return np.array(out) * a"
    ),
    "appends_under_two_names": program(
        "p, q = [], []",
        "put, keep = p.append, q.append",
        "for r in x:",
        "    put(r)",
        "    keep(r * r)",
        "return np.array(p) * np.array(q) * a",
    ),
    "append_under_a_name_in_a_loop": program(
        "total = 0.0",
        "for r in x:",
        "    out = [r]",
        "    add = out.append",
        "    add(r * r)",
        "    total = total + out[0] * out[1]",
        "return total * a",
    ),
    "append_under_a_name_in_a_comprehension": program(
        "out = []", "add = out.append", "[add(r * r) for r in x]", "return out[0] * a"
    ),
    "extend_under_a_name": program(
        "out = []", "more = out.extend", "more([x, a])", "return out[0] * out[1]"
    ),
    "insert_under_a_name": program(
        "out = [1.0]", "put = out.insert", "put(0, x[0])", "return out[0] * a"
    ),
    "setitem_under_a_name": program(
        "out = [0.0, 0.0]", "put = out.__setitem__", "put(0, x[0])", "return out[0] * a"
    ),
    "fill_under_a_name": program("y = x * 1", "put = y.fill", "put(a[0])", "return y * x"),
    "sort_under_a_name": program("y = x * 1", "sort = y.sort", "sort()", "return y * a"),
    "pop_under_a_name": program("v = [x, a]", "last = v.pop", "y = last()", "return y * v[0] * x"),
    "append_of_the_class": program("out = []", "list.append(out, x)", "return out[0] * a"),
    "fill_of_the_class": program("y = x * 1", "np.ndarray.fill(y, a[0])", "return y * x"),
    "getattr_of_append": program("out = []", "getattr(out, 'append')(x)", "return out[0] * a"),
    "iadd_called": program("y = x * 1", "y.__iadd__(a)", "return y * x"),
    "imul_called": program("y = x * 1", "y.__imul__(a)", "return y * x"),
    "setitem_called": program("y = x * 1", "y.__setitem__(0, a[1])", "return y * x"),
    "setitem_of_a_list_called": program(
        "out = [0.0]", "out.__setitem__(0, x)", "return out[0] * a"
    ),
    "iadd_of_a_list_called": program("out = [0.0]", "out.__iadd__([x])", "return out[1] * a"),
    "module_level_partial_that_appends": written_down(
        """
        from functools import partial

        put = partial(lambda values, v: values.append(v))

        def f(x: np.ndarray, a: np.ndarray):
            out = []
            put(out, x)
            return out[0] * a
        """,
        (_A, _B),
        wrt=("x", "a"),
    ),
    "object_that_is_called_and_appends": written_down(
        """
        class Put:
            def __call__(self, values, v):
                values.append(v)

        put = Put()

        def f(x: np.ndarray, a: np.ndarray):
            out = []
            put(out, x)
            return out[0] * a
        """,
        (_A, _B),
        wrt=("x", "a"),
    ),
}

REFUSED = {
    "append_of_what_is_bound_again": (
        """
        def f(x: np.ndarray, a: np.ndarray):
            out = []
            add = out.append
            add(x)
            out = [out[0] * 2.0]
            add(x)
            return out[0] * a
        """,
        "isn't known which function add is",
    ),
    "append_in_a_dict": (
        """
        def f(x: np.ndarray, a: np.ndarray):
            out = []
            does = {"add": out.append}
            does["add"](x)
            return out[0] * a
        """,
        "isn't known which function",
    ),
    "append_in_a_list": (
        """
        def f(x: np.ndarray, a: np.ndarray):
            out = []
            does = [out.append]
            does[0](x)
            return out[0] * a
        """,
        "isn't known which function",
    ),
    "append_that_is_chosen": (
        """
        def f(x: np.ndarray, a: np.ndarray):
            out = []
            add = out.append if a[0] < 9 else print
            add(x)
            return out[0] * a
        """,
        "isn't known which function add is",
    ),
    "append_as_a_default": (
        """
        def f(x: np.ndarray, a: np.ndarray):
            out = []
            add = lambda v, to=out.append: to(v)
            add(x)
            return out[0] * a
        """,
        "has a default that is no literal",
    ),
    "append_that_is_passed_on": (
        """
        def each(do, values):
            for r in values:
                do(r * r)

        def f(x: np.ndarray, a: np.ndarray):
            out = []
            each(out.append, x)
            return out[0] * a
        """,
        "each writes into its argument do",
    ),
    "append_in_a_partial": (
        """
        from functools import partial

        def f(x: np.ndarray, a: np.ndarray):
            out = []
            add = partial(out.append, x)
            add()
            return out[0] * a
        """,
        "isn't known which function",
    ),
    "append_called_by_its_name": (
        """
        from operator import methodcaller

        def f(x: np.ndarray, a: np.ndarray):
            out = [1.0]
            methodcaller("append", x)(out)
            return out[1] * a
        """,
        "methodcaller has no derivative rule",
    ),
    "append_in_a_thread": (
        """
        import threading

        def f(x: np.ndarray, a: np.ndarray):
            out = []
            thread = threading.Thread(target=out.append, args=(x,))
            thread.start()
            thread.join()
            return out[0] * a
        """,
        "the method thread.start has no derivative rule",
    ),
    "pushed_to_a_heap": (
        """
        from heapq import heappush

        def f(x: np.ndarray, a: np.ndarray):
            heap = []
            for r in x:
                heappush(heap, r)
            return heap[0] * a
        """,
        "heappush has no derivative rule",
    ),
    "made_a_heap": (
        """
        import heapq

        def f(x: np.ndarray, a: np.ndarray):
            heap = [x[0], x[1]]
            heapq.heapify(heap)
            return heap[0] * a
        """,
        "heapq.heapify has no derivative rule",
    ),
    "inserted_in_order": (
        """
        import bisect

        def f(x: np.ndarray, a: np.ndarray):
            kept = []
            for r in x:
                bisect.insort(kept, r)
            return kept[0] * a
        """,
        "bisect.insort has no derivative rule",
    ),
    "shuffled_under_its_own_name": (
        """
        from random import shuffle

        def f(x: np.ndarray, a: np.ndarray):
            kept = [x[0], x[1]]
            shuffle(kept)
            return kept[0] * a
        """,
        "shuffle has no derivative rule",
    ),
    "packed_into_an_array": (
        """
        import struct

        def f(x: np.ndarray, a: np.ndarray):
            y = x * 1
            struct.pack_into("d", y, 0, a[0])
            return y * x
        """,
        "struct.pack_into has no derivative rule",
    ),
    "item_of_an_iterator_is_written": (
        """
        def f(x: np.ndarray, a: np.ndarray):
            y = np.exp(x)
            rows = iter(y)
            r = next(rows)
            r *= a[0]
            return y
        """,
        "this changes what 'y' is if r is an array",
    ),
    "items_of_a_zip_under_a_name_are_written": (
        """
        def f(x: np.ndarray, a: np.ndarray):
            y = np.exp(x)
            pairs = zip(y, a)
            for r, s in pairs:
                r *= s
            return y
        """,
        "this changes what 'y' is if r is an array",
    ),
    "items_of_what_is_enumerated_under_a_name_are_written": (
        """
        def f(x: np.ndarray, a: np.ndarray):
            y = np.exp(x)
            for i, r in enumerate(iter(y)):
                r *= a[i]
            return y
        """,
        "is if r is an array, and only then",
    ),
    "items_of_what_is_reversed_under_a_name_are_written": (
        """
        def f(x: np.ndarray, a: np.ndarray):
            y = np.exp(x)
            rows = reversed(y)
            r = next(rows)
            r *= a[0]
            return y
        """,
        "this changes what 'y' is if r is an array",
    ),
    "attribute_of_an_object_is_written": (
        """
        class Held:
            def __init__(self):
                self.v = np.ones(3)

        held = Held()

        def f(x: np.ndarray, a: np.ndarray):
            v = held.v
            v *= x
            return held.v * a
        """,
        "is if v is an array, and only then",
    ),
    "item_of_a_dict_that_is_given_is_written": (
        """
        def f(x: np.ndarray, a: dict):
            v = a["k"]
            v *= x
            return a["k"] * x
        """,
        "this changes what 'a' is if v is an array",
    ),
    "number_or_array_without_axes_has_another_name": (
        """
        def f(x: np.ndarray, a: np.ndarray):
            values = [x[0], np.array(1.3)]
            v = values[-1]
            w = v
            w -= a[0]
            return v * x
        """,
        "this changes what 'v' is if w is an array",
    ),
}

ITEMS = {
    "items_of_a_list_of_rows": program(
        "y = np.exp(x)",
        "rows = list(y)",
        "for r in rows:",
        "    r *= a[0]",
        "return y * a",
        example=(_M, _M),
    ),
    "item_of_a_tuple_of_rows": program(
        "y = np.exp(x)",
        "rows = tuple(y)",
        "p = rows[0]",
        "p += a[0]",
        "return y * a",
        example=(_M, _M),
    ),
    "item_of_a_display_of_rows": program(
        "y = np.exp(x)",
        "p = [*y][0]",
        "p *= a[0]",
        "return y",
        example=(_M, _M),
    ),
}

HARMLESS = {
    "print": "p = print\n    p(out, y)",
    "logging": "LOG.info('%s', len(out))",
    "questions": "print(len(out), isinstance(out, list), id(out), repr(y), f'{y}')",
    "copies": "copy.deepcopy(y)\n    pickle.dumps(y)\n    y.tobytes()",
    "counter": "TRACKER.n += 1",
    "time": "print(time.perf_counter())",
    "function_of_the_user": "count(y)",
    "partial": "say(y)",
}


@pytest.mark.parametrize("name", [*RIGHT, *ITEMS])
def test_right(name: str) -> None:
    for verdict in checked({**RIGHT, **ITEMS}[name]):
        assert verdict.way is not None, verdict
        allowed = {"right"} if verdict.way.like or name in RIGHT else {"right", "refused"}
        assert verdict.kind in allowed, verdict


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, form: str) -> None:
    text, message = REFUSED[name]
    with pytest.raises(TransformError, match=message):
        derived(case_of(name, text, ()).function, form=form)


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("name", HARMLESS)
def test_harmless(name: str, form: str) -> None:
    text = f"""
import copy, logging, pickle, time
from functools import partial

LOG = logging.getLogger("harmless")
say = partial(print, "a")

class Tracker:
    n = 0

TRACKER = Tracker()

def count(v):
    TRACKER.n += 1

def f(x: np.ndarray, a: np.ndarray):
    y = x * a
    out = [y]
    {HARMLESS[name]}
    return out[0] * y
"""
    derived(case_of(name, text, ()).function, form=form)
