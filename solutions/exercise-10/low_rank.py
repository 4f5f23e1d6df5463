"""Reference solution: best rank-k approximation and LoRA."""

import numpy as np


def best_rank_k(A, k):
    """Keep the first k layers σᵢ uᵢ vᵢᵀ; NumPy sorts them from the largest."""
    U, s, Vt = _svd(A, k)
    return (U[:, :k] * s[:k]) @ Vt[:k]


def energy_kept(A, k):
    """Count squares: they are what adds up to the squared Frobenius norm."""
    _, s, _ = _svd(A, k)
    return np.sum(s[:k] ** 2) / np.sum(s**2)


def lora_forward(X, W, A, B, alpha):
    """Go through the thin factors one by one, so that no second matrix of W's size is made."""
    return X @ W + alpha / len(B) * (X @ A @ B)


def lora_merge(W, A, B, alpha):
    """Add the update into a new matrix; the frozen one is needed for the next task."""
    return W + alpha / len(B) * (A @ B)


def lora_param_counts(d_in, d_out, r):
    """Count the entries of W, and those of A and B."""
    return d_in * d_out, r * (d_in + d_out)


def _svd(A, k):
    """Decompose A, unless k is a rank that it can't have."""
    if not 0 <= k <= min(A.shape):
        raise ValueError(f"A has no best approximation of rank {k}")
    return np.linalg.svd(A)
