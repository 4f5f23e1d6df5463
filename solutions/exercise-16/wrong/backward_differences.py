"""
message: >-
  The points lie below x only, so the error falls only like h. Take both sides
  alike.
fails: [hessian_cubic, hessian_step]
"""

import numpy as np


def hessian(f, x, h=1e-4):
    x = np.asarray(x, dtype=np.float64)
    n = len(x)
    E = h * np.eye(n)
    H = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            a, b = E[i], E[j]
            H[i, j] = (f(x - a - b) - f(x - a) - f(x - b) + f(x)) / (h * h)
    return H


def taylor2(f0, g, H, dx):
    return f0 + np.sum(g * dx) + np.sum(H * np.outer(dx, dx)) / 2


def classify(H, tol=1e-8):
    eigenvalues = np.linalg.eigvalsh(H)
    if np.min(eigenvalues) > tol:
        return "minimum"
    if np.max(eigenvalues) < -tol:
        return "maximum"
    return "degenerate" if np.any(np.abs(eigenvalues) <= tol) else "saddle"


def newton_step(g, H):
    return -np.linalg.solve(H, g)


def max_stable_lr(H):
    return 2 / np.linalg.eigvalsh(H)[-1]
