"""Best rank-k approximation by the singular value decomposition, and LoRA.

Arrays are NumPy arrays of float64; results are new arrays. A number that is returned may be a
Python number, a NumPy scalar or a 0-d array. No function may change its arguments.
"""

import numpy as np


def best_rank_k(A, k):
    """Give the matrix of rank k that is nearest to A (least sum of squared differences).

    Args:
        A: Shape (m, n), tall, wide or square, not zero.
        k: How many singular values are kept, 0 <= k <= min(m, n). The k-th singular value is larger
            than the next, so that there is one nearest matrix only.

    Returns:
        Shape (m, n); zeros for k = 0, equal to A for k = min(m, n).

    Raises:
        ValueError: k is negative or larger than min(m, n).
    """
    raise NotImplementedError


def energy_kept(A, k):
    """Give the share of A's sum of squared entries that its best rank-k approximation keeps.

    Args:
        A: Shape (m, n), not zero.
        k: 0 <= k <= min(m, n).

    Returns:
        A number between 0 (for k = 0) and 1: the sum of the k largest squared singular values,
        divided by the sum of all of them.

    Raises:
        ValueError: k is negative or larger than min(m, n).
    """
    raise NotImplementedError


def lora_forward(X, W, A, B, alpha):
    """Apply a frozen layer with a low-rank update: X W + (alpha / r) X A B.

    r is the number of columns of A and of rows of B, whatever rank their product has.

    Args:
        X: A batch, one sample a row, shape (N, d_in).
        W: The frozen weights, shape (d_in, d_out).
        A: The first thin factor, shape (d_in, r).
        B: The second thin factor, shape (r, d_out), with r >= 1.
        alpha: The scale of the update, a number.

    Returns:
        Shape (N, d_out).
    """
    raise NotImplementedError


def lora_merge(W, A, B, alpha):
    """Give one weight matrix that does what lora_forward does: X @ lora_merge(W, A, B, alpha).

    Args:
        W: Shape (d_in, d_out); it must stay as it is.
        A: Shape (d_in, r).
        B: Shape (r, d_out).
        alpha: The scale of the update, a number.

    Returns:
        A new array of shape (d_in, d_out).
    """
    raise NotImplementedError


def lora_param_counts(d_in, d_out, r):
    """Count what there is to train: in all of W, and in the two factors of LoRA.

    Args:
        d_in: Inputs of the layer, a Python int.
        d_out: Outputs of the layer, a Python int.
        r: Columns of A and rows of B, a Python int >= 1.

    Returns:
        The pair (full, lora) of whole numbers: the entries of W, and the entries of A and B together.
        They are counted exactly, also above 2**53, where a float may be off by one.
    """
    raise NotImplementedError
