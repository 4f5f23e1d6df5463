"""Walk through the queries one by one and drop the hidden keys before the softmax."""

import math

import numpy as np


def causal_mask(T):
    return np.array([[s <= t for s in range(T)] for t in range(T)])


def attention(Q, K, V, mask=None):
    *batch, T, dk = Q.shape
    S, dv = V.shape[-2:]
    seen = np.ones((*batch, T, S), dtype=bool) if mask is None else np.broadcast_to(mask, (*batch, T, S))
    out = np.zeros((*batch, T, dv))
    weights = np.zeros((*batch, T, S))
    for *b, t in np.ndindex(*batch, T):
        b = tuple(b)
        kept = np.flatnonzero(seen[(*b, t)])
        if kept.size == 0:
            continue
        scores = K[b][kept].dot(Q[(*b, t)]) / math.sqrt(dk)
        e = np.exp(scores - max(scores))
        w = e / math.fsum(e)
        weights[(*b, t)][kept] = w
        out[(*b, t)] = sum(wi * V[b][s] for wi, s in zip(w, kept))
    return out, weights


def attention_pairs(T, causal=False):
    if not causal:
        return T**2
    return sum((T // 2 * (T + 1), (T + 1) // 2 if T % 2 else 0))
