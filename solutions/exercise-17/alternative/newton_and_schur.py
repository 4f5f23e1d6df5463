"""Cholesky for convexity, elimination for the constraint, Newton with step halving for β."""

import numpy as np


def is_convex_quadratic(P, tol=1e-9):
    S = 0.5 * (np.asarray(P, float) + np.asarray(P, float).T)
    try:
        np.linalg.cholesky(S + tol * np.eye(len(S)))
    except np.linalg.LinAlgError:
        return False
    return True


def midpoint_gap(f, X, Y):
    gaps = np.array([f(0.5 * x + 0.5 * y) - 0.5 * f(x) - 0.5 * f(y) for x, y in zip(X, Y)])
    return gaps.max()


def solve_equality_qp(P, q, A, b):
    PA, Pq = np.linalg.solve(P, A.T), np.linalg.solve(P, q)
    lam = np.linalg.solve(A @ PA, -(b + A @ Pq))
    return -(Pq + PA @ lam), lam


def max_entropy(values, mean):
    v = np.array(values, float)
    low, high = v.min(), v.max()
    if mean <= low or mean >= high:
        raise ValueError("out of range")
    u = (v - mean) / (high - low)

    def dual(beta):
        z = -beta * u
        return z.max() + np.log(np.exp(z - z.max()).sum())

    def probabilities(beta):
        z = np.exp(-beta * u - (-beta * u).max())
        return z / z.sum()

    beta = 0.0
    for _ in range(200):
        p = probabilities(beta)
        slope = -(p @ u)
        bend = p @ (u * u) - (p @ u) ** 2
        step = -slope / bend
        while dual(beta + step) > dual(beta) + 1e-4 * step * slope and abs(step) > 1e-14:
            step /= 2
        beta += step
        if abs(slope) < 1e-14:
            break
    return probabilities(beta)
