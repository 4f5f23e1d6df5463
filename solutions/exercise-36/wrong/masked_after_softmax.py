"""
message: >-
  The mask was laid over the finished weights. Hidden keys had taken their share by then, so the
  visible ones no longer sum to 1.
fails: [masked_output, mask_broadcasts, no_leak_from_future, zero_query_averages, large_scores, fully_masked]
"""

import numpy as np


def causal_mask(T):
    return np.arange(T)[None, :] <= np.arange(T)[:, None]


def attention(Q, K, V, mask=None):
    z = Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1])
    m = z.max(axis=-1, keepdims=True)
    m = np.where(np.isneginf(m), 0.0, m)
    e = np.exp(z - m)
    total = e.sum(axis=-1, keepdims=True)
    weights = e / np.where(total == 0.0, 1.0, total)
    if mask is not None:
        weights = weights * mask
    return weights @ V, weights


def attention_pairs(T, causal=False):
    return T * (T + 1) // 2 if causal else T * T
