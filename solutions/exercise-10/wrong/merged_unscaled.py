"""
message: >-
  lora_forward scales the update, but the merged matrix doesn't. X times the merged
  matrix must give what lora_forward gives.
fails: [lora_linear, lora_merge]
"""

import numpy as np


def svd(A, k):
    if not 0 <= k <= min(A.shape):
        raise ValueError("no such rank")
    return np.linalg.svd(A, full_matrices=False)


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
    return W + A @ B


def lora_param_counts(d_in, d_out, r):
    return d_in * d_out, r * (d_in + d_out)
