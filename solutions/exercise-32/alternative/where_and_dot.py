"""Squares by dot products, entries chosen by np.where, uniform draws laid out flat."""

import numpy as np


def l2_penalty(params, lam):
    total = 0.0
    for name in params:
        if name[:1] == "W":
            flat = np.ravel(params[name])
            total += float(np.dot(flat, flat))
    return 0.5 * lam * total


def l2_grads(params, lam):
    grads = {}
    for name, value in params.items():
        factor = lam if name[:1] == "W" else 0.0
        grads[name] = np.multiply(value, factor)
    return grads


def dropout_forward(x, p, rng, train=True):
    if p < 0 or p >= 1:
        raise ValueError(f"p = {p} is not in [0, 1)")
    if not train:
        return x.copy(), np.ones_like(x)
    kept = rng.uniform(size=x.size).reshape(x.shape) >= p
    scale = 1 / (1 - p)
    return np.where(kept, x * scale, 0.0), np.where(kept, scale, 0.0)


def dropout_backward(dout, mask):
    return np.where(mask == 0, 0.0, dout * mask)
