"""
message: >-
  A power iteration that starts with ones never sees an eigenvector at right angles to
  them, such as (1, -1). Start with random numbers, or let eigvalsh find all
  eigenvalues.
fails: [lr_converges, lr_diverges]
"""

import numpy as np


def hessian(f, x, h=1e-4):
    steps = h * np.eye(len(x))
    H = [[f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b) for b in steps] for a in steps]
    return np.array(H) / (4 * h * h)


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
    v = np.ones(len(H))
    for _ in range(1000):
        v = H @ v
        v /= np.linalg.norm(v)
    return 2 / (v @ H @ v)
