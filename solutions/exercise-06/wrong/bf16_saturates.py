"""
message: >-
  Values past the largest finite bfloat16 were held at it. From halfway to 2¹²⁸ on they
  become infinite.
fails: [bf16_overflow]
"""

import numpy as np


def round_to_bfloat16(x):
    x = np.asarray(x, dtype=np.float32)
    b = x.view(np.uint32)
    r = ((b + 0x7FFF + ((b >> 16) & 1)) & 0xFFFF0000).view(np.float32)
    top = np.array([0x7F7F0000], dtype=np.uint32).view(np.float32)[0]
    return np.where(np.isfinite(x), np.clip(r, -top, top), x)


def kahan_sum(x):
    s = c = x.dtype.type(0)
    for v in x:
        y = v - c
        t = s + y
        c = (t - s) - y
        s = t
    return s


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
