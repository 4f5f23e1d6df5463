"""Reference solution: matrix product and dense layer."""

import numpy as np


def matmul(A, B):
    """Add up the k outer products of a column of A with a row of B."""
    A, B = np.asarray(A), np.asarray(B)
    if A.shape[1] != B.shape[0]:
        raise ValueError(f"{A.shape} times {B.shape}: the inner sizes differ")
    # The accumulator has the promoted dtype: in A's own, an integer one would cut floats off.
    C = np.zeros((A.shape[0], B.shape[1]), dtype=np.result_type(A, B))
    for p in range(A.shape[1]):
        C += A[:, p, None] * B[p]
    return C


def dense(X, W, b, activation=None):
    """Let b spread along the batch: it belongs to the last axis, that of the output units."""
    Z = matmul(X, W) + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    """Read W x + b as a batch of one row, with the weights transposed."""
    return dense(np.asarray(x)[None, :], np.asarray(W).T, b)[0]
