"""Moves within the constraint by an SVD; the secant-like regula falsi (Illinois) for β; lists as results."""

import math

import numpy as np


def is_convex_quadratic(P, tol=1e-9):
    lowest = np.linalg.eigvals((P + P.T) * 0.5).real.min()
    return bool(lowest + tol >= 0)


def midpoint_gap(f, X, Y):
    best = -math.inf
    for k in range(X.shape[0]):
        middle = (X[k] + Y[k]) / 2
        best = max(best, float(f(middle)) - (float(f(X[k])) + float(f(Y[k]))) / 2)
    return best


def solve_equality_qp(P, q, A, b):
    m = A.shape[0]
    Z = np.linalg.svd(A)[2][m:].T
    x = np.linalg.pinv(A) @ b
    if Z.shape[1]:
        x = x - Z @ np.linalg.solve(Z.T @ P @ Z, Z.T @ (P @ x + q))
    lam = np.linalg.lstsq(A.T, -(P @ x + q), rcond=None)[0]
    return [x, lam]


def max_entropy(values, mean):
    v = [float(a) for a in values]
    if not (min(v) < mean < max(v)):
        raise ValueError("mean")
    span = max(v) - min(v)
    u = [(a - mean) / span for a in v]

    def p(beta):
        top = max(-beta * a for a in u)
        e = [math.exp(-beta * a - top) for a in u]
        return [a / math.fsum(e) for a in e]

    def gap(beta):
        return math.fsum(a * b for a, b in zip(p(beta), u))

    low, high = -1.0, 1.0
    while gap(low) < 0:
        low *= 2
    while gap(high) > 0:
        high *= 2
    for _ in range(120):
        middle = (low + high) / 2
        low, high = (middle, high) if gap(middle) > 0 else (low, middle)
    return p((low + high) / 2)
