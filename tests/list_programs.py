"""Programs in which lists have several names, change their length, and are read before and after."""

# ruff: noqa: B007, PERF401, RUF005
from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

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
            new.append(v * v + x)
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
        a = a + [a[-1] * x + i]
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
        v = v[1:] + [v[0] * v[1] + i]
        v[0] = v[2] * x
    return v[0] + v[1] * v[2]


def rotated(x: float, n: int):
    v = [x, x * x, math.sin(x)]
    for _ in range(n):
        last = v.pop()
        v = [last * x] + v
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


def queue_of_delays(x: float, n: int):
    buf = [x] * 3
    out = 0.0
    for i in range(n):
        buf.append(out + x * i)
        out = 0.9 * out + buf.pop(0)
    return out


def inserted_and_reversed(x: float, n: int):
    a = [x, x * x]
    for i in range(n):
        a.insert(0, a[-1] * x)
        a.insert(2, x + i)
        if i % 2:
            a.reverse()
    return sum(v * (k + 1) for k, v in enumerate(a))


def extended_by_copies(x: float, n: int):
    a = [x]
    for i in range(n):
        b = [x * i, x * x]
        a.extend(b)
        a += [a[0] * x, 2.0]
        b.append(a[1])
        a.extend(b[1:])
    return sum(v * (k + 1) for k, v in enumerate(a))


def popped_from_the_middle(x: float, n: int):
    a = [x * k for k in range(6)]
    t = 0.0
    for i in range(n):
        t += a.pop(i % 3) * (i + 1) * x
        t += a[0] if i < 3 else 0.0
    return t + sum(a)


def popped_before_the_end(x: float, n: int):
    a = [x * k for k in range(8)]
    t = 0.0
    for i in range(n):
        t = t * x + a.pop(-2)
        a.append(t)
    return t + sum(a)


def repeated_lists(x: float, n: int):
    a = [x, x * x, 3.0] * n
    b = 2 * [x]
    a = a + b
    return sum(v * (k + 1) for k, v in enumerate(a))


def repeated_and_changed_later(x: float, n: int):
    a = [x, x * x]
    a[0] = x * 3
    b = a * n
    a.append(x)
    return sum(b) * a[0] + a[-1]


def repeated_cash_flows(x: float, n: int):
    c = x * x
    flows = [c] * n
    flows = flows + [x]
    flows[-1] += 5.0 * x
    return sum(f / (1 + x) ** (t + 1) for t, f in enumerate(flows))


def inserted_under_another_name(x: float, n: int):
    q = [x]
    q2 = q
    for i in range(n):
        q2.insert(0, q2[-1] * x)
    return q2[0]


def reversed_when_handed_on(x: float, n: int):
    q = [x, 2 * x]
    for i in range(n):
        new = q
        q = [v * x for v in new]
        new.reverse()
        q.extend(new)
        q.pop(0)
    return q[0] * q[-1]


def extended_by_itself(x: float, n: int):
    a = [x, 2 * x]
    a.extend(a)
    for i in range(n):
        a.extend(a[:2])
    return sum(v * (k + 1) for k, v in enumerate(a))


def extended_by_tuples(x: float, n: int):
    a = [x, 2 * x]
    t = (x, x * x, 3.0)
    for i in range(n):
        a.extend(t)
        a += t
        a.extend((i, x))
    return sum(v * (k + 1) for k, v in enumerate(a))


def repeated_rows(x: float, n: int):
    rows = [[x]] * 2
    for i in range(n):
        rows.append([x * i, x])
    t = 0.0
    while rows:
        r = rows.pop(0)
        t = t * x + r[0] * r[-1]
    return t


def whole_numbers_moved_about(x: float, n: int):
    a = [1, 2, 3]
    t = x
    for i in range(n):
        t = t * x + a[0] * t
        a.append(a.pop(0))
        a.insert(1, i)
        a.reverse()
    return t


def queue_of_work(x: float, n: int):
    todo = [x]
    t = 0.0
    while todo and len(todo) < 12:
        v = todo.pop(0)
        t += v * x
        if t < 50:
            todo.extend([v * 0.5, v + 1.0])
    return t


