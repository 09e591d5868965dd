"""Functions that call functions; one is called with other kinds of arguments twice."""

import numpy as np


def squash(z, sharpness=1.0):
    return 1 / (1 + np.exp(-sharpness * z))


def layer(x, w, b):
    return squash(w * x + b, sharpness=2.0)


def energy(x: np.ndarray, w: float, b: float):
    return np.sum(layer(x, w, b)) * squash(b)


# ---- gradient of energy, wrt x, w, b -------------------------------------------------------------
# at: energy(normal(3), 0.7, -0.2)
# at: energy(normal(1), -0.7, 0.2)
import numpy as np


def energy_grad(x: np.ndarray, w: float, b: float, d_out=1.0):
    """Derivatives of energy with respect to x, w, b."""
    layer_x, saved_layer = layer_forward(x, w, b)
    squash_b, saved_squash = squash_forward(b, 1.0)
    # return np.sum(layer(x, w, b)) * squash(b)
    d_x, d_w, d_b = layer_backward(
        saved_layer, np.broadcast_to(squash_b * d_out, x.shape)
    )
    d_b = d_b + squash_backward(saved_squash, np.sum(layer_x) * d_out)
    return np.array(d_x)[()], d_w, d_b


def squash_forward(z, sharpness):
    """Value of squash, and what squash_backward needs of it."""
    exp_product = np.exp(-sharpness * z)
    return 1 / (1 + exp_product), (sharpness, exp_product)


def squash_backward(saved, d_out):
    """Derivative of squash with respect to z."""
    sharpness, exp_product = saved
    return (
        sharpness * exp_product * (1 / (1 + exp_product)) * (d_out / (1 + exp_product))
    )


def layer_forward(x, w, b):
    """Value of layer, and what layer_backward needs of it."""
    out, saved_squash = squash_forward_1(w * x + b, 2.0)
    return out, (x, w, out, saved_squash)


def layer_backward(saved, d_out):
    """Derivatives of layer with respect to x, w, b."""
    x, w, out, saved_squash = saved
    # return squash(w * x + b, sharpness=2.0)
    d_out = np.broadcast_to(d_out, out.shape)
    d_pre_out = squash_backward_1(saved_squash, d_out)
    d_w = (x * d_pre_out).sum()
    d_x = w * d_pre_out
    d_b = d_pre_out.sum()
    return d_x, d_w, d_b


def squash_forward_1(z, sharpness):
    """Value of squash, and what squash_backward_1 needs of it."""
    exp_product = np.exp(-sharpness * z)
    den = 1 + exp_product
    out = 1 / den
    return out, (sharpness, exp_product, den, out)


def squash_backward_1(saved, d_out):
    """Derivative of squash with respect to z."""
    sharpness, exp_product, den, out = saved
    # return 1 / (1 + np.exp(-sharpness * z))
    d_out = np.broadcast_to(d_out, out.shape)
    return sharpness * exp_product * out * (d_out / den)
