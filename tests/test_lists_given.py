"""Lists of arrays that are given, and that the function changes: their derivatives have the items that came in."""

from __future__ import annotations

import pytest

from tests.fuzz.program import written_down
from tests.fuzz.verdicts import checked

BODIES = {
    "stored": "P[1] = y * y; r = P[0] + P[1]",
    "stored_twice": "P[0] = P[0] * y; P[0] *= 2; r = P[0] * y + P[1]",
    "stored_from_itself": "P[0] = P[1]; r = P[0] * y",
    "swapped": "P[0], P[1] = P[1], P[0]; r = P[0] * y",
    "appended": "P.append(y * y); r = P[0] + P[-1]",
    "popped": "a = P.pop(); r = a * y",
    "popped_and_appended": "a = P.pop(); P.append(a * y); P.append(y); r = P[1] * P[2] * P[0]",
    "popped_twice": "a = P.pop(); b = P.pop(); r = a * b * y",
    "changed_under_another_name": "Q = P; Q[0] = P[1] * y; Q.append(P[0]); r = P[-1] * P[0]",
    "item_written": "P[0][1:] *= y[:-1]; P[1] = P[0]; P[1][0] = 3.0; r = P[0] * y",
    "unread": "P[1] = y * y; r = y",
    "appended_unread": "P.append(y); r = y * 2",
    "popped_unread": "a = P.pop(); r = y * 2",
    "changed_in_a_loop_and_unread": "for k in range(3): P.append(y * k); r = y * 2",
    "appended_in_a_loop": "for k in range(3): P.append(P[-1] * y); r = P[-1] + P[0]",
    "inserted": "P.insert(0, y * y); r = P[0] * P[1] + P[2]",
    "extended": "P.extend([y, y * y]); r = P[2] * P[-1] + P[0]",
    "reversed": "P.reverse(); r = P[0] * y",
    "popped_in_front": "a = P.pop(0); r = P[0] * a * y",
}
LISTS = "[np.array([1.1, 0.5, -0.6]), np.array([0.3, -0.5, 0.7])]"
INPUTS = (("np.array([0.4, 1.2, -0.3])", LISTS), ("np.array([-1.4, 0.2, 0.8])", LISTS))


@pytest.mark.parametrize("wrt", [("y", "P"), ("P",), ("y",)])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_given_list(body: str, wrt: tuple[str, ...]) -> None:
    lines = "".join(f"    {line.strip()}\n" for line in body.split(";"))
    text = f"def f(y: np.ndarray, P):\n{lines}    return r\n"
    verdicts = checked(written_down(text, *INPUTS, wrt=wrt))
    told = {v.kind for v in verdicts if v.way is not None and v.way.like}
    assert told == {"right"}, verdicts
    assert {v.kind for v in verdicts} <= {"right", "refused"}


@pytest.mark.parametrize("wrt", [("y", "P"), ("P",)])
@pytest.mark.parametrize("name", ["stored", "stored_twice", "swapped", "item_written"])
def test_what_is_left_in_a_given_list(name: str, wrt: tuple[str, ...]) -> None:
    lines = "".join(f"    {line.strip()}\n" for line in BODIES[name].split(";"))
    text = f"def f(y: np.ndarray, P):\n{lines}    return r\n"
    for of in (("P",), ("return", "P")):
        verdicts = checked(written_down(text, *INPUTS, wrt=wrt, of=of))
        told = {v.kind for v in verdicts if v.way is not None and v.way.like}
        assert told == {"right"}, verdicts