def parts_moved_about(x: float, n: int):
    a = [x, 2 * x, x * x]
    b = a
    for i in range(n):
        b = a[1:]
        b.insert(0, x * i)
        a.pop(0)
        a.extend(b)
    return sum(a) * b[0]


def inserted_behind_the_end(x: float, n: int):
    a = []
    for i in range(n):
        a.insert(2, x * (i + 1))
    return sum(v * (k + 1) for k, v in enumerate(a))


def arrays_popped_and_changed(x, n: int):
    a = x * 1.0
    buf = [a, x * x, a * 2]
    for i in range(n):
        w = buf.pop(0)
        w *= 2.0
        a[0] = w[1] * x[0]
        buf.append(w)
    return np.sum(buf[0] * buf[-1]) + np.sum(a)


def arrays_inserted_and_changed(x, n: int):
    a = x * 1.0
    buf = [a, x * x]
    for i in range(n):
        w = buf[0]
        buf.insert(0, x * i)
        w[0] = buf[1][1] * 2
    return np.sum(buf[0] * buf[-1]) + np.sum(a)


def arrays_reversed_and_changed(x, n: int):
    a = x * 1.0
    buf = [a, x * x]
    for i in range(n):
        w = buf[0]
        buf.reverse()
        w[0] = buf[1][1] * 2
        buf.extend([w * x])
    return np.sum(buf[0] * buf[-1]) + np.sum(a)


def repeated_array(x, n: int):
    buf = [x * 1.0] * 3
    for i in range(n):
        buf.append(buf[i] * x)
        buf.pop(1)
    return np.sum(buf[0] * buf[-1])


def one_array_three_times(x, n: int):
    v = x * 1.0
    buf = [v] * 3
    for i in range(n):
        buf[0][i % 3] = buf[1][0] * x[1]
    return np.sum(buf[0] * buf[-1])


def given_list_rotated(xs: list[float], n: int):
    q = list(xs)
    for i in range(n):
        q.insert(0, q.pop())
        q[0] = q[0] * q[-1]
    q.extend(xs)
    return sum(v * (k + 1) for k, v in enumerate(q))


def given_list_extended(xs: list[float], n: int):
    q = xs[:]
    q += xs
    q = q * 2
    return sum(v * (k + 1) for k, v in enumerate(q))


def repeated_element(x, n: int):
    q = [x[0]] * n
    q.extend([x] * 2) if n > 100 else None
    return sum(q) * x[1]


def repeated_array_read(x, n: int):
    q = [x] * n
    t = x * 1.0
    for v in q:
        t = t * v + v
    return np.sum(t * x)


def repeated_arrays_read(x, n: int):
    q = [x, 2.0 * x] * n
    t = x * 1.0
    for v in q:
        t = t * v + v
    return np.sum(t * x)


def repeated_result(x, n: int):
    return [x[0], x[1] * x[2]] * n


def repeated_pair(x, n: int):
    rows = [[x[0], x[1]]] * n
    t = 0.0
    for k, r in enumerate(rows):
        t += r[0] * k + r[1]
    return t * x[2]


def arrays_made_anew(x, n: int):
    states = [x, x * x]
    for i in range(n):
        states = [s * 2.0 + x for s in states]
        states.append(states[0] * x)
    return np.sum(states[-1] * states[0])


def arrays_swapped(x, n: int):
    a = [x * 1.0, x * x]
    b = [x + 1.0]
    for i in range(n):
        b.append(a[0] * x)
        a, b = b, a
    return np.sum(a[-1] * b[0])


def arrays_added_to(x, n: int):
    cur = [x * 1.0]
    for i in range(n):
        new = [c * x for c in cur]
        new.append(cur[0])
        new[0] += x
        cur = new
    return np.sum(cur[-1] * cur[0])


def arrays_written_when_handed_on(x, n: int):
    cur = [x * 1.0]
    for i in range(n):
        cur[-1][0] = cur[0][1] * 2.0
        new = [c * x for c in cur]
        new.append(cur[0])
        cur = new
    return np.sum(cur[-1] * cur[0])


