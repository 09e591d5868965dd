"""Helpers for interpolation and for convolutions. See `helpers`."""

import numpy as np


def interval_of(x, xp):
    """For each x the number k of the interval from xp[k] to xp[k + 1], and how far it is into it.

    That is 0 before the first of the points xp and 1 behind the last.
    """
    xp = np.asarray(xp)
    k = np.clip(np.searchsorted(xp, x) - 1, 0, len(xp) - 2)
    return k, np.clip((x - xp[k]) / (xp[k + 1] - xp[k]), 0, 1)


def interp_slope(x, xp, fp):
    """The slope of np.interp(x, xp, fp): 0 outside, at a point of xp that on its left."""
    xp, fp = np.asarray(xp), np.asarray(fp)
    k = np.clip(np.searchsorted(xp, x) - 1, 0, len(xp) - 2)
    inside = (x > xp[0]) & (x <= xp[-1])
    return np.where(inside, (fp[k + 1] - fp[k]) / (xp[k + 1] - xp[k]), 0)[()]


def interp_slope_values(d, x, xp, fp):
    """The derivative in fp of interp_slope(x, xp, fp)."""
    xp = np.asarray(xp)
    k = np.clip(np.searchsorted(xp, x) - 1, 0, len(xp) - 2)
    inside = (x > xp[0]) & (x <= xp[-1])
    part = np.where(inside, d / (xp[k + 1] - xp[k]), 0)
    out = np.zeros(len(xp), np.result_type(d))
    np.add.at(out, k + 1, part)
    np.subtract.at(out, k, part)
    return out


def interp_values(d, x, xp, fp):
    """The derivative in fp of np.interp(x, xp, fp)."""
    k, part = interval_of(x, xp)
    out = np.zeros(len(xp))
    np.add.at(out, k, (1 - part) * d)
    np.add.at(out, k + 1, part * d)
    return out


def in_full(d, a, v, mode="full", turned=False):
    """The convolution d of a and v (turned: their correlation) among zeros, as long as in mode "full"."""
    less = min(len(a), len(v)) - 1
    before = {"full": 0, "same": less // 2, "valid": less}[mode]
    if turned and mode == "same" and len(v) > len(a):
        before = less - before
    return np.pad(d, (before, len(a) + len(v) - 1 - len(d) - before))


def convolve_factor(d, a, v, mode="full"):
    """The derivative in a of a convolution of a and v."""
    return np.correlate(in_full(d, a, v, mode), v, "valid")


def correlate_left(d, a, v, mode="valid"):
    """The derivative in a of np.correlate(a, v, mode)."""
    return np.convolve(in_full(d, a, v, mode, turned=True), v, "valid")


def correlate_right(d, a, v, mode="valid"):
    """The derivative in v of np.correlate(a, v, mode)."""
    return np.flip(np.correlate(in_full(d, a, v, mode, turned=True), a, "valid"))
