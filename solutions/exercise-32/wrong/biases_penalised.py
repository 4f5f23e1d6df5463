"""
message: >-
  All parameters were penalised. Biases and gains are free; only names that start with W
  count.
fails: [example_penalty, example_grads, bias_free, l2_consistent, no_mutation]
"""

import numpy as np


def l2_penalty(params, lam):
    return lam / 2 * sum((np.sum(np.square(w)) for name, w in params.items()))


def l2_grads(params, lam):
    return {name: lam * w for name, w in params.items()}


def dropout_forward(x, p, rng, train=True):
    if not 0 <= p < 1:
        raise ValueError("p must be at least 0 and below 1")
    mask = (rng.random(x.shape) >= p) / (1 - p) if train else np.ones(x.shape)
    return (x * mask, mask)


def dropout_backward(dout, mask):
    return dout * mask
