"""
message: >-
  The encoder was judged by the table p(x, t) that it makes. There rows can make up for one another,
  and a row with p(x) = 0 doesn't show: judge each row on its own.
fails: [ib_validates]
"""

import numpy as np


def _check(p, axis=None):
    if np.any(p < 0) or np.any(np.abs(np.sum(p, axis=axis) - 1) > 1e-9):
        raise ValueError("not a distribution")


def _mean_surprise(p, base):
    possible = p[p > 0]
    return np.sum(possible * self_information(possible, base))


def self_information(p, base=2.0):
    return 0.0 - np.log(p) / np.log(base)


def entropy(p, base=2.0):
    _check(p)
    return _mean_surprise(p, base)


def joint_entropy(P, base=2.0):
    return entropy(P.ravel(), base)


def conditional_entropy(P, base=2.0):
    return joint_entropy(P, base) - _mean_surprise(P.sum(axis=1), base)


def _shared(P, base):
    apart = _mean_surprise(P.sum(axis=1), base) + _mean_surprise(P.sum(axis=0), base)
    return apart - _mean_surprise(P, base)


def mutual_information(P, base=2.0):
    _check(P)
    return _shared(P, base)


def bottleneck(p_xy, p_t_given_x, beta, base=2.0):
    _check(p_xy)
    p_xt = p_xy.sum(axis=1, keepdims=True) * p_t_given_x
    _check(p_xt)
    p_ty = p_t_given_x.T @ p_xy
    return _shared(p_xt, base) - beta * _shared(p_ty, base)
