"""A recurrent cell: its state is carried through time in a loop over the rows of an array."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def recurrent_loss(W, U, b, xs, target):
    state = np.zeros(len(b))
    for x in xs:
        gate = sigmoid(W @ x + U @ state + b)
        state = gate * state + (1 - gate) * np.tanh(U @ state)
    return np.sum((state - target) ** 2)


# ---- gradient of recurrent_loss, wrt W, U, b -----------------------------------------------------
# like: recurrent_loss(np.ones((3, 2)), np.ones((3, 3)), np.ones(3), np.ones((4, 2)), np.ones(3))
# at: recurrent_loss(normal(3, 2), normal(3, 3), normal(3), normal(4, 2), normal(3))
# at: recurrent_loss(normal(2, 3), normal(2, 2), normal(2), normal(0, 3), normal(2))
import numpy as np


def recurrent_loss_grad(W, U, b, xs, target, d_out=1.0):
    """Derivatives of recurrent_loss with respect to W, U, b."""
    assert (
        W.ndim == 2
        and len(W) != 1
        and U.ndim == 2
        and len(U) == len(W)
        and b.shape == W.shape[:1]
        and xs.ndim == 2
        and target.ndim == 1
        and len(target) != 1
    )
    state = np.zeros(len(b))
    saved = []
    saved_state = []
    for x in xs:
        saved_state.append(state)
        gate, saved_sigmoid = sigmoid_forward(W @ x + U @ state + b)
        diff = 1 - gate
        tanh_product = np.tanh(U @ state)
        state = gate * state + diff * tanh_product
        saved.append((gate, saved_sigmoid, diff, tanh_product))
    # return np.sum((state - target) ** 2)
    d_state = 2 * unbroadcast(state - target, state) * d_out
    d_b = np.zeros(len(b))
    all_d_product = np.zeros((len(xs), len(W)))
    all_state = np.zeros((len(xs), U.shape[1]))
    all_d_pre_gate = np.zeros((len(xs), len(W)))
    all_x = np.zeros((len(xs), W.shape[1]))
    for k in range(len(xs) - 1, -1, -1):
        gate, saved_sigmoid, diff, tanh_product = saved.pop()
        # state = gate * state + (1 - gate) * np.tanh(U @ state)
        d_product = (1 - tanh_product**2) * diff * d_state
        all_d_product[k] = d_product
        state = saved_state.pop()
        all_state[k] = state
        d_gate = state * d_state - tanh_product * d_state
        d_state = unbroadcast(gate * d_state, state) + U.T @ d_product
        # gate = sigmoid(W @ x + U @ state + b)
        d_pre_gate = sigmoid_backward(saved_sigmoid, d_gate)
        all_d_pre_gate[k] = d_pre_gate
        d_state += U.T @ d_pre_gate
        d_b += d_pre_gate
        x = xs[k]
        all_x[k] = x
    d_U = all_d_product.T @ all_state + all_d_pre_gate.T @ all_state
    d_W = all_d_pre_gate.T @ all_x
    return d_W, d_U, d_b


def sigmoid_forward(z):
    """Value of sigmoid, and what sigmoid_backward needs of it."""
    exp_z = np.exp(-z)
    den = 1 + exp_z
    out = 1 / den
    return out, (exp_z, den, out)


def sigmoid_backward(saved, d_out):
    """Derivative of sigmoid with respect to z."""
    exp_z, den, out = saved
    # return 1 / (1 + np.exp(-z))
    d_out = np.broadcast_to(d_out, out.shape)
    return exp_z * out * (d_out / den)


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
