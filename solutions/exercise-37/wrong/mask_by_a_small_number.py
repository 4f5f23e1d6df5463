"""
message: >-
  A hidden score became −10 000. Where the scores that may be seen are as low, its key still
  takes a share: nothing but −inf is low enough for all.
fails: [large_scores, causal_block]
"""

import numpy as np


def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads, mask=None):
    B, T, d = X.shape
    if d % n_heads:
        raise ValueError('d must be divisible by n_heads')

    def heads(W):
        return (X @ W).reshape(B, T, n_heads, d // n_heads).transpose(0, 2, 1, 3)
    Q, K, V = (heads(Wq), heads(Wk), heads(Wv))
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(d / n_heads)
    if mask is not None:
        scores = np.where(mask, scores, -10000.0)
    mixed = _softmax(scores) @ V
    return mixed.transpose(0, 2, 1, 3).reshape(B, T, d) @ Wo


def transformer_block(X, p, n_heads):
    tokens = np.arange(X.shape[1])
    causal = tokens[:, None] >= tokens
    normed = _layer_norm(X, p['g1'], p['c1'])
    X = X + multi_head_attention(normed, p['Wq'], p['Wk'], p['Wv'], p['Wo'], n_heads, causal)
    hidden = np.maximum(_layer_norm(X, p['g2'], p['c2']) @ p['W1'] + p['b1'], 0)
    return X + hidden @ p['W2'] + p['b2']


def block_param_count(d, d_ff):
    return 4 * d * d + 2 * d * d_ff + d_ff + 5 * d


def _softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _layer_norm(x, gamma, beta):
    centred = x - x.mean(axis=-1, keepdims=True)
    return gamma * centred / np.sqrt((centred ** 2).mean(axis=-1, keepdims=True) + 1e-05) + beta
