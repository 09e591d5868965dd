"""The pause of the garbage collector ends as it began."""

from __future__ import annotations

import gc

import pytest

from s2sgrad import TransformError, transform
from s2sgrad.uncollected import uncollected


@pytest.fixture(autouse=True)
def collector():
    yield
    gc.enable()


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_left_as_it_was(on):
    (gc.enable if on else gc.disable)()
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled() is on


def refused(x: float):
    yield x


def test_after_a_refusal_it_collects_again():
    with pytest.raises(TransformError):
        transform(refused)
    assert gc.isenabled()
