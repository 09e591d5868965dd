"""Geometry and graphics: vectors with operators, polygons, rotations, curves, cameras."""

import math
from dataclasses import dataclass
from functools import reduce
from itertools import product, tee

import numpy as np

from tests.people.case import Collection

case = Collection()


class Vec:
    """A vector in the plane."""

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Vec(self.x - other.x, self.y - other.y)

    def __mul__(self, k):
        return Vec(k * self.x, k * self.y)

    __rmul__ = __mul__

    def __neg__(self):
        return -1 * self

    def __matmul__(self, other):
        return self.x * other.x + self.y * other.y

    def __abs__(self):
        return math.hypot(self.x, self.y)

    def __iter__(self):
        yield self.x
        yield self.y


def reflected_length(ax: float, ay: float, nx: float, ny: float):
    a, n = Vec(ax, ay), Vec(nx, ny)
    n = n * (1 / abs(n))
    r = a - 2 * (a @ n) * n
    return abs(r + Vec(1.0, 0.0))


case(reflected_length, (1.0, 0.5, 0.3, 0.8), (-0.7, 1.2, 1.0, -0.4))


def bezier(points: np.ndarray, t: float):
    """De Casteljau."""
    pts = list(points)
    while len(pts) > 1:
        pts = [(1 - t) * p + t * q for p, q in zip(pts, pts[1:])]
    return pts[0]


case(bezier, (np.array([[0.0, 0.0], [1.0, 2.0], [3.0, 0.0]]), 0.3), (np.array([[1.0], [2.0]]), 0.7))


@dataclass
class Point:
    x: float
    y: float


def triangle_area(a: Point, b: Point, c: Point) -> float:
    return 0.5 * ((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y))


case(
    triangle_area,
    (Point(0.0, 0.0), Point(1.0, 0.2), Point(0.3, 0.9)),
    (Point(-1.0, 0.5), Point(0.5, -1.0), Point(2.0, 2.0)),
    wrt=("a", "b", "c"),
)


def shoelace(vertices: list) -> float:
    """Area of a polygon given as a list of (x, y)."""
    area = 0.0
    n = len(vertices)
    for i in range(n):
        x1, y1 = vertices[i]
        x2, y2 = vertices[(i + 1) % n]
        area += x1 * y2 - x2 * y1
    return abs(area) / 2


case(
    shoelace,
    ([(0.0, 0.0), (1.0, 0.1), (0.8, 1.0), (0.1, 0.9)],),
    ([(0.0, 0.0), (0.5, 1.0), (1.0, 0.2)],),
    wrt=("vertices",),
)


def rotation(axis: str, angle: float) -> np.ndarray:
    c, s = np.cos(angle), np.sin(angle)
    match axis:
        case "x":
            return np.array([[1, 0, 0], [0, c, -s], [0, s, c]])
        case "y":
            return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
        case "z":
            return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])
    raise ValueError(f"no such axis: {axis}")


def euler_rotate(angles: np.ndarray, v: np.ndarray, order: str = "zyx"):
    R = np.eye(3)
    for axis, a in zip(order, angles):
        R = R @ rotation(axis, a)
    return R @ v


case(
    euler_rotate,
    (np.array([0.1, 0.5, -0.3]), np.array([1.0, 2.0, 3.0])),
    (np.array([0.7, 0.2]), np.array([1.0, -1.0, 0.5]), "xz"),
    wrt=("angles", "v"),
)


class Quaternion:
    def __init__(self, w, x, y, z):
        self.q = np.array([w, x, y, z])

    @classmethod
    def from_axis_angle(cls, axis, angle):
        axis = axis / np.linalg.norm(axis)
        return cls(np.cos(angle / 2), *(np.sin(angle / 2) * axis))

    def __mul__(self, other):
        w1, x1, y1, z1 = self.q
        w2, x2, y2, z2 = other.q
        return Quaternion(
            w1 * w2 - x1 * x2 - y1 * y2 - z1 * z2,
            w1 * x2 + x1 * w2 + y1 * z2 - z1 * y2,
            w1 * y2 - x1 * z2 + y1 * w2 + z1 * x2,
            w1 * z2 + x1 * y2 - y1 * x2 + z1 * w2,
        )

    def conj(self):
        w, x, y, z = self.q
        return Quaternion(w, -x, -y, -z)


def rotate_by_quaternion(axis: np.ndarray, angle: float, v: np.ndarray):
    q = Quaternion.from_axis_angle(axis, angle)
    p = q * Quaternion(0.0, *v) * q.conj()
    return p.q[1:]


