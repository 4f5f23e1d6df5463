"""Reference solution: bfloat16, compensated sums, log-sum-exp."""

import numpy as np


def round_to_bfloat16(x):
    """Add just under half a step to the bits, one more where the kept part is odd, then cut.

    The bits of a float32 read as a whole number grow with its magnitude, so a carry out of the
    fraction steps into the exponent, and out of the largest number into inf, as it should.
    """
    bits = x.view(np.uint32)
    odd = (bits >> 16) & 1
    rounded = ((bits + (0x7FFF + odd)) & 0xFFFF0000).view(np.float32)
    return np.where(np.isnan(x), x, rounded)


def kahan_sum(x):
    """Carry along what each addition lost."""
    total = lost = 0  # adding float32 to it gives float32
    for value in x:
        corrected = value - lost
        larger = total + corrected
        lost = (larger - total) - corrected
        total = larger
    return total


def logsumexp(x, axis=-1, keepdims=False):
    """Shift by the maximum along the axis; an infinite maximum would only turn inf − inf into nan."""
    x = np.asarray(x, dtype=np.float64)
    m = x.max(axis=axis, keepdims=True)
    m = np.where(np.isfinite(m), m, 0.0)
    with np.errstate(divide="ignore"):
        result = m + np.log(np.exp(x - m).sum(axis=axis, keepdims=True))
    return result if keepdims else result.squeeze(axis)


def log_sigmoid(x):
    """Take −log(1 + e^−x) with the larger of 1 and e^−x put outside the logarithm."""
    x = np.asarray(x, dtype=np.float64)
    return np.minimum(x, 0.0) - np.log1p(np.exp(-np.abs(x)))
