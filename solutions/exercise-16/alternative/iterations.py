"""Plain elimination for Newton's step, power iteration for the largest eigenvalue, an even-part Hessian."""

import numpy as np


def hessian(f, x, h=1e-4):
    x = np.array([float(v) for v in x])

    def even(d):
        return f(x + d) + f(x - d)

    E = np.eye(len(x)) * h
    return np.array([[(even(a + b) - even(a - b)) / (4 * h * h) for b in E] for a in E])


def taylor2(f0, g, H, dx):
    return f0 + (np.asarray(g) + 0.5 * np.asarray(H) @ dx) @ dx


def classify(H, tol=1e-8):
    values = np.linalg.svd(H)[1]
    if np.any(values <= tol):
        return "degenerate"
    signs = np.linalg.eigvalsh(H) > 0
    return "minimum" if signs.all() else "saddle" if signs.any() else "maximum"


def newton_step(g, H):
    A = np.column_stack([H, -np.asarray(g, float)])
    n = len(A)
    for i in range(n):
        pivot = i + int(np.argmax(np.abs(A[i:, i])))
        A[[i, pivot]] = A[[pivot, i]]
        A[i] = A[i] / A[i, i]
        for j in range(n):
            if j != i:
                A[j] = A[j] - A[j, i] * A[i]
    return A[:, -1]


def max_stable_lr(H):
    v = np.random.default_rng(0).normal(size=len(H))
    for _ in range(500):
        v = H @ v
        v /= np.linalg.norm(v)
    return 2 / (v @ H @ v)
