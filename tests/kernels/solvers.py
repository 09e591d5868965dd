"""Systems of equations: substitutions, recursions of Toeplitz matrices, tridiagonal sweeps, iterations."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def trisolv(L, x, b):
    """Forward substitution as in PolyBench."""
    for i in range(x.shape[0]):
        x[i] = (b[i] - L[i, :i] @ x[:i]) / L[i, i]


def back_substitution(U: np.ndarray, b: np.ndarray):
    n = b.shape[0]
    x = np.empty(n)
    for i in range(n - 1, -1, -1):
        s = b[i]
        for j in range(i + 1, n):
            s -= U[i, j] * x[j]
        x[i] = s / U[i, i]
    return x


def triangular_solve_in_place(L, B):
    """Many right-hand sides, each row of B overwritten by the solution's."""
    n = L.shape[0]
    for i in range(n):
        for k in range(i):
            B[i] -= L[i, k] * B[k]
        B[i] /= L[i, i]


def ludcmp(A, b):
    n = A.shape[0]
    x = np.zeros_like(b)
    y = np.zeros_like(b)
    for i in range(n):
        for j in range(i):
            A[i, j] = (A[i, j] - A[i, :j] @ A[:j, j]) / A[j, j]
        for j in range(i, n):
            A[i, j] -= A[i, :i] @ A[:i, j]
    for i in range(n):
        y[i] = b[i] - A[i, :i] @ y[:i]
    for i in range(n - 1, -1, -1):
        x[i] = (y[i] - A[i, i + 1 :] @ x[i + 1 :]) / A[i, i]
    return x, y


def durbin(r):
    y = np.empty_like(r)
    alpha = -r[0]
    beta = 1.0
    y[0] = -r[0]
    for k in range(1, r.shape[0]):
        beta *= 1.0 - alpha * alpha
        alpha = -(r[k] + np.dot(np.flip(r[:k]), y[:k])) / beta
        y[:k] += alpha * np.flip(y[:k])
        y[k] = alpha
    return y


def levinson(r, b):
    """Symmetric Toeplitz system with any right-hand side."""
    n = len(b)
    x = np.zeros(n)
    f = np.zeros(n)
    f[0] = 1.0 / r[0]
    x[0] = b[0] / r[0]
    for k in range(1, n):
        eps = 0.0
        err = 0.0
        for i in range(k):
            eps += r[k - i] * f[i]
            err += r[k - i] * x[i]
        scale = 1.0 / (1.0 - eps * eps)
        g = f[: k + 1][::-1].copy()
        f[: k + 1] = scale * (f[: k + 1] - eps * g)
        x[: k + 1] += (b[k] - err) * f[: k + 1][::-1]
    return x


def thomas(a, b, c, d):
    """Tridiagonal system; the diagonals and the right-hand side are used up."""
    n = len(d)
    for i in range(1, n):
        w = a[i] / b[i - 1]
        b[i] -= w * c[i - 1]
        d[i] -= w * d[i - 1]
    d[-1] /= b[-1]
    for i in range(n - 2, -1, -1):
        d[i] = (d[i] - c[i] * d[i + 1]) / b[i]


def thomas_rows(lower, main, upper, rhs):
    """Tridiagonal systems in the columns of arrays, with scratch from np.empty."""
    n = rhs.shape[0]
    cp = np.empty(upper.shape)
    x = np.empty(rhs.shape)
    cp[0] = upper[0] / main[0]
    x[0] = rhs[0] / main[0]
    for i in range(1, n):
        denominator = main[i] - lower[i] * cp[i - 1]
        cp[i] = upper[i] / denominator
        x[i] = (rhs[i] - lower[i] * x[i - 1]) / denominator
    for i in range(n - 2, -1, -1):
        x[i] -= cp[i] * x[i + 1]
    return x


def crank_nicolson(u, r, steps):
    """Heat equation with fixed ends; the tridiagonal matrix is factored once for all steps."""
    n = len(u) - 2
    c = np.zeros(n)
    d = np.zeros(n)
    c[0] = -r / 2 / (1 + r)
    for i in range(1, n):
        c[i] = -r / 2 / (1 + r + r / 2 * c[i - 1])
    for _ in range(steps):
        d[:] = (1 - r) * u[1:-1] + r / 2 * (u[2:] + u[:-2])
        d[0] += r / 2 * u[0]
        d[-1] += r / 2 * u[-1]
        d[0] /= 1 + r
        for i in range(1, n):
            d[i] = (d[i] + r / 2 * d[i - 1]) / (1 + r + r / 2 * c[i - 1])
        u[-2] = d[-1]
        for i in range(n - 2, -1, -1):
            u[i + 1] = d[i] - c[i] * u[i + 2]
    return u


