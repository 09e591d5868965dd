"""Programs with functions inside that read what is given another value, or written into, before they are called.

What they read carries no derivative by s, so that they are called as they stand.
"""

from __future__ import annotations

from textwrap import dedent

from tests.fuzz.program import Program, written_down

__all__ = ["PROGRAMS"]

_BEFORE = """
from functools import partial


class Held:
    def __init__(self, y):
        self.y = y

    def total(self):
        return self.y.sum()

    def __call__(self, k):
        return self.y[k]


"""
_TEXTS = {
    "array_is_another_one": """
        def f(y: np.ndarray, s: float, n: int):
            def g(): return y
            y = y * 2
            return s * g()
        """,
    "called_before_the_write": """
        def f(y: np.ndarray, s: float, n: int):
            def g(): return y[0] * 2
            v = g()
            y[0] = 5.0
            return s * v
        """,
    "called_before_and_after_the_write": """
        def f(y: np.ndarray, s: float, n: int):
            def g(): return y[0] * 2
            v = g()
            y[0] = 5.0
            return s * v * g()
        """,
    "written_in_the_loop_that_calls": """
        def f(y: np.ndarray, s: float, n: int):
            def g(): return y[0] * 2
            t = 0.0
            for k in range(n):
                t += s * g()
                y[0] += 1
            return t
        """,
    "called_by_other_names": """
        def f(y: np.ndarray, s: float, n: int):
            g = lambda: y[0] * 2
            h = g
            fs = [h, g]
            y[0] += 1
            return s * fs[0]() + s*h()
        """,
    "list_grows": """
        def f(y: np.ndarray, s: float, n: int):
            xs = [1.0, 2.0]
            def g(): return sum(xs)
            xs.append(3.0)
            xs[0] = 4.0
            return s * g()
        """,
    "called_by_another_and_as_a_partial": """
        def f(y: np.ndarray, s: float, n: int):
            def g(k): return y[k]
            def h(): return g(0) + 1
            y[0] += 1
            p = partial(g, 0)
            y[0] += 1
            a = s * h() * p()
            y[0] += 1
            b = s * h() * p()
            return a + b
        """,
    "called_by_map": """
        def f(y: np.ndarray, s: float, n: int):
            def g(k): return y[k]
            y[0] += 1
            return s * sum(map(g, range(2)))
        """,
    "written_through_its_base": """
        def f(y: np.ndarray, s: float, n: int):
            z = y[1:]
            def g(k): return z[k]
            y[1] += 5
            return s * g(0)
        """,
    "dict_changes": """
        def f(y: np.ndarray, s: float, n: int):
            D = {"a": 1.0}
            def g(k): return D[k]
            D["a"] = 5.0
            return s * g("a")
        """,
    "number_is_another_one_twice": """
        def f(y: np.ndarray, s: float, n: int):
            t = 1.0
            def g():
                return t
            t = 3.0 * y[0]
            r = s * g()
            t = 4.0
            return r * g()
        """,
    "filled_in_a_loop": """
        def f(y: np.ndarray, s: float, n: int):
            t = np.zeros(3)
            def g():
                return t
            for k in range(n):
                t[k] = k + 1
            return s * g()
        """,
    "called_with_what_carries_a_derivative": """
        def f(y: np.ndarray, s: float, n: int):
            t = np.zeros(3)
            def g(u):
                return u * t.sum()
            t[0] = 2
            a = g(s)
            t[0] = 3
            return a * g(s)
        """,
    "method_of_an_array": """
        def f(y: np.ndarray, s: float, n: int):
            m = y.sum
            y[0] = 5.0
            return s * m()
        """,
    "method_of_an_object": """
        def f(y: np.ndarray, s: float, n: int):
            o = Held(y)
            y[0] = 5.0
            return s * o.total()
        """,
    "object_is_called": """
        def f(y: np.ndarray, s: float, n: int):
            o = Held(y)
            y[0] = 5.0
            return s * o(0)
        """,
    "method_under_a_name": """
        def f(y: np.ndarray, s: float, n: int):
            o = Held(y)
            m = o.total
            y[0] = 5.0
            return s * m()
        """,
    "attribute_is_another_one": """
        def f(y: np.ndarray, s: float, n: int):
            o = Held(y)
            o.y = y * 3
            m = o.total
            o.y = y * 4
            return s * m()
        """,
    "counter_of_its_own": """
        def f(y: np.ndarray, s: float, n: int):
            k = 0
            def nxt():
                nonlocal k
                k += 1
                return k
            a = s * nxt()
            b = s * nxt()
            return a * b + k * s
        """,
    "loop_variable_of_the_loop_around": """
        def f(y: np.ndarray, s: float, n: int):
            t = 0.0
            for k in range(n + 1):
                g = lambda: k * 1.0
                t += s * g()
            return t + s * g()
        """,
    "loop_variable_of_a_later_loop": """
        def f(y: np.ndarray, s: float, n: int):
            t = 0.0
            g = lambda: k * 1.0
            for k in range(1, n + 2):
                t += s * g()
            return t + s * g()
        """,
    "made_by_a_function": """
        def f(y: np.ndarray, s: float, n: int):
            def outer():
                def inner():
                    return y[0] + w
                return inner
            w = 2.0
            inn = outer()
            w = 3.0
            y[0] = 9.0
            return s * inn()
        """,
    "functions_in_a_list": """
        def f(y: np.ndarray, s: float, n: int):
            fs = [lambda: y[0], lambda: w]
            w = 2.0
            t = 0.0
            for f in fs:
                t += s * f()
            w = 3.0
            y[0] = 5.0
            for f in fs:
                t += s * s * f()
            return t
        """,
    "function_in_a_dict": """
        def f(y: np.ndarray, s: float, n: int):
            D = {"f": lambda: y[0]}
            y[0] = 5.0
            return s * D["f"]()
        """,
    "one_of_two_definitions": """
        def f(y: np.ndarray, s: float, n: int):
            if n > 1:
                g = lambda: y[0]
            else:
                g = lambda: y[1]
            y[0] = 5.0
            y[1] = 6.0
            return s * g()
        """,
    "one_of_two_lambdas": """
        def f(y: np.ndarray, s: float, n: int):
            g = (lambda: y[0]) if n > 1 else (lambda: y[1])
            y[0] = 5.0
            y[1] = 6.0
            return s * g()
        """,
    "calls_itself": """
        def f(y: np.ndarray, s: float, n: int):
            def g(m):
                return 1.0 if m < 1 else g(m - 1) * y[0]
            y[0] = 3.0
            return s * g(n)
        """,
    "vectorized": """
        def f(y: np.ndarray, s: float, n: int):
            g = np.vectorize(lambda k: y[0] * k)
            y[0] = 3.0
            return (s * g(np.arange(3))).sum()
        """,
    "in_a_comprehension": """
        def f(y: np.ndarray, s: float, n: int):
            q = np.sum(np.array([1.0 for _ in y if (lambda: y[0])() > 0]))
            y[0] = -3.0
            r = np.sum(np.array([1.0 for _ in y if (lambda: y[0])() > 0]))
            return s * q * (r + 1)
        """,
    "asked_in_a_test": """
        def f(y: np.ndarray, s: float, n: int):
            def g():
                return y[0]
            for k in range(n):
                if g() > 3:
                    s = s * 2
                y[0] += 1
            return s
        """,
    "asked_by_a_while": """
        def f(y: np.ndarray, s: float, n: int):
            def g():
                return y[0] > 3.3
            while not g():
                s = s * 1.5
                y[0] += 1
            return s
        """,
    "bound_of_a_while_changes": """
        def f(y: np.ndarray, s: float, n: int):
            lim = 1
            def g(a):
                return a < lim
            k = 0
            while g(k):
                s = s * 1.5
                lim = 3
                k += 1
            return s
        """,
}
_INPUTS = ("np.array([0.7, 2.1, -0.4])", "0.6", "2"), ("np.array([1.2, -0.8, 0.3])", "-1.1", "0")

PROGRAMS: dict[str, Program] = {
    f"{name}-{'-'.join(wrt)}": written_down(_BEFORE + dedent(text), *_INPUTS, wrt=wrt)
    for name, text in _TEXTS.items()
    for wrt in (("s",), ("y", "s"))
}
