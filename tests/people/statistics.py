"""Statistics: likelihoods, regressions, robust estimates, summaries."""

import math
from collections import namedtuple
from dataclasses import dataclass, field
from functools import partial, reduce

import numpy as np

from tests.people.case import Collection

case = Collection()

X = np.array([[1.0, 0.5], [1.0, -1.2], [1.0, 2.0], [1.0, 0.3]])
Y = np.array([0.7, -0.4, 2.6, 0.9])


@dataclass
class Normal:
    mu: float
    sigma: float

    def logpdf(self, x):
        z = (x - self.mu) / self.sigma
        return -0.5 * z**2 - np.log(self.sigma) - 0.5 * np.log(2 * np.pi)


def normal_nll(mu: float, sigma: float, data: np.ndarray) -> float:
    """Negative log likelihood of data under a normal distribution."""
    dist = Normal(mu, sigma)
    return -np.sum(dist.logpdf(data))


case(normal_nll, (0.3, 1.2, Y), (-1.0, 0.5, X[:, 1]), wrt=("mu", "sigma"))


class Ridge:
    """Least squares with a penalty."""

    def __init__(self, alpha=1.0, fit_intercept=True):
        self.alpha = alpha
        self.fit_intercept = fit_intercept

    def loss(self, w, X, y):
        resid = y - X @ w
        penalty = w[1:] if self.fit_intercept else w
        return 0.5 * np.mean(resid**2) + self.alpha * np.sum(penalty**2)


ridge = Ridge(alpha=0.3)

case(ridge.loss, (np.array([0.2, 0.9]), X, Y), (np.array([-1.0, 0.1]), X[:2], Y[:2]), wrt=("w",), label="ridge_loss")
case(
    Ridge(0.1, fit_intercept=False).loss,
    (np.array([0.2, 0.9]), X, Y),
    (np.array([-1.0, 0.1]), X[:2], Y[:2]),
    wrt=("w",),
    label="ridge_loss_without_intercept",
)


def sigmoid(t):
    return 1.0 / (1.0 + np.exp(-t))


def logistic_loss(params, X, y, l2=0.0):
    z = X @ params["w"] + params["b"]
    p = sigmoid(z)
    eps = 1e-12
    nll = -np.mean(y * np.log(p + eps) + (1 - y) * np.log(1 - p + eps))
    if l2 > 0:
        nll += l2 * np.sum(params["w"] ** 2)
    return nll


case(
    logistic_loss,
    ({"w": np.array([0.2, -0.7]), "b": 0.1}, X, np.array([1, 0, 1, 0])),
    ({"w": np.array([1.2, 0.4]), "b": -0.6}, X, np.array([0, 0, 1, 1]), 0.1),
    wrt=("params",),
)


def weighted_mean(*pairs):
    """Mean of (value, weight) pairs."""
    num = sum(v * w for v, w in pairs)
    den = sum(w for _, w in pairs)
    return num / den


def pooled_estimate(x1: float, x2: float, s1: float, s2: float):
    m = weighted_mean((x1, 1 / s1**2), (x2, 1 / s2**2))
    se = math.sqrt(1 / (1 / s1**2 + 1 / s2**2))
    return m, se


case(pooled_estimate, (1.0, 1.4, 0.3, 0.5), (-2.0, 0.5, 1.1, 0.9))


KERNELS = {
    "gaussian": lambda u: np.exp(-0.5 * u**2) / np.sqrt(2 * np.pi),
    "logistic": lambda u: 1 / (np.exp(u) + 2 + np.exp(-u)),
}


def kde(x: float, samples: np.ndarray, h: float, kernel: str = "gaussian"):
    k = KERNELS[kernel]
    return np.mean(k((x - samples) / h)) / h


case(kde, (0.4, Y, 0.5), (0.4, Y, 0.8, "logistic"), wrt=("x", "h"))

Fit = namedtuple("Fit", ["slope", "intercept", "rss"])


def least_squares_line(x: np.ndarray, y: np.ndarray) -> Fit:
    xm, ym = x.mean(), y.mean()
    sxy = np.sum((x - xm) * (y - ym))
    sxx = np.sum((x - xm) ** 2)
    slope = sxy / sxx
    intercept = ym - slope * xm
    resid = y - (slope * x + intercept)
    return Fit(slope, intercept, resid @ resid)


case(least_squares_line, (X[:, 1], Y), (np.array([1.0, 2.0, 4.0]), np.array([2.1, 3.9, 8.2])))


class RunningStats:
    """Welford's algorithm."""

    def __init__(self):
        self.n = 0
        self.mean = 0.0
        self.m2 = 0.0

    def push(self, x):
        self.n += 1
        delta = x - self.mean
        self.mean += delta / self.n
        self.m2 += delta * (x - self.mean)

    @property
    def variance(self):
        return self.m2 / (self.n - 1) if self.n > 1 else 0.0


def running_variance(xs: np.ndarray):
    stats = RunningStats()
    for x in xs:
        stats.push(x)
    return stats.variance


case(running_variance, (Y,), (np.array([1.5, -0.5]),))


def describe(x: np.ndarray) -> dict:
    n = len(x)
    mean = np.mean(x)
    var = np.var(x, ddof=1)
    skew = np.mean((x - mean) ** 3) / np.mean((x - mean) ** 2) ** 1.5
    return {"n": n, "mean": mean, "std": np.sqrt(var), "skew": skew}


