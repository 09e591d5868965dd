"""Programs in which lists have several names, change their length, and are read before and after."""

from __future__ import annotations

import math
from typing import Any

__all__ = ["INPUTS"]


def binomial(x: float, n: int):
    values = [x * 1.1**j for j in range(n + 1)]
    for i in range(n - 1, -1, -1):
        values = [0.5 * (values[j + 1] * values[j]) + x for j in range(i + 1)]
    return values[0]


def grown_and_handed_on(x: float, n: int):
    values = []
    for i in range(n):
        values.append(x * (i + 1))
        new = []
        for v in values:
            new.append(v * v + x)  # noqa: PERF401
        new.append(x)
        values = new
        values.append(x * x)
    return sum(values)


def old_list_changed_after(x: float, n: int):
    cur = [x]
    total = 0.0
    for i in range(n):
        prev = cur
        prev.append(x * i)
        prev[0] = prev[0] * x
        cur = [prev[0] + prev[-1], x]
        total += prev[0] * prev[-1]
    return total + cur[0]


def popped_under_another_name(x: float, n: int):
    a = [x * k for k in range(1, 6)]
    b = a
    total = 0.0
    for _ in range(n):
        total = total * x + b.pop()
    return total + sum(b)


def swapped_and_appended(x: float, n: int):
    a = [x, x * x]
    b = [1.0 + x]
    for i in range(n):
        b.append(a[0] * x + i)
        b.append(a[-1])
        a, b = b, a
    return sum(a) * 2 + sum(b) * x


def swapped_with_stores(x: float, n: int):
    prev = [x * j for j in range(4)]
    cur = [0.0 * j for j in range(4)]
    for i in range(n):
        for j in range(1, 4):
            cur[j] = prev[j] * x + prev[j - 1] * i
        cur[0] = x
        prev, cur = cur, prev
    return prev[3] * prev[1] + cur[2]


def handed_on_in_a_branch(x: float, n: int):
    best = [x]
    for i in range(n):
        new = [x * i, x]
        new.append(best[0] * 0.5 + new[0])
        if i % 2:
            best = new
            best.append(x**3)
        else:
            new.append(x)
    return sum(best) * best[-1]


def both_live(x: float, n: int):
    a = [x * k for k in range(3)]
    b = a
    for i in range(n):
        b = [a[k] * b[k] + i for k in range(3)]
    return a[1] * b[2] + sum(b)


def both_live_and_appended(x: float, n: int):
    a = [x]
    b = a
    for _ in range(n):
        b.append(a[-1] * x)
    return a[-1] + sum(b)


def stored_through_an_alias(x: float, n: int):
    a = [x, 2.0 * x]
    b = a
    for i in range(n):
        b[0] = a[1] * x + i
        a[1] = b[0] * b[1]
    return a[0] + b[1]


def read_before_handed_on(x: float, n: int):
    old = [x]
    total = 0.0
    for i in range(n):
        new = list(old)
        new.append(old[-1] * x)
        total += old[0] * new[-1] + i
        old = new
    return total + len(old) * x


def one_of_two(x: float, n: int):
    a = [x]
    a.append(x * x)
    b = [2.0 * x]
    b.append(x)
    b.append(3.0)
    chosen = a if n % 2 else b
    chosen.append(x * 5)
    for _ in range(n):
        chosen.append(chosen[-2] * x)
    return sum(chosen)


def one_of_two_read_again(x: float, n: int):
    a = [x]
    b = [2.0 * x]
    b.append(x)
    chosen = a if n % 2 else b
    total = a[0] * b[0]
    chosen.append(x * 5)
    return total * chosen[-1] + len(chosen)


def bound_in_the_loop_only(x: float, n: int):
    total = x
    for i in range(n):
        if i == 0:
            row = [total * x, x]
        row.append(row[-1] * x)
        total += row[-1] + row[0]
    return total


