"""Which names share memory, what is written, and which writes are refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad import registry
from s2sgrad.aliasing.relation import Numbers, Relation
from s2sgrad.context import Analysis, Context
from s2sgrad.errors import TransformError
from tests.test_infer import described

X = np.ones(3)
M = np.ones((3, 3))


def analysed(text: str, like: dict[str, Any]) -> Analysis:
    _, source = described(text)
    context = Context()
    return context.analyse(source, context.parameter_kinds(source, like, ()))


def homes(analysis: Analysis, names: Any) -> str:
    """Names as the user wrote them; `_` where they are the passes' own."""
    home = analysis.webs.home
    return " ".join(sorted({home.get(n, n) if n[0] != "_" else "_" for n in names}))


@pytest.mark.parametrize(
    ("body", "written", "classes"),
    [
        ("y = x\nz = y * 2\nreturn z", "", ""),
        ("y = np.zeros(3)\ny[0] = x[1]\nreturn y", "y", ""),
        ("y = x.copy()\ny[0] = x[1]\nreturn y", "y", ""),
        ("y = x * 2\nv = y[1:]\ns = np.sum(v)\ny[0] = s\nreturn y", "v y", "v y"),
        ("y = m * 2\nb = y.T\nreturn b", "", "b y"),
        ("y = m * 2\nb = y.reshape(9)\nreturn b", "", "b y"),
        ("y = m * 2\nb = y.flatten()\nreturn b", "", ""),
        ("y = x + 1\nz = y\nz = z + 1\nreturn y * z", "", ""),
        ("a = x[0]\nb = a\nb += 1\nreturn a * b", "", ""),
        (
            (
                "u = x.copy()\nfor _ in range(3):\n    v = u.copy()\n    v[1] = 2.0\n"
                "    u = v\nreturn u"
            ),
            "u v",
            "u v",
        ),
        ("xs = []\nxs.append(x)\ny = xs[0]\nreturn y * 2", "xs", "x xs y"),
        ("if x[0] > 0:\n    z = x\nelse:\n    z = x + 1\nreturn z", "", "x z"),
        ("y = np.where(x > 0, x, 0.0)\ny[0] = 1.0\nreturn y", "y", ""),
        ("y = x * 2\ny.sort()\nreturn y", "y", ""),
        ("y = x * 2\ny[1:].fill(1.0)\nreturn y", "y", ""),
        ("y = np.zeros(3)\nnp.copyto(y, x)\nreturn y", "y", ""),
        ("y = np.zeros(3)\nnp.multiply(x, x, out=y)\nreturn y", "y", ""),
        ("y = np.zeros(3)\nnp.multiply(x, x, y)\nreturn y", "y", ""),
        ("y = x * 2\nz = np.exp(y, out=y)\nz[0] = 1.0\nreturn y", "y z", "y z"),
        ("y = x * 2\nz = y[x > 0]\nz[0] = 1.0\nreturn y", "z", ""),
    ],
)
def test_what_shares_memory(body: str, written: str, classes: str) -> None:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    analysis = analysed(f"def f(x, m):\n{lines}", {"x": X, "m": M})
    found = analysis.aliasing
    assert not found.conflicts
    assert homes(analysis, found.written) == written
    together = {homes(analysis, names) for names in found.classes.values() if len(names) > 1}
    assert "; ".join(sorted(together - {"_", ""})) == classes


