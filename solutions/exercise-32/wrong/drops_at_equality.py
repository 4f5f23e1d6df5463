"""
message: >-
  An entry whose draw is equal to p is dropped. It is kept where u >= p.
fails: [reproducible]
"""

import numpy as np


def l2_penalty(params, lam):
    return lam / 2 * sum((np.sum(np.square(w)) for name, w in params.items() if name.startswith('W')))


def l2_grads(params, lam):
    return {name: lam * w if name.startswith('W') else np.zeros_like(w) for name, w in params.items()}


def dropout_forward(x, p, rng, train=True):
    if not 0 <= p < 1:
        raise ValueError('p must be at least 0 and below 1')
    mask = (rng.random(x.shape) > p) / (1 - p) if train else np.ones(x.shape)
    return (x * mask, mask)


def dropout_backward(dout, mask):
    return dout * mask
