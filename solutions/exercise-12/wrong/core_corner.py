"""
message: >-
  The core was cut out of T as its corner. Its entries are T's coordinates along the
  factors: project with the transpose of the factor in every mode.
fails: [core_projection, hosvd_exact, hosvd_error_bound, better_than_zero, hosvd_matrix]
"""

import math

import numpy as np


def unfold(T, mode):
    return np.moveaxis(T, mode, 0).reshape(T.shape[mode], -1)


def mode_product(T, U, mode):
    return np.moveaxis(np.tensordot(U, T, (1, mode)), 0, mode)


def cp_reconstruct(weights, factors):
    terms = weights
    for F in factors:
        terms = terms[..., None, :] * F
    return terms.sum(axis=-1)


def hosvd(T, ranks):
    for r, size in zip(ranks, T.shape):
        if r < 1 or r > size:
            raise ValueError("no such rank")
    factors = []
    for n, r in enumerate(ranks):
        U, s, Vt = np.linalg.svd(unfold(T, n))
        factors.append(U[:, :r])
    core = T[tuple(slice(r) for r in ranks)].copy()
    return core, factors


def cp_params(shape, R):
    return R + R * sum(shape)


def tucker_params(shape, ranks):
    return math.prod(ranks) + sum(n * r for n, r in zip(shape, ranks))
