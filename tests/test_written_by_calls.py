"""Calls that write into what they are given, or are called on: right, or refused, and those that write nothing stay."""

from __future__ import annotations

import pytest

from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.fuzz.program import Program, written_down
from tests.fuzz.verdicts import checked
from tests.regression_case import case_of

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

_CHANGED = """
class Held:
    def __init__(self, v):
        self.v = v
        self.copy = np.sin

    def change(self):
        self.copy = np.cos
"""

KEPT = {
    "append_of_what_is_bound_again": program(
        "out = []",
        "old = out",
        "add = out.append",
        "add(x)",
        "out = [out[0] * 2.0]",
        "add(a)",
        "return out[0] * old[1] * a",
    ),
    "pop_of_what_is_bound_again": program(
        "v = [x, a]", "pop = v.pop", "v = [a]", "return pop() * pop() * v[0]"
    ),
    "mean_of_what_is_bound_again": program(
        "y = x * a", "mean = y.mean", "z = y", "y = y * 2", "z += x", "return mean() * y"
    ),
    "mean_of_what_is_changed": program("y = x * a", "m = y.mean", "y *= x", "return m() * y"),
    "sum_of_a_parameter_that_is_changed": program("m = x.sum", "x += a", "return m() * a"),
    "sum_of_a_parameter_that_is_bound_again": program(
        "m = x.sum", "x = x * a", "return m() * a * x"
    ),
    "fill_of_a_parameter_that_is_changed": program(
        "put = x.fill", "y = np.sin(x)", "x *= 2.0", "put(a[0])", "return x * y * a"
    ),
    "fill_of_what_is_bound_again": program(
        "y = x * a", "z = y", "put = y.fill", "y = y * 2", "put(a[0])", "return y * z"
    ),
    "iadd_of_what_is_bound_again": program(
        "y = x * a", "z = y", "m = y.__iadd__", "y = y * a", "m(x)", "m(a)", "return y * z"
    ),
    "iadd_of_a_list_that_is_bound_again": program(
        "p = [x]", "q = p", "m = p.__iadd__", "p = [a]", "m([x * a])", "return q[1] * p[0]"
    ),
    "setitem_of_what_is_bound_again": program(
        "y = x * a", "z = y", "m = y.__setitem__", "y = y * a", "m(0, x[1])", "return y * z"
    ),
    "get_of_what_is_bound_again": program(
        "d = {'k': x, 'l': a}",
        "get = d.get",
        "d = {'k': x * a, 'l': a}",
        "return get('k') * d['k']",
    ),
    "sum_of_one_of_two": program(
        "y = x * a", "m = x.sum if a[0] > 0.1 else y.sum", "y *= 2.0", "return m() * y"
    ),
    "fill_of_one_of_two": program(
        "y = x * a", "z = x + a", "m = y.fill if a[0] > 0.7 else z.fill", "m(a[1])", "return y * z"
    ),
    "sum_in_branches": program(
        "y = x * a",
        "if a[0] > 0.1:",
        "    m = y.sum",
        "else:",
        "    m = x.sum",
        "y *= 2.0",
        "return m() * y",
    ),
    "append_in_branches": program(
        "p, q = [x], [a]",
        "if a[0] > 0.1:",
        "    m = p.append",
        "else:",
        "    m = q.append",
        "m(x * a)",
        "return p[-1] * q[-1]",
    ),
    "sum_named_in_a_loop": program(
        "y = x * 1",
        "for i in range(3):",
        "    m = y.sum",
        "    y = y * a",
        "    y[i] = m()",
        "return y * a",
    ),
    "sum_named_before_a_loop": program(
        "y = x * 1",
        "m = y.sum",
        "t = 0.0",
        "for i in range(3):",
        "    y = y * a",
        "    t = t + m() * y[i]",
        "return y * t",
    ),
    "append_named_again_in_a_loop": program(
        "p = []",
        "add, n = p.append, 0",
        "while n < 3:",
        "    if n == 2:",
        "        p = [x * n]",
        "        add = p.append",
        "    add(a * n)",
        "    n += 1",
        "return p[0] * p[-1] * len(p)",
    ),
    "fill_of_some_rows": program(
        "y = np.exp(x)", "put = y[:2].fill", "y *= 2.0", "put(a[0])", "return y * a"
    ),
    "copy_that_is_made_later": program(
        "y = x * a", "c = y.copy", "y += x", "z = c()", "y += a", "return y * z"
    ),
    "methods_of_the_same_name_in_a_closure": program(
        "y = x * a",
        "m = y.sum",
        "def g(v):",
        "    m = v.sum",
        "    v = v * 2",
        "    return m() * v",
        "y *= 2.0",
        "return m() * g(a)",
    ),
    "iadd_in_a_closure": program(
        "y = x * a",
        "z = y",
        "m = y.__iadd__",
        "y = y * a",
        "def g(v):",
        "    m(v)",
        "g(x)",
        "return y * z",
    ),
    "iadd_called_in_a_closure": program(
        "y = x * 1", "def g(v):", "    y.__iadd__(v)", "g(a)", "return y * x"
    ),
    "method_and_value_in_a_tuple": program(
        "y = x * 1", "y += a", "p, q = y.fill, y * 2", "y *= 2.0", "p(a[0])", "return q * y"
    ),
    "append_of_an_attribute": written_down(
        """
        class Held:
            def __init__(self):
                self.items = []

            def keep(self, v):
                add = self.items.append
                for k in range(2):
                    add(v * k)

        def f(x: np.ndarray, a: np.ndarray):
            held = Held()
            held.keep(x)
            held.keep(a)
            return held.items[1] * held.items[-1]
        """,
        (_A, _B),
        wrt=("x", "a"),
    ),
    "function_that_an_object_holds": written_down(
        _CHANGED
        + """
def f(x: np.ndarray, a: np.ndarray):
    o = Held(x)
    m = o.copy
    o.change()
    return m(a) * x
""",
        (_A, _B),
        wrt=("x", "a"),
    ),
    "function_that_an_object_holds_and_is_given_another_of": written_down(
        _CHANGED
        + """
def f(x: np.ndarray, a: np.ndarray):
    o = Held(x)
    m = o.copy
    o.copy = np.cos
    return m(a) * x
""",
        (_A, _B),
        wrt=("x", "a"),
    ),
}

