"""Reference solution: information, entropy, mutual information, bottleneck."""

import numpy as np


def self_information(p, base=2.0):
    """Take it from 0, for −log 1 would be −0.0."""
    return 0.0 - np.log(p) / np.log(base)


def check(p, axis=None):
    """Refuse what isn't a distribution, along an axis or as a whole."""
    if np.any(p < 0) or np.any(np.abs(np.sum(p, axis=axis) - 1) > 1e-9):
        raise ValueError("not a distribution: its entries must be ≥ 0 and sum to 1")


def mean_surprise(p, base):
    """Sum over what can happen only: there 0·log 0 doesn't come up."""
    possible = p[p > 0]
    return np.sum(possible * self_information(possible, base))


def shared(P, base):
    """Count what both entropies count and the pair counts once."""
    apart = mean_surprise(P.sum(axis=1), base) + mean_surprise(P.sum(axis=0), base)
    return apart - mean_surprise(P, base)


def entropy(p, base=2.0):
    """The mean surprise."""
    check(p)
    return mean_surprise(p, base)


def joint_entropy(P, base=2.0):
    """A pair is an outcome like any other: the table's shape doesn't matter."""
    return entropy(P, base)


def conditional_entropy(P, base=2.0):
    """The chain rule: what the pair holds beyond x."""
    return joint_entropy(P, base) - mean_surprise(P.sum(axis=1), base)


def mutual_information(P, base=2.0):
    """H(X) + H(Y) − H(X, Y)."""
    check(P)
    return shared(P, base)


def bottleneck(p_xy, p_t_given_x, beta, base=2.0):
    """Since T depends on X alone, p(t, y) = Σ_x p(t|x) p(x, y)."""
    check(p_xy)
    check(p_t_given_x, axis=1)
    p_xt = p_xy.sum(axis=1, keepdims=True) * p_t_given_x
    p_ty = p_t_given_x.T @ p_xy
    return shared(p_xt, base) - beta * shared(p_ty, base)
