"""
message: >-
  The data of whoever called you were changed: X -= … and y -= … write into them.
  Make new arrays.
fails: [no_mutation]
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
    centre, mean = X.mean(axis=0), y.mean()
    X -= centre
    y -= mean
    w = np.linalg.lstsq(X, y, rcond=None)[0]
    return w, mean - centre @ w


def r2(y, yhat):
    missed = np.sum((y - yhat) ** 2)
    spread = np.sum((y - np.mean(y)) ** 2)
    return 1 - missed / spread
