"""Control: PID loops, Kalman filters, transfer functions, optimal control, robot arms."""

import math
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np

from tests.people.case import Collection

case = Collection()


class PID:
    """A PID controller with memory."""

    def __init__(self, kp, ki, kd, dt=0.1):
        self.kp, self.ki, self.kd = kp, ki, kd
        self.dt = dt
        self.integral = 0.0
        self.last = None

    def __call__(self, error):
        self.integral += error * self.dt
        derivative = 0.0 if self.last is None else (error - self.last) / self.dt
        self.last = error
        return self.kp * error + self.ki * self.integral + self.kd * derivative


def tracking_cost(kp: float, ki: float, kd: float, setpoint: float, n: int):
    controller = PID(kp, ki, kd)
    y, v, cost = 0.0, 0.0, 0.0
    for _ in range(n):
        u = controller(setpoint - y)
        v += 0.1 * (u - 0.5 * v)
        y += 0.1 * v
        cost += 0.1 * (setpoint - y) ** 2
    return cost


case(tracking_cost, (1.0, 0.1, 0.05, 1.0, 5), (3.0, 0.5, 0.2, -0.7, 12))


class KalmanFilter:
    def __init__(self, F, H, Q, R, x0, P0):
        self.F = F
        self.H = H
        self.Q = Q
        self.R = R
        self.x = x0
        self.P = P0
        self.loglik = 0.0

    def predict(self):
        self.x = self.F @ self.x
        self.P = self.F @ self.P @ self.F.T + self.Q

    def update(self, z):
        y = z - self.H @ self.x
        S = self.H @ self.P @ self.H.T + self.R
        K = self.P @ self.H.T @ np.linalg.inv(S)
        self.x = self.x + K @ y
        self.P = (np.eye(len(self.x)) - K @ self.H) @ self.P
        self.loglik += -0.5 * (y @ np.linalg.solve(S, y) + np.log(np.linalg.det(S)))
        return y


def kalman_loglik(q: float, r: float, zs: np.ndarray):
    F = np.array([[1.0, 0.1], [0.0, 1.0]])
    H = np.array([[1.0, 0.0]])
    kf = KalmanFilter(F, H, q * np.eye(2), r * np.eye(1), np.zeros(2), np.eye(2))
    for z in zs:
        kf.predict()
        kf.update(np.array([z]))
    return kf.loglik


case(kalman_loglik, (0.1, 0.5, np.array([0.1, 0.3, 0.2])), (0.5, 0.2, np.array([1.0])))


def scalar_kalman(z: np.ndarray, q: float, r: float):
    """Filter a random walk; the estimates."""
    xhat, p = 0.0, 1.0
    estimates = []
    for k, meas in enumerate(z, start=1):
        p = p + q
        gain = p / (p + r)
        xhat = xhat + gain * (meas - xhat)
        p = (1 - gain) * p
        estimates.append(xhat)
    return np.array(estimates)


case(scalar_kalman, (np.array([0.1, 0.5, 0.2]), 0.1, 0.4), (np.array([1.0, -1.0]), 0.3, 0.2))


def riccati(A, B, Q, R, iterations=50):
    P = Q
    for _ in range(iterations):
        BtP = B.T @ P
        K = np.linalg.solve(R + BtP @ B, BtP @ A)
        P = Q + A.T @ P @ (A - B @ K)
    return P, K


def lqr_cost(A: np.ndarray, B: np.ndarray, x0: np.ndarray):
    n, m = B.shape
    P, _ = riccati(A, B, np.eye(n), 0.1 * np.eye(m), iterations=8)
    return x0 @ P @ x0


case(
    lqr_cost,
    (np.array([[1.0, 0.1], [0.0, 0.9]]), np.array([[0.0], [0.1]]), np.array([1.0, -0.5])),
    (np.array([[1.1]]), np.array([[0.5, 0.2]]), np.array([0.7])),
)


def transfer_gain(num: list, den: list, omega: float):
    """|N(jw)/D(jw)| with real arithmetic: even powers real, odd powers imaginary."""

    def mag2(coeffs):
        re, im = 0.0, 0.0
        for k, c in enumerate(coeffs):
            match k % 4:
                case 0:
                    re += c * omega**k
                case 1:
                    im += c * omega**k
                case 2:
                    re -= c * omega**k
                case 3:
                    im -= c * omega**k
        return re**2 + im**2

    return math.sqrt(mag2(num) / mag2(den))


case(transfer_gain, ([1.0], [1.0, 0.5, 0.2], 1.3), ([0.5, 1.0], [1.0, 2.0, 0.3, 0.1, 0.2], 0.6), wrt=("num", "den", "omega"))


