"""
message: >-
  The determinant is the product of the eigenvalues: two negative ones hide in it.
  Only the signs of all eigenvalues decide.
fails: [classify, classify_not_the_diagonal, classify_tolerance]
"""

import numpy as np


def hessian(f, x, h=1e-4):
    steps = h * np.eye(len(x))
    H = [[f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b) for b in steps] for a in steps]
    return np.array(H) / (4 * h * h)


def taylor2(f0, g, H, dx):
    return f0 + np.sum(g * dx) + np.sum(H * np.outer(dx, dx)) / 2


def classify(H, tol=1e-8):
    d = np.linalg.det(H)
    if abs(d) <= tol:
        return "degenerate"
    if d < 0:
        return "saddle"
    return "minimum" if H[0, 0] > 0 else "maximum"


def newton_step(g, H):
    return -np.linalg.solve(H, g)


def max_stable_lr(H):
    return 2 / np.linalg.eigvalsh(H)[-1]
