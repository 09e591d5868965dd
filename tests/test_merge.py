"""Several generated modules as one."""

from __future__ import annotations

import pytest

from s2sgrad.merge import NameClashError, merged

SINE = '''import math

import numpy as np
from model import scale


def f_grad(x, d_out=1.0):
    """Derivative of f with respect to x."""
    return unbroadcast(math.cos(scale * x) * d_out, np.shape(x))


# copied from the helpers
def unbroadcast(d, shape):
    return d
'''

PRODUCT = """import numpy as np
from model import offset, scale


def g_grad(x, d_out=1.0):
    return unbroadcast(offset * scale * d_out, np.shape(x))


# copied from the helpers
def unbroadcast(d, shape):
    return d
"""


def test_one_text_stays_as_it_is():
    assert merged([SINE]) == SINE
    assert merged([SINE, SINE]) == SINE


def test_imports_and_helpers_are_there_once():
    assert (
        merged([SINE, PRODUCT])
        == '''import math

import numpy as np
from model import offset, scale


def f_grad(x, d_out=1.0):
    """Derivative of f with respect to x."""
    return unbroadcast(math.cos(scale * x) * d_out, np.shape(x))


# copied from the helpers
def unbroadcast(d, shape):
    return d


def g_grad(x, d_out=1.0):
    return unbroadcast(offset * scale * d_out, np.shape(x))
'''
    )


def test_texts_without_imports():
    one, two = "def f(x):\n    return x\n", "def g(x):\n    return x\n"
    assert merged([one, two]) == "def f(x):\n    return x\n\n\ndef g(x):\n    return x\n"


def test_long_import_is_broken_as_formatters_break_it():
    names = [f"a_rather_long_name_{letter}" for letter in "abcde"]
    texts = [f"from model import {n}\n\n\ndef f_{n}():\n    return {n}\n" for n in names]
    lines = "".join(f"    {name},\n" for name in names)
    assert merged(texts).startswith(f"from model import (\n{lines})\n\n\ndef f_")


def test_future_comes_first():
    one = "from __future__ import annotations\n\nimport numpy as np\n\n\ndef f():\n    return np\n"
    two = "from __future__ import annotations\n\nimport math\n\n\ndef g():\n    return math\n"
    assert merged([one, two]).startswith(
        "from __future__ import annotations\n\nimport math\n\nimport numpy as np\n\n\ndef f"
    )


def test_submodules_of_one_package():
    one = "import scipy.special\n\n\ndef f(x):\n    return scipy.special.erf(x)\n"
    two = "import scipy\n\n\ndef g(x):\n    return scipy.special.erf(x)\n"
    assert merged([one, two]).startswith("import scipy\nimport scipy.special\n\n\n")


@pytest.mark.parametrize(
    ("one", "two", "name"),
    [
        ("def f():\n    return 1\n", "def f():\n    return 2\n", "f"),
        ("import a as f\n", "def f():\n    return 2\n", "f"),
        ("import a as f\n", "import b as f\n", "f"),
        ("from a import f\n", "from .a import f\n", "f"),
        ("import f.g\n", "from a import f\n", "f"),
        ("X = 1\n", "X = 2\n", "X"),
        (
            "def f(x):\n    return [sum(y) for y in x]\n",
            "def g():\n    return sum()\n\n\ndef sum():\n    return 1\n",
            "sum",
        ),
    ],
)
def test_name_with_two_meanings(one, two, name):
    with pytest.raises(NameClashError, match=rf"^{name} would have two meanings") as caught:
        merged([one, two])
    assert caught.value.name == name


def test_local_names_do_not_clash():
    one = "def f(d):\n    helper = d\n    return helper\n"
    two = "def g(d):\n    return helper(d)\n\n\ndef helper(d):\n    return d\n"
    assert merged([one, two]) == f"{one}\n\n{two}"
