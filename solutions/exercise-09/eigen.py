"""Reference solution: Rayleigh quotient, power iteration, spectral norm."""

import numpy as np


def rayleigh(A, v):
    """Divide by vᵀv, so that the length of v doesn't matter."""
    return (v @ A @ v) / (v @ v)


def power_iteration(A, num_iters=5000, tol=1e-13, v0=None):
    """Multiply and normalise; the residual ‖Av − λv‖ says when nothing changes any more."""
    # A random start isn't perpendicular to the eigenvector that is looked for.
    v = np.random.default_rng(0).normal(size=len(A)) if v0 is None else np.asarray(v0, dtype=np.float64)
    v = v / np.linalg.norm(v)
    for _ in range(num_iters):
        w = A @ v
        length = np.linalg.norm(w)
        if length == 0.0:
            break
        residual = np.linalg.norm(w - (v @ w) * v)
        v = w / length
        if residual <= tol * length:
            break
    if v[np.argmax(np.abs(v))] < 0:
        v = -v
    return rayleigh(A, v), v


def spectral_norm(W, num_iters=5000):
    """Take the root of the largest eigenvalue of WᵀW."""
    lam, _ = power_iteration(W.T @ W, num_iters)
    return np.sqrt(lam)


def trace_det_from_eigs(lams):
    """Add the eigenvalues up, and multiply them."""
    return np.sum(lams), np.prod(lams)
