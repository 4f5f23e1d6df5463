"""
message: >-
  Rows are independent: a row far below the maximum of the whole array became 0/0.
  Take the maximum along the axis.
fails: [cold_limit, extreme_rows, no_warnings]
"""

import numpy as np


def softmax(z, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    z = np.asarray(z, dtype=float) / temperature
    e = np.exp(z - z.max())
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
