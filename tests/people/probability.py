"""Probability: chains, samplers, distributions as classes, dynamic programs."""

import abc
import itertools
import math
import random
from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np

from tests.people.case import Collection

case = Collection()


class Distribution(abc.ABC):
    @abc.abstractmethod
    def logpdf(self, x):
        ...

    def pdf(self, x):
        return np.exp(self.logpdf(x))


class Laplace(Distribution):
    def __init__(self, loc, b):
        self.loc, self.b = loc, b

    def logpdf(self, x):
        return -np.abs(x - self.loc) / self.b - np.log(2 * self.b)


class Gumbel(Distribution):
    def __init__(self, loc, beta):
        self.loc, self.beta = loc, beta

    def logpdf(self, x):
        z = (x - self.loc) / self.beta
        return -(z + np.exp(-z)) - np.log(self.beta)


class Mixture(Distribution):
    def __init__(self, parts, weights):
        self.parts = parts
        self.weights = weights

    def logpdf(self, x):
        return np.log(sum(w * p.pdf(x) for w, p in zip(self.weights, self.parts)))


def mixture_loglik(loc: float, b: float, weight: float, data: np.ndarray):
    model = Mixture([Laplace(loc, b), Gumbel(0.5, 1.0)], [weight, 1 - weight])
    return model.logpdf(data).sum()


case(mixture_loglik, (0.3, 1.0, 0.4, np.array([0.1, 1.5])), (-0.5, 0.7, 0.8, np.array([0.0, 0.4, 2.0])), wrt=("loc", "b", "weight"))

GUMBEL = Gumbel(0.2, 1.3)

case(GUMBEL.pdf, (0.4,), (np.array([0.1, -0.3]),), wrt=("x",), label="gumbel_pdf")


def gamblers_ruin(p: float, start: int, goal: int):
    """Probability of reaching the goal: by the linear system."""
    A = np.eye(goal + 1)
    rhs = np.zeros(goal + 1)
    rhs[goal] = 1
    for i in range(1, goal):
        A[i, i - 1] = -(1 - p)
        A[i, i + 1] = -p
    return np.linalg.solve(A, rhs)[start]


case(gamblers_ruin, (0.45, 2, 4), (0.6, 1, 3), wrt=("p",))


def hmm_forward(A: np.ndarray, B: np.ndarray, pi: np.ndarray, obs: list) -> float:
    """Log likelihood by the scaled forward algorithm."""
    alpha = pi * B[:, obs[0]]
    loglik = 0.0
    for o in obs[1:]:
        c = alpha.sum()
        loglik += np.log(c)
        alpha = (alpha / c) @ A * B[:, o]
    return loglik + np.log(alpha.sum())


case(
    hmm_forward,
    (np.array([[0.7, 0.3], [0.4, 0.6]]), np.array([[0.5, 0.4, 0.1], [0.1, 0.3, 0.6]]), np.array([0.6, 0.4]), [0, 2, 1]),
    (np.array([[0.9, 0.1], [0.2, 0.8]]), np.array([[0.5, 0.5], [0.1, 0.9]]), np.array([0.5, 0.5]), [1]),
    wrt=("A", "B", "pi"),
)


def viterbi_score(logA: np.ndarray, logB: np.ndarray, obs: list):
    n = len(logA)
    delta = [logB[s][obs[0]] for s in range(n)]
    for o in obs[1:]:
        delta = [max(delta[r] + logA[r][s] for r in range(n)) + logB[s][o] for s in range(n)]
    return max(delta)


case(
    viterbi_score,
    (np.array([[-0.4, -1.2], [-0.9, -0.5]]), np.array([[-0.7, -0.9], [-2.3, -0.1]]), [0, 1, 1]),
    (np.array([[-0.1, -2.0], [-1.5, -0.3]]), np.array([[-0.2, -1.6], [-1.1, -0.4]]), [1]),
    wrt=("logA", "logB"),
)


def binom_pmf(k, n, p):
    return math.comb(n, k) * p**k * (1 - p) ** (n - k)


def tail_probability(p: float, n: int, at_least: int):
    return sum(binom_pmf(k, n, p) for k in range(at_least, n + 1))


case(tail_probability, (0.3, 5, 3), (0.6, 4, 1), wrt=("p",))


def dice_expectation(weights: list, faces: int = 2):
    """Expected maximum of two loaded dice."""
    total = sum(weights)
    e = 0.0
    for (i, wi), (j, wj) in itertools.product(enumerate(weights, 1), repeat=2):
        e += max(i, j) * wi * wj / total**2
    return e


case(dice_expectation, ([1.0, 2.0, 1.5],), ([0.3, 0.7],), wrt=("weights",))


