"""Everything from one function, the divergence; the bottleneck from the table of x, y and t."""

import numpy as np


def _distribution(p, axis=None):
    p = np.array(p, dtype=np.float64)
    total = p.sum(axis=axis)
    if p.min() < 0 or np.max(np.abs(total - 1.0)) > 1e-9:
        raise ValueError("the entries must be probabilities that sum to 1")
    return p


def _divergence(p, q, base):
    p, q = np.broadcast_arrays(p, q)
    here = p > 0
    return float((p[here] * (np.log(p[here]) - np.log(q[here]))).sum() / np.log(base))


def self_information(p, base=2.0):
    return np.abs(np.log(p)) / np.log(base)


def entropy(p, base=2.0):
    p = _distribution(p)
    return abs(_divergence(p, np.ones_like(p), base))


def joint_entropy(P, base=2.0):
    return entropy(np.ravel(P), base)


def conditional_entropy(P, base=2.0):
    P = _distribution(P)
    return -_divergence(P, P.sum(axis=1, keepdims=True), base)


def mutual_information(P, base=2.0):
    P = _distribution(P)
    return _divergence(P, np.multiply.outer(P.sum(axis=1), P.sum(axis=0)), base)


def bottleneck(p_xy, p_t_given_x, beta, base=2.0):
    triple = np.einsum("xy,xt->xyt", _distribution(p_xy), _distribution(p_t_given_x, axis=1))
    compression = mutual_information(triple.sum(axis=1), base)
    relevance = mutual_information(triple.sum(axis=0), base)
    return compression - beta * relevance
