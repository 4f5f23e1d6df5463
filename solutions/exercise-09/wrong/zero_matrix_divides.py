"""
message: >-
  For the zero matrix the length of A v is 0, and dividing by it gives nan. Its
  eigenvalue is 0.
fails: [zero_matrix]
"""

import numpy as np


def rayleigh(A, v):
    return v @ (A @ v) / (v @ v)


def power_iteration(A, num_iters=5000, tol=1e-13, v0=None):
    v = np.random.default_rng(1).normal(size=A.shape[0]) if v0 is None else np.array(v0, dtype=float)
    v = v / np.linalg.norm(v)
    with np.errstate(all="ignore"):
        for _ in range(num_iters):
            w = A @ v
            w = w / np.linalg.norm(w)
            done = min(np.linalg.norm(w - v), np.linalg.norm(w + v)) < tol
            v = w
            if done:
                break
    if v[np.argmax(np.abs(v))] < 0:
        v = -v
    return v @ A @ v, v


def spectral_norm(W, num_iters=5000):
    return np.sqrt(np.abs(power_iteration(W.T @ W, num_iters)[0]))


def trace_det_from_eigs(lams):
    return np.sum(lams), np.prod(lams)
