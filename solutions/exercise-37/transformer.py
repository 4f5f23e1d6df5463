"""Reference solution: multi-head attention and the Transformer block."""

import numpy as np


def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads, mask=None):
    """Give the heads an axis of their own, (B, h, T, dk), so that one product serves them all."""
    B, T, d = X.shape
    if d % n_heads:
        raise ValueError("d must be divisible by n_heads")

    def heads(W):
        # The columns of a head are neighbours: the last axis splits into (h, dk) before h moves.
        return (X @ W).reshape(B, T, n_heads, d // n_heads).transpose(0, 2, 1, 3)

    Q, K, V = heads(Wq), heads(Wk), heads(Wv)
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(d / n_heads)
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    mixed = _softmax(scores) @ V
    return mixed.transpose(0, 2, 1, 3).reshape(B, T, d) @ Wo


def transformer_block(X, p, n_heads):
    """Normalise what each part reads, never the stream X that it adds to."""
    tokens = np.arange(X.shape[1])
    causal = tokens[:, None] >= tokens
    normed = _layer_norm(X, p["g1"], p["c1"])
    X = X + multi_head_attention(normed, p["Wq"], p["Wk"], p["Wv"], p["Wo"], n_heads, causal)
    hidden = np.maximum(_layer_norm(X, p["g2"], p["c2"]) @ p["W1"] + p["b1"], 0)
    return X + hidden @ p["W2"] + p["b2"]


def block_param_count(d, d_ff):
    """Four square matrices, two rectangular ones, b1, and five vectors of width d: b2 and the norms'."""
    return 4 * d * d + 2 * d * d_ff + d_ff + 5 * d


def _softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _layer_norm(x, gamma, beta):
    centred = x - x.mean(axis=-1, keepdims=True)
    return gamma * centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5) + beta
