"""The covariance matrix of the columns, inverted on its eigenvectors where it can be; lists for arrays."""

import numpy as np


def mse(y, yhat):
    if np.ndim(y) != np.ndim(yhat) or any(m != n for m, n in zip(np.shape(y), np.shape(yhat))):
        raise ValueError("not the same shape")
    return np.average(np.square(np.subtract(yhat, y)))


def mse_grad(X, y, w, b):
    residual = np.einsum("nd,d->n", X, w) + b - y
    return np.mean(2 * residual[:, None] * X, axis=0).tolist(), np.mean(2 * residual)


def fit_least_squares(X, y):
    centred = X - X.mean(axis=0)
    values, vectors = np.linalg.eigh(centred.T @ centred)
    kept = values > 1e-11 * values.max()
    along = vectors[:, kept]
    w = along @ (along.T @ (centred.T @ y) / values[kept])
    return w, np.mean(y - X @ w)


def r2(y, yhat):
    residual, centred = y - yhat, y - np.average(y)
    return np.array((centred @ centred - residual @ residual) / (centred @ centred))