case(describe, (Y,), (np.array([1.5, -0.5, 0.2, 4.0, 2.2]),))


def trimmed_mean(values: list, k: int = 1):
    s = sorted(values)
    kept = s[k:-k] if k else s
    return sum(kept) / len(kept)


case(trimmed_mean, ([3.0, -1.0, 0.5, 2.0, 9.0],), ([3.0, -1.0, 0.5],  0), ([1.0, 5.0, 2.0, 7.0, 8.5, 0.2], 2), wrt=("values",))


def huber_location(x: np.ndarray, delta: float = 1.0, tol: float = 1e-12):
    """Location by iteratively reweighted least squares."""
    mu = np.median(x)
    it = 0
    while True:
        r = np.abs(x - mu)
        w = np.where(r <= delta, 1.0, delta / r)
        new = np.sum(w * x) / np.sum(w)
        it += 1
        if abs(new - mu) < tol:
            break
        if it > 200:
            break
        mu = new
    return new


case(huber_location, (np.array([0.1, 0.5, -0.4, 6.0, 0.9]), 1.0), (np.array([2.0, 2.5, 1.7, -9.0]), 0.6), wrt=("x",))


def student_t_logpdf(x: float, df: float, loc: float = 0.0, scale: float = 1.0):
    try:
        z = (x - loc) / scale
    except ZeroDivisionError:
        return float("-inf")
    return (
        math.lgamma((df + 1) / 2)
        - math.lgamma(df / 2)
        - 0.5 * math.log(df * math.pi)
        - math.log(scale)
        - (df + 1) / 2 * math.log1p(z * z / df)
    )


case(student_t_logpdf, (0.7, 4.0), (2.0, 3.0, 0.5, 1.5), wrt=("x",))


def ar1_loglik(phi: float, sigma: float, series: np.ndarray):
    ll = -0.5 * np.log(2 * np.pi * sigma**2 / (1 - phi**2)) - series[0] ** 2 * (1 - phi**2) / (2 * sigma**2)
    for prev, cur in zip(series[:-1], series[1:]):
        e = cur - phi * prev
        ll += -0.5 * np.log(2 * np.pi * sigma**2) - e**2 / (2 * sigma**2)
    return ll


case(ar1_loglik, (0.5, 1.0, Y), (-0.3, 0.7, np.array([0.1, 0.4])), wrt=("phi", "sigma"))


def loglik(dist, theta, data):
    return sum(map(partial(dist, theta), data))


def exp_logpdf(rate, x):
    return math.log(rate) - rate * x


def exponential_loglik(rate: float, data: list):
    return loglik(exp_logpdf, rate, data)


case(exponential_loglik, (0.5, [1.0, 2.0, 0.3]), (1.5, [0.2, 0.8]), wrt=("rate",))


def geometric_mean(xs: list):
    return reduce(lambda a, b: a * b, xs) ** (1 / len(xs))


case(geometric_mean, ([1.0, 2.0, 4.0],), ([3.0, 0.5],), wrt=("xs",))


@dataclass
class MixtureParams:
    weights: np.ndarray
    means: np.ndarray
    scales: np.ndarray = field(default_factory=lambda: np.ones(2))


def mixture_nll(p: MixtureParams, x: np.ndarray) -> float:
    log_w = np.log(p.weights) - np.log(np.sum(p.weights))
    z = (x[:, None] - p.means) / p.scales
    logp = log_w - np.log(p.scales) - 0.5 * z**2
    m = logp.max(axis=1, keepdims=True)
    return -np.sum(m[:, 0] + np.log(np.exp(logp - m).sum(axis=1)))


case(
    mixture_nll,
    (MixtureParams(np.array([0.4, 0.6]), np.array([-1.0, 1.5])), Y),
    (MixtureParams(np.array([0.2, 0.6, 0.5]), np.array([-1.0, 0.2, 1.5]), np.array([0.5, 1.2, 0.8])), X[:, 1]),
    wrt=("p",),
)


def bootstrap_std(x: np.ndarray, n_boot: int, rng: np.random.Generator):
    means = []
    for _ in range(n_boot):
        idx = rng.integers(0, len(x), size=len(x))
        means.append(x[idx].mean())
    means = np.array(means)
    return means.std(ddof=1)


case(bootstrap_std, (Y, 5, np.random.default_rng(3)), (X[:, 1], 9, np.random.default_rng(8)), wrt=("x",))


def correlation(x: np.ndarray, y: np.ndarray, *, method="pearson", eps=1e-9):
    """Correlation of two samples."""
    if method not in {"pearson", "cosine"}:
        raise ValueError(f"unknown method {method!r}")
    if method == "pearson":
        x, y = x - x.mean(), y - y.mean()
    return (x @ y) / (np.linalg.norm(x) * np.linalg.norm(y) + eps)


case(correlation, (X[:, 1], Y), (Y, np.array([0.3, -1.0, 0.5, 2.0])), wrt=("x", "y"))
case(correlation, (X[:, 1], Y), (Y, np.array([0.3, -1.0, 0.5, 2.0])), wrt=("x", "y"), kwargs={"method": "cosine"}, label="cosine_similarity")

CASES = case.all
