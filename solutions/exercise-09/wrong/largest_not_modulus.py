"""
message: >-
  That is the largest eigenvalue. The one of largest modulus is asked for, and it may be
  negative.
fails: [example_power, dominant_negative, eigen_equation, sign_convention, slow_convergence, last_iterate]
"""

import numpy as np


def rayleigh(A, v):
    return v @ (A @ v) / (v @ v)


def power_iteration(A, num_iters=5000, tol=1e-13, v0=None):
    shift = np.abs(A).sum(axis=1).max()
    v = np.random.default_rng(1).normal(size=A.shape[0]) if v0 is None else np.array(v0, dtype=float)
    v = v / np.linalg.norm(v)
    for _ in range(num_iters):
        w = A @ v + shift * v
        if np.linalg.norm(w) == 0:
            break
        v = w / np.linalg.norm(w)
    if v[np.argmax(np.abs(v))] < 0:
        v = -v
    return v @ A @ v, v


def spectral_norm(W, num_iters=5000):
    return np.sqrt(max(power_iteration(W.T @ W, num_iters)[0], 0.0))


def trace_det_from_eigs(lams):
    return np.sum(lams), np.prod(lams)
