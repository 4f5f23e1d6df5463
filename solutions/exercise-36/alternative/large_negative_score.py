"""Add −1e9 to the hidden scores, then blank the queries that see nothing."""

import numpy as np


def causal_mask(T):
    return np.tril(np.full((T, T), True))


def attention(Q, K, V, mask=None):
    scores = np.matmul(Q, np.moveaxis(K, -2, -1)) / np.sqrt(K.shape[-1])
    if mask is not None:
        scores = scores + np.where(mask, 0.0, -1e9)
    scores -= np.amax(scores, axis=-1, keepdims=True)
    weights = np.exp(scores)
    weights /= np.sum(weights, axis=-1, keepdims=True)
    if mask is not None:
        weights = weights * np.any(np.broadcast_to(mask, weights.shape), axis=-1, keepdims=True)
    return [np.matmul(weights, V), weights]


def attention_pairs(T, causal=False):
    return (T + 1) * T // 2 if causal else T * T
