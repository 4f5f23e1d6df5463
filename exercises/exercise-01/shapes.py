"""Scalars, vectors, matrices, tensors: shape, layout, memory.

Arrays come as NumPy arrays. No function may change its arguments, neither an array nor a list.
"""

import numpy as np


def describe(x):
    """Tell the rank, the shape, the size and the bytes of an array or a scalar.

    Args:
        x: An array of any shape and dtype, a NumPy scalar, or a Python int or float; a Python int
            counts as int64, a Python float as float64.

    Returns:
        A dict with exactly these keys:
            "rank": the number of axes, an int; 0 for a scalar.
            "shape": the lengths of the axes, a tuple of ints; () for a scalar.
            "size": how many numbers x holds, an int; 1 for a scalar.
            "nbytes": the bytes that these numbers take in x's dtype, an int.
    """
    raise NotImplementedError


def nhwc_to_nchw(x):
    """Move the channels of a batch of images from the last axis to the second.

    Args:
        x: Pixels, shape (B, H, W, C): image, row, column, channel.

    Returns:
        The same numbers, shape (B, C, H, W). It may be a view of x: nothing needs to be copied.
    """
    raise NotImplementedError


def pad_batch(seqs, pad=0.0):
    """Put sequences of different lengths into one array, filled up on the right.

    Args:
        seqs: A list of B arrays, the i-th of shape (T_i, d) with T_i ≥ 1: T_i tokens, each a
            vector of d numbers. d is the same for all.
        pad: The number that fills the places after a sequence's last token: any float, -inf and
            nan included.

    Returns:
        A tuple (batch, mask). batch has the shape (B, T_max, d) with T_max the largest T_i, and
        dtype float64, whatever the dtypes of seqs and pad. mask has the shape (B, T_max) and
        dtype bool: True where a real token stands, False where it was filled up.

    Raises:
        ValueError: The list is empty.
    """
    raise NotImplementedError


def parameter_bytes(shapes, dtype="float32"):
    """Count the bytes of a model's parameters.

    Args:
        shapes: A list of the shapes of its parameter arrays, each a tuple of ints; () is one
            scalar. An empty list has 0 bytes.
        dtype: The name of the NumPy dtype in which every parameter is stored.

    Returns:
        The bytes of all of them together, an int. Models have billions of parameters: the
        count must be right to the last byte, far beyond 2³².
    """
    raise NotImplementedError