@pytest.mark.parametrize(
    ("body", "joint", "mutated"),
    [
        ("x[0] = 2.0\nreturn x", "x", "x"),
        ("y = x\ny[0] = 2.0\nreturn y", "x", "x"),
        ("x += 1\nreturn x", "x", "x"),
        ("y = x * 2\nv = y[1:]\nv[0] = 1.0\nreturn y", "v y", ""),
        ("y = x * 2\nv = y[1:]\ny[1] = 3.0\nreturn np.sum(v)", "v y", ""),
        ("y = m * 2\nb = y.T\nb[0, 1] = 0.0\nreturn y", "b y", ""),
        ("y = m * 2\nb = y.ravel()\nb[0] = 0.0\nreturn y", "b y", ""),
        (
            "y = x * 2\nif x[0] > 0:\n    z = y\nelse:\n    z = x + 1\nz[0] = 0.0\nreturn y + z",
            "y z",
            "",
        ),
        ("y = x * 2\nv = y[1:]\ny[0] = v[0]\nreturn y", "", ""),
        ("y = x * 2\nfor k in range(2):\n    v = y[k:]\n    y[k] = v[0] * v[1]\nreturn y", "", ""),
        ("y = x * 2\nv = y[1:]\nfor k in range(2):\n    y[k] = v[0] * v[1]\nreturn y", "v y", ""),
        (
            "u = x * 2\nv = x * 3\nfor _ in range(2):\n    u[0] = v[0]\n    u, v = v, u\nreturn u",
            "",
            "",
        ),
        ("y = x * 2\nz = y\ny += x\nreturn y * z", "y", ""),
        ("y = m * 2\nrow = y[k]\ny[0] = 1.0\nreturn np.sum(row) * y", "row y", ""),
        ("y = xs[0]\ny[0] = 1.0\nreturn y", "xs y", "xs"),
        ("p = [x * 2]\nys = p + [x * 3]\ny = ys[0]\ny[0] = 1.0\nreturn p[0]", "_ p y ys", ""),
        (
            (
                "y = x * 2\nz = y[1:]\nz[0] = 1.0\nif k > 0:\n    v = y\n    t = n"
                "p.sum(v)\n    y[0] = t\nreturn y"
            ),
            "y z",
            "",
        ),
        ("y = x * 2\nv = y[1:]\nw = v[1:]\nw[0] = 1.0\nreturn y", "v w y", ""),
        (
            ("a = x * 2\nb = x * 3\nys = [a]\nys.append(b)\nb[0] = 1.0\nreturn ys[1]"),
            "_ a b ys",
            "",
        ),
        (("a = x * 2\nb = x * 3\nys = [a]\nys.append(b)\na[0] = 1.0\nreturn b"), "", ""),
        (
            (
                "y = x * 2\nz = y[1:]\nz[0] = 1.0\nu, v = y[:1], y[1:]\ny[0] = np"
                ".sum(u) * np.sum(v)\nreturn y"
            ),
            "y z",
            "",
        ),
        (
            (
                "y = x * 2\nfor i in range(3):\n    v = y[1:]\n    y = y * 2\n   "
                " v[0] = 1.0\nreturn y"
            ),
            "v y",
            "",
        ),
        ("y = m * 2\nfor row in y:\n    row[0] = 1.0\nreturn y", "row y", ""),
        (
            (
                "y = x * 2\nv = x * 3\nt = 0.0\nfor i in range(3):\n    if i < 1:\n        v = y\n"
                "        continue\n    y[0] = t\n    t = t + v[0]\nreturn t"
            ),
            "v y",
            "",
        ),
        (
            (
                "y = x * 2\nv = x * 3\nt = 0.0\nfor i in range(3):\n    try:\n        if i < 1:\n"
                "            v = y\n            continue\n        t = t + x[i]\n    finally:\n"
                "        t = t + 1\n    y[0] = t\n    t = t + v[0]\nreturn t"
            ),
            "v y",
            "",
        ),
        (
            (
                "y = x * 2\nfor i in range(3):\n    v = y\n    if x[0] > i:\n        break\n    v = x * 3\n"
                "y[0] = 1.0\nreturn v"
            ),
            "v y",
            "",
        ),
        (
            ("a = x * 2\nb = x * 3\nys = [a]\nys.append(b)\na[0] = 1.0\nreturn ys[0]"),
            "_ a b ys",
            "",
        ),
        (("y = m * 2\nfor row in y:\n    t = row * 2\n    t[0] = 1.0\nreturn y"), "", ""),
        (
            (
                "out = 0.0\nlast = x * 2\nfor i in range(3):\n    now = x * last\n"
                "    now[0] = i\n    out = out + np.sum(now * last)\n    last = now\n"
                "return out"
            ),
            "",
            "",
        ),
        (
            "y = x * 2\nz = y[1:]\nz[0] = 1.0\nv = y[1:]\nw = v[1:]\ny[0] = np.sum(w)\nreturn y",
            "y z",
            "",
        ),
        (
            (
                "y = x * 2\nz = y[1:]\nz[0] = 1.0\nv = y[1:]\nif k > 0:\n    t = np.sum(v)\n"
                "    y[0] = t\nreturn y"
            ),
            "y z",
            "",
        ),
        (
            (
                "y = x * 2\nfor i in range(3):\n    if i == 0:\n        v = y[:2]\n"
                "    y[0] = np.sum(v)\nreturn y"
            ),
            "v y",
            "",
        ),
        (
            (
                "y = x * 2\nz = y[1:]\nz[0] = 1.0\nfor i in range(3):\n    v = y[i:]\n"
                "    y[0] = np.sum(v)\nreturn y"
            ),
            "y z",
            "",
        ),
        (
            (
                "y = x * 2\nz = y[1:]\nz[0] = 1.0\nv = y[1:]\nfor i in range(3):\n"
                "    y[0] = np.sum(v) * 2\nreturn y"
            ),
            "v y z",
            "",
        ),
        (
            (
                "y = x * 2\nz = y[1:]\nz[0] = 1.0\nv = y[1:]\nt = 0.0\nfor i in range(3):\n"
                "    t = t + np.sum(v)\ny[0] = t\nreturn y"
            ),
            "y z",
            "",
        ),
        ("y = x * 2\nz = y[1:]\nz[0] = 1.0\nv = y[1:]\nv2 = v * 2\nv += v2\nreturn y", "v y z", ""),
        (
            (
                "y = x * 2\nz = y[1:]\nz[0] = 1.0\nw = x * 3\nv = y[1:]\nw[0] = np.sum(v)\n"
                "t = np.sum(v)\nreturn y * t * w"
            ),
            "y z",
            "",
        ),
        ("y = m * 2\nz = y[1]\nz[0] = 1.0\nv = y.T\nw = v[0]\ny[0] = w\nreturn y", "y z", ""),
        (
            (
                "y = x * 2\nz = x * 3\nfor i in range(k):\n    y, z = z, z\n    if k > 1:\n"
                "        y = x * 2\nz[0] = 1.0\nreturn y * z"
            ),
            "y z",
            "",
        ),
        ("y = x * 2\nz = y[k]\ny[0] = 1.0\nreturn z * y", "", ""),
        ("y = x * 2\nz = y[x > 0]\ny[0] = 1.0\nreturn np.sum(z) * y", "", ""),
        ("y = m * 2\nz = y[k, 1:]\ny[0, 1] = 1.0\nreturn np.sum(z) * y", "y z", ""),
        ("y = m * 2\nz = y[k, k]\ny[0, 1] = 1.0\nreturn z * y", "", ""),
        ("y = x * 2\nz = y\ny = y + 1\ny[0] = 2.0\nreturn y * z", "", ""),
        ("y = x * 2\nz = x * 3\nif k > 0:\n    y, z = z, y\ny[0] = 1.0\nreturn y * z", "", ""),
        (
            (
                "y = x * 2\nwhile k > 0:\n    z = y\n    y = z * 2\n    y[0] = 1.0\n"
                "    k = k - 1\nreturn y"
            ),
            "",
            "",
        ),
        (
            (
                "y = x * 2\nfor i in range(3):\n    z = y\n    if i > 1:\n        break\n"
                "    y = z * 2\ny[0] = 1.0\nreturn y * z"
            ),
            "y z",
            "",
        ),
        (
            (
                "y = x * 2\nfor i in range(3):\n    z = y\n    if i > 1:\n        continue\n"
                "    y = z * 2\ny[0] = 1.0\nreturn y * z"
            ),
            "y z",
            "",
        ),
    ],
)
def test_where_a_write_is_seen_through_another_name(body: str, joint: str, mutated: str) -> None:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    analysis = analysed(f"def f(x, m, k, xs):\n{lines}", {"x": X, "m": M, "k": 1, "xs": [X]})
    found = analysis.aliasing
    assert not found.conflicts
    assert homes(analysis, found.joint) == joint
    assert homes(analysis, found.mutated) == mutated


