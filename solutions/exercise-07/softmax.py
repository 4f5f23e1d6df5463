"""Reference solution: softmax, temperature and masking."""

import numpy as np


def softmax(z, axis=-1, temperature=1.0):
    """Shift by the maximum along the axis, so that the largest exponent is 0."""
    return np.exp(log_softmax(z, axis, temperature))


def log_softmax(z, axis=-1, temperature=1.0):
    """Subtract the log-sum-exp; the probability itself is never formed."""
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    z = np.asarray(z) / temperature
    shifted = z - z.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def masked_softmax(z, mask, axis=-1):
    """Hide entries by a score of −inf; a row without kept entries gets a harmless shift and sum."""
    z = np.where(mask, z, -np.inf)
    largest = z.max(axis=axis, keepdims=True)
    e = np.exp(z - np.where(np.isneginf(largest), 0.0, largest))
    total = e.sum(axis=axis, keepdims=True)
    return e / np.where(total == 0.0, 1.0, total)
