"""Functions of arrays, entry by entry, of arrays of one shape."""

import numpy as np


def softplus_error(x, y):
    smooth = np.log1p(np.exp(x)) - np.sqrt(y)
    return np.arctan(smooth) * y / (1 + x**2)


# ---- gradient of softplus_error, wrt x, y --------------------------------------------------------
# like: softplus_error(np.ones(3), np.ones(3))
# at: softplus_error(normal(4), positive(4))
# at: softplus_error(normal(2), positive(2))
import numpy as np


def softplus_error_grad(x, y, d_out=1.0):
    """Derivatives of softplus_error with respect to x, y."""
    assert x.ndim == 1 and y.shape == x.shape
    exp_x = np.exp(x)
    sqrt_y = np.sqrt(y)
    smooth = np.log1p(exp_x) - sqrt_y
    arctan_smooth = np.arctan(smooth)
    den = 1 + x**2
    out = arctan_smooth * y / den
    # return np.arctan(smooth) * y / (1 + x**2)
    d_out = np.broadcast_to(d_out, x.shape)
    d_num = d_out / den
    d_smooth = y * d_num / (1 + smooth * smooth)
    d_y = arctan_smooth * d_num
    d_x = -2 * x * out * d_num
    # smooth = np.log1p(np.exp(x)) - np.sqrt(y)
    d_x += exp_x * (d_smooth / (1 + exp_x))
    d_y -= 0.5 * d_smooth / sqrt_y
    return d_x, d_y
