"""Signals and images: recursive filters, convolutions, pooling, transforms."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def iir_filter(b, a, x):
    """Direct form II transposed, the delay line shifted in place."""
    n = len(a)
    z = np.zeros(n)
    y = np.empty_like(x)
    for t in range(len(x)):
        y[t] = (b[0] * x[t] + z[0]) / a[0]
        for i in range(1, n):
            z[i - 1] = b[i] * x[t] + z[i] - a[i] * y[t] / a[0]
    return y


def biquad_cascade(sections, x):
    """Second-order sections one after the other, each over the signal in place."""
    for b0, b1, b2, a1, a2 in sections:
        x1 = x2 = y1 = y2 = 0.0
        for t in range(len(x)):
            y = b0 * x[t] + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
            x2, x1 = x1, x[t]
            y2, y1 = y1, y
            x[t] = y


def exponential_smoothing(x, alpha):
    s = np.zeros_like(x)
    s[0] = x[0]
    for t in range(1, x.shape[0]):
        s[t] = alpha * x[t] + (1 - alpha) * s[t - 1]
    return s


def holt_winters(x, alpha, beta):
    """Level and trend; returns the forecasts' squared errors."""
    n = x.shape[0]
    level = np.empty(n)
    trend = np.empty(n)
    level[0], trend[0] = x[0], x[1] - x[0]
    error = 0.0
    for t in range(1, n):
        error += (x[t] - level[t - 1] - trend[t - 1]) ** 2
        level[t] = alpha * x[t] + (1 - alpha) * (level[t - 1] + trend[t - 1])
        trend[t] = beta * (level[t] - level[t - 1]) + (1 - beta) * trend[t - 1]
    return error


def deriche(alpha, imgIn):
    """Recursive smoothing, forwards and backwards along both axes."""
    k = (1.0 - np.exp(-alpha)) * (1.0 - np.exp(-alpha))
    k /= 1.0 + 2.0 * alpha * np.exp(-alpha) - np.exp(2.0 * alpha)
    a1 = a5 = k
    a2 = a6 = k * np.exp(-alpha) * (alpha - 1.0)
    a3 = a7 = k * np.exp(-alpha) * (alpha + 1.0)
    a4 = a8 = -k * np.exp(-2.0 * alpha)
    b1 = 2.0 ** (-alpha)
    b2 = -np.exp(-2.0 * alpha)
    c1 = c2 = 1
    y1 = np.empty_like(imgIn)
    y1[:, 0] = a1 * imgIn[:, 0]
    y1[:, 1] = a1 * imgIn[:, 1] + a2 * imgIn[:, 0] + b1 * y1[:, 0]
    for j in range(2, imgIn.shape[1]):
        y1[:, j] = (
            a1 * imgIn[:, j] + a2 * imgIn[:, j - 1] + b1 * y1[:, j - 1] + b2 * y1[:, j - 2]
        )
    y2 = np.empty_like(imgIn)
    y2[:, -1] = 0.0
    y2[:, -2] = a3 * imgIn[:, -1]
    for j in range(imgIn.shape[1] - 3, -1, -1):
        y2[:, j] = (
            a3 * imgIn[:, j + 1] + a4 * imgIn[:, j + 2] + b1 * y2[:, j + 1] + b2 * y2[:, j + 2]
        )
    imgOut = c1 * (y1 + y2)
    y1[0, :] = a5 * imgOut[0, :]
    y1[1, :] = a5 * imgOut[1, :] + a6 * imgOut[0, :] + b1 * y1[0, :]
    for i in range(2, imgIn.shape[0]):
        y1[i, :] = (
            a5 * imgOut[i, :] + a6 * imgOut[i - 1, :] + b1 * y1[i - 1, :] + b2 * y1[i - 2, :]
        )
    y2[-1, :] = 0.0
    y2[-2, :] = a7 * imgOut[-1, :]
    for i in range(imgIn.shape[0] - 3, -1, -1):
        y2[i, :] = (
            a7 * imgOut[i + 1, :] + a8 * imgOut[i + 2, :] + b1 * y2[i + 1, :] + b2 * y2[i + 2, :]
        )
    imgOut[:] = c2 * (y1 + y2)
    return imgOut


