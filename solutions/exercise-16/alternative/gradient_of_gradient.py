"""The Hessian as the Jacobian of a measured gradient; Newton by the inverse; the spectral norm."""

import numpy as np


def _slope(f, x, i, h):
    right, left = np.array(x, float), np.array(x, float)
    right[i] += h
    left[i] -= h
    return (f(right) - f(left)) / (2 * h)


def hessian(f, x, h=1e-4):
    n = len(x)
    H = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            H[i, j] = _slope(lambda y, j=j: _slope(f, y, j, h), x, i, h)
    return 0.5 * (H + H.T)


def taylor2(f0, g, H, dx):
    return f0 + np.dot(g, dx) + 0.5 * np.einsum("i,ij,j", dx, H, dx)


def classify(H, tol=1e-8):
    lam = np.sort(np.linalg.eigvals(H).real)
    if np.min(np.abs(lam)) <= tol:
        return "degenerate"
    if lam[0] > 0:
        return "minimum"
    if lam[-1] < 0:
        return "maximum"
    return "saddle"


def newton_step(g, H):
    return -(np.linalg.inv(H) @ g)


def max_stable_lr(H):
    return 2.0 / np.linalg.norm(H, 2)
