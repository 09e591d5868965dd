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
