"""
message: >-
  `Q /= …` writes into the array of whoever called. Write `Q = Q / …`, which makes a new one.
fails: [no_mutation]
"""

import numpy as np


def causal_mask(T):
    return np.arange(T)[None, :] <= np.arange(T)[:, None]


def attention(Q, K, V, mask=None):
    Q /= np.sqrt(Q.shape[-1])
    z = Q @ K.swapaxes(-1, -2)
    if mask is not None:
        z = np.where(mask, z, -np.inf)
    m = z.max(axis=-1, keepdims=True)
    m = np.where(np.isneginf(m), 0.0, m)
    e = np.exp(z - m)
    total = e.sum(axis=-1, keepdims=True)
    weights = e / np.where(total == 0.0, 1.0, total)
    return weights @ V, weights


def attention_pairs(T, causal=False):
    return T * (T + 1) // 2 if causal else T * T
