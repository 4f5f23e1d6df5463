"""
message: >-
  e¹⁰⁰⁰ is too large for a float64, and e⁻¹⁰⁰⁰ is 0. Take each query's largest score away before
  the exponential.
fails: [large_scores, causal_block]
"""

import numpy as np


def layer_norm(x, gamma, beta):
    mean = x.mean(axis=-1, keepdims=True)
    return gamma * (x - mean) / np.sqrt(x.var(axis=-1, keepdims=True) + 1e-5) + beta


def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads, mask=None):
    B, T, d = X.shape
    if d % n_heads != 0:
        raise ValueError("d must be divisible by n_heads")
    dk = d // n_heads
    Q = (X @ Wq).reshape(B, T, n_heads, dk).transpose(0, 2, 1, 3)
    K = (X @ Wk).reshape(B, T, n_heads, dk).transpose(0, 2, 1, 3)
    V = (X @ Wv).reshape(B, T, n_heads, dk).transpose(0, 2, 1, 3)
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(dk)
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    e = np.exp(scores)
    weights = e / e.sum(axis=-1, keepdims=True)
    return (weights @ V).transpose(0, 2, 1, 3).reshape(B, T, d) @ Wo


def transformer_block(X, p, n_heads):
    T = X.shape[1]
    mask = np.tril(np.ones((T, T), dtype=bool))
    normed = layer_norm(X, p["g1"], p["c1"])
    X = X + multi_head_attention(normed, p["Wq"], p["Wk"], p["Wv"], p["Wo"], n_heads, mask)
    normed = layer_norm(X, p["g2"], p["c2"])
    return X + np.maximum(normed @ p["W1"] + p["b1"], 0) @ p["W2"] + p["b2"]


def block_param_count(d, d_ff):
    return 4 * d * d + d * d_ff + d_ff + d_ff * d + d + 4 * d
