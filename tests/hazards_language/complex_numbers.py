"""Complex numbers on the way from real arguments to real results, and complex constants.

The derivative of a real function of real arguments needs no convention, whatever is in between.
"""

import cmath
import math

import numpy as np

from tests.stated import Collection

case = Collection()

_3 = np.array([0.5, -1.2, 2.0])
_4 = np.array([0.5, -1.2, 2.0, 0.8])
_C = np.array([1 + 2j, -0.5j, 3.0])
_UNSUPPORTED = "complex numbers"


def squared_modulus(x: float, y: float):
    z = complex(x, y)
    return abs(z) ** 2


case(squared_modulus, lambda w, x, y: (2 * w * x, 2 * w * y), (1.2, -0.7), unsupported=_UNSUPPORTED)


def modulus_of_an_array(x: np.ndarray):
    return np.abs(x + 1j)


case(modulus_of_an_array, lambda w, x: w * x / np.sqrt(x * x + 1), (_3,), unsupported=_UNSUPPORTED)


def real_part_of_a_product(x: np.ndarray):
    return (x * (2 + 1j) * (x * 1j)).real


case(real_part_of_a_product, lambda w, x: -2 * w * x, (_3,), unsupported=_UNSUPPORTED)


def imaginary_part_of_a_power(x: np.ndarray):
    return ((x + 1j) ** 2).imag


case(imaginary_part_of_a_power, lambda w, x: 2 * w, (_3,), unsupported=_UNSUPPORTED)


def euler(x: np.ndarray):
    return np.exp(1j * x).real * np.exp(1j * x).imag


case(euler, lambda w, x: w * np.cos(2 * x), (_3,), unsupported=_UNSUPPORTED)


def euler_of_a_number(x: float):
    return cmath.exp(1j * x).real


case(euler_of_a_number, lambda w, x: -w * math.sin(x), (0.7,), unsupported=_UNSUPPORTED)


def power_spectrum(x: np.ndarray):
    return np.abs(np.fft.fft(x)) ** 2


def _power_spectrum(w, x):
    n = len(x)
    F = np.exp(-2j * math.pi * np.outer(np.arange(n), np.arange(n)) / n)
    return 2 * (F.conj().T @ (w * (F @ x))).real


case(power_spectrum, _power_spectrum, (_4,), (_3,), unsupported=_UNSUPPORTED)


def convolution_by_transforms(x: np.ndarray, h: np.ndarray):
    return np.fft.irfft(np.fft.rfft(x) * np.fft.rfft(h), 4)


def _convolution(w, x, h):
    return (
        np.array([sum(w[k] * h[(k - i) % 4] for k in range(4)) for i in range(4)]),
        np.array([sum(w[k] * x[(k - i) % 4] for k in range(4)) for i in range(4)]),
    )


case(convolution_by_transforms, _convolution, (_4, _4[::-1].copy()), unsupported=_UNSUPPORTED)


def root_of_a_negative_number(x: np.ndarray):
    return np.sqrt(x + 0j).imag


case(
    root_of_a_negative_number,
    lambda w, x: w * np.where(x < 0, -0.5 / np.sqrt(np.abs(x)), 0),
    (_3,),
    unsupported=_UNSUPPORTED,
)


def python_power_becomes_complex(x: float):
    """In Python (-2.0)**0.5 is complex; abs makes it real again."""
    return abs(x**0.5)


case(
    python_power_becomes_complex,
    lambda w, x: w * 0.5 * math.copysign(1, x) / math.sqrt(abs(x)),
    (4.0,),
    (-4.0,),
    unsupported=_UNSUPPORTED,
)


def angle(x: np.ndarray):
    return np.angle(x + 2j)


case(angle, lambda w, x: -2 * w / (x * x + 4), (_3,), unsupported=_UNSUPPORTED)


def conjugate_of_real_numbers(x: np.ndarray):
    return np.conj(x) * x.conj() + np.conjugate(x) + x.conjugate()


case(conjugate_of_real_numbers, lambda w, x: w * (2 * x + 2), (_3,))


def parts_of_real_numbers(x: np.ndarray):
    return x.real * x + np.real(x)


case(parts_of_real_numbers, lambda w, x: w * (2 * x + 1), (_3,))


def imaginary_part_of_real_numbers(x: np.ndarray):
    return x.imag + x * 2 + np.imag(x)


case(imaginary_part_of_real_numbers, lambda w, x: 2 * w, (_3,))


def parts_of_a_real_number(x: float):
    return x.real * x + x.imag + x.conjugate()


case(parts_of_a_real_number, lambda w, x: w * (2 * x + 1), (1.2,))


