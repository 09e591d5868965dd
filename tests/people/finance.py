"""Finance: options, bonds, portfolios, risk."""

import math
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Callable

import numpy as np

from tests.people.case import Collection

case = Collection()


def norm_cdf(x):
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


def black_scholes(S: float, K: float, T: float, r: float, sigma: float, kind: str = "call") -> float:
    """Price of a European option."""
    d1 = (math.log(S / K) + (r + sigma**2 / 2) * T) / (sigma * math.sqrt(T))
    d2 = d1 - sigma * math.sqrt(T)
    if kind == "call":
        return S * norm_cdf(d1) - K * math.exp(-r * T) * norm_cdf(d2)
    elif kind == "put":
        return K * math.exp(-r * T) * norm_cdf(-d2) - S * norm_cdf(-d1)
    else:
        raise ValueError("kind must be 'call' or 'put'")


case(black_scholes, (100.0, 95.0, 0.5, 0.02, 0.2), (80.0, 90.0, 1.0, 0.01, 0.3, "put"), wrt=("S", "T", "r", "sigma"))


def straddle(S: float, sigma: float, **kw):
    return black_scholes(S, sigma=sigma, kind="call", **kw) + black_scholes(S, sigma=sigma, kind="put", **kw)


case(
    straddle,
    (100.0, 0.2),
    (90.0, 0.35),
    wrt=("S", "sigma"),
    kwargs={"K": 100.0, "T": 0.75, "r": 0.03},
)


def implied_vol(price: float, S: float, K: float, T: float, r: float, guess: float = 0.3):
    """Newton's method on the price."""
    sigma = guess
    for i in range(50):
        p = black_scholes(S, K, T, r, sigma)
        d1 = (math.log(S / K) + (r + 0.5 * sigma**2) * T) / (sigma * math.sqrt(T))
        vega = S * math.sqrt(T) * math.exp(-(d1**2) / 2) / math.sqrt(2 * math.pi)
        diff = p - price
        sigma -= diff / vega
        if abs(diff) < 1e-10:
            break
    else:
        raise RuntimeError("did not converge")
    return sigma


case(implied_vol, (8.0, 100.0, 100.0, 0.5, 0.01), (12.0, 90.0, 85.0, 1.0, 0.02), wrt=("price", "S"))


def binomial_american_put(S: float, K: float, r: float, sigma: float, T: float, n: int):
    dt = T / n
    u = math.exp(sigma * math.sqrt(dt))
    d = 1 / u
    p = (math.exp(r * dt) - d) / (u - d)
    disc = math.exp(-r * dt)
    values = [max(K - S * u**j * d ** (n - j), 0.0) for j in range(n + 1)]
    for i in range(n - 1, -1, -1):
        values = [
            max(disc * (p * values[j + 1] + (1 - p) * values[j]), K - S * u**j * d ** (i - j))
            for j in range(i + 1)
        ]
    return values[0]


case(binomial_american_put, (97.0, 100.0, 0.03, 0.2, 0.5, 3), (105.5, 100.0, 0.05, 0.4, 1.0, 6))


@dataclass
class Bond:
    face: float
    coupon: float
    maturity: int
    freq: int = 2

    def cashflows(self):
        c = self.face * self.coupon / self.freq
        flows = [c] * (self.maturity * self.freq)
        flows[-1] += self.face
        return flows

    def price(self, y):
        return sum(cf / (1 + y / self.freq) ** (t + 1) for t, cf in enumerate(self.cashflows()))


def bond_price(y: float, coupon: float, years: int):
    return Bond(100.0, coupon, years).price(y)


case(bond_price, (0.03, 0.05, 2), (0.06, 0.02, 5))

TREASURY = Bond(100.0, 0.04, 3)

case(TREASURY.price, (0.035,), (0.05,), label="price_of_a_treasury")


def portfolio_stats(weights: np.ndarray, mu: np.ndarray, cov: np.ndarray, rf: float = 0.01):
    w = weights / np.sum(weights)
    ret = w @ mu
    vol = np.sqrt(w @ cov @ w)
    return {"return": ret, "volatility": vol, "sharpe": (ret - rf) / vol}


COV = np.array([[0.04, 0.01, 0.0], [0.01, 0.09, 0.02], [0.0, 0.02, 0.06]])