def convolution_1d(signal, kernel):
    """Full discrete convolution by direct sums."""
    n, m = len(signal), len(kernel)
    out = np.zeros(n + m - 1)
    for i in range(n):
        for j in range(m):
            out[i + j] += signal[i] * kernel[j]
    return out


def conv2d(input, weights):
    """Valid convolution of a batch of images with many channels, as in NPBench."""
    K = weights.shape[0]
    N = input.shape[0]
    H_out = input.shape[1] - K + 1
    W_out = input.shape[2] - K + 1
    C_out = weights.shape[3]
    output = np.empty((N, H_out, W_out, C_out))
    for i in range(H_out):
        for j in range(W_out):
            output[:, i, j, :] = np.sum(
                input[:, i : i + K, j : j + K, :, np.newaxis] * weights[np.newaxis, :, :, :],
                axis=(1, 2, 3),
            )
    return output


def convolution_same(image, kernel):
    """Zero padding by a store into a larger array, sums over the shifts of the kernel."""
    k = kernel.shape[0] // 2
    padded = np.zeros((image.shape[0] + 2 * k, image.shape[1] + 2 * k))
    padded[k:-k, k:-k] = image
    out = np.zeros(image.shape)
    for i in range(kernel.shape[0]):
        for j in range(kernel.shape[1]):
            out += kernel[i, j] * padded[i : i + image.shape[0], j : j + image.shape[1]]
    return out


