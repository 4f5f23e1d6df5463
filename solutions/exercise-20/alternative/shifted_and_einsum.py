"""Shift by the first value, then sums of squares; einsum for the matrices; standard scores for the correlation."""

import numpy as np


def _require(condition, words):
    if not condition:
        raise ValueError(words)


def expectation(values, probs):
    _require(np.min(probs) >= 0 and abs(1.0 - np.add.reduce(probs)) <= 1e-9, "probs isn't a distribution")
    return values @ probs


def variance(values, probs):
    shifted = values - values[0]
    return expectation(shifted**2, probs) - expectation(shifted, probs) ** 2


def sample_variance(x, ddof=1, axis=None):
    flat = x.reshape(1, -1) if axis is None else np.moveaxis(x, axis, -1)
    n = flat.shape[-1]
    _require(n > ddof, "too few values")
    shifted = flat - flat[..., :1]
    total = np.sum(shifted * shifted, axis=-1) - shifted.sum(axis=-1) ** 2 / n
    return total[0] / (n - ddof) if axis is None else total / (n - ddof)


def covariance(X, ddof=1):
    _require(len(X) > ddof, "too few samples")
    away = X - np.mean(X, axis=0, keepdims=True)
    away -= away.mean(axis=0)
    return np.einsum("ni,nj->ij", away, away) / (len(X) - ddof)


def correlation(X):
    spread = np.ptp(X, axis=0) > 0
    scale = np.where(spread, X.std(axis=0), np.inf)
    scores = (X - X.mean(axis=0)) / scale
    return np.where(np.eye(X.shape[1], dtype=bool), 1.0, scores.T @ scores / len(X))


def merge_stats(a, b):
    n = a[0] + b[0]
    share = b[0] / max(n, 1)
    return n, (1 - share) * a[1] + share * b[1], a[2] + b[2] + a[0] * share * (b[1] - a[1]) ** 2


def mse_from_bias_variance(bias, var):
    return np.array(bias**2 + var)