SHARED = "this writes into memory that {} shares, which isn't differentiated yet"
TAKEN = "last = nested.pop()\nlast.append(x)\nreturn nested[0][0]"
IN_A_LIST = "this augmented assignment changes an array in a list, which isn't differentiated"
NO_VARIABLE = "writing into something that is no local variable isn't differentiated"
ARGUMENT = "this writes into the argument {}, which isn't differentiated yet"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("y = pair[0]\ny[0] = 1.0\nreturn y", ARGUMENT.format("pair")),
        (
            "nested = [xs, xs]\nown = list(nested)\nkept = [own]\nown.pop()\nreturn kept[0][0][0]",
            SHARED.format("'kept'"),
        ),
        (
            "nested = [[x], [x]]\nown = list(nested)\nown[0].pop()\nreturn nested[0][0]",
            SHARED.format("'nested'"),
        ),
        (f"inner = [x]\nnested = [inner, inner]\n{TAKEN}", SHARED.format("'nested'")),
        (
            f"inner = [x]\nnested = []\nfor _ in range(k):\n    nested.append(inner)\n{TAKEN}",
            SHARED.format("'nested'"),
        ),
        (
            f"nested = []\nfor _ in range(k):\n    nested.append([x])\n    nested.append(nested[0])\n{TAKEN}",
            SHARED.format("'nested'"),
        ),
        (
            f"nested = [[x], [x * 2]]\nnested[0] = nested[1]\n{TAKEN}",
            SHARED.format("'nested'"),
        ),
        (
            f"nested = [[x], [x]]\nother = list(nested)\n{TAKEN} + other[0][0]",
            SHARED.format("'other'"),
        ),
        (f"nested = [[x]]\nnested = nested + nested\n{TAKEN}", SHARED.format("'nested'")),
        (
            "nested = [xs, xs]\nown = list(nested)\nnp.kept = own\nown.pop()\nreturn nested[0][0]",
            SHARED.format("'nested'"),
        ),
        (
            "a = np.array(x[0])\nb = np.array(x[1])\nc = max(a, b)\nc += 1.0\nreturn a * c",
            "this changes what 'a' is if c is an array, and only then",
        ),
        ("y = x * 2\ny.resize(2)\nreturn y", "the method y.resize has no derivative rule"),
        ("None.a = x\nreturn x", NO_VARIABLE),
        ("'text'[0] = x[0]\nreturn x", NO_VARIABLE),
        ("np.copyto(3.0, x)\nreturn x", NO_VARIABLE),
        ("np.add.at(3.0, 0, x[0])\nreturn x", NO_VARIABLE),
        ("del xs[:1]\nreturn x", "deleting items of a list isn't differentiated"),
        ("ys = [[x], [x]]\nys[k] += [x]\nreturn ys[0][0]", IN_A_LIST),
        ("ys = [None, x]\nys[k] += x\nreturn ys[0]", IN_A_LIST),
        ("y = x * 2\ny.partition(1)\nreturn y", "the method y.partition has no derivative rule"),
        (
            "y = np.zeros(3)\nnp.concatenate((x[:1], x[1:]), out=y)\nreturn y",
            "np.concatenate has no derivative rule for the keyword 'out'",
        ),
        ("y = x * 2\nnp.random.shuffle(y)\nreturn y", "np.random.shuffle has no derivative rule"),
        (
            "ys = zs = [x, x * 2]\ndel ys[:1]\nreturn zs[0]",
            "deleting items of a list isn't differentiated",
        ),
    ],
)
def test_refused_writes(body: str, message: str) -> None:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    like = {"x": X, "m": M, "xs": [X], "k": 1, "pair": (X, X)}
    analysis = analysed(f"def f(x, m, xs, k, pair):\n{lines}", like)
    assert [conflict.message for conflict in analysis.aliasing.conflicts][:1] == [message]


