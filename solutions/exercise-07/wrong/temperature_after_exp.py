"""
message: >-
  The exponentials were taken first and raised to the power 1/T afterwards. Where one of them has
  underflowed to 0, no temperature brings it back: divide the scores by T before exp.
fails: [temperature]
"""

import numpy as np


def softmax(z, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    z = np.asarray(z, dtype=float)
    e = np.exp(z - z.max(axis=axis, keepdims=True)) ** (1.0 / temperature)
    return e / e.sum(axis=axis, keepdims=True)


def log_softmax(z, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    z = np.asarray(z, dtype=float) / temperature
    z = z - z.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def masked_softmax(z, mask, axis=-1):
    z = np.where(mask, z, -np.inf)
    m = z.max(axis=axis, keepdims=True)
    e = np.exp(z - np.where(np.isfinite(m), m, 0.0))
    s = e.sum(axis=axis, keepdims=True)
    return e / np.where(s == 0, 1.0, s)
