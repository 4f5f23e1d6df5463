"""
message: >-
  The frozen part was scaled by α/r too. Only the update is: with B = 0 the layer must
  be the frozen one.
fails: [example_lora, lora_value, lora_merge, zero_b_is_identity]
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
    return alpha / r * (X @ W + X @ A @ B)


def lora_merge(W, A, B, alpha):
    r = A.shape[1]
    return alpha / r * (W + A @ B)


def lora_param_counts(d_in, d_out, r):
    return d_in * d_out, r * (d_in + d_out)
