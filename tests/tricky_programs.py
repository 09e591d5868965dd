"""Programs in which Python's order of evaluation, its scopes and its jumps show.

`PROGRAMS` has (name, text, inputs); the text's last function is the program, and the inputs are
tuples of arguments. All have to behave the same after every pass.
"""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np

__all__ = ["PROGRAMS", "UNCOUNTED"]

UNCOUNTED = "not known to be no sequences"
"""The program with loops that are counted wrongly where `uncounted` doesn't mend them."""

_A = np.array([1.0, -2.0, 0.5, 3.0])
_M = np.arange(6.0).reshape(2, 3)

_TRICKY: list[tuple[str, str, tuple[tuple[Any, ...], ...]]] = [
    (
        "chain_evaluates_once",
        """
        def f(a, b, log):
            def note(v):
                log.append(v)
                return v
            return note(a) < note(b) <= note(a + b) != note(3)
        """,
        ((1, 2, []), (2, 1, []), (1, 5, []), (1, 2.0, [])),
    ),
    (
        "chain_rebinds_its_operand",
        """
        def f(a, b):
            return a < (a := b) < a + 1, a
        """,
        ((1, 2), (2, 1)),
    ),
    (
        "chain_of_arrays_raises",
        """
        def f(a):
            return 0 < a < 3
        """,
        ((_A,), (_A[:1],), (np.array(2.0),), (2,)),
    ),
    (
        "short_circuits_with_effects",
        """
        def f(a, b, log):
            t = (log.append("x") or a) and (log.append("y") or b) or log.append("z") or a
            u = a and b and log or b
            v = not (a or b) and (log.append(3) or 1)
            return t, u, v
        """,
        ((0, 0, []), (0, 1, []), (1, 0, []), (1, 2, [])),
    ),
    (
        "short_circuit_guards_an_index",
        """
        def f(xs, k):
            if k < len(xs) and xs[k] > 0:
                return xs[k]
            while k > 0 and xs[k - 1] < 0:
                k -= 1
            return k
        """,
        (([1, 2], 1), ([1, -2], 2), ([], 0), ([-1.0, -1.0], 2)),
    ),
    (
        "walrus_before_and_after",
        """
        def f(x, y):
            a = x + (x := y) * x
            b = (x := x + 1) + x
            c = [x, (x := 7), x]
            d = (y := 3) if x > 5 else (y := 4)
            return a, b, c, d, x, y
        """,
        ((1, 2), (3.5, -1.0)),
    ),
    (
        "walrus_in_loop_test",
        """
        def f(xs):
            total = 0
            while (n := len(xs)) > 1 and (last := xs.pop()) != 0:
                total += n * last
            return total, n, xs
        """,
        (([1, 2, 3],), ([1, 0, 3],), ([1],), ([],)),
    ),
    (
        "walrus_in_comprehension",
        """
        def f(xs):
            seen = [last := x * 2 for x in xs if (big := x > 1) or x == 0]
            return seen, last, big
        """,
        (([1, 2, 3],), ([0],), ([],)),
    ),
    (
        "walrus_in_assert",
        """
        def f(xs):
            n = 5
            assert (n := len(xs)) > 1
            return n
        """,
        (([1, 2],), ([],)),
    ),
    (
        "walrus_and_augmented",
        """
        def f(x):
            x += (x := 10)
            y = x
            y *= (y := 2) + y
            return x, y
        """,
        ((1,), (2.5,)),
    ),
    (
        "loop_else",
        """
        def f(xs, key):
            for i, x in enumerate(xs):
                if x == key:
                    found = i
                    break
                if x < 0:
                    continue
            else:
                found = -1
            while key > 0:
                key -= 1
                if key == 3:
                    break
            else:
                found += 100
            return found
        """,
        (([1, 2], 2), ([1, -1], 0), ([], 7), ([-1], 5)),
    ),
    (
        "break_of_the_outer_loop_in_an_else",
        """
        def f(n):
            out = []
            for i in range(n):
                for j in range(i):
                    if j == 2:
                        break
                else:
                    if i == 2:
                        continue
                    out.append((i, "none"))
                    if i > 3:
                        break
                out.append((i, j))
            else:
                out.append("end")
            return out
        """,
        ((0,), (1,), (2,), (3,), (6,)),
    ),
    (
        "return_within_nested_loops",
        """
        def f(n, limit):
            total = 0
            for i in range(n):
                for j in range(i):
                    total += j
                    if total > limit:
                        return i, j, total
                    while total % 3:
                        total += 1
                        if total == limit:
                            return
                if i > 5:
                    return total
            total = -total
            return total
        """,
        ((0, 5), (4, 100), (5, 4), (5, 3), (9, 1000)),
    ),
    (
        "return_in_loop_else",
        """
        def f(xs):
            for x in xs:
                if x:
                    break
            else:
                return "none"
            x += 1
            return x
        """,
        (([],), ([0],), ([0, 3],)),
    ),
    (
        "falls_off_the_end",
        """
        def f(a):
            if a > 2:
                return a
            for i in range(a):
                if i:
                    return
        """,
        ((0,), (2,), (3,)),
    ),
    (
        "code_after_jumps",
        """
        def f(n):
            out = []
            while True:
                n -= 1
                if n < 0:
                    break
                    out.append("never")
                elif n % 2:
                    continue
                    out.append("never")
                else:
                    if n == 4:
                        out.append(4)
                        continue
                out.append(n)
            return out
            out.append("never")
        """,
        ((0,), (7,)),
    ),
    (
        "endless_loop_left_by_return",
        """
        def f(n):
            while True:
                n = n - 2
                while 1:
                    n += 1
                    if n > 3:
                        return n
                    break
                if n < -4:
                    return -n
        """,
        ((0,), (9,)),
    ),
    (
        "swapped_stores",
        """
        def f(xs, i, j):
            xs[i], xs[j] = xs[j], xs[i]
            i, xs[i] = j, i
            xs[j], j = j, xs[j]
            a, a = i, j
            (a, b), c = (i, j), a
            return xs, i, j, a, b, c
        """,
        (([5, 6, 7], 0, 2), (np.array([5, 6, 7]), 1, 0)),
    ),
    (
        "swapped_slices_overlap",
        """
        def f(x):
            x[1:], x[:-1] = x[:-1], x[1:]
            x[0], x[1] = x[1], x[0]
            return x
        """,
        ((_A,), ([1, 2, 3],), (_M,)),
    ),
    (
        "targets_left_to_right",
        """
        def f(xs, i):
            i = xs[i] = i + 1
            k = xs[k] = 0
            xs[0] = xs = [9, i]
            return xs, i, k
        """,
        (([5, 6, 7], 0), ([5], 0)),
    ),
    (
        "augmented_stores_on_arrays",
        """
        def f(x, n):
            x[0] += 1.5
            x[1:] *= x[:-1]
            x[n] += x[n] + 1
            x[[0, 0]] += 1
            x[x > 2] -= 0.5
            y = x[1:]
            y += 1
            x /= 2
            return x, y
        """,
        ((_A, 1), (_M, 0), (np.array([1, 2, 3]), 2), (np.float32([1, 2, 3]), 0)),
    ),
    (
        "augmented_store_keeps_the_dtype",
        """
        def f(x):
            x[0] += 1.7
            x[1] = x[1] + 1.7
            x[2:] += 2
            return x
        """,
        ((np.array([1, 2, 3, 4]),), (np.float32([1, 2, 3]),)),
    ),
    (
        "augmented_store_of_lists",
        """
        def f(xs):
            a = xs[0]
            xs[0] += [1]
            xs[1] += (2,)
            xs[-1] = xs[0]
            xs[-1] += [7]
            return a, xs
        """,
        (([[0], (5,), [1]],), ([[0], [5], [1]],)),
    ),
    (
        "augmented_store_with_effects_in_the_index",
        """
        def f(xs, log):
            def at(k):
                log.append(k)
                return k
            xs[at(0)] += at(1) * xs[at(1)]
            xs[at(1)][at(0)] = at(5)
            return xs
        """,
        (([1, 2], []), ([1, [2]], []), ([[1], [2]], [])),
    ),
    (
        "augmented_names",
        """
        def f(x, v):
            y = x
            y += v
            z = y
            z = z + v
            y -= v
            return x, y, z
        """,
        ((_A, 2.0), (_A, _A), (1.5, 2), ((1,), (2,)), ([1], [2])),
    ),
    (
        "augmented_attribute",
        """
        class Box:
            def __init__(self, v):
                self.v = v
        def f(v):
            box = Box(v)
            box.v += 1
            box.v *= box.v
            box.w = other = box.v
            return box.v, box.w, other
        """,
        ((2,), (_A,)),
    ),
    (
        "comprehension_scopes",
        """
        def f(x, xs):
            y = [x for x in xs]
            z = [x + i for i in range(2) for x in xs if x > i]
            w = [[x * y for y in xs] for x in xs]
            v = sum(x * x for x in y)
            u = [x for x in [x for x in xs]]
            return x, y, z, w, v, u
        """,
        ((10, [1, 2]), (0, []), ("x", [3.5])),
    ),
    (
        "comprehension_variables_are_unbound_outside",
        """
        def f(xs):
            y = [k for k in xs]
            try_ = sum(k for k in xs)
            return k
        """,
        (([1],),),
    ),
    (
        "comprehension_iterates_first_outside",
        """
        def f(x):
            return [x for x in x], [(a, b) for a in x for b in a], x
        """,
        (([[1, 2], [3]],), ([],)),
    ),
    (
        "comprehension_in_assert_and_lambda",
        """
        def f(v, xs):
            k = v
            assert all(k > 0 for k in xs)
            g = lambda: [k * v for v in xs]
            v = f"{[v for v in xs]} {v} {k}"
            return k, g(), v
        """,
        ((7, [1, 2]), (7, [0]), (8, [])),
    ),
    (
        "any_and_all",
        """
        def f(xs, log):
            a = any(log.append(x) or x > 1 for x in xs)
            b = all(log.append(x) or x for x in xs for _ in range(2) if x != 5)
            return a, b, any([]), all(x for x in ())
        """,
        (([0, 2, 3], []), ([5, 1, 0, 1], []), ([], [])),
    ),
    (
        "generators_with_arguments",
        """
        def f(xs):
            return (sum((x * 2 for x in xs), 10), max((x for x in xs), default=-1),
                    sorted((x for x in xs), key=lambda t: -t), tuple(x for x in xs),
                    list(-x for x in xs))
        """,
        (([3, 1],), ([],)),
    ),
    (
        "loop_variable_after_the_loop",
        """
        def f(xs, n):
            for i in range(n):
                pass
            for j, x in enumerate(xs, 5):
                x = x + 1
            for k in reversed(range(n)):
                k = k * 2
            return i, j, x, k
        """,
        (([1, 2], 3), ([1], 1), ([], 1), ([1], 0)),
    ),
    (
        "loop_variable_shared_by_loops",
        """
        def f(n, xs):
            i = "start"
            for i in range(n):
                for i in xs:
                    i = i + 1
                xs = xs + [i]
            return i, xs
        """,
        ((0, [1]), (2, [1]), (2, [])),
    ),
    (
        "loop_rebinds_what_it_runs_over",
        """
        def f(xs, n):
            total = 0
            for x in xs:
                xs = [5]
                total += x
            for i in range(n):
                n = 1
                total += n
            for a, b in zip(xs, range(n, 9)):
                xs, n = b, a
            return total, xs, n
        """,
        (([1, 2], 3), ([], 0)),
    ),
    (
        "list_grows_in_its_loop",
        """
        def f(xs):
            for x in xs:
                if x > 0:
                    xs.append(x - 1)
            for x in xs:
                del xs[-1]
            return xs
        """,
        (([3],), ([0],), ([],)),
    ),
    (
        "array_is_written_in_its_loop",
        """
        def f(x):
            for row in x:
                row += 1
                x[0] = 2 * row
            for a, b in zip(x, reversed(x)):
                x[1] = a + b
            return x
        """,
        ((_M,), (_A,)),
    ),
    (
        "zero_trips",
        """
        def f(n, xs):
            total = 1.0
            for _ in range(n):
                total = total * 2
                last = total
            for x in xs:
                total, last = x, total
            while n > 0:
                n -= 1
                last = n
            return total, last
        """,
        ((0, []), (1, []), (0, [3]), (2, [4, 5])),
    ),
    (
        "unpacking",
        """
        def f(xs):
            a, (b, c) = xs
            (d,) = b
            [e, g] = c
            for (h, i), j in [((a, d), e)]:
                e = h + i + j
            return a, b, c, d, e, g, h, i, j
        """,
        (([1, ([2], (3, 4))],), ([1, [[2], [3, 4]]],), ([1, [2, 3]],), ([1],)),
    ),
    (
        "iterators_that_cannot_be_counted",
        """
        def f(d, xs):
            out = []
            for k, v in d.items():
                out.append((k, v))
            for i, k in enumerate(d.values()):
                out.append(i + k)
            for a, b in zip(map(abs, xs), iter(xs)):
                out.append(a - b)
            return out
        """,
        (({}, []), ({"a": 1}, [-1, 2])),
    ),
    (
        UNCOUNTED,
        """
        def f(d, xs):
            out = []
            for k in d:
                out.append(k)
            for i, (k, x) in enumerate(zip(d, xs)):
                out.append((i, k, x))
            for (c,) in d:
                out.append(c)
            return out
        """,
        (({}, []), ({"a": 1}, [-1, 2]), ({"a": 1, "b": 2}, {4: 0, 5: 0})),
    ),
    (
        "ranges",
        """
        def f(a, b, s):
            out = [list(range(a, b, s))]
            for i in range(a, b, s):
                out.append(i)
            for i in reversed(range(a, b)):
                out.append(i)
            for i in reversed(range(b, a, -1)):
                out.append(i)
            for i, j in zip(range(a, b, s), reversed(range(a, b, 2))):
                out.append((i, j))
            return out
        """,
        ((0, 5, 1), (5, 0, -2), (3, 3, 1), (-3, 9, 4), (0, 1, 0)),
    ),
    (
        "conditional_values",
        """
        def f(a, b, log):
            c = a if a > b else b if b > 3 else log.append(a)
            d = (a if c else b) + (log.append(b) or 1 if b else 2)
            return c, d, (a, b) if a else [a]
        """,
        ((1, 2, []), (0, 5, []), (3, 0, [])),
    ),
    (
        "unbound_names",
        """
        def f(a):
            if a > 0:
                y = a
            del a
            if y > 1:
                return y
            return a
        """,
        ((0,), (1,), (2,)),
    ),
    (
        "deleted_and_bound_again",
        """
        def f(x, xs):
            y = x
            del x
            x = y + 1
            del xs[0], y
            for y in xs:
                del y
            return x, xs
        """,
        ((1, [1, 2]), (2, [1])),
    ),
    (
        "raises_in_the_middle",
        """
        def f(a, log):
            log.append(1)
            if a < 0:
                raise ValueError(a)
            log.append(1 / a)
            assert a < 5, log.append("bad")
            return log
        """,
        ((-1, []), (0, []), (2, []), (6, [])),
    ),
    (
        "nested_functions",
        """
        def f(x, n):
            def g(y, k=n):
                def h(z):
                    return z * x + k
                return h(y) + h(k)
            def fact(k):
                return 1 if k < 1 else k * fact(k - 1)
            p = lambda t, *, s=x: t * s + fact(n)
            return g(x) + g(1, 2) + p(3) + p(1, s=0)
        """,
        ((1.5, 2), (_A, 3)),
    ),
    (
        "nested_functions_see_later_values",
        """
        def f(x):
            g = lambda: x * 10
            a = g()
            x = 3
            b = g()
            out = []
            for i in range(2):
                out.append(lambda: i)
            return a, b, [h() for h in out], g()
        """,
        ((1,),),
    ),
    (
        "starred_calls",
        """
        def f(xs, d):
            def g(*args, k=1, **other):
                return args, k, sorted(other)
            return g(*xs, 5, *[x for x in xs], **d), [*xs, 0], (*xs, *xs), {**d, "k": 3}
        """,
        (([1], {"k": 2}), ([], {"z": 0})),
    ),
    (
        "parameters_of_every_kind",
        """
        def f(a, /, b=2, *args, c, d=4, **rest):
            args = args + (a,)
            return a, b, args, c, d, rest
        def g(x):
            return f(x, c=1), f(x, 3, 4, c=x, e=5)
        """,
        ((1,),),
    ),
    (
        "slices_and_ellipses",
        """
        def f(x, n):
            x[..., None] = 2 * x[..., None]
            x[n:, ::2] += x[:1, n]
            x[:, -1] = x[n]
            return x[::-1], x[:-1, None], x[..., n]
        """,
        ((_M, 1), (np.ones((3, 3)), 0)),
    ),
    (
        "effects_in_arguments_keep_their_order",
        """
        def f(xs):
            return [xs.pop() - xs.pop(), xs.pop(0)], {xs[0]: xs.pop(), "k": len(xs)}, xs
        """,
        (([1, 2, 3, 4, 5],), ([1],)),
    ),
    (
        "names_like_the_generated_ones",
        """
        def f(_1, out, returned, k, item, broke):
            for _2 in [_1, out]:
                for item in k:
                    if item == _2:
                        return returned, _2
                    if item > 5:
                        break
                else:
                    broke = 0
            _3 = broke
            return out, _3, item
        """,
        ((1, 2, 3, [4, 5], 6, 7), (1, 2, 3, [2], 6, 7), (1, 2, 3, [9], 6, 7), (1, 2, 3, [], 6, 7)),
    ),
    (
        "docstring_and_annotations",
        '''
        def f(x: float, y: "int" = 2) -> float:
            """Text."""
            z: float = x * y
            w: float
            if y > 1:
                w = z
            return w
        ''',
        ((1.5,), (1.5, 0)),
    ),
    (
        "imports_inside",
        """
        def f(x):
            import math
            from math import sin as s, cos
            import os.path as p
            return math.exp(x) + s(x) * cos(x), p.sep
        """,
        ((0.5,),),
    ),
    (
        "shadowed_builtins",
        """
        def f(xs, range, len):
            sum = range + len
            for x in xs:
                sum += x
            zip = [sum, x]
            for a in zip:
                sum += a
            return sum
        """,
        (([1, 2], 3, 4), ([], 3, 4)),
    ),
]

PROGRAMS = tuple((name, textwrap.dedent(text), inputs) for name, text, inputs in _TRICKY)
