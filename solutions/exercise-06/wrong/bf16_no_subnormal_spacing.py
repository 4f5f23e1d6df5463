"""
message: >-
  Below 2⁻¹²⁶ the spacing stays 2⁻¹³³; you kept eight significant bits there, more than
  a subnormal bfloat16 has.
fails: [bf16_subnormal]
"""

import numpy as np


def round_to_bfloat16(x):
    x = np.asarray(x, dtype=np.float32)
    f, e = np.frexp(x.astype(np.float64))
    with np.errstate(over="ignore"):
        return np.ldexp(np.rint(f * 256) / 256, e).astype(np.float32)


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