def loop_left_early(x: float, n: int):
    values = [x]
    for i in range(n):
        new = [v * x for v in values]
        new.append(x)
        values = new
        if len(values) > 3:
            break
        values.append(values[0] * i)
    return sum(values)


def left_in_the_middle(x: float, n: int):
    values = [x, x * x]
    for i in range(n):
        values.append(x * i)
        if i == 2:
            return sum(values) * values[-1]
        values = [v * 1.5 for v in values]
        if i == 1:
            continue
        values.pop()
    return sum(values)


def while_longer(x: float, n: int):
    values = [x * j for j in range(n + 1)]
    while len(values) > 1:
        values = [values[j] * values[j + 1] + x for j in range(len(values) - 1)]
    return values[0]


def polynomial(x: float, n: int):
    coefficients = [1.0]
    for k in range(n):
        new = [0.0] * (len(coefficients) + 1)
        for i, c in enumerate(coefficients):
            new[i] += c * x
            new[i + 1] += c * (k + 1)
        coefficients = new
    return sum(c * (i + 1) for i, c in enumerate(coefficients))


def stack_emptied(x: float, n: int):
    todo = [x]
    total = 0.0
    for i in range(n):
        done = []
        while todo:
            item = todo.pop()
            total += item * x
            done.append(item * 0.5)
            if len(done) < i:
                done.append(item * x)
        todo = done
    return total + sum(todo)


def copied_then_changed(x: float, n: int):
    a = [x, x * x]
    for i in range(n):
        b = a[:]
        b.append(a[0] * b[1])
        a.append(x)
        a = [b[-1] + i, a[-1], b[0]]
    return a[0] * a[1]


def concatenated(x: float, n: int):
    a = [x]
    for i in range(n):
        a = a + [a[-1] * x + i]  # noqa: RUF005
    return sum(a)


def three_names(x: float, n: int):
    a, b, c = [x], [x * 2, x], [x * 3]
    for i in range(n):
        a.append(c[-1] * x)
        a, b, c = b, c, a
        c.append(i * x)
    return sum(a) + sum(b) * x + c[-1]


def same_list_twice(x: float, n: int):
    a = [x, x]
    b, c = a, a
    for i in range(n):
        b = [b[0] * x, c[1] + i]
        b.append(x)
    return b[0] + c[0] * a[1]


def old_one_kept_for_later(x: float, n: int):
    values = [x, 2 * x]
    first = values
    for i in range(n):
        values = [v * x + i for v in values]
    return first[0] * values[1]


def old_one_kept_and_changed(x: float, n: int):
    values = [x, 2 * x]
    first = values
    for i in range(n):
        values = [v * x + i for v in values]
        first.append(values[0])
    return first[-1] * values[1]


def nested_loops(x: float, n: int):
    out = []
    for i in range(n):
        row = [x]
        for j in range(i):
            nxt = [v * x for v in row]
            nxt.append(x + j)
            row = nxt
        out.append(sum(row))
        if i > 1:
            out = [o * o for o in out]
    return sum(out)


def integers_and_numbers(x: float, n: int):
    values = [1, 2]
    for i in range(n):
        values = [v * x for v in values]
        values.append(i)
    return sum(values)


def returned_list(x: float, n: int):
    values = [x]
    for i in range(n):
        values = [v * x + i for v in values]
        values.append(x)
    return values


def powers(x: float, n: int):
    row = [1.0]
    for i in range(1, n + 1):
        row.append(row[i - 1] * x)
    rows = row
    row = [r * r for r in rows]
    rows.append(row[-1])
    return sum(row) + rows[-1]


def made_from_itself(x: float, n: int):
    v = [x, x * x, 1.0]
    for i in range(n):
        v = v[1:] + [v[0] * v[1] + i]  # noqa: RUF005
        v[0] = v[2] * x
    return v[0] + v[1] * v[2]


def rotated(x: float, n: int):
    v = [x, x * x, math.sin(x)]
    for _ in range(n):
        last = v.pop()
        v = [last * x] + v  # noqa: RUF005
    return v[0] * v[1] + v[2]


