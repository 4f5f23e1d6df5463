"""Reference solution: Rayleigh quotient, power iteration, spectral norm."""

import numpy as np


def rayleigh(A, v):
    """Divide by vᵀv, so that the length of v doesn't matter."""
    return (v @ A @ v) / (v @ v)


def power_iteration(A, num_iters=5000, tol=1e-13, v0=None):
    """Multiply and normalise, until a step changes no entry; signs apart, which a λ < 0 turns round."""
    # A random start isn't perpendicular to the eigenvector that is looked for.
    v = np.random.default_rng(0).normal(size=len(A)) if v0 is None else v0
    v = v / np.linalg.norm(v)
    for _ in range(num_iters):
        w = A @ v
        if not w.any():
            break
        before, v = v, w / np.linalg.norm(w)
        if np.abs(np.abs(v) - np.abs(before)).max() <= tol:
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
