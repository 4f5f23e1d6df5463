"""Project on the leading eigenvectors of AᵀA; merge first and multiply afterwards."""

import numpy as np


def eigen(A):
    lam, V = np.linalg.eigh(A.T @ A)
    return lam[::-1], V[:, ::-1]


def check(A, k):
    m, n = A.shape
    if k < 0 or k > m or k > n:
        raise ValueError(k)


def best_rank_k(A, k):
    check(A, k)
    _, V = eigen(A)
    V = V[:, :k]
    return A @ (V @ V.T)


def energy_kept(A, k):
    check(A, k)
    lam, _ = eigen(A)
    return lam[:k].sum() / np.trace(A.T @ A)


def lora_merge(W, A, B, alpha):
    r = A.shape[1]
    return W + (alpha * A / r).dot(B)


def lora_forward(X, W, A, B, alpha):
    return X.dot(lora_merge(W, A, B, alpha))


def lora_param_counts(d_in, d_out, r):
    W, A, B = (d_in, d_out), (d_in, r), (r, d_out)
    return np.prod(W), np.prod(A) + np.prod(B)
