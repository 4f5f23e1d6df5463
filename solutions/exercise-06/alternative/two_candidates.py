"""bfloat16 by comparing both neighbours, sums in float64, both branches of log σ with np.where."""

import numpy as np


def round_to_bfloat16(x):
    x = np.ascontiguousarray(x, dtype=np.float32)
    bits = x.view(np.uint32)
    lower = bits & np.uint32(0xFFFF0000)
    upper = np.where(np.isfinite(x), lower + np.uint32(0x10000), lower).astype(np.uint32)
    rest = (bits - lower).astype(np.int64)
    odd = (lower >> np.uint32(16)) % 2 == 1
    up = (rest > 0x8000) | ((rest == 0x8000) & odd)
    out = np.where(up & np.isfinite(x), upper, lower).astype(np.uint32).view(np.float32).reshape(np.shape(x))
    out[np.isnan(x)] = np.nan
    return out


def kahan_sum(x):
    return np.add.reduce(x, dtype=np.float64).astype(x.dtype)


def logsumexp(x, axis=-1, keepdims=False):
    x = np.asarray(x, dtype=np.float64)
    top = np.amax(x, axis=axis, keepdims=True)
    with np.errstate(all="ignore"):
        y = np.log(np.exp(x - top).sum(axis=axis, keepdims=True)) + top
    y = np.where(np.isinf(top), top, y)
    return y if keepdims else np.take(y, 0, axis=axis)


def log_sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    with np.errstate(over="ignore"):
        return np.where(x >= 0, -np.log1p(np.exp(-x)), x - np.log1p(np.exp(x)))
