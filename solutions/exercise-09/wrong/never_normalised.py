"""
message: >-
  The vector is never brought back to length 1, so its entries leave the range of floats
  after some hundred steps.
fails: [example_power, example_norm, dominant_negative, dominant_positive, eigen_equation, unit, sign_convention, slow_convergence, one_by_one, zero_matrix, spectral_norm, spectral_norm_shapes, spectral_norm_slow]
"""

import numpy as np


def rayleigh(A, v):
    return v @ (A @ v) / (v @ v)


def power_iteration(A, num_iters=5000, tol=1e-13, v0=None):
    v = np.random.default_rng(1).normal(size=A.shape[0]) if v0 is None else np.array(v0, dtype=float)
    with np.errstate(all="ignore"):
        for _ in range(num_iters):
            v = A @ v
        v = v / np.linalg.norm(v) if v.any() else v
        if v[np.argmax(np.abs(v))] < 0:
            v = -v
        return v @ A @ v, v


def spectral_norm(W, num_iters=5000):
    return np.sqrt(max(power_iteration(W.T @ W, num_iters)[0], 0.0))


def trace_det_from_eigs(lams):
    return np.sum(lams), np.prod(lams)
