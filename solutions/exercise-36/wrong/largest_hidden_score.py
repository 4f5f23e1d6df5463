"""
message: >-
  The maximum was taken over hidden scores too. When a hidden one is far above the others, all
  visible exponentials become 0.
fails: [masked_output, large_scores]
"""

import numpy as np


def causal_mask(T):
    return np.arange(T)[None, :] <= np.arange(T)[:, None]


def attention(Q, K, V, mask=None):
    z = Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1])
    m = z.max(axis=-1, keepdims=True)
    m = np.where(np.isneginf(m), 0.0, m)
    e = np.exp(z - m) * (True if mask is None else mask)
    total = e.sum(axis=-1, keepdims=True)
    weights = e / np.where(total == 0.0, 1.0, total)
    return weights @ V, weights


def attention_pairs(T, causal=False):
    return T * (T + 1) // 2 if causal else T * T
