"""
message: >-
  Singular values below a thousandth of the largest were taken for zero. Small layers count too:
  k alone says how many are kept.
fails: [nearest, full_rank, energy]
"""

import numpy as np


def svd(A, k):
    if not 0 <= k <= min(A.shape):
        raise ValueError("no such rank")
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U, np.where(s > 1e-3 * s[0], s, 0.0), Vt


def best_rank_k(A, k):
    U, s, Vt = svd(A, k)
    return (U[:, :k] * s[:k]) @ Vt[:k]


def energy_kept(A, k):
    _, s, _ = svd(A, k)
    return np.sum(s[:k] ** 2) / np.sum(s**2)


def lora_forward(X, W, A, B, alpha):
    r = A.shape[1]
    return X @ W + alpha / r * (X @ A @ B)


def lora_merge(W, A, B, alpha):
    r = A.shape[1]
    return W + alpha / r * (A @ B)


def lora_param_counts(d_in, d_out, r):
    return d_in * d_out, r * (d_in + d_out)