REFUSED = {
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
    "sum_that_is_named_again_elsewhere": (
        """
        def f(x: np.ndarray, a: np.ndarray):
            y = x * a
            m = y.sum

            def g(v):
                nonlocal m
                m = v.sum

            g(x)
            return m() * y
        """,
        "isn't known which function m_1 is",
    ),
    "sum_that_is_looked_at": (
        """
        def f(x: np.ndarray, a: np.ndarray):
            y = x * a
            m = y.sum
            y = y * 2
            return m() * m.__self__ * y
        """,
        "isn't known which function m is",
    ),
    "method_that_may_be_missing": (
        """
        def f(x: np.ndarray, a: np.ndarray):
            k, y = 2.0, 3.0
            try:
                m = y.fill
                k = 7.0
                m(1.0)
            except AttributeError:
                k = 3.0
            return x * a * k
        """,
        "this try statement is not supported",
    ),
    "iadd_of_a_list_in_a_closure": (
        """
        def f(x: np.ndarray, a: np.ndarray):
            y = [x * 1]

            def g(v):
                y.__iadd__([v])

            g(a)
            return y[1] * x
        """,
        "g writes into its argument y",
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
    "attribute_that_is_an_array_elsewhere_is_written": (
        """
        class Held:
            def __init__(self):
                self.v = np.ones(3)

        held = Held()
        also = held.v

        def f(x: np.ndarray, a: np.ndarray):
            held.v += 1.0
            return also * a
        """,
        "is if held_v is an array, and only then",
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


@pytest.mark.parametrize("name", [*RIGHT, *KEPT, *ITEMS])
def test_right(name: str) -> None:
    for verdict in checked({**RIGHT, **KEPT, **ITEMS}[name]):
        assert verdict.way is not None, verdict
        allowed = {"right"} if verdict.way.like or name not in ITEMS else {"right", "refused"}
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
