"""Statistics of data matrices, Markov chains and estimation over time."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def covariance(M, float_n, data):
    mean = np.mean(data, axis=0)
    data -= mean
    cov = np.zeros((M, M))
    for i in range(M):
        cov[i:M, i] = cov[i, i:M] = data[:, i] @ data[:, i:M] / (float_n - 1.0)
    return cov


def correlation(M, float_n, data):
    """Columns that hardly vary are left unscaled, by a masked store."""
    mean = np.mean(data, axis=0)
    stddev = np.std(data, axis=0)
    stddev[stddev <= 0.1] = 1.0
    data -= mean
    data /= np.sqrt(float_n) * stddev
    corr = np.eye(M)
    for i in range(M - 1):
        corr[i + 1 : M, i] = corr[i, i + 1 : M] = data[:, i] @ data[:, i + 1 : M]
    return corr


def robust_moments(x, limit):
    """Values beyond a limit are clipped in place by masks, then standardised."""
    y = x.copy()
    center = np.mean(y)
    y -= center
    high = y > limit
    low = y < -limit
    y[high] = limit + 0.1 * (y[high] - limit)
    y[low] = -limit + 0.1 * (y[low] + limit)
    y /= np.sqrt(np.mean(y**2))
    return y, y**3


def weighted_histogram(weights, bins, n):
    """Weights summed by bin with np.add.at, then normalised in place."""
    h = np.zeros(n)
    np.add.at(h, bins, weights * weights)
    h /= h.sum()
    return h


def cloud_in_cell(positions, charges, n):
    """Each charge is shared between the two grid points around it."""
    rho = np.zeros(n)
    left = np.floor(positions).astype(int)
    part = positions - left
    np.add.at(rho, left, charges * (1 - part))
    np.add.at(rho, left + 1, charges * part)
    return rho


def segment_means(x, segments, count):
    """Means by segment, gathered back and subtracted."""
    sums = np.zeros(count)
    sizes = np.zeros(count)
    for i in range(len(x)):
        sums[segments[i]] += x[i]
        sizes[segments[i]] += 1
    sums /= sizes
    out = x - sums[segments]
    out *= out
    return out


def soft_kmeans(points, centers, beta, iterations):
    centers = centers.copy()
    for _ in range(iterations):
        d = np.empty((len(points), len(centers)))
        for k in range(len(centers)):
            d[:, k] = np.sum((points - centers[k]) ** 2, axis=1)
        d -= d.min(axis=1, keepdims=True)
        r = np.exp(-beta * d)
        r /= r.sum(axis=1, keepdims=True)
        for k in range(len(centers)):
            centers[k] = r[:, k] @ points / r[:, k].sum()
    return centers


def hmm_forward(start, transition, emission, observed):
    """Scaled forward algorithm; returns the log-likelihood."""
    T = len(observed)
    alpha = np.zeros((T, len(start)))
    alpha[0] = start * emission[:, observed[0]]
    scale = alpha[0].sum()
    alpha[0] /= scale
    loglik = np.log(scale)
    for t in range(1, T):
        for j in range(len(start)):
            alpha[t, j] = np.dot(alpha[t - 1], transition[:, j]) * emission[j, observed[t]]
        scale = alpha[t].sum()
        alpha[t] /= scale
        loglik += np.log(scale)
    return loglik


def hmm_smoothing(start, transition, likelihood):
    """Forward and backward passes, the backward one with a decreasing range."""
    T, n = likelihood.shape
    alpha = np.empty((T, n))
    beta = np.empty((T, n))
    alpha[0] = start * likelihood[0]
    for t in range(1, T):
        alpha[t] = likelihood[t] * (alpha[t - 1] @ transition)
    beta[T - 1, :] = 1.0
    for t in range(T - 2, -1, -1):
        beta[t] = transition @ (likelihood[t + 1] * beta[t + 1])
    gamma = alpha * beta
    gamma /= gamma.sum(axis=1)[:, None]
    return gamma


def kalman_filter(z, F, H, Q, R, x, P):
    """State and covariance are updated in place at each measurement."""
    x = x.copy()
    P = P.copy()
    estimates = np.zeros((len(z), len(x)))
    for t, measured in enumerate(z):
        x[:] = F @ x
        P[:, :] = F @ P @ F.T + Q
        innovation = measured - H @ x
        S = H @ P @ H + R
        K = P @ H / S
        x += K * innovation
        P -= np.outer(K, H @ P)
        estimates[t] = x
    return estimates, P


def page_rank(links, damping, iterations):
    n = links.shape[0]
    M = links / links.sum(axis=0)
    rank = np.full(n, 1.0 / n)
    new = np.empty(n)
    for _ in range(iterations):
        np.dot(M, rank, out=new)
        new *= damping
        new += (1 - damping) / n
        rank, new = new, rank
    return rank


def power_iteration(A, tolerance):
    """The largest eigenvalue, when it no longer changes much."""
    v = np.ones(A.shape[0])
    v /= np.sqrt(v @ v)
    value, old = 0.0, 1.0
    while abs(value - old) > tolerance:
        old = value
        w = A @ v
        value = v @ w
        v[:] = w / np.sqrt(w @ w)
    return value, v


def ising_mean_field(m, J, h, beta, sweeps):
    """Magnetisations relax one after the other in place."""
    for sweep in range(sweeps):
        for i in range(m.size):
            field = h[i]
            if i > 0:
                field += J * m[i - 1]
            if i < m.size - 1:
                field += J * m[i + 1]
            m[i] = np.tanh(beta * field)


def running_moments(x):
    """Welford's algorithm, the moments of each prefix stored."""
    means = np.zeros(len(x))
    variances = np.zeros(len(x))
    mean = 0.0
    m2 = 0.0
    for i, value in enumerate(x):
        delta = value - mean
        mean += delta / (i + 1)
        m2 += delta * (value - mean)
        means[i] = mean
        variances[i] = m2 / (i + 1)
    return means, variances


