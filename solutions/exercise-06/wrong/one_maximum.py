"""
message: >-
  One maximum was taken for the whole array, so the row near −1000 underflows. Take the
  maximum along the axis.
fails: [example_logsumexp, lse_extreme_rows]
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
    m = np.max(x)
    m = m if np.isfinite(m) else 0.0
    with np.errstate(divide="ignore"):
        return np.log(np.sum(np.exp(x - m), axis=axis, keepdims=keepdims)) + m


def log_sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x)))
