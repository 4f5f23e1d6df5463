"""
message: >-
  Exactly in the middle you always round towards 0. Ties go to the neighbour whose last
  bit is 0: 1 + 3·2⁻⁸ becomes 1 + 2⁻⁶.
fails: [example_bfloat16, bf16_nearest_even, bf16_subnormal, bf16_overflow]
"""

import numpy as np


def round_to_bfloat16(x):
    x = np.asarray(x, dtype=np.float32)
    b = (x.view(np.uint32) + np.uint32(0x7FFF)) & np.uint32(0xFFFF0000)
    return np.where(np.isnan(x), x, b.view(np.float32))


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
