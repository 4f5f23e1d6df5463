"""
message: >-
  The norms came after the additions (post-norm), so the stream itself is normalised. Here each
  part reads a normalised copy, and the stream is only added to.
fails: [example_block, block_values, causal_block, zero_weights_identity, token_shift, small_spread]
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
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return (weights @ V).transpose(0, 2, 1, 3).reshape(B, T, d) @ Wo


def transformer_block(X, p, n_heads):
    T = X.shape[1]
    mask = np.tril(np.ones((T, T), dtype=bool))
    X = X + multi_head_attention(X, p["Wq"], p["Wk"], p["Wv"], p["Wo"], n_heads, mask)
    X = layer_norm(X, p["g1"], p["c1"])
    X = X + np.maximum(X @ p["W1"] + p["b1"], 0) @ p["W2"] + p["b2"]
    return layer_norm(X, p["g2"], p["c2"])


def block_param_count(d, d_ff):
    return 4 * d * d + d * d_ff + d_ff + d_ff * d + d + 4 * d
