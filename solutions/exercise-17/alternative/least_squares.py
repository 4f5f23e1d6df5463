"""The optimality conditions by lstsq; β by Newton inside a shrinking bracket; norms for convexity."""

import numpy as np


def is_convex_quadratic(P, tol=1e-9):
    S = (P + np.transpose(P)) / 2
    c = np.linalg.norm(S, 2)
    # The eigenvalues of cI − S are c − λ, none of them negative.
    return c - np.linalg.norm(c * np.eye(len(S)) - S, 2) >= -tol


def midpoint_gap(f, X, Y):
    ends = [[f(row) for row in Z] for Z in (X, Y, (X + Y) / 2)]
    a, b, middle = np.array(ends, float)
    return np.max(middle - (a + b) / 2)


def solve_equality_qp(P, q, A, b):
    n, m = len(q), len(b)
    K = np.zeros((n + m, n + m))
    K[:n, :n], K[:n, n:], K[n:, :n] = P, A.T, A
    solution = np.linalg.lstsq(K, np.r_[-q, b], rcond=None)[0]
    x, lam = np.split(solution, [n])
    return x, lam


def max_entropy(values, mean):
    v = np.asarray(values, dtype=float)
    if not v.min() < mean < v.max():
        raise ValueError("mean out of reach")
    u = v - mean
    low, high, beta = -np.inf, np.inf, 0.0
    for _ in range(500):
        z = -beta * u
        p = np.exp(z - np.logaddexp.reduce(z))
        m = p @ u
        if m > 0:
            low = beta
        else:
            high = beta
        guess = beta + m / max(p @ (u - m) ** 2, 1e-300)
        if not low < guess < high:
            guess = (low + high) / 2 if np.isfinite(low + high) else 2 * beta + np.sign(m) / np.ptp(v)
        if guess == beta or abs(m) < 1e-15 * np.ptp(v):
            break
        beta = guess
    return p
