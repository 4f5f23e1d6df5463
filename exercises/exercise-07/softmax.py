"""Softmax, temperature and masking.

Scores come as float64 arrays (or nested lists of numbers) of any shape; results are new float64
arrays of the same shape. No function may change its arguments. `no_warnings`: no call may raise
an overflow, invalid-value or division-by-zero warning (underflow to 0 is fine).
"""

import numpy as np


def softmax(z, axis=-1, temperature=1.0):
    """Turn scores into probabilities: exp(z / temperature), normalised along `axis`.

    Args:
        z: Scores, any shape; |z / temperature| may be as large as 1e300.
        axis: The axis that holds the classes; the results sum to 1 along it.
        temperature: T > 0; higher flattens, lower sharpens.

    Returns:
        Probabilities, the shape of z, float64.

    Raises:
        ValueError: temperature is 0 or negative.
    """
    raise NotImplementedError


def log_softmax(z, axis=-1, temperature=1.0):
    """Give the natural logarithm of softmax(z, axis, temperature), finite for every finite z.

    Args:
        z: Scores, any shape; |z / temperature| may be as large as 1e300.
        axis: The axis that holds the classes.
        temperature: T > 0.

    Returns:
        Log-probabilities, the shape of z, float64.

    Raises:
        ValueError: temperature is 0 or negative.
    """
    raise NotImplementedError


def masked_softmax(z, mask, axis=-1):
    """Softmax over the entries that the mask keeps (temperature 1).

    Args:
        z: Scores, any shape, kept ones up to ±1e300. Hidden entries may hold anything, nan and inf
            included.
        mask: Booleans, the shape of z; True = keep, False = hide.
        axis: The axis that holds the classes.

    Returns:
        Probabilities, the shape of z, float64; exactly 0 where the mask is False. A row
        (along `axis`) in which nothing is kept is all zeros.
    """
    raise NotImplementedError
