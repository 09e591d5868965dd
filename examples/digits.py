"""Handwritten digits, recognised by a network with one hidden layer.

The loss is plain NumPy. s2sgrad writes the function that computes its value and its gradient, and
SciPy minimises with it:

    python examples/digits.py
"""

import numpy as np
from scipy.optimize import minimize
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import s2sgrad

PIXELS, HIDDEN, CLASSES = 64, 40, 10
SHAPES = [(PIXELS, HIDDEN), (HIDDEN,), (HIDDEN, CLASSES), (CLASSES,)]


def scores(W1, b1, W2, b2, X):
    """How much each image (a row of X) looks like each digit."""
    return np.tanh(X @ W1 + b1) @ W2 + b2


def loss(W1, b1, W2, b2, X, Y, penalty):
    """Mean of -log p(digit | image), and a penalty on large weights.

    Y has a row for each image: 1 in the column of its digit, 0 in the others.
    """
    H = np.tanh(X @ W1 + b1)
    Z = H @ W2 + b2
    highest = np.max(Z, axis=1, keepdims=True)  # exp of a positive number could overflow
    log_norm = np.log(np.sum(np.exp(Z - highest), axis=1, keepdims=True)) + highest
    log_p = np.sum(Y * (Z - log_norm), axis=1)
    return -np.mean(log_p) + penalty * (np.sum(W1**2) + np.sum(W2**2))


def pack(arrays):
    """One long vector of several arrays."""
    return np.concatenate([array.ravel() for array in arrays])


def unpack(vector):
    """The weights that were packed into a vector."""
    arrays, start = [], 0
    for shape in SHAPES:
        size = int(np.prod(shape))
        arrays.append(vector[start : start + size].reshape(shape))
        start += size
    return arrays


def main():
    """Print the derivative, fit the network, and give its accuracy on images it hasn't seen."""
    images, digits = load_digits(return_X_y=True)
    X, X_new, digit, digit_new = train_test_split(
        images / 16, digits, test_size=1 / 3, random_state=0, stratify=digits
    )
    Y = np.eye(CLASSES)[digit]
    penalty = 1e-3
    rng = np.random.default_rng(0)
    start = pack([rng.normal(0, 0.1, shape) for shape in SHAPES])

    value_and_gradient = s2sgrad.transform(
        loss,
        wrt=("W1", "b1", "W2", "b2"),
        like=(*unpack(start), X, Y, penalty),
        form="value_and_gradient",
    )
    print(value_and_gradient.source)

    def objective(vector):
        value, gradient = value_and_gradient(*unpack(vector), X, Y, penalty)
        return value, pack(gradient)

    fit = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": 200})
    right = np.argmax(scores(*unpack(fit.x), X_new), axis=1) == digit_new
    accuracy = np.mean(right)
    print(f"loss {objective(start)[0]:.3f} at the start, {fit.fun:.3f} after {fit.nit} steps")
    print(f"{accuracy:.1%} of {len(digit_new)} digits that were held out are recognised")
    return accuracy


if __name__ == "__main__":
    main()
