"""Dot product, cosine similarity and the analogy king − man + woman.

Vectors and matrices come as NumPy arrays of dtype float64, or int64 (whole numbers). No function
may change its arguments. `no_warnings`: cosine_matrix may not raise an overflow, invalid-value or
division-by-zero warning, also where a row is zero.
"""

import numpy as np


def dot(u, v):
    """Give the dot product, the sum of u_i · v_i.

    Args:
        u: A vector, shape (d,).
        v: A vector, shape (d,).

    Returns:
        One number, a float.

    Raises:
        ValueError: The shapes differ; a vector of length 1 isn't stretched either.
    """
    raise NotImplementedError


def cosine_matrix(A, B, eps=1e-12):
    """Compare each row of A with each row of B by the cosine of the angle between them.

    Args:
        A: n vectors as rows, shape (n, d).
        B: m vectors as rows, shape (m, d).
        eps: A norm smaller than eps is replaced by eps, each norm by itself: max(‖a‖, eps).
            So a zero row has similarity 0 with everything.

    Returns:
        Shape (n, m), float64; entry [i, j] belongs to row i of A and row j of B.
    """
    raise NotImplementedError


def analogy(E, positive, negative):
    """Find the word that is to E[j] what E[i] is to E[k], by the vector offset E[i] − E[k] + E[j].

    Args:
        E: One embedding a row, shape (V, d). The rows are added and subtracted as they stand,
            they are not normalised first.
        positive: The pair (i, j) of the rows that are added, with 0 ≤ i, j < V.
        negative: The row k that is subtracted, 0 ≤ k < V; i, j and k are three different rows.

    Returns:
        The index of the row whose cosine similarity to the sum is highest, an int; the rows i, j
        and k themselves don't take part (another row that holds the same numbers does). A zero
        row has similarity 0; any other, however short, is compared as in cosine_matrix. Among
        equal similarities the lowest index wins.

    Raises:
        ValueError: No row is left besides i, j and k.
    """
    raise NotImplementedError
