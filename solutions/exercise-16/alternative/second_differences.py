"""Step h on the diagonal and a mixed formula without corners of opposite sign; eigenvalues by eigh."""

import numpy as np


def hessian(f, x, h=1e-4):
    x = np.asarray(x, dtype=np.float64)
    n, middle, E = x.size, f(x), h * np.identity(x.size)
    up, down = [f(x + e) for e in E], [f(x - e) for e in E]
    H = np.empty((n, n))
    for i in range(n):
        H[i, i] = (up[i] - 2 * middle + down[i]) / h**2
        for j in range(i):
            both = f(x + E[i] + E[j]) + f(x - E[i] - E[j])
            H[i, j] = H[j, i] = (both - up[i] - up[j] - down[i] - down[j] + 2 * middle) / (2 * h**2)
    return H


def taylor2(f0, g, H, dx):
    total = float(f0)
    for i in range(len(dx)):
        total += g[i] * dx[i]
        for j in range(len(dx)):
            total += H[i, j] * dx[i] * dx[j] / 2
    return total


def classify(H, tol=1e-8):
    kinds = {int(np.sign(v)) if abs(v) > tol else 0 for v in np.linalg.eigh(H)[0]}
    if 0 in kinds:
        return "degenerate"
    return {(1,): "minimum", (-1,): "maximum"}.get(tuple(kinds), "saddle")


def newton_step(g, H):
    values, vectors = np.linalg.eigh(H)
    return -vectors @ ((vectors.T @ g) / values)


def max_stable_lr(H):
    return float(2 / max(np.linalg.eigh(H)[0]))