def adi(TSTEPS, N, u):
    """Alternating directions implicit, as in PolyBench."""
    v = np.empty(u.shape)
    p = np.empty(u.shape)
    q = np.empty(u.shape)
    DX = 1.0 / N
    DY = 1.0 / N
    DT = 1.0 / TSTEPS
    mul1 = 2.0 * DT / (DX * DX)
    mul2 = 1.0 * DT / (DY * DY)
    a = -mul1 / 2.0
    b = 1.0 + mul2
    c = a
    d = -mul2 / 2.0
    e = 1.0 + mul2
    f = d
    for t in range(1, TSTEPS + 1):
        v[0, 1 : N - 1] = 1.0
        p[1 : N - 1, 0] = 0.0
        q[1 : N - 1, 0] = v[0, 1 : N - 1]
        for j in range(1, N - 1):
            p[1 : N - 1, j] = -c / (a * p[1 : N - 1, j - 1] + b)
            q[1 : N - 1, j] = (
                -d * u[j, 0 : N - 2]
                + (1.0 + 2.0 * d) * u[j, 1 : N - 1]
                - f * u[j, 2:N]
                - a * q[1 : N - 1, j - 1]
            ) / (a * p[1 : N - 1, j - 1] + b)
        v[N - 1, 1 : N - 1] = 1.0
        for j in range(N - 2, 0, -1):
            v[j, 1 : N - 1] = p[1 : N - 1, j] * v[j + 1, 1 : N - 1] + q[1 : N - 1, j]
        u[1 : N - 1, 0] = 1.0
        p[1 : N - 1, 0] = 0.0
        q[1 : N - 1, 0] = u[1 : N - 1, 0]
        for j in range(1, N - 1):
            p[1 : N - 1, j] = -f / (d * p[1 : N - 1, j - 1] + e)
            q[1 : N - 1, j] = (
                -a * v[0 : N - 2, j]
                + (1.0 + 2.0 * a) * v[1 : N - 1, j]
                - c * v[2:N, j]
                - d * q[1 : N - 1, j - 1]
            ) / (d * p[1 : N - 1, j - 1] + e)
        u[1 : N - 1, N - 1] = 1.0
        for j in range(N - 2, 0, -1):
            u[1 : N - 1, j] = p[1 : N - 1, j] * u[1 : N - 1, j + 1] + q[1 : N - 1, j]


def conjugate_gradient(A, b, iterations):
    x = np.zeros_like(b)
    r = b.copy()
    p = r.copy()
    rr = r @ r
    for _ in range(iterations):
        Ap = A @ p
        alpha = rr / (p @ Ap)
        x += alpha * p
        r -= alpha * Ap
        rr_new = r @ r
        p *= rr_new / rr
        p += r
        rr = rr_new
    return x


def richardson_until(A, b, omega, tolerance):
    """Steps along the residual until it is small; the end depends on the data."""
    x = np.zeros(len(b))
    r = b - A @ x
    while r @ r > tolerance * (b @ b):
        x += omega * r
        r = b - A @ x
    return x


def sherman_morrison(Ainv, u, v):
    """A rank-one update of an inverse, in place."""
    w = Ainv @ u
    z = v @ Ainv
    Ainv -= np.outer(w, z) / (1.0 + v @ w)


def kaczmarz(A, b, x, sweeps):
    """Projects x on the hyperplane of one row after the other."""
    for _ in range(sweeps):
        for row, target in zip(A, b):
            x += (target - row @ x) / (row @ row) * row
    return x


def restrict(fine, coarse):
    coarse[1:-1] = 0.25 * fine[1:-2:2] + 0.5 * fine[2:-1:2] + 0.25 * fine[3::2]


def prolong(coarse, fine):
    fine[2:-1:2] += coarse[1:-1]
    fine[1::2] += 0.5 * (coarse[:-1] + coarse[1:])


def relax(u, f, h, sweeps):
    for _ in range(sweeps):
        u[1:-1] += 2 / 3 * 0.5 * (u[:-2] - 2 * u[1:-1] + u[2:] - h * h * f[1:-1])


def two_grid(u, f, h, cycles):
    """Multigrid with one coarse level: helpers that write into what they are handed."""
    n = (len(u) - 1) // 2 + 1
    for _ in range(cycles):
        relax(u, f, h, 2)
        residual = np.zeros(len(u))
        residual[1:-1] = f[1:-1] - (u[:-2] - 2 * u[1:-1] + u[2:]) / h**2
        rhs = np.zeros(n)
        restrict(residual, rhs)
        error = np.zeros(n)
        relax(error, rhs, 2 * h, 5)
        prolong(error, u)
        relax(u, f, h, 1)
    return u