@pytest.mark.parametrize(
    "body",
    [
        "y = x * 2\nfirst = y[k]\ny[k] = 1.0\nreturn first * y",
        "y = x * 2\nsome = y[ks]\ny[0] = 1.0\nreturn np.sum(some) * y",
        "y = m * 2\nsome = y[ks, k]\ny[0] = 1.0\nreturn np.sum(some) * y",
        "nested = [xs, xs]\nown = list(nested)\nown.pop()\nreturn nested[0][0]",
        f"nested = [[x], [x * 2]]\n{TAKEN}",
        f"nested = []\nfor _ in range(k):\n    inner = [x]\n    nested.append(inner)\n{TAKEN}",
        (
            "nested = [xs, xs]\nown = list(nested)\nlast = own.pop()\nown.append(last)\n"
            "return nested[0][0]"
        ),
    ],
)
def test_what_no_other_name_sees_is_written(body: str) -> None:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    like = {"x": X, "m": M, "xs": [X], "k": 1, "ks": np.array([0, 2])}
    assert not analysed(f"def f(x, m, xs, k, ks):\n{lines}", like).aliasing.conflicts


def pairs(relation: Relation) -> str:
    """The pairs of a relation, each both ways, and its facts."""
    assert all(relation.shared.values())
    both = sorted(f"{a}{b}" for a in relation.shared for b in relation.others(a))
    return " ".join([*both, *sorted(relation.facts)])


