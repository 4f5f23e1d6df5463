"""
message: >-
  The limit was scaled by the largest eigenvalue; the stub's tol is absolute.
fails: [classify_tolerance]
"""

import numpy as np


def hessian(f, x, h=1e-4):
    steps = h * np.eye(len(x))
    H = [[f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b) for b in steps] for a in steps]
    return np.array(H) / (4 * h * h)


def taylor2(f0, g, H, dx):
    return f0 + np.sum(g * dx) + np.sum(H * np.outer(dx, dx)) / 2


def classify(H, tol=1e-8):
    w = np.linalg.eigvalsh(H)
    if np.any(np.abs(w) <= tol * np.max(np.abs(w))):
        return "degenerate"
    if np.all(w > 0):
        return "minimum"
    return "saddle" if np.any(w > 0) else "maximum"


def newton_step(g, H):
    return -np.linalg.solve(H, g)


def max_stable_lr(H):
    return 2 / np.linalg.eigvalsh(H)[-1]
