"""Graphs as matrices: degrees, Laplacian, normalised adjacency, one message-passing layer.

A graph of n nodes is its adjacency matrix A, a NumPy array of float64 of shape (n, n), n >= 1:
A[i, j] is the weight of the edge between i and j, 0 where there is none. Weights are positive
numbers, not only 1. A is symmetric, with zeros on its diagonal; a node without any edge is allowed
and called isolated. Results are new arrays. No function may change its arguments.
`no_warnings`: no call may raise an overflow, invalid-value or division-by-zero warning.
"""

import numpy as np


def degrees(A):
    """Give the degree of each node: the sum of the weights of its edges.

    Args:
        A: Adjacency, shape (n, n).

    Returns:
        Shape (n,); 0 for an isolated node.
    """
    raise NotImplementedError


def laplacian(A):
    """Give the graph Laplacian L = D − A, where D holds the degrees on its diagonal.

    Args:
        A: Adjacency, shape (n, n).

    Returns:
        Shape (n, n).
    """
    raise NotImplementedError


def normalized_adjacency(A, self_loops=True):
    """Divide each entry of the adjacency by the roots of both its nodes' degrees.

    With self_loops, every node first gets an edge of weight 1 to itself: with A' = A + I, and the
    degrees d' of A' (row sums, the new edge counted once), the entry (i, j) of the result is
    A'[i, j] / sqrt(d'[i] d'[j]). Without self_loops the same is done with A and its own degrees.

    Args:
        A: Adjacency, shape (n, n); weights may be as small as 1e-4 and as large as 1e4.
        self_loops: Whether A + I takes the place of A.

    Returns:
        Shape (n, n). Without self loops the row and the column of an isolated node are 0.
    """
    raise NotImplementedError


def propagate(A, H, W):
    """Apply one layer of a graph network: relu(P H W), P = normalized_adjacency(A) with self loops.

    Args:
        A: Adjacency, shape (n, n).
        H: Features, one node a row, shape (n, f).
        W: Weights, shape (f, g).

    Returns:
        Shape (n, g); relu replaces every negative number by 0.
    """
    raise NotImplementedError


def block_diag(mats):
    """Put square matrices one after the other on the diagonal of a large one.

    Args:
        mats: A list of at least one square array, of the same or different sizes n_1, n_2, …, with any
            entries (such as the adjacencies of a batch of graphs).

    Returns:
        Shape (n_1 + n_2 + …, n_1 + n_2 + …), zero outside the blocks.
    """
    raise NotImplementedError