def real_parts_of_a_constant(x: np.ndarray):
    return x * _C.real + _C.imag * x * x + abs(_C[0]) * x


case(
    real_parts_of_a_constant,
    lambda w, x: w * (_C.real + 2 * _C.imag * x + math.sqrt(5)),
    (_3,),
)


def complex_argument_that_is_not_differentiated(x: np.ndarray, c: np.ndarray):
    return x * c.real + np.abs(c) * x


case(
    complex_argument_that_is_not_differentiated,
    lambda w, x, c: w * (c.real + np.abs(c)),
    (_3, _C),
)


def complex_local_without_derivative(x: np.ndarray, n: int):
    roots = np.exp(2j * np.pi * np.arange(3) / n)
    return x * roots.real + roots.imag


case(
    complex_local_without_derivative,
    lambda w, x, n: w * np.cos(2 * np.pi * np.arange(3) / n),
    (_3, 3),
    (_3, 5),
)


def complex_number_in_a_test(x: float, c: complex):
    if abs(c) > 1 and c.imag >= 0:
        return x * x
    return x * c.real


case(
    complex_number_in_a_test,
    lambda w, x, c: w * (2 * x if abs(c) > 1 and c.imag >= 0 else c.real),
    (1.2, 3 + 4j),
    (1.2, 0.5 - 0.25j),
)


def stored_in_a_complex_array(x: np.ndarray):
    z = np.zeros(3, dtype=complex)
    z[:] = x
    z *= 1j
    return z.imag * x


case(stored_in_a_complex_array, lambda w, x: 2 * w * x, (_3,), unsupported=_UNSUPPORTED)


def parts_written(x: np.ndarray, y: np.ndarray):
    z = np.empty(3, complex)
    z.real = x
    z.imag = y
    return np.abs(z * z)


case(parts_written, lambda w, x, y: (2 * w * x, 2 * w * y), (_3, _3[::-1].copy()), unsupported=_UNSUPPORTED)


def iteration_in_the_plane(x: float, y: float):
    z = c = x + 1j * y
    for _ in range(3):
        z = z * z + c
    return z.real


def _iteration(w, x, y):
    c = z = complex(x, y)
    d = 1.0
    for _ in range(3):
        z, d = z * z + c, 2 * z * d + 1
    return w * d.real, -w * d.imag


case(iteration_in_the_plane, _iteration, (0.3, -0.2), unsupported=_UNSUPPORTED)


def inner_product_of_complex_vectors(x: np.ndarray):
    z = x + 1j * x * x
    return np.vdot(z, z).real


case(
    inner_product_of_complex_vectors,
    lambda w, x: w * (2 * x + 4 * x**3),
    (_3,),
    unsupported=_UNSUPPORTED,
)


def roots_of_a_polynomial(b: float, c: float):
    return np.max(np.roots([1.0, b, c]).real)


def _roots(w, b, c):
    r = np.sqrt(b * b - 4 * c)
    return w * (-0.5 + 0.5 * b / r), -w / r


case(roots_of_a_polynomial, _roots, (-3.0, 2.0), unsupported=_UNSUPPORTED)


def eigenvalues_in_general(A: np.ndarray):
    return np.sum(np.linalg.eigvals(A)).real


case(
    eigenvalues_in_general,
    lambda w, A: w * np.eye(3),
    (np.array([[1.0, 2.0, 0.0], [-2.0, 1.0, 0.5], [0.0, 0.0, 3.0]]),),
    unsupported=_UNSUPPORTED,
)


def complex_step(x: float):
    """The derivative of the derivative of sin by a complex step."""
    h = 1e-20
    return np.sin(x + 1j * h).imag / h


case(complex_step, lambda w, x: -w * math.sin(x), (0.7,), unsupported=_UNSUPPORTED)


def complex_exponent(x: float):
    return (x**1j).real


case(complex_exponent, lambda w, x: -w * math.sin(math.log(x)) / x, (1.7,), unsupported=_UNSUPPORTED)


def result_is_complex(x: np.ndarray):
    """What comes in would have to be complex."""
    return x * 1j


case(result_is_complex, lambda w, x: w, (_3,), refused=True, smooth=False, unsupported=_UNSUPPORTED)


def derivative_by_complex_numbers(z: complex):
    return abs(z) ** 2


case(
    derivative_by_complex_numbers,
    lambda w, z: 2 * w * z.conjugate(),
    (1 + 2j,),
    wrt=("z",),
    refused=True,
    smooth=False,
    unsupported=_UNSUPPORTED,
)

CASES = tuple(case.all)