def gaussian_elimination_marginals(K, y, noise):
    """Log-likelihood of a Gaussian process; the kernel matrix gets its noise by fill_diagonal."""
    n = len(y)
    A = K.copy()
    np.fill_diagonal(A, np.diag(K) + noise)
    z = np.empty(n)
    total = 0.0
    for i in range(n):
        z[i] = y[i]
        for j in range(i):
            A[i, j] = (A[i, j] - A[i, :j] @ A[j, :j]) / A[j, j]
            z[i] -= A[i, j] * z[j]
        A[i, i] = np.sqrt(A[i, i] - A[i, :i] @ A[i, :i])
        z[i] /= A[i, i]
        total -= 0.5 * z[i] ** 2 + np.log(A[i, i])
    return total


rng = np.random.default_rng(105)
_D43, _D75 = rng.normal(size=(4, 3)), rng.normal(size=(7, 5))
_F43 = _D43 * np.array([1.0, 0.01, 2.0])
_x5 = np.array([0.3, -2.6, 0.8, 3.1, -0.4])
_x8 = np.array([0.1, 0.9, -3.3, 1.2, 4.0, -0.7, 0.4, -2.9])
_w5, _w8 = rng.normal(size=5), rng.normal(size=8)
_i5, _i8 = np.array([2, 0, 2, 1, 1]), np.array([3, 0, 1, 1, 2, 3, 3, 0])
_C23, _C32 = rng.normal(size=(2, 3)), rng.normal(size=(3, 5))
_s2, _s3 = np.array([0.6, 0.4]), np.array([0.2, 0.5, 0.3])
_T2, _T3 = rng.uniform(0.2, 1, (2, 2)), rng.uniform(0.2, 1, (3, 3))
_E23, _E34 = rng.uniform(0.2, 1, (2, 3)), rng.uniform(0.2, 1, (3, 4))
_L32, _L53 = rng.uniform(0.2, 1, (3, 2)), rng.uniform(0.2, 1, (5, 3))
_F2 = np.array([[1.0, 0.4], [-0.1, 0.9]])
_P2 = np.array([[1.2, 0.3], [0.3, 0.8]])
_links3, _links5 = rng.uniform(0.1, 1, (3, 3)), rng.uniform(0.1, 1, (5, 5))
_E3 = np.diag([4.0, 1.0, 2.0]) + 0.3 * rng.normal(size=(3, 3))
_E5 = np.diag([1.0, 2.0, 5.0, 1.5, 0.5]) + 0.3 * rng.normal(size=(5, 5))
_K3 = np.exp(-0.5 * (np.arange(3.0)[:, None] - np.arange(3.0)) ** 2)
_K5 = np.exp(-0.3 * (np.arange(5.0)[:, None] - np.arange(5.0)) ** 2)

CASES = (
    Case(covariance, ((3, 4.0, _D43), (5, 7.0, _D75)), scalar=False, mutated=("data",)),
    Case(
        correlation,
        ((3, 4.0, _D43), (5, 7.0, _D75), (3, 4.0, _F43)),
        scalar=False,
        mutated=("data",),
        of=("return", "data"),
    ),
    Case(robust_moments, ((_x5, 1.5), (_x8, 2.0)), scalar=False),
    Case(weighted_histogram, ((_w5, _i5, 3), (_w8, _i8, 4)), scalar=False),
    Case(
        cloud_in_cell,
        (
            (np.array([0.3, 1.6, 0.7]), _w5[:3], 3),
            (np.array([3.4, 0.6, 1.3, 1.7, 3.2]), _w8[:5], 5),
        ),
        scalar=False,
    ),
    Case(segment_means, ((_w5, _i5, 3), (_w8, _i8, 4)), scalar=False),
    Case(soft_kmeans, ((_D43, _C23, 0.7, 1), (_D75, _C32, 0.3, 3)), scalar=False),
    Case(
        hmm_forward,
        ((_s2, _T2, _E23, np.array([2, 0, 1])), (_s3, _T3, _E34, np.array([3, 0, 1, 1, 2, 3]))),
    ),
    Case(hmm_smoothing, ((_s2, _T2, _L32), (_s3, _T3, _L53)), scalar=False),
    Case(
        kalman_filter,
        (
            (_w5[:2], _F2, np.array([1.0, 0.2]), 0.3 * _P2, 0.5, _w8[:2], _P2),
            (_w5, _F2.T, np.array([0.3, 1.2]), 0.2 * _P2, 0.8, _w8[2:4], _P2 + 0.4),
        ),
        scalar=False,
    ),
    Case(page_rank, ((_links3, 0.85, 1), (_links5, 0.7, 4)), scalar=False),
    Case(power_iteration, ((_E3, 0.05), (_E5, 0.02)), wrt=("A",), scalar=False),
    Case(
        ising_mean_field,
        ((_w5, 0.4, _x5, 0.7, 1), (_w8, -0.6, _x8 / 3, 0.9, 3)),
        mutated=("m",),
        of=("m",),
    ),
    Case(running_moments, ((_w5,), (_w8,)), scalar=False),
    Case(gaussian_elimination_marginals, ((_K3, _w5[:3], 0.4), (_K5, _w5, 0.7))),
)
