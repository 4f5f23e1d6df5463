"""Norms of the arrays, copies changed in place, a mask filled from zeros."""

import numpy as np


def _is_weight(name):
    return name.startswith("W")


def l2_penalty(params, lam):
    norms = [np.linalg.norm(np.ravel(w)) for w in map(params.get, filter(_is_weight, params))]
    return np.float64(lam) * np.sum(np.power(norms, 2)) / 2


def l2_grads(params, lam):
    grads = {name: np.zeros(w.shape) for name, w in params.items()}
    for name in filter(_is_weight, params):
        grads[name] += params[name]
        grads[name] *= lam
    return grads


def dropout_forward(x, p, rng, train=True):
    if not (p >= 0 and p < 1):
        raise ValueError("p is a probability below 1")
    mask = np.ones(x.shape)
    if train:
        mask[rng.random(x.shape) < p] = 0.0
        mask /= 1.0 - p
    out = x.copy()
    out *= mask
    return out, mask


def dropout_backward(dout, mask):
    dx = np.array(dout, copy=True)
    dx *= mask
    return dx