def entropy(text: str, temperature: float):
    """Entropy of the letters of a text, with tempered counts."""
    counts = Counter(text)
    w = [n ** (1 / temperature) for n in counts.values()]
    total = sum(w)
    return -sum(x / total * math.log(x / total) for x in w)


case(entropy, ("abracadabra", 1.5), ("hello", 0.8), wrt=("temperature",))


def reparameterized_elbo(mu: np.ndarray, log_sigma: np.ndarray, n_samples: int, rng: np.random.Generator):
    """Monte Carlo ELBO of a Gaussian against a banana."""

    def log_target(z):
        return -0.5 * z[0] ** 2 - 0.5 * (z[1] - z[0] ** 2) ** 2

    elbo = 0.0
    for _ in range(n_samples):
        eps = rng.standard_normal(mu.shape)
        z = mu + np.exp(log_sigma) * eps
        elbo += log_target(z)
    return elbo / n_samples + np.sum(log_sigma)


case(
    reparameterized_elbo,
    (np.array([0.1, 0.3]), np.array([-0.5, 0.2]), 3, np.random.default_rng(0)),
    (np.array([1.0, 0.7]), np.array([0.0, -1.0]), 1, np.random.default_rng(1)),
    wrt=("mu", "log_sigma"),
)


def random_walk_cost(drift: float, steps: int, seed: int):
    random.seed(seed)
    x = 0.0
    cost = 0.0
    for _ in range(steps):
        x += drift + random.gauss(0, 1)
        cost += x * x
    return cost / steps


case(random_walk_cost, (0.1, 4, 1), (-0.5, 7, 2), wrt=("drift",))


def dropout_mean(x: np.ndarray, keep: float):
    np.random.seed(7)
    mask = np.random.rand(*x.shape) < keep
    return np.mean(x * mask / keep)


case(dropout_mean, (np.array([1.0, 2.0, 3.0]), 0.5), (np.array([[0.5, 0.1], [2.0, 1.0]]), 0.8), wrt=("x",))


def stationary(P: np.ndarray):
    n = P.shape[0]
    A = np.vstack([P.T - np.eye(n), np.ones(n)])
    b = np.append(np.zeros(n), 1.0)
    return np.linalg.solve(A.T @ A, A.T @ b)


case(stationary, (np.array([[0.9, 0.1], [0.4, 0.6]]),), (np.array([[0.5, 0.3, 0.2], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4]]),))


def catalan_series(x: float, n: int):
    """Truncated generating function of the Catalan numbers, with memoized numbers."""

    @cache
    def c(k):
        return 1 if k == 0 else sum(c(i) * c(k - 1 - i) for i in range(k))

    return sum(c(k) * x**k for k in range(n))


case(catalan_series, (0.1, 5), (0.2, 3), wrt=("x",))


@dataclass
class Beta:
    a: float
    b: float

    def update(self, heads: int, tails: int) -> "Beta":
        return Beta(self.a + heads, self.b + tails)

    @property
    def mean(self):
        return self.a / (self.a + self.b)

    @property
    def var(self):
        n = self.a + self.b
        return self.mean * (1 - self.mean) / (n + 1)


def posterior_summary(a: float, b: float, tosses: str):
    posterior = Beta(a, b)
    for toss in tosses:
        if toss == "H":
            posterior = posterior.update(1, 0)
        else:
            posterior = posterior.update(0, 1)
    return {"mean": posterior.mean, "var": posterior.var}


case(posterior_summary, (1.0, 1.5, "HHT"), (0.5, 2.0, "T"))


def kl_divergence(p: dict, q: dict):
    """Over the keys that both have."""
    common = p.keys() & q.keys()
    return sum(p[k] * math.log(p[k] / q[k]) for k in sorted(common))


case(
    kl_divergence,
    ({"a": 0.2, "b": 0.5, "c": 0.3}, {"a": 0.4, "b": 0.3, "c": 0.3}),
    ({"x": 0.5, "y": 0.5}, {"y": 0.2, "x": 0.8, "z": 0.4}),
    wrt=("p", "q"),
)


def softmax_policy_value(prefs: np.ndarray, rewards: np.ndarray, temperature: float = 1.0, baseline: bool = True):
    z = prefs / temperature
    p = np.exp(z - z.max())
    p /= p.sum()
    adv = rewards - (p @ rewards if baseline else 0.0)
    return p @ (adv**2)


case(
    softmax_policy_value,
    (np.array([0.1, 0.5, -0.3]), np.array([1.0, 0.0, 2.0])),
    (np.array([1.0, 0.2]), np.array([0.5, 1.5]), 0.5, False),
    wrt=("prefs", "rewards"),
)

CASES = case.all
