"""A loop over an array, forwards and backwards."""

import numpy as np


def horner(coefficients: np.ndarray, x: float):
    value = 0.0
    for c in coefficients:
        value = value * x + c
    back = 0.0
    for c in reversed(coefficients):
        back = back * x - c
    return value * back


# ---- gradient of horner, wrt coefficients, x -----------------------------------------------------
# at: horner(normal(4), 0.7)
# at: horner(normal(1), -1.2)
# at: horner(normal(0), -1.2)
import numpy as np


def horner_grad(coefficients: np.ndarray, x: float, d_out=1.0):
    """Derivatives of horner with respect to coefficients, x."""
    value = 0.0
    saved_value = []
    for c in coefficients:
        saved_value.append(value)
        value = value * x + c
    back = 0.0
    diff = len(coefficients) - 1
    saved_back = []
    for k in range(len(coefficients)):
        saved_back.append(back)
        c = coefficients[diff - k]
        back = back * x - c
    out = value * back
    # return value * back
    d_out = np.broadcast_to(d_out, np.shape(out))
    d_value = unbroadcast(back * d_out, value)
    d_back = unbroadcast(value * d_out, back)
    d_coefficients = np.zeros(coefficients.shape, np.result_type(coefficients, 1.0))
    d_x = 0.0
    for k in range(len(coefficients) - 1, -1, -1):
        c = coefficients[diff - k]
        back = saved_back.pop()
        # back = back * x - c
        d_product = unbroadcast(d_back, back)
        d_c = -unbroadcast(d_back, c)
        d_back = x * d_product
        d_x += np.sum(back * d_product)
        # for c in reversed(coefficients)
        d_coefficients[diff - k] += d_c
    for k in range(len(coefficients) - 1, -1, -1):
        c = coefficients[k]
        value = saved_value.pop()
        # value = value * x + c
        d_product = unbroadcast(d_value, value)
        d_c = unbroadcast(d_value, c)
        d_value = x * d_product
        d_x += np.sum(value * d_product)
        # for c in coefficients
        d_coefficients[k] += d_c
    return d_coefficients, d_x


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