case(
    portfolio_stats,
    (np.array([0.3, 0.3, 0.4]), np.array([0.05, 0.08, 0.06]), COV),
    (np.array([1.0, 0.5]), np.array([0.02, 0.1]), COV[:2, :2], 0.0),
    wrt=("weights", "mu"),
)


def monte_carlo_call(S0: float, K: float, r: float, sigma: float, n: int, seed: int = 0):
    rng = np.random.default_rng(seed)
    z = rng.standard_normal(n)
    ST = S0 * np.exp(r - 0.5 * sigma**2 + sigma * z)
    payoff = np.maximum(ST - K, 0)
    return np.exp(-r) * payoff.mean()


case(monte_carlo_call, (100.0, 90.0, 0.02, 0.3, 8), (100.0, 120.0, 0.05, 0.5, 11, 5), wrt=("S0", "r", "sigma"))


def npv(rate, cashflows):
    return sum(cf / (1 + rate) ** i for i, cf in enumerate(cashflows))


def secant(f: Callable[[float], float], x0: float, x1: float, tol: float = 1e-13, maxiter: int = 60) -> float:
    f0, f1 = f(x0), f(x1)
    for _ in range(maxiter):
        if abs(f1) < tol or f1 == f0:
            break
        x0, x1 = x1, x1 - f1 * (x1 - x0) / (f1 - f0)
        f0, f1 = f1, f(x1)
    return x1


def net_present_value(rate: float, cashflows: list):
    return npv(rate, cashflows)


case(net_present_value, (0.05, [-100.0, 30.0, 40.0, 60.0]), (0.1, [-10.0, 12.0]), wrt=("rate", "cashflows"))


def annuity_rate(payment: float, principal: float, n: int):
    """Rate at which n payments pay back the principal: secant steps."""
    balance = lambda i: payment * (1 - (1 + i) ** -n) / i - principal
    return secant(balance, 0.02, 0.05)


case(annuity_rate, (12.0, 100.0, 10), (30.0, 100.0, 4), wrt=("payment", "principal"))


class YieldCurve:
    """Nelson-Siegel."""

    __slots__ = ("beta", "tau")

    def __init__(self, beta, tau):
        self.beta = beta
        self.tau = tau

    def __call__(self, t):
        b0, b1, b2 = self.beta
        x = t / self.tau
        load = (1 - np.exp(-x)) / x
        return b0 + b1 * load + b2 * (load - np.exp(-x))


def curve_misfit(beta: np.ndarray, tau: float, t: np.ndarray, observed: np.ndarray):
    curve = YieldCurve(beta, tau)
    return np.sum((curve(t) - observed) ** 2)


case(
    curve_misfit,
    (np.array([0.04, -0.02, 0.01]), 1.5, np.array([0.5, 1.0, 5.0]), np.array([0.02, 0.025, 0.035])),
    (np.array([0.03, 0.01, -0.01]), 0.7, np.array([2.0]), np.array([0.03])),
    wrt=("beta", "tau"),
)


def discount_factors(forwards: list, dt: float = 0.5):
    df, out = 1.0, []
    for f in forwards:
        df /= 1 + f * dt
        out.append(df)
    return out


def swap_rate(forwards: list, dt: float = 0.5):
    df = discount_factors(forwards, dt)
    *_, last = df
    return (1 - last) / (dt * sum(df))


case(swap_rate, ([0.02, 0.025, 0.03],), ([0.01, 0.02], 1.0), wrt=("forwards",))


def garch_loglik(params, returns: np.ndarray):
    omega, alpha, beta = params
    var = np.var(returns)
    ll = 0.0
    for r in returns:
        ll -= 0.5 * (np.log(2 * np.pi) + np.log(var) + r**2 / var)
        var = omega + alpha * r**2 + beta * var
    return ll


case(
    garch_loglik,
    ((0.1, 0.1, 0.8), np.array([0.5, -1.0, 0.3, 0.8])),
    ((0.2, 0.3, 0.4), np.array([0.2, 0.9])),
    wrt=("params",),
)


def max_drawdown(returns: np.ndarray):
    wealth = np.cumprod(1 + returns)
    peak = -math.inf
    worst = 0.0
    for w in wealth:
        peak = max(peak, w)
        worst = max(worst, (peak - w) / peak)
    return worst


case(max_drawdown, (np.array([0.1, -0.2, 0.05, -0.1, 0.3]),), (np.array([0.1, -0.05, 0.2]),))

CASES = case.all
