"""Find one singular pair after the other by power iteration, and take it out."""

import numpy as np


def _layers(A, k):
    rest = np.array(A, dtype=np.float64)
    if not (0 <= k and k <= rest.shape[0] and k <= rest.shape[1]):
        raise ValueError("rank out of range")
    found = []
    for _ in range(k):
        v = np.ones(rest.shape[1]) + 0.1 * np.arange(rest.shape[1])
        for _ in range(400):
            v = rest.T @ (rest @ v)
            v = v / np.linalg.norm(v)
        found.append(np.outer(rest @ v, v))
        rest = rest - found[-1]
    return found


def best_rank_k(A, k):
    return np.sum([np.zeros(np.shape(A)), *_layers(A, k)], axis=0)


def energy_kept(A, k):
    return np.array(sum(np.sum(layer**2) for layer in _layers(A, k)) / np.sum(np.square(A)))


def lora_forward(X, W, A, B, alpha):
    rank = len(B)
    return np.hstack([X, (alpha / rank) * (X @ A)]) @ np.vstack([W, B])


def lora_merge(W, A, B, alpha):
    return np.einsum("iq,qo->io", A, B) * (alpha / len(B)) + W


def lora_param_counts(d_in, d_out, r):
    return np.array([d_in * d_out, r * (d_in + d_out)])
