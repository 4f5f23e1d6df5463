"""
message: >-
  The step was written into the caller's x. Work on new arrays.
fails: [no_mutation]
"""

import numpy as np


def hessian(f, x, h=1e-4):
    x = np.asarray(x, dtype=np.float64)
    n = len(x)
    H = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            total = 0.0
            for s in (1, -1):
                for t in (1, -1):
                    old = x.copy()
                    x[i] += s * h
                    x[j] += t * h
                    total += s * t * f(x)
                    x[:] = old
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
