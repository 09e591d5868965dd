"""The else of a loop runs where no break did."""


def search(x: float, levels: list):
    value = x
    for level in levels:
        if value * x > level:
            value = value - level
            break
        value = value * 1.5
    else:
        value = value * x * x
    return value


# ---- gradient of search, wrt x -------------------------------------------------------------------
# at: search(0.9, [1.0, 1.1, 1.2])
# at: search(0.2, [1.0, 1.1, 1.2])
# at: search(2.0, [])
import numpy as np


def search_grad(x: float, levels: list, d_out=1.0):
    """Derivative of search with respect to x."""
    old_value = None
    value = x
    broke = False
    saved_value = []
    saved_test = []
    for level in levels:
        test = value * x > level
        saved_test.append(test)
        if test:
            saved_value.append(value)
            value = value - level
            broke = True
            break
        value = value * 1.5
    if not broke:
        product = value * x
        value_1 = product * x
        old_value = value
        value = value_1
    # return value
    d_value = np.broadcast_to(d_out, np.shape(value))
    if not broke:
        value = old_value
        # value = value * x * x
        d_product = x * d_value
        d_x = np.sum(value * d_product) + np.sum(product * d_value)
        d_value = x * d_product
    else:
        d_x = 0.0
    while saved_test:
        test = saved_test.pop()
        if test:
            value = saved_value.pop()
            # value = value - level
            d_value = unbroadcast(d_value, value)
        else:
            # value = value * 1.5
            d_value = 1.5 * d_value
    # value = x
    return d_x + d_value


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
