"""
message: >-
  Only the diagonal of H was used. The mixed terms H[i, j]·dx_i·dx_j count as well.
fails: [taylor, taylor_remainder]
"""

import numpy as np


def hessian(f, x, h=1e-4):
    steps = h * np.eye(len(x))
    H = [[f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b) for b in steps] for a in steps]
    return np.array(H) / (4 * h * h)


def taylor2(f0, g, H, dx):
    return f0 + g @ dx + np.sum(np.diag(H) * dx**2) / 2


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