def newton_system(x, iterations):
    """Newton's method for two equations, the Jacobian refilled in each step."""
    J = np.empty((2, 2))
    F = np.empty(2)
    y = np.array([1.0, 1.0])
    for _ in range(iterations):
        F[0] = y[0] ** 2 + y[1] ** 2 - x[0]
        F[1] = y[0] * y[1] ** 2 - x[1]
        J[0, 0] = 2 * y[0]
        J[0, 1] = 2 * y[1]
        J[1, 0] = y[1] ** 2
        J[1, 1] = 2 * y[0] * y[1]
        det = J[0, 0] * J[1, 1] - J[0, 1] * J[1, 0]
        y[0], y[1] = (
            y[0] - (J[1, 1] * F[0] - J[0, 1] * F[1]) / det,
            y[1] - (J[0, 0] * F[1] - J[1, 0] * F[0]) / det,
        )
    return y


rng = np.random.default_rng(103)
_M3 = rng.normal(size=(3, 3)) + 4 * np.eye(3)
_M5 = rng.normal(size=(5, 5)) + 6 * np.eye(5)
_G5 = rng.normal(size=(5, 5))
_S3 = _M3 @ _M3.T / 4 + np.eye(3)
_S5 = _G5 @ _G5.T + 2 * np.eye(5)
_b3, _c3, _d3, _x3 = rng.normal(size=(4, 3))
_b5, _c5, _d5, _x5 = rng.normal(size=(4, 5))
_m3, _m5 = rng.uniform(3, 5, 3), rng.uniform(3, 5, 5)
_B32, _C32, _D32 = rng.normal(size=(3, 3, 2))
_B53, _C53, _D53 = rng.normal(size=(3, 5, 3))
_M32, _M53 = rng.uniform(3, 5, (3, 2)), rng.uniform(3, 5, (5, 3))
_r3, _r5 = np.array([0.5, -0.3, 0.2]), np.array([0.4, 0.1, -0.3, 0.2, 0.25])
_t3, _t5 = np.array([2.0, 0.7, -0.4]), np.array([2.0, 0.7, -0.4, 0.3, 0.5])
_u5, _f5 = rng.normal(size=(2, 5))
_u9, _f9 = rng.normal(size=(2, 9))

CASES = (
    Case(trisolv, ((_M3, _x3, _b3), (_M5, _x5, _b5)), mutated=("x",), of=("x",)),
    Case(back_substitution, ((_M3, _b3), (_M5, _b5)), scalar=False),
    Case(
        triangular_solve_in_place, ((_M3, _B32), (_M5, _B53)), mutated=("B",), of=("B",)
    ),
    Case(ludcmp, ((_M3, _b3), (_M5, _b5)), scalar=False, mutated=("A",), of=("return", "A")),
    Case(durbin, ((_r3,), (_r5,)), scalar=False),
    Case(levinson, ((_t3, _b3), (_t5, _b5)), scalar=False),
    Case(
        thomas,
        ((_b3, _m3, _c3, _d3), (_b5, _m5, _c5, _d5)),
        mutated=("b", "d"),
        of=("d",),
    ),
    Case(
        thomas_rows, ((_B32, _M32, _C32, _D32), (_B53, _M53, _C53, _D53)), scalar=False
    ),
    Case(crank_nicolson, ((_u5, 0.7, 1), (_u9, 0.4, 3)), scalar=False, mutated=("u",)),
    Case(
        adi,
        ((1, 4, rng.normal(size=(4, 4))), (3, 5, rng.normal(size=(5, 5)))),
        mutated=("u",),
        of=("u",),
    ),
    Case(conjugate_gradient, ((_S3, _b3, 1), (_S5, _b5, 3)), scalar=False),
    Case(
        richardson_until,
        ((_S3, _b3, 0.12, 0.4), (_S5, _b5, 0.07, 0.245)),
        wrt=("A", "b", "omega"),
        scalar=False,
    ),
    Case(sherman_morrison, ((_M3, _b3, _c3), (_M5, _b5, _c5)), mutated=("Ainv",), of=("Ainv",)),
    Case(kaczmarz, ((_M3, _b3, _x3, 1), (_M5, _b5, _x5, 3)), scalar=False, mutated=("x",)),
    Case(two_grid, ((_u5, _f5, 0.25, 1), (_u9, _f9, 0.2, 3)), scalar=False, mutated=("u",)),
    Case(
        newton_system, ((np.array([2.3, 1.2]), 1), (np.array([2.6, 1.1]), 3)), scalar=False
    ),
)
