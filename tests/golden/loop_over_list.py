"""A list of numbers that is differentiated by nothing."""

import math


def likelihood(rate: float, samples: list):
    total = 0.0
    for sample in samples:
        total += math.log(rate) - rate * sample
    return total / len(samples)


# ---- gradient of likelihood, wrt rate ------------------------------------------------------------
# at: likelihood(0.7, [1.0, 0.5, 2.0])
# at: likelihood(1.7, [0.1])
import math

import numpy as np


def likelihood_grad(rate: float, samples: list, d_out=1.0):
    """Derivative of likelihood with respect to rate."""
    total = 0.0
    saved_diff = []
    saved_total = []
    for sample in samples:
        saved_total.append(total)
        diff = math.log(rate) - rate * sample
        total = total + diff
        saved_diff.append(diff)
    out = total / len(samples)
    # return total / len(samples)
    d_out = np.broadcast_to(d_out, np.shape(out))
    d_total = d_out / len(samples)
    d_rate = 0.0
    for k in range(len(samples) - 1, -1, -1):
        diff = saved_diff.pop()
        # total += math.log(rate) - rate * sample
        d_diff = unbroadcast(d_total, diff)
        total = saved_total.pop()
        d_total = unbroadcast(d_total, total)
        sample = samples[k]
        d_rate += np.sum(d_diff) / rate - np.sum(sample * d_diff)
    return d_rate


def unbroadcast(d, like):
    """Sum d over the axes along which like was broadcast, so that it has the shape of like."""
    shape = np.shape(like)
    if np.shape(d) == shape:
        return np.array(d)[()]
    added = np.ndim(d) - len(shape)
    stretched = tuple(
        i + added for i, n in enumerate(shape) if n == 1 != np.shape(d)[i + added]
    )
    d = np.sum(d, axis=(*range(added), *stretched))
    return np.reshape(d, shape) if shape else d[()]
