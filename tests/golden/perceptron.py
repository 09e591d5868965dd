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
import numpy as np


def cross_entropy_grad(W1, b1, W2, b2, X, Y, d_out=1.0):
    """Derivatives of cross_entropy with respect to W1, b1, W2, b2."""
    assert (
        W1.ndim == 2
        and b1.shape == W1.shape[1:]
        and W2.ndim == 2
        and b2.shape == W2.shape[1:]
        and X.ndim == 2
        and Y.shape == (len(X), W2.shape[1])
    )
    hidden = np.tanh(X @ W1 + b1)
    scores = hidden @ W2 + b2
    exp_scores = np.exp(scores)
    # return np.mean(log_norm - np.sum(Y * scores, axis=1))
    d_log_norm = d_out / len(Y)
    d_scores = -Y * d_log_norm
    # log_norm = np.log(np.sum(np.exp(scores), axis=1))
    d_scores += exp_scores * (d_log_norm / np.sum(exp_scores, axis=1))[:, None]
    # scores = hidden @ W2 + b2
    d_hidden = d_scores @ W2.T
    d_W2 = hidden.T @ d_scores
    d_b2 = d_scores.sum(axis=0)
    # hidden = np.tanh(X @ W1 + b1)
    d_pre_hidden = (1 - hidden**2) * d_hidden
    d_W1 = X.T @ d_pre_hidden
    d_b1 = d_pre_hidden.sum(axis=0)
    return d_W1, d_b1, d_W2, d_b2