@dataclass
class Arm:
    l1: float
    l2: float

    def forward(self, q1, q2):
        x = self.l1 * math.cos(q1) + self.l2 * math.cos(q1 + q2)
        y = self.l1 * math.sin(q1) + self.l2 * math.sin(q1 + q2)
        return x, y

    @classmethod
    def unit(cls):
        return cls(1.0, 1.0)

    @staticmethod
    def distance(p, q):
        return math.hypot(p[0] - q[0], p[1] - q[1])


def reach_error(q1: float, q2: float, target: tuple, arm=None):
    if arm is None:
        arm = Arm.unit()
    return Arm.distance(arm.forward(q1, q2), target)


case(reach_error, (0.3, 0.5, (1.0, 0.5)), (0.1, -0.4, (0.5, 0.2), Arm(0.7, 0.4)), wrt=("q1", "q2"))


@dataclass(frozen=True)
class Vehicle:
    x: float
    y: float
    heading: float
    speed: float


def drive(v: Vehicle, steer, dt=0.1, wheelbase=2.0):
    return replace(
        v,
        x=v.x + dt * v.speed * math.cos(v.heading),
        y=v.y + dt * v.speed * math.sin(v.heading),
        heading=v.heading + dt * v.speed / wheelbase * math.tan(steer),
    )


def lateral_error(speed: float, steering: list):
    car = Vehicle(x=0.0, y=0.0, heading=0.1, speed=speed)
    for s in steering:
        car = drive(car, s)
    return car.y


case(lateral_error, (2.0, [0.1, -0.2]), (5.0, [0.05, 0.1, 0.2]), wrt=("speed", "steering"))


def bang_bang(u_max: float, x0: float, target: float, steps: int):
    x, v = x0, 0.0
    switched = False
    for k in range(steps):
        halfway = x - x0 > (target - x0) / 2
        if halfway and not switched:
            switched = True
        u = -u_max if switched else u_max
        v += 0.1 * u
        x += 0.1 * v
    return (x - target) ** 2 + v**2


case(bang_bang, (1.0, 0.0, 0.13, 5), (2.0, 0.5, 3.0, 3), wrt=("u_max", "target"))


@contextmanager
def quiet():
    old = np.seterr(all="ignore")
    try:
        yield
    finally:
        np.seterr(**old)


def normalized_controls(u: np.ndarray, limit: float):
    with quiet():
        norm = np.linalg.norm(u)
        if norm > limit:
            u = u * (limit / norm)
    return u


case(normalized_controls, (np.array([3.0, 4.0]), 2.0), (np.array([0.3, 0.4, 0.1]), 2.0))


def simulate(dynamics, policy, x, n, *, record=False):
    """Closed loop; with record the whole trajectory, otherwise the last state."""
    states = [x]
    for t in range(n):
        x = dynamics(x, policy(x, t))
        if record:
            states.append(x)
    return states if record else x


def terminal_state(gain: np.ndarray, x0: np.ndarray, n: int):
    A = np.array([[1.0, 0.2], [-0.1, 0.9]])
    B = np.array([0.0, 0.2])
    return simulate(lambda x, u: A @ x + B * u, lambda x, t: -gain @ x, x0, n)


case(terminal_state, (np.array([0.5, 1.0]), np.array([1.0, 0.0]), 4), (np.array([1.5, 0.1]), np.array([-0.4, 2.0]), 1))


def trajectory_cost(gain: float, x0: float, n: int):
    xs = simulate(lambda x, u: 0.9 * x + 0.1 * u, lambda x, t: -gain * x / (t + 1), x0, n, record=True)
    *path, final = xs
    return sum(x**2 for x in path) + 10 * final**2


case(trajectory_cost, (0.5, 1.0, 3), (2.0, -0.7, 6))


def smith_predictor(y: list, delay: int, a: float, b: float):
    buffer = [0.0] * delay
    out = 0.0
    for value in y:
        buffer.append(b * value)
        out = a * out + buffer.pop(0)
    return out


case(smith_predictor, ([1.0, 0.5, -0.3, 0.2], 1, 0.8, 0.3), ([0.4, 0.1, 0.9], 0, 0.5, 1.2), wrt=("y", "a", "b"))


def saturate(u, low=-1.0, high=1.0):
    if not low <= u <= high:
        return low if u < low else high
    return u


def clipped_response(k: float, r: float, steps: int):
    x = 0.0
    history = []
    while len(history) < steps and (e := r - x) != 0:
        x += 0.5 * saturate(k * e)
        history.append(x)
    return history[-1]


case(clipped_response, (0.5, 1.0, 4), (3.0, 2.1, 3))

CASES = case.all
