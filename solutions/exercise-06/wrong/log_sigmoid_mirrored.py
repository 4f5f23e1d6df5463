r"""
message: >-
  That is $\log\sigma(-x)$: the curve must approach 0 on the right and the line x on the
  left.
fails: [log_sigmoid_values, log_sigmoid_extreme]
"""

import numpy as np


def round_to_bfloat16(x):
    x = np.asarray(x, dtype=np.float32)
    b = x.view(np.uint32)
    b = (b + 0x7FFF + ((b >> 16) & 1)) & 0xFFFF0000
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
    return -np.maximum(x, 0) - np.log1p(np.exp(-np.abs(x)))