def max_pool(x):
    """Windows of two by two."""
    output = np.empty([x.shape[0] // 2, x.shape[1] // 2], dtype=x.dtype)
    for i in range(x.shape[0] // 2):
        for j in range(x.shape[1] // 2):
            output[i, j] = np.max(x[2 * i : 2 * i + 2, 2 * j : 2 * j + 2])
    return output


def average_pool(x, size):
    n, m = x.shape[0] // size, x.shape[1] // size
    out = np.zeros((n, m))
    for i in range(size):
        for j in range(size):
            out += x[i : n * size : size, j : m * size : size]
    out /= size * size
    return np.log(out)


def blur(image, passes):
    """A separable blur with results written by out=."""
    a = image.copy()
    b = np.empty_like(a)
    for _ in range(passes):
        np.add(a[:, :-1], a[:, 1:], out=b[:, :-1])
        b[:, -1] = 2 * a[:, -1]
        np.multiply(b, 0.5, out=b)
        np.add(b[:-1], b[1:], out=a[:-1])
        a[-1] = 2 * b[-1]
        np.multiply(a, 0.5, out=a)
    return a


def unsharp_mask(image, amount):
    """Sharpens where the detail is strong enough."""
    out = image.copy()
    detail = np.zeros_like(image)
    detail[1:-1, 1:-1] = image[1:-1, 1:-1] - 0.25 * (
        image[:-2, 1:-1] + image[2:, 1:-1] + image[1:-1, :-2] + image[1:-1, 2:]
    )
    strong = np.abs(detail) > 0.5
    out[strong] += amount * detail[strong] ** 3
    return out


def integral_image(a):
    """Cumulative sums along both axes in place."""
    for i in range(1, a.shape[0]):
        a[i] += a[i - 1]
    for j in range(1, a.shape[1]):
        a[:, j] += a[:, j - 1]
    return a[-1, -1] * a


def haar_lifting(x, levels):
    """Wavelet transform in place: predict the odd samples, update the even ones."""
    y = x.copy()
    step = 1
    for level in range(levels):
        even = y[:: 2 * step]
        odd = y[step :: 2 * step]
        odd -= even
        even += 0.5 * odd
        step *= 2
    return y


def fft_butterflies(re, im):
    """Radix-2 transform of real and imaginary parts, in place, sizes that are powers of two."""
    n = len(re)
    j = 0
    for i in range(1, n):
        bit = n >> 1
        while j & bit:
            j ^= bit
            bit >>= 1
        j ^= bit
        if i < j:
            re[i], re[j] = re[j], re[i]
            im[i], im[j] = im[j], im[i]
    size = 2
    while size <= n:
        half = size // 2
        for start in range(0, n, size):
            for k in range(half):
                c = np.cos(2 * np.pi * k / size)
                s = -np.sin(2 * np.pi * k / size)
                a, b = start + k, start + k + half
                tr = c * re[b] - s * im[b]
                ti = c * im[b] + s * re[b]
                re[b] = re[a] - tr
                im[b] = im[a] - ti
                re[a] += tr
                im[a] += ti
        size *= 2


def cosine_transform(x):
    n = x.size
    out = np.zeros(n)
    for k in range(n):
        for i in range(n):
            out[k] += x[i] * np.cos(np.pi * (i + 0.5) * k / n)
    out[0] *= np.sqrt(0.5)
    out *= np.sqrt(2.0 / n)
    return out


def lms_filter(x, desired, w, mu):
    """Adaptive filter: the weights learn in place, sample by sample."""
    taps = len(w)
    errors = np.zeros(len(x) - taps + 1)
    for t in range(taps - 1, len(x)):
        window = x[t - taps + 1 : t + 1][::-1]
        e = desired[t] - w @ window
        w += mu * e * window
        errors[t - taps + 1] = e
    return errors


rng = np.random.default_rng(106)


def _n(*shape):
    return rng.normal(size=shape)


_x5, _x8, _d5, _d8 = _n(5), _n(8), _n(5), _n(8)
_distinct44 = rng.permutation(16).reshape(4, 4) * 0.4 - 3
_distinct68 = rng.permutation(48).reshape(6, 8) * 0.3 - 7
_image5 = np.array(
    [
        [0.1, 0.9, -0.3, 0.2, 0.5],
        [0.4, 2.1, 0.2, 0.4, -0.8],
        [-0.6, 0.3, -1.9, 0.5, 0.1],
        [0.7, 0.6, 0.1, 0.3, 0.2],
        [0.3, -0.2, 0.8, 0.4, 1.1],
    ]
)

CASES = (
    Case(
        iir_filter,
        (
            (np.array([0.4, 0.3]), np.array([1.2, -0.5]), _x5),
            (np.array([0.4, -0.3, 0.2]), np.array([1.5, 0.4, -0.3]), _x8),
        ),
        scalar=False,
    ),
    Case(
        biquad_cascade,
        ((0.4 * _n(1, 5), _x5), (0.4 * _n(3, 5), _x8)),
        mutated=("x",),
        of=("x",),
    ),
    Case(exponential_smoothing, ((_x5, 0.3), (_x8, 0.8)), scalar=False),
    Case(holt_winters, ((_x5, 0.3, 0.6), (_x8, 0.8, 0.2))),
    Case(deriche, ((0.25, _n(3, 4)), (0.4, _n(5, 4))), scalar=False),
    Case(convolution_1d, ((_x5, _n(2)), (_x8, _n(3))), scalar=False),
    Case(
        conv2d,
        ((_n(1, 3, 3, 2), _n(2, 2, 2, 1)), (_n(2, 4, 5, 1), _n(3, 3, 1, 2))),
        scalar=False,
    ),
    Case(convolution_same, ((_n(3, 4), _n(3, 3)), (_n(4, 5), _n(5, 5))), scalar=False),
    Case(max_pool, ((_distinct44,), (_distinct68,)), scalar=False),
    Case(
        average_pool,
        ((rng.uniform(0.5, 2, (4, 4)), 2), (rng.uniform(0.5, 2, (7, 6)), 3)),
        scalar=False,
    ),
    Case(blur, ((_n(3, 4), 1), (_n(4, 5), 3)), scalar=False),
    Case(unsharp_mask, ((_image5, 0.4), (_image5[:4, ::-1] * 1.5, -0.3)), scalar=False),
    Case(integral_image, ((_n(3, 4),), (_n(5, 4),)), scalar=False, mutated=("a",)),
    Case(haar_lifting, ((_n(4), 1), (_n(8), 3)), scalar=False),
    Case(fft_butterflies, ((_n(4), _n(4)), (_n(8), _n(8))), mutated=("re", "im"), of=("re", "im")),
    Case(cosine_transform, ((_n(3),), (_n(5),)), scalar=False),
    Case(
        lms_filter,
        ((_x5, _d5, _n(2), 0.2), (_x8, _d8, _n(3), 0.1)),
        scalar=False,
        mutated=("w",),
        of=("return", "w"),
    ),
)
