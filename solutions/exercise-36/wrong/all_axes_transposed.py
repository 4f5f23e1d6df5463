"""
message: >-
  All axes of the keys were reversed. With a batch in front, transpose only the last two axes.
fails: [output, weights, rows_sum_to_one, masked_output, mask_broadcasts, no_leak_from_future, permutation_equivariance, zero_query_averages, large_scores, fully_masked, no_warnings, no_mutation]
"""

import numpy as np


def causal_mask(T):
    return np.arange(T)[None, :] <= np.arange(T)[:, None]


def attention(Q, K, V, mask=None):
    z = Q @ K.T / np.sqrt(Q.shape[-1])
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
