"""Reference solution: unfolding, mode products, CP and Tucker decompositions."""

import math

import numpy as np


def unfold(T, mode):
    """Bring the mode to the front, then flatten the others in their order."""
    return np.moveaxis(T, mode, 0).reshape(T.shape[mode], -1)


def mode_product(T, U, mode):
    """Contract; tensordot puts the new index first, so it goes back to its place."""
    return np.moveaxis(np.tensordot(U, T, (1, mode)), 0, mode)


def cp_reconstruct(weights, factors):
    """Carry the index r along as the last axis, and sum over it once, at the end."""
    terms = weights
    for factor in factors:
        terms = terms[..., None, :] * factor
    return terms.sum(axis=-1)


def hosvd(T, ranks):
    """Take the leading directions of every unfolding, and T's coordinates in them."""
    if any(not 1 <= r <= T.shape[mode] for mode, r in enumerate(ranks)):
        raise ValueError(f"ranks {ranks} don't fit a tensor of shape {T.shape}")
    # The full SVD: a mode longer than all others together has more directions than singular values.
    factors = [np.linalg.svd(unfold(T, mode))[0][:, :r] for mode, r in enumerate(ranks)]
    core = T
    for mode, U in enumerate(factors):
        core = mode_product(core, U.T, mode)
    return core, factors


def cp_params(shape, R):
    """Count one weight a term, and one column a term and mode."""
    return R * (1 + sum(shape))


def tucker_params(shape, ranks):
    """Count the core, and one matrix a mode."""
    return math.prod(ranks) + sum(size * ranks[mode] for mode, size in enumerate(shape))
