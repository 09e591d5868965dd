"""A network with one hidden layer and the cross entropy of its classes."""

import numpy as np


def cross_entropy(W1, b1, W2, b2, X, Y):
    hidden = np.tanh(X @ W1 + b1)
    scores = hidden @ W2 + b2
    log_norm = np.log(np.sum(np.exp(scores), axis=1))
    return np.mean(log_norm - np.sum(Y * scores, axis=1))


# ---- gradient of cross_entropy, wrt W1, b1, W2, b2 -----------------------------------------------
# like: cross_entropy(np.ones((4, 3)), np.ones(3), np.ones((3, 2)), np.ones(2), np.ones((5, 4)), np.ones((5, 2)))
# at: cross_entropy(normal(4, 3), normal(3), normal(3, 2), normal(2), normal(5, 4), normal(5, 2))
# at: cross_entropy(normal(2, 4), normal(4), normal(4, 3), normal(3), normal(2, 2), normal(2, 3))
