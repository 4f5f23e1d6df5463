"""Unfolding, mode products, and the CP and Tucker decompositions of tensors.

Tensors are NumPy arrays of float64 with N >= 2 axes ("modes"), of the shape (I_0, …, I_{N-1}); modes
are counted from 0. A mode that is handed in is an int, 0 <= mode < N. Results are new arrays, but
what `unfold` returns may also be a view of T. No function may change its arguments. Any NumPy
operation is allowed.
"""

import numpy as np


def unfold(T, mode):
    """Lay a tensor out as a matrix whose rows belong to the indices of one mode.

    The other modes keep their order, and the last of them runs fastest (C order): for T of shape
    (I, J, K) and mode 1, the entry T[i, j, k] stands in row j and column i * K + k.

    Args:
        T: A tensor.
        mode: The mode that becomes the rows.

    Returns:
        Shape (I_mode, product of the other sizes).
    """
    raise NotImplementedError


def mode_product(T, U, mode):
    """Multiply the tensor by a matrix along one mode.

    For a tensor with three modes and mode 1, the entry [i, r, k] of the result is the sum over j of
    U[r, j] T[i, j, k]. All other modes stay where they are.

    Args:
        T: A tensor.
        U: Shape (J, I_mode): its rows index the new mode, its columns the old one.
        mode: The mode that is multiplied.

    Returns:
        T's shape with J in place of I_mode.
    """
    raise NotImplementedError


def cp_reconstruct(weights, factors):
    """Add up weighted outer products: the tensor that a CP decomposition stands for.

    For three factors A, B, C the entry [i, j, k] is the sum over r of
    weights[r] A[i, r] B[j, r] C[k, r].

    Args:
        weights: One number a term, of either sign, shape (R,), R >= 1.
        factors: A list of N >= 2 arrays; the n-th has shape (I_n, R).

    Returns:
        Shape (I_0, …, I_{N-1}).
    """
    raise NotImplementedError


def hosvd(T, ranks):
    """Decompose T by the truncated higher-order SVD (a Tucker decomposition).

    The columns of U_n are the left singular vectors of the unfolding of T itself along mode n, for
    the r_n largest singular values, the largest first. The core is T multiplied by the transpose of
    U_n along every mode n. T is then about the core multiplied by U_n along every mode n.

    Args:
        T: A tensor, not zero.
        ranks: A list or tuple of N ints, 1 <= r_n <= I_n. An r_n may be larger than the product of
            the other sizes: then singular values that are 0 take part, and any orthonormal columns
            will do for them.

    Returns:
        The pair (core, factors): the core of shape (r_0, …, r_{N-1}), and the list of the N
        matrices U_n of shape (I_n, r_n), whose columns are orthonormal. The sign of a column is
        free.

    Raises:
        ValueError: A rank is smaller than 1 or larger than the size of its mode.
    """
    raise NotImplementedError


def cp_params(shape, R):
    """Count the numbers that a CP decomposition stores: the weights and all factors.

    Args:
        shape: The sizes I_n of the tensor, a list or tuple of ints.
        R: The number of terms, an int.

    Returns:
        A whole number.
    """
    raise NotImplementedError


def tucker_params(shape, ranks):
    """Count the numbers that a Tucker decomposition stores: the core and all factors.

    Args:
        shape: The sizes I_n of the tensor, a list or tuple of ints.
        ranks: The sizes r_n of the core, a list or tuple of as many ints.

    Returns:
        A whole number.
    """
    raise NotImplementedError
