"""Nothing says what x and w are: a helper sums where one of them was broadcast."""

import numpy as np


def weighted_cosine(x, w):
    return np.cos(x) * w


# ---- gradient of weighted_cosine, wrt x, w -------------------------------------------------------
# at: weighted_cosine(0.3, 0.7)
# at: weighted_cosine(normal(3), 0.7)
# at: weighted_cosine(normal(3), normal(2, 1))
# at: weighted_cosine(normal(1), normal(3))
import numpy as np


def weighted_cosine_grad(x, w, d_out=1.0):
    """Derivatives of weighted_cosine with respect to x, w."""
    cos_x = np.cos(x)
    out = cos_x * w
    # return np.cos(x) * w
    d_out = np.broadcast_to(d_out, np.shape(out))
    d_x = -np.sin(x) * unbroadcast(w * d_out, x)
    d_w = unbroadcast(cos_x * d_out, w)
    return d_x, d_w


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
