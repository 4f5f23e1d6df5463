"""
message: >-
  A query that may see nothing gets nan: −inf − (−inf) and 0/0 have no value. It needs a finite
  shift and a divisor that isn't 0.
fails: [fully_masked, no_warnings]
"""

import numpy as np


def causal_mask(T):
    return np.arange(T)[None, :] <= np.arange(T)[:, None]


def attention(Q, K, V, mask=None):
    z = Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        z = np.where(mask, z, -np.inf)
    m = z.max(axis=-1, keepdims=True)
    e = np.exp(z - m)
    total = e.sum(axis=-1, keepdims=True)
    weights = e / total
    return weights @ V, weights


def attention_pairs(T, causal=False):
    return T * (T + 1) // 2 if causal else T * T
