"""Orthogonal columns first, then the singular values of the small triangle; lists for arrays."""

import numpy as np


def mse(y, yhat):
    if np.ndim(y) != np.ndim(yhat) or any(m != n for m, n in zip(np.shape(y), np.shape(yhat))):
        raise ValueError("not the same shape")
    return np.average(np.square(np.subtract(yhat, y)))


def mse_grad(X, y, w, b):
    residual = np.einsum("nd,d->n", X, w) + b - y
    return np.mean(2 * residual[:, None] * X, axis=0).tolist(), np.mean(2 * residual)


def fit_least_squares(X, y):
    Q, R = np.linalg.qr(X - X.mean(axis=0))
    U, s, Vt = np.linalg.svd(R)
    kept = s > 1e-12 * s.max()
    w = Vt[kept].T @ (U.T[kept] @ (Q.T @ y) / s[kept])
    return w, np.mean(y - X @ w)


def r2(y, yhat):
    residual, centred = y - yhat, y - np.average(y)
    return np.array((centred @ centred - residual @ residual) / (centred @ centred))