def test_a_relation_of_names() -> None:
    numbers = Numbers()
    a, b, c = (numbers.bit(name) for name in "abc")
    empty = Relation(numbers, {}, frozenset({"old"}))
    one = empty.replaced({"a": b | c}, ["old"], ["new"])
    assert pairs(one) == "ab ac ba ca new"
    assert one.together("a", "b")
    assert one.together("b", "a")
    assert not one.together("b", "c")
    assert not one.together("d", "a")
    assert one.others("d") == set()
    assert pairs(one.replaced({"a": b}, (), ())) == "ab ba new"
    assert pairs(one.replaced({"a": 0}, ["new"], ())) == ""
    assert pairs(one.replaced({"b": c}, (), ())) == "ac bc ca cb new"
    assert pairs(empty.replaced({"a": 0, "b": a}, (), ())) == "ab ba old"
    assert pairs(empty.replaced({"a": b, "b": 0}, (), ())) == "ab ba old"
    assert pairs(empty.replaced({"a": c, "b": c}, (), ())) == "ac bc ca cb old"
    other = empty.replaced({"c": b}, (), ())
    assert pairs(one.joined(other)) == "ab ac ba bc ca cb new old"
    assert pairs(other.joined(one)) == "ab ac ba bc ca cb new old"
    assert one.joined(one) is one
    assert numbers.mask("ca") == a | c
    assert numbers.mask("") == 0
    assert list(numbers.of(a | c)) == ["a", "c"]


def scale(x, s):
    x *= s


def scale_rule(d, x, s):
    old = np.copy(x)
    x[...] = s * x
    yield
    x[...] = old
    d.s = np.sum(old * d.x)
    d.x[...] = s * d.x


def scaled_array(x: np.ndarray, s: float):
    y = x * x
    scale(y, s)
    return y


def scaled(x, s):
    scale(x, s)
    return x * x


@pytest.fixture
def own_rule() -> Iterator[None]:
    """A rule for a function that writes into an array."""
    registry.rules()  # those of s2sgrad come first
    before = {key: list(table) for key, table in registry._rules.items()}
    s2sgrad.adjoint(scale)(scale_rule)
    yield
    registry._rules.clear()
    registry._rules.update(before)


@pytest.mark.usefixtures("own_rule")
def test_what_a_rule_writes_into_is_an_array() -> None:
    s2sgrad.transform(scaled_array)
    s2sgrad.transform(scaled, like=(X, 0.7))
    for like in (None, (0.3, 0.7)):
        with pytest.raises(TransformError, match="its argument x isn't known to be one"):
            s2sgrad.transform(scaled, like=like)
