"""Floating point: bfloat16, compensated sums, log-sum-exp.

Arguments are NumPy arrays. `round_to_bfloat16` and `kahan_sum` keep the dtype that they are given;
`logsumexp` and `log_sigmoid` turn what they are given into float64 and give float64. Results are
new arrays; no function may change its arguments.
"""

import numpy as np


def round_to_bfloat16(x):
    """Round every entry to the nearest number that bfloat16 can hold.

    bfloat16 is the upper half of a float32: 1 sign bit, 8 exponent bits, 7 stored fraction bits,
    so 8 significant bits for normal numbers. As in IEEE 754: nearest; of two equally near values
    the one whose last fraction bit is 0 ("ties to even").

    Args:
        x: float32, any shape; subnormal numbers, ±inf and every kind of nan may occur.

    Returns:
        The rounded values, the shape of x, still float32. Tiny values become subnormal bfloat16
        numbers (multiples of 2^-133) or 0. Values less than halfway from the largest finite
        bfloat16 (about 3.39e38) to 2^128 stay finite; those at halfway (2^128 counts as the even
        neighbour) and beyond become ±inf. ±inf stays ±inf and nan stays nan.
    """
    raise NotImplementedError


def kahan_sum(x):
    """Add up the entries with an error of a few units in the last place, however many there are.

    Args:
        x: Shape (n,), n >= 1, finite, float32. (For float64 only the dtype of the result and 12
            correct digits on harmless numbers are asked for.)

    Returns:
        One number with the dtype of x: a float32 (NumPy scalar or 0-d array) for float32. It
        differs from the exact sum by at most 3 u (|x_1| + ... + |x_n|), u = 2^-24 for float32: 2 u
        is Kahan's bound and 1 u is for rounding the result. Any method that is at least as
        accurate is welcome.
    """
    raise NotImplementedError


def logsumexp(x, axis=-1, keepdims=False):
    """Give log(sum(exp(x))) along an axis, natural logarithm, without overflow or underflow.

    Args:
        x: Shape (..., n, ...), of any finite magnitude (±1000 and far beyond), or −inf, or +inf.
        axis: The axis that is summed over, one whole number, possibly negative.
        keepdims: Whether the axis stays in the result with length 1.

    Returns:
        float64, the shape of x without `axis` (or with 1 in its place); one number for a
        one-dimensional x. −inf where all entries are −inf, +inf where an entry is +inf.
    """
    raise NotImplementedError


def log_sigmoid(x):
    """Give log(1 / (1 + exp(-x))), natural logarithm, finite for every finite x.

    Args:
        x: Any shape (at least one axis), finite, of any magnitude (up to ±1e300).

    Returns:
        The shape of x, float64, never above 0. Within 1e-12 of the exact value, in absolute terms
        for |x| <= 30 and relative to it for very negative x.
    """
    raise NotImplementedError
