"""All mkn products at once by broadcasting; the layer absorbs its bias into the matrix."""

import numpy as np


def matmul(A, B):
    A, B = np.asarray(A), np.asarray(B)
    if A.ndim != 2 or B.ndim != 2 or A.shape[-1] != B.shape[0]:
        raise ValueError(f"cannot multiply {A.shape} and {B.shape}")
    return (A[:, :, np.newaxis] * B[np.newaxis]).sum(axis=1, dtype=np.result_type(A, B))


def dense(X, W, b, activation=None):
    X1 = np.hstack([X, np.ones((len(X), 1))])
    Z = X1 @ np.vstack([W, b])
    return {None: Z, "relu": Z * (Z > 0)}[activation]


def dense_column(W, x, b):
    return np.einsum("oi,i->o", W, x) + b
