"""Add one layer after the other; what is lost tells the energy."""

import numpy as np


def best_rank_k(A, k):
    U, s, Vt = np.linalg.svd(np.asarray(A, dtype=float), full_matrices=False)
    if k not in range(len(s) + 1):
        raise ValueError("no such rank")
    total = np.zeros(np.shape(A), order="F")
    for i in range(k):
        total += s[i] * np.outer(U[:, i], Vt[i])
    return total


def energy_kept(A, k):
    lost = np.linalg.norm(A - best_rank_k(A, k)) ** 2
    return float(1 - lost / np.linalg.norm(A) ** 2)


def lora_forward(X, W, A, B, alpha):
    r = B.shape[0]
    Y = np.empty((X.shape[0], W.shape[1]))
    for n, x in enumerate(X):
        Y[n] = x @ W + (alpha / r) * ((x @ A) @ B)
    return Y


def lora_merge(W, A, B, alpha):
    M = W.copy()
    for q in range(A.shape[1]):
        M += (alpha / A.shape[1]) * np.outer(A[:, q], B[q])
    return M


def lora_param_counts(d_in, d_out, r):
    return [d_in * d_out, d_in * r + r * d_out]
