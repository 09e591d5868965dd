"""Signal processing: filters, windows, envelopes, detection."""

import math
from collections import deque
from functools import partial, wraps
from itertools import chain, cycle, islice

import numpy as np

from tests.people.case import Collection

case = Collection()


def exp_smooth(x: np.ndarray, alpha: float):
    s = x[0]
    out = [s]
    for v in x[1:]:
        s = alpha * v + (1 - alpha) * s
        out.append(s)
    return np.asarray(out)


case(exp_smooth, (np.array([1.0, 0.5, -0.3]), 0.3), (np.array([0.2, 0.4, 0.1, 0.9]), 0.8))


class BiquadFilter:
    """Direct form II transposed."""

    def __init__(self, b, a):
        self.b = b
        self.a = a
        self.reset()

    def reset(self):
        self.z1 = 0.0
        self.z2 = 0.0

    def process(self, x):
        b0, b1, b2 = self.b
        a1, a2 = self.a
        y = b0 * x + self.z1
        self.z1 = b1 * x - a1 * y + self.z2
        self.z2 = b2 * x - a2 * y
        return y


def filtered_energy(signal: np.ndarray, b: np.ndarray, a: np.ndarray):
    filt = BiquadFilter(b, a)
    return sum(filt.process(s) ** 2 for s in signal)


case(
    filtered_energy,
    (np.array([1.0, 0.0, 0.5, -0.2]), np.array([0.2, 0.4, 0.2]), np.array([-0.3, 0.1])),
    (np.array([0.3, 0.8]), np.array([1.0, -0.5, 0.1]), np.array([0.2, 0.05])),
)


def convolve(x, h):
    n = len(x) + len(h) - 1
    y = np.zeros(n)
    for k in range(len(h)):
        y[k : k + len(x)] += h[k] * x
    return y


def matched_filter_peak(x: np.ndarray, template: np.ndarray):
    y = convolve(x, template[::-1])
    k = int(np.argmax(y))
    return y[k]


case(
    matched_filter_peak,
    (np.array([0.1, 1.0, 0.5, 0.0]), np.array([1.0, 0.4])),
    (np.array([0.5, -0.3, 0.8]), np.array([0.2, 0.9, 0.3])),
)

WINDOWS = {
    "hann": lambda n: 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / (n - 1)),
    "hamming": lambda n: 0.54 - 0.46 * np.cos(2 * np.pi * np.arange(n) / (n - 1)),
    "box": np.ones,
}


def windowed_power(x: np.ndarray, window: str = "hann"):
    try:
        w = WINDOWS[window](len(x))
    except KeyError:
        raise ValueError(f"unknown window: {window}") from None
    return np.sum((w * x) ** 2) / np.sum(w**2)


case(windowed_power, (np.array([1.0, 0.5, -0.2, 0.3]),), (np.array([0.5, 1.5, 0.3]), "box"), (np.array([1.0, 2.0, 3.0]), "hamming"), wrt=("x",))


def goertzel_power(x: np.ndarray, k: int) -> float:
    n = len(x)
    w = 2 * math.pi * k / n
    coeff = 2 * math.cos(w)
    s_prev, s_prev2 = 0.0, 0.0
    for sample in x:
        s = sample + coeff * s_prev - s_prev2
        s_prev2, s_prev = s_prev, s
    return s_prev**2 + s_prev2**2 - coeff * s_prev * s_prev2


case(goertzel_power, (np.array([1.0, 0.3, -0.5, 0.2]), 1), (np.array([0.5, 0.7, 0.1]), 0), wrt=("x",))


def moving_average(x: np.ndarray, width: int):
    buf = deque(maxlen=width)
    out = np.empty(len(x))
    for i, v in enumerate(x):
        buf.append(v)
        out[i] = sum(buf) / len(buf)
    return out


case(moving_average, (np.array([1.0, 2.0, 0.5, -1.0]), 2), (np.array([0.3, 0.8, 0.1]), 3), wrt=("x",))


def compose(*functions):
    """Left to right."""

    def composed(x):
        for f in functions:
            x = f(x)
        return x

    return composed


