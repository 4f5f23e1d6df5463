"""As a decoder runs: tokens come one by one, and each head adds its own part of the output."""

import math

import numpy as np


def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads, mask=None):
    B, T, d = X.shape
    dk, left = divmod(d, n_heads)
    if left:
        raise ValueError("d % n_heads")
    mask = np.ones((T, T), bool) if mask is None else np.asarray(mask)
    out = np.zeros((B, T, d))
    for start in range(0, d, dk):
        own = slice(start, start + dk)
        keys, values = X @ Wk[:, own], X @ Wv[:, own] @ Wo[own]
        for t in range(T):
            scores = (keys @ (X[:, t] @ Wq[:, own])[:, :, None])[..., 0] / math.sqrt(dk)
            scores = scores[:, mask[t]]
            w = np.exp(scores - scores.max(axis=1, keepdims=True))
            w /= w.sum(axis=1, keepdims=True)
            out[:, t] += (w[:, :, None] * values[:, mask[t]]).sum(axis=1)
    return out


def _norm(row, gamma, beta):
    centred = row - sum(row) / len(row)
    return centred / math.sqrt(centred @ centred / len(row) + 1e-5) * gamma + beta


def transformer_block(X, p, n_heads):
    T = X.shape[1]
    first = np.apply_along_axis(_norm, 2, X, p["g1"], p["c1"])
    mask = np.array([[s <= t for s in range(T)] for t in range(T)])
    X = X + multi_head_attention(first, p["Wq"], p["Wk"], p["Wv"], p["Wo"], n_heads, mask)
    out = []
    for text in X:
        rows = []
        for token in text:
            hidden = _norm(token, p["g2"], p["c2"]) @ p["W1"] + p["b1"]
            hidden[hidden < 0] = 0.0
            rows.append(token + hidden @ p["W2"] + p["b2"])
        out.append(rows)
    return np.array(out)


def block_param_count(d, d_ff):
    shapes = {"Wq": (d, d), "Wk": (d, d), "Wv": (d, d), "Wo": (d, d), "W1": (d, d_ff), "b1": (d_ff,), "W2": (d_ff, d)}
    shapes |= {name: (d,) for name in ("b2", "g1", "c1", "g2", "c2")}
    return sum(math.prod(shape) for shape in shapes.values())
