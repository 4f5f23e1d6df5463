"""Start from ones; stop when the eigenvalue has settled; the spectral norm by turns with W and its transpose."""

import numpy as np


def rayleigh(A, v):
    v = np.asarray(v, dtype=float) / np.linalg.norm(v)
    return float(np.dot(v, np.dot(A, v)))


def power_iteration(A, num_iters=5000, tol=1e-13, v0=None):
    A = np.asarray(A, dtype=float)
    v = np.ones(len(A)) if v0 is None else np.array(v0, dtype=float)
    v /= np.sqrt(v @ v)
    lam = rayleigh(A, v)
    for _ in range(num_iters):
        w = A @ v
        size = np.sqrt(w @ w)
        if size == 0:
            return 0.0, v
        v = w / size
        before, lam = lam, rayleigh(A, v)
        if abs(lam - before) <= tol * abs(lam):
            break
    return lam, v * np.sign(v[np.abs(v).argmax()])


def spectral_norm(W, num_iters=5000):
    W = np.asarray(W, dtype=float)
    x = np.ones(W.shape[1])
    sigma = 0.0
    for _ in range(num_iters):
        y = W @ x
        if not y.any():
            return 0.0
        y = y / np.linalg.norm(y)
        x = W.T @ y
        sigma = np.linalg.norm(x)
        x = x / sigma
    return sigma


def trace_det_from_eigs(lams):
    total, product = 0.0, 1.0
    for lam in lams:
        total += float(lam)
        product *= float(lam)
    return total, product