def scale(k, x):
    return k * x


def pre_emphasis(x, alpha=0.9):
    return np.append(x[0], x[1:] - alpha * x[:-1])


def frontend(x: np.ndarray, gain: float):
    pipeline = compose(partial(scale, gain), pre_emphasis, np.tanh)
    return np.sum(pipeline(x) ** 2)


case(frontend, (np.array([0.3, 0.7, -0.2]), 1.5), (np.array([1.0, 0.2]), 0.4))


def traced(fn):
    """Counts the calls of a function."""

    @wraps(fn)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return fn(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


@traced
def soft_threshold(x, lam):
    return np.sign(x) * np.maximum(np.abs(x) - lam, 0.0)


def denoise(x: np.ndarray, lam: float, sweeps: int):
    y = x
    for _ in range(sweeps):
        y = soft_threshold(y + 0.5 * (x - y), lam)
    return y


case(denoise, (np.array([1.0, -0.8, 0.1]), 0.2, 2), (np.array([0.5, 2.0]), 0.1, 3))


def haar_step(x):
    even, odd = x[::2], x[1::2]
    return (even + odd) / np.sqrt(2), (even - odd) / np.sqrt(2)


def haar_energy_by_level(x: np.ndarray):
    levels = []
    approx = x
    while len(approx) > 1:
        approx, detail = haar_step(approx)
        levels.append(np.sum(detail**2))
    return tuple(levels)


case(haar_energy_by_level, (np.array([1.0, 0.5, -0.3, 0.8]),), (np.array([2.0, 1.0]),))


def interleave(a, b):
    return list(chain.from_iterable(zip(a, b)))


def alternating_gain(x: np.ndarray, gains: tuple):
    """Each sample times the next of some gains, over and over."""
    return sum(g * v for g, v in zip(cycle(gains), x))


case(alternating_gain, (np.array([1.0, 2.0, 3.0, 4.0]), (0.5, -1.0)), (np.array([0.3]), (2.0, 1.0, 3.0)), wrt=("x", "gains"))


def stereo_width(left: np.ndarray, right: np.ndarray):
    frames = interleave(left, right)
    mid = [(frames[i] + frames[i + 1]) / 2 for i in range(0, len(frames), 2)]
    side = [(frames[i] - frames[i + 1]) / 2 for i in range(0, len(frames), 2)]
    return sum(s**2 for s in side) / sum(m**2 for m in mid)


case(stereo_width, (np.array([1.0, 0.5]), np.array([0.8, 0.9])), (np.array([0.3, 0.4, 0.5]), np.array([1.0, 0.2, 0.7])))


def zero_crossing_time(a: float, b: float, t: list):
    """Time of the first zero crossing of a damped sine on a grid, interpolated."""
    prev = None
    for ti in t:
        y = math.exp(-a * ti) * math.cos(b * ti)
        if prev is not None:
            t0, y0 = prev
            if y0 > 0 >= y:
                return t0 + (ti - t0) * y0 / (y0 - y)
        prev = (ti, y)
    return None


case(zero_crossing_time, (0.1, 1.0, [0.0, 1.0, 2.0, 3.0]), (0.3, 2.0, [0.0, 0.3, 0.6, 0.9]), wrt=("a", "b"))


def fibonacci_filter(x: float, n: int):
    """The nth output of y[n] = x y[n-1] + y[n-2]."""

    def outputs():
        a, b = 0.0, 1.0
        while True:
            yield a
            a, b = b, x * b + a

    return next(islice(outputs(), n, None))


case(fibonacci_filter, (0.7, 5), (1.2, 2), wrt=("x",))


def crest_factor(*, peak: float, samples: np.ndarray):
    rms = np.sqrt(np.mean(np.square(samples)))
    return peak / rms


def loudness(x: np.ndarray):
    try:
        c = crest_factor(peak=np.max(np.abs(x)), samples=x)
    finally:
        print("crest factor computed")
    return 20 * np.log10(c)


case(loudness, (np.array([1.0, 0.5, -0.2]),), (np.array([0.3, -0.8]),))

CASES = case.all
