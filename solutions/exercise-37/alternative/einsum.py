"""Weights reshaped to (d, h, dk) once, everything else by einsum."""

import numpy as np


def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads, mask=None):
    d = X.shape[-1]
    if d % n_heads != 0:
        raise ValueError(f"{d} features can't be shared by {n_heads} heads")
    dk = d // n_heads
    q, k, v = (np.einsum("bti,ihj->bthj", X, W.reshape(d, n_heads, dk)) for W in (Wq, Wk, Wv))
    logits = np.einsum("bthj,bshj->bhts", q, k) * dk**-0.5
    if mask is not None:
        logits = logits + np.where(mask, 0.0, -1e30)
    weights = np.exp(logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True))
    return np.einsum("bhts,bshj,hjo->bto", weights, v, Wo.reshape(n_heads, dk, d), optimize=True)


def transformer_block(X, p, n_heads):
    def norm(x, name):
        mu = np.mean(x, axis=-1, keepdims=True)
        var = np.mean(x * x, axis=-1, keepdims=True) - mu * mu
        return (x - mu) * (p["g" + name] / np.sqrt(var + 1e-5)) + p["c" + name]

    T = X.shape[-2]
    causal = ~np.triu(np.ones((T, T), dtype=bool), k=1)
    mid = X + multi_head_attention(norm(X, "1"), p["Wq"], p["Wk"], p["Wv"], p["Wo"], n_heads, mask=causal)
    hidden = norm(mid, "2") @ p["W1"] + p["b1"]
    return mid + (hidden * (hidden > 0)) @ p["W2"] + p["b2"]


def block_param_count(d, d_ff):
    return np.int64(d) * (4 * d + 2 * d_ff + 5) + d_ff
