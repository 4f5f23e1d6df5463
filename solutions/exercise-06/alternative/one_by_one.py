"""Plain Python: bits through struct, Neumaier's sum, one row at a time."""

import math
import struct

import numpy as np


def _round(value):
    if math.isnan(value) or math.isinf(value):
        return value
    (bits,) = struct.unpack("<I", struct.pack("<f", value))
    low, bits = bits & 0xFFFF, bits >> 16
    if low > 0x8000 or (low == 0x8000 and bits % 2 == 1):
        bits += 1
    return struct.unpack("<f", struct.pack("<I", bits << 16))[0]


def round_to_bfloat16(x):
    x = np.asarray(x)
    return np.array([_round(float(v)) for v in x.ravel()], dtype=np.float32).reshape(x.shape)


def kahan_sum(x):
    total, carry = x[0], x.dtype.type(0)
    for value in x[1:]:
        t = total + value
        if abs(total) >= abs(value):
            carry = carry + ((total - t) + value)
        else:
            carry = carry + ((value - t) + total)
        total = t
    return np.array(total + carry, dtype=x.dtype)


def _row(row):
    top = max(row)
    if math.isinf(top):
        return top
    return top + math.log(math.fsum(math.exp(v - top) for v in row))


def logsumexp(x, axis=-1, keepdims=False):
    rows = np.moveaxis(np.array(x, dtype=float), axis, -1)
    out = np.array([_row([float(v) for v in r]) for r in rows.reshape(-1, rows.shape[-1])]).reshape(rows.shape[:-1])
    if keepdims:
        return np.expand_dims(out, axis)
    return out if out.ndim else float(out)


def log_sigmoid(x):
    x = np.asarray(x)
    y = [-math.log1p(math.exp(-v)) if v > -20 else v - math.log1p(math.exp(v)) for v in map(float, x.flat)]
    return np.array(y).reshape(x.shape)
