"""
message: >-
  The core is missing from the count: the product of the ranks, besides the factors.
fails: [example_tucker_params, tucker_params]
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
    core = T
    for n, U in enumerate(factors):
        core = mode_product(core, U.T, n)
    return core, factors


def cp_params(shape, R):
    return R + R * sum(shape)


def tucker_params(shape, ranks):
    return sum(n * r for n, r in zip(shape, ranks))
