"""
message: >-
  The sum is always a float32. It has the dtype of the array: float64 for float64.
fails: [keeps_float32]
"""

import numpy as np


def round_to_bfloat16(x):
    x = np.asarray(x, dtype=np.float32)
    b = x.view(np.uint32)
    b = (b + 0x7FFF + ((b >> 16) & 1)) & 0xFFFF0000
    return np.where(np.isnan(x), x, b.view(np.float32))


def kahan_sum(x):
    return np.float32(np.sum(x, dtype=np.float64))


def logsumexp(x, axis=-1, keepdims=False):
    x = np.asarray(x, dtype=float)
    m = np.max(x, axis=axis, keepdims=True)
    m = np.where(np.isfinite(m), m, 0.0)
    with np.errstate(divide="ignore"):
        y = np.log(np.sum(np.exp(x - m), axis=axis, keepdims=True)) + m
    return y if keepdims else np.squeeze(y, axis=axis)


def log_sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x)))
