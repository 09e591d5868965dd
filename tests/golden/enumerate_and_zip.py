"""enumerate and zip in one header."""

import numpy as np


def moments(xs: np.ndarray, ws: np.ndarray, scale: float):
    total = 0.0
    for i, (x, w) in enumerate(zip(xs, ws), start=1):
        total = total * scale + w * x**i
    return total


# ---- gradient of moments, wrt xs, ws, scale ------------------------------------------------------
# at: moments(normal(4), normal(4), 0.8)
# at: moments(normal(1), normal(3), -0.8)
import numpy as np


def moments_grad(xs: np.ndarray, ws: np.ndarray, scale: float, d_out=1.0):
    """Derivatives of moments with respect to xs, ws, scale."""
    total = 0.0
    saved_power = []
    saved_total = []
    for k in range(min(len(xs), len(ws))):
        saved_total.append(total)
        i = 1 + k
        x = xs[k]
        w = ws[k]
        power = x**i
        total = total * scale + w * power
        saved_power.append(power)
    # return total
    d_total = np.broadcast_to(d_out, np.shape(total))
    d_scale = 0.0
    d_ws = np.zeros(ws.shape, np.result_type(ws, 1.0))
    d_xs = np.zeros(xs.shape, np.result_type(xs, 1.0))
    for k in range(min(len(xs), len(ws)) - 1, -1, -1):
        total = saved_total.pop()
        # total = total * scale + w * x**i
        d_product = unbroadcast(d_total, total)
        w = ws[k]
        power = saved_power.pop()
        d_w = unbroadcast(power * d_total, w)
        i = 1 + k
        x = xs[k]
        d_x = i * x ** (i - (i != 0)) * unbroadcast(w * d_total, power)
        d_total = scale * d_product
        d_scale += np.sum(total * d_product)
        # for i, (x, w) in enumerate(zip(xs, ws), start=1)
        d_xs[k] += d_x
        d_ws[k] += d_w
    return d_xs, d_ws, d_scale


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
