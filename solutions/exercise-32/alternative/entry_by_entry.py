"""Plain loops: one draw after the other, in the order of the entries."""

import math

import numpy as np


def l2_penalty(params, lam):
    return math.fsum(lam * float(x) ** 2 / 2 for name, w in params.items() if name.find("W") == 0 for x in w.flat)


def l2_grads(params, lam):
    grads = dict.fromkeys(params)
    for name in grads:
        grads[name] = np.array([lam * x * (name.find("W") == 0) for x in params[name].flat]).reshape(params[name].shape)
    return grads


def dropout_forward(x, p, rng, train=True):
    if p not in (0, 0.0) and not 0 < p < 1:
        raise ValueError("p must lie in [0, 1)")
    mask = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        mask[i] = 1.0 if not train else 1.0 / (1.0 - p) if rng.random() >= p else 0.0
    return np.einsum("...,...->...", x, mask), mask


def dropout_backward(dout, mask):
    return np.array([d * m for d, m in zip(dout.ravel(), mask.ravel())]).reshape(dout.shape)