def path_of_arrays(x, n: int):
    path = [x * 1.0]
    best = path
    for i in range(n):
        path = path + [path[-1] * x]
        if i % 2:
            best = path
    return np.sum(best[-1] * path[-1])


def last_arrays(x, n: int):
    hist = []
    p = x * 1.0
    for i in range(n):
        p = p - 0.1 * p * x
        hist.append(p)
        if len(hist) > 2:
            hist = hist[1:]
    s = p * 0.0
    for h in hist:
        s = s + h * h
    return np.sum(s)


def arrays_in_batches(x, n: int):
    hist = []
    total = 0.0
    for i in range(n):
        hist.append(x * i)
        if i % 2 == 0:
            total += np.sum(hist[-1] * hist[0])
            hist = []
    return total + len(hist)


def neighbours(x, n: int):
    out = [x[k] * x[k] for k in range(3)]
    for i in range(n):
        out = [out[k] + out[k - 1] * x[k] for k in range(3)]
    return np.array(out) * x


def rows_counted(x, n: int):
    rows = []
    row = [x[0]]
    for i in range(n):
        rows.append(row)
        row = [r * x[1] for r in row]
        row.append(x[2])
    return sum(row) + len(rows)


def rows_summed(x, n: int):
    rows = []
    row = [x[0]]
    for i in range(n):
        rows.append(row)
        row = [r * x[1] for r in row]
        row.append(x[2])
    t = 0.0
    for r in rows:
        t += sum(r) * r[0]
    return sum(row) + t


def table_by_elements(x, n: int):
    t = [[x[0] * (i + j) for j in range(3)] for i in range(3)]
    for i in range(n):
        t[1][2] = t[0][1] * x[1]
        t[i % 3][0] = t[1][2] * x[2] + i
    return t[1][0] * t[2][2] + t[1][2]


def table_of_zeros(x, n: int):
    t = [[0.0] * 3 for i in range(4)]
    for i in range(4):
        t[i][0] = x[0] * i
    for i in range(1, 4):
        for j in range(1, 3):
            t[i][j] = t[i - 1][j - 1] * x[1] + t[i][j - 1] + x[2]
    return t[3][2]


def triangle_of_rows(x, n: int):
    t = []
    for i in range(n + 1):
        row = [x[0] * i]
        for j in range(1, i + 1):
            row.append(row[j - 1] + t[i - 1][j - 1] * x[1])
        t.append(row)
    return t[n][n] * x[2]


def repeated_and_stored(x, n: int):
    a = [x[0]] * 3
    for i in range(n):
        a[i % 3] = a[(i + 1) % 3] * x[1]
    return sum(a) + a[0]


def stored_and_summed(x, n: int):
    a = [0.0] * n
    b = [x[0] for _ in range(n)]
    for i in range(n):
        a[i] = b[i] * x[1]
        if i:
            a[i] += a[i - 1]
    b = a
    return sum(b)


def list_of_an_array(x, n: int):
    prev = list(x)
    for i in range(n):
        cur = [0.0] * 3
        for j in range(3):
            cur[j] = prev[j] * x[j] + (prev[j - 1] if j else 0.0)
        prev = cur
    return max(prev)


def polynomial_from_roots(x, n: int):
    p = [1.0]
    for r in x:
        p = [0.0] + p
        for k in range(len(p) - 1):
            p[k] -= r * p[k + 1]
    return p[0] * p[1] + p[2]


X = np.array([0.7, -1.2, 0.4])
LISTS = ("given_list", "given_list_rotated", "given_list_extended")
FUNCTIONS = [
    value
    for value in list(globals().values())
    if hasattr(value, "__code__") and value is not longer
]


def _first(function: Callable[..., Any]) -> Any:
    """A list, an array or a number, as a function takes it."""
    if function.__name__ in LISTS:
        return list(X)
    return X if "x" not in function.__annotations__ else 1.3


INPUTS: list[tuple[Any, ...]] = [
    (function, _first(function), n)
    for function in FUNCTIONS
    for n in ((0, 1, 2) if function.__name__ == "repeated_array" else (0, 1, 2, 5))
]
