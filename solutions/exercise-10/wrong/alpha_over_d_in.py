"""
message: >-
  α was divided by the number of inputs. r is the number of columns of A, or of rows of
  B.
fails: [lora_value, lora_linear, lora_merge]
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
    return X @ W + alpha / len(A) * (X @ A @ B)


def lora_merge(W, A, B, alpha):
    r = A.shape[1]
    return W + alpha / len(A) * (A @ B)


def lora_param_counts(d_in, d_out, r):
    return d_in * d_out, r * (d_in + d_out)
