"""
message: >-
  R² came out as the square of the correlation, which forgives predictions that are
  all too high.
fails: [r2_value, r2_mean_predictor, r2_below_zero]
"""

import numpy as np


def mse(y, yhat):
    if np.shape(y) != np.shape(yhat):
        raise ValueError("shapes differ")
    return np.mean((y - yhat) ** 2)


def mse_grad(X, y, w, b):
    residual = X @ w + b - y
    gw = 2 / len(y) * X.T @ residual
    gb = 2 / len(y) * np.sum(residual)
    return gw, gb


def fit_least_squares(X, y):
    A = np.column_stack([X, np.ones(len(X))])
    solution = np.linalg.lstsq(A, y, rcond=None)[0]
    return solution[:-1].copy(), solution[-1]


def r2(y, yhat):
    missed = np.sum((y - yhat) ** 2)
    spread = np.sum((y - np.mean(y)) ** 2)
    return np.corrcoef(y, yhat)[0, 1] ** 2
