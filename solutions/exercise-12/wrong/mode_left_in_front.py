"""
message: >-
  The new mode stands in front. It belongs where the old one was.
fails: [example_mode_product, mode_product, mode_product_square, modes_commute, core_shape, orthonormal_factors, leading_vectors, core_projection, hosvd_exact, hosvd_error_bound, better_than_zero, long_mode, ranks_range]
"""

import math

import numpy as np


def unfold(T, mode):
    return np.moveaxis(T, mode, 0).reshape(T.shape[mode], -1)


def mode_product(T, U, mode):
    return np.tensordot(U, T, (1, mode))


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
    core = T
    for n, U in enumerate(factors):
        core = mode_product(core, U.T, n)
    return core, factors


def cp_params(shape, R):
    return R + R * sum(shape)


def tucker_params(shape, ranks):
    return math.prod(ranks) + sum(n * r for n, r in zip(shape, ranks))
