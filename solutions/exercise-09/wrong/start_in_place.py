"""
message: >-
  Your function normalises the start in place, so it writes into the caller's array.
  Make a new array instead.
fails: [dominant_negative, no_mutation]
"""

import numpy as np


def rayleigh(A, v):
    return v @ (A @ v) / (v @ v)


def power_iteration(A, num_iters=5000, tol=1e-13, v0=None):
    v = np.random.default_rng(1).normal(size=A.shape[0]) if v0 is None else v0
    v /= np.linalg.norm(v)
    for _ in range(num_iters):
        w = A @ v
        size = np.linalg.norm(w)
        if size == 0:
            return 0.0, v
        w = w / size
        done = min(np.linalg.norm(w - v), np.linalg.norm(w + v)) < tol
        v = w
        if done:
            break
    if v[np.argmax(np.abs(v))] < 0:
        v = -v
    return v @ A @ v, v


def spectral_norm(W, num_iters=5000):
    return np.sqrt(max(power_iteration(W.T @ W, num_iters)[0], 0.0))


def trace_det_from_eigs(lams):
    return np.sum(lams), np.prod(lams)
