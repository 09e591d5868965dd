"""np.where, np.maximum and np.clip choose entries."""

import numpy as np


def leaky(x, slope, limit):
    bent = np.where(x > 0, x, slope * x)
    return np.clip(bent, -limit, limit) + np.maximum(bent, x * x)


# ---- gradient of leaky, wrt x, slope -------------------------------------------------------------
# like: leaky(np.ones(3), 0.1, 1.0)
# at: leaky(normal(4), 0.2, 1.0)
# at: leaky(normal(4), 1.5, 0.4)
import numpy as np


def leaky_grad(x, slope, limit, d_out=1.0):
    """Derivatives of leaky with respect to x, slope."""
    assert x.ndim == 1 and np.ndim(slope) == 0 and np.ndim(limit) == 0
    test = x > 0
    bent = np.where(test, x, slope * x)
    product = x * x
    # return np.clip(bent, -limit, limit) + np.maximum(bent, x * x)
    d_out = np.broadcast_to(d_out, x.shape)
    d_bent = np.where(bent == np.clip(bent, -limit, limit), d_out, 0) + np.where(
        bent > product, d_out, np.where(bent == product, d_out / 2, 0)
    )
    d_x = (
        2 * x * np.where(product > bent, d_out, np.where(bent == product, d_out / 2, 0))
    )
    # bent = np.where(x > 0, x, slope * x)
    d_x += np.where(test, d_bent, slope * d_bent)
    d_slope = np.where(test, 0, x * d_bent).sum()
    return d_x, d_slope
