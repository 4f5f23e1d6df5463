"""
message: >-
  The step was stored in an array of whole numbers, which cut it to 0. Convert x to
  float64 first.
fails: [integer_input]
"""

import numpy as np


def hessian(f, x, h=1e-4):
    n = len(x)
    H = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            total = 0.0
            for s in (1, -1):
                for t in (1, -1):
                    y = x.copy()
                    y[i] = y[i] + s * h
                    y[j] = y[j] + t * h
                    total += s * t * f(y)
            H[i, j] = total / (4 * h * h)
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
