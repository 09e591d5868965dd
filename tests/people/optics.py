"""Optics: ray transfer matrices, thin films, lenses, Gaussian beams."""

import math
from collections import namedtuple
from dataclasses import dataclass
from functools import reduce

import numpy as np

from tests.people.case import Collection

case = Collection()

Ray = namedtuple("Ray", "y theta")
Surface = namedtuple("Surface", ["radius", "thickness", "index"])


def free_space(d):
    return np.array([[1.0, d], [0.0, 1.0]])


def thin_lens(f):
    return np.array([[1.0, 0.0], [-1.0 / f, 1.0]])


def two_lens_system(f1: float, f2: float, d: float):
    system = [free_space(0.5), thin_lens(f1), free_space(d), thin_lens(f2)]
    M = reduce(lambda acc, m: m @ acc, system, np.eye(2))
    A, B = M[0]
    C, D = M[1]
    return -1 / C, A, D


case(two_lens_system, (1.0, 0.5, 0.2), (2.0, -1.0, 0.7))


def trace(ray: Ray, surfaces) -> Ray:
    n = 1.0
    for s in surfaces:
        power = (s.index - n) / s.radius
        theta = (n * ray.theta - ray.y * power) / s.index
        ray = Ray(ray.y + s.thickness * theta, theta)
        n = s.index
    return ray


def focal_height(y0: float, r1: float, r2: float):
    """Height at the image plane of a biconvex lens."""
    lens = [Surface(r1, 0.1, 1.5), Surface(r2, 1.2, 1.0)]
    out = trace(Ray(y=y0, theta=0.0), lens)
    return out.y


case(focal_height, (0.1, 1.0, -1.2), (0.05, 2.0, -0.8))


def snell(theta1: float, n1: float, n2: float):
    s = n1 / n2 * math.sin(theta1)
    try:
        return math.asin(s)
    except ValueError:
        return math.pi / 2


case(snell, (0.3, 1.0, 1.5), (0.4, 1.5, 1.0), (1.2, 1.5, 1.0))


def fresnel(theta: float, n1: float = 1.0, n2: float = 1.5):
    """Power reflectances (Rs, Rp) and transmittances, as a dict."""
    cos_i = math.cos(theta)
    cos_t = math.sqrt(1 - (n1 / n2 * math.sin(theta)) ** 2)
    rs = (n1 * cos_i - n2 * cos_t) / (n1 * cos_i + n2 * cos_t)
    rp = (n1 * cos_t - n2 * cos_i) / (n1 * cos_t + n2 * cos_i)
    Rs, Rp = rs**2, rp**2
    return {"R": (Rs, Rp), "T": (1 - Rs, 1 - Rp), "mean": (Rs + Rp) / 2}


case(fresnel, (0.5,), (0.9, 1.0, 2.1), wrt=("theta",))


@dataclass(frozen=True)
class GaussianBeam:
    w0: float
    wavelength: float
    m2: float = 1.0

    @property
    def rayleigh(self):
        return math.pi * self.w0**2 / (self.m2 * self.wavelength)

    def width(self, z):
        return self.w0 * math.sqrt(1 + (z / self.rayleigh) ** 2)

    def curvature(self, z):
        return z * (1 + (self.rayleigh / z) ** 2)


def spot_size(w0: float, z: float, wavelength: float = 0.633):
    beam = GaussianBeam(w0, wavelength)
    return beam.width(z)


case(spot_size, (1.0, 10.0), (0.5, 2.0, 1.064), wrt=("w0", "z"))


def beam_report(beam: GaussianBeam, z: float):
    return beam.width(z), beam.curvature(z)


case(beam_report, (GaussianBeam(1.0, 0.5), 3.0), (GaussianBeam(0.3, 1.0, 1.2), 0.7), wrt=("beam", "z"))


def thin_film_phase(thickness, index, wavelength):
    return 2 * np.pi * index * thickness / wavelength


def reflectance(d: float, n: float, wavelengths: np.ndarray):
    """Reflectance of one layer on glass, at normal incidence, without complex numbers."""
    n0, ns = 1.0, 1.52
    delta = thin_film_phase(d, n, wavelengths)
    r1 = (n0 - n) / (n0 + n)
    r2 = (n - ns) / (n + ns)
    num = r1**2 + r2**2 + 2 * r1 * r2 * np.cos(2 * delta)
    den = 1 + (r1 * r2) ** 2 + 2 * r1 * r2 * np.cos(2 * delta)
    return num / den


case(reflectance, (0.1, 1.38, np.array([0.45, 0.55, 0.65])), (0.2, 2.1, np.array([0.5])), wrt=("d", "n"))


def cauchy_index(wavelength, *coefficients):
    return sum(c / wavelength ** (2 * i) for i, c in enumerate(coefficients))


def chromatic_shift(radius: float, a: float, b: float):
    blue, red = 0.486, 0.656
    f = lambda lam: radius / (cauchy_index(lam, a, b) - 1)
    return f(red) - f(blue)


case(chromatic_shift, (1.0, 1.5, 0.004), (2.0, 1.7, 0.01))


def zernike(rho: float, phi: float, coeffs: dict):
    """Wavefront from a few named aberrations."""
    terms = {
        "tilt": 2 * rho * math.cos(phi),
        "defocus": math.sqrt(3) * (2 * rho**2 - 1),
        "coma": math.sqrt(8) * (3 * rho**3 - 2 * rho) * math.sin(phi),
    }
    w = 0.0
    for name, c in coeffs.items():
        w += c * terms[name]
    return w


case(
    zernike,
    (0.5, 0.3, {"tilt": 0.1, "coma": -0.2}),
    (0.8, 1.0, {"defocus": 0.5}),
    wrt=("rho", "phi", "coeffs"),
)


def double_slit(x: np.ndarray, slit: float, distance: float, wavelength: float = 0.6):
    beta = np.pi * slit * x / wavelength
    alpha = np.pi * distance * x / wavelength
    envelope = np.sinc(beta / np.pi) ** 2
    return envelope * np.cos(alpha) ** 2


case(double_slit, (np.array([0.1, 0.25, -0.4]), 1.0, 3.0), (np.array([0.3]), 0.5, 2.0, 0.5), wrt=("slit", "distance"))


class Lens:
    count = 0

    def __init__(self, f):
        self.f = f
        Lens.count += 1

    def image(self, u):
        return 1 / (1 / self.f - 1 / u)

    def magnification(self, u):
        return -self.image(u) / u


def microscope(f_obj: float, f_eye: float, u: float, tube: float):
    objective, eyepiece = Lens(f_obj), Lens(f_eye)
    m1 = objective.magnification(u)
    v1 = objective.image(u)
    return m1 * eyepiece.magnification(tube - v1)


case(microscope, (1.0, 2.0, 1.4, 7.0), (0.8, 1.5, 2.1, 6.4))


def polarizer_chain(angles: list, intensity: float = 1.0) -> float:
    """Malus' law through a chain of polarizers."""
    for a, b in zip(angles, angles[1:]):
        intensity *= math.cos(b - a) ** 2
    return intensity


case(polarizer_chain, ([0.0, 0.4, 1.1], 1.5), ([0.2, 0.9], 3.0), wrt=("angles", "intensity"))

CASES = case.all
