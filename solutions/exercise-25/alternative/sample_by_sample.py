"""Loops over samples in plain Python; the fit through an SVD of the centred data."""

import math

import numpy as np


def mse(y, yhat):
    if np.shape(y) != np.shape(yhat):
        raise ValueError("shapes")
    pairs = zip(np.ravel(y).tolist(), np.ravel(yhat).tolist())
    return math.fsum((t - p) * (t - p) for t, p in pairs) / np.size(y)


def mse_grad(X, y, w, b):
    gw, gb = np.zeros(len(w)), 0.0
    for x, t in zip(X, y):
        miss = float(x @ w) + b - t
        gw += 2.0 * miss * x
        gb += 2.0 * miss
    return gw / len(X), gb / len(X)


def fit_least_squares(X, y):
    U, s, Vt = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    w = np.zeros(X.shape[1])
    for u, size, v in zip(U.T, s, Vt):
        if size > 1e-10 * s[0]:
            w += (u @ y) / size * v
    return w, y.mean() - X.mean(axis=0) @ w


def r2(y, yhat):
    mean = sum(y) / len(y)
    return 1 - sum((t - p) ** 2 for t, p in zip(y, yhat)) / sum((t - mean) ** 2 for t in y)
