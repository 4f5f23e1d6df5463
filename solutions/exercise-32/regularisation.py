"""Reference solution: L2 penalty and dropout."""

import numpy as np


def l2_penalty(params, lam):
    """Half of λ times the squared length of all weights."""
    return lam / 2 * sum(np.sum(np.square(w)) for name, w in params.items() if name.startswith("W"))


def l2_grads(params, lam):
    """Pull each weight towards 0 in proportion to itself; the ½ has cancelled the 2."""
    return {name: lam * w if name.startswith("W") else np.zeros_like(w) for name, w in params.items()}


def dropout_forward(x, p, rng, train=True):
    """Scale while training, so that nothing is left to do when the network is used."""
    if not 0 <= p < 1:
        raise ValueError("p must be at least 0 and below 1")
    mask = (rng.random(x.shape) >= p) / (1 - p) if train else np.ones(x.shape)
    return x * mask, mask


def dropout_backward(dout, mask):
    """Send the gradient back along the paths that were open, with their factor."""
    return dout * mask
