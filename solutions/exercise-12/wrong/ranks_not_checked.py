"""
message: >-
  A rank that a mode can't have passes silently, since slices cut whatever is there.
  Refuse it with ValueError.
fails: [ranks_range]
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
