"""The logarithm of a mixture of Gaussians with diagonal covariances."""

import numpy as np


def log_likelihood(logits, means, log_scales, X):
    scaled = (X[:, None, :] - means) * np.exp(-log_scales)
    log_density = logits - np.sum(log_scales, axis=1) - 0.5 * np.sum(scaled**2, axis=2)
    largest = np.max(log_density, axis=1)
    inner = np.sum(np.exp(log_density - largest[:, None]), axis=1)
    return np.sum(largest + np.log(inner)) - len(X) * np.log(np.sum(np.exp(logits)))


# ---- gradient of log_likelihood, wrt logits, means, log_scales -----------------------------------
# like: log_likelihood(np.ones(3), np.ones((3, 2)), np.ones((3, 2)), np.ones((5, 2)))
# at: log_likelihood(normal(3), normal(3, 2), normal(3, 2), normal(5, 2))
# at: log_likelihood(normal(2), normal(2, 3), normal(2, 3), normal(4, 3))
