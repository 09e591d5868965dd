"""A module with something that its functions read and write."""

from __future__ import annotations

import numpy as np

A = np.array([1.0, 2.0, 3.0])


def bump():
    A[0] = 7.0


def tot():
    return A.sum()
