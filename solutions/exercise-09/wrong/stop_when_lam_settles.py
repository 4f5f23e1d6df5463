"""
message: >-
  The loop stops as soon as the eigenvalue changes by less than 1e-4. With close
  eigenvalues every step is small, long before the end.
fails: [example_power, dominant_negative, dominant_positive, eigen_equation, sign_convention, slow_convergence, zero_matrix, spectral_norm, spectral_norm_shapes, spectral_norm_slow]
"""

import numpy as np


def rayleigh(A, v):
    return v @ (A @ v) / (v @ v)


def power_iteration(A, num_iters=5000, tol=1e-13, v0=None):
    v = np.random.default_rng(1).normal(size=A.shape[0]) if v0 is None else np.array(v0, dtype=float)
    v = v / np.linalg.norm(v)
    lam = v @ A @ v
    for _ in range(num_iters):
        w = A @ v
        if not w.any():
            return 0.0, v
        v = w / np.linalg.norm(w)
        old, lam = lam, v @ A @ v
        if abs(lam - old) < 1e-4:
            break
    if v[np.argmax(np.abs(v))] < 0:
        v = -v
    return lam, v


def spectral_norm(W, num_iters=5000):
    return np.sqrt(max(power_iteration(W.T @ W, num_iters)[0], 0.0))


def trace_det_from_eigs(lams):
    return np.sum(lams), np.prod(lams)