def given_list(values: list[float], n: int):
    total = 0.0
    for i in range(n):
        values = [v * v + i for v in values]
        values.append(1.0)
        total += values[0]
    return total + sum(values)


def read_and_changed_before_a_break(x: float, n: int):
    w = [x, x * x]
    total = x
    for i in range(n):
        total += w[-1] * i
        if i == 2:
            v = w
            total += w[-1] * v[0]
            v.append(x)
            total += v[-1] * v[1]
            break
    return total


def read_and_popped_before_a_break(x: float, n: int):
    w = [x, x * x, 3.0 * x]
    total = x
    for i in range(n):
        total += w[-1] * i
        if i == 1:
            v = w
            total += w[-1] * v[0]
            total += v.pop() * v[-1]
            break
        w = [total * a for a in w]
    return total


def rows_of_a_triangle(x: float, n: int):
    rows = []
    row = [x]
    for _ in range(n):
        rows.append(row)
        row = [r * x for r in row]
        row.append(x + 1.0)
    total = 0.0
    for r in rows:
        total += sum(r) * r[0]
    return sum(row) + total


def row_changed_when_rows_are_done(x: float, n: int):
    rows = []
    row = [x, x * x]
    rows.append(row)
    total = rows[0][1] * x
    for _ in range(n):
        row.append(row[-1] * x)
    total += row.pop() * x + row[0]
    return total


def one_row_twice(x: float, n: int):
    row = [x, x * x]
    rows = [row, row, [x]]
    total = rows[0][1] * rows[1][0] + rows[2][0]
    for i in range(n):
        row.append(x * i)
        total += row.pop()
    return total * row[0]


def stack_of_lists(x: float, n: int):
    stack = [[x], [x * x, x]]
    total = 0.0
    for i in range(n):
        if not stack:
            break
        top = stack.pop()
        total += sum(top) * x
        if i < 3:
            top.append(total)
            stack.append(top)
            stack.append([total, x])
    return total + len(stack)


def list_replaced_in_a_list(x: float, n: int):
    table = [[x], [x, x * x]]
    for i in range(n):
        new = [sum(table[0]) * x]
        new.append(table[1][-1] + i)
        table[i % 2] = new
    return sum(table[0]) * table[1][0]


def emptied_by_condition(x: float, n: int):
    batch = []
    total = 0.0
    for i in range(n):
        batch.append(x * (i + 1))
        if len(batch) == 2:
            total += batch[0] * batch[1]
            batch = []
    return total + sum(batch)


def last_ones(x: float, n: int):
    history = []
    p = x
    for _ in range(n):
        p = p - 0.1 * p * x
        history.append(p)
        if len(history) > 2:
            history = history[1:]
    return sum(h * h for h in history) + p


def not_always_bound(x: float, n: int):
    if n > 1:
        values = [x]
        values.append(x * x)
        other = values
    total = x
    if n > 1:
        total += values[0] * other[1]
        other.append(x)
        total += other[-1] * other[-2]
    return total


def chosen_in_each_trip(x: float, n: int):
    a, b = [x], [x, x * x]
    total = 0.0
    for i in range(n):
        c = a if i % 2 else b
        total += c[-1] * x
        if i % 3 == 0:
            c = [total]
        c.append(total)
        total += c[-2]
    return total * a[0] + b[-1] * len(b)


def appended_by_a_helper(x: float, n: int):
    values = [x]
    for i in range(n):
        values = longer(values, x * i)
    return sum(values) * values[-1]


def longer(values: list[float], last: float):
    out = [v * last for v in values]
    out.append(last)
    return out


FUNCTIONS = [
    value
    for value in list(globals().values())
    if hasattr(value, "__code__") and value is not longer
]

INPUTS: list[tuple[Any, ...]] = [
    (function, [0.7, 1.2] if function is given_list else 1.3, n)
    for function in FUNCTIONS
    for n in (0, 1, 2, 5)
]
