"""The logarithm's argument is made 1 where p is 0; I = H(Y) − H(Y|X), H(Y|X) row by row."""

import numpy as np


def _check(p):
    p = np.asarray(p, dtype=float)
    if not np.all(p >= 0.0):
        raise ValueError("negative probability")
    if not np.isclose(p.sum(), 1.0, rtol=0.0, atol=1e-9):
        raise ValueError("the sum is not 1")
    return p


def _log(x, base):
    return np.log2(x) if base == 2 else np.log(x) / np.log(base)


def self_information(p, base=2.0):
    return -_log(p, base)


def entropy(p, base=2.0):
    p = _check(p)
    return max(0.0, -np.sum(p * _log(np.where(p == 0, 1.0, p), base)))


def joint_entropy(P, base=2.0):
    return entropy(np.asarray(P).flatten(), base)


def conditional_entropy(P, base=2.0):
    P = _check(P)
    weights = P.sum(axis=1)
    rows = P[weights > 0] / weights[weights > 0, None]
    return np.dot(weights[weights > 0], [entropy(row, base) for row in rows])


def mutual_information(P, base=2.0):
    return max(entropy(_check(P).sum(axis=0), base) - conditional_entropy(P, base), 0.0)


def bottleneck(p_xy, p_t_given_x, beta, base=2.0):
    p_xy = _check(p_xy)
    for row in p_t_given_x:
        _check(row)
    p_xt = np.diag(p_xy.sum(axis=1)) @ p_t_given_x
    p_yt = p_xy.T @ p_t_given_x
    return mutual_information(p_xt, base) - beta * mutual_information(p_yt, base)
