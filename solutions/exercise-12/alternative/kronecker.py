"""The matrix forms: Khatri–Rao for CP, matmul on the last axis, and the core by one Kronecker product."""
from functools import reduce

import numpy as np


def unfold(T, mode):
    return np.reshape(np.rollaxis(T, mode), (T.shape[mode], -1))


def mode_product(T, U, mode):
    return np.swapaxes(np.swapaxes(T, mode, -1) @ U.T, mode, -1)


def khatri_rao(A, B):
    return (A[:, None, :] * B[None, :, :]).reshape(-1, A.shape[1])


def cp_reconstruct(weights, factors):
    shape = tuple(F.shape[0] for F in factors)
    return (reduce(khatri_rao, factors) @ weights).reshape(shape)


def hosvd(T, ranks):
    if min(ranks) < 1 or any(np.greater(ranks, T.shape)):
        raise ValueError("ranks must lie between 1 and the sizes")
    factors = []
    for n in range(T.ndim):
        # Zero columns give the reduced SVD room for all directions of a long mode.
        A = unfold(T, n)
        A = np.hstack([A, np.zeros((len(A), len(A)))])
        factors.append(np.linalg.svd(A, full_matrices=False)[0][:, : ranks[n]])
    core = reduce(np.kron, [U.T for U in factors]) @ T.ravel()
    return core.reshape(tuple(ranks)), tuple(factors)


def cp_params(shape, R):
    return R * (sum(shape) + 1)


def tucker_params(shape, ranks):
    return int(np.prod(ranks)) + int(np.sum(np.multiply(shape, ranks)))
