"""
message: >-
  The number of bins is fixed at 10 in your function; `n_bins` has no effect.
fails: [ece_bins, ece_ends]
"""

import numpy as np


def predict_proba(X, w, b):
    return np.exp(-np.logaddexp(0.0, -(X @ w + b)))


def bce_with_logits(z, y):
    return np.mean(np.logaddexp(0.0, z) - z * y)


def logreg_grad(X, y, w, b, l2=0.0):
    residual = predict_proba(X, w, b) - y
    gw = X.T @ residual / len(y) + l2 * w
    gb = np.mean(residual)
    return gw, gb


def fit_logreg(X, y, lr, steps, l2=0.0):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        gw, gb = logreg_grad(X, y, w, b, l2)
        w = w - lr * gw
        b = b - lr * gb
    return w, b


def expected_calibration_error(p, y, n_bins=10):
    n_bins = 10
    bins = np.minimum((p * n_bins).astype(int), n_bins - 1)
    error = 0.0
    for j in np.unique(bins):
        inside = bins == j
        gap = abs(p[inside].mean() - y[inside].mean())
        error += inside.sum() / len(p) * gap
    return error
