"""Broadcasting, einsum and tensor contraction.

Everything comes as NumPy arrays; the numbers are real. Results are new arrays: no function may
change its arguments or return memory of them. Any NumPy operation is allowed.
"""

import numpy as np


def pairwise_sq_dists(X, Y):
    """Give the squared Euclidean distance of each row of X from each row of Y.

    Args:
        X: n points as rows, shape (n, d).
        Y: m points as rows, shape (m, d).

    Returns:
        Shape (n, m); entry [i, j] is the sum over k of (X[i, k] − Y[j, k])². Each entry is right
        to 8 digits, also for points close together, for points far from the origin, such as near
        (1e6, …, 1e6), and where some points lie there and others near 0; it is exactly 0 where
        two rows are equal.
    """
    raise NotImplementedError


def bilinear_scores(Q, W, K):
    """Score each query against each key of the same batch entry through the matrix W.

    Args:
        Q: Queries, shape (B, T, d).
        W: Shape (d, d), in general not symmetric. Its first index meets the query, its second
            the key.
        K: Keys, shape (B, S, d).

    Returns:
        Shape (B, T, S); entry [b, t, s] is the sum over p and q of Q[b, t, p] W[p, q] K[b, s, q].
    """
    raise NotImplementedError


def contract(A, B):
    """Contract two tensors over the two indices that they share.

    Args:
        A: Indices i, j, k; shape (I, J, K).
        B: Indices k, j, l, in this order; shape (K, J, L).

    Returns:
        Shape (I, L); entry [i, l] is the sum over all j and k of A[i, j, k] B[k, j, l].
    """
    raise NotImplementedError


def embed(ids, E):
    """Look up the embedding of each token.

    It gives what the one-hot rows of the ids times E would give.

    Args:
        ids: Token ids, an integer array of any shape (…), also () for a single id, but not
            empty; each 0 ≤ id < V.
        E: One embedding a row, shape (V, d).

    Returns:
        Shape (…, d): the shape of ids, followed by d.

    Raises:
        IndexError: An id is negative, or V or larger, or ids holds floats such as 1.5 instead
            of integers.
    """
    raise NotImplementedError