case(
    rotate_by_quaternion,
    (np.array([0.0, 0.3, 1.0]), 0.7, np.array([1.0, 0.0, 0.0])),
    (np.array([1.0, -1.0, 0.5]), -1.1, np.array([0.2, 0.4, 0.6])),
)


def pairwise(iterable):
    a, b = tee(iterable)
    next(b, None)
    return zip(a, b)


def path_length(points: np.ndarray):
    total = 0
    for p, q in pairwise(points):
        total += np.sqrt(((q - p) ** 2).sum())
    return total


case(path_length, (np.array([[0.0, 0.0], [1.0, 0.5], [1.5, 2.0]]),), (np.array([[0.0, 0.3, 0.1], [1.0, -1.0, 0.4]]),))


def signed_distance(p: np.ndarray, scene: list):
    """Distance to a scene of named primitives."""
    best = float("inf")
    for shape in scene:
        if shape["kind"] == "sphere":
            d = np.linalg.norm(p - shape["center"]) - shape["radius"]
        elif shape["kind"] == "plane":
            d = np.dot(p, shape["normal"]) - shape["offset"]
        else:
            continue
        if d < best:
            best = d
    return best


SCENE = [
    {"kind": "sphere", "center": np.array([0.0, 1.0, 3.0]), "radius": 0.5},
    {"kind": "light", "power": 3},
    {"kind": "plane", "normal": np.array([0.0, 1.0, 0.0]), "offset": -1.0},
]

case(signed_distance, (np.array([0.2, 0.8, 2.0]), SCENE), (np.array([3.0, -0.8, 0.1]), SCENE), wrt=("p",))


def project(point: np.ndarray, camera: dict):
    """Pinhole projection with radial distortion."""
    R, t, f = camera["R"], camera["t"], camera["f"]
    k1 = camera.get("k1", 0.0)
    x, y, z = R @ point + t
    u, v = x / z, y / z
    r2 = u * u + v * v
    d = 1 + k1 * r2
    return np.array([f * d * u, f * d * v])


case(
    project,
    (np.array([0.1, 0.2, 2.0]), {"R": np.eye(3), "t": np.array([0.0, 0.1, 0.5]), "f": 1.2}),
    (np.array([0.3, -0.2, 1.0]), {"R": np.eye(3)[::-1].copy(), "t": np.array([0.0, 0.0, 3.0]), "f": 0.8, "k1": 0.1}),
    wrt=("point", "camera"),
)


def barycentric(p, tri):
    a, b, c = tri
    v0, v1, v2 = b - a, c - a, p - a
    d00, d01, d11 = v0 @ v0, v0 @ v1, v1 @ v1
    d20, d21 = v2 @ v0, v2 @ v1
    denom = d00 * d11 - d01 * d01
    v = (d11 * d20 - d01 * d21) / denom
    w = (d00 * d21 - d01 * d20) / denom
    return 1 - v - w, v, w


def interpolate_on_triangle(p: np.ndarray, tri: np.ndarray, values: np.ndarray):
    return sum(b * f for b, f in zip(barycentric(p, tri), values))


case(
    interpolate_on_triangle,
    (np.array([0.3, 0.3]), np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), np.array([1.0, 2.0, 3.0])),
    (np.array([0.5, 0.1]), np.array([[0.1, 0.0], [1.0, 0.2], [0.3, 1.5]]), np.array([-1.0, 0.5, 0.0])),
)


def grid_potential(charges: np.ndarray, n: int):
    total = 0.0
    for (i, j), q in zip(product(range(n), repeat=2), charges):
        total += q / math.sqrt(1 + i**2 + j**2)
    return total


case(grid_potential, (np.array([1.0, -2.0, 0.5, 0.3]), 2), (np.array([1.0]), 1), wrt=("charges",))


def smoothed_union(distances: list, k: float):
    """Polynomial smooth minimum of several distances."""

    def smin(a, b):
        h = max(k - abs(a - b), 0.0) / k
        return min(a, b) - h * h * k / 4

    return reduce(smin, distances)


case(smoothed_union, ([0.5, 0.7, 2.0], 0.5), ([1.0, 0.2], 1.5), wrt=("distances", "k"))


def arc_length(f, a, b, n=16):
    h = (b - a) / n
    length = 0.0
    for i in range(n):
        x = a + i * h
        length += math.sqrt(h**2 + (f(x + h) - f(x)) ** 2)
    return length


def spiral_length(k: float, b: float):
    return arc_length(lambda t: k * math.sin(t) * t, 0.0, b) + arc_length(math.exp, 0.0, b, n=4)


case(spiral_length, (0.5, 1.0), (2.0, 0.6))

CASES = case.all
