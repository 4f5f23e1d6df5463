"""
message: >-
  A row in which everything is hidden got equal weights instead of zeros: with one
  large negative score everywhere, the softmax of the row is uniform; and a kept score below it loses to the hidden ones.
fails: [mask_values, mask_extreme]
"""

import numpy as np


def softmax(z, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    z = np.asarray(z, dtype=float) / temperature
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def log_softmax(z, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    z = np.asarray(z, dtype=float) / temperature
    z = z - z.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def masked_softmax(z, mask, axis=-1):
    return softmax(np.where(mask, z, -1e9), axis)
