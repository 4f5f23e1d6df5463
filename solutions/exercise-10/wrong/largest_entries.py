"""
message: >-
  The largest entries were kept and the others set to 0. That is sparsity, another way
  to make a matrix small; its rank stays what it was. Keep the largest singular values.
fails: [example_first_layer, eckart_young, nearest, rank, full_rank]
"""

import numpy as np


def svd(A, k):
    if not 0 <= k <= min(A.shape):
        raise ValueError("no such rank")
    return np.linalg.svd(A, full_matrices=False)


def best_rank_k(A, k):
    svd(A, k)
    size = np.sort(np.abs(A).ravel())[::-1]
    count = k * max(A.shape)
    return np.where(np.abs(A) >= size[count - 1], A, 0.0) if count else np.zeros_like(A)


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
