"""Reference solution: scaled dot-product attention."""

import numpy as np


def causal_mask(T):
    """Keep the lower triangle with its diagonal: key s ≤ query t."""
    return np.tri(T, dtype=bool)


def attention(Q, K, V, mask=None):
    """Softmax of the scaled scores over the keys, then a weighted mean of the values."""
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    # A row of nothing but −inf gets a finite shift, so that −inf − (−inf) doesn't come up.
    largest = scores.max(axis=-1, keepdims=True, initial=np.finfo(np.float64).min)
    e = np.exp(scores - largest)
    # A row that sees anything has the sum 1 or more, since its largest exponential is 1.
    weights = e / e.sum(axis=-1, keepdims=True).clip(min=1.0)
    return weights @ V, weights


def attention_pairs(T, causal=False):
    """Token t (from 1) sees t tokens under a causal mask, else all T."""
    return T * (T + 1) // 2 if causal else T * T
